package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestWhatIsTypedIsThereAfterARestart(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir)
	id := h.draft(2)
	row := h.rows(id)[1].ID
	_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: row, Column: "complaint", Value: "smells burnt"}, {Row: row, Column: "extra:rack", Value: "7"}})
	h.ok(err)
	h.close()
	again := open(t, dir)
	got := again.rows(id)[1]
	if got.Complaint != "smells burnt" || got.Extra["rack"] != "7" || got.Line != 2 {
		t.Errorf("got %+v", got)
	}
	v, err := again.Draft(again.ctx(), id)
	again.ok(err)
	if v.Reference != "farm-7" || !slices.Contains(v.Columns, "rack") || v.Undo != "edit" || v.State != MarkSaved {
		t.Errorf("got %+v", v)
	}
}

func TestADayIsUnderstoodAsPeopleWriteIt(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	row := h.rows(id)[0].ID
	for typed, want := range map[string]string{"2026年1月5日": "2026-01-05", "2026/1/5": "2026-01-05", "03/04/2026": "03/04/2026", "": ""} {
		_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: row, Column: "ship_date", Value: typed}})
		h.ok(err)
		got := h.rows(id)[0]
		if got.ShipDate != want {
			t.Errorf("%q became %q, want %q", typed, got.ShipDate, want)
		}
		if ambiguous := strings.Contains(codes(got.Findings), "intake.date_ambiguous"); ambiguous != (typed == "03/04/2026") {
			t.Errorf("%q: %s", typed, codes(got.Findings))
		}
	}
}

func TestRowsArePutBetweenRowsAgainAndAgain(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	for i := range 60 { // the room between two rows is used up on the way
		_, err := h.InsertDraftRows(h.ctx(), id, 1, 1)
		h.ok(err)
		row := h.rows(id)[1]
		_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: row.ID, Column: "serial", Value: fmt.Sprintf("INSERT%03d", i)}})
		h.ok(err)
	}
	rows := h.rows(id)
	if len(rows) != 62 || rows[0].Serial != string(rt.Serial(1)) || rows[1].Serial != "INSERT059" || rows[60].Serial != "INSERT000" || rows[61].Serial != string(rt.Serial(2)) {
		t.Errorf("got %d rows: %s %s … %s %s", len(rows), rows[0].Serial, rows[1].Serial, rows[60].Serial, rows[61].Serial)
	}
}

func TestAPasteIntoCellsFillsAndGrows(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	_, err := h.PasteDraft(h.ctx(), id, 1, "complaint", "dead\r\n\r\n\"two\nlines\"\t2026-02-01\r\n")
	h.ok(err)
	rows := h.rows(id)
	if len(rows) != 4 || rows[0].Complaint != "no hash rate" || rows[1].Complaint != "dead" || rows[2].Complaint != "" || rows[3].Complaint != "two\nlines" || rows[3].ShipDate != "2026-02-01" {
		t.Errorf("got %+v", rows)
	}
}

func TestDuplicatesAreShownWhereverTheyStand(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Case)
	first := h.draft(1) // the serial of the open work order's first device
	second := h.draft(1)
	_, err := h.PasteDraft(h.ctx(), second, 1, "serial", strings.ToLower(string(rt.Serial(1)))+"\nNEWONE77\n")
	h.ok(err)
	rows := h.rows(second)
	if got := codes(rows[1].Findings); !strings.Contains(got, "intake.duplicate_serial") || !strings.Contains(got, CodeSerialElsewhere) {
		t.Errorf("the second row: %s", got)
	}
	if got := codes(rows[2].Findings); strings.Contains(got, "serial") {
		t.Errorf("a new serial number: %s", got)
	}
	v, err := h.Draft(h.ctx(), second)
	h.ok(err)
	var where string
	for _, f := range v.Findings {
		if f.Code == CodeSerialElsewhere {
			where = f.Args["where"]
		}
	}
	if where != "JM-260302-0001" {
		t.Errorf("where: %q", where)
	}
	v, err = h.RemoveDraftDuplicates(h.ctx(), second)
	h.ok(err)
	if v.RowCount != 2 || v.Undo != "duplicates" {
		t.Errorf("got %d rows", v.RowCount)
	}
	h.ok(h.DiscardDraft(h.ctx(), first))
	v, err = h.RestoreDraft(h.ctx(), first)
	h.ok(err)
	if v.RowCount != 1 {
		t.Errorf("restored %d rows", v.RowCount)
	}
}

func TestTheNextProblemIsFoundAroundTheEnd(t *testing.T) {
	h := at(t)
	id := h.draft(6)
	rows := h.rows(id)
	_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: rows[1].ID, Column: "serial"}, {Row: rows[4].ID, Column: "model"}})
	h.ok(err)
	for _, c := range []struct{ from, step, want int }{{-1, 1, 1}, {1, 1, 4}, {4, 1, 1}, {4, -1, 1}, {1, -1, 4}, {3, -1, 1}} {
		got, err := h.NextDraftProblem(h.ctx(), id, c.from, c.step)
		h.ok(err)
		if got != c.want {
			t.Errorf("from %d by %d: got %d, want %d", c.from, c.step, got, c.want)
		}
	}
}

