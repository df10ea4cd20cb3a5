package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sys/unix"

	"hashmend/app"
	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// beChild makes one measurement in the present folder and prints its figures.
func beChild(what, argument string) error {
	log.SetOutput(io.Discard)
	n, _ := strconv.Atoi(argument)
	measure := map[string]func() (figures, error){
		"import": func() (figures, error) { return childImport(argument) },
		"plain":  func() (figures, error) { return childPlain(n) },
		"pull":   func() (figures, error) { return childPull(n) },
		"large":  func() (figures, error) { return childLarge(n) },
		"outbox": childOutbox,
	}[what]
	if measure == nil {
		return fmt.Errorf("no measurement is named %q", what)
	}
	f, err := measure()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(f)
}

func cpu() float64 {
	var r unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &r)
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

func peakMB() float64 {
	var r unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &r)
	return float64(r.Maxrss) / 1024
}

// childImport reads the CSV into a draft as the window does, until every row and
// its findings are there.
func childImport(csv string) (figures, error) {
	a, err := app.Open(app.Config{Dir: "data", Version: "bench"})
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.Close() }()
	var drafts *app.Drafts
	for _, b := range a.Bound() {
		if d, ok := b.(*app.Drafts); ok {
			drafts = d
		}
	}
	d, err := drafts.Create("")
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(csv)
	if err != nil {
		return nil, err
	}
	before := cpu()
	w := httptest.NewRecorder()
	a.Local().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/local/import?name=devices.csv&draft="+d.ID, bytes.NewReader(content)))
	var job desk.ImportView
	if err := json.Unmarshal(w.Body.Bytes(), &job); err != nil {
		return nil, fmt.Errorf("%d %s: %w", w.Code, w.Body, err)
	}
	for job.State == "reading" {
		time.Sleep(5 * time.Millisecond)
		if job, err = drafts.Import(job.Job); err != nil {
			return nil, err
		}
	}
	d, err = drafts.Get(d.ID)
	if err != nil || d.RowCount != fewerDevices {
		return nil, fmt.Errorf("%d rows, %s, %w", d.RowCount, job.State, err)
	}
	return figures{"cpu": cpu() - before}, nil
}

// What a centre says of devices: pages of a thousand, two hundred to a work order.
const (
	pageRows = 1000
	perOrder = 200
	scope    = localdb.Scope("bench/account")
)

const now = repair.Instant("2026-03-01T12:00:00Z")

func orderOf(i int) string { return fmt.Sprintf("01990000-0000-7000-8000-%012d", i/perOrder) }

// deviceJSON is a device as it stands in a page.
func deviceJSON(i int) []byte {
	text, err := json.Marshal(repair.Device{
		ID: repair.DeviceID(fmt.Sprintf("01991111-0000-7000-8000-%012d", i)), WorkOrder: repair.WorkOrderID(orderOf(i)), Line: i%perOrder + 1,
		Serial: repair.SerialNumber(serialOf(i)), Complaint: "0 ASIC on board 2", Status: repair.Listed,
	})
	if err != nil {
		panic(err)
	}
	return text
}

// pageOf is rows from..to as they come, work orders among them.
func pageOf(from, to int, rev int64) (rows []localdb.Change) {
	for i := from; i < to; i++ {
		if i%perOrder == 0 {
			text, err := json.Marshal(repair.WorkOrder{ID: repair.WorkOrderID(orderOf(i)), Number: fmt.Sprintf("WO-2026-%06d", i/perOrder),
				Stage: repair.StageReceived, DeviceCount: perOrder, SubmittedAt: repair.At(now.Time().Add(time.Duration(i) * time.Second)),
				Contact: repair.Contact{Company: fmt.Sprintf("Farm %d", i/perOrder%97)}})
			if err != nil {
				panic(err)
			}
			rows = append(rows, localdb.Change{T: "work_order", ID: orderOf(i), Rev: rev, D: text})
		}
		rows = append(rows, localdb.Change{T: "device", ID: fmt.Sprintf("01991111-0000-7000-8000-%012d", i), Rev: rev, D: deviceJSON(i)})
	}
	return rows
}

