package app

import (
	"context"
	"slices"

	"hashmend/backend/localdb"
)

// leave stops speaking for anybody.
func (h *house) leave() {
	if s := h.silence(); s != nil {
		s.stop()
	}
	for _, s := range h.beside {
		s.stop()
	}
	h.beside = nil
}

// silence takes the session away without stopping it.
func (h *house) silence() *session {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.session
	h.session = nil
	return s
}

// makeWay ends the session before the next. In practice one person plays every
// side: what a side still holds or has to send goes its way beside the next one,
// as it would from another PC, and ends at a later change of sides.
func (h *house) makeWay(ctx context.Context, next localdb.Session) {
	last := h.now()
	if last == nil || !last.Practice || !next.Practice {
		h.leave()
		return
	}
	h.beside = slices.DeleteFunc(append(h.beside, h.silence()), func(s *session) bool {
		if s.Scope != next.Scope {
			if n, err := h.unsent(ctx, s.Scope); err == nil && n > 0 {
				return false
			}
		}
		s.stop()
		return true
	})
}
