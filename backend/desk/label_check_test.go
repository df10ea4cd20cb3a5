package desk

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// packer is an install that signs.
type packer struct {
	public ed25519.PublicKey
	signer repair.Signer
}

func newPacker(name string, account repair.AccountID) packer {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, name)
	public, _ := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	text := base64.StdEncoding.EncodeToString(public)
	return packer{public, repair.Signer{KeyID: wire.KeyID(public), PublicKey: text, Install: repair.InstallID("install-" + name), Name: name, Holder: "Aigerim", Role: repair.RoleCustomer, Account: account}}
}

// published lets the desk hear of the keys, and of whose they are.
func (h *hand) published(packers ...packer) {
	h.t.Helper()
	keys := map[string]string{}
	for _, p := range packers {
		keys[p.signer.KeyID] = p.signer.PublicKey
	}
	h.tellCentre(repair.CentreInfo{ServerID: server, Name: "Centre", Settings: repair.DefaultSettings(), SigningKey: keys})
	for _, p := range packers {
		h.rev++
		body, err := json.Marshal(p.signer)
		h.ok(err)
		h.apply(localdb.Change{T: "signer", ID: string(p.signer.Install), Rev: h.rev, D: body})
	}
}

// stuck is a box label that p signed, of box 1 with these devices.
func (h *hand) stuck(p packer, number string, serials ...string) {
	want := slices.Sorted(slices.Values(serialKeys(serials)))
	h.ParseLabel = func(code string) (Label, bool) {
		if code != "BOX1" {
			return Label{}, false
		}
		return Label{
			Kind: "box", Number: number, Box: 1, Check: "123456", Key: p.signer.KeyID[:2],
			SignedBy: func(public ed25519.PublicKey) bool { return public.Equal(p.public) },
			Holds:    func(keys []string) bool { return slices.Equal(slices.Sorted(slices.Values(keys)), want) },
		}, true
	}
}

func TestABoxLabelIsCheckedWithWhatTheLastPullBrought(t *testing.T) {
	farm, rival := newPacker("farm-pc", rt.Account), newPacker("rival-pc", rt.Stranger.Account)
	serials := []string{string(rt.Serial(1)), string(rt.Serial(2))}
	const number = "JM-260302-0001"
	tests := []struct {
		name    string
		known   []packer
		signed  packer
		number  string
		counted []string
		outcome string
		why     string
	}{
		{"as counted", []packer{farm, rival}, farm, number, serials, CheckVerified, ""},
		{"counted in another order", []packer{farm}, farm, number, []string{serials[1], serials[0]}, CheckVerified, ""},
		{"one less", []packer{farm}, farm, number, serials[:1], CheckContentsDiffer, ""},
		{"one more", []packer{farm}, farm, number, append([]string{"OTHER1"}, serials...), CheckContentsDiffer, ""},
		{"a key that joined later", []packer{rival}, farm, number, serials, CheckNotVerified, "label.check_key_unknown"},
		{"another customer's key", []packer{farm, rival}, rival, number, serials, CheckNotVerified, "label.check_other_customer"},
		{"a box nobody listed", []packer{farm}, farm, "JM-999", nil, CheckNotVerified, "label.check_order_unknown"},
		{"a box nobody listed, counted", []packer{farm}, farm, "JM-999", serials, CheckVerified, ""},
	}
	for _, test := range tests {
		h := at(t)
		h.tell(rt.Filed(2).Confirm().Case)
		h.published(test.known...)
		h.stuck(test.signed, test.number, serials...)
		got, err := h.CheckLabel(h.ctx(), " BOX1 ", test.counted)
		h.ok(err)
		if got.Outcome != test.outcome || got.Why != test.why {
			t.Errorf("%s: got %+v", test.name, got)
		}
		if test.outcome == CheckVerified && (got.Packer != test.signed.signer.Name || got.Holder != "Aigerim") {
			t.Errorf("%s: packed by %+v", test.name, got)
		}
	}
}

