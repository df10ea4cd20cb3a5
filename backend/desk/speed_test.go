package desk

import (
	"encoding/json"
	"testing"
	"time"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// quoted is a work order of n devices, each with a quote to answer.
func quoted(n int) *rt.Story {
	s := rt.Filed(n).Arrive()
	var offers []repair.QuoteOffer
	for i := range s.Case.Devices {
		s.Case.Devices[i].Status = repair.Inspected
		s.Case.Devices[i].Inspection = &repair.Inspection{Class: repair.Normal, Warranty: repair.WarrantyOut}
		offers = append(offers, rt.Price(i+1, i+1, rt.USD(12000)))
	}
	return s.Must(rt.Technician, rt.SendQuotes(offers...))
}

// quickest gives the least of a few times: other programs only ever add to one.
func quickest(t *testing.T, f func() error) time.Duration {
	t.Helper()
	least := time.Hour
	for range 5 {
		began := time.Now()
		if err := f(); err != nil {
			t.Fatal(err)
		}
		least = min(least, time.Since(began))
	}
	return least
}

// What a person does with a large order must not take the square of its size:
// it is measured against reading the order's quotes once.
func TestALargeOrderIsAnsweredInOnePass(t *testing.T) {
	const n = 8000
	h := at(t)
	s := quoted(n)
	h.tell(s.Case)
	order := string(s.Case.Order.ID)
	choice := QuoteChoice{Order: order}
	for i := 1; i <= n; i++ {
		choice.Accept = append(choice.Accept, string(rt.QuoteID(i)))
	}
	text, err := json.Marshal(s.Case.Quotes)
	h.ok(err)
	once := quickest(t, func() error { var all []repair.Quote; return json.Unmarshal(text, &all) })

	weighed := quickest(t, func() error {
		sum, err := h.WeighQuotes(h.ctx(), choice)
		if len(sum.Accepting) != 1 || sum.Accepting[0] != rt.USD(12000*n) || sum.Undecided != 0 {
			t.Errorf("the choice comes to %+v", sum)
		}
		return err
	})
	needs := quickest(t, func() error { _, err := h.Needs(h.ctx()); return err })
	_, err = h.DecideQuotes(h.ctx(), choice)
	h.ok(err)
	paid := quickest(t, func() error {
		sheet, err := h.PaySheet(h.ctx(), order)
		if len(sheet.Due) != 1 || sheet.Due[0].Amount != rt.USD(12000*n) {
			t.Errorf("due %+v", sheet.Due)
		}
		return err
	})
	for what, took := range map[string]time.Duration{"weighing a choice": weighed, "what needs the person": needs, "the pay sheet": paid} {
		t.Logf("%s: %v, reading the quotes once %v", what, took, once)
		if took > 4*once {
			t.Errorf("%s takes %v, reading the quotes once %v", what, took, once)
		}
	}
}
