package repair_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// commandRule is one command that succeeds on a story.
type commandRule struct {
	name  string
	story func() *rt.Story
	by    repair.Person
	cmd   repair.Command
	roles []repair.Role
	open  bool // refused once the work order has ended
}

var (
	onlyCustomer = []repair.Role{repair.RoleCustomer}
	anyBench     = []repair.Role{repair.RoleTechnician, repair.RoleOffice, repair.RoleAdmin}
	onlyOffice   = []repair.Role{repair.RoleOffice, repair.RoleAdmin}
	everybody    = []repair.Role{repair.RoleCustomer, repair.RoleTechnician, repair.RoleOffice, repair.RoleAdmin}
)

func at(stage repair.Stage) func() *rt.Story { return func() *rt.Story { return rt.At(stage) } }

func text(kind repair.CommandKind, words string) repair.Command {
	return repair.Command{Kind: kind, Text: words}
}

func worded(cmd repair.Command, words string) repair.Command {
	cmd.Text = words
	return cmd
}

func chosen(payment int, quotes ...int) repair.Command {
	cmd := rt.Voucher(payment, quotes...)
	cmd.Kind, cmd.Payment.Vouchers = repair.CmdChoosePayment, nil
	return cmd
}

func askedCorrection() *rt.Story {
	return rt.Filed(2).Must(rt.Farmer, rt.Correction(1, 1, "JXT2688888Q"))
}

func extend(day repair.Date, reason string) repair.Command {
	return repair.Command{Kind: repair.CmdExtendDue, Date: day, Text: reason}
}

var commandRules = []commandRule{
	{"the customer cancels before anything is sent", at(repair.StageSubmitted), rt.Farmer, text(repair.CmdCancel, ""), onlyCustomer, true},
	{"R02 a question is answered", at(repair.StageNeedInfo), rt.Farmer, text(repair.CmdAnswer, "firmware 4"), onlyCustomer, true},
	{"what was resolved may be opened again", at(repair.StageResolvedRemote), rt.Farmer, text(repair.CmdReopen, "it is back"), onlyCustomer, true},
	{"R28 customer and centre write to each other", at(repair.StageAwaitingPayment), rt.Farmer, text(repair.CmdMessage, "why so much?"), everybody, false},
	{"R46 doubts about the carrier are raised before the return", at(repair.StageReadyToShip), rt.Farmer, text(repair.CmdAskCarrier, "please no sf"), onlyCustomer, true},
	{"R14 boxes and waybills are entered", at(repair.StageReturnConfirmed), rt.Farmer, rt.SetParcels(rt.Plan(1, 1, 2)), onlyCustomer, true},
	{"R03 a box is handed over after the return is confirmed", packedStory, rt.Farmer, rt.HandOver(1), onlyCustomer, true},
	{"R20 a correction is asked for", at(repair.StageAwaitingParcel), rt.Farmer, rt.Correction(1, 1, "JXT2688888Q"), onlyCustomer, true},
	{"R28 quotes are accepted", quotedStory, rt.Farmer, rt.Accept(1, 2), onlyCustomer, true},
	{"R31 a scrap quote is declined", quotedStory, rt.Farmer, rt.Decline(1), onlyCustomer, true},
	{"a method of payment is chosen", at(repair.StageAwaitingPayment), rt.Farmer, chosen(1, 1, 2), onlyCustomer, true},
	{"R39 a voucher is sent", at(repair.StageAwaitingPayment), rt.Farmer, rt.Voucher(1, 1, 2), onlyCustomer, true},
	{"a delivery is confirmed", at(repair.StageShipped), rt.Farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: rt.ShipmentID(1)}, onlyCustomer, false},

	{"R02 R13 the technician recommends the return", at(repair.StageSubmitted), rt.Technician, rt.Diagnose(repair.ReturnRecommended, ""), anyBench, true},
	{"R20 the office applies a correction", askedCorrection, rt.Office, rt.DecideCorrection(1, true), onlyOffice, true},
	{"a carrier's word on a box is noted", at(repair.StageAwaitingParcel), rt.Technician, rt.TrackParcel(1, repair.ParcelInTransit), anyBench, true},
	{"R22 a box is received", at(repair.StageAwaitingParcel), rt.Technician, rt.Receive(1, 1, 2), anyBench, true},
	{"R19 a box is refused", at(repair.StageAwaitingParcel), rt.Technician, rt.Reject(1, repair.RejectWrongWaybill), anyBench, true},
	{"R05 a device is inspected at the unpacking", at(repair.StageReceived), rt.Technician, rt.Find(1, repair.Normal), anyBench, true},
	{"R26 R33 quotes are sent, one for each device", inspectedStory, rt.Technician, rt.SendQuotes(rt.Price(1, 1, rt.USD(9000)), rt.Price(2, 2, rt.USD(100))), anyBench, true},
	{"a payment is decided", paidInStory, rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)), onlyOffice, false},
	{"a repair starts", paidStory, rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1), anyBench, true},
	{"a repair ends", at(repair.StageRepairing), rt.Technician, rt.OnDevices(repair.CmdFinishRepair, 1), anyBench, true},
	{"a test is passed", testingStory, rt.Technician, rt.Tested(true, 1), anyBench, true},
	{"R27 what cannot be repaired goes home as it came", noValueStory, rt.Technician, rt.OnDevices(repair.CmdReturnUnrepaired, 1), anyBench, true},
	{"R35 what is paid goes home", at(repair.StageReadyToShip), rt.Technician, rt.Ship(1, 1, 2), anyBench, true},
	{"a carrier's word on a shipment is noted", at(repair.StageShipped), rt.Technician, rt.Track(1, repair.ShipmentInTransit, ""), anyBench, false},
	{"R41 the centre extends the day with its reason", at(repair.StageReceived), rt.Office, extend("2026-04-01", "two hundred machines"), onlyOffice, true},
	{"R34 R36 a person decides to keep what was refused", refusedStory, rt.Office, worded(rt.OnDevices(repair.CmdForfeit, 1), "no answer"), onlyOffice, true},
	{"a finished work order is closed", deliveredStory, rt.Office, text(repair.CmdClose, ""), onlyOffice, true},
}

