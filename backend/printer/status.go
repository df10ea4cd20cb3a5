package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// Status is what a ZPL printer says of itself. The zero value is a printer that
// is ready.
type Status struct {
	PaperOut  bool
	Paused    bool
	HeadOpen  bool
	RibbonOut bool
	Full      bool // its buffer holds all it can
	Waiting   int  // labels of the batch that it still has to print
}

// Ready reports whether a label would come out.
func (s Status) Ready() bool {
	return !s.PaperOut && !s.Paused && !s.HeadOpen && !s.RibbonOut && !s.Full
}

// ErrSilent means that a printer answers no questions: many do not, and print.
var ErrSilent = errors.New("printer: gives no answer")

// AskStatus asks a ZPL printer on the network how it is.
func AskStatus(ctx context.Context, address string, patience Patience) (Status, error) {
	dialer := net.Dialer{Timeout: patience.Dial}
	conn, err := dialer.DialContext(ctx, "tcp", withPort(address))
	if err != nil {
		return Status{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := conn.SetDeadline(time.Now().Add(patience.Reply)); err != nil {
		return Status{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if _, err := io.WriteString(conn, "~HS\r\n"); err != nil {
		return Status{}, writeError(ctx, err)
	}
	answer := make([]byte, 0, 256)
	for bytes.Count(answer, []byte{etx}) < 3 {
		piece := make([]byte, 256)
		n, err := conn.Read(piece)
		answer = append(answer, piece[:n]...)
		switch {
		case len(answer) > 4096, errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, io.EOF):
			return Status{}, ErrSilent
		case err != nil:
			return Status{}, fmt.Errorf("%w: %w", ErrSilent, err)
		}
	}
	return readStatus(answer)
}

const (
	stx = 0x02
	etx = 0x03
)

// readStatus reads the three lines of the answer to ~HS.
func readStatus(answer []byte) (s Status, err error) {
	var lines [][]string
	for part := range bytes.SplitSeq(answer, []byte{etx}) {
		if at := bytes.IndexByte(part, stx); at >= 0 {
			lines = append(lines, strings.Split(string(part[at+1:]), ","))
		}
	}
	if len(lines) < 2 || len(lines[0]) < 6 || len(lines[1]) < 4 {
		return s, ErrSilent
	}
	s.PaperOut, s.Paused, s.Full = lines[0][1] == "1", lines[0][2] == "1", lines[0][5] == "1"
	s.HeadOpen, s.RibbonOut = lines[1][2] == "1", lines[1][3] == "1"
	if s.Waiting, err = strconv.Atoi(lines[0][4]); err != nil || s.Waiting < 0 {
		return Status{}, ErrSilent
	}
	return s, nil
}
