package syncer

import (
	"sync"
	"time"

	"hashmend/backend/localdb"
)

// orders says which work orders have a write under way, and when an item was
// tried last. Use newOrders.
type orders struct {
	mu    sync.Mutex
	busy  map[string]bool
	tried map[string]time.Time // by the monotonic clock
	done  sync.WaitGroup
}

func newOrders() *orders {
	return &orders{busy: map[string]bool{}, tried: map[string]time.Time{}}
}

// lock takes the work order of an item, unless it has a write under way or
// atMost others have.
func (o *orders) lock(it localdb.OutboxItem, atMost int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.busy) >= atMost || o.busy[aggregate(it)] {
		return false
	}
	o.busy[aggregate(it)] = true
	o.tried[it.ID] = time.Now()
	o.done.Add(1)
	return true
}

func (o *orders) unlock(it localdb.OutboxItem, settled bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.busy, aggregate(it))
	if settled {
		delete(o.tried, it.ID)
	}
	o.done.Done()
}

// rest gives how long an item must rest after its last try. It does not ask the
// wall clock, so a clock that jumps cannot make a tight loop.
func (o *orders) rest(id string) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	last, known := o.tried[id]
	if !known {
		return 0
	}
	return max(0, shortest-time.Since(last))
}

// sending counts the writes under way.
func (o *orders) sending() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.busy)
}

func (o *orders) wait() { o.done.Wait() }

// aggregate names what an item must not overtake: its work order, else itself.
func aggregate(it localdb.OutboxItem) string {
	if it.WorkOrder == "" {
		return it.ID
	}
	return string(it.WorkOrder)
}
