package localdb

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"hashmend/backend/sqlkit"
	"hashmend/backend/wire"
	"hashmend/backend/wreck"
)

// salvager moves rows from a wreck to a new vault.
type salvager struct {
	plan     *salvagePlan
	recovery *Recovery
	unplaced *json.Encoder
	keys     map[parentKey]bool // what children may refer to
	stubs    map[string]bool    // drafts to be made for their rows
}

type parentKey struct{ table, key string }

// lostRow is how a row without a place is kept.
type lostRow struct {
	Table  string         `json:"table"` // "" when it is not known
	Why    string         `json:"why"`
	Values map[string]any `json:"values,omitempty"`
	List   []any          `json:"list,omitempty"` // when the columns are not known
}

// fill reads the wreck twice: who is there, and then everything.
func (s *salvager) fill(ctx context.Context, db *sqlkit.DB, old *wreck.File) error {
	s.keys = map[parentKey]bool{}
	referred := map[string]string{}
	for _, parents := range s.plan.parents {
		for _, p := range parents {
			referred[p.table] = p.key
		}
	}
	if _, err := old.Rows(s.plan.tables, func(row wreck.Row) error {
		if key, is := referred[row.Table]; is {
			s.keys[parentKey{row.Table, fmt.Sprint(s.value(row, key))}] = true
		}
		return nil
	}); err != nil {
		return err
	}
	return db.Update(ctx, func(tx *sqlkit.Tx) error {
		if _, err := tx.Exec(ctx, "defer_parents", nil); err != nil {
			return err
		}
		report, err := old.Rows(s.plan.tables, func(row wreck.Row) error { return s.place(ctx, tx, row) })
		if err != nil {
			return err
		}
		s.recovery.Pages, s.recovery.Broken, s.recovery.Damaged = report.Pages, report.Broken, report.Damaged
		for id := range s.stubs {
			if _, err := tx.Exec(ctx, "draft_stub", sqlkit.P{"id": id, "at": string(s.recovery.At)}); err != nil {
				return err
			}
		}
		s.recovery.Stubs = len(s.stubs)
		_, err = tx.Exec(ctx, "draft_counts", nil)
		return err
	})
}

// place puts one row where it belongs.
func (s *salvager) place(ctx context.Context, tx *sqlkit.Tx, row wreck.Row) error {
	if row.Table == "" {
		return s.lose(row, "it is not known what it belongs to")
	}
	if row.Table == "outbox" {
		body, _ := s.value(row, "body").([]byte)
		if print, _ := s.value(row, "fingerprint").(string); wire.Fingerprint(body) != print {
			return s.lose(row, "its bytes are not those that were frozen") // it must not be sent
		}
	}
	if err := s.mend(&row); err != nil {
		return err
	}
	for _, p := range s.plan.parents[row.Table] {
		v := s.value(row, p.column)
		id := fmt.Sprint(v)
		if v == nil || s.keys[parentKey{p.table, id}] {
			continue
		}
		if p.table != "draft" {
			return s.lose(row, "what it belongs to is lost: "+p.table)
		}
		s.stubs[id] = true
	}
	values := sqlkit.P{}
	for i, v := range row.Values {
		values[fmt.Sprintf("c%d", i)] = v
	}
	n, err := tx.Exec(ctx, putName(row.Table, len(row.Values)), values)
	if sqlkit.IsFull(err) || sqlkit.IsReadOnly(err) {
		return err
	}
	if err != nil {
		return s.lose(row, "it does not fit: "+err.Error())
	}
	if n == 0 {
		if row.Stray {
			return nil // an older copy of a row that is there
		}
		return s.lose(row, "a row with its key is there already, or a rule of the table refuses it")
	}
	s.recovery.Rows[row.Table]++
	return nil
}

// texts are columns that must be JSON, or a whole list could not be shown for
// one damaged letter; and what stands in for it.
var texts = map[string]map[string]string{
	"draft":      {"contact": "{}", "address": "{}", "columns": "[]"},
	"draft_row":  {"photos": "", "extra": "", "found": ""},
	"import_job": {"view": "{}"},
	"box":        {"plan": "{}"},
	"outbox":     {"reason": ""},
	"file":       {"reason": ""},
}

// mend replaces text that is no JSON any more. What was there is kept aside.
func (s *salvager) mend(row *wreck.Row) error {
	whole, mended := *row, false
	for column, instead := range texts[row.Table] {
		at := s.column(row.Table, column)
		if at < 0 || at >= len(row.Values) || row.Values[at] == "" || isJSON(row.Values[at]) {
			continue
		}
		if !mended {
			mended = true
			if err := s.lose(whole, "a part of it is damaged: "+column); err != nil {
				return err
			}
			row.Values = append([]any(nil), row.Values...)
		}
		row.Values[at] = instead
	}
	return nil
}

func (s *salvager) table(name string) *wreck.Table {
	for i := range s.plan.tables {
		if t := &s.plan.tables[i]; t.Name == name {
			return t
		}
	}
	return nil
}

func (s *salvager) column(table, column string) int {
	if t := s.table(table); t != nil {
		for i, c := range t.Columns {
			if c.Name == column {
				return i
			}
		}
	}
	return -1
}

func (s *salvager) value(row wreck.Row, column string) any {
	if at := s.column(row.Table, column); at >= 0 && at < len(row.Values) {
		return row.Values[at]
	}
	return nil
}

// lose keeps a row as text, for a person to read.
func (s *salvager) lose(row wreck.Row, why string) error {
	s.recovery.Unplaced++
	out := lostRow{Table: row.Table, Why: why}
	for i, v := range row.Values {
		if b, ok := v.([]byte); ok && utf8.Valid(b) {
			v = string(b)
		}
		if row.Table == "" {
			out.List = append(out.List, v)
			continue
		}
		if out.Values == nil {
			out.Values = map[string]any{}
		}
		out.Values[s.table(row.Table).Columns[i].Name] = v
	}
	return s.unplaced.Encode(out)
}
