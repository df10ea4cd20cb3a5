package repair

type orderGuard = guard[*WorkOrder]

// deed is one line of the command table: who may command it, which facts of the
// work order it needs, what its words must say, and what it does.
type deed struct {
	kind  CommandKind
	roles []Role
	when  []orderGuard // facts: decide what is offered
	words []orderGuard // what the command says: decides only when it is given
	do    func(*run) *Error
	offer func(*run, *Offer) bool // fills in on what it may be done; nil: on the order
	rule  string
}

var (
	customerRoles = []Role{RoleCustomer}
	benchRoles    = []Role{RoleTechnician, RoleOffice, RoleAdmin}
	officeRoles   = []Role{RoleOffice, RoleAdmin}
	everyRole     = []Role{RoleCustomer, RoleTechnician, RoleOffice, RoleAdmin}
)

// deeds is every command there is.
var deeds []deed

func init() { // not a literal: the deeds' functions look up the table again
	deeds = []deed{
		{CmdCancel, customerRoles, when(isOpen, mayCancel), nil, (*run).cancel, nil, ""},
		{CmdAnswer, customerRoles, when(isOpen, questionOpen), says(aText), (*run).answer, nil, "R02"},
		{CmdReopen, customerRoles, when(isOpen, isResolved), nil, (*run).reopen, nil, ""},
		{CmdMessage, everyRole, nil, says(textOrFiles), (*run).message, nil, "R28"},
		{CmdAskCarrier, customerRoles, when(isOpen, carrierMayBeAsked), says(aText), (*run).askCarrier, nil, "R46"},
		{CmdSetParcels, customerRoles, when(isOpen, returnConfirmed), says(plansPass, parcelsAsSeen), (*run).setParcels, (*run).offerPacking, "R14"},
		{CmdHandOver, customerRoles, when(isOpen, returnConfirmed), nil, (*run).handOver, (*run).offerHandOver, "R03"},
		{CmdRequestCorrection, customerRoles, when(isOpen), says(correctionSound), (*run).requestCorrection, (*run).offerCorrection, "R20"},
		{CmdAcceptQuotes, customerRoles, when(isOpen), nil, (*run).acceptQuotes, (*run).offerAccept, "R28"},
		{CmdDeclineQuotes, customerRoles, when(isOpen), nil, (*run).declineQuotes, (*run).offerDecline, "R31"},
		{CmdChoosePayment, customerRoles, when(isOpen), says(paymentSound), (*run).choosePayment, (*run).offerChoose, ""},
		{CmdSendVoucher, customerRoles, when(isOpen), says(paymentSound, byVoucher, hasVoucher), (*run).sendVoucher, (*run).offerVoucher, "R39"},
		{CmdConfirmDelivery, customerRoles, nil, nil, (*run).confirmDelivery, (*run).offerConfirmDelivery, ""},

		{CmdDiagnose, benchRoles, when(isOpen, notSentYet), says(diagnosisSound), (*run).diagnose, nil, "R02"},
		{CmdDecideCorrection, officeRoles, when(isOpen), nil, (*run).decideCorrection, (*run).offerDecideCorrection, "R20"},
		{CmdTrackParcel, benchRoles, when(isOpen), says(trackSound), (*run).trackParcel, (*run).offerTrackParcel, ""},
		{CmdReceiveParcel, benchRoles, when(isOpen), says(receiptSound), (*run).receiveParcel, (*run).offerReceive, "R22"},
		{CmdRejectParcel, benchRoles, when(isOpen), says(rejectionSound), (*run).rejectParcel, (*run).offerReject, "R19"},
		{CmdInspect, benchRoles, when(isOpen), says(inspectionSound), (*run).inspect, (*run).offerInspect, "R05"},
		{CmdSendQuotes, benchRoles, when(isOpen), says(offersSound), (*run).sendQuotes, (*run).offerQuoting, "R26"},
		{CmdDecidePayment, officeRoles, nil, says(paymentAsSeen, decisionSound, refundSound), (*run).decidePayment, (*run).offerDecidePayment, ""},
		{CmdStartRepair, benchRoles, when(isOpen), nil, (*run).startRepair, devicesThatMay(actStartRepair), ""},
		{CmdFinishRepair, benchRoles, when(isOpen), nil, (*run).finishRepair, devicesThatMay(actFinishRepair), ""},
		{CmdTestResult, benchRoles, when(isOpen), nil, (*run).testResult, devicesThatMay(actPassTest), ""},
		{CmdReturnUnrepaired, benchRoles, when(isOpen), nil, (*run).returnUnrepaired, devicesThatMay(actReturnUnrepaired), "R27"},
		{CmdShip, benchRoles, when(isOpen), says(shipmentSound), (*run).ship, devicesThatMay(actShip), "R35"},
		{CmdTrackShipment, benchRoles, nil, says(trackSound), (*run).trackShipment, (*run).offerTrackShipment, ""},
		{CmdExtendDue, officeRoles, when(isOpen, isReceived), says(extensionSound), (*run).extendDue, nil, "R41"},
		{CmdForfeit, officeRoles, when(isOpen), says(aText), (*run).forfeit, devicesThatMay(actForfeit), "R34"},
		{CmdClose, officeRoles, when(isOpen, mayClose), nil, (*run).close, nil, ""},
	}
}

