package carrier

import (
	"context"
	"crypto/md5" //nolint:gosec // the service's own signature
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"

	"hashmend/backend/repair"
)

// Kuaidi100Name is the source of what kuaidi100 tells.
const Kuaidi100Name = "kuaidi100"

// Kuaidi100Settings are what kuaidi100 has given.
type Kuaidi100Settings struct {
	Customer string
	Key      string
	Salt     string // proves its pushes; without one there are none
	Address  string // of its poll server; empty is its own
}

// kuaidi100 knows most Chinese carriers.
type kuaidi100 struct {
	s    Kuaidi100Settings
	line line
}

func newKuaidi100(s Kuaidi100Settings, l line) *kuaidi100 {
	s.Address = address(s.Address, "https://poll.kuaidi100.com")
	return &kuaidi100{s, l}
}

func (k *kuaidi100) Name() string { return Kuaidi100Name }

func (k *kuaidi100) Serves(c repair.Carrier) bool {
	row, known := c.Row()
	return known && row.Kuaidi100 != ""
}

// question is a query's param, in the order in which it is signed.
type question struct {
	Com    string `json:"com"`
	Num    string `json:"num"`
	Phone  string `json:"phone,omitempty"`
	Detail string `json:"resultv2,omitempty"`
	Order  string `json:"order,omitempty"`
}

// result is what a query answers and a push brings.
type result struct {
	OK         *bool  `json:"result"`
	ReturnCode text   `json:"returnCode"`
	Status     text   `json:"status"`
	State      text   `json:"state"`
	Number     text   `json:"nu"`
	Data       []step `json:"data"`
}

type step struct {
	Time       string `json:"time"`
	FTime      string `json:"ftime"`
	Context    string `json:"context"`
	Status     string `json:"status"`
	StatusCode text   `json:"statusCode"`
	Area       string `json:"areaName"`
	Location   string `json:"location"`
}

func (k *kuaidi100) Ask(ctx context.Context, ask Ask) ([]repair.TrackEvent, error) {
	q, err := k.question(ask)
	if err != nil {
		return nil, err
	}
	q.Detail, q.Order = "4", "desc"
	param, err := json.Marshal(q)
	if err != nil {
		return nil, ErrAnswer.Because(err)
	}
	var r result
	form := url.Values{"customer": {k.s.Customer}, "param": {string(param)}, "sign": {k.sign(string(param))}}
	if err := k.line.postForm(ctx, k.s.Address+"/poll/query.do", form, &r); err != nil {
		return nil, err
	}
	if r.Status != "200" || r.OK != nil && !*r.OK {
		return nil, told(r.ReturnCode)
	}
	return r.events(), nil
}

// question is what both a query and a subscription ask.
func (k *kuaidi100) question(ask Ask) (question, error) {
	row, known := ask.Carrier.Row()
	if !known || row.Kuaidi100 == "" {
		return question{}, ErrCarrier
	}
	if !sound(ask.Number) {
		return question{}, ErrNumber
	}
	if row.NeedsPhone && repair.PhoneTail(ask.Phone) == "" {
		return question{}, ErrPhone
	}
	q := question{Com: row.Kuaidi100, Num: string(ask.Number)}
	if row.NeedsPhone {
		q.Phone = repair.PhoneTail(ask.Phone)
	}
	return q, nil
}

// sign signs a query.
func (k *kuaidi100) sign(param string) string { return upperMD5(param + k.s.Key + k.s.Customer) }

func upperMD5(s string) string {
	sum := md5.Sum([]byte(s)) //nolint:gosec // the service's own signature
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// told is what its code of refusal means.
func told(code text) error {
	switch code {
	case "400":
		return ErrCarrier
	case "408":
		return ErrPhone
	case "500":
		return ErrNumber
	case "501", "502":
		return ErrSilent
	case "503", "600":
		return ErrKey
	case "601":
		return ErrQuota
	}
	return ErrAnswer.With("code", clip(string(code)))
}

func clip(s string) string {
	const most = 20
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "")
	}
	return s
}

// events gives the steps in the one vocabulary, the newest one as the whole parcel's
// state says it.
func (r result) events() []repair.TrackEvent {
	var out []repair.TrackEvent
	for _, s := range r.Data {
		at, ok := chinaTime(s.FTime)
		if !ok {
			if at, ok = chinaTime(s.Time); !ok {
				continue
			}
		}
		e := repair.TrackEvent{At: at, Status: string(s.word()), Text: s.Context, Place: s.Area}
		if e.Place == "" {
			e.Place = s.Location
		}
		out = append(out, e)
	}
	return inOrder(true, kuaidi100States[string(r.State)], out)
}

func (s step) word() repair.TrackStatus {
	if w, known := kuaidi100States[string(s.StatusCode)]; known {
		return w
	}
	for _, one := range kuaidi100Texts {
		if strings.Contains(s.Status, one.text) {
			return one.word
		}
	}
	return repair.TrackInTransit
}

// kuaidi100States are its states, and its finer ones.
var kuaidi100States = map[string]repair.TrackStatus{
	"0": repair.TrackInTransit, "1001": repair.TrackInTransit, "1002": repair.TrackInTransit, "1003": repair.TrackInTransit,
	"7": repair.TrackInTransit, "101": repair.TrackInfoReceived, "102": repair.TrackInfoReceived,
	"1": repair.TrackPickedUp, "103": repair.TrackPickedUp,
	"8": repair.TrackCustoms, "10": repair.TrackCustoms, "11": repair.TrackCustoms, "12": repair.TrackCustoms, "13": repair.TrackCustoms,
	"5": repair.TrackOutForDelivery, "501": repair.TrackAvailable,
	"3": repair.TrackDelivered, "301": repair.TrackDelivered, "302": repair.TrackDelivered, "303": repair.TrackDelivered, "304": repair.TrackDelivered,
	"2": repair.TrackException, "14": repair.TrackRefused, "6": repair.TrackReturning, "4": repair.TrackReturned, "401": repair.TrackReturned,
}

// kuaidi100Texts are its words of a single step, the longer ones first.
var kuaidi100Texts = []struct {
	text string
	word repair.TrackStatus
}{
	{"拒签", repair.TrackRefused}, {"退签", repair.TrackReturned}, {"退回", repair.TrackReturning},
	{"投柜或驿站", repair.TrackAvailable}, {"待取", repair.TrackAvailable}, {"签收", repair.TrackDelivered},
	{"派件", repair.TrackOutForDelivery}, {"清关", repair.TrackCustoms}, {"疑难", repair.TrackException},
	{"揽收", repair.TrackPickedUp}, {"揽件", repair.TrackPickedUp},
}
