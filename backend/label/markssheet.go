package label

import "fmt"

// heavyGrams is from where two persons carry a box, as the packing guidance says.
const heavyGrams = 34_000

// MarksSheet is the sheet of handling marks for the outside of one box, A5.
type MarksSheet struct {
	Language  string // beside Chinese: en, ru, es or ar
	Draft     bool
	WorkOrder string
	N, Of     int // the box; 0 for a sheet of no box in particular
	Grams     int // weight; 0 leaves room to write it
}

// MarksSheet lays out the sheet. It carries no code: the box label does. A box
// that nobody has weighed may be heavy, and is marked so.
func (e *Engine) MarksSheet(m MarksSheet) (Page, error) {
	if err := final(m.Draft, m.WorkOrder); err != nil {
		return Page{}, err
	}
	r := Record{Text: map[string]string{"work_order": m.WorkOrder, "place": placeText(m.N, m.Of)}}
	if m.Grams > 0 {
		r.Text["weight"] = fmt.Sprintf("%.1f kg", float64(m.Grams)/1000)
		if m.Grams < heavyGrams {
			r.Text["light"] = r.Text["weight"]
		}
	}
	return e.label(MarksTemplate, r, Print{Language: m.Language, Draft: m.Draft})
}
