package httpapi_test

import (
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// offer is a price for the first device, changed.
func offer(change func(*repair.QuoteOffer)) repair.Command {
	o := Price(9, 1, USD(100))
	change(&o)
	return SendQuotes(o)
}

// rulesOfTheMoney: quotes, decisions and what is paid.
var rulesOfTheMoney = []httpRule{
	{"R26 a device out of warranty gets a quote", func(c *court) {
		c.tells(Filed(1).Inspect(repair.Normal))
		c.refused(Technician, offer(func(o *repair.QuoteOffer) { o.Lines = nil }), "quote.amount_required", "R26")
		c.refused(Farmer, offer(func(*repair.QuoteOffer) {}), "person.wrong_side", "")
		c.does(Technician, offer(func(*repair.QuoteOffer) {}))
		is(c, "the price", c.whole().Quotes[0].Total, USD(100))
		c.stands(repair.StageAwaitingPayment)
	}},
	{"R28 a quote stands in the work order, beside a way to ask", func(c *court) {
		c.tells(Filed(1).Quote(repair.Normal))
		is(c, "the quote", c.whole().Quotes[0].Status, repair.QuoteIssued)
		is(c, "quotes in the feed", len(c.feed(Farmer, wire.RowQuote)), 1)
		c.refused(Farmer, text(repair.CmdMessage, " "), "command.part_missing", "")
		c.does(Farmer, text(repair.CmdMessage, "why so much?"))
		c.does(Office, text(repair.CmdMessage, "two boards"))
		is(c, "the thread", len(c.whole().Messages), 3) // and the word that the return is confirmed
		c.does(Farmer, Accept(1))
	}},
	{"R31 a quote for scrap or mixed boards may be declined", func(c *court) {
		c.tells(Filed(3).Quote(repair.Scrap, repair.Mixed, repair.Normal))
		c.stands(repair.StageAwaitingDecision)
		c.refused(Farmer, Decline(3), "quote.not_declinable", "R32")
		c.does(Farmer, Decline(1, 2))
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.not_now", "")
		c.does(Technician, OnDevices(repair.CmdReturnUnrepaired, 1, 2))
		is(c, "the scrap", c.whole().Devices[0].Status, repair.Unrepaired)
	}},
	{"R32 a normal quote is not declined, and its device does not go home unrepaired", func(c *court) {
		c.tells(Filed(2).Inspect(repair.Normal, repair.Normal))
		c.refused(Technician, OnDevices(repair.CmdReturnUnrepaired, 1), "device.must_be_repaired", "R32")
		c.does(Technician, SendQuotes(Price(1, 1, USD(12000)), Price(2, 2, USD(12000))))
		c.refused(Farmer, Decline(1), "quote.not_declinable", "R32")
		c.refused(Office, Decline(1), "person.wrong_side", "")
		c.does(Farmer, Accept(1, 2))
	}},
	{"R33 each device is quoted and decided for itself", func(c *court) {
		c.tells(Filed(3).Quote(repair.Scrap, repair.Normal, repair.Mixed))
		c.refused(Farmer, Decline(1, 2), "quote.not_declinable", "R32") // and none of them is
		c.does(Farmer, Decline(1))
		c.does(Farmer, Accept(2))
		for i, want := range []repair.QuoteStatus{repair.QuoteDeclined, repair.QuoteAccepted, repair.QuoteIssued} {
			is(c, "quote "+string(rune('1'+i)), c.whole().Quotes[i].Status, want)
		}
	}},
	{"R35 an unpaid device is not repaired and does not leave", func(c *court) {
		c.tells(Filed(2).Accepted())
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.payment_due", "R35")
		c.refused(Technician, Ship(1, 1), "device.not_now", "")
		c.does(Farmer, Voucher(1, 1, 2))
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.payment_due", "R35") // nobody has seen the money yet
		c.does(Office, Decide(1, repair.PaymentConfirmed, USD(24000)))
		c.does(Technician, OnDevices(repair.CmdStartRepair, 1, 2))
		c.does(Technician, OnDevices(repair.CmdFinishRepair, 1, 2))
		c.does(Technician, Tested(true, 1, 2))
		c.does(Technician, Ship(1, 1, 2))
	}},
	{"R39 the clock starts when the voucher is sent", func(c *court) {
		c.tells(Filed(1).Accepted())
		bare := Voucher(1, 1)
		bare.Payment.Vouchers = nil
		c.refused(Farmer, bare, "payment.voucher_required", "R39")
		is(c, "days to come home", len(c.deadlines(repair.DeadlineDispatch)), 0)
		sent := c.now
		c.does(Farmer, Voucher(1, 1))
		c.days(3)
		c.does(Office, Decide(1, repair.PaymentConfirmed, USD(12000)))
		p := c.whole().Payments[0]
		is(c, "when it was sent", p.VoucherSentAt, repair.At(sent))
		is(c, "when it was confirmed", p.ConfirmedAt, repair.At(c.now))
		due := c.deadlines(repair.DeadlineDispatch)
		if len(due) != 1 || due[0].Why.Rule != "R39" {
			c.t.Fatalf("due %+v", due)
		}
		is(c, "the first day", due[0].Why.Inputs["voucher_sent_on"], string(Env(sent).Today()))
	}},
	{"R44 unpaid devices hold the work order, and what is due is shown", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.does(Technician, Find(1, repair.Normal))        // free
		c.does(Technician, Find(2, repair.Normal, "V01")) // paid
		c.does(Technician, SendQuotes(Price(1, 2, USD(12000))))
		c.stands(repair.StageAwaitingPayment)
		due := c.whole().Due()
		if len(due) != 1 || due[0] != USD(12000) {
			c.t.Errorf("due is %v", due)
		}
		wrong := Voucher(1, 1)
		c.does(Farmer, Accept(1))
		wrong.Payment.Amount = USD(11999)
		c.refused(Farmer, wrong, "payment.amount_differs", "")
		c.does(Farmer, Voucher(1, 1))
		c.does(Office, Decide(1, repair.PaymentConfirmed, USD(12000)))
		is(c, "what is due now", len(c.whole().Due()), 0)
	}},
}
