package repair_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func inbound() *rt.Story { return rt.Filed(2).Send() }

func goingHome() *rt.Story { return rt.Filed(2).Home().Days(1) }

var toCentre, comingHome = repair.Followed{Parcel: rt.ParcelID(1)}, repair.Followed{Shipment: rt.ShipmentID(1)}

// said is an event so many minutes after the story's moment.
func said(s *rt.Story, minutes int, status repair.TrackStatus) repair.TrackEvent {
	return repair.TrackEvent{At: repair.At(s.Env.Now.Time().Add(time.Duration(minutes) * time.Minute)), Status: string(status), Text: "told"}
}

func hears(s *rt.Story, f repair.Followed, events ...repair.TrackEvent) repair.Touched {
	return s.Case.Track(f, repair.TrackNews{Source: "kuaidi100", Events: events}, s.Env)
}

func TestWhatACarriersWordDoes(t *testing.T) {
	carries := map[repair.TrackStatus]string{
		"available_for_pickup": "R08 available_for_pickup",
		"delivered":            "R22 delivered",
		"refused":              "R36 refused",
	}
	words := map[repair.TrackStatus]struct {
		parcel   repair.ParcelStatus
		shipment repair.ShipmentStatus
	}{
		"unknown":              {repair.ParcelHandedOver, repair.ShipmentShipped},
		"info_received":        {repair.ParcelHandedOver, repair.ShipmentShipped},
		"picked_up":            {repair.ParcelInTransit, repair.ShipmentInTransit},
		"in_transit":           {repair.ParcelInTransit, repair.ShipmentInTransit},
		"customs":              {repair.ParcelInTransit, repair.ShipmentInTransit},
		"out_for_delivery":     {repair.ParcelInTransit, repair.ShipmentOutForDelivery},
		"available_for_pickup": {repair.ParcelHeld, repair.ShipmentOutForDelivery},
		"delivered":            {repair.ParcelInTransit, repair.ShipmentDelivered},
		"attempt_failed":       {repair.ParcelInTransit, repair.ShipmentException},
		"exception":            {repair.ParcelInTransit, repair.ShipmentException},
		"refused":              {repair.ParcelInTransit, repair.ShipmentException},
		"returning":            {repair.ParcelInTransit, repair.ShipmentException},
		"returned":             {repair.ParcelInTransit, repair.ShipmentException},
		"lost":                 {repair.ParcelInTransit, repair.ShipmentException},
		"expired":              {repair.ParcelHandedOver, repair.ShipmentShipped},
	}
	if len(repair.TrackStatuses()) != len(words) {
		t.Errorf("the vocabulary is %v", repair.TrackStatuses())
	}
	for status, want := range words {
		t.Run(cmp.Or(carries[status], string(status)), func(t *testing.T) {
			s := inbound()
			if touched := hears(s, toCentre, said(s, -60, status)); !touched.Order || len(touched.Parcels) != 1 {
				t.Errorf("touched %+v", touched)
			}
			p := s.Case.Parcels[0]
			if p.Status != want.parcel || len(p.Events) != 1 || p.Events[0].Source != "kuaidi100" || s.Device(1).Status != repair.Dispatched {
				t.Errorf("parcel %s, device %s, events %+v", p.Status, s.Device(1).Status, p.Events)
			}
			h := goingHome()
			hears(h, comingHome, said(h, -60, status))
			if got := h.Case.Shipments[0]; got.Status != want.shipment || len(got.Events) != 2 {
				t.Errorf("shipment %s, %+v", got.Status, got.Events)
			}
		})
	}
}

