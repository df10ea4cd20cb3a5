package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Drafts is the editor of a draft.
type Drafts struct{ app *App }

// Create begins a draft with the last address, or as a copy of a draft or work order.
func (d *Drafts) Create(copyFrom string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.CreateDraft(ctx, copyFrom)
}

// Begin gives an empty draft: the untouched one if there is one, else a new one.
func (d *Drafts) Begin() (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.BeginDraft(ctx)
}

// Get gives a draft without its rows.
func (d *Drafts) Get(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Draft(ctx, id)
}

// Rows gives one page of rows.
func (d *Drafts) Rows(id string, offset int, limit int) (out desk.RowPage, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.DraftRows(ctx, id, offset, limit)
}

// SetHeader saves what the form holds.
func (d *Drafts) SetHeader(id string, header desk.DraftHeader) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SetDraftHeader(ctx, id, header)
}

// Edit saves cells, as one step to undo.
func (d *Drafts) Edit(id string, edits []desk.CellEdit) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.EditDraft(ctx, id, edits)
}

// Typing keeps what stands in a cell while it is being typed; row "" is the empty
// line. Edit, or StopTyping, ends it.
func (d *Drafts) Typing(id string, row string, column string, value string) (err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return err
	}
	return deeds.TypeDraft(ctx, id, row, column, value)
}

// StopTyping forgets it: the cell was given back as it was.
func (d *Drafts) StopTyping(id string) (err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return err
	}
	return deeds.StopTypingDraft(ctx, id)
}

// InsertRows inserts empty rows before row at (0-based).
func (d *Drafts) InsertRows(id string, at int, count int) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.InsertDraftRows(ctx, id, at, count)
}

// DeleteRows deletes rows.
func (d *Drafts) DeleteRows(id string, rows []string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.DeleteDraftRows(ctx, id, rows)
}

// Paste pastes tab-separated or plain text: into cells at a place, or understood as a table when atRow is -1.
func (d *Drafts) Paste(id string, atRow int, atColumn string, text string) (out desk.ImportView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PasteDraft(ctx, id, atRow, atColumn, text)
}

// Scan adds a scanned serial.
func (d *Drafts) Scan(id string, code string) (out desk.DraftScan, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.ScanDraft(ctx, id, code)
}

// Import says how an import stands.
func (d *Drafts) Import(job string) (out desk.ImportView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.DraftImport(ctx, job)
}

// Remap reads the file again with other columns, in place of the first reading.
func (d *Drafts) Remap(job string, columns []desk.ImportColumn) (out desk.ImportView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RemapImport(ctx, job, columns)
}

// CancelImport stops an import; nothing of it stays.
func (d *Drafts) CancelImport(job string) (out desk.ImportView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.CancelImport(ctx, job)
}

// NextProblem gives the next row with a finding, and its cell.
func (d *Drafts) NextProblem(id string, from int, step int) (out desk.DraftProblem, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.NextDraftProblem(ctx, id, from, step)
}

// RemoveDuplicates deletes the later rows of equal serials, as one step to undo.
func (d *Drafts) RemoveDuplicates(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RemoveDraftDuplicates(ctx, id)
}

// AttachPhoto attaches a stored photo to a row.
func (d *Drafts) AttachPhoto(id string, row string, file repair.FileRef) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.AttachDraftPhoto(ctx, id, row, file)
}

// Undo takes the last step back.
func (d *Drafts) Undo(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.UndoDraft(ctx, id)
}

// Redo does it again.
func (d *Drafts) Redo(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RedoDraft(ctx, id)
}

// Discard puts a draft away; Restore brings it back.
func (d *Drafts) Discard(id string) (err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return err
	}
	return deeds.DiscardDraft(ctx, id)
}

// Restore brings a discarded draft back.
func (d *Drafts) Restore(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RestoreDraft(ctx, id)
}

// Send freezes the submission and holds it for nine seconds.
func (d *Drafts) Send(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SendDraft(ctx, id)
}

// CancelSend takes Send back while it is held.
func (d *Drafts) CancelSend(id string) (out desk.DraftView, err error) {
	defer settle(&err)
	deeds, ctx, err := d.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.CancelSend(ctx, id)
}
