package printer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// listen is a printer that hands its connection to serve.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		serve(conn)
	}()
	return l.Addr().String()
}

func TestSendRawDeliversEveryByte(t *testing.T) {
	job := bytes.Repeat([]byte("^XA^FD\x00\xff^XZ\r\n"), 20000)
	got := make(chan []byte, 1)
	address := listen(t, func(conn net.Conn) {
		defer conn.Close()
		all, _ := io.ReadAll(conn) // ends because SendRaw says that no more follows
		got <- all
	})
	sent, err := SendRaw(t.Context(), address, bytes.NewReader(job), Usual)
	if err != nil || sent != int64(len(job)) {
		t.Fatalf("sent %d, %v", sent, err)
	}
	if !bytes.Equal(<-got, job) {
		t.Error("the printer received other bytes")
	}
}

func TestSendRawToNobody(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	sent, err := SendRaw(t.Context(), l.Addr().String(), bytes.NewReader([]byte("x")), Usual)
	if !errors.Is(err, ErrUnreachable) || sent != 0 {
		t.Errorf("sent %d, %v", sent, err)
	}
}

// endless is a job that never ends, so that a printer that does not read blocks
// it sooner or later.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestSendRawGivesUpOnAPrinterThatStopsReading(t *testing.T) {
	done := make(chan struct{})
	address := listen(t, func(conn net.Conn) { <-done; conn.Close() })
	defer close(done)
	_, err := SendRaw(t.Context(), address, endless{}, Patience{Dial: time.Second, Write: 50 * time.Millisecond})
	if !errors.Is(err, ErrStalled) {
		t.Errorf("error is %v", err)
	}
}

func TestSendRawCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	address := listen(t, func(conn net.Conn) { cancel(); <-done; conn.Close() })
	defer close(done)
	_, err := SendRaw(ctx, address, endless{}, Patience{Dial: time.Second, Write: time.Hour})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestSendRawReportsABrokenJob(t *testing.T) {
	address := listen(t, func(conn net.Conn) { io.Copy(io.Discard, conn); conn.Close() })
	broken := errors.New("layout failed")
	_, err := SendRaw(t.Context(), address, io.MultiReader(bytes.NewReader(make([]byte, 100)), failing{broken}), Usual)
	if !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAddressNeedsNoPort(t *testing.T) {
	for in, want := range map[string]string{
		"192.168.1.50":      "192.168.1.50:9100",
		"192.168.1.50:6101": "192.168.1.50:6101",
		"zebra.local":       "zebra.local:9100",
		"fe80::1":           "[fe80::1]:9100",
		"[fe80::1]":         "[fe80::1]:9100",
		"[fe80::1]:6101":    "[fe80::1]:6101",
	} {
		if got := withPort(in); got != want {
			t.Errorf("withPort(%q) = %q, want %q", in, got, want)
		}
	}
}
