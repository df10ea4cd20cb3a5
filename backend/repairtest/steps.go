package repairtest

import (
	"fmt"
	"slices"

	"hashmend/backend/repair"
)

// Photo is a file that stands for any proof.
var Photo = repair.FileRef{SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Size: 4, Type: "image/png", Name: "proof.png"}

// Confirm recommends the return, which unlocks shipping.
func (s *Story) Confirm() *Story {
	return s.Must(Technician, Diagnose(repair.ReturnRecommended, ""))
}

// Diagnose is the technician's word before a return.
func Diagnose(result repair.DiagnosisResult, note string) repair.Command {
	return repair.Command{Kind: repair.CmdDiagnose, Diagnosis: &repair.DiagnosisGiven{Result: result, Note: note}}
}

// Waybill is a number that fits the carrier sf.
func Waybill(n int) repair.WaybillNumber {
	return repair.WaybillNumber(fmt.Sprintf("SF%013d", 3297600000000+n))
}

// Plan is a sound box with the devices of these lines.
func Plan(n int, lines ...int) repair.ParcelPlan {
	return repair.ParcelPlan{
		ID: ParcelID(n), Carrier: "sf", WaybillNumber: Waybill(n), WaybillCheckedBy: "scan",
		FreightTerms: repair.FreightPrepaid, DeliveryMode: repair.DeliveryDoor, SenderPhone: "13800138000",
		WeightGrams: 12000, Devices: Devices(lines...), Photos: []repair.FileRef{Photo},
	}
}

// SetParcels plans boxes.
func SetParcels(plans ...repair.ParcelPlan) repair.Command {
	return repair.Command{Kind: repair.CmdSetParcels, Parcels: plans, ChecklistAcked: true}
}

// HandOver gives boxes to the carrier.
func HandOver(numbers ...int) repair.Command {
	cmd := repair.Command{Kind: repair.CmdHandOver}
	for _, n := range numbers {
		cmd.ParcelIDs = append(cmd.ParcelIDs, ParcelID(n))
	}
	return cmd
}

// Send confirms the return and sends all devices in one box.
func (s *Story) Send() *Story {
	if !s.Case.Order.ReturnConfirmedAt.IsSet() {
		s.Confirm()
	}
	s.Must(Farmer, SetParcels(Plan(1, Lines(len(s.Case.Devices))...)))
	return s.Must(Farmer, HandOver(1)).Days(2)
}

// Receive is a receipt with the devices of these lines in the box.
func Receive(box int, lines ...int) repair.Command {
	given := &repair.GoodsReceipt{Parcel: ParcelID(box)}
	for _, n := range lines {
		given.Scanned = append(given.Scanned, Serial(n))
	}
	return repair.Command{Kind: repair.CmdReceiveParcel, Receipt: given}
}

// Reject refuses a box.
func Reject(box int, reason string) repair.Command {
	return repair.Command{Kind: repair.CmdRejectParcel, Rejection: &repair.RejectionGiven{Parcel: ParcelID(box), Reason: reason, Note: "as found"}}
}

// Arrive sends everything and has it received.
func (s *Story) Arrive() *Story {
	s.Send()
	return s.Must(Technician, Receive(1, Lines(len(s.Case.Devices))...))
}

// Find is an inspection; scrap gets the reason that it needs.
func Find(line int, class repair.Class, voids ...string) repair.Command {
	given := &repair.InspectionGiven{Device: DeviceID(line), Class: class, VoidCodes: voids, Findings: "seen"}
	if class == repair.Scrap {
		given.ScrapCodes = []string{"S01"}
	}
	return repair.Command{Kind: repair.CmdInspect, Inspection: given}
}

// Inspect has everything arrive and finds a class for each device. A normal
// device gets V01, so that it costs money.
func (s *Story) Inspect(classes ...repair.Class) *Story {
	if s.Device(1).Status == repair.Listed {
		s.Arrive()
	}
	for i, class := range classes {
		cmd := Find(i+1, class)
		if class == repair.Normal {
			cmd = Find(i+1, class, "V01")
		}
		s.Must(Technician, cmd)
	}
	return s
}

// Price offers an amount for the device of a line, as the n-th quote.
func Price(n, line int, amount repair.Money) repair.QuoteOffer {
	return repair.QuoteOffer{ID: QuoteID(n), Device: DeviceID(line), Lines: []repair.QuoteLine{{Code: "F05", Text: "hash board", Amount: amount}}}
}

// SendQuotes offers prices.
func SendQuotes(offers ...repair.QuoteOffer) repair.Command {
	return repair.Command{Kind: repair.CmdSendQuotes, Offers: offers}
}

// Quote inspects and gives each device a quote of 120.00 USD with its line as number.
func (s *Story) Quote(classes ...repair.Class) *Story {
	s.Inspect(classes...)
	var offers []repair.QuoteOffer
	for i := range classes {
		offers = append(offers, Price(i+1, i+1, USD(12000)))
	}
	return s.Must(Technician, SendQuotes(offers...))
}

