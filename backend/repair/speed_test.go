package repair_test

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// BenchmarkAcceptTwoThousandQuotes is one batch command on a large order, with
// the copy, the derived stage and all.
func BenchmarkAcceptTwoThousandQuotes(b *testing.B) {
	const n = 2000
	s := rt.Filed(n).Arrive()
	for i := range s.Case.Devices {
		s.Case.Devices[i].Status = repair.Inspected
		s.Case.Devices[i].Inspection = &repair.Inspection{Class: repair.Normal, Warranty: repair.WarrantyOut}
	}
	var offers []repair.QuoteOffer
	for i := 1; i <= n; i++ {
		offers = append(offers, rt.Price(i, i, rt.USD(12000)))
	}
	s.Must(rt.Technician, rt.SendQuotes(offers...))
	for b.Loop() {
		fresh := *s.Case
		fresh.Devices, fresh.Quotes = slices.Clone(s.Case.Devices), slices.Clone(s.Case.Quotes)
		story := rt.Story{Case: &fresh, Env: s.Env}
		if _, err := story.Do(rt.Farmer, rt.Accept(rt.Lines(n)...)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDeadlinesOfTwoThousand is what a screen asks for a large order.
func BenchmarkDeadlinesOfTwoThousand(b *testing.B) {
	s := rt.Filed(2000).Arrive()
	for b.Loop() {
		if len(s.Case.Deadlines(s.Env)) == 0 {
			b.Fatal("none")
		}
	}
}

// BenchmarkOffersOfTwoThousand is what a screen asks at each change.
func BenchmarkOffersOfTwoThousand(b *testing.B) {
	s := rt.Filed(2000).Arrive()
	for b.Loop() {
		if len(s.Case.Offers(repair.RoleTechnician, s.Env)) == 0 {
			b.Fatal("none")
		}
	}
}

// BenchmarkPreflightOfTenThousand is asked while a person types into a long draft.
func BenchmarkPreflightOfTenThousand(b *testing.B) {
	submission, env := rt.Submission(10_000), rt.Env(rt.Start)
	for b.Loop() {
		if found := repair.Preflight(submission, env); len(found) != 0 {
			b.Fatal(found[0])
		}
	}
}
