package desk

import (
	"testing"

	"hashmend/backend/localdb"
	rt "hashmend/backend/repairtest"
)

// Two accounts share this PC, or one person plays two roles: a page that is
// still open belongs to whom it was opened for.
func TestADraftIsSentOnlyForWhomItWasWritten(t *testing.T) {
	h := at(t)
	id := h.draft(2)

	h.who = rt.Stranger
	_, err := h.SendDraft(h.ctx(), id)
	h.refused(err, "draft.not_found")
	_, err = h.Draft(h.ctx(), id)
	h.refused(err, "draft.not_found")
	_, err = h.CreateDraft(h.ctx(), id)
	h.refused(err, "order.not_found")

	h.who = rt.Technician
	own, err := h.CreateDraft(h.ctx(), "")
	h.ok(err)
	_, err = h.SendDraft(h.ctx(), own.ID)
	h.refused(err, "person.wrong_side")

	for _, who := range []localdb.Scope{h.session().Scope, localdb.ScopeOf(server, rt.Stranger.Account, "")} {
		h.ok(h.DB.View(h.ctx(), func(tx localdb.VaultTx) error {
			items, err := tx.OpenOutbox(h.ctx(), who)
			if len(items) > 0 {
				t.Errorf("%s sends somebody else's draft", who)
			}
			return err
		}))
	}
	h.who = rt.Farmer
	if v, err := h.SendDraft(h.ctx(), id); err != nil || v.State != MarkHolding {
		t.Errorf("its own: %+v %v", v.State, err)
	}
}
