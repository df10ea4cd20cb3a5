package localdb

import (
	"context"
	"encoding/json"
	"strings"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// OrderRow is a work order in a list.
type OrderRow struct {
	ID        repair.WorkOrderID
	Number    string
	Reference string
	Customer  string
	Stage     repair.Stage
	Flags     []string
	Devices   int
	Updated   repair.Instant
}

// Orders gives one page of work orders, newest first.
func (t CacheTx) Orders(ctx context.Context, f ListFilter) (out []OrderRow, err error) {
	name, p := "orders_page", f.parameters(t.scope)
	if f.narrow() || f.Stages != nil {
		name = "orders_page_filtered"
		p["stages"] = list(f.stages())
	}
	err = t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		r, err := scanOrder(scan)
		out = append(out, r)
		return err
	})
	return out, err
}

// CountOrders counts the work orders that a filter lets through.
func (t CacheTx) CountOrders(ctx context.Context, f ListFilter) (n int, err error) {
	p := f.parameters(t.scope)
	p["stages"] = list(f.stages())
	_, err = t.tx.Row(ctx, "orders_count_filtered", p, &n)
	return n, err
}

func (f ListFilter) stages() []repair.Stage {
	if f.Stages == nil {
		return AllStages
	}
	return f.Stages
}

// OpenStages are those of a work order that is not over; ClosedStages are the
// rest; AllStages both. A draft and a queued submission have no row here.
var (
	OpenStages = []repair.Stage{
		repair.StageSubmitted, repair.StageNeedInfo, repair.StageResolvedRemote, repair.StageReturnConfirmed,
		repair.StageAwaitingParcel, repair.StageParcelRejected, repair.StagePartiallyReceived, repair.StageReceived,
		repair.StageInspecting, repair.StageAwaitingDecision, repair.StageAwaitingPayment, repair.StageRepairing,
		repair.StageReadyToShip, repair.StagePartiallyShipped, repair.StageShipped, repair.StageReturnRefused,
	}
	ClosedStages = []repair.Stage{repair.StageForfeited, repair.StageClosed, repair.StageCancelled}
	AllStages    = append(append([]repair.Stage{}, OpenStages...), ClosedStages...)
)

// OrderCounts counts every work order by stage.
func (t CacheTx) OrderCounts(ctx context.Context) (map[repair.Stage]int, error) {
	out := map[repair.Stage]int{}
	err := t.tx.Each(ctx, "orders_by_stage", sqlkit.P{"scope": t.scope}, func(scan func(...any) error) error {
		var stage repair.Stage
		var n int
		err := scan(&stage, &n)
		out[stage] = n
		return err
	})
	return out, err
}

// OrderRow gives the row of one work order.
func (t CacheTx) OrderRow(ctx context.Context, id repair.WorkOrderID) (r OrderRow, found bool, err error) {
	err = t.tx.Each(ctx, "order_row_one", sqlkit.P{"scope": t.scope, "id": string(id)}, func(scan func(...any) error) error {
		found = true
		r, err = scanOrder(scan)
		return err
	})
	return r, found, err
}

// OrderByNumber finds a work order by the centre's number.
func (t CacheTx) OrderByNumber(ctx context.Context, number string) (id repair.WorkOrderID, found bool, err error) {
	found, err = t.tx.Row(ctx, "order_by_number", sqlkit.P{"scope": t.scope, "number": number}, &id)
	return id, found, err
}

func scanOrder(scan func(...any) error) (r OrderRow, err error) {
	var flags string
	if err := scan(&r.ID, &r.Number, &r.Reference, &r.Customer, &r.Stage, &flags, &r.Devices, &r.Updated); err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(flags), &r.Flags)
}

// DeviceFilter narrows the devices of one work order.
type DeviceFilter struct {
	Statuses []repair.DeviceStatus // nil: all
	Key      string                // part of a serial number's key
	Offset   int
	Limit    int
}

// Devices gives one page of a work order's devices by line, and how many there are.
func (t CacheTx) Devices(ctx context.Context, order repair.WorkOrderID, f DeviceFilter) (rows []repair.Device, total int, err error) {
	p := sqlkit.P{"scope": t.scope, "work_order": string(order), "offset": f.Offset, "limit": f.Limit}
	suffix := ""
	var least, most int
	if f.Statuses != nil || f.Key != "" {
		suffix = "_filtered"
		statuses := f.Statuses
		if statuses == nil {
			statuses = allStatuses
		}
		p["statuses"], p["key"] = list(statuses), f.Key
	}
	if _, err := t.tx.Row(ctx, "devices_count"+suffix, p, &total); err != nil {
		return nil, 0, err
	}
	if suffix == "" {
		if _, err := t.tx.Row(ctx, "devices_lines", p, &least, &most); err != nil {
			return nil, 0, err
		}
		if least == 1 && most == total { // no line is missing: the page begins behind a known one
			suffix = "_from"
		}
	}
	rows, err = entities[repair.Device](ctx, t, "devices_page"+suffix, p)
	return rows, total, err
}

