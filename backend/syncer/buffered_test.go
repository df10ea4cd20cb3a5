package syncer

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// held is a proxy that keeps what it is to pass on until there is all of it: of a
// stream nothing ever comes.
type held struct {
	next     http.RoundTripper
	headers  bool // it passes these at least
	now      atomic.Int64
	begun    atomic.Int64
	mostOpen atomic.Int64
}

func (h *held) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path != wire.PathEvents {
		return h.next.RoundTrip(r)
	}
	h.begun.Add(1)
	h.mostOpen.Store(max(h.mostOpen.Load(), h.now.Add(1)))
	if !h.headers {
		<-r.Context().Done()
		h.now.Add(-1)
		return nil, r.Context().Err()
	}
	body, end := io.Pipe()
	context.AfterFunc(r.Context(), func() { h.now.Add(-1); _ = end.CloseWithError(r.Context().Err()) })
	meta := r.Clone(r.Context())
	meta.URL.Path = wire.PathMeta
	response, err := h.next.RoundTrip(meta) // as this centre answers
	if err == nil {
		response.Header.Set("Content-Type", wire.TypeEvents)
		response.Body = body
	}
	return response, err
}

// A proxy keeps the stream of hints. What it keeps is dropped, the centre is asked
// all the same, and soon it is asked to wait with its answer instead (L2).
func TestAProxyThatKeepsTheStreamMakesNothingLate(t *testing.T) {
	for name, headers := range map[string]bool{"and lets headers pass": true, "and lets nothing pass": false} {
		t.Run(name, func(t *testing.T) {
			withCentre(t, func(ctx context.Context, t *testing.T, c *site) {
				proxy := &held{next: c.way, headers: headers}
				s, other := c.joins(ctx, proxy), c.joins(ctx, c.way)
				s.Listen = true
				c.runs(ctx, s)
				c.runs(ctx, other)
				after(time.Minute)

				arrivesWithin(ctx, t, s, other, 1, pollIdle+time.Minute)
				if n := proxy.mostOpen.Load(); n != 1 {
					t.Errorf("%d streams were open at once", n)
				}
				if n, begun := proxy.now.Load(), proxy.begun.Load(); n != 0 || begun != quickMost {
					t.Errorf("of %d streams that say nothing %d are still open", begun, n)
				}
				arrivesWithin(ctx, t, s, other, 2, awaitFor+2*time.Second) // the long answers have taken over
			})
		})
	}
}

// arrivesWithin lets one desk file a work order and waits until another shows it.
func arrivesWithin(ctx context.Context, t *testing.T, s, other *Syncer, n int, most time.Duration) {
	t.Helper()
	id := repairtest.CommandID(100 + n)
	filed := repairtest.Submission(1)
	filed.Devices[0].ID = repair.DeviceID(repairtest.CommandID(200 + n))
	queueBytes(ctx, t, other, localdb.OutboxItem{ID: string(id), Kind: localdb.KindSubmit, WorkOrder: repair.WorkOrderID(id)}, frozen(t, filed))
	began := time.Now()
	for time.Since(began) < most {
		after(time.Second)
		var there bool
		if err := s.DB.Cached(ctx, s.Scope, func(tx localdb.CacheTx) (err error) {
			_, there, err = tx.OrderRow(ctx, repair.WorkOrderID(id))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if there {
			return
		}
	}
	t.Errorf("after %v the work order %d is not here", most, n)
}
