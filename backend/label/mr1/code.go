// Package mr1 is the code on our labels, format MR1: a web address in capitals
// that says which work order, which device or box, and who vouches for it. Both
// programs know it: the desk prints and checks it, the centre answers a phone
// that opens it.
package mr1

import (
	"crypto/ed25519"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// What can be wrong with a code.
var (
	// ErrPayload: not one of our codes, or damaged.
	ErrPayload = &repair.Error{Kind: repair.Invalid, Code: "label.payload_invalid"}
	// ErrPayloadVersion: one of our codes, written by a newer program. Args version.
	ErrPayloadVersion = &repair.Error{Kind: repair.Invalid, Code: "label.payload_version_unknown"}
	// ErrPayloadKey: the check was made in a way that this program does not know. Args key.
	ErrPayloadKey = &repair.Error{Kind: repair.Invalid, Code: "label.payload_key_unknown"}
)

// PayloadKind says what a code is stuck on.
type PayloadKind string

// Kinds of payload, as the letter in the code.
const (
	BoxCode      PayloadKind = "B"
	DeviceCode   PayloadKind = "D"
	ManifestCode PayloadKind = "M"
)

// Payload is what a printed code says:
//
//	HTTPS://{Host}/1{Kind}/{WorkOrder}/{ID}/{N}/{Of}/{KEY}{TAG}
//
// Only digits, capitals and a little punctuation occur, so that a code stays
// small and opens in a phone. It never carries names, addresses or telephone
// numbers.
//
// With KEY 00, TAG is the first 50 bits of SHA-256 over everything before the
// last slash, as 10 letters: it tells a misread from a code, and proves nothing
// about who printed it. With two letters of a key's id, TAG is that key's
// Ed25519 signature over the same bytes, as 155 decimal digits.
//
// A draft has 0 in place of the 1 and is never taken for a packed box.
type Payload struct {
	Draft     bool
	Host      string // of the centre, such as RMA.EXAMPLE.COM or 127.0.0.1:8443
	Kind      PayloadKind
	WorkOrder string // the centre's number
	ID        string // DeviceCode: serial number; else DigestSerials of the contents
	N, Of     int    // box N of Of; 0 of 0 when it has no place among boxes

	Key       string // first two letters of the id of the key that signed, "" unsigned
	Signature Signature
}

// Signature is an Ed25519 signature.
type Signature [ed25519.SignatureSize]byte

const (
	scheme     = "HTTPS://"
	tagOnlyKey = "00"
	keyLength  = 2
	maxPayload = 600 // far above the largest code we print
	finalMark  = "1"
	draftMark  = "0"
)

// covered is what the tag or the signature is about: all before the last slash.
func (p Payload) covered() string {
	mark := finalMark
	if p.Draft {
		mark = draftMark
	}
	return scheme + p.Host + "/" + mark + string(p.Kind) + "/" + escape(p.WorkOrder) + "/" + escape(p.ID) +
		"/" + strconv.Itoa(p.N) + "/" + strconv.Itoa(p.Of)
}

// String writes the code. The host must be one that ValidHost accepts.
func (p Payload) String() string {
	covered := p.covered()
	if p.Key == "" {
		return covered + "/" + tagOnlyKey + tag(covered)
	}
	return covered + "/" + p.Key + p.Signature.digits()
}

// Check is what a person compares when no scanner is at hand: the last six
// letters of the code.
func (p Payload) Check() string {
	s := p.String()
	return s[len(s)-6:]
}

// ParsePayload reads a scanned code. An unsigned one with one changed character
// is refused; a signed one is only read, and Payload.SignedBy tells whether it is
// as it was printed.
func ParsePayload(text string) (Payload, error) {
	if len(text) > maxPayload || !strings.HasPrefix(text, scheme) {
		return Payload{}, ErrPayload
	}
	at := strings.LastIndexByte(text, '/')
	covered, last := text[:at], text[at+1:]
	parts := strings.Split(strings.TrimPrefix(covered, scheme), "/")
	if len(parts) != 6 || len(parts[1]) != 2 || !ValidHost(parts[0]) || len(last) < keyLength {
		return Payload{}, ErrPayload
	}
	if mark := parts[1][:1]; mark != finalMark && mark != draftMark {
		return Payload{}, ErrPayloadVersion.With("version", mark)
	}
	p := Payload{Draft: parts[1][:1] == draftMark, Host: parts[0], Kind: PayloadKind(parts[1][1:])}
	if p.Kind != BoxCode && p.Kind != DeviceCode && p.Kind != ManifestCode {
		return Payload{}, ErrPayload
	}
	if err := p.readProof(covered, last[:keyLength], last[keyLength:]); err != nil {
		return Payload{}, err
	}
	var ok [4]bool
	p.WorkOrder, ok[0] = unescape(parts[2])
	p.ID, ok[1] = unescape(parts[3])
	p.N, ok[2] = count(parts[4])
	p.Of, ok[3] = count(parts[5])
	if ok != [4]bool{true, true, true, true} {
		return Payload{}, ErrPayload
	}
	return p, nil
}

// readProof reads the last part: a tag, which must be right, or a signature.
func (p *Payload) readProof(covered, key, proof string) error {
	switch {
	case len(proof) == signatureDigits && isKey(key):
		signature, ok := parseDigits(proof)
		if !ok {
			return ErrPayload
		}
		p.Key, p.Signature = key, signature
		return nil
	case len(proof) != tagLength:
		return ErrPayload
	case key != tagOnlyKey:
		return ErrPayloadKey.With("key", key)
	case proof != tag(covered):
		return ErrPayload
	}
	return nil
}
