package syncer

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// shifting carries requests, and does something at each part of a snapshot that the
// centre writes. The line breaks once behind the part of that number.
type shifting struct {
	to     http.Handler
	at     func()
	breaks int
	parts  int
}

func (s *shifting) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path != wire.PathSnapshot {
		return direct{s.to}.RoundTrip(r)
	}
	r.Host = "127.0.0.1"
	r.Header.Del("Accept-Encoding") // packed, it would be written at its end
	part := &parted{ResponseRecorder: httptest.NewRecorder(), way: s}
	s.to.ServeHTTP(part, r)
	response := part.Result()
	if part.broken {
		response.Body = io.NopCloser(io.MultiReader(part.Body, broken{}))
	}
	return response, nil
}

type parted struct {
	*httptest.ResponseRecorder
	way    *shifting
	broken bool
}

func (p *parted) Write(b []byte) (int, error) {
	if p.broken {
		return len(b), nil
	}
	n, err := p.ResponseRecorder.Write(b)
	p.way.parts++
	p.way.at()
	p.broken = p.way.parts == p.way.breaks
	return n, err
}

// Rows change while a snapshot of them comes, before they are read and after, and
// the line breaks in it. In the end the copy is what the centre has (R3 R8).
func TestRowsThatChangeWhileASnapshotComesAreNotMissed(t *testing.T) {
	for breaks := range 4 {
		synctest.Test(t, func(t *testing.T) { shift(t, breaks) })
	}
}

const shiftedRows = 1200 // more than the centre reads at one moment

func shift(t *testing.T, breaks int) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	host, err := centrehost.Open(ctx, t.TempDir(), centrehost.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	c, did := host.Centre(), 0
	act := func(by centre.Caller, cmd repair.Command) {
		did++
		cmd.ID, cmd.WorkOrder = repairtest.CommandID(500+did), repairtest.OrderID
		if _, err := c.Act(ctx, by, cmd.ID, frozen(t, cmd), 0); err != nil {
			t.Fatal(err)
		}
	}
	way := &shifting{to: host.Handler(), at: func() {}, breaks: breaks}
	s := joined(ctx, t, host, way)
	defer func() { _ = s.DB.Close() }()
	asks := func(by centre.Caller, n int, serial string) {
		act(by, repair.Command{Kind: repair.CmdRequestCorrection, Correction: &repair.CorrectionAsk{ID: repair.CorrectionID(repairtest.CommandID(300 + n)),
			Device: repairtest.DeviceID(n), Field: "serial", To: serial, Reason: "misread"}})
	}
	by := centre.Caller{Person: repair.Person{User: "u", Name: "Aigerim", Role: repair.RoleCustomer, Account: accountOf(s)}, Install: "i"}
	if _, _, err := c.Submit(ctx, by, repairtest.OrderID, frozen(t, repairtest.Submission(shiftedRows))); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 12; n++ { // in every part of the order of keys
		asks(by, n*90, string(repairtest.Serial(5000+n)))
	}
	way.at = func() { // a device here and a word there
		whole, err := c.WorkOrder(ctx, centre.Operator(), repairtest.OrderID)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range whole.Corrections {
			if k.DecidedAt == "" {
				act(centre.Operator(), repair.Command{Kind: repair.CmdDecideCorrection, CorrectionID: k.ID, Approve: true, Text: "looked up"})
				break
			}
		}
		act(by, repair.Command{Kind: repair.CmdMessage, Text: "is it there?"})
	}
	ended := make(chan struct{})
	go func() { defer close(ended); s.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	after(10 * time.Minute)
	if way.parts < 4 {
		t.Errorf("the snapshot came in %d parts", way.parts)
	}
	want, err := s.Centre.(*client.Client).WorkOrder(ctx, repairtest.OrderID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DB.Cached(ctx, s.Scope, func(tx localdb.CacheTx) error {
		have, err := tx.Case(ctx, repairtest.OrderID)
		if err != nil {
			return err
		}
		a, b := told(want), told(*have)
		if a != b {
			n := differAt(a, b)
			t.Errorf("broken behind part %d: the centre has %.200s, the copy %.200s", breaks, a[max(0, n-60):], b[max(0, n-60):])
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// told is a case as text; an empty list may be none.
func told(c repair.Case) string {
	text, _ := json.Marshal(c)
	return strings.ReplaceAll(string(text), ":null", ":[]")
}

func differAt(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

func accountOf(s *Syncer) repair.AccountID {
	_, account, _ := strings.Cut(string(s.Scope), "/")
	return repair.AccountID(account)
}
