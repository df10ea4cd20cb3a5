package centre

import (
	"context"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// never is when what is delivered is asked about.
const never repair.Instant = "9999-12-31T23:59:59Z"

// follow keeps what is asked about as the case has it now. It writes nothing when
// no parcel and no shipment has changed.
func (w *writer) follow(ctx context.Context, c *repair.Case, t repair.Touched) error {
	var keys []RowKey
	for _, id := range append(t.Parcels, t.RemovedParcels...) {
		keys = append(keys, RowKey{T: wire.RowParcel, ID: string(id)})
	}
	for _, id := range t.Shipments {
		keys = append(keys, RowKey{T: wire.RowShipment, ID: string(id)})
	}
	if !isOpen(c.Order.Stage) {
		keys = travelled(c)
	}
	if len(keys) == 0 {
		return nil
	}
	on := map[RowKey]repair.Followed{}
	for _, f := range c.Following() {
		on[followedKey(f)] = f
	}
	for _, key := range keys {
		f, follows := on[key]
		if !follows {
			if err := w.tx.Unfollow(ctx, w.scope, key); err != nil {
				return err
			}
			continue
		}
		row := Followed{RowKey: key, Scope: w.scope, WorkOrder: c.Order.ID, Carrier: f.Carrier, Number: f.Number, AskAt: w.at}
		if f.Done {
			row.AskAt = never
		}
		if err := w.tx.Follow(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// travelled is all that a case at its end may have been asked about.
func travelled(c *repair.Case) (keys []RowKey) {
	for _, p := range c.Parcels {
		keys = append(keys, RowKey{T: wire.RowParcel, ID: string(p.ID)})
	}
	for _, s := range c.Shipments {
		keys = append(keys, RowKey{T: wire.RowShipment, ID: string(s.ID)})
	}
	return keys
}

func followedKey(f repair.Followed) RowKey {
	if f.Parcel != "" {
		return RowKey{T: wire.RowParcel, ID: string(f.Parcel)}
	}
	return RowKey{T: wire.RowShipment, ID: string(f.Shipment)}
}

// followedOf finds what a row is about in its case, as the case has it now.
func followedOf(c *repair.Case, row Followed) (f repair.Followed, found bool) {
	for _, f := range c.Following() {
		if followedKey(f) == row.RowKey && f.Number == row.Number && f.Carrier == row.Carrier {
			return f, true
		}
	}
	return f, false
}
