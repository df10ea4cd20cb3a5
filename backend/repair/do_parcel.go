package repair

import "slices"

// plansPass: what preflight would block is refused here as well.
var plansPass = orderGuard{"plansPass", "R16", func(r *run, _ *WorkOrder) *Error {
	return blockedBy(PreflightParcels(r.c, r.cmd.Parcels, r.cmd.ChecklistAcked, r.env))
}}

// parcelsAsSeen: a plan made before the office corrected a box would undo the
// correction.
var parcelsAsSeen = orderGuard{"parcelsAsSeen", "", func(r *run, _ *WorkOrder) *Error {
	for _, plan := range r.cmd.Parcels {
		if p := r.parcel(plan.ID); p != nil && p.Revision > 1 && r.cmd.SeenRev > 0 && p.Rev > r.cmd.SeenRev {
			return ErrOrderChanged.With("what", "parcel", "box", itoa(p.Seq))
		}
	}
	return nil
}}

// setParcels replaces what is still planned; boxes that have left stay.
func (r *run) setParcels() *Error {
	if r.cmd.ChecklistAcked {
		r.c.Order.ChecklistAckedAt = r.env.Now
	}
	if err := r.unpackPlanned(); err != nil {
		return err
	}
	for _, plan := range r.cmd.Parcels {
		if err := r.planParcel(plan); err != nil {
			return err
		}
	}
	r.numberBoxes()
	return nil
}

// unpackPlanned empties the boxes that have not left and drops those that are
// planned no more.
func (r *run) unpackPlanned() *Error {
	kept := make(map[ParcelID]bool, len(r.cmd.Parcels))
	for _, plan := range r.cmd.Parcels {
		kept[plan.ID] = true
	}
	for i := range r.c.Devices {
		d := &r.c.Devices[i]
		if d.Status != Packed {
			continue
		}
		if err := r.move(d, actUnpack); err != nil {
			return err
		}
		d.Parcel = ""
	}
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		if p.Status != ParcelPlanned {
			continue
		}
		p.Devices = nil
		if kept[p.ID] {
			continue
		}
		if err := r.moveParcel(p, actWithdraw); err != nil {
			return err
		}
		r.touched.RemovedParcels = append(r.touched.RemovedParcels, p.ID)
	}
	r.touched.Parcels = slices.DeleteFunc(r.touched.Parcels, func(id ParcelID) bool { return has(r.touched.RemovedParcels, id) })
	r.c.Parcels = slices.DeleteFunc(r.c.Parcels, func(p Parcel) bool { return p.Status == parcelNone })
	r.indexParcels()
	return nil
}

func (r *run) indexParcels() {
	clear(r.parcels)
	for i := range r.c.Parcels {
		r.parcels[r.c.Parcels[i].ID] = i
	}
}

func (r *run) planParcel(plan ParcelPlan) *Error {
	p := r.parcel(plan.ID)
	if p == nil {
		r.c.Parcels = append(r.c.Parcels, Parcel{ID: plan.ID, WorkOrder: r.c.Order.ID, Revision: 1})
		r.parcels[plan.ID] = len(r.c.Parcels) - 1
		p = &r.c.Parcels[len(r.c.Parcels)-1]
	}
	if err := r.moveParcel(p, actPlan); err != nil {
		return err
	}
	if plan.Replaces != "" {
		old := r.parcel(plan.Replaces)
		if old == nil || (old.Status != ParcelRejected && old.Status != ParcelLost) {
			return ErrParcelReplaces.With("parcel", string(plan.Replaces))
		}
	}
	p.Carrier, p.WaybillNumber = plan.Carrier, NormalWaybill(plan.WaybillNumber)
	p.FreightTerms, p.DeliveryMode = plan.FreightTerms, plan.DeliveryMode
	p.SenderPhone, p.WeightGrams = plan.SenderPhone, plan.WeightGrams
	p.Devices, p.Photos = slices.Clone(plan.Devices), plan.Photos
	p.ShippedOn, p.Replaces = plan.ShippedOn, plan.Replaces
	for _, id := range plan.Devices {
		d := r.device(id)
		if d == nil {
			return ErrDeviceUnknown.With("device", string(id))
		}
		if err := r.move(d, actPack); err != nil {
			return err
		}
		d.Parcel = p.ID
	}
	return nil
}

// numberBoxes counts the boxes that are not refused or lost: "box 2 of 3". What
// has left keeps the number that is printed on it.
func (r *run) numberBoxes() {
	live, next := 0, 1
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		if p.Status == ParcelRejected || p.Status == ParcelLost {
			continue
		}
		live++
		if p.Status != ParcelPlanned && p.Seq >= next {
			next = p.Seq + 1
		}
	}
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		if p.Status != ParcelPlanned {
			continue
		}
		p.Seq, p.Of = next, max(live, next)
		next++
	}
	for i := range r.c.Parcels {
		if p := &r.c.Parcels[i]; p.Status == ParcelPlanned {
			p.Of = max(live, next-1)
		}
	}
}

func (r *run) handOver() *Error {
	for _, id := range r.cmd.ParcelIDs {
		p := r.parcel(id)
		if p == nil {
			return ErrParcelUnknown.With("parcel", string(id))
		}
		if err := r.moveParcel(p, actHandOver); err != nil {
			return err
		}
		if !p.ShippedOn.IsSet() {
			p.ShippedOn = r.env.Today()
		}
		for _, id := range p.Devices {
			if err := r.move(r.device(id), actDispatch); err != nil {
				return err
			}
		}
	}
	return nil
}

// trackParcel notes the carrier's word. What is lost is missing to the bench.
func (r *run) trackParcel() *Error {
	track := r.cmd.Track
	p := r.parcel(track.Parcel)
	if p == nil {
		return ErrParcelUnknown.With("parcel", string(track.Parcel))
	}
	event := r.eventOf(track.Event)
	if newest(p.Events, event) {
		if err := r.moveParcel(p, parcelTrack[track.Event.Status]); err != nil {
			return err
		}
		if p.Status == ParcelLost {
			for _, id := range p.Devices {
				if err := r.move(r.device(id), actMiss); err != nil {
					return err
				}
			}
		}
	}
	p.Events = withEvent(p.Events, event)
	r.touchParcel(p)
	return nil
}
