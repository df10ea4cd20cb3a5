package label

// MarksSheet is the sheet of handling marks for the outside of one box, A5.
type MarksSheet struct {
	Language  string // beside Chinese: en, ru, es or ar
	Draft     bool
	WorkOrder string
	N, Of     int    // the box; 0 for a sheet of no box in particular
	Weight    string // as to be printed; "" leaves room to write it
}

// MarksSheet lays out the sheet. It carries no code: the box label does.
func (e *Engine) MarksSheet(m MarksSheet) (Page, error) {
	if err := final(m.Draft, m.WorkOrder); err != nil {
		return Page{}, err
	}
	r := Record{Text: map[string]string{"work_order": m.WorkOrder, "place": placeText(m.N, m.Of), "weight": m.Weight}}
	return e.label(MarksTemplate, r, Print{Language: m.Language, Draft: m.Draft})
}
