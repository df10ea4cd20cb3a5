package desk

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"hashmend/backend/localdb"
)

// anew gives the same draft's view and rows as a desk that was just started.
func (h *hand) anew(id string) (DraftView, []DraftRow) {
	h.t.Helper()
	h.checks.put(id, &checked{version: -1}, keptChecks)
	v, err := h.Draft(h.ctx(), id)
	h.ok(err)
	return v, h.rows(id)
}

// What an edit leaves known must be what a look at the whole draft finds.
func TestFindingsKeptFromEditToEditAreThoseOfTheWholeDraft(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			h := at(t)
			h.draft(3) // serial numbers that stand elsewhere
			id := h.draft(12)
			r := rand.New(rand.NewPCG(seed, 7))
			serials := []string{"", "JXT2600001Q", "jxt26 00002-q", "AB12", "2.02508E+14", "NEW0000001", "NEW0000002"}
			dates := []string{"", "2026-01-05", "2019-01-05", "someday", "03/04/2026", "2030-01-01"}
			for step := range 60 {
				rows := h.rows(id)
				var err error
				pick := func() string { return rows[r.IntN(len(rows))].ID }
				switch n := r.IntN(10); {
				case len(rows) == 0 || n == 0:
					_, err = h.InsertDraftRows(h.ctx(), id, r.IntN(len(rows)+1), 1+r.IntN(3))
				case n == 1:
					_, err = h.DeleteDraftRows(h.ctx(), id, []string{pick(), pick()})
				case n == 2:
					_, err = h.UndoDraft(h.ctx(), id)
				case n == 3:
					_, err = h.RedoDraft(h.ctx(), id)
				case n == 4:
					_, err = h.PasteDraft(h.ctx(), id, r.IntN(len(rows)+1), "serial", serials[r.IntN(len(serials))]+"\tX16-Q\nJXT2600009Q\tnone")
				case n == 5:
					_, err = h.RemoveDraftDuplicates(h.ctx(), id)
				case n == 6:
					_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: pick(), Column: "ship_date", Value: dates[r.IntN(len(dates))]}})
				default:
					_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: pick(), Column: "serial", Value: serials[r.IntN(len(serials))]}, {Row: pick(), Column: "model", Value: []string{"", "X16-Q"}[r.IntN(2)]}})
				}
				h.ok(err)
				kept, err := h.Draft(h.ctx(), id)
				h.ok(err)
				keptRows := h.rows(id)
				whole, wholeRows := h.anew(id)
				if !reflect.DeepEqual(kept, whole) || !reflect.DeepEqual(keptRows, wholeRows) {
					t.Fatalf("step %d: kept\n%+v\n%+v\nwhole\n%+v\n%+v", step, kept.Findings, keptRows, whole.Findings, wholeRows)
				}
			}
		})
	}
}

// An edit that changes nothing leaves the version as it is, and so what is kept.
func TestAnEditWithoutAChangeKeepsWhatIsKnown(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	row := h.rows(id)[0]
	for range 2 {
		_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: row.ID, Column: "model", Value: row.Model}})
		h.ok(err)
	}
	v, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: row.ID, Column: "model"}})
	h.ok(err)
	if v.Blocking != 1 {
		t.Errorf("got %+v", v.Findings)
	}
}

// A cell of a long draft is measured against reading its rows once, which an edit
// must not do.
func TestAnEditOfALongDraftLooksAtItsOwnRowOnly(t *testing.T) {
	h := at(t)
	v, err := h.CreateDraft(h.ctx(), "")
	h.ok(err)
	var text strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&text, "JXT%07dQ\tX16-Q\tno hash rate\t2026-01-05\n", i)
	}
	_, err = h.PasteDraft(h.ctx(), v.ID, 0, "serial", text.String())
	h.ok(err)
	page, err := h.DraftRows(h.ctx(), v.ID, 9_000, 1)
	h.ok(err)
	once := quickest(t, func() error {
		return h.DB.View(h.ctx(), func(tx localdb.VaultTx) error { _, err := tx.AllRows(h.ctx(), v.ID); return err })
	})
	n := 0
	edit := quickest(t, func() error {
		n++
		_, err := h.EditDraft(h.ctx(), v.ID, []CellEdit{{Row: page.Rows[0].ID, Column: "serial", Value: fmt.Sprintf("NEW%07dQ", n)}})
		return err
	})
	key := quickest(t, func() error {
		n++
		return h.TypeDraft(h.ctx(), v.ID, page.Rows[0].ID, "complaint", strings.Repeat("x", n))
	})
	t.Logf("an edit %v, a key %v, reading all rows once %v", edit, key, once)
	if edit > once || key > once/2+2*time.Millisecond {
		t.Errorf("an edit takes %v, a key %v, reading all rows %v", edit, key, once)
	}
}
