package simtest

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/repair"
)

// probe reads a SQLite file behind the program's back: what is on the disk
// counts, not what the program says about it. It knows some tables by name.
type probe struct{ db *sql.DB }

func openProbe(path string) (probe, error) {
	if _, err := os.Stat(path); err != nil {
		return probe{}, err
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_query_only=true&_busy_timeout=10000")
	if err != nil {
		return probe{}, err
	}
	db.SetMaxOpenConns(1)
	return probe{db}, nil
}

func (p probe) close() { _ = p.db.Close() }

// sound runs SQLite's own checks: "" when all is well.
func (p probe) sound() string {
	var answer string
	if err := p.db.QueryRow("PRAGMA integrity_check").Scan(&answer); err != nil {
		return err.Error()
	}
	if answer != "ok" {
		return answer
	}
	rows, err := p.db.Query("PRAGMA foreign_key_check")
	if err != nil {
		return err.Error()
	}
	defer func() { _ = rows.Close() }()
	if rows.Next() {
		return "a foreign key leads nowhere"
	}
	return ""
}

// copied gives what a cache holds for a scope and where its pull stands.
func (p probe) copied(scope string) (copied rows, cursor string, err error) {
	var n int64
	switch err := p.db.QueryRow("SELECT n, cursor FROM scope WHERE name = ?", scope).Scan(&n, &cursor); {
	case err == sql.ErrNoRows:
		return rows{}, "", nil
	case err != nil:
		return nil, "", err
	}
	copied = rows{}
	list, err := p.db.Query(`SELECT t, id, rev, body, body IS NULL FROM entity WHERE scope = ?1
		UNION ALL SELECT t, id, rev, body, 0 FROM quarantine WHERE scope = ?1`, n)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = list.Close() }()
	for list.Next() {
		var t, id string
		var e entry
		var body []byte
		if err := list.Scan(&t, &id, &e.rev, &body, &e.gone); err != nil {
			return nil, "", err
		}
		e.hash = hashOf(body)
		copied[t+" "+id] = e
	}
	return copied, cursor, list.Err()
}

// kept is one thing of an outbox.
type kept struct {
	id, state, fingerprint, answer string
	rev                            int64
}

func (p probe) outbox() (map[string]kept, error) {
	list, err := p.db.Query("SELECT id, state, fingerprint, answer, rev FROM outbox")
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	out := map[string]kept{}
	for list.Next() {
		var k kept
		if err := list.Scan(&k.id, &k.state, &k.fingerprint, &k.answer, &k.rev); err != nil {
			return nil, err
		}
		out[k.id] = k
	}
	return out, list.Err()
}

// onlyHere names the work orders of which a desk shows what its centre lost.
func (p probe) onlyHere() (map[string]bool, error) {
	list, err := p.db.Query("SELECT work_order FROM only_here")
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	out := map[string]bool{}
	for list.Next() {
		var id string
		if err := list.Scan(&id); err != nil {
			return nil, err
		}
		out[id] = true
	}
	return out, list.Err()
}

