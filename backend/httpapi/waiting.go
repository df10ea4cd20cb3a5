package httpapi

import (
	"sync"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

// mostWaiting is how many answers one install may wait for at once.
const mostWaiting = 8

// waiting counts who waits for news, so that nobody holds every connection.
type waiting struct {
	mu sync.Mutex
	of map[repair.InstallID]int
}

// enter counts the caller in; leave counts it out again.
func (w *waiting) enter(by centre.Caller) (leave func(), err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.of[by.Install] >= mostWaiting {
		return nil, errWaiting
	}
	w.of[by.Install]++
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.of[by.Install]--; w.of[by.Install] == 0 {
			delete(w.of, by.Install)
		}
	}, nil
}
