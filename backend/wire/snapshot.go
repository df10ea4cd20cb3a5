package wire

import (
	"encoding/json"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// SnapshotForm is the form of a snapshot's lines.
const SnapshotForm = 1

// SnapshotHead is the first line of a snapshot. At was taken before the scan:
// what changes while it runs comes again behind At. Rows are of later moments, and
// a row that has an At of its own says so: from there on it is the one to resume
// with and to ask for changes behind. A centre that was restored to a copy from in
// between does not know it.
type SnapshotHead struct {
	H      int               `json:"h"` // SnapshotForm
	At     Cursor            `json:"at"`
	Counts map[RowType]int64 `json:"counts"` // of the whole, when the scan began
}

// SnapshotEnd is the last line of a snapshot. Where it is missing, the answer was
// cut: what came before is good, and the rest is asked for behind its last row.
type SnapshotEnd struct {
	End    int    `json:"end"`    // 1
	Rows   int64  `json:"rows"`   // of this answer
	SHA256 string `json:"sha256"` // of this answer's row lines with their ends, hex
}

// RowKey tells a row from every other. A snapshot is in the order of t and then id,
// each byte by byte.
type RowKey struct {
	T  RowType
	ID string
}

// Key of the row.
func (r Row) Key() RowKey { return RowKey{r.T, r.ID} }

// Before reports whether the key comes first in a snapshot.
func (k RowKey) Before(other RowKey) bool {
	return k.T < other.T || k.T == other.T && k.ID < other.ID
}

// String writes the key as the after of a snapshot has it: type, comma, id.
func (k RowKey) String() string {
	if k == (RowKey{}) {
		return ""
	}
	return string(k.T) + "," + k.ID
}

// ParseRowKey reads a key; "" is before the first row.
func ParseRowKey(text string) (RowKey, error) {
	if text == "" {
		return RowKey{}, nil
	}
	t, id, found := strings.Cut(text, ",")
	if !found || t == "" || id == "" || len(text) > 200 {
		return RowKey{}, (&repair.Error{Kind: repair.Invalid, Code: CodeMalformed}).With("why", "after is not a type and an id")
	}
	return RowKey{RowType(t), id}, nil
}

// AppendLine appends the row as a line of JSON. The thing inside is copied as it
// is: it must be JSON on one line already.
func (r Row) AppendLine(b []byte) []byte {
	b = append(b, `{"t":`...)
	b = appendText(b, string(r.T))
	b = append(b, `,"id":`...)
	b = appendText(b, r.ID)
	b = append(b, `,"rev":`...)
	b = strconv.AppendInt(b, r.Rev, 10)
	if r.WorkOrder != "" {
		b = append(b, `,"work_order":`...)
		b = appendText(b, string(r.WorkOrder))
	}
	if len(r.D) > 0 {
		b = append(b, `,"d":`...)
		b = append(b, r.D...)
	}
	if r.Del {
		b = append(b, `,"del":true`...)
	}
	if r.At != "" {
		b = append(b, `,"at":`...)
		b = appendText(b, string(r.At))
	}
	return append(b, '}', '\n')
}

func appendText(b []byte, text string) []byte {
	quoted, err := json.Marshal(text)
	if err != nil { // a string always can
		return append(b, `""`...)
	}
	return append(b, quoted...)
}
