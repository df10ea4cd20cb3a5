package httpapi_test

import (
	"net/http"
	"testing"
	"time"

	"hashmend/backend/wire"
)

// TestAStreamOfHeadsEndsWithTheServer: nobody in between keeps or delays it, and the
// server's end ends it.
func TestAStreamOfHeadsEndsWithTheServer(t *testing.T) {
	s := newScene(t)
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.server.URL+wire.PathEvents, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.tokens[owner])
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.Header.Get("X-Accel-Buffering") != "no" || response.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a proxy may keep it: %v", response.Header)
	}
	s.server.Config.Handler.(interface{ End() }).End()
	ended := make(chan error, 1)
	go func() {
		_, err := response.Body.Read(make([]byte, 4096))
		for err == nil {
			_, err = response.Body.Read(make([]byte, 4096))
		}
		ended <- err
	}()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Error("the stream goes on")
	}
}

// TestWhoWaitsIsCounted: one install cannot hold every connection.
func TestWhoWaitsIsCounted(t *testing.T) {
	s := newScene(t)
	open := func() int {
		r, err := http.NewRequestWithContext(t.Context(), "GET", s.server.URL+wire.PathEvents, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+s.tokens[owner])
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = response.Body.Close() })
		return response.StatusCode
	}
	for range 8 {
		if status := open(); status != 200 {
			t.Fatalf("got %d", status)
		}
	}
	if status := open(); status != http.StatusTooManyRequests {
		t.Errorf("the ninth stream gets %d", status)
	}
	s.server.Config.Handler.(interface{ End() }).End()
}
