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

// CheckLabel says whether a box label is signed by a known install, and whether
// what was counted is what was packed; nothing counted compares the work order.
func (b *Bench) CheckLabel(code string, counted []string) (out desk.LabelCheck, err error) {
	defer settle(&err)
	deeds, ctx, err := b.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.CheckLabel(ctx, code, counted)
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

// Propose gives the lines of a quote that the centre's price list knows for devices.
func (b *Bench) Propose(order string, devices []string, currency string) (out []repair.QuoteLine, err error) {
	defer settle(&err)
	deeds, ctx, err := b.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Propose(ctx, order, devices, currency)
}
