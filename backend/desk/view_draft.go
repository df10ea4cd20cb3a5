package desk

import "hashmend/backend/repair"

// DraftView is a draft for the editor. Rows come by page: see RowPage.
type DraftView struct {
	ID            string           `json:"id"`
	Title         string           `json:"title"` // reference, else the customer and day
	Contact       repair.Contact   `json:"contact"`
	ReturnAddress repair.Address   `json:"return_address"`
	Reference     string           `json:"reference"`
	Note          string           `json:"note"`
	RowCount      int              `json:"row_count"`
	Findings      []repair.Finding `json:"findings"` // order-level first, then the first 200 of rows; equal warnings once, with args rows and row_count
	Blocking      int              `json:"blocking"`
	Warnings      int              `json:"warnings"`
	SavedAt       repair.Instant   `json:"saved_at"`
	Undo          string           `json:"undo"` // what Undo would take back (paste, import, edit, delete, …), "" when nothing
	Redo          string           `json:"redo"`
	State         SyncMark         `json:"state"`      // saved, holding, waiting, sending, refused
	HoldUntil     repair.Instant   `json:"hold_until"` // Send may be undone until then
	Refusal       *repair.Error    `json:"refusal"`    // why the centre said no
	Columns       []string         `json:"columns"`    // extra columns the customer's file had
	Order         string           `json:"order"`      // the work order it was sent as, "" while it is a draft
	Typing        *DraftTyping     `json:"typing"`     // a cell's edit that had not ended; null for none
}

// DraftTyping is what a person was typing into a cell when the program ended.
type DraftTyping struct {
	Line   int    `json:"line"` // from 1; one past the last row is the empty line
	Column string `json:"column"`
	Value  string `json:"value"`
}

// DraftHeader is what the form above the grid edits.
type DraftHeader struct {
	Contact       repair.Contact `json:"contact"`
	ReturnAddress repair.Address `json:"return_address"`
	Reference     string         `json:"reference"`
	Note          string         `json:"note"`
}

// DraftRow is one device line of a draft. Values are as typed.
type DraftRow struct {
	ID        string            `json:"id"`
	Line      int               `json:"line"` // 1…n
	Serial    string            `json:"serial"`
	Model     string            `json:"model"`
	Complaint string            `json:"complaint"`
	ShipDate  string            `json:"ship_date"` // as typed, or 2006-01-02
	Photos    []repair.FileRef  `json:"photos"`
	Extra     map[string]string `json:"extra"`
	Findings  []repair.Finding  `json:"findings"`
}

// RowPage is one page of rows.
type RowPage struct {
	Rows  []DraftRow `json:"rows"`
	Total int        `json:"total"`
}

// DraftProblem is where a row wants a look: its 0-based index, -1 for nowhere, and
// the column of its first finding, "" for the row as a whole.
type DraftProblem struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
}

// CellEdit sets one cell. Column is serial, model, complaint, ship_date, or extra:NAME.
type CellEdit struct {
	Row    string `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
}

// ImportView is how an import or a large paste stands and what it found.
type ImportView struct {
	Job        string         `json:"job"`
	Draft      string         `json:"draft"`
	Name       string         `json:"name"`
	State      string         `json:"state"` // reading, done, cancelled, failed
	Lines      int            `json:"lines"`
	Percent    int            `json:"percent"`
	Added      int            `json:"added"`
	Good       int            `json:"good"`
	Duplicate  int            `json:"duplicate"`
	Damaged    int            `json:"damaged"`
	Missing    int            `json:"missing"` // rows without a serial
	Skipped    int            `json:"skipped"` // title, total, blank
	Sheets     []ImportSheet  `json:"sheets"`
	Columns    []ImportColumn `json:"columns"`
	Confidence int            `json:"confidence"` // percent
	Error      *repair.Error  `json:"error"`
}

// ImportSheet is a sheet of a workbook and whether it was taken.
type ImportSheet struct {
	Name  string `json:"name"`
	Rows  int    `json:"rows"`
	Taken bool   `json:"taken"`
}

// ImportColumn is how one column of the file was understood.
type ImportColumn struct {
	Index  int      `json:"index"` // 0-based
	Header string   `json:"header"`
	Field  string   `json:"field"` // serial, model, complaint, shipped, extra, ignore
	Sample []string `json:"sample"`
}

// DraftScan is the answer to a scanned code in the editor.
type DraftScan struct {
	Outcome string `json:"outcome"` // added, already_here, not_a_serial
	Row     string `json:"row"`
	Line    int    `json:"line"`
	Serial  string `json:"serial"`
	Where   string `json:"where"` // other draft or order that has it
}
