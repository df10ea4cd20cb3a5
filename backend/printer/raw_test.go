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

// A printer that speaks must not lose the end of its job: a line closed with words
// unread is torn down, and takes with it what the printer has yet to read.
func TestSendRawHearsATalkingPrinterOut(t *testing.T) {
	job := bytes.Repeat([]byte("^XA^FDbox^FS^XZ\n"), 12500)
	said, got := make(chan struct{}), make(chan []byte, 1)
	address := listen(t, func(conn net.Conn) {
		defer conn.Close()
		conn.(*net.TCPConn).SetReadBuffer(16 << 10)
		io.WriteString(conn, "READY\r\n")
		close(said)
		var all []byte
		buffer := make([]byte, 4<<10)
		for { // in small bites, and with a word for each
			n, err := conn.Read(buffer)
			all = append(all, buffer[:n]...)
			if err != nil {
				break
			}
			io.WriteString(conn, "OK\r\n")
		}
		got <- all
	})
	sent, err := SendRaw(t.Context(), address, &after{said, bytes.NewReader(job)}, Usual)
	if err != nil || sent != int64(len(job)) {
		t.Fatalf("sent %d, %v", sent, err)
	}
	if all := <-got; !bytes.Equal(all, job) {
		t.Errorf("the printer received %d of %d bytes", len(all), len(job))
	}
}

// after is a job that waits for the printer's first word.
type after struct {
	said <-chan struct{}
	job  io.Reader
}

func (a *after) Read(p []byte) (int, error) {
	<-a.said
	return a.job.Read(p)
}

func TestSendRawToAPrinterThatKeepsTheLineOpen(t *testing.T) {
	done := make(chan struct{})
	address := listen(t, func(conn net.Conn) { io.Copy(io.Discard, conn); <-done; conn.Close() })
	defer close(done)
	sent, err := SendRaw(t.Context(), address, bytes.NewReader([]byte("^XA^XZ")), Patience{Dial: time.Second, Write: time.Second, Close: 20 * time.Millisecond})
	if err != nil || sent != 6 {
		t.Errorf("sent %d, %v", sent, err)
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

// What the printer had not read when it tore the line down is lost, though the system
// has taken every byte.
func TestSendRawIsToldThatTheLineWasTornDown(t *testing.T) {
	job := bytes.Repeat([]byte("^XA^XZ"), 1000)
	address := listen(t, func(conn net.Conn) {
		_, _ = io.ReadFull(conn, make([]byte, 2000))
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	})
	if _, err := SendRaw(t.Context(), address, bytes.NewReader(job), Usual); !errors.Is(err, ErrUnreachable) {
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
