package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// headLines is how many lines that are not blank are looked at before the
// columns are decided.
const headLines = 300

// maxAllCells bounds what a table of a few letters and millions of separators
// may cost.
const maxAllCells = 10 << 20

// record is one line of a table.
type record struct {
	line  int
	cells []string
}

// builder makes rows of the lines of one sheet or text.
type builder struct {
	opt     Options
	sheet   string
	suspect bool // some cell may hold a control character or an undecodable byte
	dates   dateRules

	head    []record // the first lines, until the layout is known
	layout  *layout
	rows    []Row
	skipped []Skipped
	seen    int // lines
	cells   int // of lines that are not blank
	serials int // rows whose serial number looks like one, of a sheet

	extra  []Extra // shared by the rows, see keepExtra
	models map[string]model
	days   map[string]date
}

type model struct {
	name  string
	known bool
}

// noFindings makes an empty list of a row without findings.
var noFindings = []Finding{}

func newBuilder(sheet string, opt Options) *builder {
	return &builder{
		opt: opt, sheet: sheet, dates: dateRules{order: opt.Dates},
		models: map[string]model{}, days: map[string]date{},
	}
}

// add takes the next line. The cells may be reused by the caller.
func (b *builder) add(ctx context.Context, line int, cells []string, p Progress) error {
	if b.seen++; b.seen%1024 == 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.Rows = len(b.rows)
		b.opt.progress(p)
	}
	if isBlank(cells) {
		b.skipBlank(line)
		return nil
	}
	if b.cells += len(cells); b.cells > maxAllCells {
		return ErrTooLarge.With("limit_cells", strconv.Itoa(maxAllCells))
	}
	if b.layout != nil {
		return b.place(line, cells)
	}
	b.head = append(b.head, record{line, slices.Clone(cells)})
	if len(b.head) == headLines {
		return b.settle()
	}
	return nil
}

// settle decides the layout and places the lines that waited for it.
func (b *builder) settle() error {
	b.layout = findLayout(b.head, b.opt.Mapping)
	for _, r := range b.head {
		if err := b.place(r.line, r.cells); err != nil {
			return err
		}
	}
	b.head = nil
	return nil
}

// finish places what is left and looks for duplicates.
func (b *builder) finish() error {
	if b.layout == nil {
		if err := b.settle(); err != nil {
			return err
		}
	}
	// Blank lines were skipped at once, the head only later.
	slices.SortStableFunc(b.skipped, func(x, y Skipped) int { return x.Line - y.Line })
	return nil
}

func (b *builder) result() *Result {
	b.markDuplicates()
	r := &Result{
		Rows: b.rows, Skipped: b.skipped, Columns: b.layout.columns, Headers: b.layout.names, Sheet: b.sheet,
		Confidence: b.layout.columns[Serial].Confidence,
	}
	if r.Rows == nil {
		r.Rows = []Row{}
	}
	if r.Skipped == nil {
		r.Skipped = []Skipped{}
	}
	if r.Headers == nil {
		r.Headers = []string{}
	}
	return r
}

// place makes a row of a line, or says why not.
func (b *builder) place(line int, cells []string) error {
	if reason := b.reasonToSkip(line, cells); reason != "" {
		b.skip(line, reason, joinCells(cells))
		return nil
	}
	if len(b.rows) >= b.opt.maxRows() {
		return ErrTooLarge.With("limit_rows", strconv.Itoa(b.opt.maxRows()))
	}
	if len(b.rows) == cap(b.rows) {
		// Rows are big: doubling copies them less often than append would.
		b.rows = slices.Grow(b.rows, max(len(b.rows), 512))
	}
	b.rows = append(b.rows, Row{})
	b.fill(&b.rows[len(b.rows)-1], line, cells)
	return nil
}

