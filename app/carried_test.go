package app

import (
	"crypto/ed25519"
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/desk"
	"hashmend/backend/keyring"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// The line is down for days. A person carries the file to the centre; then the line
// comes back and the desk sends by itself what it still takes for unsent.
func TestACarriedFileAndThenTheLineFileOnce(t *testing.T) {
	host, url := served(t)
	way, now := &cuttable{}, &clock{}
	a := opened(t, func(c *Config) { c.Now, c.HTTP = now.Now, way })
	sync := &Sync{a}
	must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	eventually(t, a, "joined", func() bool { return must[desk.SyncStatus](t)(sync.Status()).State == "up_to_date" })
	d := drafted(t, a)
	way.set("before")
	must[desk.DraftView](t)((&Drafts{a}).Send(d.ID))

	results := must[[]wire.CarriedResult](t)(host.Centre().Carry(t.Context(), exported(t, a)))
	if len(results) != 1 || results[0].Outcome != wire.OutcomeLeft {
		t.Fatalf("what may still be taken back became %+v", results)
	}
	now.pass(10 * time.Second)
	results = must[[]wire.CarriedResult](t)(host.Centre().Carry(t.Context(), exported(t, a)))
	if len(results) != 1 || results[0].Outcome != wire.OutcomeFiled || results[0].Number == "" {
		t.Fatalf("the file came to %+v", results)
	}
	carried := results[0]
	results = must[[]wire.CarriedResult](t)(host.Centre().Carry(t.Context(), exported(t, a)))
	if len(results) != 1 || results[0].Outcome != wire.OutcomeKnown || results[0].Number != carried.Number {
		t.Errorf("carried again it came to %+v", results)
	}

	way.set("")
	eventually(t, a, "the line is back", func() bool { return must[desk.SyncStatus](t)(sync.Now()).State == "up_to_date" })
	page := must[desk.OrderPage](t)((&Orders{a}).List(desk.OrderQuery{Mine: "open", Limit: 10}))
	if page.Total != 1 || page.Rows[0].Number != carried.Number {
		t.Errorf("work orders %+v, carried as %s", page, carried.Number)
	}
	holdsAcknowledgement(t, host, a, carried)
}

// holdsAcknowledgement wants the centre's signed word in what a person may keep.
func holdsAcknowledgement(t *testing.T, host *centrehost.Host, a *App, carried wire.CarriedResult) {
	t.Helper()
	s, _ := a.inside.Load().whom()
	file := must[wire.Carried](t)(wire.ReadCarried(exported(t, a), func(wire.CarriedHead) (ed25519.PublicKey, error) {
		return ownKey(t, a), nil
	}))
	if len(file.Items) != 1 || file.Items[0].State != wire.CarriedAccepted || file.ServerID != s.ServerID {
		t.Fatalf("the file has %+v", file)
	}
	var accepted wire.Accepted
	if err := json.Unmarshal(file.Items[0].Answer, &accepted); err != nil {
		t.Fatal(err)
	}
	info := must[repair.CentreInfo](t)(host.Centre().Info(t.Context()))
	if err := accepted.Acknowledgement.Verify(info.SigningKey); err != nil {
		t.Errorf("the acknowledgement %+v: %v", accepted.Acknowledgement, err)
	}
	if accepted.Number != carried.Number || accepted.Acknowledgement.Fingerprint != file.Items[0].Fingerprint {
		t.Errorf("acknowledged %+v, carried %+v", accepted, carried)
	}
}

func ownKey(t *testing.T, a *App) ed25519.PublicKey {
	t.Helper()
	s, _ := a.inside.Load().whom()
	secret, _, err := a.inside.Load().keychain(s).Get(secretName(s, "key"))
	if err != nil {
		t.Fatal(err)
	}
	return must[ed25519.PublicKey](t)(wire.ParsePublicKey(must[keyring.SigningKey](t)(keyring.ParseSigningKey(secret)).Public()))
}

func exported(t *testing.T, a *App) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	a.Local().ServeHTTP(w, httptest.NewRequest("GET", "/local/outbox", nil))
	if w.Code != 200 {
		t.Fatalf("exported %d %s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}