func packedStory() *rt.Story {
	return rt.Filed(2).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1, 2)))
}
func quotedStory() *rt.Story    { return rt.Filed(2).Quote(repair.Scrap, repair.Normal) }
func inspectedStory() *rt.Story { return rt.Filed(2).Inspect(repair.Normal, repair.Mixed) }
func paidStory() *rt.Story      { return rt.Filed(2).Paid() }
func paidInStory() *rt.Story    { return rt.Filed(2).Accepted().Must(rt.Farmer, rt.Voucher(1, 1, 2)) }
func testingStory() *rt.Story {
	return rt.Filed(1).Paid().Must(rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1)).Must(rt.Technician, rt.OnDevices(repair.CmdFinishRepair, 1))
}
func noValueStory() *rt.Story { return rt.Filed(1).Inspect(repair.NoRepairValue) }
func refusedStory() *rt.Story { return rt.Filed(1).Refused().Days(1) }
func deliveredStory() *rt.Story {
	return rt.Filed(1).Home().Must(rt.Office, rt.Track(1, repair.ShipmentDelivered, ""))
}

func TestCommands(t *testing.T) {
	for _, tt := range commandRules {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story()
			if _, offered := s.Case.Offered(tt.by.Role, tt.cmd.Kind, s.Env); !offered {
				t.Error("not offered")
			}
			touched, err := s.Do(tt.by, tt.cmd)
			if err != nil {
				t.Fatal(err)
			}
			if !touched.Order {
				t.Error("the work order is not named as touched")
			}
		})
	}
}

