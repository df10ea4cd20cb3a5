package centre

import (
	"context"
	"strings"

	"hashmend/backend/label/mr1"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// LabelView is what anybody may learn of a label: what stands on it anyway, and
// whether an install of this centre signed it. It names nobody.
type LabelView struct {
	Code   mr1.Payload
	State  LabelState
	Centre repair.CentreInfo
}

// LabelState is what a label proves.
type LabelState string

// States of a label.
const (
	LabelSigned   LabelState = "signed"   // by an install that is trusted
	LabelRevoked  LabelState = "revoked"  // by an install that is trusted no more
	LabelForged   LabelState = "forged"   // it names a key and is not its word
	LabelUnsigned LabelState = "unsigned" // it carries only a check against misreading
	LabelDraft    LabelState = "draft"
	LabelUnknown  LabelState = "unknown" // no label of ours, or damaged
)

// Label reads the code of a label as a phone has opened it: host is where, path
// what stands behind it. The label may name the centre's short host instead.
func (c *Centre) Label(ctx context.Context, host, path string) (view LabelView, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		if view.Centre, err = c.info(ctx, tx); err != nil {
			return err
		}
		view.State = LabelUnknown
		for _, h := range []string{view.Centre.LabelHost, host} {
			code, err := mr1.ParsePayload("HTTPS://" + strings.ToUpper(h) + path)
			if err != nil {
				continue
			}
			view.Code = code
			if view.State, err = stateOf(ctx, tx, view.Centre, code); err != nil || view.State != LabelForged {
				return err
			}
		}
		return nil
	})
	return view, err
}

// stateOf tries every key whose id begins as the label says.
func stateOf(ctx context.Context, tx Tx, info repair.CentreInfo, code mr1.Payload) (LabelState, error) {
	switch {
	case code.Draft:
		return LabelDraft, nil
	case code.Key == "":
		return LabelUnsigned, nil
	}
	for id, text := range info.SigningKey {
		public, err := wire.ParsePublicKey(text)
		if err != nil || !strings.HasPrefix(id, code.Key) || !code.SignedBy(public) {
			continue
		}
		return trusted(ctx, tx, text)
	}
	return LabelForged, nil
}

// trusted says whether the install of a key may still sign.
func trusted(ctx context.Context, tx Tx, key string) (LabelState, error) {
	installs, err := tx.Installs(ctx)
	if err != nil {
		return "", err
	}
	for _, i := range installs {
		if i.PublicKey != key {
			continue
		}
		if i.RevokedAt.IsSet() {
			return LabelRevoked, nil
		}
		return LabelSigned, nil
	}
	return LabelForged, nil // the centre's own key signs no boxes
}
