package carrier

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"hashmend/backend/repair"
)

// subscription is what a subscription's param says.
type subscription struct {
	Company    string             `json:"company"`
	Number     string             `json:"number"`
	Key        string             `json:"key"`
	Parameters subscriptionWishes `json:"parameters"`
}

type subscriptionWishes struct {
	Callback string `json:"callbackurl"`
	Salt     string `json:"salt"`
	Phone    string `json:"phone,omitempty"`
	Detail   string `json:"resultv2"`
}

// Subscribe asks kuaidi100 to push. To be subscribed already is well.
func (k *kuaidi100) Subscribe(ctx context.Context, ask Ask, callback string) error {
	q, err := k.question(ask)
	if err != nil {
		return err
	}
	param, err := json.Marshal(subscription{q.Com, q.Num, k.s.Key, subscriptionWishes{callback, k.s.Salt, q.Phone, "4"}})
	if err != nil {
		return ErrAnswer.Because(err)
	}
	var r result
	form := url.Values{"schema": {"json"}, "param": {string(param)}}
	if err := k.line.postForm(ctx, k.s.Address+"/poll", form, &r); err != nil {
		return err
	}
	switch r.ReturnCode {
	case "200", "501":
		return nil
	case "500":
		return ErrSilent
	case "700":
		return ErrNumber
	case "701", "702":
		return ErrCarrier
	}
	return told(r.ReturnCode)
}

// taken is what kuaidi100 wants to hear; to anything else it pushes again.
type taken struct {
	Result     bool   `json:"result"`
	ReturnCode string `json:"returnCode"`
	Message    string `json:"message"`
}

// Read reads a push: a form of param and sign.
func (k *kuaidi100) Read(_ http.Header, body []byte) (Push, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return Push{}, ErrPush.With("why", "the form cannot be read")
	}
	param := form.Get("param")
	if k.s.Salt == "" || !same(upperMD5(param+k.s.Salt), strings.ToUpper(form.Get("sign"))) {
		return Push{}, ErrSignature
	}
	var p struct {
		Status string `json:"status"`
		Last   result `json:"lastResult"`
	}
	if read([]byte(param), &p) != nil {
		return Push{}, ErrPush.With("why", "param cannot be read")
	}
	push := Push{Number: repair.NormalWaybill(repair.WaybillNumber(p.Last.Number)), Events: p.Last.events(),
		Answer: taken{true, "200", "成功"}}
	if p.Status == "abort" { // three days without a word of it, or sixty without a new one
		push.Trouble = ErrNumber.Code
	}
	return push, nil
}

// same compares in a time that tells nothing.
func same(want, got string) bool { return subtle.ConstantTimeCompare([]byte(want), []byte(got)) == 1 }
