package desk

import "hashmend/backend/repair"

// Printer is where labels can be sent: a printer that was set up here, or a queue
// of this PC as the system knows it.
type Printer struct {
	ID       string `json:"id"` // profile:ID or queue:NAME
	Name     string `json:"name"`
	Default  bool   `json:"default"`
	SetUp    bool   `json:"set_up"`
	Language string `json:"language"` // zpl, tspl, pdf; "" of a queue that takes a label printer's language only
	DPI      int    `json:"dpi"`      // 0 of a queue that prints PDF
}

// PrinterProfile is a printer as it was set up on this PC. Lengths are hundredths
// of a millimetre.
type PrinterProfile struct {
	ID       string `json:"id"` // "" is a new one
	Name     string `json:"name"`
	Target   string `json:"target"`   // tcp, queue
	Address  string `json:"address"`  // tcp: host, with or without a port
	Queue    string `json:"queue"`    // queue: its name
	Language string `json:"language"` // zpl, tspl, pdf
	DPI      int    `json:"dpi"`      // 203, 300, 600
	Darkness int    `json:"darkness"` // of the printer's own scale; 0 leaves it
	Speed    int    `json:"speed"`    // inches a second; 0 leaves it
	Rotation int    `json:"rotation"` // 0, 90, 180, 270
	OffX     int    `json:"off_x"`
	OffY     int    `json:"off_y"`
	Hex      bool   `json:"hex"`   // ZPL without Z64
	Media    string `json:"media"` // "", gap, mark, continuous
	Gap      int    `json:"gap"`
}

// Calibration is what a printer does to a paper, found by measuring a test page.
// Offsets are hundredths of a millimetre, scales ten thousandths: 10000 is true.
type Calibration struct {
	OffX   int `json:"off_x"`
	OffY   int `json:"off_y"`
	ScaleX int `json:"scale_x"`
	ScaleY int `json:"scale_y"`
}

// Measured are the four numbers of a calibration: where the two crosses of the
// test page lie, from the left and upper edge, in hundredths of a millimetre.
type Measured struct {
	X1 int `json:"x1"`
	Y1 int `json:"y1"`
	X2 int `json:"x2"`
	Y2 int `json:"y2"`
}

// CalibrationPage is where the crosses of a paper's test page should lie.
type CalibrationPage struct {
	Stock string      `json:"stock"`
	Want  Measured    `json:"want"`
	Now   Calibration `json:"now"`
}

// PrintSettings are the printers that were set up, and which paper goes to which.
type PrintSettings struct {
	Profiles []PrinterProfile `json:"profiles"`
	Papers   []PaperPrinter   `json:"papers"`
}

// PaperPrinter is the printer that was chosen for a kind of paper.
type PaperPrinter struct {
	Paper   string `json:"paper"` // large, small, sheet
	Printer string `json:"printer"`
}

// PrintJob is something that was given to a printer.
type PrintJob struct {
	ID       string         `json:"id"`
	Order    string         `json:"order"`
	Title    string         `json:"title"`
	Printer  string         `json:"printer"` // its name
	Document string         `json:"document"`
	Labels   int            `json:"labels"` // boxes or devices asked for; 0 of other papers
	Again    int            `json:"again"`  // of these, printed before
	Why      string         `json:"why"`    // printed again
	State    string         `json:"state"`  // queued, sending, sent, failed, cancelled
	Bytes    int64          `json:"bytes"`
	Reason   *repair.Error  `json:"reason"` // of failed
	Created  repair.Instant `json:"created"`
	Updated  repair.Instant `json:"updated"`
}

// SheetStock is a sheet of labels, as the picture to choose the first cell needs it.
type SheetStock struct {
	ID   string `json:"id"`
	NX   int    `json:"nx"`
	NY   int    `json:"ny"`
	Next int    `json:"next"` // the cell behind the last one printed, 1-based
}

// PrinterStatus is how a printer on the network is.
type PrinterStatus struct {
	State   string `json:"state"` // ready, paper_out, ribbon_out, head_open, paused, busy, silent, gone, unknown
	Waiting int    `json:"waiting"`
}

// TemplateRow is one line of the list of label templates.
type TemplateRow struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	NameZh  string        `json:"name_zh"`
	Width   int           `json:"width"` // millimetres
	Height  int           `json:"height"`
	Pages   bool          `json:"pages"` // flows over pages
	Own     bool          `json:"own"`   // made in this shop
	Problem *repair.Error `json:"problem"`
}
