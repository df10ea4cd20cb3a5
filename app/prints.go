package app

import (
	"bytes"
	"crypto/rand"
	"io"
	"io/fs"
	"sync"

	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// keptPrints is how many print jobs a page may still ask for.
const keptPrints = 16

// prints are the print jobs of this run. The zero value is ready.
type prints struct {
	own    fs.FS // the shop's templates
	open   sync.Once
	engine *label.Engine
	err    error

	mu    sync.Mutex
	order []string
	jobs  map[string]printJob
}

// printJob is a document that is laid out: the preview and the paper are drawn
// from the same pages.
type printJob struct {
	engine *label.Engine
	name   string // of the PDF
	title  string
	pages  label.Pages

	findings []repair.Finding
	stock    string // its paper
	kind     string // what is counted of it
	items    []string
	says     map[string]string // what those of boxes say
}

// fonts loads the fonts at the first print.
func (p *prints) fonts() (*label.Engine, error) {
	p.open.Do(func() {
		if p.engine, p.err = label.Open(); p.err == nil {
			p.engine.UseTemplates(label.NewLibrary(p.own))
		}
	})
	return p.engine, p.err
}

// keep keeps a job and gives its id.
func (p *prints) keep(job printJob) (id string) {
	id = rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.jobs == nil {
		p.jobs = map[string]printJob{}
	}
	p.jobs[id] = job
	p.order = append(p.order, id)
	if len(p.order) > keptPrints {
		delete(p.jobs, p.order[0])
		p.order = p.order[1:]
	}
	return id
}

func (p *prints) find(id string) (printJob, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	job, known := p.jobs[id]
	return job, known
}

// writePDF writes the whole document.
func (j printJob) writePDF(w io.Writer) error {
	return j.write(j.engine.NewPDF(w, j.title))
}

// write gives every page to a back end and closes it.
func (j printJob) write(out label.Backend) error {
	for _, page := range j.pages {
		if err := out.Page(page); err != nil {
			return err
		}
	}
	return out.Close()
}

func (j printJob) pdf() ([]byte, error) {
	var b bytes.Buffer
	err := j.writePDF(&b)
	return b.Bytes(), err
}
