package app

import (
	"encoding/json"
	"log"
	"sync"
)

// Event tells the page that something changed. It carries ids and counts, never
// the thing itself: the page asks again for what it shows.
//
// Seq counts up by one from 1. A page that sees a gap asks for everything again.
type Event struct {
	Seq  uint64          `json:"seq"`
	Name string          `json:"name"`
	Data json.RawMessage `json:"data"`
}

// waiting is how many events a slow page may be behind before it misses some.
const waiting = 256

// Events hands each event to everybody who listens, in order. It never waits for
// a listener. Use NewEvents.
type Events struct {
	mu        sync.Mutex
	seq       uint64
	listeners map[chan Event]struct{}
}

// NewEvents returns an Events nobody listens to yet.
func NewEvents() *Events {
	return &Events{listeners: map[chan Event]struct{}{}}
}

// Emit tells everybody. Data is turned into JSON here, once: a value that JSON
// cannot write is logged, where the window's bridge would end the program.
func (e *Events) Emit(name string, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		log.Printf("event %s: %v", name, err)
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seq++
	ev := Event{Seq: e.seq, Name: name, Data: text}
	for c := range e.listeners {
		select {
		case c <- ev:
		default: // too slow: the gap in Seq tells it so
		}
	}
}

// Subscribe returns the events from now on, the number of the last one before,
// and what ends the subscription and closes the channel.
func (e *Events) Subscribe() (events <-chan Event, last uint64, cancel func()) {
	c := make(chan Event, waiting)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.listeners[c] = struct{}{}
	return c, e.seq, sync.OnceFunc(func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.listeners, c)
		close(c)
	})
}
