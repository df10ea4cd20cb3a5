package httpapi_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/centre"
	"hashmend/backend/centredb"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// A stream outlives the token that opened it. Its signs of life are no use of that
// token: else the desk's own stream would look like a thief's.
func TestAStreamThatOutlivesItsTokenShutsNobodyOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, token := letInAlone(t)
		server := httpapi.New(c, httpapi.Options{})
		ctx, gone := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			server.ServeHTTP(httptest.NewRecorder(), asked(ctx, "GET", wire.PathEvents, token))
		}()
		synctest.Wait()
		renewed, err := c.Renew(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 { // far beyond the minute that the old one is good for
			if _, err := c.Authenticate(t.Context(), renewed.Token); err != nil {
				t.Fatalf("the desk is shut out by its own stream: %v", err)
			}
			time.Sleep(wire.EventsPing) // of the bubble's clock: it costs nothing
			synctest.Wait()
		}
		select {
		case <-ended:
			t.Error("the stream has ended")
		default:
		}
		gone()
		<-ended
	})
}

// A PC that is shut out hears nothing more.
func TestAStreamEndsWhenItsInstallIsShutOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, token := letInAlone(t)
		server := httpapi.New(c, httpapi.Options{})
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			server.ServeHTTP(httptest.NewRecorder(), asked(t.Context(), "GET", wire.PathEvents, token))
		}()
		synctest.Wait()
		by, err := c.Authenticate(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Revoke(t.Context(), by.Install); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		<-ended
		if took := time.Since(began); took > wire.EventsPing {
			t.Errorf("it ended after %v", took)
		}
	})
}

// letInAlone makes a centre without a network, and lets one customer in.
func letInAlone(t *testing.T) (*centre.Centre, string) {
	t.Helper()
	dir := t.TempDir()
	store, err := centredb.Open(t.Context(), filepath.Join(dir, "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	files, err := blob.Open(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := centre.New(t.Context(), store, blob.Folder{Store: files}, centre.Options{})
	if err != nil {
		t.Fatal(err)
	}
	invite, err := c.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "North Ridge"})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := c.Join(t.Context(), wire.Join{Invite: invite.Code, InstallName: "desk", PublicKey: key(t)})
	if err != nil {
		t.Fatal(err)
	}
	return c, joined.Token
}

func asked(ctx context.Context, method, path, token string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, method, path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return r
}

// A caller that goes away is no fault of the centre: its log and its metrics do not
// cry wolf.
func TestACallerThatGoesAwayIsNoFault(t *testing.T) {
	c, token := letInAlone(t)
	var log bytes.Buffer
	status := 0
	server := httpapi.New(c, httpapi.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Observe: func(s httpapi.Seen) { status = s.Status }})
	ctx, gone := context.WithCancel(t.Context())
	gone()
	server.ServeHTTP(httptest.NewRecorder(), asked(ctx, "GET", wire.PathChanges, token))
	if log.Len() > 0 || status == http.StatusInternalServerError {
		t.Errorf("%d %s", status, log.String())
	}
}