// Accept takes quotes.
func Accept(numbers ...int) repair.Command {
	return repair.Command{Kind: repair.CmdAcceptQuotes, Quotes: Quotes(numbers...)}
}

// Decline refuses quotes.
func Decline(numbers ...int) repair.Command {
	return repair.Command{Kind: repair.CmdDeclineQuotes, Quotes: Quotes(numbers...)}
}

// Accepted quotes normal devices and accepts all.
func (s *Story) Accepted() *Story {
	n := len(s.Case.Devices)
	s.Quote(slices.Repeat([]repair.Class{repair.Normal}, n)...)
	return s.Must(Farmer, Accept(Lines(n)...))
}

// Voucher hands in the proof of payment for quotes of 120.00 USD each.
func Voucher(payment int, quotes ...int) repair.Command {
	return repair.Command{Kind: repair.CmdSendVoucher, Payment: &repair.VoucherSent{
		ID: PaymentID(payment), Quotes: Quotes(quotes...), Amount: USD(int64(12000 * len(quotes))),
		Method: repair.PayBankTransfer, Vouchers: []repair.FileRef{Photo},
	}}
}

// Decide is the office's word on a payment.
func Decide(payment int, status repair.PaymentStatus, received repair.Money) repair.Command {
	return repair.Command{Kind: repair.CmdDecidePayment, PaymentDecision: &repair.PaymentDecision{
		Payment: PaymentID(payment), Status: status, Received: received, Reason: "checked"}}
}

// GiveBack is the office's word that money has gone back.
func GiveBack(payment int, amount repair.Money) repair.Command {
	cmd := Decide(payment, repair.PaymentRefunded, repair.Money{})
	cmd.PaymentDecision.Refund, cmd.PaymentDecision.Proof = amount, []repair.FileRef{Photo}
	return cmd
}

// Paid accepts all and pays in one transfer, confirmed.
func (s *Story) Paid() *Story {
	n := len(s.Case.Devices)
	s.Accepted().Must(Farmer, Voucher(1, Lines(n)...))
	return s.Must(Office, Decide(1, repair.PaymentConfirmed, USD(int64(12000*n))))
}

// OnDevices is a command of a kind on devices.
func OnDevices(kind repair.CommandKind, lines ...int) repair.Command {
	return repair.Command{Kind: kind, Devices: Devices(lines...)}
}

// Tested is the test bench's word: passed or not.
func Tested(passed bool, lines ...int) repair.Command {
	return repair.Command{Kind: repair.CmdTestResult, Devices: Devices(lines...), Approve: passed}
}

// Repair repairs and tests these devices, which must be free or paid.
func (s *Story) Repair(lines ...int) *Story {
	s.Must(Technician, OnDevices(repair.CmdStartRepair, lines...))
	s.Must(Technician, OnDevices(repair.CmdFinishRepair, lines...))
	return s.Must(Technician, Tested(true, lines...))
}

// Ship is a return shipment.
func Ship(n int, lines ...int) repair.Command {
	return repair.Command{Kind: repair.CmdShip, Ship: &repair.ShipmentPlan{
		ID: ShipmentID(n), Carrier: "sf", WaybillNumber: Waybill(500 + n), Devices: Devices(lines...)}}
}

// Track is a carrier's word on a shipment, now.
func Track(shipment int, status repair.ShipmentStatus, reason string) repair.Command {
	return repair.Command{Kind: repair.CmdTrackShipment, Track: &repair.TrackGiven{
		Shipment: ShipmentID(shipment), Event: repair.TrackEvent{Status: string(status)}, Reason: reason}}
}

// TrackParcel is a carrier's word on an inbound parcel, now.
func TrackParcel(box int, status repair.ParcelStatus) repair.Command {
	return repair.Command{Kind: repair.CmdTrackParcel, Track: &repair.TrackGiven{
		Parcel: ParcelID(box), Event: repair.TrackEvent{Status: string(status)}}}
}

// Home repairs all devices for money and ships them in one shipment.
func (s *Story) Home() *Story {
	lines := Lines(len(s.Case.Devices))
	return s.Paid().Repair(lines...).Must(Technician, Ship(1, lines...))
}

// Refused has the shipment home refused by the customer and come back.
func (s *Story) Refused() *Story {
	s.Home().Days(1).Must(Office, Track(1, repair.ShipmentRefused, "nobody wanted it"))
	return s.Days(1).Must(Office, Track(1, repair.ShipmentReturned, ""))
}

// Correction asks to mend the serial number of a line.
func Correction(n, line int, to string) repair.Command {
	return repair.Command{Kind: repair.CmdRequestCorrection, Correction: &repair.CorrectionAsk{
		ID: CorrectionID(n), Device: DeviceID(line), Field: "serial", To: to, Reason: "misread"}}
}

// DecideCorrection is the office's word on a correction.
func DecideCorrection(n int, approve bool) repair.Command {
	return repair.Command{Kind: repair.CmdDecideCorrection, CorrectionID: CorrectionID(n), Approve: approve, Text: "looked up"}
}
