package desk

import (
	"context"
	"crypto/ed25519"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/blob"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Deps is what a desk works with. All fields are required.
type Deps struct {
	DB    *localdb.DB
	Files *blob.Store
	Now   func() time.Time
	Days  repair.WorkingDays
	// Zone is the IANA zone of guide dates.
	Zone string
	// Session says whom the desk speaks for; ok is false when for nobody yet.
	Session func() (session localdb.Session, ok bool)
	// Wake tells the syncer that something waits to be sent.
	Wake func()
	// Emit tells the page which topics have changed.
	Emit func(topics ...string)
	// Importing tells the page that an import has moved on.
	Importing func(job string)
	// Checklist is the packing guidance: ids and texts, nothing ticked.
	Checklist []ChecklistStep
	// ParseLabel reads one of our own printed codes.
	ParseLabel func(code string) (Label, bool)
}

// Label is what one of our own printed codes says.
type Label struct {
	Kind   string // box, device, manifest
	Number string // of the work order
	Serial string // of a device label
	Box    int
	Of     int // how many boxes there were
	Draft  bool
	Check  string // its last letters, for eyes

	Key      string                         // begins the id of the key that signed, "" unsigned
	SignedBy func(ed25519.PublicKey) bool   // whether the holder of a key signed it
	Holds    func(serialKeys []string) bool // whether a box was packed with exactly these
}

// Desk is the deeds. Use New.
type Desk struct {
	Deps
	jobs   jobs
	checks checks
	cases  cases
	totals summaries
	// How long a list computes what it has not computed yet, and how many
	// summaries are kept at least.
	patience time.Duration
	kept     int
}

// New makes a desk.
func New(deps Deps) *Desk {
	d := &Desk{Deps: deps, patience: patience, kept: keptSummaries}
	d.jobs.base, d.jobs.stop = context.WithCancel(context.Background())
	return d
}

// Close ends running imports and waits for them. Nothing of an unfinished import stays.
func (d *Desk) Close() {
	d.jobs.stop()
	d.jobs.running.Wait()
}

// ErrSignedOut means that the desk speaks for nobody yet.
var ErrSignedOut = &repair.Error{Kind: repair.Unauthorized, Code: "session.none"}

func (d *Desk) now() repair.Instant { return repair.At(d.Now()) }

func (d *Desk) session() (localdb.Session, error) {
	s, ok := d.Session()
	if !ok {
		return s, ErrSignedOut
	}
	return s, nil
}

// scope is whose drafts and copies are meant. A desk that speaks for nobody yet
// may still draft (R49).
func (d *Desk) scope() localdb.Scope {
	if s, ok := d.Session(); ok {
		return s.Scope
	}
	return ""
}

func person(s localdb.Session) repair.Person {
	return repair.Person{User: s.User, Name: s.Name, Role: s.Role, Account: s.Account}
}

// env gives the rules what they need: this PC's clock, and the settings of the
// centre, or the guide's defaults before it was heard.
func (d *Desk) env(ctx context.Context) (repair.Env, error) {
	info, found, err := d.centre(ctx)
	if err != nil {
		return repair.Env{}, err
	}
	settings := info.Settings
	if !found {
		settings = repair.DefaultSettings()
	}
	return repair.Env{Now: d.now(), Settings: settings, Days: d.Days, Zone: d.Zone}, nil
}

func (d *Desk) centre(ctx context.Context) (info repair.CentreInfo, found bool, err error) {
	err = d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		info, found, err = t.Centre(ctx)
		return err
	})
	return info, found, err
}

// newID makes a UUIDv7: it grows with time, so that lists by id are lists by age.
func newID() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}

// memo keeps the newest few computed values, each with the version of what it
// was computed from.
type memo[K comparable, V any] struct {
	mu    sync.Mutex
	order []K
	kept  map[K]V
}

func (m *memo[K, V]) get(k K) (v V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok = m.kept[k]
	return v, ok
}

func (m *memo[K, V]) put(k K, v V, limit int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[K]V{}
	}
	if _, known := m.kept[k]; !known {
		m.order = append(m.order, k)
	}
	m.kept[k] = v
	for len(m.order) > limit {
		delete(m.kept, m.order[0])
		m.order = m.order[1:]
	}
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }
