package syncer

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/centrehost"
)

// site is a real centre in a bubble, and the way to it.
type site struct {
	t    *testing.T
	dir  string // where its data were at first
	host *centrehost.Host
	way  *wires
	ends []func()
}

// withCentre runs a test with a centre that nobody has joined. What the test joins and
// runs has ended when it ends.
func withCentre(t *testing.T, test func(ctx context.Context, t *testing.T, c *site)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := &site{t: t, dir: t.TempDir(), way: &wires{}}
		defer func() {
			cancel()
			for _, end := range c.ends {
				end()
			}
			if c.host != nil {
				_ = c.host.Close()
			}
		}()
		c.leadTo(ctx, c.dir, nil)
		test(ctx, t, c)
	})
}

// joins gives a PC that has joined the centre by a way to it.
func (c *site) joins(ctx context.Context, way http.RoundTripper) *Syncer {
	c.t.Helper()
	s := joined(ctx, c.t, c.host, way)
	c.ends = append(c.ends, func() { _ = s.DB.Close() })
	return s
}

// runs lets a PC work until the test ends or stop is called.
func (c *site) runs(ctx context.Context, s *Syncer) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); s.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	c.ends = append([]func(){stop}, c.ends...) // before its data are closed
	return stop
}

// leadTo lets the way lead to a centre that has the data of a folder, and does not
// answer some requests.
func (c *site) leadTo(ctx context.Context, dir string, without func(*http.Request) bool) {
	c.t.Helper()
	if c.host != nil {
		if err := c.host.Close(); err != nil {
			c.t.Fatal(err)
		}
	}
	host, err := centrehost.Open(ctx, dir, centrehost.Options{Now: time.Now})
	if err != nil {
		c.t.Fatal(err)
	}
	c.host = host
	served := host.Handler()
	c.way.mu.Lock()
	defer c.way.mu.Unlock()
	c.way.to = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if without != nil && without(r) {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		served.ServeHTTP(w, r)
	})
}

// copied copies the data of a folder while nobody has them open, and gives that of the
// copy.
func (c *site) copied(dir string) string {
	c.t.Helper()
	to := c.t.TempDir()
	copyFile(c.t, filepath.Join(dir, "centre.db"), filepath.Join(to, "centre.db"))
	return to
}

// setAside keeps a copy of the centre as it is, and lets it go on.
func (c *site) setAside(ctx context.Context, without func(*http.Request) bool) (older string) {
	c.t.Helper()
	if err := c.host.Close(); err != nil {
		c.t.Fatal(err)
	}
	c.host, older = nil, c.copied(c.dir)
	c.leadTo(ctx, c.dir, without)
	return older
}

// wantOrders compares how many work orders the centre has.
func (c *site) wantOrders(ctx context.Context, want int) {
	c.t.Helper()
	report, err := c.host.Centre().Check(ctx)
	if err != nil || len(report.Faults) > 0 || report.WorkOrders != want {
		c.t.Fatalf("the centre has %+v %v, not %d work orders", report, err, want)
	}
}
