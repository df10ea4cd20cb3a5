package label

import "hashmend/backend/label/mr1"

// The code on a label is package mr1's; the labels speak of it by these names.
type (
	// Payload is what a printed code says.
	Payload = mr1.Payload
	// PayloadKind says what a code is stuck on.
	PayloadKind = mr1.PayloadKind
)

// Kinds of payload.
const (
	BoxCode      = mr1.BoxCode
	DeviceCode   = mr1.DeviceCode
	ManifestCode = mr1.ManifestCode
)

// ParsePayload reads a scanned code.
func ParsePayload(text string) (Payload, error) { return mr1.ParsePayload(text) }

// DigestSerials is the digest of what a box holds.
func DigestSerials(serials []string) string { return mr1.DigestSerials(serials) }
