package carrier

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func kuaidi(address string) *kuaidi100 {
	s := testSettings.Kuaidi100
	s.Address = address
	return New(Settings{Kuaidi100: s}, nil, nil)[0].(*kuaidi100)
}

const kuaidiAnswer = `{"message":"ok","nu":"DPK364112047425","ischeck":"1","com":"debangkuaidi","status":"200","state":"3","data":[
	{"time":"2026-03-04 10:00:00","ftime":"2026-03-04 10:00:00","context":"已签收","areaName":"深圳","status":"签收","statusCode":"301"},
	{"time":"2026-03-04 08:00:00","ftime":"2026-03-04 08:00:00","context":"派送中","status":"派件","statusCode":"5"},
	{"time":"2026-03-03 08:00:00","ftime":"","context":"到达","status":"在途"},
	{"time":"2026-03-02 08:00:00","context":"已揽收","status":"揽收","statusCode":103},
	{"time":"gestern","context":"?","status":"在途"}]}`

func TestKuaidi100SignsAsItsVectorsSay(t *testing.T) {
	k := newKuaidi100(Kuaidi100Settings{Customer: "testcustomer", Key: "testkey"}, line{})
	param := `{"com":"shunfeng","num":"SF1234567890123","phone":"13800138000"}`
	if got := k.sign(param); got != "5AC66443DE427A3448CA1E3A3C7B2E0D" {
		t.Error(got)
	}
	if got := upperMD5(param + "salt123"); got != "D7863850A2E8328565F7310B9FDCCF98" {
		t.Error(got)
	}
}

func TestKuaidi100IsAskedAsItWantsToBe(t *testing.T) {
	s := serve(t, says(kuaidiAnswer))
	k := kuaidi(s.URL + "/")
	events, err := k.Ask(t.Context(), Ask{"sf", "SF3297600239259", "0755-1234 5678"})
	if err != nil {
		t.Fatal(err)
	}
	h := s.heard[0]
	param := h.form.Get("param")
	if h.path != "/poll/query.do" || h.form.Get("customer") != canary+"customer" || h.form.Get("sign") != k.sign(param) {
		t.Errorf("%+v", h)
	}
	if p := object(t, param); p["com"] != "shunfeng" || p["num"] != "SF3297600239259" || p["phone"] != "5678" {
		t.Error(param)
	}
	if got := words(events); !slices.Equal(got, []string{"picked_up", "in_transit", "out_for_delivery", "delivered"}) {
		t.Error(got)
	}
	if e := events[3]; e.At != "2026-03-04T02:00:00Z" || e.Place != "深圳" || e.Text != "已签收" {
		t.Errorf("%+v", e)
	}
}

func TestKuaidi100SaysWhatIsWrong(t *testing.T) {
	for code, want := range map[string]*repair.Error{"400": ErrCarrier, "408": ErrPhone, "500": ErrNumber, "501": ErrSilent, "502": ErrSilent,
		"503": ErrKey, "600": ErrKey, "601": ErrQuota, "999": ErrAnswer} {
		for _, form := range []string{`"` + code + `"`, code} { // it writes them both ways
			s := serve(t, says(`{"result":false,"returnCode":`+form+`,"message":"…"}`))
			if _, err := kuaidi(s.URL).Ask(t.Context(), asks[Kuaidi100Name]); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", form, err, want)
			}
		}
	}
	t.Run("a carrier that asks for a phone is not asked without one", func(t *testing.T) {
		s := serve(t, says(kuaidiAnswer))
		if _, err := kuaidi(s.URL).Ask(t.Context(), Ask{Carrier: "zto", Number: "73123456789012", Phone: "123"}); !errors.Is(err, ErrPhone) || len(s.heard) > 0 {
			t.Error(err)
		}
	})
}

