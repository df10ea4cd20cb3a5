package app

import (
	"testing"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// A technician who joins again is another user to the centre. What was left
// unsent is there to be seen, and is not sent by itself in the new name.
func TestStaffWhoJoinAgainSeeWhatTheyLeftUnsent(t *testing.T) {
	host, url := served(t)
	a := opened(t)
	join := func() {
		invite := must[wire.Invite](t)(host.Invite(t.Context(), repair.RoleTechnician, "", "Wei")).Code
		must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invite}))
	}
	join()
	h := a.inside.Load()
	first := h.now().Scope
	now := a.Now()
	if err := h.db.Update(t.Context(), func(t localdb.VaultTx) error {
		return t.Queue(h.ctx, localdb.OutboxItem{ID: "op-1", Scope: first, Kind: string(repair.CmdDiagnose), WorkOrder: "order-1",
			CreatedAt: repair.At(now), HoldUntil: repair.At(now.Add(50 * time.Second))}, []byte("{}"))
	}); err != nil {
		t.Fatal(err)
	}

	join()
	if h.now().Scope == first {
		t.Fatal("the same name again")
	}
	rows := must[[]desk.OutboxRow](t)((&Sync{a}).Outbox())
	if len(rows) != 1 || rows[0].ID != "op-1" || rows[0].Mark != desk.MarkRefused || rows[0].Reason == nil || rows[0].Reason.Code != localdb.ErrLeft.Code {
		t.Errorf("the outbox shows %+v", rows)
	}
}
