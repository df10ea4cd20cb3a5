package desk

import (
	"context"
	"strings"

	"hashmend/backend/localdb"
)

// PasteDraft puts pasted text into the cells from a place on, or reads it as a
// table of its own when atRow is -1.
func (d *Desk) PasteDraft(ctx context.Context, id string, atRow int, atColumn, text string) (ImportView, error) {
	if atRow < 0 {
		return d.ImportDraft(ctx, id, "", strings.NewReader(text))
	}
	return d.pasteCells(ctx, id, atRow, atColumn, text)
}

func (d *Desk) pasteCells(ctx context.Context, id string, atRow int, atColumn, text string) (ImportView, error) {
	cells := splitCells(text)
	out := emptyImport(ImportView{Draft: id, State: importDone, Lines: len(cells), Percent: 100, Confidence: 100})
	_, err := d.change(ctx, id, "paste", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		columns := append([]string{"serial", "model", "complaint", "ship_date"}, prefixed(c.Draft.Columns)...)
		first := index(columns, atColumn)
		if first < 0 {
			return ErrColumnUnknown.With("column", atColumn)
		}
		columns = columns[first:]
		rows, err := t.Rows(ctx, id, atRow, len(cells))
		if err != nil {
			return err
		}
		for i, old := range rows {
			row := old
			setCells(&row, columns, cells[i])
			c.Replace(old, row)
		}
		more, err := emptyRows(len(cells) - len(rows))
		if err != nil {
			return err
		}
		for i := range more {
			setCells(&more[i], columns, cells[len(rows)+i])
		}
		out.Added = len(more)
		if atRow >= c.Draft.RowCount { // what was typed into the empty line is a row now
			if err := typed(ctx, t, id, []CellEdit{{Column: atColumn}}); err != nil {
				return err
			}
		}
		return insertAt(ctx, t, c, c.Draft.RowCount, more)
	})
	return out, err
}

// setCells fills columns from the left; what stands past the last column is not
// a column of this draft.
func setCells(row *localdb.DraftRow, columns, values []string) {
	for i, value := range values {
		if i < len(columns) {
			setCell(row, columns[i], value)
		}
	}
}

func prefixed(columns []string) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = extraPrefix + c
	}
	return out
}

func index(list []string, one string) int {
	for i, s := range list {
		if s == one {
			return i
		}
	}
	return -1
}

// splitCells reads what a spreadsheet puts on the clipboard: lines of cells
// between tabs, a cell with tabs or line breaks in quotes. Empty lines are rows.
func splitCells(text string) [][]string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	if text == "" {
		return nil
	}
	text = strings.TrimSuffix(text, "\n")
	rows := [][]string{{}}
	for {
		cell, rest, end := nextCell(text)
		last := len(rows) - 1
		rows[last] = append(rows[last], cell)
		switch end {
		case 0:
			return rows
		case '\n':
			rows = append(rows, []string{})
		}
		text = rest
	}
}

// nextCell takes a cell off the text; end is what stood behind it: a tab, a line
// break, or 0 for the end.
func nextCell(text string) (cell, rest string, end byte) {
	if cell, rest, ok := quotedCell(text); ok {
		if rest == "" {
			return cell, "", 0
		}
		return cell, rest[1:], rest[0]
	}
	at := strings.IndexAny(text, "\t\n")
	if at < 0 {
		return text, "", 0
	}
	return text[:at], text[at+1:], text[at]
}

// quotedCell reads "…" in which "" is a quote. A quote that nothing closes, or
// behind which the cell goes on, is only a character.
func quotedCell(text string) (cell, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if strings.HasPrefix(text[i+1:], `"`) {
			b.WriteByte('"')
			i++
			continue
		}
		rest = text[i+1:]
		return b.String(), rest, rest == "" || rest[0] == '\t' || rest[0] == '\n'
	}
	return "", "", false
}
