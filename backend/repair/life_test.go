package repair_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hashmend/backend/repair"
)

// noOtherWay fails for every step that the tests do not tell of.
func noOtherWay(t *testing.T, life string, told map[repair.StepKey]bool) {
	t.Helper()
	for _, step := range repair.Lives()[life] {
		if step.From != "disabled" && !told[step.Key()] {
			t.Errorf("no test tells of %s: %s --%s by %s--> %s", life, step.From, step.Action, step.By, step.To)
		}
	}
}

// begins are the statuses in which a thing comes into the world.
var begins = map[string][]string{"device": {"listed", "unexpected"}, "quote": {"issued"}}

func TestNoStatusIsUnreachable(t *testing.T) {
	for name, steps := range repair.Lives() {
		reached := map[string]bool{"": true}
		for _, s := range begins[name] {
			reached[s] = true
		}
		for grown := true; grown; {
			grown = false
			for _, step := range steps {
				if reached[step.From] && !reached[step.To] {
					reached[step.To], grown = true, true
				}
			}
		}
		for _, status := range statuses[name] {
			if !reached[status] {
				t.Errorf("%s: nothing leads to %s", name, status)
			}
		}
		for _, step := range steps {
			if step.To != "" && !slices.Contains(statuses[name], step.To) {
				t.Errorf("%s: %s is no status", name, step.To)
			}
		}
	}
}

var statuses = map[string][]string{
	"device": {"listed", "packed", "dispatched", "received", "missing", "unexpected", "inspected", "quoted", "accepted", "declined",
		"repairing", "testing", "repaired", "unrepaired", "packed_return", "shipped", "delivered", "forfeited"},
	"quote":      {"issued", "accepted", "declined", "superseded", "lapsed", "settled"},
	"payment":    {"method_chosen", "voucher_sent", "under_review", "confirmed", "rejected", "underpaid", "overpaid", "refunded", "waiting", "seen", "late", "expired"},
	"parcel":     {"planned", "handed_over", "in_transit", "signed", "rejected", "held_for_pickup", "lost"},
	"shipment":   {"shipped", "in_transit", "out_for_delivery", "delivered", "refused", "exception", "returned_to_centre", "lost"},
	"correction": {"requested", "applied", "refused"},
}

// TestDiagrams keeps each life as a picture: a changed rule is a changed picture
// in the review. HASHMEND_GOLDEN=update writes them anew.
func TestDiagrams(t *testing.T) {
	for name, drawn := range repair.Diagrams() {
		file := filepath.Join("testdata", name+".mmd")
		if os.Getenv("HASHMEND_GOLDEN") == "update" {
			if err := os.WriteFile(file, []byte(drawn), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		golden, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if drawn != string(golden) {
			t.Errorf("%s differs from the life of a %s: look at the change and run with HASHMEND_GOLDEN=update", file, name)
		}
	}
}
