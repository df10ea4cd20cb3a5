package repair

import "strings"

// Statuses of a correction.
const (
	CorrectionRequested = "requested"
	CorrectionApplied   = "applied"
	CorrectionRefused   = "refused"
)

// Actions of a correction's life.
const (
	actApply  Action = "apply"
	actDeny   Action = "refuse_correction"
	actAsk    Action = "ask"
	fieldSN          = "serial"
	fieldMod         = "model"
	fieldCar         = "carrier"
	fieldWayb        = "waybill_number"
)

// correctionLife is the whole life of a correction.
var correctionLife = life[string, *Correction]{name: "correction", notNow: ErrCorrectionNotNow, rows: []row[string, *Correction]{
	{"", actAsk, Customer, CorrectionRequested, nil, ""},
	{CorrectionRequested, actApply, Centre, CorrectionApplied, []guard[*Correction]{stillMendable}, ""},
	{CorrectionRequested, actDeny, Centre, CorrectionRefused, nil, ""},
}}

var (
	// stillMendable: the thing is there and has not left for good, and the new
	// serial number is nobody else's.
	stillMendable = guard[*Correction]{"stillMendable", "R12", func(r *run, k *Correction) *Error {
		return r.mendable(k.Device, k.Parcel, k.Field, k.To)
	}}
	// correctionSound: only the paper data of one device or parcel; never the
	// address, which stays as it was submitted (R20).
	correctionSound = orderGuard{"correctionSound", "R20", func(r *run, _ *WorkOrder) *Error {
		ask := r.cmd.Correction
		if strings.Contains(ask.Field, "address") {
			return ErrAddressLocked
		}
		if r.c.Correction(ask.ID) != nil {
			return ErrCorrectionTaken.With("correction", string(ask.ID))
		}
		if blank(ask.To) || blank(ask.Reason) {
			return ErrCommandPart.With("part", "correction.to", "kind", string(r.cmd.Kind))
		}
		return r.mendable(ask.Device, ask.Parcel, ask.Field, ask.To)
	}}
)

func (r *run) mendable(device DeviceID, parcel ParcelID, field, to string) *Error {
	now, err := r.fieldNow(device, parcel, field)
	if err != nil {
		return err
	}
	if now == to {
		return ErrCorrectionSame.With("field", field)
	}
	if field != fieldSN {
		return nil
	}
	key := SerialNumber(to).Key()
	if key == "" {
		return ErrSerialRequired
	}
	for i := range r.c.Devices {
		if d := &r.c.Devices[i]; d.ID != device && d.Serial.Key() == key {
			return ErrCorrectionSerial.With("line", itoa(d.Line), "serial", clip(to))
		}
	}
	return nil
}

// fieldNow is what the paper says now.
func (r *run) fieldNow(device DeviceID, parcel ParcelID, field string) (string, *Error) {
	switch field {
	case fieldSN, fieldMod:
		d := r.device(device)
		if d == nil {
			return "", ErrDeviceUnknown.With("device", string(device))
		}
		if has([]DeviceStatus{Shipped, Delivered, Forfeited}, d.Status) {
			return "", ErrCorrectionLate.With("status", string(d.Status))
		}
		if field == fieldSN {
			return string(d.Serial), nil
		}
		return d.Model, nil
	case fieldCar, fieldWayb:
		p := r.parcel(parcel)
		if p == nil {
			return "", ErrParcelUnknown.With("parcel", string(parcel))
		}
		if p.Status == ParcelSigned {
			return "", ErrCorrectionLate.With("status", string(p.Status))
		}
		if field == fieldCar {
			return string(p.Carrier), nil
		}
		return string(p.WaybillNumber), nil
	}
	return "", ErrCorrectionField.With("field", clip(field))
}

func (r *run) requestCorrection() *Error {
	ask := r.cmd.Correction
	from, err := r.fieldNow(ask.Device, ask.Parcel, ask.Field)
	if err != nil {
		return err
	}
	k := Correction{
		ID: ask.ID, WorkOrder: r.c.Order.ID, Device: ask.Device, Parcel: ask.Parcel,
		Field: ask.Field, From: from, To: ask.To, Reason: ask.Reason,
		RequestedAt: r.env.Now, RequestedBy: r.by.Name,
	}
	if k.Status, err = correctionLife.next(r, k.Status, actAsk, &k); err != nil {
		return err
	}
	r.c.Corrections = append(r.c.Corrections, k)
	r.touched.Corrections = append(r.touched.Corrections, k.ID)
	return nil
}

// decideCorrection applies the correction as a new revision, or refuses it. What
// stood before stays in the correction: nothing is lost.
func (r *run) decideCorrection() *Error {
	k := r.c.Correction(r.cmd.CorrectionID)
	if k == nil {
		return ErrCorrectionUnknown.With("correction", string(r.cmd.CorrectionID))
	}
	action := actDeny
	if r.cmd.Approve {
		action = actApply
	}
	to, err := correctionLife.next(r, k.Status, action, k)
	if err != nil {
		return err.With("correction", string(k.ID))
	}
	if r.cmd.Approve {
		if k.From, err = r.fieldNow(k.Device, k.Parcel, k.Field); err != nil {
			return err
		}
		k.Revision = r.mend(k)
	}
	k.Status, k.Answer, k.DecidedAt, k.DecidedBy = to, r.cmd.Text, r.env.Now, r.by.Name
	r.touched.Corrections = append(r.touched.Corrections, k.ID)
	return nil
}

// mend writes the new value and gives the revision that it made.
func (r *run) mend(k *Correction) int {
	switch k.Field {
	case fieldSN, fieldMod:
		d := r.device(k.Device)
		if k.Field == fieldSN {
			d.Serial = NewSerialNumber(k.To)
		} else {
			d.Model = strings.TrimSpace(k.To)
		}
		d.Revision++
		r.touchDevice(d)
		return d.Revision
	default:
		p := r.parcel(k.Parcel)
		if k.Field == fieldCar {
			p.Carrier = Carrier(strings.TrimSpace(k.To))
		} else {
			p.WaybillNumber = NormalWaybill(WaybillNumber(k.To))
		}
		p.Revision++
		r.touchParcel(p)
		return p.Revision
	}
}
