package syncer

import "time"

// A try that did not succeed is followed by another, for ever, after a random
// time below a ceiling that doubles from firstCeiling to longest.
const (
	shortest     = time.Second
	firstCeiling = 2 * time.Second
	longest      = 5 * time.Minute
	longestAsked = time.Hour // that a centre may ask us to stay away
)

// backoff gives the time until the next try after so many failures in a row.
// The jitter is full: desks that lost a centre together come back spread out.
// asked is the centre's Retry-After, 0 for none.
func backoff(failures int, random float64, asked time.Duration) time.Duration {
	ceiling := longest
	if shift := failures - 1; shift < 8 {
		ceiling = min(longest, firstCeiling<<max(shift, 0))
	}
	wait := max(shortest, time.Duration(random*float64(ceiling)))
	return max(wait, min(asked, longestAsked))
}

// until gives the time left to a stored moment. A moment further away than can
// have been meant comes from a clock that jumped: it is ignored.
func until(moment, now time.Time, furthest time.Duration) time.Duration {
	if moment.IsZero() {
		return 0
	}
	left := moment.Sub(now)
	if left < 0 || left > furthest {
		return 0
	}
	return left
}
