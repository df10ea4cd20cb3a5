package localdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"hashmend/backend/repair"
	"hashmend/backend/wreck"
)

// livedIn is a vault with something in its tables and trees of several levels.
// Its files were copied while it was open: a part of it is in the log only.
func livedIn(t *testing.T) (vault, log []byte) {
	t.Helper()
	return livedInFor(t, 150, 40)
}

// livedInFor is one with so many lines in each of its drafts, and so much said.
func livedInFor(t *testing.T, lines, said int) (vault, log []byte) {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	must(t, db.Update(ctx, func(tx VaultTx) error {
		must(t, tx.SaveSession(ctx, Session{Scope: farm, ServerID: "s", URL: "https://centre.example", Role: repair.RoleCustomer, JoinedAt: noon}))
		must(t, tx.SavePreference(ctx, "language", "zh"))
		must(t, tx.SetTicks(ctx, farm, "w1", []string{"foam", "tape"}))
		must(t, tx.SaveBox(ctx, farm, "w1", Box{Seq: 1, Plan: repair.ParcelPlan{ID: "b1"}}))
		_, err := tx.PackDevice(ctx, farm, "w1", "d1", "b1")
		must(t, err)
		for d := range 4 {
			id := uuid.NewString()
			must(t, tx.CreateDraft(ctx, id, farm, DraftHeader{Reference: fmt.Sprint("case ", d), Note: strings.Repeat("a long note ", 600*d)}, noon))
			must(t, tx.ChangeDraft(ctx, id, "paste", noon, func(c *DraftChange) error {
				for i := range lines {
					serial := fmt.Sprintf("JX26%02d%05d", d, i)
					c.Insert(DraftRow{ID: uuid.NewString(), Pos: int64(i), Serial: serial, Key: serial, Model: "X16-Q", Complaint: strings.Repeat("no hash ", i%60)})
				}
				return nil
			}))
			must(t, tx.SetTyping(ctx, id, Typing{Column: "serial", Value: "JX"}))
			must(t, tx.KeepFile(ctx, farm, repair.FileRef{SHA256: fmt.Sprintf("%064x", d), Size: 5, Type: "image/png", Name: "a.png"}, noon))
		}
		return nil
	}))
	must(t, db.Close())
	db = openIn(t, dir)
	for i := range said {
		body := []byte(`{"text":"` + strings.Repeat(fmt.Sprint("said ", i, " "), 30*i) + `"}`)
		must(t, db.Update(ctx, func(tx VaultTx) error {
			return tx.Queue(ctx, OutboxItem{ID: uuid.NewString(), Scope: farm, Kind: "message", WorkOrder: "w1", CreatedAt: noon}, body)
		}))
	}
	vault, err := os.ReadFile(filepath.Join(dir, vaultName))
	must(t, err)
	log, err = os.ReadFile(filepath.Join(dir, vaultName+"-wal"))
	must(t, err)
	return vault, log
}

