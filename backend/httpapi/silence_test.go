package httpapi_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
)

// Whoever begins a request and sends nothing more must not keep the centre busy.
func TestASilentSenderIsLetGo(t *testing.T) {
	h := build(t, false)
	listener := httptest.NewServer(httpapi.New(h.centre, httpapi.Options{Silent: 50 * time.Millisecond}))
	defer listener.Close()
	for _, request := range []string{
		"POST /v1/join HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
		"PUT /v1/work-orders/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + h.token(repair.RoleCustomer, "Altyn Hash") +
			"\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
	} {
		line, err := net.Dial("tcp", listener.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(line, request); err != nil {
			t.Fatal(err)
		}
		if err := line.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(line), nil)
		if err != nil {
			t.Errorf("%.20q is waited for: %v", request, err)
			continue
		}
		if answer.StatusCode != http.StatusServiceUnavailable { // to be sent again, not refused
			t.Errorf("%.20q: %d", request, answer.StatusCode)
		}
		_ = line.Close()
	}
}