func TestEveryCommandHasItsRoles(t *testing.T) {
	told := map[repair.CommandKind]bool{}
	for _, tt := range commandRules {
		told[tt.cmd.Kind] = true
		t.Run(string(tt.cmd.Kind), func(t *testing.T) {
			for _, by := range []repair.Person{rt.Farmer, rt.Technician, rt.Office, rt.Admin} {
				s := tt.story()
				_, err := s.Do(by, tt.cmd)
				_, offered := tt.story().Case.Offered(by.Role, tt.cmd.Kind, s.Env)
				switch {
				case slices.Contains(tt.roles, by.Role):
					if err != nil || !offered {
						t.Errorf("%s may do it, but: offered %v, %v", by.Role, offered, err)
					}
				case by.Role.Actor() != tt.by.Role.Actor():
					checkCode(t, err, "person.wrong_side")
				default:
					checkCode(t, err, "person.role_not_allowed")
				}
				if offered && !slices.Contains(tt.roles, by.Role) {
					t.Errorf("offered to %s", by.Role)
				}
			}
		})
	}
	for _, kind := range repair.Kinds() {
		if !told[kind] && kind != repair.CmdRecordUnclaimed && kind != repair.CmdDecideUnclaimed && kind != repair.CmdSetMailbox {
			t.Errorf("no test tells of %s", kind)
		}
	}
}

func TestNothingHappensToAnEndedWorkOrder(t *testing.T) {
	ends := map[string]func(*repair.WorkOrder, repair.Instant){
		"cancelled": func(o *repair.WorkOrder, now repair.Instant) { o.CancelledAt = now },
		"closed":    func(o *repair.WorkOrder, now repair.Instant) { o.ClosedAt = now },
		"forfeited": func(o *repair.WorkOrder, now repair.Instant) { o.ForfeitedAt = now },
	}
	for _, tt := range commandRules {
		for end, apply := range ends {
			t.Run(string(tt.cmd.Kind)+" on a "+end+" one", func(t *testing.T) {
				s := tt.story()
				apply(&s.Case.Order, s.Env.Now)
				_, offered := s.Case.Offered(tt.by.Role, tt.cmd.Kind, s.Env)
				_, err := s.Do(tt.by, tt.cmd)
				if !tt.open {
					if err != nil || !offered {
						t.Errorf("offered %v, %v; it may be done still", offered, err)
					}
					return
				}
				checkCode(t, err, "order.ended")
				if offered {
					t.Error("offered")
				}
			})
		}
	}
}

func TestEveryCommandNeedsItsParts(t *testing.T) {
	bare := []repair.CommandKind{repair.CmdCancel, repair.CmdAnswer, repair.CmdReopen, repair.CmdMessage, repair.CmdAskCarrier, repair.CmdClose}
	for _, kind := range repair.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			err := repair.Command{ID: rt.CommandID(1), Kind: kind, WorkOrder: rt.OrderID}.Validate()
			if slices.Contains(bare, kind) {
				if err != nil {
					t.Error(err)
				}
				return
			}
			checkCode(t, err, "command.part_missing")
		})
	}
}

// refusalRule is a command that a rule forbids.
type refusalRule struct {
	name  string
	story func() *rt.Story
	by    repair.Person
	cmd   repair.Command
	code  string
	// offered: the refusal is about what the command says, not about the kind.
	offered bool
}

func TestRefusals(t *testing.T) {
	for _, tt := range refusalRules {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story()
			before, _ := json.Marshal(s.Case)
			if _, offered := s.Case.Offered(tt.by.Role, tt.cmd.Kind, s.Env); offered != tt.offered {
				t.Errorf("offered %v, want %v", offered, tt.offered)
			}
			_, err := s.Do(tt.by, tt.cmd)
			checkCode(t, err, tt.code)
			if after, _ := json.Marshal(s.Case); !bytes.Equal(before, after) {
				t.Error("a refused command changed the case")
			}
		})
	}
}
