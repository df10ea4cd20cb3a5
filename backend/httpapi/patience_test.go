package httpapi_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hashmend/backend/httpapi"
	"hashmend/backend/wire"
)

// Who asks and never reads the answers does not keep a connection, and what is
// behind it, for ever.
func TestAReaderThatTakesNothingIsLetGo(t *testing.T) {
	h := build(t, false)
	server := httptest.NewUnstartedServer(httpapi.New(h.centre, httpapi.Options{Patience: 50 * time.Millisecond}))
	closed := make(chan struct{}, 1)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			closed <- struct{}{}
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	line, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = line.Close() }()
	go func() { // far more answers than any line holds
		_, _ = line.Write([]byte(strings.Repeat("GET "+wire.PathOpenAPI+" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 3000)))
	}()
	select {
	case <-closed:
	case <-time.After(time.Minute):
		t.Error("the connection is still there")
	}
}
