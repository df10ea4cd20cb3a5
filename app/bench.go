package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Bench is the workshop: what waits at each stage.
type Bench struct{ app *App }

// Stage gives the work that waits at a stage.
func (b *Bench) Stage(stage string, after string) (out desk.BenchPage, err error) {
	defer settle(&err)
	deeds, ctx, err := b.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Bench(ctx, stage, after)
}

// FindParcel says which parcel a waybill at the door belongs to.
func (b *Bench) FindParcel(waybill string) (out desk.ParcelFound, err error) {
	defer settle(&err)
	deeds, ctx, err := b.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.FindParcel(ctx, waybill)
}

// Unclaimed lists parcels that came without a work order.
func (b *Bench) Unclaimed() (out []repair.UnclaimedParcel, err error) {
	defer settle(&err)
	deeds, ctx, err := b.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Unclaimed(ctx)
}
