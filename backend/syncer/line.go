package syncer

import (
	"sync"
	"time"

	"hashmend/backend/repair"
)

// line is how the way to the centre stands, for all lanes. Whoever finds it cut
// keeps away until its time has come; then one lane greets the centre and the
// others wait for what it finds.
type line struct {
	random func() float64

	mu       sync.Mutex
	open     bool // the right centre has answered a greeting
	greeting bool // a lane is at it
	failures int
	until    time.Time // by the monotonic clock
	reason   *repair.Error
	since    time.Time // the first of the failures, by the wall clock
}

// enter lets a lane use the line, or says how long to keep away. greet asks the
// lane to greet the centre first, and to call greeted or cut after it.
func (l *line) enter() (greet bool, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open {
		return false, 0
	}
	if left := time.Until(l.until); left > 0 {
		return false, left
	}
	if l.greeting {
		return false, shortest
	}
	l.greeting = true
	return true, 0
}

// greeted opens the line. The failures stay counted until something more than a
// greeting succeeds: a centre that greets and then refuses all is not well.
func (l *line) greeted() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open, l.greeting = true, false
}

// worked notes that the centre did what it was asked, and reports whether that
// is news.
func (l *line) worked() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open { // another lane was cut meanwhile: it knows more
		return false
	}
	news := l.failures > 0
	l.failures, l.reason = 0, nil
	return news
}

// cut notes that the centre could not be asked, why, and how long to keep away
// at least. Lanes that are cut together count once. It reports whether the
// reason is news.
func (l *line) cut(wall time.Time, reason *repair.Error, atLeast time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open && !l.greeting && time.Until(l.until) > 0 {
		return false
	}
	news := l.reason == nil || l.reason.Code != reason.Code
	if l.reason == nil {
		l.since = wall
	}
	l.failures++
	l.open, l.greeting, l.reason = false, false, reason
	l.until = time.Now().Add(backoff(l.failures, l.random(), atLeast))
	return news
}

// abandon ends a greeting that was interrupted.
func (l *line) abandon() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.greeting = false
}

// hurry lets the next lane try at once: a person asked for it.
func (l *line) hurry() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until = time.Time{}
}

// state gives why the line is cut and since when; nil when it is not.
func (l *line) state() (reason *repair.Error, since time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reason, l.since
}
