package repair_test

import (
	"errors"
	"slices"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
)

// device is a case with one device in a status, changed by what is said of it.
func device(status repair.DeviceStatus, said ...func(*repairtest.Story)) *repairtest.Story {
	s := repairtest.Filed(1)
	s.Case.Devices[0].Status = status
	for _, change := range said {
		change(s)
	}
	return s
}

func class(c repair.Class, w repair.Warranty, voids ...string) func(*repairtest.Story) {
	return func(s *repairtest.Story) {
		s.Case.Devices[0].Inspection = &repair.Inspection{Class: c, Warranty: w, VoidCodes: voids}
	}
}

func quoted(c repair.Class, status repair.QuoteStatus) func(*repairtest.Story) {
	return func(s *repairtest.Story) {
		s.Case.Quotes = []repair.Quote{{ID: repairtest.QuoteID(1), Device: repairtest.DeviceID(1), Class: c, Status: status,
			Total: repairtest.USD(12000), IssuedAt: s.Env.Now, Version: 1}}
		s.Case.Devices[0].Quote = repairtest.QuoteID(1)
	}
}

func unlabelled(s *repairtest.Story) { s.Case.Devices[0].Serial = " - " }

func refused(s *repairtest.Story) {
	s.Case.Shipments = []repair.Shipment{{ID: repairtest.ShipmentID(1), Status: repair.ShipmentReturned, RefusedReason: "not wanted",
		Events: []repair.TrackEvent{{At: s.Env.Now, Status: string(repair.ShipmentRefused)}}}}
	s.Case.Devices[0].Shipment = repairtest.ShipmentID(1)
}

func later(days int) func(*repairtest.Story) {
	return func(s *repairtest.Story) { s.Days(days) }
}

func unpaidForfeits(s *repairtest.Story) { s.Env.Settings.ForfeitUnpaid = true }

func noFaultFee(s *repairtest.Story) { s.Env.Settings.NoFaultFee = repairtest.USD(3000) }

const (
	customer   = repair.RoleCustomer
	technician = repair.RoleTechnician
	office     = repair.RoleOffice
)

