package desk

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUndoTakesEveryDeedBackAndRedoDoesItAgain(t *testing.T) {
	h := at(t)
	rapid.Check(t, func(t *rapid.T) {
		v, err := h.CreateDraft(h.ctx(), "")
		h.ok(err)
		seen := [][]string{h.image(v.ID)}
		see := func() {
			if now := h.image(v.ID); !reflect.DeepEqual(now, seen[len(seen)-1]) {
				seen = append(seen, now)
			}
		}
		for range rapid.IntRange(1, 20).Draw(t, "deeds") {
			h.anyDeed(t, v.ID)
			see()
		}
		deeds := len(seen) - 1
		for {
			now, err := h.Draft(h.ctx(), v.ID)
			h.ok(err)
			if now.Undo == "" {
				break
			}
			_, err = h.UndoDraft(h.ctx(), v.ID)
			h.ok(err)
			see()
		}
		for n := range deeds + 1 {
			if back := seen[len(seen)-1-n]; !reflect.DeepEqual(back, seen[n]) {
				t.Fatalf("undone to %v, was %v", back, seen[n])
			}
		}
		if len(seen) != 2*deeds+1 {
			t.Fatalf("%d deeds were undone in %d steps", deeds, len(seen)-1-deeds)
		}
		for range deeds {
			_, err = h.RedoDraft(h.ctx(), v.ID)
			h.ok(err)
		}
		if got := h.image(v.ID); !reflect.DeepEqual(got, seen[deeds]) {
			t.Fatalf("done again to %v, was %v", got, seen[deeds])
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
