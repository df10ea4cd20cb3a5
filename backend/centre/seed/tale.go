package seed

import (
	"context"
	"fmt"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

// tale is one repair case being told. Each word of it is a step at its own
// moment; after moves the moment on.
type tale struct {
	t        *teller
	customer string
	at       time.Time
	id       repair.WorkOrderID
	s        repair.Submission
	quotes   map[int]repair.QuoteID // by device
	totals   map[int]repair.Money
}

// machine is a line of a submission: serial, model, complaint, and how long
// before the filing the factory sent it.
type machine struct {
	serial, model, complaint, fault string
	age                             time.Duration
}

// file begins a tale with its submission, so long before the end of the story.
func (t *teller) file(before time.Duration, customer, reference string, machines ...machine) *tale {
	k := &tale{t: t, customer: customer, at: t.now.Add(-before), quotes: map[int]repair.QuoteID{}, totals: map[int]repair.Money{}}
	k.id = repair.WorkOrderID(t.id(k.at))
	k.s = household[customer]
	k.s.Reference = reference
	for _, m := range machines {
		d := repair.SubmittedDevice{ID: repair.DeviceID(t.id(k.at)), Serial: repair.SerialNumber(m.serial),
			Model: m.model, Complaint: m.complaint}
		if m.fault != "" {
			d.Faults = []string{m.fault}
		}
		if m.age > 0 {
			d.ShipDate = repair.Date(k.at.Add(-m.age).Format(time.DateOnly))
		}
		k.s.Devices = append(k.s.Devices, d)
	}
	k.step(func(ctx context.Context, c *centre.Centre) error {
		t.story.WorkOrders++
		return submit(ctx, c, t.people[customer], k.id, k.s)
	})
	return k
}

func (k *tale) step(do func(context.Context, *centre.Centre) error) {
	reference := k.s.Reference
	k.t.steps = append(k.t.steps, step{k.at, func(ctx context.Context, c *centre.Centre) error {
		if err := do(ctx, c); err != nil {
			return fmt.Errorf("%s: %w", reference, err)
		}
		return nil
	}})
}

// after lets time pass.
func (k *tale) after(d time.Duration) *tale {
	k.at = k.at.Add(d)
	return k
}

// do lets a person give a command.
func (k *tale) do(who string, cmd repair.Command) *tale {
	cmd.ID, cmd.WorkOrder = repair.CommandID(k.t.id(k.at)), k.id
	k.step(func(ctx context.Context, c *centre.Centre) error {
		k.t.story.Commands++
		if err := act(ctx, c, k.t.people[who], cmd); err != nil {
			return fmt.Errorf("%s: %w", cmd.Kind, err)
		}
		return nil
	})
	k.at = k.at.Add(time.Minute)
	return k
}

func (k *tale) says(who, text string) *tale {
	return k.do(who, repair.Command{Kind: repair.CmdMessage, Text: text})
}

func (k *tale) diagnosed(result repair.DiagnosisResult, note string) *tale {
	return k.do(bench, repair.Command{Kind: repair.CmdDiagnose, Diagnosis: &repair.DiagnosisGiven{Result: result, Note: note}})
}

// device gives the id of the n-th machine, from 0.
func (k *tale) device(n int) repair.DeviceID { return k.s.Devices[n].ID }

// all gives the ids of the named machines, or of every one.
func (k *tale) all(ns ...int) (ids []repair.DeviceID) {
	if len(ns) == 0 {
		for i := range k.s.Devices {
			ns = append(ns, i)
		}
	}
	for _, n := range ns {
		ids = append(ids, k.device(n))
	}
	return ids
}

// number gives a fresh waybill number of a carrier.
func (k *tale) number(carrier repair.Carrier) repair.WaybillNumber {
	n := k.t.random.IntN(1_000_000_000)
	switch carrier {
	case "sf":
		return repair.WaybillNumber(fmt.Sprintf("SF1%012d", n))
	case "kye":
		return repair.WaybillNumber(fmt.Sprintf("KY4%012d", n))
	}
	return repair.WaybillNumber(fmt.Sprintf("DPK36%010d", n))
}

// box is one parcel being planned.
func (k *tale) box(carrier repair.Carrier, machines ...int) repair.ParcelPlan {
	return repair.ParcelPlan{ID: repair.ParcelID(k.t.id(k.at)), Carrier: carrier, WaybillNumber: k.number(carrier),
		WaybillCheckedBy: "scan", FreightTerms: repair.FreightPrepaid, DeliveryMode: repair.DeliveryDoor,
		SenderPhone: k.s.Contact.Phone, WeightGrams: 14_500 * max(1, len(machines)), Devices: k.all(machines...)}
}

func (k *tale) packed(boxes ...repair.ParcelPlan) *tale {
	return k.do(k.customer, repair.Command{Kind: repair.CmdSetParcels, Parcels: boxes, ChecklistAcked: true})
}

func (k *tale) sent(boxes ...repair.ParcelPlan) *tale {
	var ids []repair.ParcelID
	for _, b := range boxes {
		ids = append(ids, b.ID)
	}
	return k.do(k.customer, repair.Command{Kind: repair.CmdHandOver, ParcelIDs: ids})
}

func (k *tale) received(b repair.ParcelPlan) *tale {
	var scanned []repair.SerialNumber
	for _, id := range b.Devices {
		for _, d := range k.s.Devices {
			if d.ID == id {
				scanned = append(scanned, d.Serial)
			}
		}
	}
	return k.do(bench, repair.Command{Kind: repair.CmdReceiveParcel, Receipt: &repair.GoodsReceipt{
		Parcel: b.ID, Scanned: scanned, SignedAt: repair.At(k.at.Add(-2 * time.Hour))}})
}

// arrived is the usual way to the bench: diagnosed, packed in one box, sent, received.
func (k *tale) arrived() *tale {
	k.after(20*time.Hour).diagnosed(repair.ReturnRecommended, "The log points to the boards. Please send the machines to us.")
	b := k.after(30 * time.Hour).box("sf")
	return k.packed(b).after(2 * time.Hour).sent(b).after(3 * day).received(b)
}

// found is the bench's word on one machine.
func (k *tale) found(n int, g repair.InspectionGiven) *tale {
	g.Device = k.device(n)
	return k.after(20*time.Minute).do(bench, repair.Command{Kind: repair.CmdInspect, Inspection: &g})
}

func normal(findings string, faults ...string) repair.InspectionGiven {
	return repair.InspectionGiven{Class: repair.Normal, Findings: findings, Faults: faults}
}

// quoted gives machines their prices, in cents.
func (k *tale) quoted(prices map[int]int64) *tale {
	var offers []repair.QuoteOffer
	for n := range k.s.Devices {
		cents, ok := prices[n]
		if !ok {
			continue
		}
		k.quotes[n] = repair.QuoteID(k.t.id(k.at))
		k.totals[n] = repair.Money{Amount: cents, Currency: "USD"}
		work := cents / 4
		offers = append(offers, repair.QuoteOffer{ID: k.quotes[n], Device: k.device(n), Lines: []repair.QuoteLine{
			{Text: "Parts 配件", Amount: repair.Money{Amount: cents - work, Currency: "USD"}},
			{Text: "Work and test 维修与测试", Amount: repair.Money{Amount: work, Currency: "USD"}},
		}})
	}
	return k.after(time.Hour).do(bench, repair.Command{Kind: repair.CmdSendQuotes, Offers: offers})
}

func (k *tale) decided(kind repair.CommandKind, ns ...int) *tale {
	var ids []repair.QuoteID
	for _, n := range ns {
		ids = append(ids, k.quotes[n])
	}
	return k.do(k.customer, repair.Command{Kind: kind, Quotes: ids})
}

// paid sends proof for the accepted prices of the named machines.
func (k *tale) paid(ns ...int) repair.VoucherSent {
	v := repair.VoucherSent{ID: repair.PaymentID(k.t.id(k.at)), Method: repair.PayUSDTTRC20, Amount: repair.Money{Currency: "USD"}}
	v.TxID = fmt.Sprintf("practice-%08x", k.t.random.Uint32())
	for _, n := range ns {
		v.Quotes = append(v.Quotes, k.quotes[n])
		v.Amount.Amount += k.totals[n].Amount
	}
	k.do(k.customer, repair.Command{Kind: repair.CmdSendVoucher, Payment: &v})
	return v
}

func (k *tale) payment(v repair.VoucherSent, status repair.PaymentStatus, cents int64, reason string) *tale {
	d := repair.PaymentDecision{Payment: v.ID, Status: status, Reason: reason}
	if cents > 0 {
		d.Received = repair.Money{Amount: cents, Currency: "USD"}
	}
	return k.do(office, repair.Command{Kind: repair.CmdDecidePayment, PaymentDecision: &d})
}

func (k *tale) started(ns ...int) *tale {
	return k.do(bench, repair.Command{Kind: repair.CmdStartRepair, Devices: k.all(ns...)})
}

func (k *tale) finished(note string, ns ...int) *tale {
	return k.do(bench, repair.Command{Kind: repair.CmdFinishRepair, Devices: k.all(ns...), Text: note})
}

func (k *tale) tested(ns ...int) *tale {
	return k.do(bench, repair.Command{Kind: repair.CmdTestResult, Devices: k.all(ns...), Approve: true})
}

// repaired is the usual way from the bench to the shelf.
func (k *tale) repaired(ns ...int) *tale {
	return k.after(2*time.Hour).started(ns...).after(26*time.Hour).
		finished("Replaced the failed chips, cleaned and re-pasted.", ns...).after(12 * time.Hour).tested(ns...)
}

func (k *tale) shipped(carrier repair.Carrier, ns ...int) repair.ShipmentID {
	id := repair.ShipmentID(k.t.id(k.at))
	k.do(bench, repair.Command{Kind: repair.CmdShip, Ship: &repair.ShipmentPlan{ID: id, Carrier: carrier,
		WaybillNumber: k.number(carrier), Devices: k.all(ns...)}})
	return id
}

func (k *tale) tracked(id repair.ShipmentID, status repair.ShipmentStatus, place, reason string) *tale {
	return k.do(bench, repair.Command{Kind: repair.CmdTrackShipment, Track: &repair.TrackGiven{Shipment: id, Reason: reason,
		Event: repair.TrackEvent{At: repair.At(k.at), Status: string(status), Place: place}}})
}

func (k *tale) parcelTracked(b repair.ParcelPlan, status, place string) *tale {
	return k.do(bench, repair.Command{Kind: repair.CmdTrackParcel, Track: &repair.TrackGiven{Parcel: b.ID,
		Event: repair.TrackEvent{At: repair.At(k.at), Status: status, Place: place}}})
}