var allStatuses = []repair.DeviceStatus{
	repair.Listed, repair.Packed, repair.Dispatched, repair.Received, repair.Missing, repair.Unexpected, repair.Inspected,
	repair.Quoted, repair.Accepted, repair.Declined, repair.Repairing, repair.Testing, repair.Repaired, repair.Unrepaired,
	repair.PackedReturn, repair.Shipped, repair.Delivered, repair.Forfeited,
}

// DeviceHit is a device found by its serial number.
type DeviceHit struct {
	Key       string
	ID        repair.DeviceID
	Order     repair.WorkOrderID
	Status    repair.DeviceStatus
	Number    string
	Stage     repair.Stage
	Reference string
	Updated   repair.Instant
	Device    repair.Device
}

// DevicesBySerials finds devices by the keys of their serial numbers.
func (t CacheTx) DevicesBySerials(ctx context.Context, keys []string) ([]DeviceHit, error) {
	return t.devices(ctx, "devices_by_serials", sqlkit.P{"keys": list(keys)})
}

// DevicesFrom finds devices whose serial number begins with key.
func (t CacheTx) DevicesFrom(ctx context.Context, key string, limit int) ([]DeviceHit, error) {
	return t.devices(ctx, "devices_prefix", sqlkit.P{"from": key, "to": key + last, "limit": limit})
}

// DevicesWithin finds devices whose serial number holds key, of at least three
// characters.
func (t CacheTx) DevicesWithin(ctx context.Context, key string, limit int) ([]DeviceHit, error) {
	if len([]rune(key)) < 3 {
		return nil, nil
	}
	upto, err := upkeep(ctx, t.tx, "text")
	if err != nil {
		return nil, err
	}
	if upto == 0 {
		return t.devices(ctx, "devices_within_all", sqlkit.P{"key": key, "limit": limit})
	}
	match := `"` + strings.ReplaceAll(key, `"`, `""`) + `"`
	found, err := t.devices(ctx, "devices_within", sqlkit.P{"match": match, "limit": limit})
	if err != nil || len(found) >= limit {
		return found, err
	}
	rest, err := t.devices(ctx, "devices_within_rest", sqlkit.P{"key": key, "n": upto, "limit": limit - len(found)})
	return append(found, rest...), err
}

func (t CacheTx) devices(ctx context.Context, name string, p sqlkit.P) (out []DeviceHit, err error) {
	p["scope"] = t.scope
	err = t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var h DeviceHit
		var body []byte
		if err := scan(&h.Key, &h.ID, &h.Order, &h.Status, &h.Number, &h.Stage, &h.Reference, &h.Updated, &body); err != nil {
			return err
		}
		err := json.Unmarshal(body, &h.Device)
		out = append(out, h)
		return err
	})
	return out, err
}

// SerialKnown says which work order has a serial number.
type SerialKnown struct {
	Key    string
	Device repair.DeviceID
	Order  repair.WorkOrderID
	Number string
	Stage  repair.Stage
}

// KnownSerials says which of these keys work orders have.
func (t CacheTx) KnownSerials(ctx context.Context, keys []string) (out []SerialKnown, err error) {
	if t.scope == 0 { // nothing was ever pulled
		return nil, nil
	}
	err = t.tx.Each(ctx, "serials_known", sqlkit.P{"scope": t.scope, "keys": list(keys)}, func(scan func(...any) error) error {
		var k SerialKnown
		err := scan(&k.Key, &k.Device, &k.Order, &k.Number, &k.Stage)
		out = append(out, k)
		return err
	})
	return out, err
}

// DeviceInOrder finds a device of a work order by the key of its serial number.
func (t CacheTx) DeviceInOrder(ctx context.Context, order repair.WorkOrderID, key string) (d repair.Device, found bool, err error) {
	all, err := entities[repair.Device](ctx, t, "device_in_order", sqlkit.P{"work_order": string(order), "key": key})
	if err != nil || len(all) == 0 {
		return d, false, err
	}
	return all[0], true, nil
}

// WaybillHit is a parcel or shipment found by its waybill number.
type WaybillHit struct {
	T     string // parcel, shipment
	ID    string
	Order repair.WorkOrderID
}

// ByWaybill finds parcels and shipments with a waybill number.
func (t CacheTx) ByWaybill(ctx context.Context, number string) ([]WaybillHit, error) {
	return t.waybills(ctx, "waybill_exact", sqlkit.P{"waybill": WaybillKey(number)})
}

// WaybillsFrom finds parcels and shipments whose waybill number begins so.
func (t CacheTx) WaybillsFrom(ctx context.Context, number string, limit int) ([]WaybillHit, error) {
	key := WaybillKey(number)
	return t.waybills(ctx, "waybill_prefix", sqlkit.P{"from": key, "to": key + last, "limit": limit})
}

func (t CacheTx) waybills(ctx context.Context, name string, p sqlkit.P) (out []WaybillHit, err error) {
	p["scope"] = t.scope
	err = t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var h WaybillHit
		err := scan(&h.T, &h.ID, &h.Order)
		out = append(out, h)
		return err
	})
	return out, err
}
