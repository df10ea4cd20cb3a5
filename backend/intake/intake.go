package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"hashmend/backend/repair"
)

// Field is a column that intake understands. All other columns go to Row.Extra.
type Field string

// Fields.
const (
	Serial    Field = "serial"
	Model     Field = "model"
	Complaint Field = "complaint"
	Shipped   Field = "shipped" // the day the device left the factory
)

var fields = []Field{Serial, Model, Complaint, Shipped}

// Result is what was read. The zero value is an empty table.
type Result struct {
	Rows       []Row            `json:"rows"`
	Skipped    []Skipped        `json:"skipped"`
	Columns    map[Field]Column `json:"columns"`
	Headers    []string         `json:"headers"`    // of all columns, for a person who maps them; a letter where there is none
	Sheet      string           `json:"sheet"`      // the sheet taken, "" for text
	Encoding   string           `json:"encoding"`   // such as utf-8 or gb18030; "" for Excel
	Delimiter  string           `json:"delimiter"`  // "" for Excel and for one value a line
	Confidence float64          `json:"confidence"` // 0 to 1: that the serial numbers are in the right column
}

// Row is one device as found.
type Row struct {
	Sheet      string    `json:"sheet"`
	Line       int       `json:"line"`                // from 1, as a spreadsheet counts
	Serial     string    `json:"serial"`              // the form for comparing
	Raw        string    `json:"raw"`                 // the serial number as typed
	Model      string    `json:"model"`               // as the catalogue writes it, or as typed
	ModelRaw   string    `json:"model_raw,omitempty"` // as typed, where Model differs
	Complaint  string    `json:"complaint"`
	Shipped    string    `json:"shipped"`               // YYYY-MM-DD, or "" when unknown or doubtful
	ShippedRaw string    `json:"shipped_raw,omitempty"` // as typed, where Shipped differs
	Extra      []Extra   `json:"extra,omitempty"`
	Findings   []Finding `json:"findings"`
}

// Extra is a typed value of a column that intake does not understand.
type Extra struct {
	Column string `json:"column"` // its header, or its letter
	Value  string `json:"value"`
}

// Finding is something about a row that a person should look at.
type Finding struct {
	Code   string            `json:"code"`
	Column string            `json:"column"` // a Field, or the header of an extra column
	Args   map[string]string `json:"args"`
}

// Codes of findings. Those of serial numbers stand in repair.
const (
	CodeDuplicateSerial = "intake.duplicate_serial"
	CodeModelUnknown    = "intake.model_unknown"
	CodeDateAmbiguous   = "intake.date_ambiguous"  // day and month could be either
	CodeDateUnreadable  = "intake.date_unreadable" // no date that we know
	CodeControl         = "intake.control_character"
	CodeExtraCells      = "intake.extra_cells" // more cells than the heading; args: count, text
	CodeUndecodable     = "intake.undecodable" // bytes that the encoding does not have
)

// Skipped is a line, or a run of blank lines, that is no device.
type Skipped struct {
	Sheet   string `json:"sheet"`
	Line    int    `json:"line"`              // 0: the whole sheet
	To      int    `json:"to,omitempty"`      // last line of a run of several
	Reason  string `json:"reason"`            // one of the Reasons below
	Text    string `json:"text,omitempty"`    // what the line said
	Serials int    `json:"serials,omitempty"` // of a whole sheet: how many serial numbers it has
}

// Reasons for skipping.
const (
	ReasonBlank      = "blank"
	ReasonTitle      = "title" // stands above the header
	ReasonHeader     = "header"
	ReasonTotal      = "total"
	ReasonNote       = "note"        // a sentence where a serial number should stand
	ReasonNumberOnly = "number_only" // a numbered line with nothing behind the number
	ReasonSeparator  = "separator"   // Excel's own sep=; line
	ReasonOtherSheet = "other_sheet"
)

// Column says where a field was found and why.
type Column struct {
	Index      int     `json:"index"` // from 0
	Letter     string  `json:"letter"`
	Header     string  `json:"header"`
	By         string  `json:"by"`         // header, content, or person
	Confidence float64 `json:"confidence"` // 0 to 1
}