// apartDeeds belong to no work order.
var apartDeeds = []deed{
	{kind: CmdSetMailbox, roles: customerRoles, rule: "R37"},
	{kind: CmdRecordUnclaimed, roles: benchRoles, rule: "R15"},
	{kind: CmdDecideUnclaimed, roles: officeRoles, rule: "R34"},
}

func when(g ...orderGuard) []orderGuard { return g }
func says(g ...orderGuard) []orderGuard { return g }

func deedOf(kind CommandKind) *deed {
	return find(deeds, func(d *deed) bool { return d.kind == kind })
}

// checkDeed answers whether the person may give such a command at all, and
// whether it is whole.
func checkDeed(by Person, cmd Command, kind CommandKind) error {
	d := deedOf(kind)
	if d == nil {
		d = find(apartDeeds, func(d *deed) bool { return d.kind == kind })
	}
	if d == nil || cmd.Kind != kind {
		return ErrCommandKind.With("kind", clip(string(cmd.Kind)))
	}
	if err := cmd.Validate(); err != nil {
		return err
	}
	if err := d.mayCommand(by); err != nil {
		return err
	}
	return nil
}

func (d *deed) mayCommand(by Person) *Error {
	if has(d.roles, by.Role) {
		return nil
	}
	for _, role := range d.roles {
		if role.Actor() == by.Role.Actor() {
			return ErrRole.With("role", string(by.Role), "kind", string(d.kind))
		}
	}
	return ErrSide.With("role", string(by.Role), "kind", string(d.kind))
}

// Do applies one command: all of it or nothing. On an error the case is
// unchanged; otherwise Touched names what a store has to write. A customer sees
// only the work orders of the own account.
func (c *Case) Do(by Person, cmd Command, env Env) (Touched, error) {
	if by.Role == RoleCustomer && by.Account != c.Order.Account {
		return Touched{}, ErrNotFound
	}
	if cmd.WorkOrder != c.Order.ID {
		return Touched{}, ErrNotFound
	}
	if err := checkDeed(by, cmd, cmd.Kind); err != nil {
		return Touched{}, err
	}
	d := deedOf(cmd.Kind)
	if d == nil { // of no work order
		return Touched{}, ErrCommandKind.With("kind", string(cmd.Kind))
	}
	next := c.clone()
	r := newRun(next, by, cmd, env)
	for _, checks := range [][]orderGuard{d.when, d.words} {
		for _, g := range checks {
			if err := g.check(r, &next.Order); err != nil {
				return Touched{}, err
			}
		}
	}
	if err := d.do(r); err != nil {
		return Touched{}, err
	}
	if by.Role.Actor() == Customer {
		next.Order.LastContactAt = env.Now
	}
	next.Derive(env)
	r.touched.Order = true
	*c = *next
	return r.touched, nil
}