// childPlain is the peer of a pull: decode each row, put it into one table with
// a unique serial number, all in one transaction.
func childPlain(n int) (figures, error) {
	db, err := sql.Open("sqlite3", "file:plain.db?_journal_mode=WAL&_synchronous=FULL&_cache_size=-65536")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec("CREATE TABLE device (id TEXT PRIMARY KEY, serial TEXT NOT NULL UNIQUE, work_order TEXT, complaint TEXT, status TEXT, rev INTEGER)"); err != nil {
		return nil, err
	}
	var took time.Duration
	var spent float64
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	insert, err := tx.Prepare("INSERT INTO device VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, rev = excluded.rev")
	if err != nil {
		return nil, err
	}
	for from := 0; from < n; from += pageRows {
		var lines [][]byte
		for i := from; i < min(from+pageRows, n); i++ {
			lines = append(lines, deviceJSON(i))
		}
		began, before := time.Now(), cpu()
		for _, line := range lines {
			var d repair.Device
			if err := json.Unmarshal(line, &d); err != nil {
				return nil, err
			}
			if _, err := insert.Exec(string(d.ID), string(d.Serial), string(d.WorkOrder), d.Complaint, string(d.Status), 1); err != nil {
				return nil, err
			}
		}
		took, spent = took+time.Since(began), spent+cpu()-before
	}
	began := time.Now()
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	return figures{"wall": (took + time.Since(began)).Seconds(), "cpu": spent}, nil
}

// pull applies n devices page by page and gives the time that it took itself.
func pull(db *localdb.DB, n int) (took time.Duration, spent float64, err error) {
	for from := 0; from < n; from += pageRows {
		rows := pageOf(from, min(from+pageRows, n), int64(from+1))
		began, before := time.Now(), cpu()
		if _, err := db.ApplyChanges(context.Background(), scope, rows, strconv.Itoa(from), now); err != nil {
			return 0, 0, err
		}
		took, spent = took+time.Since(began), spent+cpu()-before
	}
	return took, spent, nil
}

