//go:build linux

package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hashmend/backend/datadir"
	"hashmend/backend/desk"
	"hashmend/backend/localdb"
)

// mounted mounts something on a folder for one test. Mounting needs root, as the
// tests of this house have it; elsewhere the test says so and fails, for a skipped
// test proves nothing.
func mounted(t *testing.T, source, kind string, flags uintptr, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount(source, dir, kind, flags, options); err != nil {
		t.Fatalf("mount %s: %v (this test needs root, as in the build's container)", kind, err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// small is a disk of a few megabytes.
func small(t *testing.T) string {
	t.Helper()
	return mounted(t, "tmpfs", "tmpfs", 0, "size=6m,mode=0700")
}

// fill leaves no room on a disk and gives what makes room again.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	name := filepath.Join(dir, "somebody-else's-film")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 64<<10)
	for len(chunk) > 0 {
		if _, err := f.Write(chunk); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatal(err)
			}
			chunk = chunk[:len(chunk)/2]
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFullDiskSaysSoAndKeepsWhatWasTyped(t *testing.T) {
	dir := small(t)
	a := opened(t, func(c *Config) { c.Dir = dir })
	drafts := &Drafts{a}
	d := drafted(t, a)
	free := fill(t, dir)
	header := sound
	header.Note = strings.Repeat("a long note ", 20000)
	_, err := drafts.SetHeader(d.ID, header)
	wantCode(t, err, localdb.ErrDiskFull.Code)
	got := must[desk.DraftView](t)(drafts.Get(d.ID)) // reading works
	if got.Note != sound.Note || got.RowCount != 1 || got.Contact.Name != sound.Contact.Name {
		t.Errorf("the draft is %+v", got)
	}
	free()
	if got = must[desk.DraftView](t)(drafts.SetHeader(d.ID, header)); got.Note != header.Note {
		t.Error("with room again the note was not kept")
	}
}

func TestAFullDiskNeverSaysQueued(t *testing.T) {
	dir := small(t)
	a := opened(t, func(c *Config) { c.Dir = dir })
	host, url := served(t)
	must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	eventually(t, a, "joined", func() bool { return must[desk.SyncStatus](t)((&Sync{a}).Status()).State == "up_to_date" })
	drafts := &Drafts{a}
	d := drafted(t, a)
	header := sound
	header.Note = strings.Repeat("a long note ", 20000) // so that the frozen bytes need room
	must[desk.DraftView](t)(drafts.SetHeader(d.ID, header))
	free := fill(t, dir)
	_, err := drafts.Send(d.ID)
	wantCode(t, err, localdb.ErrDiskFull.Code)
	if got := must[desk.DraftView](t)(drafts.Get(d.ID)); got.State != desk.MarkSaved {
		t.Errorf("the draft says %s", got.State)
	}
	if rows := must[[]desk.OutboxRow](t)((&Sync{a}).Outbox()); len(rows) != 0 {
		t.Errorf("the outbox holds %+v", rows)
	}
	free()
	if got := must[desk.DraftView](t)(drafts.Send(d.ID)); got.State != desk.MarkHolding {
		t.Errorf("with room again the draft says %s", got.State)
	}
}

func TestADiskThatFillsWhileSendingIsShownAndMends(t *testing.T) {
	dir := small(t)
	now := &clock{}
	a := opened(t, func(c *Config) { c.Dir, c.Now = dir, now.Now })
	host, url := served(t)
	sync := &Sync{a}
	must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	eventually(t, a, "joined", func() bool { return must[desk.SyncStatus](t)(sync.Status()).State == "up_to_date" })
	d := drafted(t, a)
	must[desk.DraftView](t)((&Drafts{a}).Send(d.ID))
	free := fill(t, dir)
	now.pass(10 * time.Second)
	a.inside.Load().wake()
	eventually(t, a, "the pill says that the disk is full", func() bool {
		s := must[desk.SyncStatus](t)(sync.Status())
		return s.DiskFull && s.State == "needs_you" && s.Waiting == 1
	})
	free()
	eventually(t, a, "it mends", func() bool {
		s, err := sync.Now()
		return err == nil && s.State == "up_to_date" && !s.DiskFull
	})
	page := must[desk.OrderPage](t)((&Orders{a}).List(desk.OrderQuery{Mine: "open", Limit: 10}))
	if page.Total != 1 {
		t.Errorf("%d work orders", page.Total)
	}
}

func TestADiskThatIsFullAtTheStartSaysSo(t *testing.T) {
	dir := small(t)
	fill(t, dir)
	_, err := Open(Config{Dir: filepath.Join(dir, "hashmend")})
	wantCode(t, err, datadir.ErrDiskFull.Code)
}

func TestAReadOnlyFolderSaysSo(t *testing.T) {
	dir := mounted(t, t.TempDir(), "", syscall.MS_BIND, "")
	a := opened(t, func(c *Config) { c.Dir = dir })
	drafts := &Drafts{a}
	d := drafted(t, a)
	readOnly := func(on uintptr) {
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND|on, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	readOnly(syscall.MS_RDONLY)
	_, err := Open(Config{Dir: dir})
	wantCode(t, err, datadir.ErrReadOnly.Code)
	refused := Refused(Config{Dir: dir}, err)
	_, err = (&Drafts{refused}).Get(d.ID)
	wantCode(t, err, datadir.ErrReadOnly.Code)
	readOnly(0)

	again := opened(t, func(c *Config) { c.Dir = dir })
	drafts = &Drafts{again}
	if got := must[desk.DraftView](t)(drafts.Get(d.ID)); got.RowCount != 1 {
		t.Errorf("the draft has %d rows", got.RowCount)
	}
}
