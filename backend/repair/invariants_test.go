package repair_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
)

// actor gives commands of any kind, sound and unsound, to a case.
type actor struct {
	t     *rapid.T
	story *repairtest.Story
	made  int
}

func (a *actor) pick(label string, n int) int { return rapid.IntRange(1, n).Draw(a.t, label) }

func (a *actor) lines(label string) []int {
	return rapid.SliceOfNDistinct(rapid.IntRange(1, len(a.story.Case.Devices)), 1, len(a.story.Case.Devices), rapid.ID[int]).Draw(a.t, label)
}

func (a *actor) fresh() int { a.made++; return a.made }

// any draws one command and who gives it.
func (a *actor) any() (repair.Person, repair.Command) {
	people := []repair.Person{repairtest.Farmer, repairtest.Technician, repairtest.Office, repairtest.Admin, repairtest.Stranger}
	by := rapid.SampledFrom(people).Draw(a.t, "by")
	makes := []func() repair.Command{
		func() repair.Command { return repairtest.Diagnose(repair.ReturnRecommended, "") },
		func() repair.Command { return repairtest.Diagnose(repair.NeedInfo, "which?") },
		func() repair.Command {
			return repair.Command{Kind: repair.CmdAnswer, Text: "this"}
		},
		func() repair.Command {
			return repairtest.SetParcels(repairtest.Plan(a.pick("box", 4), a.lines("pack")...))
		},
		func() repair.Command {
			lines := a.lines("split")
			half := len(lines) / 2
			if half == 0 {
				return repairtest.SetParcels()
			}
			return repairtest.SetParcels(repairtest.Plan(a.pick("box", 3), lines[:half]...), repairtest.Plan(4, lines[half:]...))
		},
		func() repair.Command { return repairtest.HandOver(a.pick("box", 4)) },
		func() repair.Command {
			cmd := repairtest.Receive(a.pick("box", 4), append(a.lines("scan"), rapid.IntRange(0, 9).Draw(a.t, "stray"))...)
			cmd.Receipt.AcceptMismatch = rapid.Bool().Draw(a.t, "accept")
			return cmd
		},
		func() repair.Command { return repairtest.Reject(a.pick("box", 4), repair.RejectMismatch) },
		func() repair.Command {
			return repairtest.TrackParcel(a.pick("box", 4), rapid.SampledFrom([]repair.ParcelStatus{repair.ParcelInTransit, repair.ParcelHeld, repair.ParcelLost}).Draw(a.t, "word"))
		},
		func() repair.Command {
			classes := []repair.Class{repair.Normal, repair.Mixed, repair.Scrap, repair.NoRepairValue, repair.NoFaultFound}
			cmd := repairtest.Find(a.pick("line", len(a.story.Case.Devices)), rapid.SampledFrom(classes).Draw(a.t, "class"), "V01")
			cmd.Inspection.Device = a.story.Case.Devices[a.pick("which", len(a.story.Case.Devices))-1].ID
			return cmd
		},
		func() repair.Command {
			var offers []repair.QuoteOffer
			for _, line := range a.lines("price") {
				offers = append(offers, repairtest.Price(a.fresh(), line, repairtest.USD(12000)))
			}
			return repairtest.SendQuotes(offers...)
		},
		func() repair.Command { return repairtest.Accept(a.pick("quote", a.made+1)) },
		func() repair.Command { return repairtest.Decline(a.pick("quote", a.made+1)) },
		func() repair.Command { return repairtest.Voucher(a.pick("pay", 3), a.pick("quote", a.made+1)) },
		func() repair.Command {
			if rapid.Bool().Draw(a.t, "back") {
				return repairtest.GiveBack(a.pick("pay", 3), repairtest.USD(int64(12000*a.pick("quotes", 3))))
			}
			return repairtest.Decide(a.pick("pay", 3), rapid.SampledFrom([]repair.PaymentStatus{repair.PaymentConfirmed, repair.PaymentRejected, repair.PaymentRefunded}).Draw(a.t, "verdict"), repair.Money{})
		},
		func() repair.Command {
			kinds := []repair.CommandKind{repair.CmdStartRepair, repair.CmdFinishRepair, repair.CmdReturnUnrepaired, repair.CmdForfeit}
			cmd := repairtest.OnDevices(rapid.SampledFrom(kinds).Draw(a.t, "bench"), a.lines("devices")...)
			cmd.Text = "said"
			return cmd
		},
		func() repair.Command { return repairtest.Tested(rapid.Bool().Draw(a.t, "passed"), a.lines("test")...) },
		func() repair.Command { return repairtest.Ship(a.pick("shipment", 4), a.lines("ship")...) },
		func() repair.Command {
			words := []repair.ShipmentStatus{repair.ShipmentInTransit, repair.ShipmentDelivered, repair.ShipmentRefused, repair.ShipmentReturned, repair.ShipmentLost}
			return repairtest.Track(a.pick("shipment", 4), rapid.SampledFrom(words).Draw(a.t, "word"), "said")
		},
		func() repair.Command {
			return repairtest.Correction(a.fresh(), a.pick("line", len(a.story.Case.Devices)), fmt.Sprintf("NEW26%05dQ", a.made))
		},
		func() repair.Command {
			return repairtest.DecideCorrection(a.pick("correction", a.made+1), rapid.Bool().Draw(a.t, "apply"))
		},
		func() repair.Command { return repair.Command{Kind: repair.CmdMessage, Text: "hello"} },
	}
	return by, rapid.SampledFrom(makes).Draw(a.t, "command")()
}

