package webdesk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// stillHere is how often a quiet stream says that it lives, so that a browser
// learns of a program that was killed.
const stillHere = 15 * time.Second

// events streams the program's events from now on. It opens with "ready" and
// the number of the last event before, so that a page that was cut off sees what
// it missed.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	events, last, cancel := s.Subscribe()
	defer cancel()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	send := func(format string, args ...any) bool {
		_, err := fmt.Fprintf(w, format, args...)
		return err == nil && stream.Flush() == nil
	}
	if !send("event: ready\ndata: {\"seq\":%d}\n\n", last) {
		return
	}
	tick := time.NewTicker(stillHere)
	defer tick.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.ended:
			return
		case <-tick.C:
			if !send(": still here\n\n") {
				return
			}
		case e, open := <-events:
			if !open {
				return
			}
			text, err := json.Marshal(e)
			if err != nil || !send("data: %s\n\n", text) {
				return
			}
		}
	}
}
