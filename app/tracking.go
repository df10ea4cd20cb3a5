package app

import (
	"hashmend/backend/desk"
)

// Tracking is every parcel and shipment on its way, and every deadline.
type Tracking struct{ app *App }

// List lists what is on its way, of one order or of all.
func (t *Tracking) List(order string) (out []desk.TrackRow, err error) {
	defer settle(&err)
	deeds, ctx, err := t.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Tracking(ctx, order)
}

// Deadlines lists every deadline, the nearest first.
func (t *Tracking) Deadlines() (out []desk.DeadlineRow, err error) {
	defer settle(&err)
	deeds, ctx, err := t.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Deadlines(ctx)
}
