package carrier

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
)

// TestWhatIsOfOneMomentStandsAsItCameToPass: services list steps of one second, and
// most of them the newest first.
func TestWhatIsOfOneMomentStandsAsItCameToPass(t *testing.T) {
	tied := result{Data: []step{
		{FTime: "2026-03-04 10:00:00", Context: "4", Status: "签收"}, {FTime: "2026-03-04 10:00:00", Context: "3", Status: "派件"},
		{FTime: "2026-03-03 10:00:00", Context: "2", Status: "在途"}, {FTime: "2026-03-03 10:00:00", Context: "1", Status: "揽收"}}}
	one := result{State: "14", Data: []step{{FTime: "2026-03-04 10:00:00", Context: "2", Status: "派件"}, {FTime: "2026-03-04 10:00:00", Context: "1", Status: "在途"}}}
	turned := result{Data: slices.Clone(tied.Data)}
	slices.Reverse(turned.Data)
	var abroad track17Parcel
	if err := read([]byte(`{"track_info":{"latest_status":{"status":"Delivered"},"tracking":{"providers":[
		{"events":[{"time_utc":"2026-03-04T10:00:00Z","description":"4","stage":"OutForDelivery"},{"time_utc":"2026-03-04T10:00:00Z","description":"3","stage":"Arrival"}]},
		{"events":[{"time_utc":"2026-03-03T10:00:00Z","description":"2","stage":"Departure"},{"time_utc":"2026-03-03T10:00:00Z","description":"1","stage":"PickedUp"}]}]}}}`), &abroad); err != nil {
		t.Fatal(err)
	}
	var route sfResult
	if err := read([]byte(`{"msgData":{"routeResps":[{"mailNo":"SF3297600239259","routes":[
		{"acceptTime":"2026-03-04 10:00:00","remark":"1","opCode":"44"},{"acceptTime":"2026-03-04 10:00:00","remark":"2","opCode":"80"}]}]}}`), &route); err != nil {
		t.Fatal(err)
	}
	routed, err := route.events("SF3297600239259")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		events []repair.TrackEvent
		texts  string
		last   repair.TrackStatus
	}{
		"newest first":      {tied.events(), "1234", repair.TrackDelivered},
		"oldest first":      {turned.events(), "1234", repair.TrackDelivered},
		"all of one moment": {one.events(), "12", repair.TrackRefused},
		"of two posts":      {abroad.events(), "1234", repair.TrackDelivered},
		"SF, oldest first":  {routed, "12", repair.TrackDelivered},
		"nothing at all":    {result{State: "3"}.events(), "", ""},
	} {
		texts, last := "", ""
		for _, e := range test.events {
			texts, last = texts+e.Text, e.Status
		}
		if texts != test.texts || last != string(test.last) {
			t.Errorf("%s: %s, then %s", name, texts, last)
		}
	}
}

func TestAServiceIsReachedAtItsAddress(t *testing.T) {
	for _, named := range []string{"https://sandbox.example/api", "https://sandbox.example/api/", ""} {
		want := map[bool]string{true: "https://own.example", false: "https://sandbox.example/api"}[named == ""]
		if got := address(named, "https://own.example"); got != want {
			t.Errorf("%q: %s", named, got)
		}
	}
}
