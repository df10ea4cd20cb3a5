package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// childLarge pulls many devices while somebody reads and a deed is done now and
// then, then searches, lists and takes changes.
func childLarge(arguments []string) (figures, error) {
	ctx := context.Background()
	n, err := strconv.Atoi(arguments[1])
	if err != nil {
		return nil, err
	}
	db, err := localdb.Open(ctx, ".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	var longest atomic.Int64
	stop := make(chan struct{})
	ended := make(chan error, 1)
	go func() { ended <- live(ctx, db, stop, &longest) }()
	took, spent, err := pull(ctx, db, arguments[0], arguments[1])
	if err != nil {
		return nil, err
	}
	ready, err := index(db)
	if err != nil {
		return nil, err
	}
	close(stop)
	if err := <-ended; err != nil {
		return nil, err
	}
	f := figures{"wall": took.Seconds(), "ready": (took + ready).Seconds(), "cpu": spent, "wait": float64(longest.Load()) / 1e6, "rss": peakMB()}
	if err := lookAround(ctx, db, n, f); err != nil {
		return nil, err
	}
	return f, takeChanges(ctx, db, n, f)
}

// lookAround searches for parts of serial numbers and opens pages at any depth.
func lookAround(ctx context.Context, db *localdb.DB, n int, f figures) error {
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
		return err
	}
	f["search50"], f["search99"] = quantile(search, 50), quantile(search, 99)
	if f["like50"], err = likeScan(part); err != nil {
		return err
	}
	orders, err := timed(300, func() error {
		at := repair.At(now.Time().Add(time.Duration(dice.IntN(n)) * time.Second))
		return db.Cached(ctx, scope, func(t localdb.CacheTx) error {
			_, err := t.Orders(ctx, localdb.ListFilter{Before: at, BeforeID: "~", Limit: 50})
			return err
		})
	})
	if err != nil {
		return err
	}
	devices, err := timed(300, func() error {
		return db.Cached(ctx, scope, func(t localdb.CacheTx) error {
			_, _, err := t.Devices(ctx, repair.WorkOrderID(orderOf(dice.IntN(n))), localdb.DeviceFilter{Offset: dice.IntN(perOrder), Limit: 50})
			return err
		})
	})
	f["orders99"], f["devices99"] = quantile(orders, 99), quantile(devices, 99)
	return err
}

// takeChanges applies pages of rows that are known already, from all over the cache.
// Between two the program rests, as it does between news.
func takeChanges(ctx context.Context, db *localdb.DB, n int, f figures) error {
	dice := rand.New(rand.NewPCG(3, 4))
	rev := int64(2 * n)
	for name, status := range map[string]repair.DeviceStatus{"page": repair.Listed, "moved": repair.Repairing} {
		var pages []float64
		var spent float64
		for range 11 {
			var rows []localdb.Change
			for range pageRows {
				one := dice.IntN(n)
				d := deviceOf(one)
				d.Status = status
				text, err := json.Marshal(d)
				if err != nil {
					return err
				}
				rows = append(rows, localdb.Change{T: "device", ID: deviceID(one), Rev: rev, D: text})
			}
			rev++
			time.Sleep(300 * time.Millisecond)
			began, before := time.Now(), cpu()
			if _, err := db.ApplyChanges(ctx, scope, rows, "later", now); err != nil {
				return err
			}
			spent += cpu() - before
			pages = append(pages, float64(time.Since(began))/1e6)
		}
		f[name], f[name+"cpu"] = quantile(pages, 50), 1000*spent/float64(len(pages))
	}
	return nil
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
