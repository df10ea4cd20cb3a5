package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// order makes a case of its own from a story: number n.
func order(n int) *repair.Case {
	c := rt.Filed(1).Case
	c.Order.ID = repair.WorkOrderID(rt.ID(90, n))
	c.Order.Number = fmt.Sprintf("JM-%04d", n)
	c.Order.SubmittedAt = repair.At(rt.Start.Add(time.Duration(n) * time.Minute))
	c.Order.LastContactAt = c.Order.SubmittedAt
	dev := &c.Devices[0]
	dev.ID, dev.WorkOrder, dev.Serial = repair.DeviceID(rt.ID(91, n)), c.Order.ID, repair.SerialNumber(fmt.Sprintf("MINER%05d", n))
	return c
}

func TestTheListIsReadPageByPageWithoutLossOrRepetition(t *testing.T) {
	h := at(t)
	for n := 1; n <= 23; n++ {
		h.tell(order(n))
	}
	for range 4 {
		h.draft(1)
		h.now = h.now.Add(5 * time.Minute)
	}
	seen := map[string]bool{}
	var last repair.Instant = "9999"
	after, pages := "", 0
	for {
		page, err := h.Orders(h.ctx(), OrderQuery{After: after, Limit: 5})
		h.ok(err)
		if page.Total != 27 || page.Counts["draft"] != 4 || page.Counts["submitted"] != 23 {
			t.Errorf("total %d, counts %v", page.Total, page.Counts)
		}
		for _, row := range page.Rows {
			if seen[row.ID] || row.Updated > last {
				t.Errorf("%s stands twice or out of order", row.ID)
			}
			seen[row.ID], last = true, row.Updated
		}
		pages++
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 27 || pages != 6 {
		t.Errorf("%d rows on %d pages", len(seen), pages)
	}
}

func TestAWorkOrderIsFoundByWhateverIsKnownOfIt(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Send().Case)
	h.tell(order(7))
	id := h.draft(0)
	_, err := h.SetDraftHeader(h.ctx(), id, DraftHeader{Reference: "Rig Seven"})
	h.ok(err)
	for text, want := range map[string]string{
		"0302":                    "JM-260302-0001", // part of the number
		"FARM-7":                  "JM-260302-0001 JM-0007",
		"jxt2600002q":             "JM-260302-0001", // a serial number
		"JXT26000":                "JM-260302-0001", // its beginning
		"00002Q":                  "JM-260302-0001", // any part
		"sf3297600000001":         "JM-260302-0001", // the waybill
		"SF32976":                 "JM-260302-0001",
		"MINER00007":              "JM-0007",
		"rig sev":                 "draft",
		"nothing has such a name": "",
	} {
		page, err := h.Orders(h.ctx(), OrderQuery{Text: text})
		h.ok(err)
		var got string
		for _, row := range page.Rows {
			name := row.Number
			if row.Draft {
				name = "draft"
			}
			if got != "" {
				got += " "
			}
			got += name
		}
		if got != want && got != "JM-0007 JM-260302-0001" {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestAPastedListOfSerialsSaysWhichAreUnknown(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(3).Case)
	h.tell(order(1))
	id := h.draft(0)
	_, err := h.ScanDraft(h.ctx(), id, "ONLYHERE1")
	h.ok(err)
	list := "jxt2600001q\nJXT2600003Q\r\nMINER00001\nONLYHERE1\nNOSUCH0001\nJXT2600001Q"
	page, err := h.Orders(h.ctx(), OrderQuery{Text: list})
	h.ok(err)
	if page.Asked != 5 || page.Found != 4 || len(page.Unknown) != 1 || page.Unknown[0] != "NOSUCH0001" || len(page.Rows) != 3 {
		t.Errorf("got %d of %d, unknown %v, %d rows", page.Found, page.Asked, page.Unknown, len(page.Rows))
	}
	hits, err := h.FindDevices(h.ctx(), list)
	h.ok(err)
	if len(hits) != 4 {
		t.Errorf("got %d devices", len(hits))
	}
}

func TestASentDraftIsListedUntilItsWorkOrderArrives(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	v, err := h.SendDraft(h.ctx(), id)
	h.ok(err)
	page, err := h.Orders(h.ctx(), OrderQuery{})
	h.ok(err)
	if len(page.Rows) != 1 || page.Rows[0].Stage != repair.StageQueued || page.Rows[0].Sync != MarkHolding || !page.Rows[0].Draft {
		t.Errorf("got %+v", page.Rows)
	}
	c := order(1)
	c.Order.ID = repair.WorkOrderID(v.Order)
	c.Devices[0].WorkOrder = c.Order.ID
	h.tell(c)
	other := h.draft(1)
	seen, after := []string{}, ""
	for {
		page, err := h.Orders(h.ctx(), OrderQuery{Limit: 1, After: after})
		h.ok(err)
		if page.Total != 2 {
			t.Errorf("total %d", page.Total)
		}
		seen = append(seen, page.Rows[0].ID)
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 2 || !slices.Contains(seen, other) || !slices.Contains(seen, v.Order) {
		t.Errorf("got %v: what was sent must hide nothing", seen)
	}
	if v, err = h.Draft(h.ctx(), id); err != nil || v.Order == "" {
		t.Errorf("the draft leads to its work order: %+v %v", v, err)
	}
}

func TestTheListMayBeNarrowed(t *testing.T) {
	h := at(t)
	h.tell(rt.At(repair.StageClosed).Case)
	h.tell(order(1))
	h.draft(1)
	for _, c := range []struct {
		query OrderQuery
		want  int
	}{
		{OrderQuery{Mine: "drafts"}, 1}, {OrderQuery{Mine: "open"}, 1}, {OrderQuery{Mine: "closed"}, 1},
		{OrderQuery{Stages: []string{"submitted"}}, 1}, {OrderQuery{Stages: []string{"submitted", "closed"}}, 2},
		{OrderQuery{Stages: []string{"draft"}}, 1}, {OrderQuery{Mine: "open", Stages: []string{"closed"}}, 0},
	} {
		page, err := h.Orders(h.ctx(), c.query)
		h.ok(err)
		if len(page.Rows) != c.want || page.Total != c.want {
			t.Errorf("%+v: %d rows of %d, want %d", c.query, len(page.Rows), page.Total, c.want)
		}
	}
}

func TestAScannedCodeLeadsWhereItBelongs(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Send().Case)
	for code, want := range map[string]string{
		string(rt.Serial(2)):                "serial",
		string(rt.Waybill(1)):               "waybill",
		"LABEL:JM-260302-0001:JXT2600001Q:": "device_label",
		"LABEL:JM-260302-0001::1":           "order_label",
		"https://example.org":               "url",
		"something else":                    "unknown",
	} {
		got, err := h.Scan(h.ctx(), code)
		h.ok(err)
		leads := got.Order == string(rt.OrderID)
		if got.Kind != want || leads != (want != "url" && want != "unknown") {
			t.Errorf("%s: %+v, want %s", code, got, want)
		}
		if want == "device_label" && got.Device != string(rt.DeviceID(1)) {
			t.Errorf("%+v", got)
		}
	}
}
