package desk

import (
	"context"
	"strings"

	"hashmend/backend/intake"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// What the check of a box label comes to.
const (
	CheckVerified       = "verified"        // signed by a known install, and the contents are what was packed
	CheckContentsDiffer = "contents_differ" // signed, but something else was packed
	CheckNotVerified    = "not_verified"    // nobody known vouches for it: Why says which
)

// Why a label is not verified.
const (
	whyUnsigned  = "label.check_unsigned"
	whyDraft     = "label.check_draft"
	whyUnknown   = "label.check_key_unknown"
	whyForged    = "label.check_signature_wrong"
	whyRevoked   = "label.check_key_revoked"
	whyNotBox    = "label.check_not_a_box"
	whyNotOurs   = "label.check_not_a_label"
	whyElsewhere = "label.check_order_unknown"
	whyStranger  = "label.check_other_customer"
)

// LabelCheck is what the label on a box proves. It needs no network: the keys
// came with the last pull.
type LabelCheck struct {
	Outcome  string `json:"outcome"`  // verified, contents_differ, not_verified; "" no box label was scanned
	Why      string `json:"why"`      // code, of not_verified
	Packer   string `json:"packer"`   // the install that signed, "" when only its key is known
	Holder   string `json:"holder"`   // whose install it is
	Staff    bool   `json:"staff"`    // it is the centre's own
	Received bool   `json:"received"` // the goods receipt of this box was recorded before
	Check    string `json:"check"`    // the last letters of the code, to compare by eye
}

// CheckLabel checks a scanned box label. With counted serial numbers these are
// compared with what was packed; without, what the work order lists.
func (d *Desk) CheckLabel(ctx context.Context, code string, counted []string) (out LabelCheck, err error) {
	label, ok := d.ParseLabel(strings.TrimSpace(code))
	if !ok {
		return LabelCheck{Outcome: CheckNotVerified, Why: whyNotOurs}, nil
	}
	if label.Kind != "box" {
		return LabelCheck{Outcome: CheckNotVerified, Why: whyNotBox}, nil
	}
	return out, d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		out, err = d.checkArrived(ctx, t, label, counted)
		return err
	})
}

// checkArrived checks the label of a box at the door. That a label was seen
// before is told too: a signature does not stop a photocopy.
func (d *Desk) checkArrived(ctx context.Context, t localdb.CacheTx, label Label, counted []string) (LabelCheck, error) {
	p, packed, found, err := boxOf(ctx, t, label)
	if err != nil {
		return LabelCheck{}, err
	}
	if len(counted) > 0 {
		packed.keys = serialKeys(counted)
	}
	out, err := d.checkBox(ctx, t, label, packed)
	out.Received = found && p.SystemReceivedAt.IsSet()
	if !found && len(counted) == 0 && out.Outcome == CheckContentsDiffer {
		out.Outcome, out.Why = CheckNotVerified, whyElsewhere
	}
	return out, err
}

// packed is what a box label is held against.
type packed struct {
	account repair.AccountID // whose work order it is, "" unknown
	keys    []string         // of the serial numbers in the box
}

// checkBox says who signed a box label and whether the box was packed so.
func (d *Desk) checkBox(ctx context.Context, t localdb.CacheTx, label Label, box packed) (LabelCheck, error) {
	out := LabelCheck{Outcome: CheckNotVerified, Check: label.Check}
	switch {
	case label.Draft:
		out.Why = whyDraft
		return out, nil
	case label.Key == "":
		out.Why = whyUnsigned
		return out, nil
	}
	signer, known, right, err := whoSigned(ctx, t, label)
	switch {
	case err != nil:
		return out, err
	case !known:
		out.Why = whyUnknown
		return out, nil
	case !right:
		out.Why = whyForged
		return out, nil
	}
	out.Packer, out.Holder, out.Staff = signer.Name, signer.Holder, signer.Install != "" && signer.Account == ""
	if signer.RevokedAt.IsSet() {
		out.Why = whyRevoked
		return out, nil
	}
	if signer.Account != "" && box.account != "" && signer.Account != box.account {
		out.Why = whyStranger
		return out, nil
	}
	out.Outcome = CheckVerified
	if !label.Holds(box.keys) {
		out.Outcome = CheckContentsDiffer
	}
	return out, nil
}

// whoSigned tries every published key whose id begins as the label says. known
// is false when there is none: it may have joined after the last pull.
func whoSigned(ctx context.Context, t localdb.CacheTx, label Label) (signer repair.Signer, known, right bool, err error) {
	info, _, err := t.Centre(ctx)
	if err != nil {
		return signer, false, false, err
	}
	signers, err := t.Signers(ctx)
	if err != nil {
		return signer, false, false, err
	}
	for id, text := range info.SigningKey {
		public, err := wire.ParsePublicKey(text)
		if err != nil || !strings.HasPrefix(id, label.Key) {
			continue
		}
		known = true
		if !label.SignedBy(public) {
			continue
		}
		for _, s := range signers {
			if s.KeyID == id {
				signer = s
			}
		}
		return signer, true, true, nil
	}
	return signer, known, false, nil
}

// boxOf finds the parcel that a box label is on, and the serial numbers that the
// work order lists in it.
func boxOf(ctx context.Context, t localdb.CacheTx, label Label) (p repair.Parcel, box packed, found bool, err error) {
	id, known, err := t.OrderByNumber(ctx, label.Number)
	if err != nil || !known {
		return p, box, false, err
	}
	c, err := t.Case(ctx, id)
	if err != nil {
		return p, box, false, err
	}
	box.account = c.Order.Account
	for _, other := range c.Parcels {
		if other.Seq == label.Box && (!found || other.Status != repair.ParcelRejected) {
			p, found = other, true
		}
	}
	for _, id := range p.Devices {
		if dev := c.Device(id); dev != nil {
			box.keys = append(box.keys, dev.Serial.Key())
		}
	}
	return p, box, found, nil
}

func serialKeys(serials []string) []string {
	keys := make([]string, len(serials))
	for i, s := range serials {
		keys[i] = repair.SerialNumber(s).Key()
	}
	return keys
}

// opened is what a scan means: the field that names a thing inside an envelope
// of another maker, else the code as it is.
func opened(code string) string {
	code = strings.TrimSpace(code)
	if carried, ok := intake.Envelope(code); ok && carried.Best() != "" {
		return carried.Best()
	}
	return code
}