var deviceRules = []struct {
	name   string
	story  *repairtest.Story
	by     repair.Role
	action repair.Action
	want   repair.DeviceStatus
	code   string // of the error, or "" when it must succeed
}{
	{"R14 a listed device goes into a box", device(repair.Listed), customer, "pack", repair.Packed, ""},
	{"R12 a device without a serial number stays on the shelf", device(repair.Listed, unlabelled), customer, "pack", repair.Listed, "device.serial_number_required"},
	{"a packed device may be taken out again", device(repair.Packed), customer, "unpack", repair.Listed, ""},
	{"a packed device leaves with its box", device(repair.Packed), customer, "dispatch", repair.Dispatched, ""},
	{"what was missing may be sent after", device(repair.Missing), customer, "pack", repair.Packed, ""},
	{"R12 what was missing needs its serial number too", device(repair.Missing, unlabelled), customer, "pack", repair.Missing, "device.serial_number_required"},
	{"R03 a listed device does not leave without a box", device(repair.Listed), customer, "dispatch", repair.Listed, "device.not_now"},

	{"R22 a dispatched device is received", device(repair.Dispatched), technician, "receive", repair.Received, ""},
	{"R22 a packed device is received though nobody said it left", device(repair.Packed), technician, "receive", repair.Received, ""},
	{"R22 a listed device is received in whichever box it came", device(repair.Listed), technician, "receive", repair.Received, ""},
	{"R22 a missing device is received when it turns up", device(repair.Missing), technician, "receive", repair.Received, ""},
	{"R22 the customer does not receive at the centre", device(repair.Dispatched), customer, "receive", repair.Dispatched, "device.not_now"},
	{"R16 a dispatched device that is not in its box is missing", device(repair.Dispatched), technician, "miss", repair.Missing, ""},
	{"R16 a packed device that is not in its box is missing", device(repair.Packed), technician, "miss", repair.Missing, ""},
	{"R16 a refused box gives its dispatched device back", device(repair.Dispatched), technician, "refuse", repair.Listed, ""},
	{"R16 a refused box gives its packed device back", device(repair.Packed), technician, "refuse", repair.Listed, ""},
	{"R16 a box refused at the unpacking gives its device back", device(repair.Received), technician, "refuse", repair.Listed, ""},
	{"R16 a refused box gives back what was missing from it", device(repair.Missing), technician, "refuse", repair.Listed, ""},
	{"R16 what came without being listed goes back with its box", device(repair.Unexpected), technician, "refuse", repair.Listed, ""},

	{"R05 a received device is inspected", device(repair.Received), technician, "inspect", repair.Inspected, ""},
	{"R05 what came unlisted is inspected", device(repair.Unexpected), technician, "inspect", repair.Inspected, ""},
	{"R05 a device on the road is not inspected", device(repair.Dispatched), technician, "inspect", repair.Dispatched, "device.not_now"},
	{"an inspection may be mended", device(repair.Inspected), technician, "inspect", repair.Inspected, ""},
	{"an inspection may be mended after the quote", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued)), technician, "inspect", repair.Inspected, ""},
	{"an inspection may be mended before the money came", device(repair.Accepted, quoted(repair.Normal, repair.QuoteAccepted)), technician, "inspect", repair.Inspected, ""},
	{"an inspection stands once it is paid for", device(repair.Accepted, quoted(repair.Normal, repair.QuoteSettled)), technician, "inspect", repair.Accepted, "device.already_paid"},
	{"a free repair may bring more to light", device(repair.Repairing), technician, "inspect", repair.Inspected, ""},
	{"a paid repair is finished as it was agreed", device(repair.Repairing, quoted(repair.Normal, repair.QuoteSettled)), technician, "inspect", repair.Repairing, "device.already_paid"},

	{"R26 out of warranty a quote is given", device(repair.Inspected, class(repair.Normal, repair.WarrantyOut)), technician, "quote", repair.Quoted, ""},
	{"R29 a void warranty is quoted", device(repair.Inspected, class(repair.Normal, repair.WarrantyVoid, "V02")), technician, "quote", repair.Quoted, ""},
	{"R47 in warranty and without a reason nothing is to pay", device(repair.Inspected, class(repair.Normal, repair.WarrantyIn)), technician, "quote", repair.Inspected, "device.nothing_to_pay"},
	{"R47 a void reason makes a device in warranty cost money", device(repair.Inspected, class(repair.Normal, repair.WarrantyIn, "V08")), technician, "quote", repair.Quoted, ""},
	{"R27 nothing is quoted for what has no repair value", device(repair.Inspected, class(repair.NoRepairValue, repair.WarrantyOut)), technician, "quote", repair.Inspected, "device.nothing_to_pay"},
	{"a quote may be replaced", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued)), technician, "quote", repair.Quoted, ""},
	{"an accepted quote may be replaced before the money came", device(repair.Accepted, quoted(repair.Normal, repair.QuoteAccepted)), technician, "quote", repair.Quoted, ""},
	{"a paid quote is not replaced", device(repair.Accepted, quoted(repair.Normal, repair.QuoteSettled)), technician, "quote", repair.Accepted, "device.already_paid"},

	{"R28 a quote is accepted", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued)), customer, "accept", repair.Accepted, ""},
	{"R28 the centre does not accept its own quote", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued)), office, "accept", repair.Quoted, "device.not_now"},
	{"R31 a quote for scrap may be declined", device(repair.Quoted, quoted(repair.Scrap, repair.QuoteIssued)), customer, "decline", repair.Declined, ""},
	{"R31 a quote for mixed boards may be declined", device(repair.Quoted, quoted(repair.Mixed, repair.QuoteIssued)), customer, "decline", repair.Declined, ""},
	{"R32 a normal quote may not be declined", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued)), customer, "decline", repair.Quoted, "quote.not_declinable"},

	{"R47 in warranty the repair starts free", device(repair.Inspected, class(repair.Normal, repair.WarrantyIn)), technician, "start_repair", repair.Repairing, ""},
	{"R25 warranty unknown is not in warranty", device(repair.Inspected, class(repair.Normal, repair.WarrantyUnknown)), technician, "start_repair", repair.Inspected, "device.quote_required"},
	{"R30 scrap is not repaired for nothing", device(repair.Inspected, class(repair.Scrap, repair.WarrantyIn)), technician, "start_repair", repair.Inspected, "device.quote_required"},
	{"R27 what has no repair value is not repaired", device(repair.Inspected, class(repair.NoRepairValue, repair.WarrantyIn)), technician, "start_repair", repair.Inspected, "device.not_repairable"},
	{"no fault found: looking is free by default", device(repair.Inspected, class(repair.NoFaultFound, repair.WarrantyOut)), technician, "start_repair", repair.Repairing, ""},
	{"no fault found: a centre may charge for looking", device(repair.Inspected, class(repair.NoFaultFound, repair.WarrantyOut), noFaultFee), technician, "quote", repair.Quoted, ""},
	{"R39 a paid repair starts", device(repair.Accepted, quoted(repair.Normal, repair.QuoteSettled)), technician, "start_repair", repair.Repairing, ""},
	{"R35 no repair before payment", device(repair.Accepted, quoted(repair.Normal, repair.QuoteAccepted)), technician, "start_repair", repair.Accepted, "device.payment_due"},
	{"a repaired device is tested", device(repair.Repairing), technician, "finish_repair", repair.Testing, ""},
	{"it passes", device(repair.Testing), technician, "pass_test", repair.Repaired, ""},
	{"it fails and goes back", device(repair.Testing), technician, "fail_test", repair.Repairing, ""},

	{"R27 what has no repair value goes home as it came", device(repair.Inspected, class(repair.NoRepairValue, repair.WarrantyOut)), technician, "return_unrepaired", repair.Unrepaired, ""},
	{"R30 scrap goes home as it came", device(repair.Inspected, class(repair.Scrap, repair.WarrantyOut)), technician, "return_unrepaired", repair.Unrepaired, ""},
	{"R32 a normal device does not go home unrepaired", device(repair.Inspected, class(repair.Normal, repair.WarrantyOut)), technician, "return_unrepaired", repair.Inspected, "device.must_be_repaired"},
	{"R31 what was declined goes home as it came", device(repair.Declined, quoted(repair.Scrap, repair.QuoteDeclined)), technician, "return_unrepaired", repair.Unrepaired, ""},
	{"what came unlisted may go home as it came", device(repair.Unexpected), technician, "return_unrepaired", repair.Unrepaired, ""},

	{"R42 a repaired device goes home", device(repair.Repaired), technician, "ship", repair.Shipped, ""},
	{"R35 no return before payment", device(repair.Repaired, quoted(repair.Normal, repair.QuoteAccepted)), technician, "ship", repair.Repaired, "device.payment_due"},
	{"R42 an unrepaired device goes home", device(repair.Unrepaired, quoted(repair.Scrap, repair.QuoteDeclined)), technician, "ship", repair.Shipped, ""},
	{"R35 an unrepaired device that owes does not", device(repair.Unrepaired, quoted(repair.NoFaultFound, repair.QuoteIssued)), technician, "ship", repair.Unrepaired, "device.payment_due"},
	{"R36 what was refused is sent again by the office", device(repair.PackedReturn, refused), office, "ship", repair.Shipped, ""},
	{"R36 what was refused is not sent again by the bench", device(repair.PackedReturn, refused), technician, "ship", repair.PackedReturn, "device.resend_by_office"},
	{"what the carrier brought back may be sent again by the bench", device(repair.PackedReturn), technician, "ship", repair.Shipped, ""},
	{"R35 what came back and owes is not sent", device(repair.PackedReturn, quoted(repair.Normal, repair.QuoteAccepted)), office, "ship", repair.PackedReturn, "device.payment_due"},
	{"a shipped device is delivered by the carrier's word", device(repair.Shipped), technician, "deliver", repair.Delivered, ""},
	{"a shipped device is delivered by the customer's word", device(repair.Shipped), customer, "deliver", repair.Delivered, ""},
	{"a device that the carrier takes back is on the road again", device(repair.Delivered), technician, "taken_back", repair.Shipped, ""},
	{"R36 a shipped device may come back", device(repair.Shipped), technician, "come_back", repair.PackedReturn, ""},

	{"R36 what was refused may be forfeited from the next day", device(repair.PackedReturn, refused, later(1)), office, "forfeit", repair.Forfeited, ""},
	{"R34 R36 not on the day of the refusal", device(repair.PackedReturn, refused), office, "forfeit", repair.PackedReturn, "device.forfeit_not_eligible"},
	{"R34 R36 what only came back is nobody's to keep", device(repair.PackedReturn, later(400)), office, "forfeit", repair.PackedReturn, "device.forfeit_not_eligible"},
	{"R34 R35 an unpaid quote is held, not forfeited, by default", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued), later(400)), office, "forfeit", repair.Quoted, "device.forfeit_not_eligible"},
	{"R35 an unpaid quote may be forfeited from day 91 where the centre says so", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued), unpaidForfeits, later(91)), office, "forfeit", repair.Forfeited, ""},
	{"R34 R35 on day 90 it may not", device(repair.Quoted, quoted(repair.Normal, repair.QuoteIssued), unpaidForfeits, later(90)), office, "forfeit", repair.Quoted, "device.forfeit_not_eligible"},
	{"R35 an accepted and unpaid quote likewise", device(repair.Accepted, quoted(repair.Normal, repair.QuoteAccepted), unpaidForfeits, later(91)), office, "forfeit", repair.Forfeited, ""},
	{"R34 R35 what is paid is never forfeited", device(repair.Accepted, quoted(repair.Normal, repair.QuoteSettled), unpaidForfeits, later(400)), office, "forfeit", repair.Accepted, "device.forfeit_not_eligible"},
	{"the customer forfeits nothing", device(repair.PackedReturn, refused, later(1)), customer, "forfeit", repair.PackedReturn, "device.not_now"},
}

