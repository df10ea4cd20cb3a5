package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Packing is the packing bench of a work order.
type Packing struct{ app *App }

// Get gives the boxes and what is left to pack.
func (p *Packing) Get(order string) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Packing(ctx, order)
}

// Scan puts the scanned device into a box.
func (p *Packing) Scan(order string, box int, code string) (out desk.PackScan, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PackByScan(ctx, order, box, code)
}

// AddBox opens another box.
func (p *Packing) AddBox(order string) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.AddBox(ctx, order)
}

// RemoveBox unpacks and removes a box.
func (p *Packing) RemoveBox(order string, box int) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RemoveBox(ctx, order, box)
}

// PackRest puts the next count unpacked devices into a box; the labels are still to be scanned against it.
func (p *Packing) PackRest(order string, box int, count int) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PackRest(ctx, order, box, count)
}

// Unpack takes a device out of its box.
func (p *Packing) Unpack(order string, device string) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Unpack(ctx, order, device)
}

// SetBox sets carrier, waybill and freight of a box.
func (p *Packing) SetBox(order string, box int, input desk.BoxInput) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SetBox(ctx, order, box, input)
}

// Tick ticks the steps of the packing guidance that were done.
func (p *Packing) Tick(order string, steps []string) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.TickChecklist(ctx, order, steps)
}

// Confirm files boxes and waybills with the centre.
func (p *Packing) Confirm(order string) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.ConfirmPacking(ctx, order)
}

// HandOver says the carrier has the boxes: the waybills are fixed from now on.
func (p *Packing) HandOver(order string, boxes []int) (out desk.PackView, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.HandOver(ctx, order, boxes)
}

// CheckWaybill checks a waybill number.
func (p *Packing) CheckWaybill(carrier repair.Carrier, number string) (out repair.WaybillCheck, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.CheckWaybill(ctx, carrier, number)
}
