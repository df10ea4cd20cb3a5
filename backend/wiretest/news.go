package wiretest

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// waiting: who has everything is told so in a word, and gets news when it comes.
func (s *suite) waiting(t *testing.T) {
	_, cursor := s.pull(t, s.ann, "", 0)
	path := wire.PathChanges + "?since=" + string(cursor)
	s.do(t, "GET", path+"&wait=soon", call{by: s.ann}).wants(t, 400, wire.CodeMalformed)
	first := s.do(t, "GET", path, call{by: s.ann})
	tag := first.header.Get("ETag")
	if first.status != 200 || tag != `"`+string(cursor)+`"` {
		t.Fatalf("got %d with ETag %s", first.status, tag)
	}
	same := map[string]string{"If-None-Match": tag}
	if a := s.do(t, "GET", path, call{by: s.ann, headers: same}); a.status != http.StatusNotModified || len(a.body) > 0 {
		t.Errorf("nothing is new, got %d %s", a.status, a.body)
	}
	heads := s.listen(t, s.ann)
	if head := <-heads; head != cursor {
		t.Errorf("the stream begins with %q, the feed ends at %q", head, cursor)
	}
	answered := make(chan answer, 1)
	go func() { answered <- s.do(t, "GET", path+"&wait=25", call{by: s.ann, headers: same}) }()
	rev := s.done(t, s.office, repair.Command{Kind: repair.CmdMessage, WorkOrder: s.order, Text: "You waited for this"}).Rev
	var page wire.Page
	(<-answered).into(t, 200, &page)
	if len(page.Rows) == 0 || page.Rows[0].Rev != rev {
		t.Errorf("who waits gets %+v", page)
	}
	if head := <-heads; head != page.Next {
		t.Errorf("the stream says %q, the page %q", head, page.Next)
	}
	s.do(t, "GET", wire.PathEvents, call{}).wants(t, 401, wire.CodeTokenExpired)
}

// listen opens the stream of heads until the test ends.
func (s *suite) listen(t *testing.T, by who) <-chan wire.Cursor {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.target.URL+wire.PathEvents, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+by.token)
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	if response.StatusCode != 200 || kind != wire.TypeEvents {
		t.Fatalf("got %d %s", response.StatusCode, kind)
	}
	s.seen["GET "+wire.PathEvents+" 200"] = true
	heads := make(chan wire.Cursor, 16)
	go func() {
		defer close(heads)
		lines := bufio.NewScanner(response.Body)
		for lines.Scan() {
			if id, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
				heads <- wire.Cursor(id)
			}
		}
	}()
	return heads
}

// tooOld: who speaks an old version reads nothing and writes on.
func (s *suite) tooOld(t *testing.T) {
	var meta wire.Meta
	s.do(t, "GET", wire.PathMeta, call{}).into(t, 200, &meta)
	old := map[string]string{wire.HeaderAPI: itoa(meta.API.Min - 1)}
	if meta.API.Min <= 1 { // 0 is nobody: a version from before the first
		old[wire.HeaderAPI] = "-1"
	}
	for _, path := range []string{wire.PathChanges, wire.PathSnapshot, wire.PathEvents} {
		p := s.do(t, "GET", path, call{by: s.ann, headers: old}).wants(t, 426, wire.CodeClientTooOld)
		if p.Retry != wire.RetryUser {
			t.Errorf("%s: retry %q", path, p.Retry)
		}
	}
	replay := s.do(t, "PUT", wire.PathWorkOrders+string(s.order), call{by: s.ann, body: s.body, headers: old})
	replay.into(t, 200, nil)
}
