package centrehost_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/centre"
	"hashmend/backend/centredb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
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

// TestWhoRegistersMaySayWhereToWrite: it is the account's mailbox from then on.
func TestWhoRegistersMaySayWhereToWrite(t *testing.T) {
	s := open(t)
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c, ask := s.host.Centre(), wire.Register{AccountName: "New farm", InstallName: "desk", PublicKey: base64.StdEncoding.EncodeToString(public),
		Email: "nobody", Language: "ru"}
	if _, err := c.Register(t.Context(), ask); !errors.Is(err, repair.ErrMailAddress) {
		t.Errorf("an address that is none: %v", err)
	}
	ask.Email = "post@farm.example"
	for range 2 { // its answer may have been lost
		if _, err := c.Register(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
	}
	office := s.joins(repair.RoleOffice, "")
	page, err := office.Changes(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var boxes []repair.Mailbox
	for _, row := range page.Rows {
		if row.T == wire.RowMailbox {
			boxes = append(boxes, repair.Mailbox{})
			if err := json.Unmarshal(row.D, &boxes[len(boxes)-1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(boxes) != 1 || boxes[0].Email != "post@farm.example" || boxes[0].Language != "ru" || !boxes[0].Reminders {
		t.Errorf("%+v", boxes)
	}
	if report, err := c.Check(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
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
