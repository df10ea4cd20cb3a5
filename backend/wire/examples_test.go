package wire

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// exampleKey signs what the examples show. Everybody knows it.
var exampleKey = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))

const (
	exampleServer  = "0195a3f0-0000-7000-8000-000000000001"
	exampleInstall = "0195a3f0-0000-7000-8000-000000000002"
	exampleUser    = "0195a3f0-0000-7000-8000-000000000003"
	exampleToken   = "hm_only-an-example-of-a-token"
)

// examples are one of each message, such as they travel.
func examples() []any {
	public := base64.StdEncoding.EncodeToString(exampleKey.Public().(ed25519.PublicKey))
	id := KeyID(exampleKey.Public().(ed25519.PublicKey))
	at := repair.At(Start)
	submission := Submission(1)
	submission.Contact.Company = "North Ridge"
	body, _ := json.Marshal(submission) // of our own types: it cannot fail
	story := FiledAs(submission)
	story.Case.Derive(story.Env)
	order, _ := json.Marshal(story.Case.Order)
	acknowledgement := Acknowledgement{ServerID: exampleServer, WorkOrder: OrderID, Number: "WO-2026-000001", Fingerprint: Fingerprint(body), Rev: 7, At: at}
	return []any{
		Health{OK: true},
		Meta{API: APIRange{Min: 1, Max: Version}, ServerID: exampleServer, Name: "Ridge repairs", NameZh: "山脊维修", Time: at, Registration: RegistrationInvite,
			Limits: Limits{Body: MaxBody, Upload: MaxUpload, Changes: ChangesMax, FileTypes: FileTypes()}},
		Join{Invite: "K7QM-2XHR-9PTC", InstallName: "office PC", PublicKey: public},
		Register{AccountName: "North Ridge", InstallName: "office PC", PublicKey: public},
		Joined{Token: exampleToken, ServerID: exampleServer, Account: Account, Role: repair.RoleCustomer, User: exampleUser, Name: "North Ridge", Install: exampleInstall, KeyID: id},
		Renewed{Token: exampleToken},
		TokenAsk{Install: "00000000-0000-7000-8000-0000000000c1", At: "2026-03-02T01:00:00Z", Signature: "bm90IGEgc2lnbmF0dXJl"},
		InviteAsk{Role: repair.RoleCustomer, AccountName: "North Ridge"},
		Invite{Code: "K7QM-2XHR-9PTC", Role: repair.RoleCustomer, Account: Account, Expires: repair.At(Start.AddDate(0, 0, 3))},
		Installs{Installs: []Install{{ID: exampleInstall, Name: "office PC", Role: repair.RoleCustomer, Account: Account, Person: "North Ridge", JoinedAt: at, Self: true}}},
		submission,
		Accepted{ID: OrderID, Number: "WO-2026-000001", Rev: 7, Acknowledgement: acknowledgement.Sign(exampleKey), Warnings: []Warning{}},
		*story.Case,
		repair.Command{ID: CommandID(1), Kind: repair.CmdMessage, WorkOrder: OrderID, Text: "Is it on its way?"},
		OpResult{ID: CommandID(1), Rev: 8, Result: OpOutcome{WorkOrder: OrderID, Stage: story.Case.Order.Stage}},
		Page{From: "", Next: "an-opaque-cursor", Rows: []Row{{T: RowWorkOrder, ID: string(OrderID), Rev: 7, WorkOrder: OrderID, D: order}}},
		UploadDone{Complete: true},
	}
}

// exampleOf gives the example of a message.
func exampleOf(t reflect.Type) (any, bool) {
	for _, one := range examples() {
		if reflect.TypeOf(one) == t {
			return one, true
		}
	}
	return nil, false
}

// problemOf gives the problem that a status is most often.
func problemOf(status int) Problem {
	for _, one := range []struct {
		kind repair.Kind
		code string
		args []string
	}{
		{repair.Invalid, CodeMalformed, []string{"why", "a field stands twice"}},
		{repair.Unauthorized, CodeTokenExpired, nil},
		{repair.Forbidden, CodeRole, []string{"role", "technician", "kind", "invite"}},
		{repair.Forbidden, CodeInviteUnknown, nil},
		{repair.NotFound, CodeOrderNotFound, nil},
		{repair.Conflict, CodeIDReused, nil},
		{repair.Conflict, CodeCursorDiverged, nil},
		{repair.Conflict, CodeOrderChanged, []string{"rev", "8817"}},
		{repair.Invalid, CodeTooLarge, nil},
		{repair.Invalid, CodeUnsupportedType, nil},
		{repair.Invalid, CodeBadPublicKey, nil},
		{repair.Conflict, CodeClientTooOld, nil},
		{repair.Unavailable, CodeTooMany, nil},
		{repair.Invalid, CodeUploadMismatch, []string{"name", "board.jpg"}},
		{repair.Unavailable, CodeBusy, nil},
	} {
		e := (&repair.Error{Kind: one.kind, Code: one.code}).With(one.args...)
		if p := NewProblem(e); p.Status == status || status == 0 && one.code == CodeBusy {
			return p
		}
	}
	panic("no example of a problem with this status")
}

// problemTypes tells each kind of problem: what its type is, and what follows when
// its code says nothing else.
func problemTypes() object {
	out := object{}
	for kind, k := range kinds {
		if kind != repair.Offline { // that one no centre tells
			out[problemType+string(kind)] = object{"status": k.status, "retry": string(k.retry), "title": k.title}
		}
	}
	return out
}

// problemCodes tells the codes whose status and way on are not those of their type.
func problemCodes() object {
	out := object{}
	for code, x := range exceptions {
		out[code] = object{"status": x.status, "retry": string(x.retry)}
	}
	return out
}

// TestEveryMessageHasAnExampleThatFits holds the document's examples against its
// own schemas, and misses none.
func TestEveryMessageHasAnExampleThatFits(t *testing.T) {
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(OpenAPI()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	seen := []string{}
	walk(whole, func(content object) {
		schema, _ := content["schema"].(object)
		ref, _ := schema["$ref"].(string)
		if ref == "" {
			return
		}
		example, ok := content["example"]
		if !ok {
			t.Errorf("%s has no example", ref)
			return
		}
		compiled, err := compiler.Compile("openapi.json" + ref)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(example); err != nil {
			t.Errorf("the example of %s does not fit: %v", ref, err)
		}
		seen = append(seen, strings.TrimPrefix(ref, "#/components/schemas/"))
	})
	for _, name := range []string{"Submission", "Command", "Case", "Page", "Problem", "Joined"} {
		if !slices.Contains(seen, name) {
			t.Errorf("no example of %s was looked at: the search is broken", name)
		}
	}
}

// walk visits every content of a media type.
func walk(v any, visit func(content object)) {
	switch v := v.(type) {
	case object:
		for key, inner := range v {
			if content, ok := inner.(object); ok && (key == TypeJSON || key == TypeProblem) {
				visit(content)
			}
			walk(inner, visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, visit)
		}
	}
}

// TestTheExamplesAcknowledgementVerifies: who builds a centre may check the form of
// a signature against the document.
func TestTheExamplesAcknowledgementVerifies(t *testing.T) {
	example, _ := exampleOf(reflect.TypeOf(Accepted{}))
	public := exampleKey.Public().(ed25519.PublicKey)
	keys := map[string]string{KeyID(public): base64.StdEncoding.EncodeToString(public)}
	if err := example.(Accepted).Acknowledgement.Verify(keys); err != nil {
		t.Error(err)
	}
}
