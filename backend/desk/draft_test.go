package desk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

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

func TestADayThatIsNoneIsOneFindingToMend(t *testing.T) {
	for typed, want := range map[string]string{"03/04/2026": "intake.date_ambiguous", "last May": "intake.date_unreadable"} {
		h := at(t)
		id := h.draft(1)
		row := h.rows(id)[0].ID
		clean, err := h.Draft(h.ctx(), id)
		h.ok(err)
		_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: row, Column: "ship_date", Value: typed}})
		h.ok(err)
		v, err := h.Draft(h.ctx(), id)
		h.ok(err)
		about := slices.DeleteFunc(slices.Clone(v.Findings), func(f repair.Finding) bool { return f.Column != "ship_date" })
		if len(about) != 1 || about[0].Code != want || about[0].Severity != repair.Blocking || v.Blocking != clean.Blocking+1 {
			t.Errorf("%q: %+v, %d blocking after %d", typed, about, v.Blocking, clean.Blocking)
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

func TestAnotherDraftWithTheSerialIsNamedAsTheListNamesIt(t *testing.T) {
	h := at(t)
	for range 2 {
		v, err := h.CreateDraft(h.ctx(), "") // without a reference
		h.ok(err)
		_, err = h.PasteDraft(h.ctx(), v.ID, 0, "serial", "NEWONE77\n")
		h.ok(err)
		for _, f := range h.rows(v.ID)[0].Findings {
			if f.Code == CodeSerialElsewhere && f.Args["where"] != v.Title {
				t.Errorf("the other draft is called %q, want %q", f.Args["where"], v.Title)
			}
		}
	}
}

func TestWhatIsNoSerialNumberIsNotFoundElsewhere(t *testing.T) {
	h := at(t)
	for range 2 {
		v, err := h.CreateDraft(h.ctx(), "")
		h.ok(err)
		_, err = h.PasteDraft(h.ctx(), v.ID, 0, "serial", "#N/A\nn/a\n2.02508E+14\nNEWONE77\n")
		h.ok(err)
		for i, row := range h.rows(v.ID)[:3] {
			if got := codes(row.Findings); strings.Contains(got, CodeSerialElsewhere) {
				t.Errorf("row %d: %s", i+1, got)
			}
		}
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
	serial, model := DraftProblem{1, "serial"}, DraftProblem{4, "model"}
	for _, c := range []struct {
		from, step int
		want       DraftProblem
	}{{-1, 1, serial}, {1, 1, model}, {4, 1, serial}, {4, -1, serial}, {1, -1, model}, {3, -1, serial}} {
		got, err := h.NextDraftProblem(h.ctx(), id, c.from, c.step)
		h.ok(err)
		if got != c.want {
			t.Errorf("from %d by %d: got %v, want %v", c.from, c.step, got, c.want)
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

// A list without ship dates says so once, not once a row; what must be mended is
// named row by row.
func TestAWarningOfManyRowsIsSaidOnce(t *testing.T) {
	h := at(t)
	v, err := h.CreateDraft(h.ctx(), "")
	h.ok(err)
	_, err = h.PasteDraft(h.ctx(), v.ID, 0, "serial", "HM0001Q77A\tS19\tdead\nHM0002Q77B\tS19\tdead\nHM0003Q77C\tS19\t\nHM0004Q77D\tS19\tdead\t2026-02-01\nHM0005Q77E\tS19\t\n")
	h.ok(err)
	v, err = h.Draft(h.ctx(), v.ID)
	h.ok(err)
	var dates, complaints []string
	for _, f := range v.Findings {
		switch f.Code {
		case "intake.ship_date_unknown":
			dates = append(dates, itoa(f.Row)+": "+f.Args["rows"]+" ("+f.Args["row_count"]+")")
		case "intake.missing_complaint":
			complaints = append(complaints, itoa(f.Row)+f.Args["rows"])
		}
	}
	if got := strings.Join(dates, "; "); got != "1: 1–3, 5 (4)" {
		t.Errorf("ship dates: %s", got)
	}
	if got := strings.Join(complaints, "; "); got != "3; 5" {
		t.Errorf("complaints: %s", got)
	}
	if rows := h.rows(v.ID); !strings.Contains(codes(rows[4].Findings), "intake.ship_date_unknown") || rows[4].Findings[0].Args["rows"] != "" {
		t.Errorf("the row itself: %+v", rows[4].Findings)
	}
	for n, want := range map[int]string{2: "1, 2", 3: "1–3"} {
		g := &spread{from: 1, to: 1, count: 1}
		for line := 2; line <= n; line++ {
			g.reach(line)
		}
		if g.rows() != want {
			t.Errorf("%d rows: %s", n, g.rows())
		}
	}
	g := &spread{from: 1, to: 1, count: 1}
	for line := 3; line < 200; line += 2 {
		g.reach(line)
	}
	if g.rows() != "1, 3, 5, 7, 9, 11, 13, 15, …" || g.count != 100 {
		t.Errorf("%d: %s", g.count, g.rows())
	}
}
