package wiretest

import (
	"net/url"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// feed pulls everything behind a cursor and checks every page on the way.
func (s *suite) feed(t *testing.T, by who, since wire.Cursor) (rows []wire.Row) {
	t.Helper()
	rows, _ = s.pull(t, by, since, 0)
	return rows
}

func (s *suite) pull(t *testing.T, by who, since wire.Cursor, limit int) (rows []wire.Row, next wire.Cursor) {
	t.Helper()
	for {
		query := url.Values{"since": {string(since)}}
		if limit > 0 {
			query.Set("limit", itoa(limit))
		}
		var page wire.Page
		s.do(t, "GET", wire.PathChanges+"?"+query.Encode(), call{by: by}).into(t, 200, &page)
		if page.From != since {
			t.Fatalf("asked from %q, got a page from %q", since, page.From)
		}
		for i, row := range page.Rows {
			if i > 0 && row.Rev < page.Rows[i-1].Rev {
				t.Fatal("the rows are not in the order of their revs")
			}
			if !row.Del {
				s.valid(t, "row "+string(row.T), s.doc.RowTypes[string(row.T)].Ref, row.D)
			}
			rows = append(rows, row)
		}
		if !page.More {
			return rows, page.Next
		}
		if page.Next == since {
			t.Fatal("the feed does not move on")
		}
		if len(page.Rows) > 0 {
			s.notSplit(t, by, page)
		}
		since = page.Next
	}
}

// notSplit: the next page has no row of the last commit of this one.
func (s *suite) notSplit(t *testing.T, by who, page wire.Page) {
	t.Helper()
	var next wire.Page
	s.do(t, "GET", wire.PathChanges+"?limit=1&since="+string(page.Next), call{by: by}).into(t, 200, &next)
	// What everybody sees has a log of its own, and comes first.
	if last := page.Rows[len(page.Rows)-1]; len(next.Rows) > 0 && last.T == wire.RowCentre && next.Rows[0].T != wire.RowCentre {
		return
	}
	if len(next.Rows) > 0 && next.Rows[0].Rev <= page.Rows[len(page.Rows)-1].Rev {
		t.Errorf("the commit %d is split over two pages", next.Rows[0].Rev)
	}
}

func (s *suite) changes(t *testing.T) {
	all, cursor := s.pull(t, s.ann, "", 0)
	for _, limit := range []int{1, 2, 3, 7} {
		small, end := s.pull(t, s.ann, "", limit)
		if len(small) != len(all) || end != cursor {
			t.Errorf("in pages of %d the feed has %d rows, at once %d", limit, len(small), len(all))
		}
	}
	byKey := map[string]bool{}
	for _, row := range all {
		key := string(row.T) + row.ID
		if byKey[key] {
			t.Errorf("%s %s is in the feed twice", row.T, row.ID)
		}
		byKey[key] = true
	}
	if rows, _ := s.pull(t, s.ann, cursor, 0); len(rows) != 0 {
		t.Errorf("nothing has changed and %d rows come", len(rows))
	}
	rev := s.done(t, s.office, repair.Command{Kind: repair.CmdMessage, WorkOrder: s.order, Text: "News"}).Rev
	rows, _ := s.pull(t, s.ann, cursor, 0)
	if len(rows) == 0 || rows[len(rows)-1].Rev != rev {
		t.Errorf("the message of rev %d does not come: %d rows", rev, len(rows))
	}
	if staff := s.feed(t, s.technician, ""); len(staff) <= len(all) {
		t.Errorf("the centre's own people see %d rows, one customer %d", len(staff), len(all))
	}
	s.badCursors(t, cursor)
}

func (s *suite) badCursors(t *testing.T, cursor wire.Cursor) {
	get := func(by who, query string) answer { return s.do(t, "GET", wire.PathChanges+"?"+query, call{by: by}) }
	get(who{}, "").wants(t, 401, wire.CodeTokenExpired)
	get(s.ann, "since=nonsense").wants(t, 400, wire.CodeCursorInvalid)
	get(s.ann, "limit=few").wants(t, 400, wire.CodeMalformed)
	get(s.bob, "since="+string(cursor)).wants(t, 410, wire.CodeCursorScope)
	p, err := cursor.Position()
	if err != nil {
		t.Fatal(err)
	}
	ahead := p
	ahead.Own.Seq += 1_000_000
	get(s.ann, "since="+string(ahead.Cursor())).wants(t, 410, wire.CodeCursorDiverged)
	for _, place := range []*wire.Place{&p.Own, &p.Public} {
		place.Chain[0] ^= 1 // the same place in another history
		get(s.ann, "since="+string(p.Cursor())).wants(t, 410, wire.CodeCursorDiverged)
		place.Chain[0] ^= 1
	}
}
