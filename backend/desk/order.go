package desk

import (
	"context"
	"encoding/json"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Order gives a work order for its page, without its devices. What may be done
// is asked of the rules with what is on its way already done.
func (d *Desk) Order(ctx context.Context, id string) (out OrderView, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(id))
	if err != nil {
		return out, err
	}
	env, err := d.env(ctx)
	if err != nil {
		return out, err
	}
	c := v.told
	out = OrderView{
		Order: c.Order, Parcels: nonNil(c.Parcels), Shipments: nonNil(c.Shipments), Payments: nonNil(c.Payments),
		Messages: nonNil(c.Messages), Corrections: nonNil(c.Corrections), Offers: nonNil(v.ahead.Offers(session.Role, env)),
		Refundable: nonNil(v.ahead.Refundable(session.Role, env)),
		Deadlines:  nonNil(c.Deadlines(env)), Pending: []OutboxRow{}, Due: nonNil(c.Due()), Counts: map[string]int{}, Sync: MarkSent,
	}
	for _, dev := range c.Devices {
		out.Counts[string(dev.Status)]++
	}
	for _, item := range v.pending {
		out.Pending = append(out.Pending, d.outboxRow(ctx, item))
		if out.Sync != MarkRefused {
			out.Sync = markOf(item.State)
		}
	}
	if _, out.SyncedAt, err = d.DB.Cursor(ctx, session.Scope); err != nil {
		return out, err
	}
	out.Warnings, err = d.warnings(ctx, session.Scope, c.Order.ID)
	return out, err
}

// warnings are what the centre said when it took the submission: serial numbers
// that another open work order has.
func (d *Desk) warnings(ctx context.Context, scope localdb.Scope, id repair.WorkOrderID) ([]repair.Finding, error) {
	out := []repair.Finding{}
	var items []localdb.OutboxItem
	if err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		items, err = t.OrderOutbox(ctx, scope, id, localdb.Accepted)
		return err
	}); err != nil {
		return out, err
	}
	for _, item := range items {
		if item.Kind != localdb.KindSubmit || item.Answer == nil {
			continue
		}
		var answer wire.Accepted
		if err := json.Unmarshal(item.Answer, &answer); err != nil {
			return out, err
		}
		for _, w := range answer.Warnings {
			out = append(out, repair.Finding{Code: w.Code, Severity: repair.Warning, Row: w.Row, Column: w.Column, Args: w.Args})
		}
	}
	return out, nil
}

// OrderDevices gives one page of a work order's devices, each with its quote in
// force and what may be done to it.
func (d *Desk) OrderDevices(ctx context.Context, query DeviceQuery) (out DevicePage, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(query.Order))
	if err != nil {
		return out, err
	}
	env, err := d.env(ctx)
	if err != nil {
		return out, err
	}
	filter := localdb.DeviceFilter{Key: repair.SerialNumber(query.Text).Key(), Offset: max(query.Offset, 0), Limit: query.Limit}
	if filter.Limit <= 0 || filter.Limit > maxPage {
		filter.Limit = maxPage
	}
	for _, s := range query.Statuses {
		filter.Statuses = append(filter.Statuses, repair.DeviceStatus(s))
	}
	var devices []repair.Device
	if err := d.DB.Cached(ctx, session.Scope, func(t localdb.CacheTx) (err error) {
		devices, out.Total, err = t.Devices(ctx, repair.WorkOrderID(query.Order), filter)
		return err
	}); err != nil {
		return out, err
	}
	out.Rows = deviceRows(v, devices, v.ahead.Offers(session.Role, env), env)
	return out, d.markDevices(ctx, v, out.Rows)
}

func deviceRows(v *view, devices []repair.Device, offers []repair.Offer, env repair.Env) []DeviceRow {
	boxes := map[repair.ParcelID]int{}
	for _, p := range v.told.Parcels {
		boxes[p.ID] = p.Seq
	}
	ways := map[repair.ShipmentID]int{}
	for _, s := range v.told.Shipments {
		ways[s.ID] = s.Seq
	}
	quotes := map[repair.QuoteID]*repair.Quote{}
	for i := range v.told.Quotes {
		quotes[v.told.Quotes[i].ID] = &v.told.Quotes[i]
	}
	rows := make([]DeviceRow, 0, len(devices))
	at := map[string]int{} // of devices and their quotes
	for _, dev := range devices {
		at[string(dev.ID)] = len(rows)
		row := DeviceRow{Device: dev, Quote: quotes[dev.Quote], Actions: []repair.CommandKind{}, BoxSeq: boxes[dev.Parcel], ShipmentSeq: ways[dev.Shipment]}
		if row.Quote != nil {
			at[string(row.Quote.ID)] = len(rows)
			row.Declinable, row.DeclineRule = repair.DeclineRule(row.Quote.Class)
		}
		rows = append(rows, row)
	}
	for _, offer := range offers {
		for _, id := range append(texts(offer.Devices), texts(offer.Quotes)...) {
			if i, shown := at[id]; shown && !slices.Contains(rows[i].Actions, offer.Kind) {
				rows[i].Actions = append(rows[i].Actions, offer.Kind)
			}
		}
	}
	return rows
}

func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// markDevices names the command that waits for each device.
func (d *Desk) markDevices(ctx context.Context, v *view, rows []DeviceRow) error {
	if len(v.pending) == 0 {
		return nil
	}
	kinds := map[string]repair.CommandKind{}
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		for _, item := range v.pending {
			if item.State == localdb.Refused {
				continue
			}
			cmd, err := commandOf(ctx, t, item.ID)
			if err != nil {
				return err
			}
			for _, id := range subjects(cmd) {
				kinds[id] = cmd.Kind
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for i := range rows {
		row := &rows[i]
		row.Pending = string(kinds[string(row.Device.ID)])
		if row.Quote != nil && row.Pending == "" {
			row.Pending = string(kinds[string(row.Quote.ID)])
		}
	}
	return nil
}

// subjects are the devices and quotes that a command is about.
func subjects(cmd repair.Command) []string {
	out := append(texts(cmd.Devices), texts(cmd.Quotes)...)
	for _, p := range cmd.Parcels {
		out = append(out, texts(p.Devices)...)
	}
	for _, o := range cmd.Offers {
		out = append(out, string(o.Device))
	}
	if cmd.Inspection != nil {
		out = append(out, string(cmd.Inspection.Device))
	}
	if cmd.Ship != nil {
		out = append(out, texts(cmd.Ship.Devices)...)
	}
	if cmd.Correction != nil && cmd.Correction.Device != "" {
		out = append(out, string(cmd.Correction.Device))
	}
	if cmd.Payment != nil {
		out = append(out, texts(cmd.Payment.Quotes)...)
	}
	return out
}
