package repair

// Statuses of an unclaimed parcel.
const (
	UnclaimedHeld      = "held"
	UnclaimedReturned  = "returned"
	UnclaimedForfeited = "forfeited"
	UnclaimedLinked    = "linked"
)

// NewUnclaimed records a parcel that came without a work order (R15). It is
// nobody's device; it may be forfeited after the guide's days without contact (R34).
func NewUnclaimed(by Person, cmd Command, env Env) (UnclaimedParcel, error) {
	if err := checkDeed(by, cmd, CmdRecordUnclaimed); err != nil {
		return UnclaimedParcel{}, err
	}
	u := *cmd.Unclaimed
	if !u.ArrivedAt.valid() || u.ArrivedAt > env.Now {
		return UnclaimedParcel{}, ErrUnclaimedArrival
	}
	if u.LastContactAt != "" && !u.LastContactAt.valid() {
		return UnclaimedParcel{}, ErrUnclaimedArrival
	}
	u.WaybillNumber = NormalWaybill(u.WaybillNumber)
	u.Status, u.WorkOrder, u.DecidedBy, u.DecidedAt, u.Rev = UnclaimedHeld, "", "", "", 0
	u.EligibleFrom = UnclaimedEligibleFrom(u, env)
	return u, nil
}

// UnclaimedEligibleFrom is the first day on which the parcel may be forfeited:
// day 91 after the arrival or the last contact, whichever is later (R34).
func UnclaimedEligibleFrom(u UnclaimedParcel, env Env) Date {
	since := u.ArrivedAt
	if u.LastContactAt > since {
		since = u.LastContactAt
	}
	return lastSafeDay(since, env).AddDays(1)
}

// DecideUnclaimed applies what a person decided: send it back, link it to a work
// order, note a contact (status held), or, when the days are over, forfeit it.
func DecideUnclaimed(u UnclaimedParcel, by Person, cmd Command, env Env) (UnclaimedParcel, error) {
	if err := checkDeed(by, cmd, CmdDecideUnclaimed); err != nil {
		return u, err
	}
	wish := cmd.Unclaimed
	if wish.ID != u.ID {
		return u, ErrUnclaimedUnknown
	}
	if u.Status != UnclaimedHeld {
		return u, ErrUnclaimedNotNow.With("status", u.Status)
	}
	switch wish.Status {
	case UnclaimedHeld:
		u.LastContactAt = env.Now
		u.EligibleFrom = UnclaimedEligibleFrom(u, env)
		return u, nil
	case UnclaimedForfeited:
		if from := UnclaimedEligibleFrom(u, env); env.Today() < from {
			return u, ErrUnclaimedNotNow.With("status", u.Status, "eligible_from", string(from))
		}
	case UnclaimedLinked:
		if wish.WorkOrder == "" {
			return u, ErrUnclaimedLink
		}
		u.WorkOrder = wish.WorkOrder
	case UnclaimedReturned:
	default:
		return u, ErrCommandValue.With("part", "unclaimed.status", "value", clip(wish.Status))
	}
	u.Status, u.DecidedBy, u.DecidedAt = wish.Status, by.Name, env.Now
	return u, nil
}
