package desk

import (
	"context"
	"math"
	"slices"

	"hashmend/backend/intake"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

func emptyImport(v ImportView) ImportView {
	v.Sheets, v.Columns = nonNil(v.Sheets), nonNil(v.Columns)
	return v
}

// rows turns what was read into rows of a draft, and names their extra columns.
func (j *job) rows(result *intake.Result) (rows []localdb.DraftRow, columns []string, err error) {
	ignored := map[string]bool{}
	for at := range j.ignored {
		if at >= 0 && at < len(result.Headers) {
			ignored[result.Headers[at]] = true
		}
	}
	rows = make([]localdb.DraftRow, 0, len(result.Rows))
	named := map[string]bool{}
	for _, r := range result.Rows {
		row := localdb.DraftRow{Serial: r.Raw, Key: repair.SerialNumber(r.Raw).Key(), Model: r.Model, Complaint: r.Complaint, ShipDate: r.Shipped}
		if row.ID, err = newID(); err != nil {
			return nil, nil, err
		}
		if row.ShipDate == "" {
			row.ShipDate = r.ShippedRaw
		}
		extra := map[string]string{}
		for _, e := range r.Extra {
			if ignored[e.Column] || e.Value == "" {
				continue
			}
			extra[e.Column] = e.Value
			if !named[e.Column] {
				named[e.Column] = true
				columns = append(columns, e.Column)
			}
		}
		row.Extra = objectText(extra)
		row.Found = foundText(findingsOf(r.Findings))
		rows = append(rows, row)
	}
	return rows, columns, nil
}

// findingsOf keeps what only the reading can find: preflight asks about serial
// numbers, models and duplicates again and again.
func findingsOf(found []intake.Finding) []repair.Finding {
	var out []repair.Finding
	for _, f := range found {
		switch f.Code {
		case intake.CodeDateAmbiguous, intake.CodeDateUnreadable, intake.CodeControl, intake.CodeUndecodable, intake.CodeExtraCells:
			out = append(out, repair.Finding{Code: f.Code, Severity: repair.Warning, Column: columnOf(f.Column), Args: f.Args})
		}
	}
	return out
}

// columnOf is how a draft calls a column that intake found.
func columnOf(column string) string {
	switch intake.Field(column) {
	case intake.Serial, intake.Model, intake.Complaint:
		return column
	case intake.Shipped:
		return "ship_date"
	}
	return extraPrefix + column
}

// imported says what was found, and what was asked about it elsewhere.
func (d *Desk) imported(ctx context.Context, j *job, result *intake.Result, rows []localdb.DraftRow) (ImportView, asked, error) {
	v := emptyImport(ImportView{Job: j.id, Draft: j.draft, Name: j.name, State: importDone, Percent: 100,
		Added: len(rows), Confidence: int(math.Round(result.Confidence * 100))})
	v.Lines = len(rows)
	for _, s := range result.Skipped {
		if s.Reason == intake.ReasonOtherSheet {
			v.Sheets = append(v.Sheets, ImportSheet{Name: s.Sheet, Rows: s.Serials})
			continue
		}
		v.Skipped += max(1, s.To-s.Line+1)
	}
	if result.Sheet != "" {
		v.Sheets = slices.Insert(v.Sheets, 0, ImportSheet{Name: result.Sheet, Rows: len(rows), Taken: true})
	}
	v.Columns = j.columns(result)
	known, elsewhere, err := d.knownKeys(ctx, j, rows)
	if err != nil {
		return v, asked{}, err
	}
	for i, r := range result.Rows {
		count(&v, r, known, rows[i].Key)
	}
	return v, elsewhere, nil
}

// count sorts a row under one heading; known grows with what the file itself has.
func count(v *ImportView, r intake.Row, known map[string]bool, key string) {
	has := func(code string) bool {
		return slices.ContainsFunc(r.Findings, func(f intake.Finding) bool { return f.Code == code })
	}
	switch {
	case has(repair.CodeSpreadsheetDamage):
		v.Damaged++
	case has(repair.CodeMissingSerial) || key == "":
		v.Missing++
	case known[key]:
		v.Duplicate++
	default:
		v.Good++
	}
	known[key] = true
}

// knownKeys gives the serial numbers that this draft, others, or open work
// orders have already; not those of an earlier reading of the same file.
func (d *Desk) knownKeys(ctx context.Context, j *job, rows []localdb.DraftRow) (map[string]bool, asked, error) {
	known := make(map[string]bool, len(rows))
	err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		before, _, err := t.Import(ctx, j.id)
		if err != nil {
			return err
		}
		own := make(map[string]bool, len(before.Rows))
		for _, id := range before.Rows {
			own[id] = true
		}
		all, err := t.AllRows(ctx, j.draft)
		for _, row := range all {
			if !own[row.ID] {
				known[row.Key] = true
			}
		}
		return err
	})
	if err != nil {
		return nil, asked{}, err
	}
	keys := keysOf(rows, func(r localdb.DraftRow) string { return repair.SearchKey(r.Serial) })
	elsewhere, err := d.askAgain(ctx, localdb.Draft{ID: j.draft, Scope: d.scope()}, keys, asked{}, 0)
	for key := range elsewhere.found {
		known[key] = true
	}
	return known, elsewhere, err
}

// samples is how many values of a column are shown to a person who maps it.
const samples = 3

func (j *job) columns(result *intake.Result) []ImportColumn {
	out := make([]ImportColumn, 0, len(result.Headers))
	fields := map[int]intake.Field{}
	for field, c := range result.Columns {
		fields[c.Index] = field
	}
	for i, header := range result.Headers {
		c := ImportColumn{Index: i, Header: header, Field: "extra", Sample: []string{}}
		if field, ok := fields[i]; ok {
			c.Field = string(field)
		}
		if j.ignored[i] {
			c.Field = "ignore"
		}
		for _, r := range result.Rows[:min(len(result.Rows), 50)] {
			if value := valueOf(r, c); value != "" && len(c.Sample) < samples {
				c.Sample = append(c.Sample, value)
			}
		}
		out = append(out, c)
	}
	return out
}

func valueOf(r intake.Row, c ImportColumn) string {
	switch intake.Field(c.Field) {
	case intake.Serial:
		return r.Raw
	case intake.Model:
		return r.Model
	case intake.Complaint:
		return r.Complaint
	case intake.Shipped:
		if r.ShippedRaw != "" {
			return r.ShippedRaw
		}
		return r.Shipped
	}
	for _, e := range r.Extra {
		if e.Column == c.Header {
			return e.Value
		}
	}
	return ""
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
