package syncer

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// verdict is what a failed request means for the lane that made it.
type verdict int

const (
	ended   verdict = iota // we are stopping; nothing is known
	cutOff                 // nobody answered: nothing is known, all lanes wait
	stop                   // a person must set something right first: all lanes wait long
	later                  // the centre answered that it cannot now
	refused                // the centre said no, for good
)

// errUnexpected stands for a fault that has no better name.
var errUnexpected = &repair.Error{Kind: repair.Internal, Code: wire.CodeInternal}

// judge gives the verdict on an error of the centre, what a person may see of
// it, and how long the centre asked us to stay away.
func (s *Syncer) judge(ctx context.Context, err error) (verdict, *repair.Error, time.Duration) {
	if ctx.Err() != nil {
		return ended, nil, 0
	}
	seen := visible(err)
	asked := retryAfter(seen.Args["retry_after"], s.Now())
	switch {
	case seen.Code == wire.CodeOtherServer, seen.Code == wire.CodeClientTooOld, seen.Kind == repair.Unauthorized:
		return stop, seen, keepAway
	case seen.Kind == repair.Offline:
		return cutOff, seen, asked
	}
	switch wire.RetryOf(seen) {
	case wire.RetrySame, wire.RetryAfter:
		return later, seen, asked
	}
	return refused, seen, asked
}

// visible gives the part of an error that a person may see.
func visible(err error) *repair.Error {
	var e *repair.Error
	if errors.As(err, &e) {
		return e
	}
	return errUnexpected.Because(err)
}

// retryAfter reads a Retry-After header: seconds or a date.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(text); err == nil {
		return max(0, min(time.Duration(seconds)*time.Second, longestAsked))
	}
	if date, err := http.ParseTime(text); err == nil {
		return max(0, min(date.Sub(now), longestAsked))
	}
	return 0
}
