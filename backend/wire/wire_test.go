package wire

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func TestAProblemComesBackAsTheErrorItTells(t *testing.T) {
	for kind, row := range kinds {
		e := &repair.Error{Kind: kind, Code: "some.code", Rule: "R32", Args: map[string]string{"a": "b"}, Err: errors.New("secret cause")}
		data, err := json.Marshal(NewProblem(e))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("secret")) {
			t.Errorf("the cause is told: %s", data)
		}
		var p Problem
		if err := json.Unmarshal(data, &p); err != nil {
			t.Fatal(err)
		}
		back := p.Err()
		if back.Kind != kind || back.Code != e.Code || back.Rule != e.Rule || back.Args["a"] != "b" || p.Status != row.status {
			t.Errorf("%s came back as %+v with status %d", kind, back, p.Status)
		}
	}
}

func TestEveryExceptionIsACodeOfTheContract(t *testing.T) {
	known := map[string]bool{}
	for _, code := range ProblemCodes() {
		if known[code] {
			t.Errorf("%s is listed twice", code)
		}
		known[code] = true
	}
	for code := range exceptions {
		if !known[code] {
			t.Errorf("%s is not listed", code)
		}
	}
}

func TestACursorComesBack(t *testing.T) {
	for _, p := range []Position{{Scope: "*"}, {Scope: "", Own: Place{Seq: 1<<62 + 1}},
		{Scope: "01a2", Own: Place{8817, [8]byte{1, 2, 3}}, Public: Place{7, [8]byte{4, 5}}},
		{Scope: "01a2", Own: Place{Seq: 3}, Seen: Reach{Own: Place{9, [8]byte{6}}, Public: Place{Seq: 2}}}} {
		got, err := p.Cursor().Position()
		if err != nil || got != p {
			t.Errorf("%+v came back as %+v %v", p, got, err)
		}
	}
}

func TestACursorOfTheOldFormIsExpired(t *testing.T) {
	old := append([]byte{1, 2, 'a', 'b'}, make([]byte, 16)...)
	if _, err := Cursor(base64.RawURLEncoding.EncodeToString(old)).Position(); !errors.Is(err, &repair.Error{Code: CodeCursorExpired}) {
		t.Errorf("got %v", err)
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add(string(Position{Scope: "01a2", Own: Place{Seq: 3}}.Cursor()))
	f.Add(string(Position{Scope: "01a2", Own: Place{Seq: 3}, Seen: Reach{Own: Place{Seq: 9}}}.Cursor()))
	f.Add("AQJhYgAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Cursor(text).Position()
		if err == nil && string(p.Cursor()) != text {
			t.Errorf("%q is read as %+v, which is written %q", text, p, p.Cursor())
		}
		if err == nil && (p.Own.Seq < 0 || p.Public.Seq < 0 || p.Seen.Own.Seq < 0 || p.Seen.Public.Seq < 0) {
			t.Errorf("%q stands before the beginning", text)
		}
	})
}

func TestJSONIsReadStrictly(t *testing.T) {
	var cmd repair.Command
	good := `{"id":"1","kind":"message","files":[{"sha256":"a","size":1,"type":"t","name":"n"},{"sha256":"b","size":1,"type":"t","name":"n"}],"text":"x"}`
	if err := DecodeStrict([]byte(good), &cmd); err != nil || len(cmd.Files) != 2 {
		t.Errorf("%+v %v", cmd, err)
	}
	for _, bad := range []string{
		`{"id":"1","id":"1"}`, `{"files":[{"name":"a","name":"b"}]}`, `{"parcels":[{"devices":["a"],"id":"x","devices":[]}]}`,
		`{"nothing":1}`, `{"id":1}`, `{}{}`, `{} x`, ``, `{`, `]`, `nul`, "{\"text\":\"\xc3\"}",
		strings.Repeat(`{"a":`, 40) + `1` + strings.Repeat(`}`, 40), strings.Repeat("[", 1_000_000),
	} {
		err := DecodeStrict([]byte(bad), &cmd)
		if !errors.Is(err, &repair.Error{Code: CodeMalformed}) {
			t.Errorf("%.40q: got %v", bad, err)
		}
	}
}

func FuzzDecodeStrict(f *testing.F) {
	f.Add([]byte(`{"id":"1","kind":"message","files":[{"name":"a"}]}`))
	f.Add([]byte(`{"id":"1","id":"2"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var cmd repair.Command
		if DecodeStrict(data, &cmd) == nil && !json.Valid(data) {
			t.Errorf("%q is no JSON", data)
		}
	})
}

func FuzzProblem(f *testing.F) {
	f.Add([]byte(`{"type":"urn:hashmend:problem:conflict","status":409,"code":"op.id_reused","retry":"never"}`))
	f.Add([]byte(`{"status":410}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p Problem
		if json.Unmarshal(data, &p) != nil {
			return
		}
		if e := p.Err(); NewProblem(e).Retry == "" {
			t.Errorf("nobody knows how to go on after %s", data)
		}
	})
}