// files gives the hashes of files in a state.
func (p probe) files(state string) (hashes []string, err error) {
	list, err := p.db.Query("SELECT sha256 FROM file WHERE state = ?", state)
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	for list.Next() {
		var hash string
		if err := list.Scan(&hash); err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, list.Err()
}

// done is one commit of the centre, in the order of all.
type done struct {
	rev            int64
	at             repair.Instant
	op, kind, user string
}

func (p probe) commits() ([]done, error) {
	list, err := p.db.Query(`SELECT a.seq, c.at, c.op, c.kind, c.user FROM commit_log a
		JOIN commit_log c ON c.scope = a.of_scope AND c.seq = a.of_seq WHERE a.scope = '' ORDER BY a.seq`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	var out []done
	for list.Next() {
		var d done
		if err := list.Scan(&d.rev, &d.at, &d.op, &d.kind, &d.user); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, list.Err()
}

// heads gives where each scope's log stands.
func (p probe) heads() (map[string]int64, error) {
	list, err := p.db.Query("SELECT scope, seq FROM scope_head")
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	out := map[string]int64{}
	for list.Next() {
		var scope string
		var seq int64
		if err := list.Scan(&scope, &seq); err != nil {
			return nil, err
		}
		out[scope] = seq
	}
	return out, list.Err()
}

// remembered is an answer that the centre keeps.
type remembered struct {
	id, kind, fingerprint string
	status                int
	body                  []byte
}

func (p probe) answers() (map[string]remembered, error) {
	list, err := p.db.Query("SELECT account, id, kind, fingerprint, status, body FROM op")
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	out := map[string]remembered{}
	for list.Next() {
		var account string
		var r remembered
		if err := list.Scan(&account, &r.id, &r.kind, &r.fingerprint, &r.status, &r.body); err != nil {
			return nil, err
		}
		out[account+"/"+r.id] = r
	}
	return out, list.Err()
}

// examine looks at a desk's files between two runs of its program.
func (w *World) examine(p *pc) {
	for _, name := range []string{"vault.db", "cache.db"} {
		file, err := openProbe(filepath.Join(p.dir, name))
		if err != nil {
			w.history.breaks("D1", "%s of %s: %v", name, p.name, err)
			continue
		}
		if fault := file.sound(); fault != "" {
			w.history.breaks("D1", "%s of %s: %s", name, p.name, fault)
		}
		if name == "cache.db" {
			w.checkCopy(p, file)
		} else {
			w.checkIntents(p, file)
		}
		file.close()
	}
}

// copy reads what a desk holds and where its pull stands.
func (p *pc) copy() (rows, string, error) {
	file, err := openProbe(filepath.Join(p.dir, "cache.db"))
	if err != nil {
		return nil, "", err
	}
	defer file.close()
	return file.copied(string(p.scope()))
}

// checkCopy: rows and cursor move together (inv.R7).
func (w *World) checkCopy(p *pc, file probe) {
	copied, cursor, err := file.copied(string(p.scope()))
	if err != nil {
		w.history.breaks("D1", "cache of %s: %v", p.name, err)
		return
	}
	w.history.mu.Lock()
	defer w.history.mu.Unlock()
	w.checkRevs(p, copied)
	bad := w.history.poisoned[p.name]
	copied = copied.but(bad)
	possible := w.history.states[p.name+cursor]
	if cursor == "" || len(possible) == 0 {
		return
	}
	why := ""
	for _, state := range possible {
		if why = state.but(bad).differ(copied); why == "" {
			return
		}
	}
	w.history.fail("R7", "the copy of %s is not that of its cursor: %s", p.name, why)
}

// checkRevs: no row goes back (inv.R8), but where the centre itself has.
func (w *World) checkRevs(p *pc, copied rows) {
	w.centre.mu.Lock()
	timeline := w.centre.timeline
	w.centre.mu.Unlock()
	if timeline == 0 && p.timeline == 0 {
		for key, before := range p.copied {
			if now, known := copied[key]; known && now.rev < before.rev {
				w.history.fail("R8", "%s of %s was at rev %d and is at %d", key, p.name, before.rev, now.rev)
			}
		}
	}
	p.copied, p.timeline = copied, timeline
}

// checkIntents: what the person was told is on its way is there, in the same
// bytes (inv.W4, inv.W5).
func (w *World) checkIntents(p *pc, file probe) {
	items, err := file.outbox()
	if err != nil {
		w.history.breaks("D1", "outbox of %s: %v", p.name, err)
		return
	}
	w.history.mu.Lock()
	defer w.history.mu.Unlock()
	for _, i := range w.history.intents {
		if i.at != p || i.withdrawn || i.forgotten {
			continue
		}
		item, there := items[i.id]
		if !there {
			w.history.fail("W4", "%s %s was queued at %s and is gone", i.kind, i.id, p.name)
		} else if item.fingerprint != i.fingerprint {
			w.history.fail("W5", "%s %s has other bytes in the outbox of %s", i.kind, i.id, p.name)
		}
		if item.state == "accepted" {
			w.history.accepted[i.id] = true
		} else if w.history.accepted[i.id] && w.centre.timeline == 0 { // else it was offered again
			w.history.fail("W2", "%s %s was accepted and is %s now", i.kind, i.id, item.state)
		}
	}
}

func trimmed(text string) string {
	if text = strings.TrimSpace(text); len(text) > 300 {
		return text[:300] + "…"
	}
	return text
}
