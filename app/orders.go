package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Orders is the list of work orders and drafts, and the page of one.
type Orders struct{ app *App }

// List gives one page of the list.
func (o *Orders) List(query desk.OrderQuery) (out desk.OrderPage, err error) {
	defer settle(&err)
	deeds, ctx, err := o.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Orders(ctx, query)
}

// Get gives a work order without its devices.
func (o *Orders) Get(id string) (out desk.OrderView, err error) {
	defer settle(&err)
	deeds, ctx, err := o.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Order(ctx, id)
}

// Devices gives one page of a work order's devices.
func (o *Orders) Devices(query desk.DeviceQuery) (out desk.DevicePage, err error) {
	defer settle(&err)
	deeds, ctx, err := o.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.OrderDevices(ctx, query)
}

// FindDevices finds devices by serial across everything this PC knows.
func (o *Orders) FindDevices(text string) (out []desk.DeviceHit, err error) {
	defer settle(&err)
	deeds, ctx, err := o.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.FindDevices(ctx, text)
}

// Scan says what a scanned code is.
func (o *Orders) Scan(code string) (out desk.ScanTarget, err error) {
	defer settle(&err)
	deeds, ctx, err := o.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Scan(ctx, code)
}

// Do queues a decision about a work order after asking the rules; the desk fills its id and what the person saw.
func (o *Orders) Do(command repair.Command) (out desk.OutboxRow, err error) {
	defer settle(&err)
	deeds, ctx, err := o.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Do(ctx, command)
}
