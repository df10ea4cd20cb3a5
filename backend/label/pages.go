package label

// flowPages lays a document out twice: once to count its pages, once to write
// them with "page n of N".
func (e *Engine) flowPages(t *Template, r Record, p Print, out Backend) error {
	total := 0
	for _, to := range []Backend{nil, out} {
		f := &pageFlow{drawing: drawing{t: t, p: p, mirrored: t.mirroredIn(p.Language)}, engine: e, record: r, out: to, total: total}
		f.composer = e.compose(t.Width, t.Height)
		f.final(r)
		f.fresh()
		f.blocks(t.compiled.blocks, scope{r})
		f.end()
		if f.err != nil {
			return f.err
		}
		total = f.n
	}
	return nil
}

// pageFlow fills pages from top to bottom.
type pageFlow struct {
	drawing
	engine *Engine
	record Record
	out    Backend
	n      int // page
	total  int
	y      float64
	open   []opened // blocks begun and not ended, outermost first
}

// opened is a block whose elements come again on the next page.
type opened struct {
	block *flowing
	scope scope
}

// fresh begins a page.
func (f *pageFlow) fresh() {
	err := f.err
	f.composer = f.engine.compose(f.t.Width, f.t.Height)
	f.n++
	f.begin(scope{f.record, f.pageFields(f.n, f.total)})
	f.y = f.t.Body.Top
	if err != nil {
		f.err = err
	}
}

// end passes the page on.
func (f *pageFlow) end() {
	if f.err == nil && f.out != nil {
		f.err = f.out.Page(f.composer.page)
	}
}

// room begins a new page when fewer than h millimetres are left. Blocks that run
// over say again what they are.
func (f *pageFlow) room(h float64) {
	top := f.t.Body.Top
	if f.err != nil || f.y+h <= f.t.Body.Bottom+1e-6 {
		return
	}
	if f.y == top { // even a whole page is too small
		f.err = ErrTextDoesNotFit.With("element", "body", "text", f.t.ID)
		return
	}
	f.end()
	f.fresh()
	for _, o := range f.open {
		again := append(scope{{Text: map[string]string{"continued": "1"}}}, o.scope...)
		if o.block.Again {
			f.y += f.all(o.block.elements, again, f.t.Body.X, f.y) + o.block.Gap
		}
		if o.block.cells != nil {
			f.y = f.captions(o.block.heads, again, f.t.Body.X, f.y, f.t.Body.Width)
		}
	}
}

func (f *pageFlow) blocks(all []*flowing, s scope) {
	for _, b := range all {
		if f.err != nil {
			return
		}
		if !s.holds(b.when) {
			continue
		}
		switch {
		case b.cells != nil:
			f.rows(b, s)
		case b.Bind != "":
			list := s.list(b.Bind)
			for i, r := range list {
				f.block(b, rowScope(s, r, i, len(list)))
			}
		default:
			f.block(b, s)
		}
	}
}

// block draws the elements of a block, whole, and what is inside it below.
func (f *pageFlow) block(b *flowing, s scope) {
	h := f.measure(b.elements, s)
	f.room(max(h, b.Keep))
	f.all(b.elements, s, f.t.Body.X, f.y)
	f.y += h + b.Gap
	f.open = append(f.open, opened{b, s})
	f.blocks(b.blocks, s)
	f.open = f.open[:len(f.open)-1]
	f.y += b.After
}

// measure is how high elements come out. They are drawn to nowhere.
func (f *pageFlow) measure(elements []*drawable, s scope) float64 {
	page := f.composer
	f.composer = f.engine.compose(f.t.Width, f.t.Height)
	f.composer.err = page.err
	h := f.all(elements, s, f.t.Body.X, 0)
	page.err, f.composer = f.composer.err, page
	return h
}

// rows draws a table, line by line.
func (f *pageFlow) rows(b *flowing, s scope) {
	list := s.list(b.Bind)
	if len(list) == 0 {
		return
	}
	f.room(max(b.Keep, captionRoom+8))
	f.y = f.captions(b.heads, s, f.t.Body.X, f.y, f.t.Body.Width)
	f.open = append(f.open, opened{b, s})
	for i, r := range list {
		draw, h := f.row(b.cells, rowScope(s, r, i, len(list)), f.t.Body.Width)
		f.room(h)
		draw(f.t.Body.X, f.y)
		f.y += h
	}
	f.open = f.open[:len(f.open)-1]
	f.y += b.After
}
