package wire

import (
	"encoding/base64"
	"encoding/binary"

	"hashmend/backend/repair"
)

// Cursor says where a pull stands. It is opaque to desks; "" is the beginning.
type Cursor string

// Position is what a cursor holds. Chain is the beginning of the centre's
// commit hash at Seq: a centre restored from an older copy, or another centre,
// has another one and notices.
type Position struct {
	Scope string // the account, or "*" for the centre's own people
	Seq   int64
	Chain [8]byte
}

const cursorVersion = 1

// Cursor encodes the position: version, scope, sequence, chain.
func (p Position) Cursor() Cursor {
	b := make([]byte, 0, 2+len(p.Scope)+16)
	b = append(b, cursorVersion, byte(len(p.Scope)))
	b = append(b, p.Scope...)
	b = binary.BigEndian.AppendUint64(b, uint64(p.Seq))
	b = append(b, p.Chain[:]...)
	return Cursor(base64.RawURLEncoding.EncodeToString(b))
}

// Position decodes the cursor.
func (c Cursor) Position() (Position, error) {
	invalid := &repair.Error{Kind: repair.Invalid, Code: CodeCursorInvalid}
	b, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil || len(b) < 2 || b[0] != cursorVersion {
		return Position{}, invalid
	}
	n := int(b[1])
	if len(b) != 2+n+16 {
		return Position{}, invalid
	}
	p := Position{Scope: string(b[2 : 2+n])}
	p.Seq = int64(binary.BigEndian.Uint64(b[2+n:]))
	copy(p.Chain[:], b[2+n+8:])
	if p.Seq < 0 {
		return Position{}, invalid
	}
	return p, nil
}
