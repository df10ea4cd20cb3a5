package label

// Backend takes the pages of a document in order and writes each before the
// next is laid out, so a batch of any length takes the same memory. Close ends
// the document; without it the output is incomplete.
type Backend interface {
	Page(Page) error
	Close() error
}

// Pages is a Backend that keeps the pages, for a preview.
type Pages []Page

// Page implements Backend.
func (p *Pages) Page(page Page) error { *p = append(*p, page); return nil }

// Close implements Backend.
func (p *Pages) Close() error { return nil }
