package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Restored is what a person should know after the centre came back from an older
// copy of itself, and while everything is fetched anew.
type Restored struct {
	At       repair.Instant `json:"at"` // when it was noticed, "" when there is no news
	Fetching bool           `json:"fetching"`
	Arrived  int64          `json:"arrived"`
	Total    int64          `json:"total"`
	Again    []AgainRow     `json:"again"`
	OnlyHere []OnlyHereRow  `json:"only_here"`
	Unread   []UnreadRow    `json:"unread"`
}

// AgainRow is something that the centre had taken and is offered again.
type AgainRow struct {
	ID    string   `json:"id"`
	Kind  string   `json:"kind"`
	Order string   `json:"order"`
	Was   string   `json:"was"`  // the number that the centre had given, or the order's
	Now   string   `json:"now"`  // the number that it gives now, "" before
	Asks  bool     `json:"asks"` // it is about money: a person must say so
	Mark  SyncMark `json:"mark"`
}

// OnlyHereRow is a work order of which the centre has lost something that this PC
// still has.
type OnlyHereRow struct {
	Order  string         `json:"order"`
	Number string         `json:"number"`
	Things int            `json:"things"`
	At     repair.Instant `json:"at"`
}

// UnreadRow is a row that this program could not read. It is kept as it came.
type UnreadRow struct {
	Type string `json:"type"`
	ID   string `json:"id"`
	Why  string `json:"why"`
	Body string `json:"body"`
}

// manyOnlyHere bounds what is read for the screen; unreadShown what of a row is.
const (
	manyOnlyHere = 5000
	unreadShown  = 2000
)

// Restored says what came of a restored centre, and what could not be read.
func (d *Desk) Restored(ctx context.Context) (out Restored, err error) {
	scope := d.scope()
	out = Restored{Again: []AgainRow{}, OnlyHere: []OnlyHereRow{}, Unread: []UnreadRow{}}
	staged, found, err := d.DB.Staged(ctx, scope)
	if err != nil {
		return out, err
	}
	out.Fetching, out.Arrived, out.Total = found, staged.Arrived, staged.Total
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		if out.At, err = t.Restored(ctx, scope); err != nil {
			return err
		}
		items, err := t.OfferedAgain(ctx, scope)
		if err != nil {
			return err
		}
		for _, item := range items {
			if out.At != "" || item.Again == localdb.AgainAsks {
				out.Again = append(out.Again, againRow(item))
			}
		}
		things, err := t.OnlyHere(ctx, scope, manyOnlyHere)
		out.OnlyHere = append(out.OnlyHere, byOrder(things)...)
		return err
	}); err != nil {
		return out, err
	}
	rows, err := d.DB.Quarantined(ctx, scope)
	for _, row := range rows {
		body := string(row.D)
		if len(body) > unreadShown {
			body = body[:unreadShown] + "…"
		}
		out.Unread = append(out.Unread, UnreadRow{Type: row.T, ID: row.ID, Why: row.Error, Body: body})
	}
	return out, err
}

func againRow(item localdb.OutboxItem) AgainRow {
	row := AgainRow{ID: item.ID, Kind: item.Kind, Order: string(item.WorkOrder), Was: item.Title,
		Asks: item.Again == localdb.AgainAsks, Mark: markOf(item.State)}
	number := func(answer json.RawMessage) string {
		var a struct {
			Number string `json:"number"`
		}
		_ = json.Unmarshal(answer, &a) // a command's answer has none
		return a.Number
	}
	if was := number(item.Was); was != "" {
		row.Was = was
	}
	if item.State == localdb.Accepted {
		row.Now = number(item.Answer)
	}
	return row
}

// byOrder counts things by work order, in their order.
func byOrder(things []localdb.OnlyHere) (out []OnlyHereRow) {
	for _, thing := range things {
		if n := len(out); n == 0 || out[n-1].Order != string(thing.WorkOrder) {
			out = append(out, OnlyHereRow{Order: string(thing.WorkOrder), At: thing.At})
		}
		last := &out[len(out)-1]
		last.Things++
		if thing.T == "work_order" {
			var order repair.WorkOrder
			_ = json.Unmarshal(thing.Body, &order) // without a number it is shown by its id
			last.Number = order.Number
		}
	}
	return out
}

// SayAgain is the person's word on what is about money: send it again, or leave it
// as it is. id "" means all.
func (d *Desk) SayAgain(ctx context.Context, id string, send bool) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		_, err := t.SayAgain(ctx, d.scope(), id, send, repair.At(d.Now()))
		return err
	})
}

// ForgetOnlyHere drops what only this PC has of a work order: the person has
// looked at it and said so.
func (d *Desk) ForgetOnlyHere(ctx context.Context, id repair.WorkOrderID) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error { return t.ForgetOnlyHere(ctx, d.scope(), id) })
}

// PutRestoredAway notes that the person has seen the news.
func (d *Desk) PutRestoredAway(ctx context.Context) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		return t.PutRestoredAway(ctx, d.scope(), repair.At(d.Now()))
	})
}
