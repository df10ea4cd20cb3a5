package centre

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"hashmend/backend/repair"
)

func TestAFilesNameIsOnlyShown(t *testing.T) {
	for typed, want := range map[string]string{
		`..\..\boot.ini`: "boot.ini", "/etc/passwd": "passwd", "a\r\nSet-Cookie: x.png": "aSet-Cookie: x.png",
		`quote".png`: "quote.png", "фото 1.png": "фото 1.png",
	} {
		if got := cleanName(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
	long := cleanName(strings.Repeat("矿", 300) + ".png")
	if len(long) > 200 || !strings.HasSuffix(long, ".png") || !utf8.ValidString(long) {
		t.Errorf("a long name became %q", long)
	}
}

func TestInviteCodesAreReadOutLoud(t *testing.T) {
	shape := regexp.MustCompile(`^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$`)
	seen := map[string]bool{}
	for range 1000 {
		code := newCode()
		if !shape.MatchString(code) || seen[code] {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
		if normalCode(" "+strings.ToLower(code)) != strings.ReplaceAll(code, "-", "") {
			t.Errorf("%q is not read as typed by a person", code)
		}
	}
}

func TestTheChainCoversEveryFieldOfACommit(t *testing.T) {
	base := Commit{Mark: Mark{"s", 2}, Of: Mark{"s", 2}, Form: formOfScope, At: "2026-01-01T00:00:00Z", Op: "o", Kind: "k", Account: "a", User: "u", Install: "i", Digest: []byte{1}}
	hash := string(link([]byte{9}, base))
	for name, change := range map[string]func(*Commit){
		"seq": func(c *Commit) { c.Seq++ }, "scope": func(c *Commit) { c.Scope = "t" }, "whose": func(c *Commit) { c.Of.Scope = "t" }, "which": func(c *Commit) { c.Of.Seq = 3 }, "at": func(c *Commit) { c.At = "" }, "op": func(c *Commit) { c.Op, c.Kind = "ok", "" },
		"kind": func(c *Commit) { c.Kind = "" }, "account": func(c *Commit) { c.Account = "b" }, "user": func(c *Commit) { c.User = "" },
		"install": func(c *Commit) { c.Install = "" }, "digest": func(c *Commit) { c.Digest = []byte{2} },
	} {
		other := base
		change(&other)
		if string(link([]byte{9}, other)) == hash {
			t.Errorf("the chain does not cover %s", name)
		}
	}
	if string(link([]byte{8}, base)) == hash {
		t.Error("the chain does not cover the past")
	}
}

func TestARefusalThatMayPassLaterIsNoFinalAnswer(t *testing.T) {
	for kind, final := range map[repair.Kind]bool{
		repair.Conflict: true, repair.Invalid: true, repair.NotFound: false, repair.Forbidden: false,
		repair.Unauthorized: false, repair.Unavailable: false, repair.Internal: false,
	} {
		if _, got := isFinal(refuse(kind, "x")); got != final {
			t.Errorf("%s: final is %t", kind, got)
		}
	}
}
