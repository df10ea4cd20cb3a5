package desk

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/calendar"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// hand is a desk with a person at it and a centre in their head: what is told to
// it is told through the cache, and what it sends is read from the outbox.
type hand struct {
	*Desk
	t   testing.TB
	dir string
	who repair.Person
	now time.Time
	rev int64
	job string // the print job that was begun last

	mu     sync.Mutex
	topics []string
	woken  int
}

const server = "00000000-0000-7000-8000-00000000c0de"

func open(t testing.TB, dir string) *hand {
	t.Helper()
	h := &hand{t: t, dir: dir, who: rt.Farmer, now: rt.Start}
	db, err := localdb.Open(t.Context(), dir)
	h.ok(err)
	files, err := blob.Open(filepath.Join(dir, "files"))
	h.ok(err)
	h.Desk = New(Deps{
		DB: db, Files: files, Days: calendar.China{}, Zone: repair.DefaultZone,
		Now:       func() time.Time { return h.now },
		Session:   func() (localdb.Session, bool) { return h.session(), true },
		Wake:      func() { h.note(&h.woken) },
		Emit:      func(topics ...string) { h.mu.Lock(); defer h.mu.Unlock(); h.topics = append(h.topics, topics...) },
		Importing: func(string) {},
		Checklist: []ChecklistStep{{ID: "P1", TextEn: "Clean it"}, {ID: "P2", TextEn: "Wrap it"}},
		ParseLabel: func(code string) (Label, bool) {
			rest, ours := strings.CutPrefix(code, "LABEL:")
			parts := strings.Split(rest, ":")
			if !ours || len(parts) != 3 {
				return Label{}, false
			}
			n, of, _ := strings.Cut(parts[2], "/")
			box, err := strconv.Atoi(n)
			if err == nil {
				all, _ := strconv.Atoi(of) // 0 where nobody asks
				return Label{Kind: "box", Number: parts[0], Box: box, Of: all}, true
			}
			return Label{Kind: "device", Number: parts[0], Serial: parts[1]}, true
		},
	})
	t.Cleanup(h.close)
	return h
}

func (h *hand) close() {
	h.Desk.Close()
	_ = h.DB.Close()
}

func at(t *testing.T) *hand { t.Helper(); return open(t, t.TempDir()) }

func (h *hand) session() localdb.Session {
	return localdb.Session{Scope: localdb.ScopeOf(server, h.who.Account, h.who.User), ServerID: server, Account: h.who.Account,
		User: h.who.User, Name: h.who.Name, Role: h.who.Role}
}

func (h *hand) note(n *int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*n++
}

func (h *hand) ctx() context.Context { return h.t.Context() }

func (h *hand) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// refused insists on an error of that code.
func (h *hand) refused(err error, code string) {
	h.t.Helper()
	var e *repair.Error
	if !errors.As(err, &e) || e.Code != code {
		h.t.Errorf("got %v, want %s", err, code)
	}
}

// tell lets the cache learn a case as it stands, as a pull would.
func (h *hand) tell(c *repair.Case) {
	h.t.Helper()
	h.rev++
	var rows []localdb.Change
	add := func(kind, id string, v any) {
		body, err := json.Marshal(v)
		h.ok(err)
		rows = append(rows, localdb.Change{T: kind, ID: id, Rev: h.rev, WorkOrder: c.Order.ID, D: body})
	}
	order := c.Order
	order.Rev = h.rev
	add("work_order", string(order.ID), order)
	for _, x := range c.Devices {
		add("device", string(x.ID), x)
	}
	for _, x := range c.Parcels {
		add("parcel", string(x.ID), x)
	}
	for _, x := range c.Shipments {
		add("shipment", string(x.ID), x)
	}
	for _, x := range c.Quotes {
		add("quote", string(x.ID), x)
	}
	for _, x := range c.Payments {
		add("payment", string(x.ID), x)
	}
	for _, x := range c.Messages {
		add("message", string(x.ID), x)
	}
	for _, x := range c.Corrections {
		add("correction", string(x.ID), x)
	}
	h.apply(rows...)
}

func (h *hand) apply(rows ...localdb.Change) {
	h.t.Helper()
	done, err := h.DB.ApplyChanges(h.ctx(), h.session().Scope, rows, "cursor-"+strconv.FormatInt(h.rev, 10), repair.At(h.now))
	h.ok(err)
	if done.Quarantined > 0 {
		h.t.Fatal("a row was not understood")
	}
}

// tellCentre lets the cache learn what the centre says about itself.
func (h *hand) tellCentre(info repair.CentreInfo) {
	h.t.Helper()
	h.rev++
	body, err := json.Marshal(info)
	h.ok(err)
	h.apply(localdb.Change{T: "centre", ID: server, Rev: h.rev, D: body})
}

// due lists what may go to the centre now: the oldest of each work order.
func (h *hand) due() (items []localdb.OutboxItem) {
	h.t.Helper()
	h.ok(h.DB.View(h.ctx(), func(t localdb.VaultTx) error {
		open, err := t.OpenOutbox(h.ctx(), h.session().Scope)
		behind := map[repair.WorkOrderID]bool{}
		for _, item := range open {
			if item.State == localdb.Refused || behind[item.WorkOrder] {
				continue
			}
			behind[item.WorkOrder] = true
			if now := repair.At(h.now); item.HoldUntil <= now && item.NextAt <= now {
				items = append(items, item)
			}
		}
		return err
	}))
	return items
}

// deliver lets everything due reach the centre of a story and come back.
func (h *hand) deliver(s *rt.Story) {
	h.t.Helper()
	for {
		items := h.due()
		if len(items) == 0 {
			return
		}
		for _, item := range items {
			body, _, err := h.DB.MarkSending(h.ctx(), item.ID, repair.At(h.now))
			h.ok(err)
			var cmd repair.Command
			h.ok(json.Unmarshal(body, &cmd))
			if _, err := s.Do(h.who, cmd); err != nil {
				h.ok(h.DB.MarkRefused(h.ctx(), item.ID, asError(err), repair.At(h.now)))
				continue
			}
			h.tell(s.Case)
			h.ok(h.DB.MarkAccepted(h.ctx(), item.ID, h.rev, []byte(`{}`), repair.At(h.now)))
		}
	}
}

// draft begins a draft that could be sent, with n devices.
func (h *hand) draft(n int) string {
	h.t.Helper()
	v, err := h.CreateDraft(h.ctx(), "")
	h.ok(err)
	s := rt.Submission(n)
	_, err = h.SetDraftHeader(h.ctx(), v.ID, DraftHeader{Contact: s.Contact, ReturnAddress: s.ReturnAddress, Reference: s.Reference})
	h.ok(err)
	var text strings.Builder
	for _, dev := range s.Devices {
		text.WriteString(string(dev.Serial) + "\t" + dev.Model + "\t" + dev.Complaint + "\t" + string(dev.ShipDate) + "\n")
	}
	_, err = h.PasteDraft(h.ctx(), v.ID, 0, "serial", text.String())
	h.ok(err)
	return v.ID
}

func (h *hand) rows(draft string) []DraftRow {
	h.t.Helper()
	var out []DraftRow
	for {
		page, err := h.DraftRows(h.ctx(), draft, len(out), 200)
		h.ok(err)
		out = append(out, page.Rows...)
		if len(page.Rows) == 0 || len(out) == page.Total {
			return out
		}
	}
}

func codes(found []repair.Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}
