package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// postman is a PC that writes its outbox into files.
type postman struct {
	t      *testing.T
	joined wire.Joined
	key    ed25519.PrivateKey
}

func joinCarrier(t *testing.T, url, code string) *postman {
	t.Helper()
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := client.New(client.Options{BaseURL: url})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := stranger.Join(t.Context(), wire.Join{Invite: code, InstallName: "barn", PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		t.Fatal(err)
	}
	return &postman{t, joined, key}
}

// writes gives the name of a file with items. alter may change its head before it
// is sealed.
func (c *postman) writes(alter func(*wire.CarriedHead), items ...wire.CarriedItem) string {
	c.t.Helper()
	file := wire.Carried{CarriedHead: wire.CarriedHead{ServerID: c.joined.ServerID, Account: c.joined.Account, Install: c.joined.Install}, Items: items}
	if alter != nil {
		alter(&file.CarriedHead)
	}
	text, err := wire.WriteCarried(file, wire.KeyID(c.key.Public().(ed25519.PublicKey)), func(m []byte) []byte { return ed25519.Sign(c.key, m) })
	if err != nil {
		c.t.Fatal(err)
	}
	name := filepath.Join(c.t.TempDir(), "outbox.jsonl")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return name
}

func item(id, kind string, state wire.CarriedState, body []byte) wire.CarriedItem {
	return wire.CarriedItem{ID: id, Kind: kind, State: state, Body: string(body), Fingerprint: wire.Fingerprint(body)}
}

// imports runs the command and reads what it says of each item.
func imports(t *testing.T, dir, file string) (results []wire.CarriedResult, err error) {
	t.Helper()
	var out, log bytes.Buffer
	err = run(t.Context(), []string{"import-outbox", "--data", dir, "--from", file}, &out, &log)
	for line := range strings.Lines(out.String()) {
		var r wire.CarriedResult
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		results = append(results, r)
	}
	return results, err
}

func TestACarriedFileIsFiledOnceBesideAServingCentre(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "North Ridge"))
	_, url := child(t, dir)
	pc := joinCarrier(t, url, code)
	sent, carried, refused, left := newWrite(t, 1), newWrite(t, 2), newWrite(t, 3), newWrite(t, 4)
	accepted, err := desk(t, url, pc.joined).PutWorkOrder(t.Context(), sent.id, sent.body)
	if err != nil {
		t.Fatal(err)
	}
	money := []byte(`{"id":"` + newID(t) + `"}`)
	file := pc.writes(nil,
		item(string(sent.id), "submit", wire.CarriedAccepted, sent.body),
		item(string(carried.id), "submit", wire.CarriedWaiting, carried.body),
		item(string(refused.id), "submit", wire.CarriedWaiting, []byte(`{"devices":[]}`)),
		item(string(left.id), "submit", wire.CarriedRefused, left.body),
		item(newID(t), string(repair.MoneyKinds()[0]), wire.CarriedAccepted, money))
	want := []string{wire.OutcomeKnown, wire.OutcomeFiled, wire.OutcomeRefused, wire.OutcomeLeft, wire.OutcomeLeft}
	var number string
	for range 2 {
		results, err := imports(t, dir, file)
		if !errors.Is(err, errItems) || exitCode(err) != 1 || len(results) != len(want) {
			t.Fatalf("%+v %v", results, err)
		}
		for i, r := range results {
			if r.Outcome != want[i] || (r.Outcome == wire.OutcomeRefused) != (r.Reason != nil) {
				t.Errorf("item %d: %+v, want %s", i, r, want[i])
			}
		}
		if results[0].Number != accepted.Number {
			t.Errorf("%s was carried as %s", accepted.Number, results[0].Number)
		}
		number = results[1].Number
		want[1] = wire.OutcomeKnown
	}
	online, err := desk(t, url, pc.joined).PutWorkOrder(t.Context(), carried.id, carried.body)
	if err != nil || online.Number != number || online.Acknowledgement.Fingerprint != wire.Fingerprint(carried.body) {
		t.Errorf("over the line it is %+v %v, carried as %s", online, err, number)
	}
	allThereOnce(t, url, pc.joined, []*write{sent, carried})
}

func TestAFileThatIsNotOursIsRefused(t *testing.T) {
	dir := made(t)
	invite := func(args ...string) string {
		return strings.TrimSpace(output(t, append([]string{"invite", "--data", dir, "--account", "North Ridge"}, args...)...))
	}
	codes := []string{invite(), invite(), invite("--read-only")}
	_, url := child(t, dir)
	pc, stolen, onlooker := joinCarrier(t, url, codes[0]), joinCarrier(t, url, codes[1]), joinCarrier(t, url, codes[2])
	output(t, "revoke", "--data", dir, "--install", string(stolen.joined.Install))
	w := newWrite(t, 1)
	it := item(string(w.id), "submit", wire.CarriedWaiting, w.body)
	altered := pc.writes(nil, it)
	text, err := os.ReadFile(altered)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(altered, bytes.Replace(text, []byte(`"waiting"`), []byte(`"refused"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		file string
		want *repair.Error
	}{
		"another centre's":        {pc.writes(func(h *wire.CarriedHead) { h.ServerID = "other" }, it), wire.ErrCarriedForeign},
		"another PC's name":       {pc.writes(func(h *wire.CarriedHead) { h.Install = onlooker.joined.Install }, it), wire.ErrCarriedUnknown},
		"nobody's":                {pc.writes(func(h *wire.CarriedHead) { h.Install = "nobody" }, it), wire.ErrCarriedUnknown},
		"another account":         {pc.writes(func(h *wire.CarriedHead) { h.Account = "other" }, it), wire.ErrCarriedUnknown},
		"a stolen PC's":           {stolen.writes(nil, it), wire.ErrCarriedUnknown},
		"of one that may look":    {onlooker.writes(nil, it), wire.ErrCarriedUnknown},
		"altered":                 {altered, wire.ErrCarriedAltered},
		"with another PC's words": {(&postman{t, pc.joined, stolen.key}).writes(nil, it), wire.ErrCarriedAltered},
	} {
		if results, err := imports(t, dir, test.file); !errors.Is(err, test.want) || len(results) != 0 {
			t.Errorf("%s: %+v %v, want %s", name, results, err, test.want.Code)
		}
	}
	allThereOnce(t, url, pc.joined, nil)
	if _, err := imports(t, dir, ""); !errors.Is(err, errUsage) {
		t.Errorf("without a file: %v", err)
	}
}
