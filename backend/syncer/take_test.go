package syncer

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestOneThingIsDoneBehindAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b behind
		begun := time.Now()
		running, did := 0, 0
		for range 3 {
			time.Sleep(time.Second) // of the bubble's clock: it is fetched
			if err := b.run(func() error {
				if running++; running != 1 {
					t.Error("two are done at once")
				}
				time.Sleep(time.Second) // of the bubble's clock: it is kept
				running--
				did++
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.wait(); err != nil || did != 3 {
			t.Errorf("%d done, %v", did, err)
		}
		if took := time.Since(begun); took != 4*time.Second {
			t.Errorf("fetching waited: it took %v", took)
		}
	})
}

func TestNothingIsBegunBehindWhatFailed(t *testing.T) {
	full := errors.New("the disk is full")
	var b behind
	if err := b.run(func() error { return full }); err != nil {
		t.Fatal(err)
	}
	if err := b.run(func() error { t.Error("begun all the same"); return nil }); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if err := b.wait(); err != nil {
		t.Errorf("said twice: %v", err)
	}
}