func TestKuaidi100IsSubscribedTo(t *testing.T) {
	for code, want := range map[string]*repair.Error{"200": nil, "501": nil, "500": ErrSilent, "600": ErrKey, "601": ErrQuota,
		"700": ErrNumber, "701": ErrCarrier, "702": ErrCarrier} {
		s := serve(t, says(`{"result":true,"returnCode":"`+code+`","message":"…"}`))
		err := kuaidi(s.URL).Subscribe(t.Context(), asks[Kuaidi100Name], "https://repair.example/v1/tracking/kuaidi100")
		if want == nil && err != nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v", code, err)
		}
		param := object(t, s.heard[0].form.Get("param"))
		wishes, _ := param["parameters"].(map[string]any)
		if s.heard[0].path != "/poll" || s.heard[0].form.Get("schema") != "json" || param["company"] != "debangkuaidi" || param["key"] != canary+"key" ||
			wishes["callbackurl"] != "https://repair.example/v1/tracking/kuaidi100" || wishes["salt"] != testSettings.Kuaidi100.Salt {
			t.Errorf("%+v", s.heard[0])
		}
	}
}

func push(param, salt string) []byte {
	return []byte(url.Values{"param": {param}, "sign": {upperMD5(param + salt)}}.Encode())
}

func TestKuaidi100Pushes(t *testing.T) {
	k := kuaidi("")
	param := `{"status":"polling","message":"","lastResult":` + kuaidiAnswer + `}`
	got, err := k.Read(nil, push(param, k.s.Salt))
	if err != nil || got.Number != "DPK364112047425" || len(got.Events) != 4 || got.Trouble != "" || got.Answer != (taken{true, "200", "成功"}) {
		t.Errorf("%+v, %v", got, err)
	}
	lower := strings.Replace(string(push(param, k.s.Salt)), upperMD5(param+k.s.Salt), strings.ToLower(upperMD5(param+k.s.Salt)), 1)
	if _, err := k.Read(nil, []byte(lower)); err != nil {
		t.Errorf("small letters: %v", err)
	}
	for name, body := range map[string][]byte{
		"another salt":     push(param, "guessed"),
		"no signature":     []byte(url.Values{"param": {param}}.Encode()),
		"another param":    []byte(strings.Replace(string(push(param, k.s.Salt)), "DPK364112047425", "DPK364112047426", 1)),
		"nothing":          nil,
		"half a signature": []byte(url.Values{"param": {param}, "sign": {upperMD5(param + k.s.Salt)[:16]}}.Encode()),
	} {
		if _, err := k.Read(nil, body); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bad := range []string{"{", "[]", "\xff\xfe", ""} {
		if _, err := k.Read(nil, push(bad, k.s.Salt)); !errors.Is(err, ErrPush) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := k.Read(nil, []byte("param=%zz")); !errors.Is(err, ErrPush) {
		t.Error(err)
	}
	k.s.Salt = ""
	if _, err := k.Read(nil, push(param, "")); !errors.Is(err, ErrSignature) {
		t.Errorf("without a salt nothing is proven: %v", err)
	}
	t.Run("it gives a number up", func(t *testing.T) {
		k := kuaidi("")
		got, err := k.Read(nil, push(`{"status":"abort","message":"3天查询无记录","lastResult":{"nu":"dpk364112047425","data":[]}}`, k.s.Salt))
		if err != nil || got.Trouble != ErrNumber.Code || got.Number != "DPK364112047425" {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestTheWordsOfKuaidi100(t *testing.T) {
	for code, want := range map[string]repair.TrackStatus{"0": "in_transit", "1": "picked_up", "2": "exception", "3": "delivered", "4": "returned",
		"5": "out_for_delivery", "6": "returning", "7": "in_transit", "8": "customs", "14": "refused", "101": "info_received", "103": "picked_up",
		"304": "delivered", "401": "returned", "501": "available_for_pickup", "1002": "in_transit", "": "in_transit", "777": "in_transit"} {
		if got := (step{StatusCode: text(code)}).word(); got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	for said, want := range map[string]repair.TrackStatus{"揽收": "picked_up", "在途": "in_transit", "干线": "in_transit", "派件": "out_for_delivery",
		"签收": "delivered", "退签": "returned", "退回": "returning", "拒签": "refused", "清关": "customs", "疑难": "exception", "投柜或驿站": "available_for_pickup"} {
		if got := (step{Status: said}).word(); got != want {
			t.Errorf("%s is %s, want %s", said, got, want)
		}
	}
}
