package centre

import (
	"testing"
	"time"
)

// TestARestIsNotDrawnOut: who waits for the next day is not asked about in the middle of it.
func TestARestIsNotDrawnOut(t *testing.T) {
	for _, rest := range []time.Duration{time.Second, 5 * time.Minute, time.Hour, 24 * time.Hour} {
		for range 200 {
			if got := afterRest(rest); got < rest || got > rest+askGap {
				t.Fatalf("after %s: %s", rest, got)
			}
		}
	}
}
