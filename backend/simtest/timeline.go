package simtest

import (
	"context"

	"hashmend/backend/client"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// loses notes the cursors that a centre has given and, set back to an older copy,
// does not know: what they stand behind is gone.
func (w *World) loses(heads map[string]int64) {
	h := w.history
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.offsets) // an older copy has fewer bytes of an upload, and says so
	for scope, cursors := range h.cursors {
		for text := range cursors {
			p, err := wire.Cursor(text).Position()
			if err != nil {
				continue
			}
			name := p.Scope
			if name == "*" { // the centre's own people
				name = ""
			}
			if p.Own.Seq > heads[name] {
				w.lost[scope] = append(w.lost[scope], wire.Cursor(text))
				delete(cursors, text)
			}
		}
	}
}

// checkLost: a cursor of a lost timeline is never accepted, neither at once nor
// when the centre has come past the same number again (inv.R10).
func (w *World) checkLost() error {
	for _, p := range w.desks {
		c, err := client.New(client.Options{BaseURL: centreURL, Token: *p.token.Load(), ServerID: p.joined.ServerID,
			HTTP: &line{world: w, name: witness, state: calm, who: p.person(), scope: witness}})
		if err != nil {
			return err
		}
		for _, cursor := range w.lost[string(p.scope())] {
			if _, err := c.Changes(context.Background(), cursor, 1); err == nil {
				w.history.breaks("R10", "a cursor of a lost timeline was accepted from %s", p.name)
			}
		}
	}
	return nil
}

// sayAgain lets each person confirm what is about money: a restored centre is
// offered it again only then.
func (w *World) sayAgain() error {
	for _, p := range w.desks {
		if err := p.db.Update(context.Background(), func(t localdb.VaultTx) error {
			_, err := t.SayAgain(context.Background(), p.scope(), "", true, repair.At(p.now()))
			return err
		}); err != nil {
			return err
		}
		p.sync.Wake()
	}
	return nil
}
