package syncer

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// Generations of a desk and its centre, as they stand to each other.
const (
	alike     = iota
	deskOld   // so old that the centre refuses its reads
	centreOld // it has no snapshots yet
	centreNew // it says more, and knows more values and kinds of rows
)

// skewed carries requests between two generations.
type skewed struct {
	next http.RoundTripper
	is   atomic.Int64
}

func (s *skewed) RoundTrip(r *http.Request) (*http.Response, error) {
	is := s.is.Load()
	if is == deskOld {
		r.Header.Set(wire.HeaderAPI, "-1")
	}
	if r.URL.Path == wire.PathSnapshot && is >= centreOld {
		r.URL.Path = "/v1/nothing-here"
	}
	response, err := s.next.RoundTrip(r)
	if err != nil || is != centreNew || response.StatusCode >= 300 {
		return response, err
	}
	body, err := io.ReadAll(response.Body)
	if r.URL.Path == wire.PathChanges {
		body = newer(body)
	} else if bytes.HasPrefix(body, []byte("{")) {
		body = append([]byte(`{"weather":"fine",`), body[1:]...)
	}
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	response.Header.Del("Content-Length")
	return response, err
}

// newer is a page as a later centre would write it.
func newer(body []byte) []byte {
	var page wire.Page
	if json.Unmarshal(body, &page) != nil {
		return body
	}
	for n, row := range page.Rows {
		text := strings.Replace(string(row.D), `"stage":"submitted"`, `"stage":"polished"`, 1)
		if len(text) > 2 {
			page.Rows[n].D = json.RawMessage(`{"colour":{"of":["the","box"]},` + text[1:])
		}
	}
	if len(page.Rows) > 0 {
		last := page.Rows[len(page.Rows)-1]
		page.Rows = append(page.Rows, wire.Row{T: "drone", ID: "d1", Rev: last.Rev, D: json.RawMessage(`{"id":"d1"}`)})
	}
	out, _ := json.Marshal(page)
	return out
}

// A desk and a centre of different generations: an older desk goes on writing and
// reads nothing wrong, whatever a newer centre says more is kept, and when both are
// alike again nothing is missing (W4 R7).
func TestGenerationsThatDifferLoseNothing(t *testing.T) {
	withCentre(t, func(ctx context.Context, t *testing.T, c *site) {
		way := &skewed{next: c.way}
		s := c.joins(ctx, way)
		c.runs(ctx, s)

		files := 0
		file := func() repair.WorkOrderID {
			files++
			id := repair.WorkOrderID(repairtest.CommandID(600 + files))
			filed := repairtest.Submission(1)
			filed.Devices[0].ID = repair.DeviceID(repairtest.CommandID(700 + files))
			queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(id), Kind: localdb.KindSubmit, WorkOrder: id}, frozen(t, filed))
			after(10 * time.Minute)
			wantAccepted(ctx, t, s, string(id))
			return id
		}
		stage := func(id repair.WorkOrderID) (stage repair.Stage) {
			if err := s.DB.Cached(ctx, s.Scope, func(tx localdb.CacheTx) error {
				row, _, err := tx.OrderRow(ctx, id)
				stage = row.Stage
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return stage
		}

		way.is.Store(centreOld)
		if got := stage(file()); got != repair.StageSubmitted {
			t.Errorf("of an older centre: %q", got)
		}
		way.is.Store(deskOld)
		unread := file()
		if got := s.Status(); stage(unread) != "" || got.Reason == nil || got.Reason.Code != wire.CodeClientTooOld {
			t.Errorf("a desk that is too old to read shows %q and says %+v", stage(unread), got)
		}
		way.is.Store(centreNew)
		s.Hurry()
		strange := file()
		if got := stage(strange); got != "polished" {
			t.Errorf("of a newer centre: %q", got)
		}
		if got := stage(unread); got != "polished" {
			t.Errorf("what could not be read before: %q", got)
		}
		if kept, err := s.DB.Quarantined(ctx, s.Scope); err != nil || len(kept) != 1 || string(kept[0].D) != `{"id":"d1"}` {
			t.Errorf("a row of a kind that is not known: %+v %v", kept, err)
		}
		way.is.Store(alike)
		if got := stage(file()); got != repair.StageSubmitted {
			t.Errorf("both are alike again: %q", got)
		}
	})
}

func wantAccepted(ctx context.Context, t *testing.T, s *Syncer, id string) {
	t.Helper()
	if err := s.DB.View(ctx, func(tx localdb.VaultTx) error {
		item, err := tx.OutboxItem(ctx, id)
		if item.State != localdb.Accepted {
			t.Errorf("%s is %s", id, item.State)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
