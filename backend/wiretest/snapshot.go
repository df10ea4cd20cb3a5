package wiretest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"testing"

	"github.com/klauspost/compress/zstd"

	"hashmend/backend/wire"
)

// snapshot: the rows of the feed that are not deleted, in the order of their keys,
// however they are packed and wherever one begins.
func (s *suite) snapshot(t *testing.T) {
	feed, cursor := s.pull(t, s.ann, "", 0)
	kept := map[wire.RowKey]wire.Row{}
	for _, row := range feed {
		if !row.Del {
			kept[row.Key()] = row
		}
	}
	head, rows := s.taken(t, s.ann, "", "", "identity")
	if head.At != cursor {
		t.Errorf("the snapshot stands at %q, the feed at %q", head.At, cursor)
	}
	counted := int64(0)
	for _, n := range head.Counts {
		counted += n
	}
	if len(rows) != len(kept) || counted != int64(len(kept)) {
		t.Errorf("%d rows are kept, the snapshot has %d and counts %d", len(kept), len(rows), counted)
	}
	for i, row := range rows {
		if row.Del || string(row.D) != string(kept[row.Key()].D) || row.Rev != kept[row.Key()].Rev || row.WorkOrder != kept[row.Key()].WorkOrder {
			t.Errorf("%v is another than in the feed", row.Key())
		}
		if i > 0 && !rows[i-1].Key().Before(row.Key()) {
			t.Errorf("%v follows %v", row.Key(), rows[i-1].Key())
		}
	}
	for i, encoding := range []string{"zstd", "gzip", "zstd, gzip", "zstd;q=0, gzip"} {
		after := rows[i*len(rows)/4].Key()
		again, rest := s.taken(t, s.ann, head.At, after.String(), encoding)
		if again.At != head.At || len(rest) != len(rows)-i*len(rows)/4-1 {
			t.Errorf("%s: behind %v come %d rows", encoding, after, len(rest))
		}
	}
	if _, staff := s.taken(t, s.technician, "", "", "zstd"); len(staff) <= len(rows) {
		t.Errorf("the centre's own people get %d rows, one customer %d", len(staff), len(rows))
	}
	get := func(by who, query string) answer { return s.do(t, "GET", wire.PathSnapshot+"?"+query, call{by: by}) }
	get(who{}, "").wants(t, 401, wire.CodeTokenExpired)
	get(s.ann, "at=nonsense").wants(t, 400, wire.CodeCursorInvalid)
	get(s.ann, "after=device").wants(t, 400, wire.CodeMalformed)
	get(s.bob, "at="+string(cursor)).wants(t, 410, wire.CodeCursorScope)
}

// taken takes a snapshot and holds it against its last line.
func (s *suite) taken(t *testing.T, by who, at wire.Cursor, after, encoding string) (head wire.SnapshotHead, rows []wire.Row) {
	t.Helper()
	query := url.Values{"at": {string(at)}, "after": {after}}
	a := s.do(t, "GET", wire.PathSnapshot+"?"+query.Encode(), call{by: by, headers: map[string]string{"Accept-Encoding": encoding}})
	if a.status != 200 {
		t.Fatalf("got %d %s", a.status, a.body)
	}
	lines := bufio.NewScanner(bytes.NewReader(unpacked(t, a)))
	lines.Buffer(nil, wire.MaxLine)
	sum := sha256.New()
	var end wire.SnapshotEnd
	for n := 0; lines.Scan(); n++ {
		line := lines.Bytes()
		if n == 0 {
			if err := json.Unmarshal(line, &head); err != nil || head.H != wire.SnapshotForm {
				t.Fatalf("the first line is %s", line)
			}
			continue
		}
		if json.Unmarshal(line, &end) == nil && end.End == 1 {
			continue
		}
		var row wire.Row
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		s.valid(t, "row "+string(row.T), s.doc.RowTypes[string(row.T)].Ref, row.D)
		sum.Write(append(line, '\n'))
		rows = append(rows, row)
	}
	if end.Rows != int64(len(rows)) || end.SHA256 != hex.EncodeToString(sum.Sum(nil)) {
		t.Errorf("%d rows came and the last line says %+v", len(rows), end)
	}
	return head, rows
}

func unpacked(t *testing.T, a answer) []byte {
	t.Helper()
	var in io.Reader = bytes.NewReader(a.body)
	switch a.header.Get("Content-Encoding") {
	case "zstd":
		d, err := zstd.NewReader(in)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		in = d
	case "gzip":
		d, err := gzip.NewReader(in)
		if err != nil {
			t.Fatal(err)
		}
		in = d
	}
	data, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
