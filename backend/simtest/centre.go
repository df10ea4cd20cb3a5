package simtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hashmend/backend/centrehost"
)

// shop is the centre as a program that runs, crashes, and is restored.
type shop struct {
	world *World
	dir   string

	mu       sync.Mutex
	host     *centrehost.Host
	handler  http.Handler
	timeline int             // how often it has been restored
	running  *sync.WaitGroup // what the handler is answering
	life     context.Context // of the program that runs
	kill     context.CancelFunc
	skew     time.Duration
	copies   []saved // older copies of its folder
	born     int
}

// visit is one request at the centre.
type visit struct {
	handler  http.Handler
	timeline int
	life     context.Context // ends with the program
	leave    func()
}

// enter begins a request; ok is false while the centre is down.
func (s *shop) enter() (v visit, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.handler == nil {
		return v, false
	}
	s.running.Add(1)
	return visit{s.handler, s.timeline, s.life, s.running.Done}, true
}

func (s *shop) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.now().Add(s.skew)
}

// change lets another handler answer, and waits for what the one before it was
// still answering.
func (s *shop) change(next http.Handler) (before http.Handler) {
	s.mu.Lock()
	before, running := s.handler, s.running
	s.handler, s.running = next, &sync.WaitGroup{} // one that is waited for takes nobody in
	s.mu.Unlock()
	running.Wait()
	return before
}

// start opens the centre's folder.
func (s *shop) start() error {
	host, err := centrehost.Open(context.Background(), s.dir, centrehost.Options{Now: s.now, Log: slog.New(slog.NewTextHandler(s.world.log, nil))})
	if err != nil {
		return fmt.Errorf("start centre: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host, s.handler, s.running = host, host.Handler(), &sync.WaitGroup{}
	s.life, s.kill = context.WithCancel(context.Background())
	if s.world.serverID == "" { // a restored one has the same
		s.world.serverID = host.Centre().ServerID()
	}
	return nil
}

// stop ends it between two requests, as a service is stopped.
func (s *shop) stop() error {
	s.mu.Lock()
	host := s.host
	s.host, s.handler = nil, nil
	s.mu.Unlock()
	if host == nil {
		return nil
	}
	s.kill()
	s.running.Wait()
	return host.Close()
}

// crash ends it without a word: what is on the disk at this moment is all there is.
func (s *shop) crash() error {
	s.mu.Lock()
	if s.host == nil {
		s.mu.Unlock()
		return nil
	}
	s.handler = nil
	s.mu.Unlock()
	s.kill()
	s.running.Wait()
	s.born++
	next := filepath.Join(filepath.Dir(s.dir), fmt.Sprintf("centre-%d", s.born))
	err := copyDir(s.dir, next)
	old := s.dir
	err = errors.Join(err, s.stop(), os.RemoveAll(old))
	s.dir = next
	return err
}

// keep makes a copy of the folder, as a backup does: of the database in one piece,
// and then of the files that it names.
func (s *shop) keep() error {
	s.mu.Lock()
	up := s.host != nil
	s.mu.Unlock()
	if !up {
		return nil
	}
	s.born++
	to := filepath.Join(filepath.Dir(s.dir), fmt.Sprintf("copy-%d", s.born))
	whole := to + ".db"
	if err := vacuum(filepath.Join(s.dir, "centre.db"), whole); err != nil {
		return err
	}
	if err := errors.Join(copyDir(s.dir, to), os.RemoveAll(filepath.Join(to, "centre.db-wal")), os.Rename(whole, filepath.Join(to, "centre.db"))); err != nil {
		return err
	}
	file, err := openProbe(filepath.Join(to, "centre.db"))
	if err != nil {
		return err
	}
	defer file.close()
	heads, err := file.heads()
	s.copies = append(s.copies, saved{to, heads})
	return err
}

// vacuum writes a database that others write to into a new file, as of one moment.
func vacuum(from, to string) error {
	db, err := sql.Open("sqlite3", "file:"+from+"?_busy_timeout=10000")
	if err != nil {
		return err
	}
	_, err = db.Exec("VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

// saved is a copy of the centre's folder, and where its logs stood.
type saved struct {
	dir   string
	heads map[string]int64
}

// restore puts an older copy in the centre's place.
func (s *shop) restore(n int) error {
	if err := s.stop(); err != nil {
		return err
	}
	s.born++
	next := filepath.Join(filepath.Dir(s.dir), fmt.Sprintf("centre-%d", s.born))
	old := s.copies[n%len(s.copies)]
	if err := copyDir(old.dir, next); err != nil {
		return err
	}
	s.world.loses(old.heads)
	err := os.RemoveAll(s.dir)
	s.mu.Lock()
	s.dir = next
	s.timeline++
	s.mu.Unlock()
	return errors.Join(err, s.start())
}

// check looks the whole centre over (inv.C1, inv.D1).
func (s *shop) check() {
	report, err := s.host.Centre().Check(context.Background())
	if err != nil {
		s.world.history.breaks("D1", "the centre cannot be checked: %v", err)
	}
	for _, fault := range report.Faults {
		s.world.history.breaks("C1", "%s", fault)
	}
}

// revoke ends the token of a desk.
func (s *shop) revoke(d *pc) error {
	if s.host == nil {
		return nil
	}
	return s.host.Centre().Revoke(context.Background(), d.joined.Install)
}

// copyDir copies a folder of plain files. The index of a write-ahead log is left
// out: it is of the process that made it.
func copyDir(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		if strings.HasSuffix(path, "-shm") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o600)
	})
}
