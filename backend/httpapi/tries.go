package httpapi

import (
	"net/netip"
	"sync"
	"time"
)

const (
	triesMost   = 10
	triesWindow = 15 * time.Minute
)

// tries counts the wrong invite codes of an address. A code has about 59 bits,
// so ten tries a quarter of an hour guess nothing.
type tries struct {
	mu    sync.Mutex
	now   func() time.Time
	until time.Time
	count map[string]int
}

func newTries(now func() time.Time) *tries {
	if now == nil {
		now = time.Now
	}
	return &tries{now: now, count: map[string]int{}}
}

func (t *tries) allowed(address string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	return t.count[network(address)] < triesMost
}

func (t *tries) failed(address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sweep()
	t.count[network(address)]++
}

// sweep begins a new window for all at once: what is kept stays small.
func (t *tries) sweep() {
	if now := t.now(); now.After(t.until) {
		t.until = now.Add(triesWindow)
		clear(t.count)
	}
}

// network is what one guesser has: an IPv4 address, or an IPv6 /64.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
