package main

import "testing"

// TestEachMeasurementCanBeMadeAlone: DATA= gives it what it needs, and one that lacks
// something says so.
func TestEachMeasurementCanBeMadeAlone(t *testing.T) {
	given := argumentsOf("devices.csv", "http://localhost", "1", "2")
	for name, m := range measurements {
		if got, known := given[name]; name != "idle" && (!known || len(got) != m.arguments) {
			t.Errorf("%s needs %d arguments, and is given %q", name, m.arguments, got)
		}
		if m.arguments == 0 {
			continue
		}
		if err := beChild(name, nil); err == nil {
			t.Errorf("%s measures nothing and is content", name)
		}
	}
	if err := beChild("nothing", nil); err == nil {
		t.Error("a measurement that is not known is made")
	}
}
