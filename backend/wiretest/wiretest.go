// Package wiretest proves from outside that a server keeps the contract of
// package wire: every route, every status that a caller can bring about, every
// answer as the OpenAPI document says. It knows no server: give it the address of
// one that may be written to, and an invite for an admin.
package wiretest

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Target is the server to test.
type Target struct {
	URL         string
	AdminInvite string
	// Strict also refuses fields that the document does not know. The contract
	// allows them, for it may grow; our own server has no excuse.
	Strict bool
	// Kuaidi100Salt and Track17Key are what the server's tracking services sign with;
	// empty where it has none.
	Kuaidi100Salt, Track17Key string
	// BTCPaySecret is what the server's payment server signs with; empty where it has none.
	BTCPaySecret string
}

// Run runs the suite. It leaves a few cases and files at the server.
func Run(t *testing.T, target Target) {
	s := newSuite(t, target)
	t.Run("meta", s.meta)
	t.Run("join", s.join)
	t.Run("invites", s.invites)
	t.Run("submit", s.submit)
	t.Run("isolation", s.isolation)
	t.Run("ops", s.ops)
	t.Run("mailbox", s.mailbox)
	t.Run("changes", s.changes)
	t.Run("waiting", s.waiting)
	t.Run("snapshot", s.snapshot)
	t.Run("too old", s.tooOld)
	t.Run("uploads", s.uploads)
	t.Run("files", s.files)
	t.Run("tokens", s.tokens)
	t.Run("by key", s.byKey)
	t.Run("installs", s.installs)
	t.Run("read only", s.readOnly)
	t.Run("register", s.register)
	t.Run("tracking", s.pushes)
	t.Run("checkout", s.hints)
	t.Run("fuzz", s.fuzz)
	t.Run("guessing", s.guessing) // last: it closes the door to this address
	t.Run("masses", s.masses)
	t.Run("every status was seen", s.complete)
}

// who is a person that has joined.
type who struct {
	token string
	wire.Joined
}

type suite struct {
	target Target
	http   *http.Client
	doc    document
	whole  struct { // the same, as the fuzzer reads it
		Paths      map[string]map[string]operation `json:"paths"`
		Components struct {
			Schemas map[string]schema `json:"schemas"`
		} `json:"components"`
	}
	schemas *jsonschema.Compiler
	seen    map[string]bool // "PUT /v1/ops/{id} 200"

	registration wire.Registration

	admin, office, technician, ann, bob who // ann and bob are customers of two accounts
	annName                             string
	order                               repair.WorkOrderID
	body                                []byte // of ann's submission
	devices                             []repair.DeviceID
}

type document struct {
	Paths map[string]map[string]struct {
		Responses map[string]struct {
			Content map[string]struct {
				Schema struct {
					Ref string `json:"$ref"`
				} `json:"schema"`
			} `json:"content"`
		} `json:"responses"`
	} `json:"paths"`
	RowTypes map[string]struct {
		Ref string `json:"$ref"`
	} `json:"x-row-types"`
	Codes []string `json:"x-codes"`
}

func newSuite(t *testing.T, target Target) *suite {
	s := &suite{target: target, seen: map[string]bool{}, schemas: jsonschema.NewCompiler()}
	s.http = &http.Client{Timeout: time.Minute, Transport: &http.Transport{ExpectContinueTimeout: 10 * time.Second}}
	t.Cleanup(s.http.CloseIdleConnections)
	response, err := s.http.Get(target.URL + wire.PathOpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil || json.Unmarshal(data, &s.doc) != nil || json.Unmarshal(data, &s.whole) != nil {
		t.Fatalf("the OpenAPI document cannot be read: %v", err)
	}
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if target.Strict {
		closeObjects(whole)
	}
	if err := s.schemas.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	return s
}

// closeObjects allows no other fields than those of the document.
func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["properties"].(map[string]any); ok && v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			closeObjects(inner)
		}
	case []any:
		for _, inner := range v {
			closeObjects(inner)
		}
	}
}

// complete fails for each documented status that the suite did not bring about.
func (s *suite) complete(t *testing.T) {
	var missing []string
	for path, operations := range s.doc.Paths {
		for method, operation := range operations {
			for status := range operation.Responses {
				name := strings.ToUpper(method) + " " + path + " " + status
				if status != "default" && !s.seen[name] && !s.excused(name) {
					missing = append(missing, name)
				}
			}
		}
	}
	sort.Strings(missing)
	if len(missing) > 0 {
		t.Errorf("documented and not seen:\n%s", strings.Join(missing, "\n"))
	}
	t.Logf("%d routes and statuses seen", len(s.seen))
}

func newID(t *testing.T) string {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}

func newKey(t *testing.T) string {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(public)
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
