package repair

// census counts what the stage and the flags are derived from.
type census struct {
	o                        *WorkOrder
	r                        *run
	devices                  map[DeviceStatus]int
	total                    int
	planned, waybills, moved int // parcels
	resend                   bool
	refusedReturn            bool
}

func (n *census) any(statuses ...DeviceStatus) bool {
	for _, s := range statuses {
		if n.devices[s] > 0 {
			return true
		}
	}
	return false
}

func (n *census) all(statuses ...DeviceStatus) bool {
	sum := 0
	for _, s := range statuses {
		sum += n.devices[s]
	}
	return n.total > 0 && sum == n.total
}

// stageRow says when a work order stands in a stage.
type stageRow struct {
	stage Stage
	holds func(*census) bool
	rule  string
}

// stageTable is read from the top: the first line that holds is the stage. The
// customer's turn comes before the centre's, and trouble before both.
var stageTable = []stageRow{
	{StageCancelled, func(n *census) bool { return n.o.CancelledAt.IsSet() }, ""},
	{StageForfeited, func(n *census) bool { return n.o.ForfeitedAt.IsSet() }, ""},
	{StageClosed, func(n *census) bool { return n.o.ClosedAt.IsSet() }, ""},
	{StageReturnRefused, func(n *census) bool { return n.refusedReturn }, "R36"},
	{StageShipped, func(n *census) bool {
		return n.any(Shipped, Delivered) && n.all(Shipped, Delivered, Forfeited, Missing)
	}, "R42"},
	{StagePartiallyShipped, func(n *census) bool { return n.any(Shipped, Delivered) }, "R43"},
	{StageAwaitingDecision, (*census).decisionOpen, "R31"},
	{StageAwaitingPayment, (*census).unpaid, "R44"},
	{StageParcelRejected, func(n *census) bool { return n.resend && !n.any(atBench...) }, "R19"},
	{StagePartiallyReceived, func(n *census) bool {
		return n.any(Received, Unexpected) && !n.any(atBench...) && n.any(Listed, Packed, Dispatched, Missing)
	}, "R22"},
	{StageReceived, func(n *census) bool { return n.any(Received, Unexpected) && !n.any(atBench...) }, "R22"},
	{StageInspecting, func(n *census) bool { return n.any(Received, Unexpected, Inspected) }, "R05"},
	{StageRepairing, func(n *census) bool { return n.any(Accepted, Declined, Repairing, Testing) }, ""},
	{StageReadyToShip, func(n *census) bool { return n.any(Repaired, Unrepaired, PackedReturn) }, ""},
	{StageAwaitingParcel, func(n *census) bool {
		return n.o.ReturnConfirmedAt.IsSet() && n.waybills+n.moved > 0
	}, "R14"},
	{StageReturnConfirmed, func(n *census) bool { return n.o.ReturnConfirmedAt.IsSet() }, "R03"},
	{StageResolvedRemote, func(n *census) bool { return n.o.ResolvedAt.IsSet() }, "R02"},
	{StageNeedInfo, func(n *census) bool { return n.o.questionOpen() }, "R02"},
	{StageSubmitted, func(*census) bool { return true }, "R13"},
}

// atBench are the statuses of a device that was unpacked.
var atBench = []DeviceStatus{Inspected, Quoted, Accepted, Declined, Repairing, Testing, Repaired, Unrepaired, PackedReturn}

// Flags of a work order.
const (
	FlagParcelRejected   = "parcel_rejected"
	FlagAwaitingDecision = "awaiting_decision"
	FlagAwaitingPayment  = "awaiting_payment"
	FlagVoucherReview    = "voucher_review"
	FlagCorrectionOpen   = "correction_open"
	FlagQuestionOpen     = "question_open"
	FlagReturnRefused    = "return_refused"
	FlagForfeitRisk      = "forfeit_risk"
	FlagParcelHeld       = "parcel_held"
	FlagDevicesMissing   = "devices_missing"
)

// flagRow says when a flag is up, whatever the stage.
type flagRow struct {
	flag  string
	holds func(*census) bool
	rule  string
}

