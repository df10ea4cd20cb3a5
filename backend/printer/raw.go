// Package printer carries finished bytes to a printer: to port 9100 of one on
// the network, or to a queue of the operating system. It knows nothing of what
// is printed, and it never retries: printing twice is worse than asking.
package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

// Port is where label printers take raw data.
const Port = "9100"

// What can go wrong with a printer. Each wraps its cause.
var (
	ErrUnreachable = errors.New("printer: does not answer")
	ErrStalled     = errors.New("printer: takes no more data")   // out of paper, or paused
	ErrNoQueues    = errors.New("printer: no print system here") // the PDF can still be opened in a viewer
	ErrQueue       = errors.New("printer: the queue refused the job")
)

// Patience is how long a printer may keep silent. A printer without paper stops
// reading; Write is long enough to put some in.
type Patience struct {
	Dial  time.Duration
	Write time.Duration // for each piece of at most 32 KiB
	Reply time.Duration // for the answer to a question
	Close time.Duration // for hanging up after a job; one that keeps the line open is well too
}

// Usual suits printers on the same network.
var Usual = Patience{Dial: 5 * time.Second, Write: 30 * time.Second, Reply: 2 * time.Second, Close: 5 * time.Second}

const piece = 32 << 10

// SendRaw copies data to a printer as it is. address is a host, with or without
// a port. It answers how many bytes the network took, so that after an error the
// user learns whether part of a job may come out.
func SendRaw(ctx context.Context, address string, data io.Reader, patience Patience) (sent int64, err error) {
	dialer := net.Dialer{Timeout: patience.Dial}
	conn, err := dialer.DialContext(ctx, "tcp", withPort(address))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) }) // frees a blocked write
	defer stop()

	buffer := make([]byte, piece)
	for {
		n, readErr := data.Read(buffer) // what there is: the first label prints while the next is drawn
		if n > 0 {
			if err := conn.SetWriteDeadline(time.Now().Add(patience.Write)); err != nil {
				return sent, fmt.Errorf("%w: %w", ErrUnreachable, err)
			}
			if ctx.Err() != nil {
				return sent, ctx.Err()
			}
			w, err := conn.Write(buffer[:n])
			sent += int64(w)
			if err != nil {
				return sent, writeError(ctx, err)
			}
		}
		switch {
		case errors.Is(readErr, io.EOF):
			return sent, finish(ctx, conn, patience.Close)
		case readErr != nil:
			return sent, fmt.Errorf("read the job: %w", readErr)
		}
	}
}

func writeError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrStalled, err)
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

// finish says that no more follows and hears the printer out. A line closed with
// words of the printer unread is torn down by the system, and what the printer has
// yet to read is lost.
func finish(ctx context.Context, conn net.Conn, patience time.Duration) error {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil
	}
	if err := tcp.CloseWrite(); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if err := tcp.SetReadDeadline(time.Now().Add(patience)); err != nil || ctx.Err() != nil {
		return nil // the whole job was given away: too late to cancel
	}
	// It may hang up or not. A line torn down by the printer may have lost what it had
	// yet to read.
	if _, err := io.Copy(io.Discard, tcp); errors.Is(err, syscall.ECONNRESET) {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return nil
}

func withPort(address string) string {
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(address, "[]"), Port)
}
