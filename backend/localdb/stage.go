package localdb

import (
	"context"
	"strconv"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Staged is a snapshot on its way. At is the centre's cursor from before it began,
// "" before its first answer.
type Staged struct {
	Why             string // the code of what asked for it, "" for the first pull
	At              string
	AfterT, AfterID string
	Arrived, Total  int64
	n               int64
}

func stagedName(scope Scope) string { return string(scope) + " staged" }

// Standing is where the pull of a scope stands.
type Standing struct {
	Cursor string
	Pulled repair.Instant // when the centre answered last
	Staged *Staged        // nil when none is on its way
	Left   bool           // something has lost its place: see SweepLeft
}

// Standing says where the pull of a scope stands, in one look.
func (db *DB) Standing(ctx context.Context, scope Scope) (out Standing, err error) {
	err = db.noted(db.cache.View(ctx, func(tx *sqlkit.Tx) error {
		var n int64
		if _, err := tx.Row(ctx, "scope_one", sqlkit.P{"name": string(scope)}, &n, &out.Cursor, &out.Pulled); err != nil {
			return err
		}
		s, found, err := staged(ctx, tx, scope)
		if err != nil {
			return err
		}
		if found {
			out.Staged = &s
		}
		out.Left, err = tx.Row(ctx, "left_scope", sqlkit.P{}, &n)
		return err
	}))
	return out, err
}

// Staged gives the snapshot that is on its way to a scope.
func (db *DB) Staged(ctx context.Context, scope Scope) (s Staged, found bool, err error) {
	err = db.noted(db.cache.View(ctx, func(tx *sqlkit.Tx) error {
		s, found, err = staged(ctx, tx, scope)
		return err
	}))
	return s, found, err
}

func staged(ctx context.Context, tx *sqlkit.Tx, scope Scope) (s Staged, found bool, err error) {
	found, err = tx.Row(ctx, "staged_one", sqlkit.P{"name": stagedName(scope)},
		&s.n, &s.Why, &s.At, &s.AfterT, &s.AfterID, &s.Arrived, &s.Total)
	return s, found, err
}

// Stage begins a snapshot beside what a scope knows. One that was begun before is
// thrown away.
func (db *DB) Stage(ctx context.Context, scope Scope, why string) error {
	return db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		if err := leave(ctx, tx, stagedName(scope)); err != nil {
			return err
		}
		n, err := scopeNumber(ctx, tx, stagedName(scope))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "staged_begin", sqlkit.P{"scope": n, "why": why})
		return err
	}))
}

// StageRows writes rows of a snapshot and where it goes on behind them, both or
// neither. at and total are those of its first line.
func (db *DB) StageRows(ctx context.Context, scope Scope, at string, total int64, rows []Change) (done Applied, err error) {
	err = db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		s, found, err := staged(ctx, tx, scope)
		if err != nil {
			return err
		}
		if !found {
			return notFound("sync.nothing_staged", string(scope))
		}
		if done, err = applyRows(ctx, tx, s.n, rows); err != nil {
			return err
		}
		if len(rows) > 0 {
			last := rows[len(rows)-1]
			s.AfterT, s.AfterID = last.T, last.ID
		}
		_, err = tx.Exec(ctx, "staged_move", sqlkit.P{"scope": s.n, "cursor": at, "after_t": s.AfterT, "after_id": s.AfterID,
			"arrived": len(rows), "total": total})
		return err
	}))
	return done, err
}

// OnlyLive gives at most limit rows, by type and id, that a scope knows and its
// staged snapshot does not have.
func (db *DB) OnlyLive(ctx context.Context, scope Scope, afterT, afterID string, limit int) (out []Change, err error) {
	err = db.noted(db.cache.View(ctx, func(tx *sqlkit.Tx) error {
		var live int64
		var cursor, at string
		known, err := tx.Row(ctx, "scope_one", sqlkit.P{"name": string(scope)}, &live, &cursor, &at)
		if err != nil || !known {
			return err
		}
		s, found, err := staged(ctx, tx, scope)
		if err != nil || !found {
			return err
		}
		p := sqlkit.P{"scope": live, "staged": s.n, "after_t": afterT, "after_id": afterID, "limit": limit}
		return tx.Each(ctx, "only_live", p, func(scan func(...any) error) error {
			var c Change
			var body []byte
			err := scan(&c.T, &c.ID, &c.Rev, &c.WorkOrder, &body)
			c.D = body
			out = append(out, c)
			return err
		})
	}))
	return out, err
}

// Swap lets the staged snapshot take the place of what a scope knew, in one
// moment. What it knew is swept away later: see SweepLeft.
func (db *DB) Swap(ctx context.Context, scope Scope, now repair.Instant) error {
	return db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		s, found, err := staged(ctx, tx, scope)
		if err != nil || !found {
			return err
		}
		if err := leave(ctx, tx, string(scope)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "scope_rename", sqlkit.P{"name": stagedName(scope), "to": string(scope)}); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "scope_move", sqlkit.P{"scope": s.n, "cursor": s.At, "at": string(now)})
		return err
	}))
}

// leave takes the name from a copy, if there is one: it is to be swept away.
func leave(ctx context.Context, tx *sqlkit.Tx, name string) error {
	var n int64
	var cursor, at string
	found, err := tx.Row(ctx, "scope_one", sqlkit.P{"name": name}, &n, &cursor, &at)
	if err != nil || !found {
		return err
	}
	_, err = tx.Exec(ctx, "scope_rename", sqlkit.P{"name": name, "to": name + " left " + strconv.FormatInt(n, 10)})
	return err
}

// sweepStep is how many rows of a table one transaction sweeps away: nobody waits
// for it longer than for a page of changes.
const sweepStep = 1000

// SweepLeft sweeps away a part of what has lost its place, and reports whether
// there is more.
func (db *DB) SweepLeft(ctx context.Context) (more bool, err error) {
	err = db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		var n int64
		if more, err = tx.Row(ctx, "left_scope", sqlkit.P{}, &n); err != nil || !more {
			return err
		}
		p := sqlkit.P{"scope": n, "limit": sweepStep}
		var swept int64
		for _, name := range []string{"sweep_text", "sweep_devices", "sweep_waybills", "sweep_orders", "sweep_quarantine"} {
			count, err := tx.Exec(ctx, name, p)
			if err != nil {
				return err
			}
			swept += count
		}
		if swept > 0 {
			return nil // entities last: the others refer to them
		}
		if swept, err = tx.Exec(ctx, "sweep_entities", p); err != nil || swept > 0 {
			return err
		}
		_, err := tx.Exec(ctx, "sweep_scope", p)
		return err
	}))
	return more, err
}
