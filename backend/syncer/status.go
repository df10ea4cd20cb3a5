package syncer

import (
	"time"

	"hashmend/backend/repair"
)

// Status is how a session stands with its centre. What waits, what was
// refused and when the centre answered last is in the databases, not here.
type Status struct {
	Sending int           // writes under way
	Behind  bool          // the centre has answered something whose effect is not here yet
	Reason  *repair.Error // why the centre cannot be asked; nil when it can
	Since   time.Time     // since when, zero when it can
	Skew    time.Duration // of this PC's clock, 0 when it is small
	Fault   *repair.Error // why this PC cannot keep what it learns; nil when it can
}

// Status says how things stand now.
func (s *Syncer) Status() Status {
	reason, since := s.line.state()
	s.mu.Lock()
	defer s.mu.Unlock()
	if reason == nil {
		reason, since = s.behind, time.Time{}
	}
	return Status{
		Sending: s.pushing.sending(),
		Behind:  s.had < s.owed,
		Reason:  reason,
		Since:   since,
		Skew:    s.skew,
		Fault:   s.fault,
	}
}
