package wreck

// strays reads every page that nobody led to. All rows of a page are of one tree,
// so what fits them all is whose they are.
func (r *reader) strays(tables []Table, free map[uint32]bool) {
	type page struct {
		n     uint32
		cells []cell
		kind  byte
	}
	var found []page
	chained := map[uint32]bool{}
	for n := uint32(1); n <= r.file.pages; n++ {
		if r.seen[n] || free[n] {
			continue
		}
		p := r.file.page(n)
		if p == nil {
			continue
		}
		kind, head := kindOf(n, p)
		if kind != tableLeaf && kind != indexLeaf && kind != indexInner {
			continue
		}
		cells, _ := r.file.cells(p, head, kind)
		for _, c := range cells {
			for _, in := range c.chain {
				chained[in] = true
			}
		}
		found = append(found, page{n, cells, kind})
	}
	for _, p := range found {
		if !chained[p.n] {
			r.stray(p.n, p.cells, p.kind, tables)
		}
	}
}

func (r *reader) stray(n uint32, cells []cell, kind byte, tables []Table) {
	rows, of := make([]Row, 0, len(cells)), make([]cell, 0, len(cells))
	for _, c := range cells {
		values, ok := record(c.payload)
		if !c.whole || !ok || len(values) == 0 {
			continue
		}
		rows = append(rows, Row{Values: values, Stray: true, Pages: append([]uint32{n}, c.chain...)})
		of = append(of, c)
	}
	owner, nobody := owners(rows, of, kind, tables)
	if nobody || len(rows) == 0 {
		return
	}
	for i := range rows {
		if r.err != nil {
			return
		}
		if owner != nil {
			owner.take(of[i], &rows[i])
			rows[i].Table = owner.Name
		}
		r.err = r.yield(rows[i])
	}
}

// owners finds the one table that all rows of a page fit. nobody is true when
// only indexes do: what is in them stands in a table as well.
func owners(rows []Row, of []cell, kind byte, tables []Table) (owner *Table, nobody bool) {
	var fit []*Table
	indexes := 0
	for i := range tables {
		t := &tables[i]
		if t.WithoutRowid == (kind == tableLeaf) {
			continue
		}
		all := true
		for j := range rows {
			copied := Row{Values: append([]any(nil), rows[j].Values...)}
			all = all && t.take(of[j], &copied) && len(copied.Values) == len(t.Columns) && (t.Like == nil || t.Like(copied.Values))
		}
		switch {
		case all && t.Index:
			indexes++
		case all:
			fit = append(fit, t)
		}
	}
	if len(fit) == 1 && (indexes == 0 || fit[0].Like != nil) {
		return fit[0], false
	}
	return nil, len(fit) == 0 && indexes > 0
}