var flagTable = []flagRow{
	{FlagParcelRejected, func(n *census) bool { return n.resend }, "R19"},
	{FlagAwaitingDecision, (*census).decisionOpen, "R31"},
	{FlagAwaitingPayment, (*census).unpaid, "R44"},
	{FlagVoucherReview, (*census).voucherOpen, ""},
	{FlagCorrectionOpen, (*census).correctionOpen, ""},
	{FlagQuestionOpen, func(n *census) bool { return n.o.questionOpen() }, "R02"},
	{FlagReturnRefused, func(n *census) bool { return n.refusedReturn }, "R36"},
	{FlagForfeitRisk, (*census).forfeitRisk, "R37"},
	{FlagParcelHeld, (*census).parcelHeld, "R08"},
	{FlagDevicesMissing, func(n *census) bool { return n.any(Missing) }, "R16"},
}

func (n *census) decisionOpen() bool {
	return n.anyQuote(func(q *Quote) bool { return q.Status == QuoteIssued && declinable(q.Class) })
}

func (n *census) unpaid() bool {
	return n.anyQuote(func(q *Quote) bool {
		return q.Status == QuoteAccepted || (q.Status == QuoteIssued && !declinable(q.Class))
	})
}

func (n *census) anyQuote(match func(*Quote) bool) bool { return find(n.r.c.Quotes, match) != nil }

func (n *census) voucherOpen() bool {
	return find(n.r.c.Payments, (*Payment).ToDecide) != nil
}

func (n *census) correctionOpen() bool {
	return find(n.r.c.Corrections, func(k *Correction) bool { return k.Status == CorrectionRequested }) != nil
}

func (n *census) parcelHeld() bool {
	return find(n.r.c.Parcels, func(p *Parcel) bool { return p.Status == ParcelHeld }) != nil
}

// forfeitRisk: the first reminder of a forfeiture is due.
func (n *census) forfeitRisk() bool {
	today := n.r.env.Today()
	for i := range n.r.c.Devices {
		d := &n.r.c.Devices[i]
		if d.Status == Forfeited {
			continue
		}
		if first, ok := n.r.firstReminder(d); ok && today >= first {
			return true
		}
	}
	return false
}

// Derive sets the stage, the flags and the counts from the facts of the case.
func (c *Case) Derive(env Env) {
	r := newRun(c, Person{}, Command{}, env)
	n := r.census()
	c.Order.DeviceCount = len(c.Devices)
	c.Order.ReceivedAt = ""
	for i := range c.Parcels {
		if at := c.Parcels[i].SystemReceivedAt; at.IsSet() && (c.Order.ReceivedAt == "" || at < c.Order.ReceivedAt) {
			c.Order.ReceivedAt = at
		}
	}
	for _, line := range stageTable {
		if line.holds(n) {
			c.Order.Stage = line.stage
			break
		}
	}
	c.Order.Flags = nil
	for _, line := range flagTable {
		if line.holds(n) {
			c.Order.Flags = append(c.Order.Flags, line.flag)
		}
	}
}

func (r *run) census() *census {
	n := &census{o: &r.c.Order, r: r, devices: map[DeviceStatus]int{}, total: len(r.c.Devices)}
	for i := range r.c.Devices {
		n.devices[r.c.Devices[i].Status]++
	}
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		switch p.Status {
		case ParcelPlanned:
			n.planned++
			if p.WaybillNumber != "" {
				n.waybills++
			}
		case ParcelHandedOver, ParcelInTransit, ParcelHeld:
			n.moved++
		case ParcelRejected:
			n.resend = n.resend || r.notSentAgain(p)
		}
	}
	for i := range r.c.Devices {
		if s := r.c.Shipment(r.c.Devices[i].Shipment); s != nil && r.c.Devices[i].Status != Forfeited {
			n.refusedReturn = n.refusedReturn || s.Status == ShipmentRefused || (s.Status == ShipmentReturned && s.RefusedReason != "")
		}
	}
	return n
}

// notSentAgain: a refused box has devices that are in no other box yet.
func (r *run) notSentAgain(p *Parcel) bool {
	for _, id := range p.Devices {
		if d := r.device(id); d != nil && d.Status == Listed {
			return true
		}
	}
	return false
}

// Stages lists every stage, in the order of a work order's life.
func Stages() []Stage {
	return []Stage{
		StageDraft, StageQueued, StageSubmitted, StageNeedInfo, StageResolvedRemote, StageReturnConfirmed,
		StageAwaitingParcel, StageParcelRejected, StagePartiallyReceived, StageReceived, StageInspecting,
		StageAwaitingDecision, StageAwaitingPayment, StageRepairing, StageReadyToShip, StagePartiallyShipped,
		StageShipped, StageReturnRefused, StageForfeited, StageClosed, StageCancelled,
	}
}