func TestTracking(t *testing.T) {
	t.Run("what is told late of the same moment undoes nothing", func(t *testing.T) {
		s := inbound()
		arrived, held := said(s, -10, repair.TrackInTransit), said(s, -10, repair.TrackAvailable)
		arrived.Text, held.Text = "at the station", "waits at the station"
		hears(s, toCentre, held)
		hears(s, toCentre, arrived, held)
		p := s.Case.Parcels[0]
		if p.Status != repair.ParcelHeld || len(p.Events) != 2 || p.Events[1].Text != held.Text {
			t.Errorf("%s, %+v", p.Status, p.Events)
		}
	})
	t.Run("R22 a delivered parcel is received by a scan and by nothing else", func(t *testing.T) {
		s := inbound()
		hears(s, toCentre, said(s, -1, repair.TrackDelivered))
		p := s.Case.Parcels[0]
		if p.SystemReceivedAt != "" || p.SignedAt != "" || s.Case.Order.ReceivedAt != "" || s.Case.Order.Stage != repair.StageAwaitingParcel {
			t.Errorf("%+v, %s", p, s.Case.Order.Stage)
		}
		s.Must(rt.Technician, rt.Receive(1, 1, 2))
	})
	t.Run("R36 a carrier's word of a refusal decides nothing", func(t *testing.T) {
		s := goingHome()
		hears(s, comingHome, said(s, -1, repair.TrackRefused))
		if s.Case.Order.Stage == repair.StageReturnRefused || s.Case.Shipments[0].RefusedReason != "" {
			t.Errorf("%s, %+v", s.Case.Order.Stage, s.Case.Shipments[0])
		}
		s.Must(rt.Office, rt.Track(1, repair.ShipmentRefused, "nobody wanted it"))
	})
	t.Run("a delivered shipment brings its devices home", func(t *testing.T) {
		s := goingHome()
		hears(s, comingHome, said(s, -1, repair.TrackDelivered))
		if s.Device(1).Status != repair.Delivered || s.Case.Shipments[0].DeliveredAt != said(s, -1, "").At {
			t.Errorf("%s, %+v", s.Device(1).Status, s.Case.Shipments[0])
		}
	})
	t.Run("an older word never undoes a newer one", func(t *testing.T) {
		s := goingHome()
		hears(s, comingHome, said(s, -1, repair.TrackDelivered))
		hears(s, comingHome, said(s, -60, repair.TrackOutForDelivery), said(s, -90, repair.TrackReturning))
		if got := s.Case.Shipments[0]; got.Status != repair.ShipmentDelivered || len(got.Events) != 4 {
			t.Errorf("%s, %+v", got.Status, got.Events)
		}
	})
	t.Run("what was delivered stays so but for a later return", func(t *testing.T) {
		s := goingHome()
		hears(s, comingHome, said(s, -60, repair.TrackDelivered))
		hears(s, comingHome, said(s, -30, repair.TrackInTransit), said(s, -29, repair.TrackException))
		if got := s.Case.Shipments[0].Status; got != repair.ShipmentDelivered {
			t.Fatal(got)
		}
		hears(s, comingHome, said(s, -10, repair.TrackReturning))
		got := s.Case.Shipments[0]
		if got.Status != repair.ShipmentException || got.DeliveredAt != "" || s.Device(1).Status != repair.Shipped {
			t.Errorf("%+v, %s", got, s.Device(1).Status)
		}
		hears(s, comingHome, said(s, -5, repair.TrackDelivered))
		if s.Device(1).Status != repair.Delivered {
			t.Error(s.Device(1).Status)
		}
	})
	t.Run("what the customer confirmed no carrier takes back", func(t *testing.T) {
		s := goingHome()
		s.Must(rt.Farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: rt.ShipmentID(1)}).Days(1)
		hears(s, comingHome, said(s, -10, repair.TrackReturned))
		if got := s.Case.Shipments[0].Status; got != repair.ShipmentDelivered {
			t.Error(got)
		}
	})
	t.Run("the same again is nothing new", func(t *testing.T) {
		s := inbound()
		e := said(s, -10, repair.TrackInTransit)
		hears(s, toCentre, e)
		again := e
		again.Status = string(repair.TrackOutForDelivery) // services think better of it later
		if touched := hears(s, toCentre, e, again); touched.Order || len(s.Case.Parcels[0].Events) != 1 {
			t.Errorf("%+v, %+v", touched, s.Case.Parcels[0].Events)
		}
	})
	t.Run("R17 what is older than the parcel is told of another one", func(t *testing.T) {
		s := goingHome()
		hears(s, comingHome, said(s, -30*24*60, repair.TrackDelivered))
		got := s.Case.Shipments[0]
		if got.Status != repair.ShipmentShipped || len(got.Events) != 1 || got.Trouble == nil || got.Trouble.Code != "tracking.other_parcel" {
			t.Errorf("%+v", got)
		}
		hears(s, comingHome, said(s, -30*24*60, repair.TrackDelivered), said(s, -10, repair.TrackInTransit))
		if got := s.Case.Shipments[0]; got.Trouble != nil || len(got.Events) != 2 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("nothing comes from the future, from no moment, or in a word that nobody knows", func(t *testing.T) {
		s := inbound()
		odd := said(s, -1, "teleported")
		bad := repair.TrackEvent{At: "yesterday", Status: "in_transit"}
		if touched := hears(s, toCentre, said(s, 10, repair.TrackInTransit), odd, bad); touched.Parcels != nil && len(s.Case.Parcels[0].Events) > 0 {
			t.Errorf("%+v", s.Case.Parcels[0].Events)
		}
	})
	t.Run("trouble is noted once and cleared by the next answer", func(t *testing.T) {
		s := inbound()
		trouble := repair.TrackNews{Source: "kuaidi100", Trouble: "tracking.number_unknown"}
		if first, again := s.Case.Track(toCentre, trouble, s.Env), s.Case.Track(toCentre, trouble, s.Env); !first.Order || again.Order {
			t.Errorf("%+v, %+v", first, again)
		}
		hears(s, toCentre, said(s, -1, repair.TrackInTransit))
		if s.Case.Parcels[0].Trouble != nil {
			t.Error(s.Case.Parcels[0].Trouble)
		}
	})
	t.Run("a closed order notes and does not move", func(t *testing.T) {
		s := inbound()
		s.Case.Order.CancelledAt = s.Env.Now
		hears(s, toCentre, said(s, -1, repair.TrackAvailable))
		if p := s.Case.Parcels[0]; p.Status != repair.ParcelHandedOver || len(p.Events) != 1 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("a text is kept short and plain", func(t *testing.T) {
		s := inbound()
		e := said(s, -1, repair.TrackInTransit)
		e.Text = "a\x00b\xff" + strings.Repeat("快", 1000)
		hears(s, toCentre, e)
		if got := s.Case.Parcels[0].Events[0].Text; len([]rune(got)) != 301 || !strings.HasPrefix(got, "a b?快") {
			t.Errorf("%q", got)
		}
	})
}

func TestFollowing(t *testing.T) {
	s := inbound()
	list := s.Case.Following()
	if len(list) != 1 || list[0].Parcel != rt.ParcelID(1) || list[0].Done || len(list[0].Phones) == 0 || list[0].Phones[0] != "13800138000" {
		t.Fatalf("%+v", list)
	}
	hears(s, toCentre, said(s, -1, repair.TrackDelivered))
	if list := s.Case.Following(); len(list) != 1 || !list[0].Done {
		t.Errorf("delivered: %+v", list)
	}
	s.Must(rt.Technician, rt.Receive(1, 1, 2))
	if list := s.Case.Following(); len(list) != 0 {
		t.Errorf("received: %+v", list)
	}
	h := goingHome()
	if list := h.Case.Following(); len(list) != 1 || list[0].Shipment != rt.ShipmentID(1) {
		t.Errorf("%+v", list)
	}
	h.Case.Order.ClosedAt = h.Env.Now
	if list := h.Case.Following(); len(list) != 0 {
		t.Errorf("closed: %+v", list)
	}
	if list := rt.Filed(1).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1))).Case.Following(); len(list) != 0 {
		t.Errorf("planned: %+v", list)
	}
}

// TestTheOrderOfHearingDoesNotMatter: whatever pushes come twice, late or in pieces,
// the timeline is the same, and without a return the last word stands.
func TestTheOrderOfHearingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := slices.DeleteFunc(repair.TrackStatuses(), func(w repair.TrackStatus) bool {
			return slices.Contains([]repair.TrackStatus{"delivered", "refused", "returning", "returned", "unknown", "info_received", "expired"}, w)
		})
		a, b := goingHome(), goingHome()
		var events []repair.TrackEvent
		for i := range rapid.IntRange(1, 8).Draw(t, "n") {
			events = append(events, said(a, i-60, rapid.SampledFrom(words).Draw(t, "word")))
		}
		hears(a, comingHome, events...)
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(events)-1), 0, 20).Draw(t, "order") {
			hears(b, comingHome, events[i])
		}
		hears(b, comingHome, events...)
		if x, y := a.Case.Shipments[0], b.Case.Shipments[0]; x.Status != y.Status || !slices.Equal(x.Events, y.Events) {
			t.Fatalf("%s %v\n%s %v", x.Status, x.Events, y.Status, y.Events)
		}
	})
}
