package desk

import "hashmend/backend/repair"

// PackView is the packing bench of one work order.
type PackView struct {
	Order     string            `json:"order"`
	Number    string            `json:"number"`
	Stage     repair.Stage      `json:"stage"`
	Open      bool              `json:"open"` // return confirmed, not yet handed over
	Boxes     []BoxView         `json:"boxes"`
	Unpacked  []PackDevice      `json:"unpacked"` // first 200
	Left      int               `json:"left"`     // how many are not in a box
	Total     int               `json:"total"`
	Checklist []ChecklistStep   `json:"checklist"`
	Acked     bool              `json:"acked"` // every step ticked (R07)
	Findings  []repair.Finding  `json:"findings"`
	Blocking  int               `json:"blocking"`
	Sync      SyncMark          `json:"sync"`
	Warranty  []repair.Deadline `json:"warranty"` // devices whose warranty would end on the road (R24)
}

// BoxView is one box.
type BoxView struct {
	ID           string              `json:"id"` // of the parcel it becomes
	Seq          int                 `json:"seq"`
	Of           int                 `json:"of"`
	Devices      []PackDevice        `json:"devices"`
	Carrier      repair.Carrier      `json:"carrier"`
	Waybill      string              `json:"waybill"`
	CheckedBy    string              `json:"checked_by"` // scan, double_entry, ""
	Override     bool                `json:"override"`
	FreightTerms repair.FreightTerms `json:"freight_terms"`
	DeliveryMode repair.DeliveryMode `json:"delivery_mode"`
	SenderPhone  string              `json:"sender_phone"`
	WeightGrams  int                 `json:"weight_grams"`
	Photos       []repair.FileRef    `json:"photos"`
	Replaces     string              `json:"replaces"`
	Status       repair.ParcelStatus `json:"status"`        // as the centre knows it, "" before
	LabelPrinted int                 `json:"label_printed"` // how often
}

// PackDevice is a device to pack.
type PackDevice struct {
	ID     string `json:"id"`
	Line   int    `json:"line"`
	Serial string `json:"serial"`
	Model  string `json:"model"`
}

// ChecklistStep is one step of the packing guidance (P1…P15).
type ChecklistStep struct {
	ID     string `json:"id"`
	TextEn string `json:"text_en"`
	TextZh string `json:"text_zh"`
	Ticked bool   `json:"ticked"`
}

// PackScan is the answer to a scan at the packing bench.
type PackScan struct {
	Outcome string `json:"outcome"` // packed, already_packed, not_in_order, waybill_set, box (its own label), not_open, unknown
	Serial  string `json:"serial"`
	Box     int    `json:"box"`
	Left    int    `json:"left"`
	// Check is what a scanned box label proves of the box as it is packed now.
	Check LabelCheck `json:"check"`
	View  PackView   `json:"view"`
}

// BoxInput is what the waybill form of a box sets.
type BoxInput struct {
	Carrier      repair.Carrier      `json:"carrier"`
	Waybill      string              `json:"waybill"`
	WaybillAgain string              `json:"waybill_again"` // the second typing (R17); "" when scanned
	Scanned      bool                `json:"scanned"`
	Override     bool                `json:"override"`
	FreightTerms repair.FreightTerms `json:"freight_terms"`
	DeliveryMode repair.DeliveryMode `json:"delivery_mode"`
	SenderPhone  string              `json:"sender_phone"`
	WeightGrams  int                 `json:"weight_grams"`
	Photos       []repair.FileRef    `json:"photos"`
}

// LabelRequest asks for paper.
type LabelRequest struct {
	Order    string   `json:"order"`
	Document string   `json:"document"` // box, device, sheet, marks, manifest, guidance, report, quote, receipt
	Boxes    []int    `json:"boxes"`    // box numbers; empty: all
	Devices  []string `json:"devices"`  // device ids; empty: all
	Start    int      `json:"start"`    // first cell of a sheet, 1-based
	Stock    string   `json:"stock"`    // the sheet
	Copies   int      `json:"copies"`
	Language string   `json:"language"`
	Fresh    bool     `json:"fresh"` // only what never went to paper
	Why      string   `json:"why"`   // why labels that were printed before are printed again
}

// LabelPaper is a document that needs facts of the centre.
type LabelPaper struct {
	Document string `json:"document"` // report, quote, receipt
	Why      string `json:"why"`      // code: why it cannot be printed yet, "" when it can
}

// LabelPreview is what would be printed: the pages are fetched from URL as SVG.
type LabelPreview struct {
	Job      string           `json:"job"`
	Pages    int              `json:"pages"`
	PageURL  string           `json:"page_url"` // /local/labels/{job}/{n}.svg with {n} from 1
	PDFURL   string           `json:"pdf_url"`
	Draft    bool             `json:"draft"`     // watermarked: R03, R15
	DraftWhy string           `json:"draft_why"` // code
	Findings []repair.Finding `json:"findings"`
	Again    int              `json:"again"` // labels that were printed before: printing them needs a reason
}

// SavedFile is where a file went: a path in the window, a URL in a browser.
type SavedFile struct {
	Path string `json:"path"`
	URL  string `json:"url"`
}