func TestDeviceLife(t *testing.T) {
	for _, tt := range deviceRules {
		t.Run(tt.name, func(t *testing.T) {
			got, err := repair.TryDevice(tt.story.Case, tt.by, tt.action, tt.story.Env)
			checkStep(t, got, string(tt.want), err, tt.code)
			offered := slices.Contains(tt.story.Case.Actions(repairtest.DeviceID(1), tt.by, tt.story.Env), tt.action)
			if offered != (tt.code == "") {
				t.Errorf("offered %v, but it must be offered exactly when it succeeds", offered)
			}
		})
	}
}

func TestDeviceLifeHasNoOtherWay(t *testing.T) {
	told := map[repair.StepKey]bool{}
	for _, tt := range deviceRules {
		if tt.code == "" {
			told[repair.Step{From: string(tt.story.Case.Devices[0].Status), Action: tt.action, By: tt.by.Actor(), To: string(tt.want)}.Key()] = true
		}
	}
	noOtherWay(t, "device", told)
}

// checkStep compares where a step led, or why it did not.
func checkStep(t *testing.T, got, want string, err error, code string) {
	t.Helper()
	if got != want {
		t.Errorf("stands in %q, want %q", got, want)
	}
	if code == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	checkCode(t, err, code)
}

func checkCode(t *testing.T, err error, code string) {
	t.Helper()
	var refusal *repair.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("error %v, want code %s", err, code)
	}
	if refusal.Code != code {
		t.Errorf("refused with %v, want code %s", refusal, code)
	}
}
