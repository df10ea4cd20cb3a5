package simtest

import (
	"fmt"
	"math/rand/v2"

	"github.com/google/uuid"

	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
)

// command fills in an offer as a person would. ok is false for what nobody here
// does.
func (w *World) command(c *repair.Case, o repair.Offer, dice *rand.Rand) (cmd repair.Command, ok bool) {
	cmd = repair.Command{Kind: o.Kind, WorkOrder: c.Order.ID}
	some := func(n int) int { return dice.IntN(n) }
	switch o.Kind {
	case repair.CmdCancel, repair.CmdForfeit, repair.CmdClose:
		if dice.IntN(8) > 0 { // ends are rare, or nothing would ever come far
			return cmd, false
		}
		cmd.Text, cmd.Devices = w.next("enough"), o.Devices
	case repair.CmdAnswer, repair.CmdMessage, repair.CmdAskCarrier, repair.CmdReopen:
		cmd.Text = w.next("a word")
	case repair.CmdSetParcels:
		return w.packed(cmd, c, o, dice)
	case repair.CmdHandOver:
		cmd.ParcelIDs = o.Parcels[:1+some(len(o.Parcels))]
	case repair.CmdRequestCorrection:
		d := c.Devices[some(len(c.Devices))]
		w.fresh++
		cmd.Correction = &repair.CorrectionAsk{Device: d.ID, Field: "serial", To: string(repairtest.Serial(5000 + w.fresh)), Reason: "misread"}
	case repair.CmdDecideCorrection:
		cmd.CorrectionID, cmd.Approve, cmd.Text = o.Corrections[some(len(o.Corrections))], some(2) == 0, "looked up"
	case repair.CmdAcceptQuotes, repair.CmdDeclineQuotes:
		cmd.Quotes = o.Quotes[:1+some(len(o.Quotes))]
	case repair.CmdSendVoucher:
		return w.paid(cmd, c, o)
	case repair.CmdConfirmDelivery:
		cmd.Shipment = o.Shipments[some(len(o.Shipments))]
	case repair.CmdDiagnose:
		cmd.Diagnosis = &repair.DiagnosisGiven{Result: repair.ReturnRecommended}
		if some(4) == 0 {
			cmd.Diagnosis = &repair.DiagnosisGiven{Result: repair.NeedInfo, Note: "which firmware?"}
		}
	case repair.CmdReceiveParcel:
		return received(cmd, c, o.Parcels[some(len(o.Parcels))]), true
	case repair.CmdRejectParcel:
		if some(6) > 0 {
			return cmd, false
		}
		cmd.Rejection = &repair.RejectionGiven{Parcel: o.Parcels[some(len(o.Parcels))], Reason: repair.RejectMismatch, Note: "as found"}
	case repair.CmdInspect:
		found := repairtest.Find(1, []repair.Class{repair.Normal, repair.Mixed, repair.Scrap}[some(3)], "V01").Inspection
		found.Device = o.Devices[some(len(o.Devices))]
		cmd.Inspection = found
	case repair.CmdSendQuotes:
		for _, id := range o.Devices[:1+some(len(o.Devices))] {
			offer := repairtest.Price(1, 1, repairtest.USD(int64(1000*(1+some(90)))))
			offer.ID, offer.Device = "", id
			cmd.Offers = append(cmd.Offers, offer)
		}
	case repair.CmdDecidePayment:
		p := c.Payment(o.Payments[some(len(o.Payments))])
		cmd.PaymentDecision = &repair.PaymentDecision{Payment: p.ID, Status: repair.PaymentConfirmed, Received: p.Amount, Reason: "checked"}
	case repair.CmdStartRepair, repair.CmdFinishRepair, repair.CmdReturnUnrepaired:
		cmd.Devices, cmd.Text = o.Devices[:1+some(len(o.Devices))], w.next("done")
	case repair.CmdTestResult:
		cmd.Devices, cmd.Approve = o.Devices, some(5) > 0
	case repair.CmdShip:
		w.fresh++
		cmd.Ship = &repair.ShipmentPlan{Carrier: "sf", WaybillNumber: repairtest.Waybill(20000 + w.fresh), Devices: o.Devices}
	default:
		return cmd, false
	}
	return cmd, true
}

// packed puts all that may be packed into one new box or two.
func (w *World) packed(cmd repair.Command, c *repair.Case, o repair.Offer, dice *rand.Rand) (repair.Command, bool) {
	first := o.Devices
	var second []repair.DeviceID
	if n := len(o.Devices); n > 1 && dice.IntN(2) == 0 {
		first, second = o.Devices[:1], o.Devices[1:]
	}
	cmd.ChecklistAcked = true
	for _, devices := range [][]repair.DeviceID{first, second} {
		if len(devices) == 0 {
			continue
		}
		id, err := uuid.NewV7()
		if err != nil {
			return cmd, false
		}
		w.fresh++
		plan := repairtest.Plan(1000 + w.fresh)
		plan.ID, plan.Devices = repair.ParcelID(id.String()), devices
		cmd.Parcels = append(cmd.Parcels, plan)
	}
	return cmd, true
}

// paid sends a voucher for all quotes of one currency that wait for one.
func (w *World) paid(cmd repair.Command, c *repair.Case, o repair.Offer) (repair.Command, bool) {
	if len(o.Quotes) == 0 {
		return cmd, false
	}
	sum := repairtest.USD(0)
	for _, id := range o.Quotes {
		sum.Amount += c.Quote(id).Total.Amount
	}
	cmd.Payment = &repair.VoucherSent{Quotes: o.Quotes, Amount: sum, Method: repair.PayBankTransfer, TxID: fmt.Sprint("tx", w.fresh),
		Vouchers: []repair.FileRef{repairtest.Photo}}
	return cmd, true
}

// received scans what the box should hold.
func received(cmd repair.Command, c *repair.Case, box repair.ParcelID) repair.Command {
	cmd.Receipt = &repair.GoodsReceipt{Parcel: box}
	for _, id := range c.Parcel(box).Devices {
		cmd.Receipt.Scanned = append(cmd.Receipt.Scanned, c.Device(id).Serial)
	}
	return cmd
}
