// Package repairtest tells repair cases for tests: a Story files a work order and
// leads it, command by command, to any stage, with fixed ids and a fixed clock.
package repairtest

import (
	"fmt"
	"time"

	"hashmend/backend/calendar"
	"hashmend/backend/repair"
)

// Account is whose work orders the stories tell.
const Account repair.AccountID = "00000000-0000-7000-8000-0000000000a1"

// The people of the stories.
var (
	Farmer     = repair.Person{User: "00000000-0000-7000-8000-0000000000b1", Name: "Aigerim", Role: repair.RoleCustomer, Account: Account}
	Stranger   = repair.Person{User: "00000000-0000-7000-8000-0000000000b2", Name: "Boris", Role: repair.RoleCustomer, Account: "00000000-0000-7000-8000-0000000000a2"}
	Technician = repair.Person{User: "00000000-0000-7000-8000-0000000000b3", Name: "Chen", Role: repair.RoleTechnician}
	Office     = repair.Person{User: "00000000-0000-7000-8000-0000000000b4", Name: "Dai", Role: repair.RoleOffice}
	Admin      = repair.Person{User: "00000000-0000-7000-8000-0000000000b5", Name: "Er", Role: repair.RoleAdmin}
)

// Start is when every story begins: a Monday morning in China.
var Start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// Env is the world at a moment, with the default settings and China's calendar.
func Env(at time.Time) repair.Env {
	return repair.Env{Now: repair.At(at), Settings: repair.DefaultSettings(), Days: calendar.China{}, Zone: repair.DefaultZone}
}

// ID makes a fixed id of a kind: ID(1, 7) is the seventh of kind one.
func ID(kind, n int) string { return fmt.Sprintf("00000000-0000-7000-8%03d-%012d", kind, n) }

// Kinds of fixed ids.
const (
	kindOrder = iota + 1
	kindDevice
	kindParcel
	kindQuote
	kindPayment
	kindShipment
	kindCommand
	kindCorrection
	kindUnclaimed
)

// OrderID is the work order of every story.
var OrderID = repair.WorkOrderID(ID(kindOrder, 1))

// DeviceID is the n-th device, from 1.
func DeviceID(n int) repair.DeviceID { return repair.DeviceID(ID(kindDevice, n)) }

// ParcelID is the n-th parcel.
func ParcelID(n int) repair.ParcelID { return repair.ParcelID(ID(kindParcel, n)) }

// QuoteID is the n-th quote.
func QuoteID(n int) repair.QuoteID { return repair.QuoteID(ID(kindQuote, n)) }

// PaymentID is the n-th payment.
func PaymentID(n int) repair.PaymentID { return repair.PaymentID(ID(kindPayment, n)) }

// ShipmentID is the n-th shipment.
func ShipmentID(n int) repair.ShipmentID { return repair.ShipmentID(ID(kindShipment, n)) }

// CommandID is the n-th command.
func CommandID(n int) repair.CommandID { return repair.CommandID(ID(kindCommand, n)) }

// CorrectionID is the n-th correction.
func CorrectionID(n int) repair.CorrectionID { return repair.CorrectionID(ID(kindCorrection, n)) }

// UnclaimedID is the n-th unclaimed parcel.
func UnclaimedID(n int) repair.UnclaimedID { return repair.UnclaimedID(ID(kindUnclaimed, n)) }

// Serial is the serial number of the n-th device.
func Serial(n int) repair.SerialNumber { return repair.SerialNumber(fmt.Sprintf("JXT26%05dQ", n)) }

// Submission is a sound one with n devices, in warranty for a long time.
func Submission(n int) repair.Submission {
	s := repair.Submission{
		Contact: repair.Contact{Company: "Altyn Hash", Name: "Aigerim", Phone: "+7 701 555 0101", Email: "a@example.org", Language: "en"},
		ReturnAddress: repair.Address{Country: "CN", Province: "Guangdong", City: "Shenzhen", District: "Nanshan",
			Street: "1 Test Road", Postcode: "518000", Recipient: "Aigerim", Phone: "13800138000"},
		Reference: "farm-7",
	}
	for i := 1; i <= n; i++ {
		s.Devices = append(s.Devices, repair.SubmittedDevice{
			ID: DeviceID(i), Serial: Serial(i), Model: "X16-Q", Complaint: "no hash rate", ShipDate: "2026-01-05",
		})
	}
	return s
}

// Story is a case, the clock, and what was said so far, for a test that tells it
// again to a centre.
type Story struct {
	Case  *repair.Case
	Env   repair.Env
	Filed repair.Submission
	Told  []Told
	now   time.Time
	said  int
}

// Told is a command that a story went on with.
type Told struct {
	By  repair.Person
	Cmd repair.Command
	At  time.Time
}

// Filed tells a story up to the accepted submission of n devices.
func Filed(n int) *Story {
	return FiledAs(Submission(n))
}

// FiledAs tells a story with a submission of one's own.
func FiledAs(s repair.Submission) *Story {
	story := &Story{now: Start, Env: Env(Start), Filed: s}
	c, err := repair.NewCase(OrderID, Account, "JM-260302-0001", s, story.Env)
	if err != nil {
		panic(fmt.Sprintf("repairtest: the submission is not accepted: %v", err))
	}
	story.Case = c
	return story
}

// Later lets time pass.
func (s *Story) Later(d time.Duration) *Story {
	s.now = s.now.Add(d)
	s.Env.Now = repair.At(s.now)
	return s
}

// Days lets days pass.
func (s *Story) Days(n int) *Story { return s.Later(time.Duration(n) * 24 * time.Hour) }

// With changes the centre's settings.
func (s *Story) With(change func(*repair.Settings)) *Story {
	change(&s.Env.Settings)
	return s
}

// Do gives a command, with the id and the work order filled in when they are
// missing.
func (s *Story) Do(by repair.Person, cmd repair.Command) (repair.Touched, error) {
	if cmd.ID == "" {
		s.said++
		cmd.ID = CommandID(s.said)
	}
	if cmd.WorkOrder == "" {
		cmd.WorkOrder = OrderID
	}
	return s.Case.Do(by, cmd, s.Env)
}

// Must gives a command that the story needs to go on, a minute later.
func (s *Story) Must(by repair.Person, cmd repair.Command) *Story {
	if _, err := s.Do(by, cmd); err != nil {
		panic(fmt.Sprintf("repairtest: %s: %v", cmd.Kind, err))
	}
	s.Told = append(s.Told, Told{By: by, Cmd: cmd, At: s.now})
	return s.Later(time.Minute)
}

// Now is what the clock of the story says.
func (s *Story) Now() time.Time { return s.now }

// Device is the n-th device, from 1.
func (s *Story) Device(n int) *repair.Device { return &s.Case.Devices[n-1] }

// Devices are the ids of the devices named by their lines.
func Devices(lines ...int) []repair.DeviceID {
	ids := make([]repair.DeviceID, len(lines))
	for i, n := range lines {
		ids[i] = DeviceID(n)
	}
	return ids
}

// Quotes are the ids of quotes.
func Quotes(numbers ...int) []repair.QuoteID {
	ids := make([]repair.QuoteID, len(numbers))
	for i, n := range numbers {
		ids[i] = QuoteID(n)
	}
	return ids
}

// Lines counts from 1 to n.
func Lines(n int) []int {
	lines := make([]int, n)
	for i := range lines {
		lines[i] = i + 1
	}
	return lines
}

// USD is an amount in cents.
func USD(cents int64) repair.Money { return repair.Money{Amount: cents, Currency: "USD"} }
