package syncer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/centrehost"
	"hashmend/backend/keyring"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// faults are what happens between a desk and a centre, to one request.
var faults = map[string]func(next http.RoundTripper, r *http.Request) (*http.Response, error){
	"request lost": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		return nil, errors.New("connection refused")
	},
	"answer lost after the commit": func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		if _, err := next.RoundTrip(r); err != nil {
			return nil, err
		}
		return nil, errors.New("connection reset by peer")
	},
	"answer cut short": func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		response, err := next.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		text, _ := io.ReadAll(response.Body)
		response.Body = io.NopCloser(io.MultiReader(strings.NewReader(string(text[:len(text)/2])), broken{}))
		return response, nil
	},
	"captive portal": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		return said(http.StatusOK, "text/html", "<html>Welcome to the airport</html>", ""), nil
	},
	"token expired": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		p, _ := json.Marshal(wire.NewProblem(&repair.Error{Kind: repair.Unauthorized, Code: wire.CodeTokenExpired}))
		return said(http.StatusUnauthorized, wire.TypeProblem, string(p), ""), nil
	},
	"bad gateway": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		return said(http.StatusBadGateway, "text/html", "<h1>502</h1>", ""), nil
	},
	"centre's fault": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		p, _ := json.Marshal(wire.NewProblem(&repair.Error{Kind: repair.Internal, Code: wire.CodeInternal}))
		return said(http.StatusInternalServerError, wire.TypeProblem, string(p), ""), nil
	},
	"centre's disk full": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		p, _ := json.Marshal(wire.NewProblem(&repair.Error{Kind: repair.Unavailable, Code: wire.CodeDiskFull}))
		return said(http.StatusInsufficientStorage, wire.TypeProblem, string(p), "30"), nil
	},
	"request doubled": func(next http.RoundTripper, r *http.Request) (*http.Response, error) {
		var body []byte
		if r.Body != nil {
			body, _ = io.ReadAll(r.Body)
		}
		for range 2 {
			again := r.Clone(r.Context())
			again.Body = io.NopCloser(strings.NewReader(string(body)))
			response, err := next.RoundTrip(again)
			if err != nil {
				return response, err
			}
			r.Response = response
		}
		return r.Response, nil
	},
	"another centre": func(http.RoundTripper, *http.Request) (*http.Response, error) {
		response := said(http.StatusOK, wire.TypeJSON, `{"server_id":"someone-else"}`, "")
		response.Header.Set(wire.HeaderServer, "someone-else")
		return response, nil
	},
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func said(status int, kind, body, retryAfter string) *http.Response {
	header := http.Header{"Content-Type": {kind}}
	if retryAfter != "" {
		header.Set("Retry-After", retryAfter)
	}
	return &http.Response{StatusCode: status, Status: http.StatusText(status), Header: header, Body: io.NopCloser(strings.NewReader(body))}
}

// wires carries requests to a centre in this process. The request of that number
// meets the fault; further ones too when it stays.
type wires struct {
	to    http.Handler
	fault func(http.RoundTripper, *http.Request) (*http.Response, error)
	stays bool

	mu       sync.Mutex
	n, at    int
	happened int
}

type direct struct{ to http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Host = "127.0.0.1"
	recorder := httptest.NewRecorder()
	d.to.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

func (w *wires) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.n++
	hit := w.fault != nil && w.at > 0 && (w.n == w.at || w.stays && w.n > w.at)
	if hit {
		w.happened++
	}
	to := direct{w.to}
	w.mu.Unlock()
	if hit {
		return w.fault(to, r)
	}
	return to.RoundTrip(r)
}

func (w *wires) heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = 0
}

func (w *wires) seen() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.happened
}

// Every request of a short story meets every fault, once and for ten minutes. In
// each history the work order and the message exist once at the centre, in the
// bytes that were frozen, and the desk knows it (W1 W2 W5 R7 L1).
func TestWhateverHappensOnTheWayTheWorkOrderExistsOnce(t *testing.T) {
	for name := range faults {
		for _, stays := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/stays=%v", name, stays), func(t *testing.T) {
				t.Parallel()
				step := 1
				if stays { // what lasts meets the requests behind it anyway
					step = 4
				}
				for at := 1; ; at += step {
					if at > 100 {
						t.Fatal("the story has no end")
					}
					happened := false
					synctest.Test(t, func(t *testing.T) { happened = tell(t, name, stays, at) })
					if !happened || t.Failed() {
						return
					}
				}
			})
		}
	}
}

