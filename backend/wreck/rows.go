package wreck

import "slices"

// Column is a column of a table as a STRICT table declares it.
type Column struct {
	Name    string
	Type    string // INTEGER, TEXT, BLOB, REAL, ANY
	NotNull bool
}

// Table is what a row may belong to. All fields are required, except Like.
type Table struct {
	Name string
	// Columns in the order in which a row keeps them: for a table without rowid
	// its key comes first.
	Columns      []Column
	Rowid        int // the column that is the rowid, -1 for none
	WithoutRowid bool
	Index        bool // an index: its rows are nobody's, but look like somebody's
	// Like tells strays of one shape apart; nil takes any.
	Like func(values []any) bool
}

// Row is one row that could be read.
type Row struct {
	Table  string // "" when it cannot be told whose it is
	Values []any  // by the table's columns; those added later may be missing
	Stray  bool   // no root leads to it any more
	Pages  []uint32
}

// Report says how much of the file could be read.
type Report struct {
	Pages   int // in the file
	Broken  int // that make no sense where they stand
	Damaged int // rows that were seen and could not be read whole
}

// Rows calls yield for every row that can still be read, those held together
// first. It stops when yield fails.
func (f *File) Rows(tables []Table, yield func(Row) error) (Report, error) {
	r := &reader{file: f, seen: map[uint32]bool{}, yield: yield}
	r.report.Pages = int(f.pages)
	tables = append(slices.Clone(tables), sequence)
	roots := r.schema()
	for _, index := range []bool{false, true} { // a damaged root of an index must not take a table's pages
		for i := range tables {
			if root := roots[tables[i].Name]; root != 0 && tables[i].Index == index {
				r.walk(root, &tables[i])
			}
		}
	}
	if r.err == nil {
		r.strays(tables, f.free())
	}
	return r.report, r.err
}

// sequence is SQLite's own memory of numbers it gave. A new file makes its own.
var sequence = Table{Name: "sqlite_sequence", Rowid: -1, Index: true, Columns: []Column{{"name", "TEXT", true}, {"seq", "INTEGER", true}}}

type reader struct {
	file   *File
	seen   map[uint32]bool
	report Report
	yield  func(Row) error
	err    error
}

// schema finds the root of each table and index.
func (r *reader) schema() map[string]uint32 {
	roots := map[string]uint32{}
	master := &Table{Name: "sqlite_schema", Rowid: -1, Columns: []Column{
		{"type", "TEXT", false}, {"name", "TEXT", false}, {"tbl_name", "TEXT", false}, {"rootpage", "INTEGER", false}, {"sql", "TEXT", false}}}
	(&reader{file: r.file, seen: r.seen, yield: func(row Row) error {
		if len(row.Values) < 4 {
			return nil
		}
		name, _ := row.Values[1].(string)
		if root, ok := row.Values[3].(int64); ok && root > 1 && root <= int64(r.file.pages) {
			roots[name] = uint32(root)
		}
		return nil
	}}).walk(1, master)
	return roots
}

// walk goes down a table's tree.
func (r *reader) walk(n uint32, t *Table) {
	if r.err != nil || r.seen[n] {
		return
	}
	p := r.file.page(n)
	if p == nil {
		r.report.Broken++
		return
	}
	kind, head := kindOf(n, p)
	leaf, inner := byte(tableLeaf), byte(tableInner)
	if t.WithoutRowid {
		leaf, inner = indexLeaf, indexInner
	}
	if kind != leaf && kind != inner {
		r.report.Broken++
		if kind == tableLeaf || kind == tableInner || kind == indexLeaf || kind == indexInner {
			return // another tree's: whoever led here was damaged
		}
		kind = leaf // if it was one its entries will show it
	}
	cells, right := r.file.cells(p, head, kind)
	if t.Index && !t.own(cells) {
		return
	}
	r.seen[n] = true
	for _, c := range cells {
		if c.child != 0 {
			r.walk(c.child, t)
		}
		if kind != tableInner {
			r.row(n, c, t)
		}
	}
	if right != 0 {
		r.walk(right, t)
	}
}

// row hands on a row of a table that is known to hold it.
func (r *reader) row(n uint32, c cell, t *Table) {
	if r.err != nil {
		return
	}
	values, ok := record(c.payload)
	if c.whole && ok { // a damaged chain leads to pages that are not its own
		for _, page := range c.chain {
			r.seen[page] = true
		}
	}
	if t.Index {
		return // what is in it stands in a table as well
	}
	if !c.whole || !ok {
		r.report.Damaged++
		return
	}
	row := Row{Table: t.Name, Values: values, Pages: append([]uint32{n}, c.chain...)}
	if t.take(c, &row) {
		r.err = r.yield(row)
		return
	}
	row.Table = "" // read whole, and not what the table may hold
	r.err = r.yield(row)
}

// own reports whether all entries of a page have the shape of this index.
func (t *Table) own(cells []cell) bool {
	for _, c := range cells {
		values, ok := record(c.payload)
		if c.whole && ok && !t.take(c, &Row{Values: values}) {
			return false
		}
	}
	return true
}

// take fits a row into the table, and says whether it does.
func (t *Table) take(c cell, row *Row) bool {
	if len(row.Values) > len(t.Columns) || len(row.Values) == 0 {
		return false
	}
	for i, v := range row.Values {
		col := t.Columns[i]
		if i == t.Rowid {
			if v != nil {
				return false
			}
			continue
		}
		if !fits(v, col) {
			return false
		}
	}
	if t.Rowid >= 0 && t.Rowid < len(row.Values) {
		row.Values[t.Rowid] = c.rowid
	}
	return true
}

func fits(v any, c Column) bool {
	switch v.(type) {
	case nil:
		return !c.NotNull
	case int64:
		return c.Type == "INTEGER" || c.Type == "REAL" || c.Type == "ANY"
	case float64:
		return c.Type == "REAL" || c.Type == "ANY"
	case string:
		return c.Type == "TEXT" || c.Type == "ANY"
	}
	return c.Type == "BLOB" || c.Type == "ANY"
}