func TestTenThousandRowsAreShownByPage(t *testing.T) {
	h := at(t)
	v, err := h.CreateDraft(h.ctx(), "")
	h.ok(err)
	var text strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&text, "JXT%07dQ\tX16-Q\tno hash rate\t2026-01-05\n", i)
	}
	_, err = h.PasteDraft(h.ctx(), v.ID, 0, "serial", text.String())
	h.ok(err)
	page, err := h.DraftRows(h.ctx(), v.ID, 9_900, 200)
	h.ok(err)
	if page.Total != 10_000 || len(page.Rows) != 100 || page.Rows[99].Line != 10_000 || page.Rows[99].Serial != "JXT0009999Q" {
		t.Errorf("got %d of %d", len(page.Rows), page.Total)
	}
	if page, err = h.DraftRows(h.ctx(), v.ID, 0, 100_000); err != nil || len(page.Rows) != maxPage {
		t.Errorf("a page has %d rows: %v", len(page.Rows), err)
	}
}

func TestUndoTakesEveryDeedBackAndRedoDoesItAgain(t *testing.T) {
	h := at(t)
	rapid.Check(t, func(t *rapid.T) {
		v, err := h.CreateDraft(h.ctx(), "")
		h.ok(err)
		start := h.image(v.ID)
		for range rapid.IntRange(1, 25).Draw(t, "deeds") {
			h.anyDeed(t, v.ID)
		}
		full := h.image(v.ID)
		steps := 0
		for {
			now, err := h.Draft(h.ctx(), v.ID)
			h.ok(err)
			if now.Undo == "" {
				break
			}
			_, err = h.UndoDraft(h.ctx(), v.ID)
			h.ok(err)
			steps++
		}
		if got := h.image(v.ID); !reflect.DeepEqual(got, start) {
			t.Fatalf("after %d undos: %v, began as %v", steps, got, start)
		}
		for range steps {
			_, err = h.RedoDraft(h.ctx(), v.ID)
			h.ok(err)
		}
		if got := h.image(v.ID); !reflect.DeepEqual(got, full) {
			t.Fatalf("after %d redos: %v, was %v", steps, got, full)
		}
	})
}

// image is all a person can see of a draft's content.
func (h *hand) image(id string) []string {
	v, err := h.Draft(h.ctx(), id)
	h.ok(err)
	out := []string{v.Reference + "|" + v.Contact.Name + "|" + strings.Join(v.Columns, ",")}
	for _, r := range h.rows(id) {
		extra, _ := json.Marshal(r.Extra)
		out = append(out, strings.Join([]string{r.ID, r.Serial, r.Model, r.Complaint, r.ShipDate, string(extra)}, "|"))
	}
	return out
}

func (h *hand) anyDeed(t *rapid.T, id string) {
	rows := h.rows(id)
	some := func() string {
		if len(rows) == 0 {
			return "no such row"
		}
		return rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")].ID
	}
	word := rapid.StringMatching(`[A-C0-2]{0,6}`).Draw(t, "word")
	var err error
	switch rapid.IntRange(0, 7).Draw(t, "deed") {
	case 0:
		_, err = h.InsertDraftRows(h.ctx(), id, rapid.IntRange(0, len(rows)).Draw(t, "at"), rapid.IntRange(0, 3).Draw(t, "count"))
	case 1:
		_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: some(), Column: "serial", Value: word}, {Row: some(), Column: "extra:" + word + "x", Value: word}})
	case 2:
		_, err = h.DeleteDraftRows(h.ctx(), id, []string{some(), some()})
	case 3:
		_, err = h.PasteDraft(h.ctx(), id, rapid.IntRange(0, len(rows)).Draw(t, "at"), "model", word+"\t"+word+"\n"+word)
	case 4:
		_, err = h.RemoveDraftDuplicates(h.ctx(), id)
	case 5:
		_, err = h.ScanDraft(h.ctx(), id, "SCAN"+word)
	case 6:
		_, err = h.SetDraftHeader(h.ctx(), id, DraftHeader{Reference: word})
	case 7:
		var v ImportView
		v, err = h.PasteDraft(h.ctx(), id, -1, "", "serial\tmodel\nSN"+word+"000\tX16-Q\nSN1111111\tX4\n")
		h.ok(err)
		_, err = h.WaitImport(h.ctx(), v.Job)
	}
	h.ok(err)
}

func TestAScannedSerialIsAddedOnceAndSaysWhereElseItIs(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Case)
	id := h.draft(0)
	got, err := h.ScanDraft(h.ctx(), id, " sn: "+string(rt.Serial(1)))
	h.ok(err)
	if got.Outcome != "added" || got.Line != 1 || got.Where != "JM-260302-0001" {
		t.Errorf("got %+v", got)
	}
	got, err = h.ScanDraft(h.ctx(), id, string(rt.Serial(1)))
	h.ok(err)
	if got.Outcome != "already_here" || got.Line != 1 {
		t.Errorf("again: %+v", got)
	}
	if got, err = h.ScanDraft(h.ctx(), id, "https://example.org/x"); err != nil || got.Outcome != "not_a_serial" {
		t.Errorf("an address: %+v %v", got, err)
	}
}

