package app

import (
	"bytes"
	"encoding/json"
	"html"
	"io/fs"
	"net/http"
	"os"
	"strconv"
	"strings"

	"hashmend/backend/desk"
)

// facts are what the page must know before its first word. They come with the
// page, so that its first frame waits for no call.
type facts struct {
	System      SystemInfo       `json:"system"`
	Session     desk.Session     `json:"session"`
	Preferences desk.Preferences `json:"preferences"`
}

// facts gives them once the data is open, and never waits for that: a page
// without them asks.
func (a *App) facts() (f facts, known bool) {
	select {
	case <-a.opened:
	default:
		return f, false
	}
	var err error
	if f.System, err = (&System{app: a}).Info(); err != nil || f.System.Failure != nil {
		return f, false
	}
	if f.Session, err = (&Start{app: a}).Session(); err != nil {
		return f, false
	}
	f.Preferences, err = (&Settings{app: a}).Get()
	return f, err == nil
}

// withFacts writes them into the page's head. Only the window's page gets them:
// it is served to nobody else.
func (a *App) withFacts(pages fs.FS, files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" && r.URL.Path != "/index.html" {
			files.ServeHTTP(w, r)
			return
		}
		page := heldPage{header: w.Header(), status: http.StatusOK}
		files.ServeHTTP(&page, r)
		text := page.body.Bytes()
		if f, known := a.facts(); known && page.status == http.StatusOK {
			if told, err := json.Marshal(f); err == nil {
				head := `<meta name="facts" content="` + html.EscapeString(string(told)) + `">` + wordsFirst(pages, f.Preferences.Language) + `</head>`
				text = bytes.Replace(text, []byte("</head>"), []byte(head), 1)
			}
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(text)))
		w.WriteHeader(page.status)
		_, _ = w.Write(text)
	})
}

// wordsFirst lets the page fetch the file of its language beside its script, not
// behind it. The language of this system is a guess: the page's own decides.
func wordsFirst(pages fs.FS, language string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if language == "" {
			language = os.Getenv(name)
		}
	}
	locale := "en"
	if strings.HasPrefix(language, "zh") {
		locale = "zh-CN"
	}
	found, err := fs.Glob(pages, "assets/locale-"+locale+"-*.js")
	if err != nil || len(found) != 1 {
		return ""
	}
	return `<link rel="modulepreload" crossorigin href="./` + found[0] + `">`
}

// heldPage keeps an answer back until it is complete.
type heldPage struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (p *heldPage) Header() http.Header            { return p.header }
func (p *heldPage) WriteHeader(status int)         { p.status = status }
func (p *heldPage) Write(text []byte) (int, error) { return p.body.Write(text) }
