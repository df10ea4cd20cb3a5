package simtest

import (
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hashmend/backend/centrehost"
)

// keep makes a copy of the PC's folder, as people copy folders.
func (p *pc) keep() error {
	if !p.up() {
		return nil
	}
	p.born++
	to := filepath.Join(filepath.Dir(p.dir), fmt.Sprintf("%s-kept-%d", p.name, p.born))
	p.backup, p.made = to, len(p.world.history.intents)
	return copyDir(p.dir, to)
}

// older sets the PC back to its copy: a backup, or the snapshot of a virtual
// machine. What was decided since is forgotten here; what of it came to the centre
// is there, once.
func (p *pc) older() error {
	if p.backup == "" {
		return nil
	}
	if err := p.stop(); err != nil {
		return err
	}
	p.born++
	next := filepath.Join(filepath.Dir(p.dir), fmt.Sprintf("%s-%d", p.name, p.born))
	if err := errors.Join(copyDir(p.backup, next), os.RemoveAll(p.dir)); err != nil {
		return err
	}
	p.dir, p.copied = next, nil
	h := p.world.history
	h.mu.Lock()
	for _, i := range h.intents {
		if i.at == p {
			delete(h.accepted, i.id)
		}
	}
	for _, i := range h.intents[p.made:] {
		i.forgotten = i.forgotten || i.at == p
	}
	h.mu.Unlock()
	return p.start()
}

// twin starts a copy of the PC's folder on a second PC, as the same install. Both
// have the same outbox and send it.
func (w *World) twin(p *pc) error {
	if !p.up() || len(w.desks) > len(names) || w.leap.Load() > 0 { // of two copies, the exchange of tokens shuts both out
		return nil
	}
	name := p.name + "-twin"
	other := &pc{world: w, name: name, dir: filepath.Join(filepath.Dir(p.dir), name), joined: p.joined,
		line: &line{world: w, name: name, state: calm, bad: map[string]int64{}}}
	other.token.Store(p.token.Load())
	if err := copyDir(p.dir, other.dir); err != nil {
		return err
	}
	copied, cursor, err := other.copy()
	if err != nil {
		return err
	}
	w.history.mu.Lock()
	w.history.states[name+cursor] = []rows{copied}
	w.history.poisoned[name] = map[string]bool{}
	for key := range w.history.poisoned[p.name] {
		w.history.poisoned[name][key] = true
	}
	w.history.mu.Unlock()
	w.history.mu.Lock()
	for _, i := range w.history.intents {
		i.shared = i.shared || i.at == p
	}
	w.history.mu.Unlock()
	w.desks = append(w.desks, other)
	return other.start()
}

// elsewhere lets another centre answer at the address for a while: an empty one,
// or that of another tenant. Nothing of ours may come to it (inv.R11, inv.W7).
func (w *World) elsewhere(d time.Duration) error {
	other, err := centrehost.Open(w.centre.life, filepath.Join(w.dir, fmt.Sprint("other-", w.centre.born)), centrehost.Options{Now: w.now})
	if err != nil {
		return err
	}
	ours := w.centre.change(other.Handler())
	before := w.history.answered()
	time.Sleep(d)
	w.centre.change(ours)
	if n := w.history.answered(); n > before {
		w.history.breaks("W7", "another centre has taken %d writes of ours", n-before)
	}
	return other.Close()
}

// aged gives the PC's copy a cursor from before the last change of its form, as a
// desk has that was updated, or was away for too long: the centre says that it
// has expired.
func (p *pc) aged() error {
	if err := p.stop(); err != nil {
		return err
	}
	scope := string(p.joined.Account)
	if scope == "" {
		scope = "*"
	}
	old := append([]byte{1, byte(len(scope))}, scope...)
	old = append(old, make([]byte, 16)...)
	db, err := sql.Open("sqlite3", filepath.Join(p.dir, "cache.db"))
	if err != nil {
		return err
	}
	_, err = db.Exec("UPDATE scope SET cursor = ? WHERE name = ? AND cursor <> ''", base64.RawURLEncoding.EncodeToString(old), string(p.scope()))
	return errors.Join(err, db.Close(), p.start())
}
