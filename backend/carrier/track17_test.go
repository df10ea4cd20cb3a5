package carrier

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

const track17Info = `{"number":"3318810025","carrier":100001,"track_info":{"latest_status":{"status":"Delivered","sub_status":"Delivered_Other"},
	"tracking":{"providers":[{"provider":{"key":100001,"name":"DHL"},"events":[
	{"time_iso":"2026-03-04T10:00:00+08:00","time_utc":"2026-03-04T02:00:00Z","description":"Delivered","location":"Shenzhen","stage":"Delivered","sub_status":"Delivered_Other"},
	{"time_utc":"2026-03-03T02:00:00Z","description":"Customs","stage":null,"sub_status":"InTransit_CustomsProcessing"},
	{"time_iso":"2026-03-02T02:00:00+01:00","time_utc":null,"description":"Departed","stage":"Departure","sub_status":"InTransit_Departure"},
	{"time_utc":"2026-03-01T02:00:00Z","description":"Picked up","stage":"PickedUp","sub_status":"InTransit_PickedUp"},
	{"time_utc":"","description":"no moment"}]}]}}}`

const (
	track17Found   = `{"code":0,"data":{"accepted":[` + track17Info + `],"rejected":[]}}`
	track17Unknown = `{"code":0,"data":{"accepted":[],"rejected":[{"number":"3318810025","error":{"code":-18019902,"message":"not registered"}}]}}`
	track17Taken   = `{"code":0,"data":{"accepted":[{"number":"3318810025","carrier":100001}],"rejected":[]}}`
)

func TestTrack17SignsAsItsVectorSays(t *testing.T) {
	s := newTrack17(Track17Settings{Key: "testkey"}, line{})
	if got := s.sign([]byte(`{"type":"InvoiceSettled","invoiceId":"abc"}`)); got != "aaa95b28564b0a9d42f091536e4ce551e1ef9ece9c753f5ecb60308a6fe594dd" {
		t.Error(got)
	}
}

func TestTrack17IsAsked(t *testing.T) {
	s := serve(t, says(track17Found))
	events, err := at(s.URL)[1].Ask(t.Context(), asks[Track17Name])
	if err != nil {
		t.Fatal(err)
	}
	h := s.heard[0]
	if h.path != "/gettrackinfo" || h.header.Get("17token") != canary+"key17" || h.body != `[{"number":"3318810025","carrier":100001}]` {
		t.Errorf("%+v", h)
	}
	if got := words(events); !slices.Equal(got, []string{"picked_up", "in_transit", "customs", "delivered"}) || events[3].At != "2026-03-04T02:00:00Z" {
		t.Errorf("%v, %+v", got, events)
	}
}

func TestTrack17RegistersANumberOnce(t *testing.T) {
	s := serve(t, says(track17Unknown), says(track17Taken), says(track17Found))
	service := at(s.URL)[1]
	if events, err := service.Ask(t.Context(), asks[Track17Name]); err != nil || len(events) != 0 {
		t.Errorf("%v %v", events, err)
	}
	if events, err := service.Ask(t.Context(), asks[Track17Name]); err != nil || len(events) != 4 {
		t.Errorf("%v %v", events, err)
	}
	if len(s.heard) != 3 || s.heard[1].path != "/register" {
		t.Errorf("%+v", s.heard)
	}
	again := serve(t, says(track17Unknown), says(strings.ReplaceAll(track17Unknown, "-18019902", "-18019901")))
	if _, err := at(again.URL)[1].Ask(t.Context(), asks[Track17Name]); err != nil {
		t.Errorf("registered meanwhile: %v", err)
	}
}

func TestTrack17SaysWhatIsWrong(t *testing.T) {
	for code, want := range map[string]*repair.Error{"-18010001": ErrKey, "-18010002": ErrKey, "-18019907": ErrQuota, "-18019908": ErrQuota,
		"-18019903": ErrCarrier, "-18019909": ErrNumber, "-18010012": ErrNumber, "-1": ErrAnswer} {
		for _, answer := range []string{`{"code":` + code + `,"data":{}}`, strings.ReplaceAll(track17Unknown, "-18019902", code)} {
			if _, err := at(serve(t, says(answer)).URL)[1].Ask(t.Context(), asks[Track17Name]); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", answer, err, want)
			}
		}
	}
	notFound := strings.ReplaceAll(track17Found, `"status":"Delivered","sub_status":"Delivered_Other"},
	"tracking"`, `"status":"NotFound","sub_status":"NotFound_Other"},
	"tracking"`)
	if _, err := at(serve(t, says(notFound)).URL)[1].Ask(t.Context(), asks[Track17Name]); !errors.Is(err, ErrNumber) {
		t.Error(err)
	}
}

func TestTrack17Pushes(t *testing.T) {
	s := at("")[1].(*track17)
	body := []byte(`{"event":"TRACKING_UPDATED","data":` + track17Info + `}`)
	got, err := s.Read(http.Header{"Sign": {s.sign(body)}}, body)
	if err != nil || got.Number != "3318810025" || len(got.Events) != 4 || got.Trouble != "" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, sign := range []string{"", "x", s.sign(append(body, ' ')), s.sign(nil)} {
		if _, err := s.Read(http.Header{"Sign": {sign}}, body); !errors.Is(err, ErrSignature) {
			t.Errorf("%q: %v", sign, err)
		}
	}
	for _, bad := range [][]byte{[]byte("{"), []byte("\xff"), nil} {
		if _, err := s.Read(http.Header{"Sign": {s.sign(bad)}}, bad); !errors.Is(err, ErrPush) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	stopped := []byte(`{"event":"TRACKING_STOPPED","data":{"number":"3318810025","carrier":100001}}`)
	if got, err := s.Read(http.Header{"Sign": {s.sign(stopped)}}, stopped); err != nil || len(got.Events) != 0 || got.Trouble != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheWordsOf17track(t *testing.T) {
	for said, want := range map[[2]string]repair.TrackStatus{
		{"InfoReceived", ""}: "info_received", {"InTransit", "InTransit_PickedUp"}: "picked_up", {"InTransit", "InTransit_Other"}: "in_transit",
		{"InTransit", "InTransit_CustomsProcessing"}: "customs", {"OutForDelivery", ""}: "out_for_delivery", {"AvailableForPickup", ""}: "available_for_pickup",
		{"Delivered", ""}: "delivered", {"DeliveryFailure", "DeliveryFailure_Other"}: "attempt_failed", {"DeliveryFailure", "DeliveryFailure_Rejected"}: "refused",
		{"Exception", "Exception_Rejected"}: "refused", {"Exception", "Exception_Returning"}: "returning", {"Exception", "Exception_Returned"}: "returned",
		{"Exception", "Exception_Lost"}: "lost", {"Exception", "Exception_Other"}: "exception", {"Expired", ""}: "expired", {"NotFound", ""}: "unknown",
		{"", ""}: "in_transit", {"Teleported", ""}: "unknown"} {
		if got := track17Word(said[0], said[1]); got != want {
			t.Errorf("%v is %s, want %s", said, got, want)
		}
	}
}
