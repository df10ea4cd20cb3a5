package desk

import (
	"fmt"
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// A list that has run out of patience is told later that the rest is there, once:
// a list that asks for ever keeps the PC busy for ever.
func TestAListComesToRest(t *testing.T) {
	h := at(t)
	h.patience, h.kept = 0, 1 // nothing is computed at once, and little is kept
	for n := range 5 {
		c := *rt.Filed(1).Confirm().Case
		c.Order.ID, c.Order.Number = repair.WorkOrderID(rt.ID(1, n+1)), fmt.Sprint("WO-", n+1)
		c.Devices[0].ID, c.Devices[0].WorkOrder = repair.DeviceID(rt.ID(2, n+1)), c.Order.ID
		c.Devices[0].ShipDate = "2025-09-05" // its warranty ends soon: there is a deadline
		h.tell(&c)
	}
	list := func() (dated int) {
		t.Helper()
		page, err := h.Orders(h.ctx(), OrderQuery{})
		h.ok(err)
		for _, row := range page.Rows {
			if row.Deadline != "" {
				dated++
			}
		}
		return dated
	}
	told := func() (n int) {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, topic := range h.topics {
			if topic == "orders" {
				n++
			}
		}
		return n
	}
	if n := list(); n != 0 {
		t.Fatalf("%d rows were computed at once", n)
	}
	h.jobs.running.Wait()
	if told() != 1 {
		t.Fatalf("the page was told %d times: %v", told(), slices.Compact(h.topics))
	}
	if n := list(); n != 5 {
		t.Errorf("%d of 5 rows have their deadline", n)
	}
	h.jobs.running.Wait()
	if told() != 1 {
		t.Errorf("the list began again: the page was told %d times", told())
	}
}