// index brings all serial numbers into the index of parts.
func index(db *localdb.DB) (took time.Duration, err error) {
	began := time.Now()
	for more := true; more; {
		if more, err = db.IndexText(context.Background()); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func childPull(n int) (figures, error) {
	db, err := localdb.Open(context.Background(), ".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	took, spent, err := pull(db, n)
	if err != nil {
		return nil, err
	}
	more, err := index(db) // nothing to do for so few: they are found without
	return figures{"wall": took.Seconds(), "ready": (took + more).Seconds(), "cpu": spent}, err
}

// childLarge pulls many devices while somebody reads and a deed is done now and
// then, then searches, lists and takes changes.
func childLarge(n int) (figures, error) {
	ctx := context.Background()
	db, err := localdb.Open(ctx, ".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	var longest atomic.Int64
	stop := make(chan struct{})
	ended := make(chan error, 1)
	go func() { ended <- live(ctx, db, stop, &longest) }()
	took, _, err := pull(db, n)
	if err != nil {
		return nil, err
	}
	if _, err := index(db); err != nil {
		return nil, err
	}
	close(stop)
	if err := <-ended; err != nil {
		return nil, err
	}
	f := figures{"wall": took.Seconds(), "wait": float64(longest.Load()) / 1e6, "rss": peakMB()}
	dice := rand.New(rand.NewPCG(1, 2))
	part := func() string {
		serial := serialOf(dice.IntN(n))
		length := 3 + dice.IntN(4)
		at := dice.IntN(len(serial) - length)
		return serial[at : at+length]
	}
	search, err := timed(300, func() error {
		return db.Cached(ctx, scope, func(t localdb.CacheTx) error {
			_, err := t.DevicesWithin(ctx, part(), 50)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	f["search50"], f["search99"] = quantile(search, 50), quantile(search, 99)
	if f["like50"], err = likeScan(part); err != nil {
		return nil, err
	}
	orders, err := timed(300, func() error {
		at := repair.At(now.Time().Add(time.Duration(dice.IntN(n)) * time.Second))
		return db.Cached(ctx, scope, func(t localdb.CacheTx) error {
			_, err := t.Orders(ctx, localdb.ListFilter{Before: at, BeforeID: "~", Limit: 50})
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	devices, err := timed(300, func() error {
		return db.Cached(ctx, scope, func(t localdb.CacheTx) error {
			_, _, err := t.Devices(ctx, repair.WorkOrderID(orderOf(dice.IntN(n))), localdb.DeviceFilter{Offset: dice.IntN(perOrder), Limit: 50})
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	f["orders99"], f["devices99"] = quantile(orders, 99), quantile(devices, 99)
	var pages []float64
	var spent float64
	for i := range 11 { // rows that are known already, from all over the cache
		var rows []localdb.Change
		for range pageRows {
			one := dice.IntN(n)
			rows = append(rows, localdb.Change{T: "device", ID: fmt.Sprintf("01991111-0000-7000-8000-%012d", one), Rev: int64(2*n + i), D: deviceJSON(one)})
		}
		began, before := time.Now(), cpu()
		if _, err := db.ApplyChanges(ctx, scope, rows, "later", now); err != nil {
			return nil, err
		}
		spent += cpu() - before
		pages = append(pages, float64(time.Since(began))/1e6)
	}
	f["page"], f["pagecpu"] = quantile(pages, 50), 1000*spent/float64(len(pages))
	return f, nil
}

// live is a person at work meanwhile: a page of the list, and a deed.
func live(ctx context.Context, db *localdb.DB, stop chan struct{}, longest *atomic.Int64) error {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return nil
		case <-time.After(20 * time.Millisecond):
		}
		began := time.Now()
		err := db.Cached(ctx, scope, func(t localdb.CacheTx) error {
			_, err := t.Orders(ctx, localdb.ListFilter{Before: "9999", BeforeID: "~", Limit: 50})
			return err
		})
		if err == nil && i%5 == 0 {
			err = db.Update(ctx, func(t localdb.VaultTx) error { return t.SavePreference(ctx, "bench", i) })
		}
		if err != nil {
			return err
		}
		longest.Store(max(longest.Load(), int64(time.Since(began))))
	}
}

// likeScan gives what the same search costs without an index, in ms.
func likeScan(part func() string) (float64, error) {
	db, err := sql.Open("sqlite3", "file:cache.db?mode=ro&_cache_size=-16000")
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	times, err := timed(15, func() error {
		rows, err := db.Query("SELECT n FROM device_row WHERE serial_key LIKE ? ORDER BY serial_key LIMIT 50", "%"+part()+"~%") // every row is looked at
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		return rows.Close()
	})
	return quantile(times, 50), err
}

// childOutbox freezes bytes in turn with a bare append, each safe on the disk.
func childOutbox() (figures, error) {
	ctx := context.Background()
	db, err := localdb.Open(ctx, ".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	f, err := os.OpenFile(filepath.Join(".", "bare"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	block := []byte(strings.Repeat("x", 4096))
	var bare, ours []float64
	for range 300 {
		began := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, err
		}
		if err := unix.Fdatasync(int(f.Fd())); err != nil {
			return nil, err
		}
		bare = append(bare, float64(time.Since(began))/1e6)
		item := localdb.OutboxItem{ID: uuid.NewString(), Scope: scope, Kind: "message", WorkOrder: "w1", CreatedAt: now}
		began = time.Now()
		if err := db.Update(ctx, func(t localdb.VaultTx) error { return t.Queue(ctx, item, block) }); err != nil {
			return nil, err
		}
		ours = append(ours, float64(time.Since(began))/1e6)
	}
	return figures{"ours": quantile(ours, 50), "bare": quantile(bare, 50)}, nil
}

// timed gives the milliseconds of each of n runs.
func timed(n int, f func() error) (out []float64, err error) {
	for range n {
		began := time.Now()
		if err := f(); err != nil {
			return nil, err
		}
		out = append(out, float64(time.Since(began))/1e6)
	}
	return out, nil
}

func quantile(values []float64, percent int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}
