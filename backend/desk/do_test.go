package desk

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func offered(v OrderView, kind repair.CommandKind) bool {
	return slices.ContainsFunc(v.Offers, func(o repair.Offer) bool { return o.Kind == kind })
}

func (h *hand) order() OrderView {
	h.t.Helper()
	v, err := h.Order(h.ctx(), string(rt.OrderID))
	h.ok(err)
	return v
}

func TestADecisionChangesNothingUntilTheCentreHasSpoken(t *testing.T) {
	h := at(t)
	s := rt.Filed(2)
	h.tell(s.Case)
	if !offered(h.order(), repair.CmdCancel) {
		t.Fatal("cancel is not offered")
	}
	row, err := h.Do(h.ctx(), repair.Command{Kind: repair.CmdCancel, WorkOrder: rt.OrderID})
	h.ok(err)
	if row.Mark != MarkWaiting || row.Number != "JM-260302-0001" {
		t.Errorf("got %+v", row)
	}
	v := h.order()
	if v.Order.Stage != repair.StageSubmitted || len(v.Pending) != 1 || v.Sync != MarkWaiting {
		t.Errorf("the cache must not move: %s %+v", v.Order.Stage, v.Pending)
	}
	if offered(v, repair.CmdCancel) {
		t.Error("what is on its way is offered again")
	}
	_, err = h.Do(h.ctx(), repair.Command{Kind: repair.CmdCancel, WorkOrder: rt.OrderID})
	h.refused(err, "order.ended")
	h.deliver(s)
	if v = h.order(); v.Order.Stage != repair.StageCancelled || len(v.Pending) != 0 || v.Sync != MarkSent {
		t.Errorf("got %s %+v", v.Order.Stage, v.Pending)
	}
}

func TestAnAcceptedDecisionIsShownAheadUntilItIsPulled(t *testing.T) {
	h := at(t)
	s := rt.Filed(1)
	h.tell(s.Case)
	row, err := h.Do(h.ctx(), repair.Command{Kind: repair.CmdCancel, WorkOrder: rt.OrderID})
	h.ok(err)
	_, _, err = h.DB.MarkSending(h.ctx(), row.ID, repair.At(h.now))
	h.ok(err)
	h.ok(h.DB.MarkAccepted(h.ctx(), row.ID, h.rev+1, []byte(`{}`), repair.At(h.now)))
	if offered(h.order(), repair.CmdCancel) {
		t.Error("cancel is offered although the centre has said yes")
	}
}

func TestARefusedDecisionSaysWhyAndMayBeDecidedAgain(t *testing.T) {
	h := at(t)
	s := rt.Filed(1)
	h.tell(s.Case)
	row, err := h.Do(h.ctx(), repair.Command{Kind: repair.CmdMessage, WorkOrder: rt.OrderID, Text: "hello"})
	h.ok(err)
	_, _, err = h.DB.MarkSending(h.ctx(), row.ID, repair.At(h.now))
	h.ok(err)
	h.ok(h.DB.MarkRefused(h.ctx(), row.ID, &repair.Error{Kind: repair.Conflict, Code: "order.changed"}, repair.At(h.now)))
	needs, err := h.Needs(h.ctx())
	h.ok(err)
	if len(needs) != 1 || needs[0].Kind != "refused_command" || needs[0].Args["code"] != "order.changed" {
		t.Errorf("got %+v", needs)
	}
	h.ok(h.RetryOutbox(h.ctx(), row.ID))
	rows, err := h.Outbox(h.ctx())
	h.ok(err)
	if len(rows) != 1 || rows[0].ID == row.ID || rows[0].Mark != MarkWaiting {
		t.Errorf("got %+v", rows)
	}
	h.ok(h.DiscardOutbox(h.ctx(), rows[0].ID))
	if rows, err = h.Outbox(h.ctx()); err != nil || len(rows) != 0 {
		t.Errorf("got %+v %v", rows, err)
	}
}

func TestWhatMayBeWithTheCentreCannotBeTakenBack(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Case)
	row, err := h.Do(h.ctx(), repair.Command{Kind: repair.CmdMessage, WorkOrder: rt.OrderID, Text: "hello"})
	h.ok(err)
	_, _, err = h.DB.MarkSending(h.ctx(), row.ID, repair.At(h.now))
	h.ok(err)
	h.ok(h.DB.MarkRetry(h.ctx(), row.ID, nil, h.now, 0))
	h.refused(h.DiscardOutbox(h.ctx(), row.ID), "outbox.too_late")
}

func TestDevicesShowTheirQuoteAndWhatMayBeDone(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Quote(repair.Scrap, repair.Normal).Case)
	page, err := h.OrderDevices(h.ctx(), DeviceQuery{Order: string(rt.OrderID)})
	h.ok(err)
	scrap, normal := page.Rows[0], page.Rows[1]
	if !scrap.Declinable || scrap.DeclineRule != "R31" || !slices.Contains(scrap.Actions, repair.CmdDeclineQuotes) {
		t.Errorf("R31 scrap may be declined: %+v", scrap)
	}
	if normal.Declinable || normal.DeclineRule != "R32" || slices.Contains(normal.Actions, repair.CmdDeclineQuotes) {
		t.Errorf("R32 normal may not: %+v", normal)
	}
	for _, q := range []DeviceQuery{{Statuses: []string{"quoted"}, Text: "00002q"}, {Text: "2600002"}} {
		q.Order = string(rt.OrderID)
		if page, err = h.OrderDevices(h.ctx(), q); err != nil || page.Total != 1 || page.Rows[0].Device.Line != 2 {
			t.Errorf("%+v: %+v %v", q, page, err)
		}
	}
}

func TestAStrangersWorkOrderDoesNotExist(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Case)
	h.who = rt.Stranger
	_, err := h.Order(h.ctx(), string(rt.OrderID))
	h.refused(err, "order.not_found")
	_, err = h.Do(h.ctx(), repair.Command{Kind: repair.CmdCancel, WorkOrder: rt.OrderID})
	h.refused(err, "order.not_found")
}
