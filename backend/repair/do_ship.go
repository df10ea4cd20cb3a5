package repair

import "slices"

var (
	// shipmentSound: a carrier that the centre offers (R45) and a number to follow.
	shipmentSound = orderGuard{"shipmentSound", "R45", func(r *run, _ *WorkOrder) *Error {
		given := r.cmd.Ship
		if !has(r.env.Settings.ReturnCarriers, given.Carrier) {
			return ErrReturnCarrier.With("carrier", clip(string(given.Carrier)))
		}
		if !waybillSane.MatchString(string(NormalWaybill(given.WaybillNumber))) {
			return ErrShipmentWaybill.With("number", clip(string(given.WaybillNumber)))
		}
		if r.c.Shipment(given.ID) != nil {
			return ErrShipmentTaken.With("shipment", string(given.ID))
		}
		return nil
	}}
	trackSound = orderGuard{"trackSound", "", func(r *run, _ *WorkOrder) *Error {
		event, refused := r.cmd.Track.Event, ShipmentRefused
		_, inbound := parcelTrack[event.Status]
		_, outbound := shipmentTrack[ShipmentStatus(event.Status)]
		if (r.cmd.Kind == CmdTrackParcel && !inbound) || (r.cmd.Kind == CmdTrackShipment && !outbound) {
			return ErrTrackStatus.With("status", clip(event.Status))
		}
		if event.At != "" && (!event.At.valid() || event.At > r.env.Now) {
			return ErrCommandValue.With("part", "track.event.at", "value", clip(string(event.At)))
		}
		if ShipmentStatus(event.Status) == refused && blank(r.cmd.Track.Reason) {
			return ErrRefusalReason
		}
		return nil
	}}
)

// ship sends devices home: together, or in several shipments (R42, R43).
func (r *run) ship() *Error {
	given := r.cmd.Ship
	s := Shipment{
		ID: given.ID, WorkOrder: r.c.Order.ID, Seq: len(r.c.Shipments) + 1,
		Carrier: given.Carrier, WaybillNumber: NormalWaybill(given.WaybillNumber),
		Devices: slices.Clone(given.Devices), ShippedAt: r.env.Now,
	}
	if err := r.moveShipment(&s, actShip); err != nil {
		return err
	}
	for _, id := range given.Devices {
		d := r.device(id)
		if d == nil {
			return ErrDeviceUnknown.With("device", string(id))
		}
		if err := r.move(d, actShip); err != nil {
			return err
		}
		r.leave(d)
		d.Shipment = s.ID
	}
	s.FreightPayer = r.freightPayer(given.Devices)
	s.Events = []TrackEvent{{At: r.env.Now, Status: string(ShipmentShipped), Source: "by_hand"}}
	r.c.Shipments = append(r.c.Shipments, s)
	return nil
}

// leave takes a device that came back out of its old shipment, which it is not
// part of any more.
func (r *run) leave(d *Device) {
	old := r.c.Shipment(d.Shipment)
	if old == nil {
		return
	}
	old.Devices = slices.DeleteFunc(slices.Clone(old.Devices), func(id DeviceID) bool { return id == d.ID })
	r.touched.Shipments = addOnce(r.touched.Shipments, old.ID)
}

// freightPayer is one for a shipment whose devices agree, else a question (R09).
func (r *run) freightPayer(ids []DeviceID) Bearer {
	var payer Bearer
	for _, id := range ids {
		w := WarrantyUnknown
		if found := r.device(id).Inspection; found != nil {
			w = found.Warranty
		}
		bearer, _ := Liability(EventReturnFreight, w, r.env.Settings)
		if payer != "" && bearer != payer {
			return BearerAsk
		}
		payer = bearer
	}
	return payer
}

func (r *run) confirmDelivery() *Error {
	s := r.c.Shipment(r.cmd.Shipment)
	if s == nil {
		return ErrShipmentUnknown.With("shipment", string(r.cmd.Shipment))
	}
	was := s.Status
	if err := r.moveShipment(s, actDeliver); err != nil {
		return err
	}
	if was == ShipmentDelivered {
		return nil
	}
	event := TrackEvent{At: r.env.Now, Status: string(ShipmentDelivered), Source: "customer"}
	s.Events = withEvent(s.Events, event)
	return r.arrive(s, event.At)
}

// trackShipment notes the carrier's word. An older word is noted too, but what a
// newer one said still holds.
func (r *run) trackShipment() *Error {
	track := r.cmd.Track
	s := r.c.Shipment(track.Shipment)
	if s == nil {
		return ErrShipmentUnknown.With("shipment", string(track.Shipment))
	}
	event := r.eventOf(track.Event)
	isNews := newest(s.Events, event)
	s.Events = withEvent(s.Events, event)
	r.touched.Shipments = addOnce(r.touched.Shipments, s.ID)
	if !isNews {
		return nil
	}
	if err := r.moveShipment(s, shipmentTrack[ShipmentStatus(event.Status)]); err != nil {
		return err
	}
	switch s.Status {
	case ShipmentDelivered:
		return r.arrive(s, event.At)
	case ShipmentRefused:
		s.RefusedReason = track.Reason
	case ShipmentReturned:
		return r.eachShipped(s, actComeBack)
	}
	return nil
}

func (r *run) arrive(s *Shipment, at Instant) *Error {
	s.DeliveredAt, s.RefusedReason = at, ""
	return r.eachShipped(s, actDeliver)
}

func (r *run) eachShipped(s *Shipment, a Action) *Error {
	for _, id := range s.Devices {
		if err := r.move(r.device(id), a); err != nil {
			return err
		}
	}
	return nil
}

// eventOf completes an event that a person typed.
func (r *run) eventOf(e TrackEvent) TrackEvent {
	if e.At == "" {
		e.At = r.env.Now
	}
	if e.Source == "" {
		e.Source = "by_hand"
	}
	return e
}

func newest(events []TrackEvent, event TrackEvent) bool {
	return len(events) == 0 || event.At >= events[len(events)-1].At
}

// withEvent keeps a timeline in the order of its moments.
func withEvent(events []TrackEvent, event TrackEvent) []TrackEvent {
	at := len(events)
	for at > 0 && events[at-1].At > event.At {
		at--
	}
	return slices.Insert(slices.Clone(events), at, event)
}
