package simtest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// exchange is a request and its whole answer, as the centre saw them.
type exchange struct {
	request *http.Request
	sent    []byte // the body that reached the centre
	status  int
	header  http.Header
	body    []byte
}

func (e *exchange) response() *http.Response {
	return &http.Response{
		Status: http.StatusText(e.status), StatusCode: e.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: e.header.Clone(), Body: io.NopCloser(bytes.NewReader(e.body)), ContentLength: int64(len(e.body)), Request: e.request,
	}
}

// recorder is a ResponseWriter that keeps the whole answer.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) Flush()              {}
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

// serve lets a handler answer. What the sender breaks off in the middle ends
// with broken. Of what the handler breaks off there is no answer: the line is cut, as
// a server does.
func serve(handler http.Handler, request *http.Request, sent []byte, broken bool) (e *exchange, whole bool) {
	r := arrived(request)
	var body io.Reader = bytes.NewReader(sent)
	if broken {
		body = io.MultiReader(body, failing{})
	}
	r.Body = io.NopCloser(body)
	w := &recorder{header: http.Header{}}
	if !answers(handler, w, r) {
		return nil, false
	}
	w.WriteHeader(http.StatusOK)
	answer := w.body.Bytes()
	if r.Method == http.MethodHead {
		answer = nil
	}
	w.header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	return &exchange{request: request, sent: sent, status: w.status, header: w.header, body: answer}, true
}

// answers reports whether the handler came to its end.
func answers(handler http.Handler, w http.ResponseWriter, r *http.Request) (whole bool) {
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			panic(p)
		}
	}()
	handler.ServeHTTP(w, r)
	return true
}

// arrived is a request as a server has it.
func arrived(request *http.Request) *http.Request {
	r := request.Clone(request.Context())
	r.RequestURI, r.Host, r.RemoteAddr = r.URL.RequestURI(), r.URL.Host, "192.0.2.1:50000"
	return r
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// saw checks an exchange as it leaves the centre and keeps what later checks
// need. by sits at the desk that asked.
func (h *history) saw(desk string, by repair.Person, scope string, timeline int, e *exchange) {
	h.mu.Lock()
	defer h.mu.Unlock()
	path := e.request.URL.Path
	switch {
	case e.request.Method == http.MethodPut:
		h.sawWrite(by, timeline, path[strings.LastIndexByte(path, '/')+1:], e)
	case path == wire.PathChanges && e.status == http.StatusOK:
		h.sawPage(desk, by, scope, timeline, e.body)
	case strings.HasPrefix(path, wire.PathUploads+"/"):
		h.sawOffset(strings.TrimPrefix(path, wire.PathUploads+"/"), e)
	case path == wire.PathUploads && e.status == http.StatusCreated:
		h.sawOffset(strings.TrimPrefix(e.header.Get("Location"), wire.PathUploads+"/"), e)
	case strings.HasPrefix(path, wire.PathFiles) && e.status == http.StatusOK && e.request.Method == http.MethodGet:
		if name := strings.TrimPrefix(path, wire.PathFiles); wire.Fingerprint(e.body) != name {
			h.fail("B3", "the file %.8s was served with other bytes", name)
		}
	}
}

func (h *history) sawWrite(by repair.Person, timeline int, id string, e *exchange) {
	print := wire.Fingerprint(e.sent)
	if e.status < 500 {
		if h.sent[id] == nil {
			h.sent[id] = map[string]bool{}
		}
		h.sent[id][print] = true
		h.bodies[id] = e.sent
	}
	if e.status < 300 {
		h.answers = append(h.answers, answered{id: id, account: by.Account, fingerprint: print, status: e.status, timeline: timeline})
	}
}

// sawPage follows the feed: what a copy is that has taken every page up to a
// cursor, and that no page contradicts another.
func (h *history) sawPage(desk string, by repair.Person, scope string, timeline int, body []byte) {
	var page wire.Page
	if err := json.Unmarshal(body, &page); err != nil {
		h.fail("R3", "a page is not JSON: %v", err)
		return
	}
	for n := 1; n < len(page.Rows); n++ {
		if page.Rows[n].Rev < page.Rows[n-1].Rev {
			h.fail("R1", "rev %d follows rev %d in a page", page.Rows[n].Rev, page.Rows[n-1].Rev)
		}
	}
	seen := map[string]bool{}
	last := h.lastRev[scope+string(page.From)]
	next := maps.Clone(last)
	if next == nil {
		next = map[string]int64{}
	}
	for _, row := range page.Rows {
		key, log := string(row.T)+" "+row.ID, logOf(by, row)
		if seen[key] {
			h.fail("R2", "%s is in a page twice", key)
		}
		seen[key] = true
		if row.Rev <= last[log] {
			h.fail("R4", "%s has rev %d in a page that begins behind rev %d", key, row.Rev, last[log])
		}
		next[log] = row.Rev
		if by.Account != "" && row.WorkOrder != "" {
			if h.told[by.Account] == nil {
				h.told[by.Account] = rowsOf{}
			}
			h.told[by.Account][row.WorkOrder] = true
		}
	}
	h.lastRev[scope+string(page.Next)] = next
	if h.cursors[scope] == nil {
		h.cursors[scope] = map[string]int{}
	}
	h.cursors[scope][string(page.Next)] = timeline
	if page.From == "" {
		h.mayStand(desk+string(page.Next), rows{}.apply(page.Rows))
		return
	}
	for _, from := range h.states[desk+string(page.From)] {
		h.mayStand(desk+string(page.Next), from.apply(page.Rows))
	}
}

// logOf names the log that a row stands in: everybody's, or the reader's own.
func logOf(by repair.Person, row wire.Row) string {
	if by.Account != "" && row.T == wire.RowCentre {
		return "everybody"
	}
	return "own"
}

// mayStand notes a copy that a desk behind a cursor may have: there are several,
// because a page leaves out what has changed again since.
func (h *history) mayStand(key string, copied rows) {
	for _, before := range h.states[key] {
		if before.differ(copied) == "" {
			return
		}
	}
	h.states[key] = append(h.states[key], copied)
}

func (h *history) sawOffset(id string, e *exchange) {
	if e.status >= 300 {
		delete(h.offsets, id)
		return
	}
	offset, err := strconv.ParseInt(e.header.Get("Upload-Offset"), 10, 64)
	if err != nil {
		return
	}
	if offset < h.offsets[id] {
		h.fail("B2", "the upload %s stood at %d and then at %d", id, h.offsets[id], offset)
	}
	h.offsets[id] = offset
}
