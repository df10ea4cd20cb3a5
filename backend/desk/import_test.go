package desk

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

const farmFile = "Serial No;Model;Problem;Rack\nJXT9900001Q;X16-Q;no hash rate;A1\n2.02508E+14;X16-Q;dead;A2\nJXT9900001Q;X16-Q;again;A3\n;X16-Q;no label;A4\n"

func (h *hand) importFile(draft, name, text string) ImportView {
	h.t.Helper()
	v, err := h.ImportDraft(h.ctx(), draft, name, strings.NewReader(text))
	h.ok(err)
	v, err = h.WaitImport(h.ctx(), v.Job)
	h.ok(err)
	return v
}

func TestAFileEntersTheDraftWholeAndSaysWhatWasFound(t *testing.T) {
	h := at(t)
	id := h.draft(0)
	v := h.importFile(id, "farm.csv", farmFile)
	if v.State != importDone || v.Added != 4 || v.Good != 1 || v.Damaged != 1 || v.Duplicate != 1 || v.Missing != 1 {
		t.Errorf("got %+v", v)
	}
	if len(v.Columns) != 4 || v.Columns[0].Field != "serial" || v.Columns[3].Field != "extra" || v.Columns[3].Sample[0] != "A1" {
		t.Errorf("columns: %+v", v.Columns)
	}
	rows := h.rows(id)
	if len(rows) != 4 || rows[1].Serial != "2.02508E+14" || rows[0].Extra["Rack"] != "A1" {
		t.Errorf("rows: %+v", rows)
	}
	if got := codes(rows[1].Findings); !strings.Contains(got, repair.CodeSpreadsheetDamage) {
		t.Errorf("the damaged row: %s", got)
	}
	d, err := h.UndoDraft(h.ctx(), id)
	h.ok(err)
	if d.RowCount != 0 || d.Redo != "import" {
		t.Errorf("one step takes it back: %+v", d)
	}
}

func TestAFileIsReadAgainWithOtherColumnsInPlaceOfTheFirstReading(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir)
	id := h.draft(0)
	v := h.importFile(id, "farm.csv", farmFile)
	h.close()
	h = open(t, dir) // the bytes are kept
	v, err := h.DraftImport(h.ctx(), v.Job)
	h.ok(err)
	columns := slices.Clone(v.Columns)
	columns[2].Field, columns[3].Field = "ignore", "complaint"
	v, err = h.RemapImport(h.ctx(), v.Job, columns)
	h.ok(err)
	v, err = h.WaitImport(h.ctx(), v.Job)
	h.ok(err)
	rows := h.rows(id)
	if v.State != importDone || len(rows) != 4 || rows[0].Complaint != "A1" || len(rows[0].Extra) != 0 || v.Good != 1 {
		t.Errorf("got %+v %+v", v, rows)
	}
	d, err := h.UndoDraft(h.ctx(), id)
	h.ok(err)
	if d.RowCount != 4 || h.rows(id)[0].Complaint != "no hash rate" {
		t.Error("undo gives the first reading back")
	}
}

func TestAPastedTableIsUnderstood(t *testing.T) {
	h := at(t)
	id := h.draft(0)
	v, err := h.PasteDraft(h.ctx(), id, -1, "", "序列号\t型号\t故障\nJXT9900009Q\tX16-Q\t不算\n")
	h.ok(err)
	v, err = h.WaitImport(h.ctx(), v.Job)
	h.ok(err)
	if v.Good != 1 || h.rows(id)[0].Complaint != "不算" {
		t.Errorf("got %+v", v)
	}
	if d, _ := h.Draft(h.ctx(), id); d.Undo != "paste" {
		t.Errorf("the step is called %q", d.Undo)
	}
}

func TestWhatIsNoTableIsSaidAndChangesNothing(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	v := h.importFile(id, "price.csv", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
	if v.State != importFailed || v.Error == nil || v.Error.Code != "intake.not_a_table" || len(h.rows(id)) != 1 {
		t.Errorf("got %+v", v)
	}
}

func TestACancelledImportLeavesNothing(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	_, err := h.ImportDraft(h.ctx(), id, "huge.csv", io.LimitReader(zeros{}, 100<<20))
	h.refused(err, "intake.too_large")
	var big bytes.Buffer
	for range 200_000 {
		big.WriteString("JXT9900001Q;X16-Q;no hash rate\n")
	}
	v, err := h.ImportDraft(h.ctx(), id, "big.csv", &big)
	h.ok(err)
	v, err = h.CancelImport(h.ctx(), v.Job)
	h.ok(err)
	if v.State != importCancelled || len(h.rows(id)) != 1 {
		t.Errorf("got %s and %d rows", v.State, len(h.rows(id)))
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

func TestAPhotoIsCopiedAndTravelsWithWhatRefersToIt(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	ref, err := h.AttachFile(h.ctx(), `C:\photos\label.jpg`, "image/jpeg", strings.NewReader("\xff\xd8\xff\xe0 a photo"))
	h.ok(err)
	if ref.Name != "label.jpg" || ref.Size != 12 {
		t.Errorf("got %+v", ref)
	}
	_, err = h.AttachDraftPhoto(h.ctx(), id, h.rows(id)[0].ID, ref)
	h.ok(err)
	if got := h.rows(id)[0].Photos; len(got) != 1 || got[0] != ref {
		t.Errorf("got %+v", got)
	}
	waiting := func() int {
		files, err := h.DB.NextFiles(h.ctx(), h.session().Scope, repair.At(h.now), 10)
		h.ok(err)
		return len(files)
	}
	if waiting() != 0 {
		t.Error("a photo of a draft stays here")
	}
	_, err = h.SendDraft(h.ctx(), id)
	h.ok(err)
	if waiting() != 1 {
		t.Error("the photo does not travel")
	}
	_, err = h.AttachDraftPhoto(h.ctx(), id, "", rt.Photo)
	h.refused(err, "file.not_found")
}

// A voucher that the centre does not take must be said to be none while the
// person is still there: later it would wait for ever.
func TestAFileThatTheCentreDoesNotTakeIsRefusedHere(t *testing.T) {
	h := at(t)
	for _, file := range []struct{ name, content string }{
		{"IMG_0001.HEIC", "\x00\x00\x00\x18ftypheic"}, {"voucher.png", "<html>not found</html>"}, {"voucher.pdf", ""},
	} {
		_, err := h.AttachFile(h.ctx(), file.name, "image/png", strings.NewReader(file.content))
		h.refused(err, "file.type_not_allowed")
	}
	ref, err := h.AttachFile(h.ctx(), "transfer", "", strings.NewReader("%PDF-1.7\n"))
	if err != nil || ref.Name != "transfer.pdf" || ref.Type != "application/pdf" {
		t.Errorf("a PDF without an ending: %+v %v", ref, err)
	}
}
