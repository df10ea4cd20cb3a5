package wire

import (
	"encoding/base64"
	"encoding/binary"

	"hashmend/backend/repair"
)

// Cursor says where a pull stands. It is opaque to desks; "" is the beginning.
type Cursor string

// Position is what a cursor holds: where the pull stands in the log of its own
// scope, and in that of what everybody sees.
type Position struct {
	Scope  string // the account, or "*" for the centre's own people, whose log has everything
	Own    Place
	Public Place
}

// Place is a place in a log. Chain is the beginning of the log's hash there: a
// centre restored from an older copy, or another centre, has another one and
// notices.
type Place struct {
	Seq   int64
	Chain [8]byte
}

const (
	cursorVersion = 2
	cursorOld     = 1 // from before each scope had its log: expired
	placeSize     = 16
)

// Cursor encodes the position: version, scope, and the two places.
func (p Position) Cursor() Cursor {
	b := make([]byte, 0, 2+len(p.Scope)+2*placeSize)
	b = append(b, cursorVersion, byte(len(p.Scope)))
	b = append(b, p.Scope...)
	for _, at := range []Place{p.Own, p.Public} {
		b = binary.BigEndian.AppendUint64(b, uint64(at.Seq))
		b = append(b, at.Chain[:]...)
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(b))
}

// Position decodes the cursor.
func (c Cursor) Position() (Position, error) {
	invalid := &repair.Error{Kind: repair.Invalid, Code: CodeCursorInvalid}
	if len(c) > maxCursor {
		return Position{}, invalid
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil || len(b) < 2 {
		return Position{}, invalid
	}
	n := int(b[1])
	switch {
	case b[0] == cursorOld && len(b) == 2+n+placeSize:
		return Position{}, &repair.Error{Kind: repair.Conflict, Code: CodeCursorExpired}
	case b[0] != cursorVersion || len(b) != 2+n+2*placeSize:
		return Position{}, invalid
	}
	p := Position{Scope: string(b[2 : 2+n])}
	for i, at := range []*Place{&p.Own, &p.Public} {
		part := b[2+n+i*placeSize:]
		at.Seq = int64(binary.BigEndian.Uint64(part))
		copy(at.Chain[:], part[8:])
		if at.Seq < 0 {
			return Position{}, invalid
		}
	}
	return p, nil
}

// maxCursor bounds what is decoded.
const maxCursor = 512
