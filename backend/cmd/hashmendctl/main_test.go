package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/app"
	"hashmend/app/webdesk"
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// ran is what a run of the program left behind.
type ran struct {
	code     int
	out, err string
}

func ctl(t *testing.T, args ...string) ran {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &out, &errOut)
	return ran{code, out.String(), errOut.String()}
}

// want fails unless the run ended with a code, and reads its JSON.
func (r ran) want(t *testing.T, code int, into any) {
	t.Helper()
	if r.code != code {
		t.Fatalf("code %d, want %d\n%s\n%s", r.code, code, r.out, r.err)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal([]byte(r.out), into); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, r.out)
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// farm is a small table with a duplicate serial number.
const farm = "SN,Model,Problem\nJX26016P3YD25TS,X16-Q,no hash\nSL6091E3R3E28JS,X4,noisy fan\nJX26016P3YD25TS,X16-Q,no hash\n"

const header = `{"contact":{"company":"North Ridge","name":"Айгерим 🐎","phone":"+7 701 000 00 00","email":"a@example.com","language":"en"},
"return_address":{"country":"KZ","province":"Pavlodar","city":"Ekibastuz","district":"","street":"1 Test street","postcode":"141200","recipient":"Aigerim","phone":"+7 701 000 00 00"},
"reference":"مرحبا","note":""}`

func TestWhatIsNotACommandIsCodeTwo(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"intake", "--help"}} {
		if r := ctl(t, args...); r.code != exitOK || !strings.Contains(r.out, "intake FILE") || r.err != "" {
			t.Errorf("%q: code %d, out %q, err %q", args, r.code, r.out, r.err)
		}
	}
	for _, args := range [][]string{{}, {"fly"}, {"draft"}, {"intake"}, {"rules", "all"}, {"--nonsense"}, {"act", "only-one"}} {
		if r := ctl(t, args...); r.code != exitUsage || r.err == "" {
			t.Errorf("%q: code %d, %q", args, r.code, r.err)
		}
	}
}

func TestEveryKindOfErrorHasItsCode(t *testing.T) {
	for kind, want := range map[repair.Kind]int{
		repair.Invalid: 1, repair.Conflict: 1, repair.Forbidden: 1, repair.Offline: 3, repair.Unavailable: 4,
		repair.NotFound: 5, repair.Unauthorized: 6, repair.Internal: 7,
	} {
		if got := exitCode(&repair.Error{Kind: kind}); got != want {
			t.Errorf("%s: %d, want %d", kind, got, want)
		}
	}
}

func TestRulesPrintsTheIndex(t *testing.T) {
	var rules []map[string]any
	ctl(t, "rules", "--json").want(t, exitOK, &rules)
	if len(rules) != 50 {
		t.Fatalf("%d rules, want 50", len(rules))
	}
	for _, field := range []string{"id", "statement", "enforced", "tests"} {
		if _, has := rules[31][field]; !has {
			t.Errorf("rule %v has no %s", rules[31]["id"], field)
		}
	}
}

func TestIntakeReadsWithoutADataFolder(t *testing.T) {
	var found struct {
		Rows []struct {
			Line     int    `json:"line"`
			Serial   string `json:"serial"`
			Findings []struct {
				Code string `json:"code"`
			} `json:"findings"`
		} `json:"rows"`
		Skipped []map[string]any `json:"skipped"`
		Columns map[string]any   `json:"columns"`
	}
	path := write(t, "farm.csv", farm)
	ctl(t, "intake", path, "--json").want(t, exitOK, &found)
	if len(found.Rows) != 3 || found.Rows[0].Serial != "JX26016P3YD25TS" || len(found.Rows[2].Findings) == 0 {
		t.Errorf("found %+v", found)
	}
	ctl(t, "intake", filepath.Join(t.TempDir(), "none.csv")).want(t, exitNotFound, nil)
	if r := ctl(t, "intake", write(t, "farm.csv", "%PDF-1.7\n%âãÏÓ\n")); r.code != exitRefused || !strings.Contains(r.err, "intake.not_a_table") {
		t.Errorf("a CSV that is a PDF: code %d, %s", r.code, r.err)
	}
}

func TestATableWithoutADeviceIsSaidToHaveNone(t *testing.T) {
	dir := t.TempDir()
	var draft desk.DraftView
	ctl(t, "draft", "new", "--json", "--data", dir).want(t, exitOK, &draft)
	for content, want := range map[string]string{"": "is empty", "Serial,Model,Problem\n": "No line of"} {
		for _, args := range [][]string{{"intake", write(t, "farm.csv", content)}, {"draft", "import", draft.ID, write(t, "farm.csv", content)}} {
			if r := ctl(t, append(args, "--lang", "en", "--data", dir)...); r.code != exitRefused || !strings.Contains(r.err, want) || !strings.Contains(r.err, "farm.csv") {
				t.Errorf("%q: code %d, %s", args, r.code, r.err)
			}
		}
	}
}

