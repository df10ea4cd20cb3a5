package simtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/calendar"
	"hashmend/backend/datadir"
	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// pc is one desk as a program on a PC, with a person at it.
type pc struct {
	world  *World
	name   string
	dir    string
	line   *line
	joined wire.Joined
	token  atomic.Pointer[string] // that it uses now; its keyring is not in its folder
	skew   atomic.Int64           // of its wall clock, in nanoseconds
	born   int

	backup string // an older copy of its folder
	made   int    // how many intents there were then

	copied   rows // its copy when it was last looked at
	timeline int  // of the centre then

	folder *datadir.Folder // which nobody else has meanwhile
	db     *localdb.DB
	files  *blob.Store
	deeds  *desk.Desk
	sync   *syncer.Syncer
	end    func() // stops the syncer and waits
}

func (p *pc) person() repair.Person {
	return repair.Person{User: p.joined.User, Name: p.joined.Name, Role: p.joined.Role, Account: p.joined.Account}
}

func (p *pc) scope() localdb.Scope {
	return localdb.ScopeOf(p.joined.ServerID, p.joined.Account, p.joined.User)
}

func (p *pc) session() localdb.Session {
	j := p.joined
	return localdb.Session{Scope: p.scope(), ServerID: j.ServerID, URL: centreURL, Account: j.Account,
		User: j.User, Name: j.Name, Role: j.Role, Install: j.Install}
}

func (p *pc) now() time.Time { return p.world.now().Add(time.Duration(p.skew.Load())) }

func (p *pc) up() bool { return p.db != nil }

func (p *pc) vault() string { return filepath.Join(p.dir, "vault.db") }

// second starts the program once more on the same folder: it must be told who has
// it, and nothing may be opened twice (inv.S1).
func (p *pc) second() error {
	if !p.up() {
		return nil
	}
	folder, err := datadir.Take(p.dir)
	switch {
	case err == nil:
		p.world.history.breaks("S1", "two programs have the folder of %s", p.name)
		return folder.Release()
	case errors.Is(err, datadir.ErrInUse):
		return nil
	}
	return err
}

// start is a program's start: what was under way when it ended is due again.
func (p *pc) start() error {
	ctx := context.Background()
	folder, err := datadir.Take(p.dir)
	if err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	db, err := localdb.Open(ctx, p.dir)
	if err != nil {
		return errors.Join(fmt.Errorf("start %s: %w", p.name, err), folder.Release())
	}
	if p.files, err = blob.Open(filepath.Join(p.dir, "files")); err != nil {
		return errors.Join(err, db.Close(), folder.Release())
	}
	if err := db.RecoverOutbox(ctx); err != nil {
		return errors.Join(err, db.Close(), folder.Release())
	}
	p.folder = folder
	p.db = db
	p.deeds = desk.New(desk.Deps{
		DB: db, Files: p.files, Days: calendar.China{}, Zone: repair.DefaultZone, Now: p.now,
		Session:    func() (localdb.Session, bool) { return p.session(), true },
		Wake:       func() { p.sync.Wake() },
		Emit:       func(...string) {},
		Importing:  func(string) {},
		ParseLabel: func(string) (desk.Label, bool) { return desk.Label{}, false },
	})
	return p.connect()
}

// connect begins to keep in step with the centre, as whom this PC has joined.
func (p *pc) connect() error {
	p.world.people[p.joined.User] = p.person()
	p.line.mu.Lock()
	p.line.who, p.line.scope, p.line.dead = p.person(), string(p.scope()), false
	p.line.mu.Unlock()
	centre, err := syncer.Dial(syncer.Line{URL: centreURL, Token: *p.token.Load(), ServerID: p.joined.ServerID, Program: "simtest", HTTP: p.line,
		Install: p.joined.Install, Sign: p.world.key.Sign, Renewed: p.keepToken})
	if err != nil {
		return err
	}
	p.sync = syncer.New(syncer.Config{ServerID: p.joined.ServerID, Scope: p.scope(), DB: p.db, Files: p.files,
		Centre: centre, Now: p.now, Listen: p.world.listens, Changed: func(...string) {}, Patience: 11})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	running := p.sync
	go func() { defer close(ended); running.Run(ctx) }()
	p.end = func() { stop(); <-ended }
	return nil
}

// keepToken keeps the next token, of which no log may tell.
func (p *pc) keepToken(next string) error {
	p.token.Store(&next)
	h := p.world.history
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tokens = append(h.tokens, next)
	return nil
}

// stop is a program's regular end.
func (p *pc) stop() error {
	if !p.up() {
		return nil
	}
	p.end()
	p.deeds.Close()
	err := errors.Join(p.db.Close(), p.folder.Release())
	p.db = nil
	return err
}

// crash ends the program without a word: what is on the disk at this moment is
// all there is.
func (p *pc) crash() error {
	if !p.up() {
		return nil
	}
	p.line.mu.Lock()
	p.line.dead = true
	p.line.mu.Unlock()
	p.born++
	next := filepath.Join(filepath.Dir(p.dir), fmt.Sprintf("%s-%d", p.name, p.born))
	old := p.dir
	err := copyDir(old, next)
	err = errors.Join(err, p.stop(), os.RemoveAll(old))
	p.dir = next
	return err
}

// join lets this PC in with a new invite, as the same customer. What waited
// stays waiting.
func (p *pc) join(invite string) error {
	_, joined, err := syncer.Join(context.Background(), syncer.Line{URL: centreURL, Program: "simtest", HTTP: p.line},
		wire.Join{Invite: invite, InstallName: p.name, PublicKey: p.world.key.Public()})
	if err != nil {
		return err
	}
	p.joined = joined
	return p.keepToken(joined.Token)
}
