package centrehost_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/centre"
	"hashmend/backend/centredb"
	"hashmend/backend/repair"
)

// TestALetterWhoseAnswerWasLostGoesAgainAsTheSame: nobody can know whether it was
// taken. It has the same id, of which its Message-ID is made.
func TestALetterWhoseAnswerWasLostGoesAgainAsTheSame(t *testing.T) {
	s, _, _, _, _ := refusedCase(t)
	p, ids := &post{}, []string{}
	p.fails = func(l repair.Letter) error {
		if ids = append(ids, l.ID); len(ids) == 1 {
			return errors.New("waiting") // it was taken
		}
		return nil
	}
	for range 5 {
		s.writes(p)
		s.now = s.now.Add(time.Hour)
	}
	if len(ids) != 2 || ids[0] != ids[1] || ids[0] == "" {
		t.Errorf("sent as %v", ids)
	}
}

// written counts the transactions of a store that write.
type written struct {
	centre.Store
	times atomic.Int64
}

func (w *written) Update(ctx context.Context, f func(centre.Tx) error) error {
	w.times.Add(1)
	return w.Store.Update(ctx, f)
}

// TestLookingForRemindersWritesOnlyWhatIsNew: it happens every hour, and nobody's order
// waits behind letters that are there.
func TestLookingForRemindersWritesOnlyWhatIsNew(t *testing.T) {
	s, _, _, bench, office := refusedCase(t)
	for _, name := range []string{"East Ridge", "South Ridge"} {
		s.neighbour(name, "13900139002", 1).refused(bench, office)
	}
	store, err := centredb.Open(t.Context(), filepath.Join(s.dir, "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	files, err := blob.Open(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	counted := &written{Store: store}
	c, err := centre.New(t.Context(), counted, blob.Folder{Store: files}, centre.Options{Now: func() time.Time { return s.now }})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{1, 0, 0} {
		before := counted.times.Load()
		if err := c.Remind(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := counted.times.Load() - before; got != want {
			t.Errorf("look %d: %d transactions, want %d", i+1, got, want)
		}
		s.now = s.now.Add(time.Hour)
	}
	p := &post{}
	s.writes(p)
	if len(p.sent) != 3 {
		t.Errorf("sent to %v", p.to())
	}
}