func TestADraftIsMadeCheckedAndSentFromTheTerminal(t *testing.T) {
	dir := t.TempDir()
	at := func(args ...string) ran {
		t.Helper()
		return ctl(t, append([]string{"--json", "--data", dir}, args...)...)
	}
	var session desk.Session
	at("practise").want(t, exitOK, &session)
	if session.Mode != "practice" {
		t.Fatalf("session %+v", session)
	}
	var draft desk.DraftView
	at("draft", "new", write(t, "header.json", header)).want(t, exitOK, &draft)
	var job desk.ImportView
	at("draft", "import", draft.ID, write(t, "farm.csv", farm)).want(t, exitOK, &job)
	if job.Added != 3 || job.Duplicate == 0 {
		t.Errorf("import %+v", job)
	}
	if r := at("submit", draft.ID); r.code != exitRefused || !strings.Contains(r.err, "draft.blocked") {
		t.Errorf("a duplicate was sent: code %d %s", r.code, r.err)
	}
	at("draft", "check", draft.ID).want(t, exitRefused, &draft)
	at("draft", "new", write(t, "header.json", header)).want(t, exitOK, &draft)
	at("draft", "import", draft.ID, write(t, "two.txt", "JX26016P3YD25TT X16-Q no hash\n")).want(t, exitOK, nil)
	at("draft", "list").want(t, exitOK, new(desk.OrderPage))
	at("draft", "import", "nobody", write(t, "farm.csv", farm)).want(t, exitNotFound, nil)
}

func TestAWorkOrderIsFiledLabelledAndDecidedFromTheTerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(args ...string) ran { t.Helper(); return ctl(t, append(args, "--json", "--data", dir)...) }
	at("practise").want(t, exitOK, nil)
	var draft desk.DraftView
	at("draft", "new", write(t, "header.json", header)).want(t, exitOK, &draft)
	at("draft", "import", draft.ID, write(t, "one.csv", "SN,Model,Problem\nJX26016P3YD25TT,X16-Q,no hash\n")).want(t, exitOK, nil)
	at("draft", "check", draft.ID).want(t, exitOK, nil)
	if r := at("submit", draft.ID, "--wait", "1s"); r.code != exitWaiting || !strings.Contains(r.err, "outbox.waiting") {
		t.Fatalf("inside the hold: code %d %s", r.code, r.err)
	}
	at("sync").want(t, exitOK, new(desk.SyncStatus)) // the hold is over in nine seconds
	var page desk.OrderPage
	at("orders", "مرحبا").want(t, exitOK, &page)
	if page.Total != 1 || page.Rows[0].Number == "" {
		t.Fatalf("work orders %+v", page)
	}
	order := page.Rows[0].ID
	pdf := filepath.Join(t.TempDir(), "labels.pdf")
	var made struct {
		Pages    int    `json:"pages"`
		Draft    bool   `json:"draft"`
		DraftWhy string `json:"draft_why"`
	}
	at("labels", order, "--document", "device", "--out", pdf).want(t, exitOK, &made)
	if content, err := os.ReadFile(pdf); err != nil || !strings.HasPrefix(string(content), "%PDF-") || made.Pages != 1 || !made.Draft {
		t.Errorf("labels %+v, %v", made, err)
	}
	numbered := filepath.Join(t.TempDir(), "labels.pdf") // as a person names a work order
	at("labels", strings.ToLower(page.Rows[0].Number), "--document", "device", "--out", numbered).want(t, exitOK, &made)
	if content, err := os.ReadFile(pdf); err != nil || !sameContent(t, numbered, content) {
		t.Errorf("named by its number it has other labels: %v", err)
	}
	if r := ctl(t, "labels", order, "--document", "device", "--out", numbered, "--data", dir); !strings.Contains(r.out, "The centre has not confirmed the return yet.") {
		t.Errorf("why it is a draft is not said: %s", r.out)
	}
	if r := at("labels", "WO-1999-000001", "--out", numbered); r.code != exitNotFound {
		t.Errorf("no such number: code %d %s", r.code, r.err)
	}
	for name, begin := range map[string]string{"labels.zpl": "^XA", "labels.tspl": "SIZE 60 mm,40 mm\r\n"} {
		out := filepath.Join(t.TempDir(), name)
		at("labels", order, "--document", "device", "--language", "ru", "--out", out).want(t, exitOK, nil)
		if content, err := os.ReadFile(out); err != nil || !strings.HasPrefix(string(content), begin) {
			t.Errorf("%s: %.20q, %v", name, content, err)
		}
	}
	sameAsTheWindow(t, dir, order)
	for _, wrong := range [][]string{{"--out", "x.doc"}, {"--document", "manifest", "--out", "x.zpl"}} {
		if r := at(append([]string{"labels", order}, wrong...)...); r.code != exitUsage {
			t.Errorf("%q: code %d %s", wrong, r.code, r.err)
		}
	}
	at("act", page.Rows[0].Number, "message", "--text", "How long will it take?").want(t, exitOK, nil)
	var saved struct{ File string }
	at("outbox", "export", filepath.Join(t.TempDir(), "outbox.jsonl")).want(t, exitOK, &saved)
	if content, err := os.ReadFile(saved.File); err != nil || strings.Count(string(content), "\n") != 4 || !strings.Contains(string(content), page.Rows[0].Number) {
		t.Errorf("exported %s %v", content, err) // a head, the work order, the message, a seal
	}
	if r := at("act", order, "hand_over", "--with", `{"parcel_ids":["0198c1e2-7c1a-7d3e-9a55-3b1f0a6d0c11"]}`); r.code != exitRefused {
		t.Errorf("shipping before the return is confirmed: code %d %s", r.code, r.err)
	}
	at("act", "0198c1e2-7c1a-7d3e-9a55-3b1f0a6d0c11", "message", "--text", "hello?").want(t, exitNotFound, nil)
}