func (b *builder) fill(r *Row, line int, cells []string) {
	cell := func(f Field) string {
		if i := b.layout.index[f]; i >= 0 && i < len(cells) {
			return cells[i]
		}
		return ""
	}
	r.Sheet, r.Line, r.Raw, r.Findings = b.sheet, line, cell(Serial), noFindings
	r.Complaint = strings.TrimSpace(cell(Complaint))
	r.Serial = repair.SerialNumber(r.Raw).Key()
	for _, f := range repair.SerialFindings(r.Raw) {
		r.find(f.Code, string(Serial), f.Args)
	}
	b.readModel(r, cell(Model))
	b.readShipped(r, cell(Shipped))
	b.keepExtra(r, cells)
	if l := b.layout; l.headed > 0 && len(cells) > l.headed {
		b.tellHanging(r, cells)
	}
	if b.suspect {
		b.inspect(r, cells)
	}
}

// keepExtra keeps what was typed beside the fields. The lists of many rows
// share one piece of memory.
func (b *builder) keepExtra(r *Row, cells []string) {
	l := b.layout
	most := len(l.extra) + 1 + max(0, len(cells)-len(l.names))
	if cap(b.extra)-len(b.extra) < most {
		b.extra = make([]Extra, 0, max(4096, most))
	}
	start := len(b.extra)
	keep := func(i int) {
		if i < len(cells) {
			if value := strings.TrimSpace(cells[i]); value != "" && !(i == l.counter && isInteger(value)) {
				b.extra = append(b.extra, Extra{l.name(i), value})
			}
		}
	}
	for _, i := range l.extra {
		keep(i)
	}
	for i := len(l.names); i < len(cells); i++ {
		keep(i)
	}
	if len(b.extra) > start {
		r.Extra = b.extra[start:len(b.extra):len(b.extra)]
	}
}

// tellHanging says what stands behind the last column: it is kept, but its place says
// that something went wrong, such as a comma in a text.
func (b *builder) tellHanging(r *Row, cells []string) {
	var texts []string
	first := -1
	for i := b.layout.headed; i < len(cells); i++ {
		if text := strings.TrimSpace(cells[i]); text != "" && b.layout.hangsOver(i) {
			if texts = append(texts, text); first < 0 {
				first = i
			}
		}
	}
	if first >= 0 {
		r.find(CodeExtraCells, b.layout.name(first), map[string]string{
			"count": strconv.Itoa(len(texts)), "text": shorten(strings.Join(texts, ", "), maxHanging)})
	}
}

// maxHanging bounds what a finding quotes, in characters.
const maxHanging = 60

func shorten(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most-1]) + "…"
}

func (r *Row) find(code, column string, args map[string]string) {
	if args == nil {
		args = map[string]string{}
	}
	r.Findings = append(r.Findings[:len(r.Findings):len(r.Findings)], Finding{code, column, args})
}

// readModel writes the model as the catalogue does. Farms have few models and
// many devices, so each spelling is read once.
func (b *builder) readModel(r *Row, typed string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return
	}
	m, ok := b.models[typed]
	if !ok {
		parsed, known := repair.ParseModel(typed)
		m = model{parsed.String(), known}
		b.models[typed] = m
	}
	if r.Model = m.name; m.name != typed {
		r.ModelRaw = typed
	}
	if !m.known {
		r.find(CodeModelUnknown, string(Model), map[string]string{"value": typed})
	}
}

func (b *builder) readShipped(r *Row, typed string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return
	}
	d, ok := b.days[typed]
	if !ok {
		d = parseDate(typed, b.dates)
		b.days[typed] = d
	}
	if r.Shipped = d.day; d.day != typed {
		r.ShippedRaw = typed
	}
	if d.code != "" {
		r.find(d.code, string(Shipped), d.args)
	}
}

// inspect flags what no person types.
func (b *builder) inspect(r *Row, cells []string) {
	for i, cell := range cells {
		if strings.IndexByte(cell, 0) >= 0 {
			r.find(CodeControl, b.columnName(i), map[string]string{"character": "U+0000"})
		}
		if strings.Contains(cell, "\ufffd") {
			r.find(CodeUndecodable, b.columnName(i), nil)
		}
	}
}

func (b *builder) columnName(i int) string {
	for _, f := range fields {
		if b.layout.index[f] == i {
			return string(f)
		}
	}
	return b.layout.name(i)
}