// laidOut writes the files of a vault into a new folder.
func laidOut(t failer, dir string, vault, log []byte) {
	for name, content := range map[string][]byte{vaultName: vault, vaultName + "-wal": log} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// failer is what a test and a property have in common.
type failer interface {
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// own are columns that a salvage counts anew.
var own = map[string]map[string]bool{"draft": {"row_count": true, "step": true}}

// shape is a row as text that does not depend on where it was found.
func shape(table wreck.Table, values []any) string {
	list := []any{table.Name}
	for i, v := range values {
		if b, ok := v.([]byte); ok {
			v = string(b)
		}
		if !own[table.Name][table.Columns[i].Name] {
			list = append(list, fmt.Sprint(v))
		}
	}
	return fmt.Sprintf("%q", list)
}

// keptRows are the rows of the vault in a folder, and those kept as text aside.
func keptRows(t failer, dir string, plan *salvagePlan) map[string]bool {
	out := map[string]bool{}
	db, err := sql.Open("sqlite3", filepath.Join(dir, vaultName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, table := range plan.tables {
		if table.Index {
			continue
		}
		var columns []string
		for _, c := range table.Columns {
			columns = append(columns, quoted(c.Name))
		}
		rows, err := db.Query("SELECT " + strings.Join(columns, ", ") + " FROM " + quoted(table.Name))
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			out[shape(table, values)] = true
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	found, _ := filepath.Glob(filepath.Join(dir, asideName, "*", unplacedName))
	for _, name := range found {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for d := json.NewDecoder(file); d.More(); {
			var row lostRow
			if err := d.Decode(&row); err != nil {
				t.Fatal(err)
			}
			for _, table := range plan.tables {
				if !table.Index {
					out[shape(table, row.in(table))] = true
				}
			}
		}
		_ = file.Close()
	}
	return out
}

// in gives a row's values in the order of a table, nil when it is another's.
func (r lostRow) in(table wreck.Table) (values []any) {
	if r.Table == "" && len(r.List) == len(table.Columns) {
		values = r.List
	}
	if r.Table == table.Name {
		for _, c := range table.Columns {
			values = append(values, r.Values[c.Name])
		}
	}
	for i, v := range values {
		if number, ok := v.(float64); ok {
			values[i] = int64(number)
		}
		if text, ok := v.(string); ok && table.Columns[i].Type == "BLOB" {
			var b []byte
			if json.Unmarshal([]byte(`"`+text+`"`), &b) == nil {
				values[i] = b
			}
		}
	}
	return values
}

// TestNoReadableRowIsLost damages a vault in every way that disks and people do,
// and holds what a salvage brings back against the rows whose every page is whole.
func TestNoReadableRowIsLost(t *testing.T) {
	vault, log := livedIn(t)
	root := t.TempDir()
	known := wholeVault(t, root, vault, log)
	if len(known.rows) < 600 {
		t.Fatalf("only %d rows: the vault is not what it was", len(known.rows))
	}
	must(t, flag.Set("rapid.checks", "40")) // each writes and syncs a whole vault
	defer func() { must(t, flag.Set("rapid.checks", "100")) }()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		dir := filepath.Join(root, fmt.Sprint("t", n))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		main, wal := append([]byte(nil), vault...), append([]byte(nil), log...)
		for range rapid.IntRange(1, 6).Draw(t, "wounds") {
			main, wal = wounded(t, main, wal)
		}
		known.salvaged(t, dir, main, wal)
	})
}

// known is a vault before it was damaged: its pages, and the rows on them.
type known struct {
	plan   *salvagePlan
	byPage map[uint32][]byte
	rows   []wreck.Row
}

func wholeVault(t *testing.T, root string, vault, log []byte) known {
	t.Helper()
	plan, err := planOf(t.Context(), filepath.Join(root, "plan"), 0)
	must(t, err)
	whole := filepath.Join(root, "whole")
	must(t, os.Mkdir(whole, 0o700))
	laidOut(t, whole, vault, log)
	k := known{plan: plan, byPage: map[uint32][]byte{}}
	must(t, pagesOf(filepath.Join(whole, vaultName), k.byPage))
	original, err := wreck.Open(filepath.Join(whole, vaultName))
	must(t, err)
	_, err = original.Rows(plan.tables, func(r wreck.Row) error { k.rows = append(k.rows, r); return nil })
	must(t, err)
	must(t, original.Close())
	return k
}

// salvaged salvages damaged files and holds what comes back against the rows whose
// every page is whole. It tells how many rows were not on whole pages, and what the
// salvage said.
func (k known) salvaged(t failer, dir string, main, wal []byte) (hurt int, r Recovery) {
	ctx := context.Background()
	laidOut(t, dir, main, wal)
	after := map[uint32][]byte{}
	if err := pagesOf(filepath.Join(dir, vaultName), after); err != nil {
		t.Fatal(err)
	}
	r, err := Salvage(ctx, dir, noon)
	if err != nil {
		t.Fatalf("salvage: %v", err)
	}
	db, err := Open(ctx, dir)
	if err != nil {
		t.Fatalf("what was salvaged does not open: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	kept := keptRows(t, dir, k.plan)
	for _, row := range k.rows {
		readable := true
		for _, page := range row.Pages {
			readable = readable && string(after[page]) == string(k.byPage[page])
		}
		for _, table := range k.plan.tables {
			if table.Index || table.Name != row.Table || kept[shape(table, row.Values)] {
				continue
			}
			if readable {
				t.Fatalf("a row of %s on the whole pages %v is lost", row.Table, row.Pages)
			}
			hurt++
		}
	}
	return hurt, r
}

// pagesOf reads every page with the log laid over it.
func pagesOf(path string, into map[uint32][]byte) error {
	f, err := wreck.Open(path)
	if err != nil {
		return err
	}
	f.Pages(func(n uint32, content []byte) { into[n] = content })
	return f.Close()
}

// wounded does one thing to a vault that disks and people do.
func wounded(t *rapid.T, main, log []byte) ([]byte, []byte) {
	if len(main) == 0 {
		return main, log
	}
	at := rapid.IntRange(0, len(main)-1).Draw(t, "at")
	page := at / 4096 * 4096
	end := min(page+4096, len(main))
	switch rapid.SampledFrom([]string{"flip", "flip", "zero", "noise", "cut", "swap", "first", "log", "log gone"}).Draw(t, "wound") {
	case "flip":
		main[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
	case "zero":
		clear(main[page:end])
	case "noise":
		for i := page; i < end; i++ {
			main[i] = byte(i * (at + 7) >> 3)
		}
	case "cut":
		main = main[:at]
	case "swap":
		other := rapid.IntRange(0, len(main)/4096).Draw(t, "other") * 4096
		if other+4096 <= len(main) && page+4096 <= len(main) {
			kept := append([]byte(nil), main[page:page+4096]...)
			copy(main[page:], main[other:other+4096])
			copy(main[other:], kept)
		}
	case "first":
		clear(main[:min(4096, len(main))])
	case "log":
		if len(log) > 0 {
			log[at%len(log)] ^= 0x55
		}
	case "log gone":
		log = nil
	}
	return main, log
}

func TestAWholeVaultComesBackWhole(t *testing.T) {
	vault, log := livedIn(t)
	dir := t.TempDir()
	laidOut(t, dir, vault, log)
	r, err := Salvage(t.Context(), dir, noon)
	must(t, err)
	if r.Unplaced != 0 || r.Damaged != 0 || r.Broken != 0 || r.Stubs != 0 {
		t.Errorf("%+v", r)
	}
	if r.Rows["draft_row"] != 600 || r.Rows["draft"] != 4 || r.Rows["outbox"] != 40 || r.Rows["box_device"] != 1 {
		t.Errorf("%+v", r.Rows)
	}
	db := openIn(t, dir)
	var sizes []int
	must(t, db.View(t.Context(), func(tx VaultTx) error {
		list, err := tx.Drafts(t.Context(), farm, ListFilter{Limit: 10})
		for _, d := range list {
			sizes = append(sizes, d.RowCount)
		}
		return err
	}))
	if fmt.Sprint(sizes) != "[150 150 150 150]" {
		t.Errorf("drafts of %v rows", sizes)
	}
	if all := Recoveries(dir); len(all) != 1 || all[0].Rows["outbox"] != 40 {
		t.Errorf("reports %+v", all)
	}
	if _, err := os.Stat(filepath.Join(dir, r.Aside, vaultName)); err != nil {
		t.Error("the damaged file is gone")
	}
}

// A killed salvage leaves the damaged vault; one killed in the swap is finished
// by the next start.
func TestASalvageCutOffInTheSwapIsFinishedByTheNextStart(t *testing.T) {
	vault, log := livedIn(t)
	dir := t.TempDir()
	laidOut(t, dir, vault, log)
	_, err := Salvage(t.Context(), dir, noon)
	must(t, err)
	done, err := os.ReadFile(filepath.Join(dir, vaultName))
	must(t, err)
	for _, old := range [][]byte{nil, log} { // before and after the log was removed
		again := t.TempDir()
		clear(vault[:4096])
		laidOut(t, again, vault, old)
		must(t, os.WriteFile(nextVault(again), done, 0o600))
		db := openIn(t, again)
		must(t, db.View(t.Context(), func(tx VaultTx) error {
			items, err := tx.OpenOutbox(t.Context(), farm)
			if len(items) != 40 {
				t.Errorf("%d items", len(items))
			}
			return err
		}))
	}
}

// What was frozen is sent as it was frozen, or not at all.
func TestAnOutboxRowWithOtherBytesIsNotSent(t *testing.T) {
	dir := t.TempDir()
	db := openIn(t, dir)
	must(t, db.Update(t.Context(), func(tx VaultTx) error {
		return tx.Queue(t.Context(), OutboxItem{ID: "o1", Scope: farm, Kind: "message", CreatedAt: noon}, []byte(`{"text":"pay 100"}`))
	}))
	must(t, db.Close())
	vault, err := os.ReadFile(filepath.Join(dir, vaultName))
	must(t, err)
	vault = []byte(strings.Replace(string(vault), "pay 100", "pay 900", 1))
	laidOut(t, dir, vault, nil)
	r, err := Salvage(t.Context(), dir, noon)
	must(t, err)
	text, err := os.ReadFile(filepath.Join(dir, r.Aside, unplacedName))
	must(t, err)
	if r.Rows["outbox"] != 0 || r.Unplaced != 1 || !strings.Contains(string(text), "pay 900") {
		t.Errorf("%+v %s", r, text)
	}
}
