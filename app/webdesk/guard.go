package webdesk

import (
	"crypto/rand"
	"crypto/subtle"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"

	"hashmend/app"
	"hashmend/backend/repair"
)

// Why the guard turns somebody away.
var (
	errForeign  = &repair.Error{Kind: repair.Forbidden, Code: "webdesk.foreign_site"}
	errNoCookie = &repair.Error{Kind: repair.Unauthorized, Code: "webdesk.no_session"}
	errSecret   = &repair.Error{Kind: repair.Unauthorized, Code: "webdesk.wrong_secret"}
)

// guard knows who may come in: whoever brought the secret, from our own page.
type guard struct {
	hosts  []string // what Host may say
	cookie string   // its name; ports share cookies, so it carries the port
	token  string   // its value

	mu     sync.Mutex
	secret string // empty once used
}

// newGuard returns the guard of the desk that listens on a loopback port.
func newGuard(port string) *guard {
	return &guard{
		hosts:  []string{net.JoinHostPort("127.0.0.1", port), net.JoinHostPort("localhost", port), net.JoinHostPort("::1", port)},
		cookie: "hashmend_" + port,
		token:  rand.Text(),
		secret: rand.Text(),
	}
}

// sameSite refuses what another site, or a name that was pointed at this PC,
// makes a browser send. Other ports of this PC are other sites too.
func (g *guard) sameSite(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		origin := r.Header.Get("Origin")
		site := r.Header.Get("Sec-Fetch-Site")
		switch {
		case !slices.Contains(g.hosts, r.Host),
			origin != "" && origin != "http://"+r.Host,
			site != "" && site != "same-origin" && site != "none" && !opensPage(r):
			app.WriteError(w, http.StatusForbidden, errForeign)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// opensPage tells a link to our page, which may stand anywhere, from a request
// that another page makes.
func opensPage(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.Path == "/" &&
		r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

// known lets nobody in without the cookie.
func (g *guard) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie(g.cookie)
		if err != nil || !same(c.Value, g.token) {
			app.WriteError(w, http.StatusUnauthorized, errNoCookie)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// session exchanges the secret for the cookie, once: an address found later in
// a terminal or a history opens nothing.
func (s *server) session(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxSecret))
	if err != nil || !s.guard.redeem(strings.TrimSpace(string(body))) {
		app.WriteError(w, http.StatusUnauthorized, errSecret)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: s.guard.cookie, Value: s.guard.token, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	w.WriteHeader(http.StatusNoContent)
}

func (g *guard) redeem(secret string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.secret == "" || !same(secret, g.secret) {
		return false
	}
	g.secret = ""
	return true
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
