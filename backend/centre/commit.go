package centre

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"

	"hashmend/backend/fault"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// deed is one transaction and the log lines that end it. It has one time, whatever
// the clock does meanwhile: what the rules saw is what the log says.
type deed struct {
	Tx
	at    repair.Instant
	lines []Commit
}

// update does one deed. Where it stands in the logs is written as the last thing
// of its transaction, so that a store with many writers holds the common log of
// the centre's own people as shortly as can be.
func (c *Centre) update(ctx context.Context, do func(*deed) error) error {
	var moved []Scope
	err := c.store.Update(ctx, func(tx Tx) error {
		d := &deed{Tx: tx, at: c.at()}
		moved = nil
		if err := do(d); err != nil {
			return err
		}
		for _, line := range d.lines {
			if err := d.append(ctx, line); err != nil {
				return err
			}
			moved = append(moved, line.Scope)
		}
		fault.Hit(fault.CentreBeforeCommit)
		return nil
	})
	if err == nil && len(moved) > 0 {
		fault.Hit(fault.CentreAfterCommit)
		c.moved.tell(moved)
		if herald, ok := c.store.(Herald); ok {
			herald.Announce(moved)
		}
	}
	return err
}

// place gives where the deed's commit to a scope stands, as a cursor.
func (d *deed) place(scope Scope) wire.Cursor {
	for _, line := range d.lines {
		if line.Scope == scope {
			own, _ := placeOf(line, nil)
			return wire.Position{Scope: scope.name(), Own: own}.Cursor()
		}
	}
	return ""
}

// append writes a line, and that of the centre's own people who see everything.
func (d *deed) append(ctx context.Context, line Commit) error {
	if line.Scope == Own {
		return d.Append(ctx, line)
	}
	if err := d.Append(ctx, line); err != nil {
		return err
	}
	all, err := d.Head(ctx, Own)
	if err != nil {
		return err
	}
	sum := Commit{Mark: Mark{Own, all.Seq + 1}, Digest: line.Chain, At: line.At, Of: line.Mark, Form: formOfScope}
	sum.Chain = link(all.Chain, sum)
	return d.Append(ctx, sum)
}

// writer writes the rows of one commit, all with its rev.
type writer struct {
	tx     Tx
	scope  Scope
	rev    int64
	at     repair.Instant
	digest hash.Hash
}

// commit gives what write saves one rev in its scope and one line in its log. A
// deed commits to a scope once.
func (c *Centre) commit(ctx context.Context, d *deed, scope Scope, why Commit, write func(*writer) error) (int64, error) {
	head, err := d.Head(ctx, scope)
	if err != nil {
		return 0, err
	}
	w := &writer{tx: d, scope: scope, rev: head.Seq + 1, at: d.at, digest: sha256.New()}
	if err := write(w); err != nil {
		return 0, err
	}
	why.Mark = Mark{scope, w.rev}
	why.Of, why.Form, why.At, why.Digest = why.Mark, formOfScope, d.at, w.digest.Sum(nil)
	why.Chain = link(head.Chain, why)
	d.lines = append(d.lines, why)
	return w.rev, nil
}

// save writes a row; v becomes its body, unless the row is deleted.
func (w *writer) save(ctx context.Context, r Row, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.T, r.ID, err)
	}
	r.Scope, r.Rev, r.Body = w.scope, w.rev, body
	if err := w.tx.Save(ctx, r); err != nil {
		return fmt.Errorf("%s %s: %w", r.T, r.ID, err)
	}
	sum := sha256.Sum256(body)
	fmt.Fprintf(w.digest, "%s %s %t %x\n", r.T, r.ID, r.Deleted, sum)
	return nil
}

// Forms of a chain.
const (
	formOfAll   = 1 // one log for everything, as it was first
	formOfScope = 2 // one log for each scope
)

// link is the chain's next hash: it covers the line and all before it.
func link(before []byte, c Commit) []byte {
	h := sha256.New()
	h.Write(before)
	var seq [8]byte
	binary.BigEndian.PutUint64(seq[:], uint64(c.Seq))
	h.Write(seq[:])
	fmt.Fprintf(h, "%q %q %q %q %q %q", c.At, c.Op, c.Kind, c.Account, c.User, c.Install)
	if c.Form != formOfAll {
		fmt.Fprintf(h, " %q %q %d ", c.Scope, c.Of.Scope, c.Of.Seq)
	}
	h.Write(c.Digest)
	return h.Sum(nil)
}

// signed fills in who commits.
func (by Caller) signed(op, kind string) Commit {
	return Commit{Op: op, Kind: kind, Account: by.Account, User: by.User, Install: by.Install}
}