func sameContent(t *testing.T, name string, want []byte) bool {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content) == string(want)
}

// sameAsTheWindow holds the PDFs of the command line against those that the
// window saves: the same bytes, whatever the paper and the language.
func sameAsTheWindow(t *testing.T, dir, order string) {
	t.Helper()
	type paper struct{ document, language string }
	made := map[paper][]byte{}
	for _, document := range []string{"box", "device", "sheet", "manifest", "guidance"} {
		for _, language := range []string{"zh-CN", "en", "ru", "ar"} {
			out := filepath.Join(t.TempDir(), "out.pdf")
			ctl(t, "labels", order, "--document", document, "--language", language, "--out", out, "--data", dir).want(t, exitOK, nil)
			content, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			made[paper{document, language}] = content
		}
	}
	own, err := app.Open(app.Config{Version: version, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	window := &tool{ctx: context.Background(), desk: &link{http: &http.Client{Transport: inProcess{webdesk.Terminal(own)}}, close: own.Close}}
	defer func() {
		if err := window.close(); err != nil {
			t.Error(err)
		}
	}()
	for p, content := range made {
		var saved desk.SavedFile
		request := desk.LabelRequest{Order: order, Document: p.document, Language: p.language, Copies: 1, Start: 1}
		if err := window.call(&saved, "Labels/Save", request); err != nil {
			t.Fatal(p, err)
		}
		where, err := url.Parse(saved.URL)
		if err != nil {
			t.Fatal(p, err)
		}
		got, err := window.request(http.MethodGet, where.EscapedPath(), nil)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%v: the window saves %d bytes, the command line %d, %v", p, len(got), len(content), err)
		}
	}
}

func TestARunningDeskIsAsked(t *testing.T) {
	dir := t.TempDir()
	running, err := app.Open(app.Config{Version: "test", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close() }()
	stop, err := webdesk.ServeTerminal(running)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(webdesk.SocketPath(dir))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("the socket's mode is %o", mode)
	}
	ctl(t, "--data", dir, "--json", "draft", "new").want(t, exitOK, new(desk.DraftView))
	stop()
	if r := ctl(t, "--data", dir, "draft", "list"); r.code != exitUnavailable || !strings.Contains(r.err, "data_folder.in_use") {
		t.Errorf("without a socket: code %d %s", r.code, r.err)
	}
}

func TestAFolderTooDeepForASocketIsInUse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("deep/", 30))
	running, err := app.Open(app.Config{Version: "test", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close() }()
	stop, err := webdesk.ServeTerminal(running)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	ctl(t, "--data", dir, "draft", "list").want(t, exitUnavailable, nil)
}

func TestTypedTextCannotMoveTheCursor(t *testing.T) {
	if got := plain("a\x1b[31mb\tc\nd"); got != "a [31mb c d" {
		t.Errorf("plain = %q", got)
	}
}
