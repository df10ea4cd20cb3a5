package app

import (
	"io/fs"
	"log"
	"net/http"
	"runtime/debug"
	"strings"

	"hashmend/backend/repair"
)

// LocalPrefix is where the page finds what is too large or too binary for the
// bridge: previews, photos, files, pasted megabytes.
const LocalPrefix = "/local/"

// maxUpload bounds the body of one request under LocalPrefix.
const maxUpload = 100 << 20

// Local serves LocalPrefix, in the window and in a browser alike. A panic in it
// becomes an answer: in the window it would end the program.
func (a *App) Local() http.Handler {
	return Recovered(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
		a.local.ServeHTTP(w, r)
	}))
}

// middleware puts Local before the front end's files. The window needs it here
// and not as the file server's fallback, which never sees a path that the
// development server answers itself.
func (a *App) middleware(pages fs.FS, files http.Handler) http.Handler {
	local, files := a.Local(), a.withFacts(pages, files)
	return Recovered(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, LocalPrefix) {
			local.ServeHTTP(w, r)
			return
		}
		files.ServeHTTP(w, r)
	}))
}

// Recovered answers 500 with an error's JSON where next panics.
func Recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil || p == http.ErrAbortHandler {
				return
			}
			log.Printf("panic: %s %s: %v\n%s", r.Method, r.URL.Path, p, debug.Stack())
			WriteError(w, http.StatusInternalServerError, &repair.Error{Kind: repair.Internal, Code: codeInternal})
		}()
		next.ServeHTTP(w, r)
	})
}

// WriteError answers with an error as the page knows it.
func WriteError(w http.ResponseWriter, status int, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	text, _ := FormatError(err).(string)
	_, _ = w.Write([]byte(text))
}
