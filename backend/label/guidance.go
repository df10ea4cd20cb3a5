package label

// Guidance is the packing guidance on paper, with boxes to tick.
type Guidance struct {
	Draft     bool
	Lang      string // as for Steps
	WorkOrder string // "" for a page to hang up
}

// Guidance lays out the page. It carries no code: nothing on it is scanned.
func (e *Engine) Guidance(g Guidance, out Backend) error {
	t, err := e.Templates().Template(GuidanceTemplate)
	if err != nil {
		return err
	}
	r := Record{Text: map[string]string{"work_order": g.WorkOrder}, Lists: map[string][]Record{}}
	for _, s := range Steps(g.Lang) {
		r.Lists["steps"] = append(r.Lists["steps"], Record{Text: map[string]string{"id": s.ID, "title": s.Title, "text": s.Text}})
	}
	return e.Document(t, r, Print{Language: g.Lang, Draft: g.Draft}, out)
}