func TestInvariantsUnderAnyCommands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &actor{t: t, story: begun(t)}
		address := a.story.Case.Order.ReturnAddress
		for range rapid.IntRange(5, 40).Draw(t, "commands") {
			before := frozen(t, a.story.Case)
			by, cmd := a.any()
			offered := kindsOffered(a.story, by)
			_, err := a.story.Do(by, cmd)
			after := frozen(t, a.story.Case)
			if err != nil && !bytes.Equal(before, after) {
				t.Fatalf("%s was refused with %v and changed the case", cmd.Kind, err)
			}
			if err == nil && by.Role == repair.RoleCustomer && by.Account != repairtest.Account {
				t.Fatalf("a stranger did %s", cmd.Kind)
			}
			if err == nil && !offered[cmd.Kind] && cmd.Kind != repair.CmdSetParcels && cmd.Kind != repair.CmdAcceptQuotes {
				t.Fatalf("%s by %s succeeded without being offered", cmd.Kind, by.Role)
			}
			a.story.Later(3600e9)
			invariants(t, a.story.Case)
			if a.story.Case.Order.ReturnAddress != address {
				t.Fatalf("R20: %s changed the address", cmd.Kind)
			}
		}
	})
}

// begun starts anywhere in the life of a case, so that every part of it is walked.
func begun(t *rapid.T) *repairtest.Story {
	stages := repair.Stages()[2:]
	return repairtest.At(rapid.SampledFrom(stages).Draw(t, "stage"))
}

func kindsOffered(s *repairtest.Story, by repair.Person) map[repair.CommandKind]bool {
	offered := map[repair.CommandKind]bool{}
	for _, o := range s.Case.Offers(by.Role, s.Env) {
		offered[o.Kind] = true
	}
	return offered
}

func frozen(t *rapid.T, c *repair.Case) []byte {
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func invariants(t *rapid.T, c *repair.Case) {
	inParcel, inShipment := map[repair.DeviceID]int{}, map[repair.DeviceID]int{}
	for _, p := range c.Parcels {
		if p.Status == repair.ParcelRejected || p.Status == repair.ParcelLost {
			continue
		}
		for _, id := range p.Devices {
			inParcel[id]++
		}
	}
	for _, s := range c.Shipments {
		for _, id := range s.Devices {
			inShipment[id]++
		}
	}
	for _, d := range c.Devices {
		if inParcel[d.ID] > 1 || inShipment[d.ID] > 1 {
			t.Fatalf("device %d is in %d parcels and %d shipments", d.Line, inParcel[d.ID], inShipment[d.ID])
		}
		q := c.Quote(d.Quote)
		left := d.Status == repair.Shipped || d.Status == repair.Delivered
		if left && q != nil && (q.Status == repair.QuoteIssued || q.Status == repair.QuoteAccepted) {
			t.Fatalf("R35: device %d left unpaid", d.Line)
		}
		if left && d.Shipment == "" {
			t.Fatalf("device %d left in no shipment", d.Line)
		}
	}
	for _, q := range c.Quotes {
		var sum int64
		for _, line := range q.Lines {
			sum += line.Amount.Amount
		}
		if sum != q.Total.Amount {
			t.Fatalf("quote %s: the lines make %d, the total says %d", q.ID, sum, q.Total.Amount)
		}
		if q.Status == repair.QuoteDeclined && q.Class != repair.Scrap && q.Class != repair.Mixed {
			t.Fatalf("R32: a %s quote was declined", q.Class)
		}
	}
	if c.Order.DeviceCount != len(c.Devices) || c.Order.Stage == "" {
		t.Fatalf("derived %d devices, stage %q", c.Order.DeviceCount, c.Order.Stage)
	}
}
