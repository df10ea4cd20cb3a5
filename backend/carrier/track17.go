package carrier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"hashmend/backend/repair"
)

// Track17Name is the source of what 17track tells.
const Track17Name = "17track"

// Track17Settings are what 17track has given.
type Track17Settings struct {
	Key     string
	Address string // of its API; empty is its own
}

// track17 knows what crosses borders. A number must be registered once, which
// costs quota; from then on it may be asked for, and 17track pushes to the address
// that its own console names.
type track17 struct {
	s    Track17Settings
	line line
}

func newTrack17(s Track17Settings, l line) *track17 {
	s.Address = address(s.Address, "https://api.17track.net/track/v2.2")
	return &track17{s, l}
}

func (t *track17) Name() string { return Track17Name }

func (t *track17) Serves(c repair.Carrier) bool {
	row, known := c.Row()
	return known && (row.Use == "international" || row.Use == "regional")
}

// track17Carriers are its ids of those that we are sure of; it finds the others
// out by itself.
var track17Carriers = map[repair.Carrier]int{"dhl": 100001, "ups": 100002, "fedex": 100003}

type track17Number struct {
	Number  string `json:"number"`
	Carrier int    `json:"carrier,omitempty"`
}

type track17Answer struct {
	Code text `json:"code"`
	Data struct {
		Accepted []track17Parcel `json:"accepted"`
		Rejected []struct {
			Number text `json:"number"`
			Error  struct {
				Code text `json:"code"`
			} `json:"error"`
		} `json:"rejected"`
	} `json:"data"`
}

type track17Parcel struct {
	Number text `json:"number"`
	Info   struct {
		Latest struct {
			Status string `json:"status"`
			Sub    string `json:"sub_status"`
		} `json:"latest_status"`
		Tracking struct {
			Providers []struct {
				Events []track17Event `json:"events"`
			} `json:"providers"`
		} `json:"tracking"`
	} `json:"track_info"`
}

type track17Event struct {
	UTC   string `json:"time_utc"`
	ISO   string `json:"time_iso"`
	Text  string `json:"description"`
	Place string `json:"location"`
	Stage string `json:"stage"`
	Sub   string `json:"sub_status"`
}

// notRegistered is its code for a number that it was not told of yet.
const notRegistered = "-18019902"

func (t *track17) Ask(ctx context.Context, ask Ask) ([]repair.TrackEvent, error) {
	if !sound(ask.Number) {
		return nil, ErrNumber
	}
	a, refused, err := t.call(ctx, "/gettrackinfo", ask)
	if err != nil {
		return nil, err
	}
	if refused == notRegistered {
		if _, refused, err = t.call(ctx, "/register", ask); err != nil {
			return nil, err
		}
		if refused != "" && refused != "-18019901" { // registered meanwhile
			return nil, track17Told(refused)
		}
		return nil, nil // it needs a while to look
	}
	if refused != "" {
		return nil, track17Told(refused)
	}
	for _, p := range a.Data.Accepted {
		if repair.NormalWaybill(repair.WaybillNumber(p.Number)) == ask.Number {
			return p.events(), p.lacks()
		}
	}
	return nil, ErrAnswer
}

func (t *track17) call(ctx context.Context, path string, ask Ask) (a track17Answer, refused text, err error) {
	header := http.Header{"17token": {t.s.Key}}
	body := []track17Number{{string(ask.Number), track17Carriers[ask.Carrier]}}
	if err := t.line.postJSON(ctx, t.s.Address+path, header, body, &a); err != nil {
		return a, "", err
	}
	if a.Code != "0" {
		return a, "", track17Told(a.Code)
	}
	for _, r := range a.Data.Rejected {
		if repair.NormalWaybill(repair.WaybillNumber(r.Number)) == ask.Number {
			return a, r.Error.Code, nil
		}
	}
	return a, "", nil
}

