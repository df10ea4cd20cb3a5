package simtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"strings"
	"sync"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// intent is what a person was told is on its way.
type intent struct {
	id          string
	kind        string
	order       repair.WorkOrderID
	draft       string
	at          *pc
	by          repair.Person
	body        []byte
	fingerprint string
	withdrawn   bool // taken back before it was sent
	forgotten   bool // its PC was set back to before it
	shared      bool // its PC was copied while it waited
}

// entry is one row of a copy: what the feed says about one thing.
type entry struct {
	rev  int64
	gone bool
	hash string
}

// rows is a copy of the feed, by type and id.
type rows map[string]entry

func (r rows) apply(list []wire.Row) rows {
	next := maps.Clone(r)
	if next == nil {
		next = rows{}
	}
	for _, row := range list {
		key := string(row.T) + " " + row.ID
		if old, known := next[key]; known && old.rev >= row.Rev {
			continue
		}
		next[key] = entry{rev: row.Rev, gone: row.Del, hash: hashOf(row.D)}
	}
	return next
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// differ says where two copies differ; "" when they do not. What is gone may be
// unknown to one of them: a snapshot does not tell of it.
func (r rows) differ(other rows) string {
	var out []string
	for key, a := range r {
		if b, known := other[key]; !known && a.gone {
			continue
		} else if !known {
			out = append(out, fmt.Sprintf("%s rev %d is missing", key, a.rev))
		} else if a != b {
			out = append(out, fmt.Sprintf("%s is %+v and %+v", key, a, b))
		}
	}
	for key, b := range other {
		if _, known := r[key]; !known && !b.gone {
			out = append(out, fmt.Sprintf("%s rev %d is too much", key, b.rev))
		}
	}
	if len(out) > 3 {
		out = append(out[:3], fmt.Sprintf("and %d more", len(out)-3))
	}
	return strings.Join(out, "; ")
}

// answered is a write that the centre has answered.
type answered struct {
	id          string
	account     repair.AccountID
	fingerprint string
	status      int
	timeline    int // how often the centre had been restored by then
}

// history is what a run has seen. Its methods may be called from any goroutine.
type history struct {
	mu       sync.Mutex
	broken   []string
	intents  []*intent
	sent     map[string]map[string]bool // id → fingerprints of the bytes that arrived
	bodies   map[string][]byte
	answers  []answered
	states   map[string][]rows           // desk and cursor → the copies that one who stands there may have
	lastRev  map[string]map[string]int64 // cursor → log → the last rev before it
	cursors  map[string]map[string]int   // scope → cursor → timeline
	offsets  map[string]int64            // upload → the last offset told
	begun    map[string]beginning        // upload → its file
	told     map[repair.AccountID]rowsOf // account → work orders told to it
	requests map[string]int              // desk and minute → requests
	tokens   []string
	poisoned map[string]map[string]bool // desk → rows that it could not read
	accepted map[string]bool            // ids that a desk once showed as accepted
}

type rowsOf map[repair.WorkOrderID]bool

func newHistory() *history {
	return &history{
		sent: map[string]map[string]bool{}, bodies: map[string][]byte{},
		states: map[string][]rows{}, lastRev: map[string]map[string]int64{}, cursors: map[string]map[string]int{},
		offsets: map[string]int64{}, begun: map[string]beginning{}, told: map[repair.AccountID]rowsOf{}, requests: map[string]int{}, accepted: map[string]bool{}, poisoned: map[string]map[string]bool{},
	}
}

// breaks notes that an invariant does not hold.
func (h *history) breaks(invariant, format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fail(invariant, format, args...)
}

func (h *history) fail(invariant, format string, args ...any) {
	if len(h.broken) < 20 {
		h.broken = append(h.broken, "inv."+invariant+": "+fmt.Sprintf(format, args...))
	}
}

func (h *history) intend(i *intent) {
	h.mu.Lock()
	defer h.mu.Unlock()
	i.fingerprint = wire.Fingerprint(i.body)
	h.intents = append(h.intents, i)
}

// answered counts the writes that a centre has taken.
func (h *history) answered() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.answers)
}

func (h *history) withdraw(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, i := range h.intents {
		if i.id == id {
			i.withdrawn = true
		}
	}
}