// Options steer reading. The zero value is ready.
type Options struct {
	// Known says where else a serial number, given as its Key, already stands:
	// another draft, an open work order.
	Known func(key string) (where string, ok bool)
	// Progress is called every now and then, and once at the end.
	Progress func(Progress)
	// Mapping is the person's word on columns, from 0; -1 means that there is
	// no such column. Fields that are not named are still guessed.
	Mapping map[Field]int
	// Sheet is the person's choice of a sheet; "" takes the best one.
	Sheet string
	// Encoding is the person's word on the encoding of a text file.
	Encoding string
	// Dates is the person's word on 03/04/2026: day_first or month_first.
	Dates string
	// Limits; zero takes the default.
	MaxBytes, MaxRows int
}

// Progress tells how far reading has come. Total is 0 where it cannot be known.
type Progress struct {
	Rows  int   `json:"rows"`
	Done  int64 `json:"done"` // bytes
	Total int64 `json:"total"`
}

// Defaults of the limits: generous for a farm, small enough for its PC.
const (
	DefaultMaxBytes = 64 << 20
	DefaultMaxRows  = 1 << 20 // what a spreadsheet can hold
)

// Errors that a person may see.
var (
	ErrLegacyXLS         = &repair.Error{Kind: repair.Invalid, Code: "intake.legacy_xls"}
	ErrDisguised         = &repair.Error{Kind: repair.Invalid, Code: "intake.disguised_xls"} // called .xls; Args["is"] html or xml
	ErrPasswordProtected = &repair.Error{Kind: repair.Invalid, Code: "intake.password_protected"}
	ErrNotATable         = &repair.Error{Kind: repair.Invalid, Code: "intake.not_a_table"} // Args["is"] names what it is
	ErrTooLarge          = &repair.Error{Kind: repair.Invalid, Code: "intake.too_large"}
	ErrDamagedFile       = &repair.Error{Kind: repair.Invalid, Code: "intake.damaged_file"}
	ErrNoSuchSheet       = &repair.Error{Kind: repair.NotFound, Code: "intake.no_such_sheet"}
	ErrUnreadable        = &repair.Error{Kind: repair.Unavailable, Code: "intake.unreadable"}
)

func (o Options) maxBytes() int {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

func (o Options) maxRows() int {
	if o.MaxRows > 0 {
		return o.MaxRows
	}
	return DefaultMaxRows
}

func (o Options) tooLarge() error {
	return ErrTooLarge.With("limit_mb", strconv.Itoa(o.maxBytes()>>20))
}

func (o Options) progress(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}

// Read reads a file. The name is only used to tell a person what it is not: the
// content decides. A cancelled context gives the context's error.
func Read(ctx context.Context, name string, r io.Reader, opt Options) (*Result, error) {
	data, err := readLimited(ctx, r, opt)
	if err != nil {
		return nil, err
	}
	kind := sniff(data)
	if err := refuse(kind, name); err != nil {
		return nil, err
	}
	if kind == kindXLSX {
		return readXLSX(ctx, data, opt)
	}
	text, encoding := decode(data, opt.Encoding)
	return readText(ctx, text, encoding, opt)
}

// Text reads pasted text.
func Text(ctx context.Context, text string, opt Options) (*Result, error) {
	if len(text) > opt.maxBytes() {
		return nil, opt.tooLarge()
	}
	return readText(ctx, text, "utf-8", opt)
}

func readLimited(ctx context.Context, r io.Reader, opt Options) ([]byte, error) {
	var buf bytes.Buffer
	limited := &io.LimitedReader{R: r, N: int64(opt.maxBytes()) + 1}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		_, err := io.CopyN(&buf, limited, 1<<20)
		if buf.Len() > opt.maxBytes() {
			return nil, opt.tooLarge()
		}
		if errors.Is(err, io.EOF) {
			return buf.Bytes(), nil
		}
		if err != nil {
			return nil, ErrUnreadable.Because(err)
		}
	}
}
