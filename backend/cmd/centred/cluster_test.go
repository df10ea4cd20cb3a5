package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/enginetest"
	"hashmend/backend/wire"
)

// balancer gives each request to the next centre in turn. It knows nothing of who
// is alive: what it cannot give away fails.
type balancer struct {
	next    atomic.Int64
	mu      sync.Mutex
	centres []string
}

func (b *balancer) set(i int, centre string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.centres[i] = centre
}

func (b *balancer) start(t *testing.T) (address string) {
	t.Helper()
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			b.mu.Lock()
			defer b.mu.Unlock()
			to, err := url.Parse(b.centres[int(b.next.Add(1))%len(b.centres)])
			if err != nil {
				return
			}
			r.SetURL(to)
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL
}

// cluster is two centres on one database behind a balancer.
type cluster struct {
	t       *testing.T
	args    []string // where their store and files are
	balance *balancer
	url     string
	joined  wire.Joined
	centres [2]*exec.Cmd
	dirs    [2]string
}

func startCluster(t *testing.T, args ...string) *cluster {
	t.Helper()
	c := &cluster{t: t, args: args, balance: &balancer{centres: make([]string, 2)}}
	folder := t.TempDir()
	for i, name := range []string{"one", "other"} {
		c.dirs[i] = filepath.Join(folder, name)
		c.start(i)
	}
	c.url = c.balance.start(t)
	code := strings.TrimSpace(output(t, append([]string{"invite", "--data", c.dirs[0], "--account", "North Ridge"}, args...)...))
	c.joined = joinAs(t, c.url, code)
	return c
}

func (c *cluster) start(i int) {
	c.t.Helper()
	cmd, at := childWith(c.t, io.Discard, append([]string{"--data", c.dirs[i], "--rate", "0"}, c.args...)...)
	c.centres[i] = cmd
	c.balance.set(i, at)
}

func (c *cluster) kill(i int) {
	_ = c.centres[i].Process.Kill()
	_ = c.centres[i].Wait()
}

// load sends every write from two desks at once, each until it is answered. When
// enough answers have come it calls trouble, once, while the others go on.
func (c *cluster) load(writes []*write, enough int, trouble func()) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*time.Minute)
	defer cancel()
	var mu sync.Mutex
	var all sync.WaitGroup
	answers := 0
	for twin := range 2 {
		next := make(chan *write, len(writes))
		for i := range writes { // not the same order, but often the same write
			next <- writes[(i+3*twin)%len(writes)]
		}
		close(next)
		for range 4 {
			all.Go(func() {
				desk := desk(c.t, c.url, c.joined)
				for w := range next {
					accepted, err := desk.PutWorkOrder(ctx, w.id, w.body)
					for ; err != nil && ctx.Err() == nil; accepted, err = desk.PutWorkOrder(ctx, w.id, w.body) {
						pause(ctx)
					}
					if err != nil {
						c.t.Errorf("%s was never answered: %v", w.id, err)
						return
					}
					mu.Lock()
					w.acks = append(w.acks, accepted)
					answers++
					now := answers == enough
					mu.Unlock()
					if now {
						trouble()
					}
				}
			})
		}
	}
	all.Wait()
}

// pause is how long a desk of this test waits before it asks again.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Millisecond):
	}
}

// sound kills what runs and looks the centre over.
func (c *cluster) sound() {
	c.t.Helper()
	for i := range c.centres {
		c.kill(i)
	}
	if report := output(c.t, append([]string{"check", "--data", c.dirs[0]}, c.args...)...); !strings.Contains(report, `"faults":[]`) {
		c.t.Error(report)
	}
}

func newWrites(t *testing.T, n int) []*write {
	t.Helper()
	writes := make([]*write, n)
	for i := range writes {
		writes[i] = newWrite(t, i)
	}
	return writes
}

// TestOneOfTwoCentresIsKilled: nothing is lost, nothing is there twice.
func TestOneOfTwoCentresIsKilled(t *testing.T) {
	server := enginetest.StartPostgres(t)
	c := startCluster(t, "--db", server.URL())
	writes := newWrites(t, 60)
	c.load(writes, 30, func() { c.kill(0) })
	allThereOnce(t, c.balanceOnly(1), c.joined, writes)
	c.start(0)
	more := newWrites(t, 20)
	c.load(more, 10, func() { c.kill(1) })
	allThereOnce(t, c.balanceOnly(0), c.joined, append(writes, more...))
	c.sound()
}

// balanceOnly gives the address of the one that lives.
func (c *cluster) balanceOnly(i int) string {
	c.balance.mu.Lock()
	defer c.balance.mu.Unlock()
	return c.balance.centres[i]
}

// TestThePrimaryIsKilledAndItsStandbyPromoted: the centres come back by
// themselves, and what was acknowledged is on the standby.
func TestThePrimaryIsKilledAndItsStandbyPromoted(t *testing.T) {
	primary := enginetest.StartPostgres(t)
	standby := primary.Standby(t)
	c := startCluster(t, "--db", enginetest.URL(primary, standby))
	writes := newWrites(t, 60)
	c.load(writes, 40, func() {
		primary.Kill()
		standby.Promote(t)
	})
	allThereOnce(t, c.balanceOnly(0), c.joined, writes)
	allThereOnce(t, c.balanceOnly(1), c.joined, writes)
	c.sound()
}
