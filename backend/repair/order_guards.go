package repair

// Conditions on the work order as a whole: facts, before any word of a command.
var (
	isOpen = orderGuard{"isOpen", "", func(_ *run, o *WorkOrder) *Error {
		if o.CancelledAt.IsSet() || o.ClosedAt.IsSet() || o.ForfeitedAt.IsSet() {
			return ErrOrderEnded.With("stage", string(o.Stage))
		}
		return nil
	}}
	// mayCancel: until something is on its way.
	mayCancel = orderGuard{"mayCancel", "", func(r *run, _ *WorkOrder) *Error {
		for i := range r.c.Devices {
			if s := r.c.Devices[i].Status; s != Listed && s != Packed {
				return ErrNotCancellable
			}
		}
		return nil
	}}
	questionOpen = orderGuard{"questionOpen", "R02", func(_ *run, o *WorkOrder) *Error {
		if !o.questionOpen() {
			return ErrNoQuestion
		}
		return nil
	}}
	isResolved = orderGuard{"isResolved", "", func(_ *run, o *WorkOrder) *Error {
		if !o.ResolvedAt.IsSet() {
			return ErrNotResolved
		}
		return nil
	}}
	returnConfirmed = orderGuard{"returnConfirmed", "R03", func(_ *run, o *WorkOrder) *Error {
		if !o.ReturnConfirmedAt.IsSet() {
			return ErrReturnUnconfirmed
		}
		return nil
	}}
	// notSentYet: a diagnosis is made before the machine travels; afterwards the
	// bench inspects.
	notSentYet = orderGuard{"notSentYet", "R02", func(r *run, o *WorkOrder) *Error {
		for i := range r.c.Devices {
			if s := r.c.Devices[i].Status; s != Listed && s != Packed {
				return ErrDiagnosisDone
			}
		}
		return nil
	}}
	// carrierMayBeAsked: doubts about the carrier are raised before the return.
	carrierMayBeAsked = orderGuard{"carrierMayBeAsked", "R46", func(r *run, _ *WorkOrder) *Error {
		home := 0
		for i := range r.c.Devices {
			switch r.c.Devices[i].Status {
			case Shipped, Delivered, Forfeited:
				home++
			}
		}
		if home == len(r.c.Devices) {
			return ErrCarrierTooLate
		}
		return nil
	}}
	isReceived = orderGuard{"isReceived", "R40", func(_ *run, o *WorkOrder) *Error {
		if !o.ReceivedAt.IsSet() {
			return ErrNotReceived
		}
		return nil
	}}
	// mayClose: nothing of the customer's lies at the centre or is on the road.
	mayClose = orderGuard{"mayClose", "", func(r *run, _ *WorkOrder) *Error {
		for i := range r.c.Devices {
			d := &r.c.Devices[i]
			switch d.Status {
			case Listed, Packed, Missing, Delivered, Forfeited:
			default:
				return ErrNotEnded.With("line", itoa(d.Line), "serial", clip(string(d.Serial)), "status", string(d.Status))
			}
		}
		return nil
	}}
)

// questionOpen: the centre asked, and the customer has not answered since.
func (o *WorkOrder) questionOpen() bool {
	return o.Diagnosis == NeedInfo && o.InfoAskedAt.IsSet() && !o.InfoAnsweredAt.IsSet()
}
