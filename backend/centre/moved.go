package centre

import (
	"slices"
	"sync"
)

// moved tells who waits that a scope has a new commit. It is only a hint: who
// waits looks at the store before and after.
type moved struct {
	mu      sync.Mutex
	waiting map[chan struct{}]Scope
}

// Watch gives a channel that gets a word after a commit that the caller may see,
// and a function that ends it.
func (c *Centre) Watch(by Caller) (news <-chan struct{}, end func()) {
	ch := make(chan struct{}, 1)
	c.moved.mu.Lock()
	defer c.moved.mu.Unlock()
	c.moved.waiting[ch] = by.scope()
	return ch, func() {
		c.moved.mu.Lock()
		defer c.moved.mu.Unlock()
		delete(c.moved.waiting, ch)
	}
}

func (m *moved) tell(scopes []Scope) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for ch, scope := range m.waiting {
		if scope != Own && !slices.Contains(scopes, scope) && !slices.Contains(scopes, Public) {
			continue
		}
		select {
		case ch <- struct{}{}:
		default: // it has a word that it has not read yet
		}
	}
}
