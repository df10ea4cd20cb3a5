package desk

import (
	"context"

	"hashmend/backend/repair"
)

// Propose gives the lines that the centre's price list knows for all of these
// devices. Nothing is decided by it.
func (d *Desk) Propose(ctx context.Context, order string, devices []string, currency string) ([]repair.QuoteLine, error) {
	v, err := d.view(ctx, repair.WorkOrderID(order))
	if err != nil {
		return nil, err
	}
	info, _, err := d.centre(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]*repair.Device, 0, len(devices))
	for _, id := range devices {
		device := v.ahead.Device(repair.DeviceID(id))
		if device == nil {
			return nil, repair.ErrDeviceUnknown.With("device", id)
		}
		list = append(list, device)
	}
	return nonNil(repair.ProposeLines(info.Prices, list, currency)), nil
}
