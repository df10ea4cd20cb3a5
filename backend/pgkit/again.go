package pgkit

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// How long a transaction is tried again: enough for rivals to pass, and for a
// connection to be made anew. Who asked comes again later by itself.
const (
	tries         = 12
	triesOfSame   = 4 // for one who may really want to write the same twice
	firstPause    = 2 * time.Millisecond
	longestPause  = 300 * time.Millisecond
	commitTimeout = 15 * time.Second
)

// again runs do until it is done, or failed for good.
func (db *DB) again(ctx context.Context, do func() error) error {
	pause := firstPause
	for try := 1; ; try++ {
		err := do()
		if err == nil || try == tries || !db.passes(err) || is(err, "23505") && try == triesOfSame || ctx.Err() != nil {
			return err
		}
		timer := time.NewTimer(rand.N(pause) + pause/2)
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
		pause = min(2*pause, longestPause)
	}
}

// passes reports that nothing was committed and that it may go better next time.
func (db *DB) passes(err error) bool {
	if errors.Is(err, ErrUnknownEnd) {
		return false
	}
	if db.rival != nil && db.rival(err) {
		return true
	}
	switch codeOf(err) {
	case "40001", "40P01", // a rival, a deadlock
		"23505",                   // a rival has written the same first
		"25006", "57P01", "57P02", // not the primary any more, shutting down
		"57P03", "53300": // starting, too many clients
		return true
	}
	return IsAway(err)
}

// atCommit says what an error at the commit means. Only these leave no doubt.
func atCommit(err error) error {
	switch codeOf(err) {
	case "40001", "40P01", "23505":
		return err
	}
	if errors.Is(err, pgx.ErrTxCommitRollback) {
		return err
	}
	return errors.Join(ErrUnknownEnd, err)
}

// IsAway reports that the server could not be reached, or went away.
func IsAway(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, ErrUnknownEnd) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) ||
		is(err, "57P01", "57P02", "57P03", "53300", "25006") || pgconn.Timeout(err) || closed(err)
}

// closed reports a statement that never reached the server.
func closed(err error) bool {
	return err != nil && pgconn.SafeToRetry(err)
}

// IsRival reports that others were always first.
func IsRival(err error) bool { return is(err, "40001", "40P01") }

// IsFull reports that the server's disk is full.
func IsFull(err error) bool { return is(err, "53100") }

// IsConstraint reports that a constraint refused the row.
func IsConstraint(err error) bool {
	code := codeOf(err)
	return len(code) == 5 && code[:2] == "23"
}

// IsText reports a text that the server cannot keep, such as one with a NUL.
func IsText(err error) bool { return is(err, "22021", "22P05") }

func is(err error, codes ...string) bool {
	code := codeOf(err)
	for _, one := range codes {
		if code == one {
			return true
		}
	}
	return false
}

func codeOf(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
