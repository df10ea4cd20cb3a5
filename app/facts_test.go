package app

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"testing"

	"hashmend/backend/desk"
)

var factsMeta = regexp.MustCompile(`<meta name="facts" content="([^"]*)"></head>`)

// pageOf gives what the window gets for a path.
func pageOf(a *App, path string) string {
	files := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<html><head><title>Hashmend</title></head><body></body></html>"))
	})
	w := httptest.NewRecorder()
	a.middleware(files).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Body.String()
}

func TestTheWindowsPageBringsItsFirstFacts(t *testing.T) {
	a := opened(t)
	if _, err := (&Settings{app: a}).Set(desk.Preferences{Language: "zh-CN", Theme: `dark"><script>`}); err != nil {
		t.Logf("%v", err) // an unknown look may be refused
	}
	found := factsMeta.FindStringSubmatch(pageOf(a, "/"))
	if found == nil {
		t.Fatalf("no facts in %s", pageOf(a, "/"))
	}
	var f facts
	if err := json.Unmarshal([]byte(html.UnescapeString(found[1])), &f); err != nil {
		t.Fatal(err)
	}
	want, err := (&Settings{app: a}).Get()
	if err != nil || f.System.DataDir != a.Dir || f.Session.Mode != "none" || !reflect.DeepEqual(f.Preferences, want) {
		t.Errorf("%+v, want %+v (%v)", f, want, err)
	}
	if factsMeta.MatchString(pageOf(a, "/assets/start.js")) {
		t.Error("another file got them too")
	}
}

func TestAPageBeforeTheDataIsOpenAsksForItself(t *testing.T) {
	a := bare(Config{Dir: t.TempDir()})
	a.opened = make(chan struct{}) // still opening
	if factsMeta.MatchString(pageOf(a, "/")) {
		t.Error("facts of data that is not open")
	}
}