func TestALabelOfARevokedInstallProvesNothing(t *testing.T) {
	h := at(t)
	farm := newPacker("farm-pc", rt.Account)
	farm.signer.RevokedAt = repair.At(rt.Start)
	h.tell(rt.Filed(1).Confirm().Case)
	h.published(farm)
	h.stuck(farm, "JM-260302-0001", string(rt.Serial(1)))
	got, err := h.CheckLabel(h.ctx(), "BOX1", []string{string(rt.Serial(1))})
	if h.ok(err); got.Outcome != CheckNotVerified || got.Why != "label.check_key_revoked" {
		t.Errorf("got %+v", got)
	}
}

func TestAWrongSignatureUnderAKnownKeyIsForged(t *testing.T) {
	h := at(t)
	farm := newPacker("farm-pc", rt.Account)
	h.published(farm)
	h.stuck(farm, "JM-260302-0001")
	parse := h.ParseLabel
	h.ParseLabel = func(code string) (Label, bool) {
		label, ok := parse(code)
		label.SignedBy = func(ed25519.PublicKey) bool { return false }
		return label, ok
	}
	got, err := h.CheckLabel(h.ctx(), "BOX1", nil)
	if h.ok(err); got.Why != "label.check_signature_wrong" || got.Packer != "" {
		t.Errorf("got %+v", got)
	}
}

func TestOtherCodesProveNothing(t *testing.T) {
	h := at(t)
	for code, why := range map[string]string{
		"JXT2600001Q":               "label.check_not_a_label",
		"LABEL:JM-260302-0001:ABC:": "label.check_not_a_box",
		"LABEL:JM-260302-0001::1":   "label.check_unsigned",
	} {
		got, err := h.CheckLabel(h.ctx(), code, nil)
		if h.ok(err); got.Outcome != CheckNotVerified || got.Why != why {
			t.Errorf("%s: got %+v", code, got)
		}
	}
}

// Paper does not count an empty box before this one: what its label says is still
// found on the bench.
func TestTheLabelOfABoxAfterAnEmptyOneIsThatBoxs(t *testing.T) {
	h := at(t)
	farm := newPacker("farm-pc", rt.Account)
	s := rt.Filed(2).Confirm()
	h.tell(s.Case)
	h.published(farm)
	for range 2 {
		_, err := h.AddBox(h.ctx(), theOrder)
		h.ok(err)
	}
	h.scan(2, string(rt.Serial(1)))
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box"})
	h.ok(err)
	if len(data.Boxes) != 1 || data.Boxes[0].Seq != 1 || data.Boxes[0].Of != 1 {
		t.Fatalf("on paper: %+v", data.Boxes)
	}
	h.stuck(farm, s.Case.Order.Number, string(rt.Serial(1)))
	if got := h.scan(0, "BOX1"); got.Outcome != scanBox || got.Box != 2 || got.Check.Outcome != CheckVerified {
		t.Errorf("the second box on the bench, box 1 on paper: %+v", got)
	}
}

// A box that was packed again needs a new label.
func TestTheBenchSaysThatABoxIsNotWhatItsLabelSays(t *testing.T) {
	h := at(t)
	farm := newPacker("farm-pc", rt.Account)
	s := rt.Filed(2).Confirm()
	h.tell(s.Case)
	h.published(farm)
	h.scan(1, string(rt.Serial(1)))
	h.stuck(farm, s.Case.Order.Number, string(rt.Serial(1)))
	if got := h.scan(0, "BOX1"); got.Outcome != scanBox || got.Check.Outcome != CheckVerified {
		t.Errorf("as labelled: %+v", got.Check)
	}
	h.scan(1, string(rt.Serial(2)))
	if got := h.scan(0, "BOX1"); got.Check.Outcome != CheckContentsDiffer {
		t.Errorf("packed on: %+v", got.Check)
	}
}

func TestEnvelopesOfOtherMakersStandForWhatTheyCarry(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Confirm().Case)
	if got := h.scan(0, "[)>\x1e06\x1dS"+string(rt.Serial(1))+"\x1e\x04"); got.Outcome != scanPacked || got.Serial != string(rt.Serial(1)) {
		t.Errorf("ISO 15434: %+v", got)
	}
	target, err := h.Desk.Scan(h.ctx(), "https://id.gs1.org/01/09506000134352/21/"+string(rt.Serial(1)))
	if h.ok(err); target.Kind != "serial" || target.Device != string(rt.DeviceID(1)) {
		t.Errorf("GS1 Digital Link: %+v", target)
	}
}