// tell tells the story with a fault at one of its requests, and reports whether
// there was such a request.
func tell(t *testing.T, fault string, stays bool, at int) (happened bool) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	host, err := centrehost.Open(ctx, t.TempDir(), centrehost.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	way := &wires{to: host.Handler(), fault: faults[fault], stays: stays}
	s := joined(ctx, t, host, way)
	defer func() { _ = s.DB.Close() }()
	way.mu.Lock()
	way.n, way.at = 0, at
	way.mu.Unlock()

	ended := make(chan struct{})
	go func() { defer close(ended); s.Run(ctx) }()
	defer func() { cancel(); <-ended }()

	submission := repairtest.Submission(3)
	submission.Devices[0].Photos = []repair.FileRef{photo(ctx, t, s)}
	body := frozen(t, submission)
	queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(repairtest.OrderID), Kind: localdb.KindSubmit, WorkOrder: repairtest.OrderID}, body)
	ask := repair.Command{ID: repairtest.CommandID(1), Kind: repair.CmdMessage, WorkOrder: repairtest.OrderID, Text: "how long?"}
	queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(ask.ID), Kind: string(ask.Kind), WorkOrder: repairtest.OrderID}, frozen(t, ask))
	after(10 * time.Minute)
	way.heal()
	after(2 * longest)

	sum := sha256.Sum256(body)
	checkOnce(ctx, t, s, host, hex.EncodeToString(sum[:]))
	if t.Failed() {
		t.Logf("with %q at request %d, stays %v", fault, at, stays)
	}
	return way.seen() > 0
}

func joined(ctx context.Context, t *testing.T, host *centrehost.Host, way http.RoundTripper) *Syncer {
	t.Helper()
	invite, err := host.Invite(ctx, repair.RoleCustomer, "North Ridge", "Aigerim")
	if err != nil {
		t.Fatal(err)
	}
	key, err := keyring.NewSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	line := Line{URL: "http://127.0.0.1:1", HTTP: way}
	_, who, err := Join(ctx, line, wire.Join{Invite: invite.Code, InstallName: "desk", PublicKey: key.Public()})
	if err != nil {
		t.Fatal(err)
	}
	line.Token, line.ServerID = who.Token, who.ServerID
	centre, err := Dial(line)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	db, err := localdb.Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.Open(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{
		ServerID: who.ServerID, Scope: localdb.ScopeOf(who.ServerID, who.Account, who.User),
		DB: db, Files: files, Centre: centre, Now: time.Now, Changed: func(...string) {},
	})
}

func frozen(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func queueBytes(ctx context.Context, t *testing.T, s *Syncer, item localdb.OutboxItem, body []byte) {
	t.Helper()
	item.Scope, item.CreatedAt = s.Scope, s.stamp()
	if err := s.DB.Update(ctx, func(tx localdb.VaultTx) error { return tx.Queue(ctx, item, body) }); err != nil {
		t.Fatal(err)
	}
	s.Wake()
}

// photo keeps a picture that must travel.
func photo(ctx context.Context, t *testing.T, s *Syncer) repair.FileRef {
	t.Helper()
	png := "\x89PNG\r\n\x1a\n" + strings.Repeat("picture ", 1000)
	hash, size, err := s.Files.(*blob.Store).Put(ctx, strings.NewReader(png), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	ref := repair.FileRef{SHA256: hash, Size: size, Type: "image/png", Name: "label.png"}
	err = s.DB.Update(ctx, func(tx localdb.VaultTx) error {
		if err := tx.KeepFile(ctx, s.Scope, ref, s.stamp()); err != nil {
			return err
		}
		return tx.SendFiles(ctx, s.Scope, []repair.FileRef{ref}, s.stamp())
	})
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func checkOnce(ctx context.Context, t *testing.T, s *Syncer, host *centrehost.Host, fingerprint string) {
	t.Helper()
	whole, err := s.Centre.(interface {
		WorkOrder(context.Context, repair.WorkOrderID) (repair.Case, error)
	}).WorkOrder(ctx, repairtest.OrderID)
	if err != nil {
		t.Errorf("the centre has no work order: %v", err)
		return
	}
	told := 0
	for _, m := range whole.Messages {
		if m.Text == "how long?" {
			told++
		}
	}
	if len(whole.Devices) != 3 || told != 1 {
		t.Errorf("the centre has %d devices and the message %d times", len(whole.Devices), told)
	}
	if report, err := host.Centre().Check(ctx); err != nil || report.WorkOrders != 1 || len(report.Faults) > 0 {
		t.Errorf("the centre is not sound: %v %+v", err, report)
	}
	for _, id := range []string{string(repairtest.OrderID), string(repairtest.CommandID(1))} {
		var it localdb.OutboxItem
		err := s.DB.View(ctx, func(tx localdb.VaultTx) (err error) {
			it, err = tx.OutboxItem(ctx, id)
			return err
		})
		if err != nil || it.State != localdb.Accepted {
			t.Errorf("the desk thinks %s is %s (%v, %v)", id, it.State, it.Reason, err)
		}
		if it.Kind == localdb.KindSubmit {
			var yes wire.Accepted
			if err := json.Unmarshal(it.Answer, &yes); err != nil || yes.Acknowledgement.Fingerprint != fingerprint {
				t.Errorf("the centre acknowledged other bytes: %s, %v", it.Answer, err)
			}
		}
	}
	err = s.DB.Cached(ctx, s.Scope, func(tx localdb.CacheTx) error {
		row, found, err := tx.OrderRow(ctx, repairtest.OrderID)
		if !found || row.Number != whole.Order.Number {
			t.Errorf("the desk shows %q, the centre has %q", row.Number, whole.Order.Number)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	err = s.DB.View(ctx, func(tx localdb.VaultTx) error {
		n, err := tx.WaitingFiles(ctx, s.Scope)
		if n != 0 {
			t.Errorf("%d files have not arrived", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
