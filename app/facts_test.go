package app

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

var factsMeta = regexp.MustCompile(`<meta name="facts" content="([^"]*)">`)

// pages are what the front end's build leaves.
var pages = fstest.MapFS{"assets/locale-en-A1.js": {}, "assets/locale-zh-CN-B2.js": {}}

// pageOf gives what the window gets for a path.
func pageOf(a *App, path string) string {
	files := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<html><head><title>Hashmend</title></head><body></body></html>"))
	})
	w := httptest.NewRecorder()
	a.middleware(pages, files).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w.Body.String()
}

func TestTheWindowsPageBringsItsFirstFacts(t *testing.T) {
	a := opened(t)
	settings := &Settings{app: a}
	chosen, err := settings.Get()
	if err != nil {
		t.Fatal(err)
	}
	chosen.Language, chosen.Profile.Company = "zh-CN", `"></head><script>`
	if _, err := settings.Set(chosen); err != nil {
		t.Fatal(err)
	}
	found := factsMeta.FindStringSubmatch(pageOf(a, "/"))
	if found == nil {
		t.Fatalf("no facts in %s", pageOf(a, "/"))
	}
	var f facts
	if err := json.Unmarshal([]byte(html.UnescapeString(found[1])), &f); err != nil {
		t.Fatal(err)
	}
	want, err := settings.Get()
	if err != nil || f.System.DataDir != a.Dir || f.Session.Mode != "none" || !reflect.DeepEqual(f.Preferences, want) {
		t.Errorf("%+v, want %+v (%v)", f, want, err)
	}
	if !strings.Contains(pageOf(a, "/"), `rel="modulepreload" crossorigin href="./assets/locale-zh-CN-B2.js"`) {
		t.Errorf("the words of the language wait for the script: %s", pageOf(a, "/"))
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
