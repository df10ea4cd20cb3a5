package localdb

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"hashmend/backend/repair"
)

func newDraft(t *testing.T, db *DB, id string, serials ...string) {
	t.Helper()
	ctx := t.Context()
	must(t, db.Update(ctx, func(tx VaultTx) error {
		if err := tx.CreateDraft(ctx, id, farm, DraftHeader{Reference: "of " + id}, noon); err != nil {
			return err
		}
		return tx.ChangeDraft(ctx, id, "import", noon, func(c *DraftChange) error {
			for i, serial := range serials {
				c.Insert(DraftRow{ID: fmt.Sprintf("%s-%05d", id, i), Pos: int64(i), Serial: serial, Key: repair.SerialNumber(serial).Key(), Model: "S19"})
			}
			return nil
		})
	}))
}

func rowsOf(t *testing.T, db *DB, draft string) (rows []DraftRow) {
	t.Helper()
	must(t, db.View(t.Context(), func(tx VaultTx) (err error) {
		rows, err = tx.AllRows(t.Context(), draft)
		return err
	}))
	return rows
}

func numbered(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("SN%08d", i))
	}
	return out
}

func TestALargeFileIsTakenBackAndReadAgain(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	newDraft(t, db, "d1", numbered(laterAbove+500)...)
	whole := rowsOf(t, db, "d1")
	must(t, db.Update(ctx, func(tx VaultTx) error {
		return tx.ChangeDraft(ctx, "d1", "edit", noon, func(c *DraftChange) error {
			row := whole[7]
			row.Complaint = "no hash"
			c.Replace(whole[7], row)
			return nil
		})
	}))
	edited := rowsOf(t, db, "d1")
	move := func(f func(VaultTx) (DraftDelta, error)) (delta DraftDelta) {
		must(t, db.Update(ctx, func(tx VaultTx) (err error) { delta, err = f(tx); return err }))
		return delta
	}
	undo := func(tx VaultTx) (DraftDelta, error) { return tx.UndoDraft(ctx, "d1", noon) }
	redo := func(tx VaultTx) (DraftDelta, error) { return tx.RedoDraft(ctx, "d1", noon) }
	for range 2 { // the second time the rows are kept already
		move(undo)
		if got := rowsOf(t, db, "d1"); !reflect.DeepEqual(got, whole) {
			t.Fatal("the edit was not taken back")
		}
		if delta := move(undo); len(delta.Gone) != len(whole) || len(rowsOf(t, db, "d1")) != 0 {
			t.Fatal("the file was not taken back")
		}
		if delta := move(redo); !reflect.DeepEqual(delta.Put, whole) || !reflect.DeepEqual(rowsOf(t, db, "d1"), whole) {
			t.Fatal("the file did not come back as it was")
		}
		move(redo)
		if got := rowsOf(t, db, "d1"); !reflect.DeepEqual(got, edited) {
			t.Fatal("the edit did not come back")
		}
	}
}

func TestASerialNumberElsewhereIsFoundWhicheverSideIsLarger(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	newDraft(t, db, "mine", numbered(30)...)
	newDraft(t, db, "other", "SN00000003", "SN00000007", "AB00000001", "AB00000002")
	for name, keys := range map[string][]string{"many numbers": numbered(30), "few numbers": {"SN00000003", "SN00000007", "SN00000009"}} {
		var got []string
		must(t, db.View(ctx, func(tx VaultTx) error {
			hits, err := tx.SerialsElsewhere(ctx, farm, "mine", DraftOpen, keys)
			for _, h := range hits {
				got = append(got, h.Key+" "+h.Draft+" "+h.Reference)
			}
			return err
		}))
		slices.Sort(got)
		if want := []string{"SN00000003 other of other", "SN00000007 other of other"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
