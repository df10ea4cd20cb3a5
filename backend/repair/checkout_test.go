package repair_test

import (
	"slices"
	"testing"
	"time"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// takesCheckouts is the same story at a centre with a payment server.
func takesCheckouts(story func() *rt.Story) func() *rt.Story {
	return func() *rt.Story {
		s := story()
		s.Env.Settings.Methods = append(slices.Clone(s.Env.Settings.Methods), repair.PayCryptoCheckout)
		return s
	}
}

func byPage() repair.Command {
	cmd := chosen(1, 1, 2)
	cmd.Payment.Method = repair.PayCryptoCheckout
	return cmd
}

// page is a payment whose page the customer has asked for.
type page struct {
	*rt.Story
	t *testing.T
}

func newPage(t *testing.T) page {
	t.Helper()
	s := takesCheckouts(accepted)()
	return page{s.Must(rt.Farmer, byPage()), t}
}

func invoice(id string, status repair.CheckoutStatus, cents int64) repair.Checkout {
	return repair.Checkout{Invoice: id, Link: "https://pay.example/i/" + id, Amount: rt.USD(24000), Status: status, Arrived: rt.USD(cents),
		ExpiresAt: repair.At(rt.Start.Add(15 * time.Minute)), Watched: repair.At(rt.Start.Add(24 * time.Hour))}
}

// hears what the server says, and that saying it again changes nothing.
func (p page) hears(id string, status repair.CheckoutStatus, cents int64) page {
	p.t.Helper()
	news := repair.CheckoutNews{Source: "BTCPay Server", Checkout: invoice(id, status, cents)}
	p.Case.NoteCheckout(rt.PaymentID(1), news, p.Env)
	if again := p.Case.NoteCheckout(rt.PaymentID(1), news, p.Env); again.Order {
		p.t.Errorf("%s %s heard twice changes %+v", id, status, again)
	}
	return p
}

func (p page) payment() repair.Payment { return p.Case.Payments[0] }

func (p page) is(status repair.PaymentStatus, received int64, quotes repair.QuoteStatus) page {
	p.t.Helper()
	if got := p.payment(); got.Status != status || got.Received.Amount != received || p.Case.Quotes[0].Status != quotes {
		p.t.Fatalf("%s, %v received, quotes %s; want %s, %d, %s", got.Status, got.Received, p.Case.Quotes[0].Status, status, received, quotes)
	}
	return p
}

func TestCheckouts(t *testing.T) {
	const unpaid, paid = repair.QuoteAccepted, repair.QuoteSettled
	t.Run("R35 R39 the page is waiting, then money is seen, then it is confirmed", func(t *testing.T) {
		p := newPage(t)
		if !p.Case.AwaitsInvoice(rt.PaymentID(1)) {
			t.Fatal("nobody makes a page")
		}
		p.hears("a", repair.CheckoutOpen, 0).is(repair.PaymentWaiting, 0, unpaid)
		if p.Case.AwaitsInvoice(rt.PaymentID(1)) || p.payment().Checkout.Link != "https://pay.example/i/a" || p.payment().VoucherSentAt.IsSet() {
			t.Errorf("%+v", p.payment())
		}
		p.hears("a", repair.CheckoutSeen, 0).is(repair.PaymentSeen, 0, unpaid)
		if p.payment().VoucherSentAt != p.Env.Now {
			t.Errorf("R39's clock begins at %q", p.payment().VoucherSentAt)
		}
		p.fails(rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1), "device.payment_due")
		p.fails(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)), "payment.not_now")
		p.hears("a", repair.CheckoutPaid, 24000).is(repair.PaymentConfirmed, 24000, paid)
		if got := p.payment(); got.ConfirmedBy != "BTCPay Server" || got.ReceiptNumber == "" {
			t.Errorf("%+v", got)
		}
		p.Must(rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1))
	})
	t.Run("an older word undoes no newer one", func(t *testing.T) {
		newPage(t).hears("a", repair.CheckoutPaid, 24000).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutExpired, 0).
			is(repair.PaymentConfirmed, 24000, paid)
	})
	t.Run("too much is given back by a person", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutOverpaid, 25000).is(repair.PaymentOverpaid, 25000, paid)
		p.Must(rt.Office, rt.GiveBack(1, rt.USD(1000)))
		p.is(repair.PaymentConfirmed, 25000, paid)
	})
	t.Run("R35 too little waits for a person, and the rest may come in another way", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutUnderpaid, 10000).is(repair.PaymentUnderpaid, 10000, unpaid)
		if flags := p.Case.Order.Flags; !slices.Contains(flags, repair.FlagVoucherReview) {
			t.Errorf("the office is not called: %v", flags)
		}
		p.Must(rt.Farmer, rt.Voucher(1, 1, 2))
		if got := p.payment(); got.Checkout != nil || len(got.Earlier) != 1 || got.Earlier[0].Arrived.Amount != 10000 {
			t.Errorf("the page of before is lost: %+v", got)
		}
		p.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)))
		p.is(repair.PaymentConfirmed, 24000, paid)
	})
	t.Run("what comes late is decided by a person", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutExpired, 0).is(repair.PaymentExpired, 0, unpaid)
		p.hears("a", repair.CheckoutLate, 24000).is(repair.PaymentLate, 24000, unpaid)
		p.fails(rt.Farmer, byPage(), "payment.not_now")
		p.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)))
		p.is(repair.PaymentConfirmed, 24000, paid)
		if got := p.payment(); got.VoucherSentAt != got.ConfirmedAt {
			t.Error("R39 no clock begins")
		}
	})
	t.Run("what comes late and short is let be only by its sum", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutLate, 23000)
		p.fails(rt.Office, rt.Decide(1, repair.PaymentConfirmed, repair.Money{}), "payment.received_contradicts")
		p.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(23000)))
		p.is(repair.PaymentConfirmed, 23000, paid)
	})
	t.Run("an expired page is asked for again, and money for it is not lost", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutExpired, 0)
		p.Must(rt.Farmer, byPage())
		p.hears("b", repair.CheckoutOpen, 0).is(repair.PaymentWaiting, 0, unpaid)
		if got := p.payment(); got.Checkout.Invoice != "b" || len(got.Earlier) != 1 || len(got.Unsettled()) != 2 {
			t.Fatalf("%+v", got)
		}
		p.hears("a", repair.CheckoutLate, 24000).is(repair.PaymentLate, 24000, unpaid)
		p.hears("b", repair.CheckoutPaid, 24000).is(repair.PaymentOverpaid, 48000, paid)
		p.Must(rt.Office, rt.GiveBack(1, rt.USD(24000)))
		p.is(repair.PaymentConfirmed, 48000, paid)
	})
	t.Run("money for a page of before the confirmed one is too much", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutExpired, 0)
		p.Must(rt.Farmer, byPage())
		p.hears("b", repair.CheckoutPaid, 24000).hears("a", repair.CheckoutLate, 5000).is(repair.PaymentOverpaid, 29000, paid)
	})
	t.Run("more money after a person has decided is too much", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0).hears("a", repair.CheckoutUnderpaid, 23000)
		p.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(23000)))
		p.hears("a", repair.CheckoutLate, 25000).is(repair.PaymentOverpaid, 25000, paid)
	})
	t.Run("R39 what was seen and did not come starts no clock", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutSeen, 0).hears("a", repair.CheckoutExpired, 0).is(repair.PaymentExpired, 0, unpaid)
		if p.payment().VoucherSentAt.IsSet() {
			t.Error("the clock runs")
		}
	})
	t.Run("what the server doubts is for a person", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutSeen, 0).hears("a", repair.CheckoutDoubtful, 0).is(repair.PaymentUnderReview, 0, unpaid)
		p.Must(rt.Office, rt.Decide(1, repair.PaymentRejected, repair.Money{}))
	})
	t.Run("a page for another sum is nobody's", func(t *testing.T) {
		p := newPage(t)
		wrong := invoice("a", repair.CheckoutOpen, 0)
		wrong.Amount = rt.USD(100)
		p.Case.NoteCheckout(rt.PaymentID(1), repair.CheckoutNews{Checkout: wrong}, p.Env)
		p.is(repair.PaymentChosen, 0, unpaid)
	})
	t.Run("a page is not made for a price that has changed", func(t *testing.T) {
		p := newPage(t)
		p.Case.Quotes[0].Status = repair.QuoteSuperseded
		if p.Case.AwaitsInvoice(rt.PaymentID(1)) {
			t.Error("it is")
		}
	})
	t.Run("what is wrong is said until it is right", func(t *testing.T) {
		p := newPage(t)
		p.Case.NoteCheckout(rt.PaymentID(1), repair.CheckoutNews{Trouble: "checkout.unreachable"}, p.Env)
		if p.payment().CheckoutTrouble != "checkout.unreachable" {
			t.Error("nothing is said")
		}
		p.hears("a", repair.CheckoutOpen, 0)
		if p.payment().CheckoutTrouble != "" {
			t.Error("it is still said")
		}
	})
	t.Run("the office is offered no decision before money is there", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0)
		if o, some := p.Case.Offered(repair.RoleOffice, repair.CmdDecidePayment, p.Env); some {
			t.Errorf("%+v", o)
		}
		p.hears("a", repair.CheckoutLate, 24000)
		if _, some := p.Case.Offered(repair.RoleOffice, repair.CmdDecidePayment, p.Env); !some {
			t.Error("none is offered")
		}
	})
	t.Run("the customer is offered an expired page again", func(t *testing.T) {
		p := newPage(t).hears("a", repair.CheckoutOpen, 0)
		if o, some := p.Case.Offered(repair.RoleCustomer, repair.CmdChoosePayment, p.Env); some {
			t.Errorf("%+v", o)
		}
		p.hears("a", repair.CheckoutExpired, 0)
		if _, some := p.Case.Offered(repair.RoleCustomer, repair.CmdChoosePayment, p.Env); !some {
			t.Error("none is offered")
		}
	})
}

func (p page) fails(by repair.Person, cmd repair.Command, code string) {
	p.t.Helper()
	_, err := p.Do(by, cmd)
	checkCode(p.t, err, code)
}
