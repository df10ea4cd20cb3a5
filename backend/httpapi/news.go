package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// look is how often who waits looks at the store although nothing was said:
// another program may have written to it.
const look = 5 * time.Second

// changes gives the page behind a cursor. With wait it answers when there is
// news; with the ETag of the last page it says in a word that there is none.
func (s *Server) changes(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := s.readsStill(r); err != nil {
		return err
	}
	query := r.URL.Query()
	limit, err := number(query.Get("limit"), "limit")
	if err != nil {
		return err
	}
	wait, err := number(query.Get("wait"), "wait")
	if err != nil {
		return err
	}
	since := wire.Cursor(query.Get("since"))
	if len(query["answered"]) > wire.AnsweredMax {
		return malformed("too many answered")
	}
	var answered []wire.Cursor
	for _, text := range query["answered"] {
		answered = append(answered, wire.Cursor(text))
	}
	page, err := s.awaited(r, by, since, answered, limit, min(time.Duration(wait)*time.Second, wire.WaitMax))
	if err != nil {
		return err
	}
	if !page.More {
		tag := strconv.Quote(string(page.Next))
		w.Header().Set("ETag", tag)
		if len(page.Rows) == 0 && page.Next == since && matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	return answer(w, http.StatusOK, page)
}

// awaited gives a page with something in it, or the empty one when the time is
// over, the caller gone or the server about to stop.
func (s *Server) awaited(r *http.Request, by centre.Caller, since wire.Cursor, answered []wire.Cursor, limit int, wait time.Duration) (wire.Page, error) {
	page, err := s.centre.Changes(r.Context(), by, since, limit, answered...)
	if err != nil || wait <= 0 || page.Next != since {
		return page, err
	}
	leave, err := s.waiting.enter(by)
	if err != nil {
		return page, err
	}
	defer leave()
	news, end := s.centre.Watch(by)
	defer end()
	until, again := time.NewTimer(wait), time.NewTicker(look)
	defer until.Stop()
	defer again.Stop()
	for {
		// Looked at after Watch began: nothing falls in between.
		if page, err = s.centre.Changes(r.Context(), by, since, limit); err != nil || page.Next != since {
			return page, err
		}
		select {
		case <-news:
		case <-again.C:
		case <-until.C:
			return page, nil
		case <-s.ending:
			return page, nil
		case <-r.Context().Done():
			return page, r.Context().Err()
		}
	}
}

// events is a stream that says when the caller's head moves, and nothing else.
func (s *Server) events(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := s.readsStill(r); err != nil {
		return err
	}
	leave, err := s.waiting.enter(by)
	if err != nil {
		return err
	}
	defer leave()
	line := http.NewResponseController(w)
	w.Header().Set("Content-Type", wire.TypeEvents)
	w.Header().Set("X-Accel-Buffering", "no")
	news, end := s.centre.Watch(by)
	defer end()
	life, ping, again := time.NewTimer(wire.EventsLife), time.NewTicker(wire.EventsPing), time.NewTicker(look)
	defer life.Stop()
	defer ping.Stop()
	defer again.Stop()
	var told wire.Cursor
	for text := ": hello\n\n"; ; text = "" {
		head, err := s.centre.Head(r.Context(), by)
		if err != nil {
			return nil // the stream ends: the desk asks as it does without one
		}
		if head != told {
			told = head
			data, err := json.Marshal(wire.HeadEvent{Head: head})
			if err != nil {
				return nil
			}
			text += fmt.Sprintf("id: %s\nevent: head\ndata: %s\n\n", head, data)
		}
		if text != "" {
			if _, err := w.Write([]byte(text)); err != nil {
				return nil
			}
			if err := line.Flush(); err != nil {
				return nil
			}
		}
		select {
		case <-news:
		case <-again.C:
		case <-ping.C:
			if err := s.centre.Stays(r.Context(), by); err != nil {
				return nil // shut out meanwhile
			}
			if _, err := w.Write([]byte(": ping\n\n")); err != nil {
				return nil
			}
			if err := line.Flush(); err != nil {
				return nil
			}
		case <-life.C:
			return nil
		case <-s.ending:
			return nil
		case <-r.Context().Done():
			return nil
		}
	}
}

// readsStill refuses a desk that is too old to understand what it would read.
func (s *Server) readsStill(r *http.Request) error {
	version, err := strconv.Atoi(r.Header.Get(wire.HeaderAPI))
	if err != nil {
		return nil // who does not say is not refused
	}
	return s.centre.Reads(version)
}

func number(text, name string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, malformed(name + " is not a positive number")
	}
	return n, nil
}

// matches reports whether one of the tags is this one.
func matches(list, tag string) bool {
	for _, one := range strings.Split(list, ",") {
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == tag {
			return true
		}
	}
	return false
}

var errWaiting = &repair.Error{Kind: repair.Unavailable, Code: wire.CodeTooMany}