// track17Told is what its code of refusal means.
func track17Told(code text) error {
	switch code {
	case "-18010001", "-18010002":
		return ErrKey
	case "-18019907", "-18019908":
		return ErrQuota
	case "-18019903":
		return ErrCarrier
	case "-18010012", "-18010013", "-18010014", "-18019909", "-18019910":
		return ErrNumber
	}
	return ErrAnswer.With("code", clip(string(code)))
}

// lacks says that 17track looks for the number and has found nothing.
func (p track17Parcel) lacks() error {
	if p.Info.Latest.Status == "NotFound" {
		return ErrNumber
	}
	return nil
}

func (p track17Parcel) events() []repair.TrackEvent {
	var lists [][]repair.TrackEvent
	for _, provider := range p.Info.Tracking.Providers {
		var list []repair.TrackEvent
		for _, e := range provider.Events {
			at, ok := rfc3339(e.UTC)
			if !ok {
				if at, ok = rfc3339(e.ISO); !ok {
					continue
				}
			}
			list = append(list, repair.TrackEvent{At: at, Status: string(track17Word(e.Stage, e.Sub)), Text: e.Text, Place: e.Place})
		}
		lists = append(lists, list)
	}
	whole := track17Word(p.Info.Latest.Status, p.Info.Latest.Sub)
	if whole == repair.TrackUnknown || p.Info.Latest.Status == "" {
		whole = ""
	}
	return inOrder(true, whole, lists...)
}

func rfc3339(text string) (repair.Instant, bool) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return "", false
	}
	return repair.At(t), true
}

// track17Word reads a status and the finer one below it.
func track17Word(status, sub string) repair.TrackStatus {
	for _, one := range track17Words {
		if one.text == sub || one.text == status {
			return one.word
		}
	}
	if status == "" && sub == "" {
		return repair.TrackInTransit
	}
	return repair.TrackUnknown
}

// track17Words are its finer words first, so that they win.
var track17Words = []struct {
	text string
	word repair.TrackStatus
}{
	{"InTransit_PickedUp", repair.TrackPickedUp}, {"PickedUp", repair.TrackPickedUp},
	{"InTransit_CustomsProcessing", repair.TrackCustoms}, {"InTransit_CustomsReleased", repair.TrackCustoms},
	{"InTransit_CustomsRequiringInformation", repair.TrackCustoms},
	{"DeliveryFailure_Rejected", repair.TrackRefused}, {"Exception_Rejected", repair.TrackRefused},
	{"Exception_Returning", repair.TrackReturning}, {"Returning", repair.TrackReturning},
	{"Exception_Returned", repair.TrackReturned}, {"Returned", repair.TrackReturned}, {"Exception_Lost", repair.TrackLost},
	{"InfoReceived", repair.TrackInfoReceived}, {"InTransit", repair.TrackInTransit}, {"Departure", repair.TrackInTransit}, {"Arrival", repair.TrackInTransit},
	{"OutForDelivery", repair.TrackOutForDelivery}, {"AvailableForPickup", repair.TrackAvailable}, {"Delivered", repair.TrackDelivered},
	{"DeliveryFailure", repair.TrackAttemptFailed}, {"Exception", repair.TrackException}, {"Expired", repair.TrackExpired},
	{"NotFound", repair.TrackUnknown},
}

// Read reads a push, whose signature covers its bytes.
func (t *track17) Read(header http.Header, body []byte) (Push, error) {
	if !same(t.sign(body), strings.ToLower(header.Get("sign"))) {
		return Push{}, ErrSignature
	}
	var p struct {
		Data track17Parcel `json:"data"`
	}
	if read(body, &p) != nil {
		return Push{}, ErrPush.With("why", "the body cannot be read")
	}
	push := Push{Number: repair.NormalWaybill(repair.WaybillNumber(p.Data.Number)), Events: p.Data.events(), Answer: struct{}{}}
	if p.Data.lacks() != nil {
		push.Trouble = ErrNumber.Code
	}
	return push, nil
}

func (t *track17) sign(body []byte) string {
	h := sha256.New()
	h.Write(body)
	h.Write([]byte("/" + t.s.Key))
	return hex.EncodeToString(h.Sum(nil))
}
