package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// staleAfter is how long a parcel on its way may be silent.
const staleAfter = 5 * 24 * time.Hour

// Tracking lists what is on its way, of one work order or of all that are open.
// Of one work order it shows what has arrived as well.
func (d *Desk) Tracking(ctx context.Context, order string) ([]TrackRow, error) {
	out := []TrackRow{}
	if order != "" {
		v, err := d.view(ctx, repair.WorkOrderID(order))
		if err != nil {
			return nil, err
		}
		return d.tracks(v.told, true), nil
	}
	err := d.open(ctx, func(_ localdb.OrderRow, s *summary) error {
		out = append(out, d.tracks(s.told, false)...)
		return nil
	})
	slices.SortStableFunc(out, func(a, b TrackRow) int { return cmp.Compare(b.At, a.At) })
	return out, err
}

func (d *Desk) tracks(c *repair.Case, arrived bool) []TrackRow {
	out := []TrackRow{}
	for _, p := range c.Parcels {
		if p.Status == repair.ParcelPlanned || p.Status == repair.ParcelSigned && !arrived {
			continue
		}
		row := TrackRow{Order: string(c.Order.ID), Number: c.Order.Number, Direction: "to_centre", Seq: p.Seq, Of: p.Of, ID: string(p.ID),
			Carrier: p.Carrier, Waybill: string(p.WaybillNumber), Status: string(p.Status), Devices: len(p.Devices), Events: nonNil(p.Events), Trouble: p.Trouble}
		row.At = latestOf(p.Events, latestOf(nil, p.SignedAt, dayStart(p.ShippedOn)))
		onTheRoad := p.Status == repair.ParcelHandedOver || p.Status == repair.ParcelInTransit
		out = append(out, d.track(row, onTheRoad))
	}
	for _, s := range c.Shipments {
		if s.Status == repair.ShipmentDelivered && !arrived {
			continue
		}
		row := TrackRow{Order: string(c.Order.ID), Number: c.Order.Number, Direction: "home", Seq: s.Seq, Of: len(c.Shipments), ID: string(s.ID),
			Carrier: s.Carrier, Waybill: string(s.WaybillNumber), Status: string(s.Status), Devices: len(s.Devices), Events: nonNil(s.Events), Trouble: s.Trouble}
		row.At = latestOf(s.Events, latestOf(nil, s.ShippedAt, s.DeliveredAt))
		onTheRoad := s.Status == repair.ShipmentShipped || s.Status == repair.ShipmentInTransit || s.Status == repair.ShipmentOutForDelivery
		out = append(out, d.track(row, onTheRoad))
	}
	return out
}

func (d *Desk) track(row TrackRow, onTheRoad bool) TrackRow {
	if carrier, known := row.Carrier.Row(); known && row.Waybill != "" {
		row.Page = strings.ReplaceAll(carrier.Page, "{n}", row.Waybill)
	}
	row.Stale = onTheRoad && row.At.IsSet() && d.Now().Sub(row.At.Time()) > staleAfter
	return row
}

func latestOf(events []repair.TrackEvent, instants ...repair.Instant) (at repair.Instant) {
	for _, i := range instants {
		at = max(at, i)
	}
	for _, e := range events {
		at = max(at, e.At)
	}
	return at
}

// dayStart stands for a day where an instant is asked.
func dayStart(day repair.Date) repair.Instant {
	if !day.IsSet() {
		return ""
	}
	return repair.At(day.Time())
}

// Deadlines lists every deadline of the open work orders, the nearest first.
func (d *Desk) Deadlines(ctx context.Context) ([]DeadlineRow, error) {
	out := []DeadlineRow{}
	err := d.open(ctx, func(r localdb.OrderRow, s *summary) error {
		for _, dl := range s.deadlines {
			out = append(out, DeadlineRow{Order: string(r.ID), Number: r.Number, Customer: r.Customer, Deadline: dl})
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b DeadlineRow) int { return cmp.Compare(a.Deadline.Date, b.Deadline.Date) })
	return out, err
}
