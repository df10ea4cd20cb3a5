package localdb

import (
	"context"

	"hashmend/backend/sqlkit"
)

// Work on the whole cache goes in steps, each so small that neither a page of
// changes nor a deed waits for it longer than it would for another page.
const (
	textStep    = 2000
	projectStep = 500
)

// fewDevices is up to where an index of three-letter parts costs more, with each
// device that comes, than looking at every serial number once a search does.
const fewDevices = 200_000

// projectionVersion counts up whenever a projection gains or changes a column:
// then all rows are projected again from the bodies that are here.
const projectionVersion = 1

// IndexText puts some more serial numbers into the index of their parts, once
// there are many devices; more is true until all are in it. A search never waits
// for it: what is not in yet is looked at one by one.
func (db *DB) IndexText(ctx context.Context) (more bool, err error) {
	return db.indexText(ctx, fewDevices)
}

func (db *DB) indexText(ctx context.Context, few int) (more bool, err error) {
	err = db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		upto, err := upkeep(ctx, tx, "text")
		if err != nil {
			return err
		}
		if upto == 0 {
			var enough bool
			if _, err := tx.Row(ctx, "devices_enough", sqlkit.P{"few": few}, &enough); err != nil || !enough {
				return err
			}
		}
		type row struct {
			n   int64
			key string
		}
		var rows []row
		err = tx.Each(ctx, "devices_without_text", sqlkit.P{"n": upto, "limit": textStep}, func(scan func(...any) error) error {
			var r row
			err := scan(&r.n, &r.key)
			rows = append(rows, r)
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if _, err := tx.Exec(ctx, "device_text_put", sqlkit.P{"n": r.n, "serial_key": r.key}); err != nil {
				return err
			}
		}
		more = len(rows) == textStep
		_, err = tx.Exec(ctx, "upkeep_set", sqlkit.P{"name": "text", "n": rows[len(rows)-1].n})
		return err
	}))
	return more, err
}

func upkeep(ctx context.Context, tx *sqlkit.Tx, name string) (n int64, err error) {
	_, err = tx.Row(ctx, "upkeep_one", sqlkit.P{"name": name}, &n)
	return n, err
}

// Reproject brings some more rows up to what this program projects, from the
// bodies that are here: nothing is fetched for it. A row that an older program
// could not read is tried again. more is true until all are done.
func (db *DB) Reproject(ctx context.Context) (more bool, err error) {
	err = db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		version, err := upkeep(ctx, tx, "projection")
		if err != nil || version >= projectionVersion {
			return err
		}
		from, err := upkeep(ctx, tx, "projected")
		if err != nil {
			return err
		}
		last, n, err := reproject(ctx, tx, from)
		if err != nil {
			return err
		}
		if more = n == projectStep; more {
			_, err = tx.Exec(ctx, "upkeep_set", sqlkit.P{"name": "projected", "n": last})
			return err
		}
		if err := retryQuarantine(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "upkeep_set", sqlkit.P{"name": "projected", "n": 0}); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "upkeep_set", sqlkit.P{"name": "projection", "n": projectionVersion})
		return err
	}))
	return more, err
}

type keptRow struct {
	n, scope int64
	Change
}

// reproject writes the projections of the rows behind an entity.
func reproject(ctx context.Context, tx *sqlkit.Tx, from int64) (last int64, n int, err error) {
	var rows []keptRow
	err = tx.Each(ctx, "entities_from", sqlkit.P{"n": from, "limit": projectStep}, func(scan func(...any) error) error {
		var r keptRow
		var body []byte
		err := scan(&r.n, &r.scope, &r.T, &r.ID, &r.Rev, &r.WorkOrder, &body)
		r.D = body
		rows = append(rows, r)
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	var a *applier
	for _, r := range rows {
		last = r.n
		read := readingOf(r.Change)
		if read.err != nil {
			continue // it was read before; its body stays for a program that can
		}
		if a, err = a.of(ctx, tx, r.scope); err != nil {
			return 0, 0, err
		}
		if read.order != "" {
			a.orders[read.order] = max(a.orders[read.order], read.at)
		}
		if err := a.write(ctx, r.n, read, false); err != nil {
			return 0, 0, err
		}
	}
	if _, err := a.end(ctx); err != nil {
		return 0, 0, err
	}
	return last, len(rows), nil
}

func retryQuarantine(ctx context.Context, tx *sqlkit.Tx) error {
	var rows []keptRow
	err := tx.Each(ctx, "quarantine_every", nil, func(scan func(...any) error) error {
		var r keptRow
		var body []byte
		err := scan(&r.scope, &r.T, &r.ID, &r.Rev, &body)
		r.D = body
		rows = append(rows, r)
		return err
	})
	if err != nil {
		return err
	}
	var a *applier
	for _, r := range rows {
		if a, err = a.of(ctx, tx, r.scope); err != nil {
			return err
		}
		if err := a.apply(ctx, readingOf(r.Change)); err != nil {
			return err
		}
	}
	_, err = a.end(ctx)
	return err
}