func TestR12WhatBlocksIsNotSent(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: h.rows(id)[0].ID, Column: "serial"}})
	h.ok(err)
	_, err = h.SendDraft(h.ctx(), id)
	h.refused(err, "draft.blocked")
	if v, _ := h.Draft(h.ctx(), id); v.Blocking == 0 || v.State != MarkSaved {
		t.Errorf("got %+v", v)
	}
}

func TestSendFreezesTheBytesAndMayBeTakenBackForNineSeconds(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	v, err := h.SendDraft(h.ctx(), id)
	h.ok(err)
	if v.State != MarkHolding || v.HoldUntil != repair.At(h.now.Add(9*time.Second)) || v.Order == "" || h.woken == 0 {
		t.Errorf("got %+v", v)
	}
	_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: h.rows(id)[0].ID, Column: "model", Value: "other"}})
	h.refused(err, "draft.not_open")
	v, err = h.CancelSend(h.ctx(), id)
	h.ok(err)
	if v.State != MarkSaved || v.Order != "" {
		t.Errorf("taken back: %+v", v)
	}
	v, err = h.SendDraft(h.ctx(), id)
	h.ok(err)
	h.now = h.now.Add(9 * time.Second)
	items, err := h.DB.NextOutbox(h.ctx(), h.session().Scope, repair.At(h.now), 5)
	h.ok(err)
	if len(items) != 1 || items[0].ID != v.Order {
		t.Fatalf("due: %+v", items)
	}
	body, _, err := h.DB.MarkSending(h.ctx(), v.Order, repair.At(h.now))
	h.ok(err)
	sum := sha256.Sum256(body)
	var s repair.Submission
	h.ok(json.Unmarshal(body, &s))
	if items[0].Fingerprint != hex.EncodeToString(sum[:]) || len(s.Devices) != 2 || s.Devices[1].Serial != rt.Serial(2) {
		t.Errorf("the frozen bytes are not the draft's: %s", body)
	}
	_, err = h.CancelSend(h.ctx(), id)
	h.refused(err, "draft.send_too_late")
}

func TestARefusedDraftIsEditedAndSentAsAnother(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	v, err := h.SendDraft(h.ctx(), id)
	h.ok(err)
	first := v.Order
	_, _, err = h.DB.MarkSending(h.ctx(), first, repair.At(h.now.Add(time.Minute)))
	h.ok(err)
	h.ok(h.DB.MarkRefused(h.ctx(), first, &repair.Error{Kind: repair.Invalid, Code: "submission.city_missing"}, repair.At(h.now)))
	v, err = h.Draft(h.ctx(), id)
	h.ok(err)
	if v.State != MarkRefused || v.Refusal == nil || v.Refusal.Code != "submission.city_missing" {
		t.Errorf("got %+v", v)
	}
	h.ok(h.DiscardOutbox(h.ctx(), first))
	if seen, _ := h.Draft(h.ctx(), id); seen.State != MarkSaved || seen.Refusal != nil {
		t.Errorf("a refusal that was put away: %+v", seen)
	}
	_, err = h.SetDraftHeader(h.ctx(), id, DraftHeader{Contact: v.Contact, ReturnAddress: v.ReturnAddress, Reference: "mended"})
	h.ok(err)
	v, err = h.SendDraft(h.ctx(), id)
	h.ok(err)
	if v.Order == first {
		t.Error("the centre has answered that id for ever")
	}
	rows, err := h.Outbox(h.ctx())
	h.ok(err)
	if len(rows) != 1 || rows[0].ID != v.Order {
		t.Errorf("got %+v", rows)
	}
}

func TestADraftIsACopyOfADraftOrOfAWorkOrder(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(3).Case)
	first := h.draft(2)
	for from, want := range map[string]int{first: 2, string(rt.OrderID): 3} {
		v, err := h.CreateDraft(h.ctx(), from)
		h.ok(err)
		if v.RowCount != want || v.Contact.Name != "Aigerim" || h.rows(v.ID)[0].ID == h.rows(first)[0].ID {
			t.Errorf("of %s: %+v", from, v)
		}
	}
}

func TestADraftMadeBeforeJoiningIsAdopted(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	h.ok(h.DB.Update(h.ctx(), func(tx localdb.VaultTx) error { return tx.AdoptDrafts(h.ctx(), h.session().Scope) }))
	page, err := h.Orders(h.ctx(), OrderQuery{Mine: "drafts"})
	h.ok(err)
	if len(page.Rows) != 1 || page.Rows[0].ID != id {
		t.Errorf("got %+v", page.Rows)
	}
}
