package client_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hashmend/backend/client"
	"hashmend/backend/wire"
)

// lines writes a snapshot of so many rows.
func lines(n int) string {
	rows := ""
	for i := range n {
		rows += string(wire.Row{T: "device", ID: fmt.Sprintf("d%03d", i), Rev: 1, D: json.RawMessage(`{"a":1}`)}.AppendLine(nil))
	}
	sum := sha256.Sum256([]byte(rows))
	return `{"h":1,"at":"c1","counts":{}}` + "\n" + rows + fmt.Sprintf(`{"end":1,"rows":%d,"sha256":"%s"}`, n, hex.EncodeToString(sum[:])) + "\n"
}

func read(text string, at wire.Cursor, after wire.RowKey) (rows []wire.Row, err error) {
	err = client.ReadSnapshot(strings.NewReader(text), at, after, func(_ wire.SnapshotHead, some []wire.Row) error {
		rows = append(rows, some...)
		return nil
	})
	return rows, err
}

// TestASnapshotIsWholeOnlyWithItsLastLine: cut anywhere it is an error, and the
// rows before the cut are those that were sent (R7).
func TestASnapshotIsWholeOnlyWithItsLastLine(t *testing.T) {
	whole := lines(5)
	if rows, err := read(whole, "", wire.RowKey{}); err != nil || len(rows) != 5 {
		t.Fatalf("%d rows %v", len(rows), err)
	}
	for cut := range len(whole) {
		rows, err := read(whole[:cut], "", wire.RowKey{})
		if err == nil {
			t.Errorf("cut at byte %d it counts as whole", cut)
		}
		for i, row := range rows {
			if row.ID != fmt.Sprintf("d%03d", i) {
				t.Errorf("cut at byte %d row %d is %s", cut, i, row.ID)
			}
		}
	}
}

// TestASnapshotIsResumedWithItsLatestCursor: the one of the rows that came, not of
// the first line (R7).
func TestASnapshotIsResumedWithItsLatestCursor(t *testing.T) {
	cut := `{"h":1,"at":"c1","counts":{}}` + "\n"
	for i, at := range []wire.Cursor{"", "c2", "", "c3"} {
		cut += string(wire.Row{T: "device", ID: fmt.Sprintf("d%03d", i), Rev: 1, D: json.RawMessage(`{}`), At: at}.AppendLine(nil))
	}
	var got wire.Cursor
	_ = client.ReadSnapshot(strings.NewReader(cut), "", wire.RowKey{}, func(head wire.SnapshotHead, _ []wire.Row) error {
		got = head.At
		return nil
	})
	if got != "c3" {
		t.Errorf("it is resumed with %q", got)
	}
}

func TestASnapshotThatContradictsItselfIsNotBelieved(t *testing.T) {
	whole := lines(3)
	for name, c := range map[string]struct {
		text  string
		at    wire.Cursor
		after wire.RowKey
	}{
		"other hash":         {text: strings.Replace(whole, `"a":1`, `"a":2`, 1)},
		"a row is missing":   {text: strings.Replace(whole, "d001", "d000", 1)},
		"another cursor":     {text: whole, at: "c2"},
		"begins too early":   {text: whole, at: "c1", after: wire.RowKey{T: "device", ID: "d001"}},
		"no first line":      {text: whole[strings.Index(whole, "\n")+1:]},
		"a deletion":         {text: strings.Replace(whole, `,"d":{"a":1}}`, `,"del":true}`, 1)},
		"not JSON":           {text: strings.Replace(whole, `{"a":1}`, `{"a":`, 1)},
		"nothing":            {text: ""},
		"a web page":         {text: "<html>\n"},
		"an unknown form":    {text: strings.Replace(whole, `{"h":1`, `{"h":2`, 1)},
		"nested too deep":    {text: strings.Replace(whole, `{"a":1}`, strings.Repeat(`[`, 20_000)+strings.Repeat(`]`, 20_000), 1)},
		"a number too large": {text: strings.Replace(whole, `"rev":1`, `"rev":9223372036854775808`, 1)},
	} {
		if _, err := read(c.text, c.at, c.after); err == nil {
			t.Errorf("%s: believed", name)
		}
	}
}

// endless is a line without an end.
type endless struct{ given int }

func (e *endless) Read(p []byte) (int, error) {
	e.given += len(p)
	copy(p, bytes.Repeat([]byte{'x'}, len(p)))
	return len(p), nil
}

func TestALineWithoutAnEndIsGivenUp(t *testing.T) {
	in := &endless{}
	if err := client.ReadSnapshot(in, "", wire.RowKey{}, nil); err == nil || in.given > 2*wire.MaxLine {
		t.Errorf("after %d bytes: %v", in.given, err)
	}
}

func FuzzSnapshot(f *testing.F) {
	f.Add(lines(3))
	f.Add(lines(0))
	f.Add("{\"h\":1,\"at\":\"c1\"}\n{\"end\":1}\n")
	f.Fuzz(func(t *testing.T, text string) {
		var last wire.RowKey
		rows, _ := read(text, "", wire.RowKey{})
		for _, row := range rows {
			if !last.Before(row.Key()) || row.Rev < 1 || !json.Valid(row.D) {
				t.Errorf("row %+v behind %+v", row, last)
			}
			last = row.Key()
		}
	})
}
