package app

import (
	"math"
	"testing"
)

func TestEventsAreNumberedForEverybodyAlike(t *testing.T) {
	e := NewEvents()
	first, _, cancelFirst := e.Subscribe()
	defer cancelFirst()
	e.Emit("orders", []string{"a"})
	second, last, cancelSecond := e.Subscribe()
	defer cancelSecond()
	e.Emit("sync", nil)

	if last != 1 {
		t.Errorf("the second listener starts after %d, want 1", last)
	}
	if got := <-first; got.Seq != 1 || got.Name != "orders" || string(got.Data) != `["a"]` {
		t.Errorf("first: %+v", got)
	}
	for _, c := range []<-chan Event{first, second} {
		if got := <-c; got.Seq != 2 || got.Name != "sync" || string(got.Data) != "null" {
			t.Errorf("then: %+v", got)
		}
	}
}

func TestASlowListenerSeesAGapAndHoldsNobody(t *testing.T) {
	e := NewEvents()
	slow, _, cancel := e.Subscribe()
	defer cancel()
	for range waiting + 5 {
		e.Emit("orders", nil)
	}
	for want := uint64(1); want <= waiting; want++ {
		if got := <-slow; got.Seq != want {
			t.Fatalf("got %d, want %d", got.Seq, want)
		}
	}
	e.Emit("orders", nil)
	if got := <-slow; got.Seq != waiting+6 {
		t.Errorf("after the gap: %d, want %d", got.Seq, waiting+6)
	}
}

func TestAnEventThatJSONCannotWriteIsNobodysEvent(t *testing.T) {
	e := NewEvents()
	c, _, cancel := e.Subscribe()
	e.Emit("broken", math.NaN())
	cancel()
	cancel() // twice is once
	e.Emit("late", nil)
	if got, open := <-c; open {
		t.Errorf("got %+v", got)
	}
}
