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
	// Seen is how far its rows may reach already: those of a snapshot are of later
	// moments than its beginning. The zero value is no further than Own and Public.
	Seen Reach
}

// Reach is a place in the own log and one in everybody's.
type Reach struct{ Own, Public Place }

// Place is a place in a log. Chain is the beginning of the log's hash there: a
// centre restored from an older copy, or another centre, has another one and
// notices.
type Place struct {
	Seq   int64
	Chain [8]byte
}

const (
	cursorVersion = 2
	cursorSeen    = 3 // with a Reach
	cursorOld     = 1 // from before each scope had its log: expired
	placeSize     = 16
)

// Cursor encodes the position: version, scope, and its two or four places.
func (p Position) Cursor() Cursor {
	version, places := byte(cursorVersion), []Place{p.Own, p.Public}
	if p.Seen != (Reach{}) {
		version, places = cursorSeen, append(places, p.Seen.Own, p.Seen.Public)
	}
	b := make([]byte, 0, 2+len(p.Scope)+len(places)*placeSize)
	b = append(b, version, byte(len(p.Scope)))
	b = append(b, p.Scope...)
	for _, at := range places {
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
	case b[0] != cursorVersion && b[0] != cursorSeen:
		return Position{}, invalid
	}
	p := Position{}
	places := []*Place{&p.Own, &p.Public}
	if b[0] == cursorSeen {
		places = append(places, &p.Seen.Own, &p.Seen.Public)
	}
	if len(b) != 2+n+len(places)*placeSize {
		return Position{}, invalid
	}
	p.Scope = string(b[2 : 2+n])
	for i, at := range places {
		part := b[2+n+i*placeSize:]
		at.Seq = int64(binary.BigEndian.Uint64(part))
		copy(at.Chain[:], part[8:])
		if at.Seq < 0 {
			return Position{}, invalid
		}
	}
	if b[0] == cursorSeen && p.Seen == (Reach{}) {
		return Position{}, invalid // nobody writes it so
	}
	return p, nil
}

// ReachedFrom gives the position with what it has seen so far: all of a moment at
// which the logs stood there.
func (p Position) ReachedFrom(now Reach) Position {
	p.Seen = Reach{}
	if now.Own.Seq > p.Own.Seq || now.Public.Seq > p.Public.Seq {
		p.Seen = now
	}
	return p
}

// CaughtUp gives the position without what it had seen ahead of itself, once it has
// come there.
func (p Position) CaughtUp() Position {
	if p.Own.Seq >= p.Seen.Own.Seq && p.Public.Seq >= p.Seen.Public.Seq {
		p.Seen = Reach{}
	}
	return p
}

// maxCursor bounds what is decoded.
const maxCursor = 512
