package app

import "hashmend/backend/label"

// codeNotSigned warns that a box label carries a typo check alone.
const codeNotSigned = "label.not_signed"

// sealer signs box labels with the key of this install, so that any desk of the
// same centre can tell who packed a box. nil when there is no key to sign with.
func (h *house) sealer() func(label.Payload) label.Payload {
	id, sign := h.seal()
	if sign == nil {
		return nil
	}
	return func(p label.Payload) label.Payload { return p.Sign(id, sign) }
}
