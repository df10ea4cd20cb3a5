package repair

import (
	"slices"
	"strings"
)

var (
	receiptSound = orderGuard{"receiptSound", "R22", func(r *run, _ *WorkOrder) *Error {
		if at := r.cmd.Receipt.SignedAt; at != "" && (!at.valid() || at > r.env.Now) {
			return ErrCommandValue.With("part", "receipt.signed_at", "value", clip(string(at)))
		}
		return nil
	}}
	rejectionSound = orderGuard{"rejectionSound", "R19", func(r *run, _ *WorkOrder) *Error {
		given := r.cmd.Rejection
		if _, known := reasonOf(rejectionReasons, given.Reason); !known {
			return ErrRejectReason.With("reason", clip(given.Reason))
		}
		if given.Reason == RejectOther && blank(given.Note) {
			return ErrNotesRequired
		}
		return nil
	}}
)

// contents compares what was scanned in a box with what was said to be in it.
type contents struct {
	here       []*Device      // said and found
	elsewhere  []*Device      // of this order, but not said to be in this box
	missing    []*Device      // said, not found
	unexpected []SerialNumber // not of this order
	counted    int
}

func (r *run) contentsOf(p *Parcel, scanned []SerialNumber) contents {
	bySerial := make(map[string]*Device, len(r.c.Devices))
	for i := range r.c.Devices {
		bySerial[r.c.Devices[i].Serial.Key()] = &r.c.Devices[i]
	}
	said := make(map[DeviceID]bool, len(p.Devices))
	for _, id := range p.Devices {
		said[id] = true
	}
	var found contents
	seen := make(map[string]bool, len(scanned))
	for _, serial := range scanned {
		key := serial.Key()
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		found.counted++
		switch d := bySerial[key]; {
		case d == nil:
			found.unexpected = append(found.unexpected, NewSerialNumber(string(serial)))
		case said[d.ID]:
			found.here = append(found.here, d)
		default:
			found.elsewhere = append(found.elsewhere, d)
		}
	}
	for _, id := range p.Devices {
		if d := r.device(id); d != nil && !seen[d.Serial.Key()] {
			found.missing = append(found.missing, d)
		}
	}
	return found
}

// receiveParcel confirms a receipt (R22). Signing says nothing of the contents'
// condition (R04). Contents that differ from the work order are refused unless
// the technician takes them in knowingly (R16).
func (r *run) receiveParcel() *Error {
	given := r.cmd.Receipt
	p := r.parcel(given.Parcel)
	if p == nil {
		return ErrParcelUnknown.With("parcel", string(given.Parcel))
	}
	found := r.contentsOf(p, given.Scanned)
	if !given.AcceptMismatch && len(found.missing)+len(found.elsewhere)+len(found.unexpected) > 0 {
		return ErrContentMismatch.With("box", itoa(p.Seq),
			"missing", serialsOf(found.missing), "elsewhere", serialsOf(found.elsewhere), "unexpected", serialTexts(found.unexpected))
	}
	if err := r.moveParcel(p, actReceive); err != nil {
		return err
	}
	p.SystemReceivedAt, p.SignedAt = r.env.Now, given.SignedAt
	if p.SignedAt == "" {
		p.SignedAt = r.env.Now
	}
	p.CountedDevices = found.counted
	if len(given.Photos) > 0 {
		p.Photos = append(slices.Clone(p.Photos), given.Photos...)
	}
	return r.takeIn(p, found)
}

func (r *run) takeIn(p *Parcel, found contents) *Error {
	for _, d := range found.elsewhere {
		r.takeOut(d)
	}
	inside := make([]DeviceID, 0, found.counted)
	for _, d := range append(slices.Clone(found.here), found.elsewhere...) {
		if err := r.move(d, actReceive); err != nil {
			return err
		}
		d.Parcel, d.ReceivedAt = p.ID, r.env.Now
		inside = append(inside, d.ID)
	}
	for _, d := range found.missing {
		if d.Status == Missing { // its box was lost and came after all, without it
			continue
		}
		if err := r.move(d, actMiss); err != nil {
			return err
		}
	}
	for _, serial := range found.unexpected {
		d := Device{
			ID: DeviceID(r.derivedID(serial.Key())), WorkOrder: r.c.Order.ID, Line: len(r.c.Devices) + 1,
			Serial: serial, Status: Unexpected, Parcel: p.ID, ReceivedAt: r.env.Now, Revision: 1,
		}
		r.c.Devices = append(r.c.Devices, d)
		r.devices[d.ID] = len(r.c.Devices) - 1
		r.touchDevice(&d)
		inside = append(inside, d.ID)
	}
	p.Devices = inside
	if note := r.cmd.Receipt.Note; !blank(note) {
		r.say("system", "message.received", note)
	}
	return nil
}

// takeOut removes a device from the box that was said to hold it.
func (r *run) takeOut(d *Device) {
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		if p.Status == ParcelRejected || p.Status == ParcelLost || !has(p.Devices, d.ID) {
			continue
		}
		p.Devices = slices.DeleteFunc(slices.Clone(p.Devices), func(id DeviceID) bool { return id == d.ID })
		r.touchParcel(p)
	}
}

// rejectParcel refuses a box; its devices are the customer's to send again, and
// all losses are the customer's too (R19).
func (r *run) rejectParcel() *Error {
	given := r.cmd.Rejection
	p := r.parcel(given.Parcel)
	if p == nil {
		return ErrParcelUnknown.With("parcel", string(given.Parcel))
	}
	if err := r.moveParcel(p, actReject); err != nil {
		return err
	}
	bearer, _ := Liability(EventParcelRejected, WarrantyUnknown, r.env.Settings)
	p.Rejection = &Rejection{
		Reason: given.Reason, Note: given.Note, Bearer: bearer, Photos: given.Photos,
		At: r.env.Now, By: r.by.Name,
	}
	p.SystemReceivedAt = ""
	for i := range r.c.Devices {
		d := &r.c.Devices[i]
		if d.Parcel != p.ID {
			continue
		}
		if err := r.move(d, actRefuse); err != nil {
			return err
		}
		d.Parcel, d.ReceivedAt = "", ""
	}
	r.say("system", "message.parcel_rejected", given.Note)
	return nil
}

func serialsOf(devices []*Device) string {
	return serialTexts(listed(devices, func(d *Device) SerialNumber { return d.Serial }))
}

// serialTexts names at most ten, for an error is read by a person.
func serialTexts[T ~string](serials []T) string {
	const most = 10
	shown := serials[:min(len(serials), most)]
	text := strings.Join(listed(shown, func(s T) string { return clip(string(s)) }), " ")
	if rest := len(serials) - len(shown); rest > 0 {
		text += " +" + itoa(rest)
	}
	return text
}
