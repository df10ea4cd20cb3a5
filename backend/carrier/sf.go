package carrier

import (
	"context"
	"crypto/md5" //nolint:gosec // the service's own digest
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/repair"
)

// SFName is the source of what the open platform of SF Express tells.
const SFName = "sf"

// SFSettings are what SF Express has given.
type SFSettings struct {
	Partner   string
	Checkword string
	Address   string // of its platform; empty is its own
}

// sf asks the carrier itself.
type sf struct {
	s    SFSettings
	line line
	now  func() time.Time
}

func newSF(s SFSettings, l line, now func() time.Time) *sf {
	s.Address = address(s.Address, "https://sfapi.sf-express.com/std/service")
	return &sf{s, l, now}
}

func (s *sf) Name() string { return SFName }

func (s *sf) Serves(c repair.Carrier) bool { return c == "sf" || c == "sf_freight" }

type sfQuestion struct {
	Language string   `json:"language"`
	Type     int      `json:"trackingType"` // by waybill
	Numbers  []string `json:"trackingNumber"`
	Method   int      `json:"methodType"` // standard
	Phone    string   `json:"checkPhoneNo,omitempty"`
}

type sfAnswer struct {
	Code text   `json:"apiResultCode"`
	Data string `json:"apiResultData"`
}

type sfResult struct {
	Success bool `json:"success"`
	Code    text `json:"errorCode"`
	Data    struct {
		Routes []struct {
			Number string   `json:"mailNo"`
			Steps  []sfStep `json:"routes"`
		} `json:"routeResps"`
	} `json:"msgData"`
}

type sfStep struct {
	Time  string `json:"acceptTime"`
	Place string `json:"acceptAddress"`
	Text  string `json:"remark"`
	Code  text   `json:"opCode"`
}

func (s *sf) Ask(ctx context.Context, ask Ask) ([]repair.TrackEvent, error) {
	if !sound(ask.Number) {
		return nil, ErrNumber
	}
	tail := repair.PhoneTail(ask.Phone)
	if tail == "" {
		return nil, ErrPhone
	}
	data, err := json.Marshal(sfQuestion{"zh-CN", 1, []string{string(ask.Number)}, 1, tail})
	if err != nil {
		return nil, ErrAnswer.Because(err)
	}
	at := strconv.FormatInt(s.now().UnixMilli(), 10)
	form := url.Values{"partnerID": {s.s.Partner}, "requestID": {uuid.NewString()}, "serviceCode": {"EXP_RECE_SEARCH_ROUTES"},
		"timestamp": {at}, "msgDigest": {s.digest(string(data), at)}, "msgData": {string(data)}}
	var a sfAnswer
	if err := s.line.postForm(ctx, s.s.Address, form, &a); err != nil {
		return nil, err
	}
	if err := sfTold(a.Code); err != nil {
		return nil, err
	}
	var r sfResult
	if err := read([]byte(a.Data), &r); err != nil {
		return nil, err
	}
	if !r.Success {
		return nil, ErrNumber.With("code", clip(string(r.Code)))
	}
	return r.events(ask.Number)
}

// events: SF shows nothing of a number that it has not scanned yet, and nothing to
// who has not the right digits; it does not say which.
func (r sfResult) events(number repair.WaybillNumber) (out []repair.TrackEvent, err error) {
	for _, route := range r.Data.Routes {
		if repair.NormalWaybill(repair.WaybillNumber(route.Number)) != number {
			continue
		}
		for _, s := range route.Steps {
			if at, ok := chinaTime(s.Time); ok {
				out = append(out, repair.TrackEvent{At: at, Status: string(s.word()), Place: s.Place, Text: s.Text})
			}
		}
	}
	if len(out) == 0 {
		return nil, ErrNumber
	}
	return inOrder(false, "", out), nil
}

// digest proves a question. SF encodes as Java does.
func (s *sf) digest(data, at string) string {
	encoded := strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(data + at + s.s.Checkword))
	sum := md5.Sum([]byte(encoded)) //nolint:gosec // the service's own digest
	return base64.StdEncoding.EncodeToString(sum[:])
}

// sfTold is what the platform's code means.
func sfTold(code text) error {
	switch code {
	case "A1000":
		return nil
	case "A1001", "A1003", "A1004", "A1006", "A1008", "A1010":
		return ErrKey.With("code", string(code))
	case "A1005":
		return ErrQuota
	case "A1002", "A1007", "A1009", "A1099":
		return ErrSilent.With("code", string(code))
	}
	return ErrAnswer.With("code", clip(string(code)))
}

// word: what is on the road has many codes; the others are few.
func (s sfStep) word() repair.TrackStatus {
	switch s.Code {
	case "50", "54":
		return repair.TrackPickedUp
	case "44", "204":
		return repair.TrackOutForDelivery
	case "80", "8000":
		return repair.TrackDelivered
	case "33", "70":
		return repair.TrackAttemptFailed
	case "125":
		return repair.TrackAvailable
	case "648":
		return repair.TrackReturning
	}
	return repair.TrackInTransit
}
