package carrier

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func TestSFDigestsAsItsVectorSays(t *testing.T) {
	s := newSF(SFSettings{Checkword: "fjcg5PGKaNpPSHFAZ4QsCOkV71R3zVci"}, line{}, nil)
	if got := s.digest(`{"language":"zh-CN","orderId":"QIAO-20200618-004"}`, "12312334453453"); got != "IIKJtuLVzoFTu4kHI8M8vA==" {
		t.Error(got)
	}
	// As Java encodes: a star stays, a tilde does not.
	if s.digest("* ~", "") == s.digest("%2A ~", "") {
		t.Error("two texts have one digest")
	}
}

// sfSays wraps a result as the platform does: as a text in its answer.
func sfSays(t *testing.T, result string) string {
	t.Helper()
	inner, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	return `{"apiErrorMsg":"","apiResponseID":"0001","apiResultCode":"A1000","apiResultData":` + string(inner) + `}`
}

const sfRoutes = `{"success":true,"errorCode":"S0000","errorMsg":null,"msgData":{"routeResps":[{"mailNo":"SF3297600239259","routes":[
	{"acceptAddress":"深圳市","acceptTime":"2026-03-02 08:00:00","remark":"顺丰速运 已收取快件","opCode":"50"},
	{"acceptAddress":"深圳市","acceptTime":"2026-03-02 12:00:00","remark":"快件在途","opCode":"30"},
	{"acceptAddress":"广州市","acceptTime":"2026-03-03 08:00:00","remark":"正在派送途中","opCode":"44"},
	{"acceptAddress":"广州市","acceptTime":"2026-03-03 10:00:00","remark":"派送不成功","opCode":"33"},
	{"acceptAddress":"广州市","acceptTime":"2026-03-03 11:00:00","remark":"丰巢","opCode":"125"},
	{"acceptAddress":"广州市","acceptTime":"2026-03-04 09:00:00","remark":"已签收","opCode":"80"},
	{"acceptAddress":"广州市","acceptTime":"2026-03-05 09:00:00","remark":"已退回","opCode":648}]}]}}`

func TestSFIsAskedWithThePhonesTail(t *testing.T) {
	s := serve(t, says(sfSays(t, sfRoutes)))
	service := at(s.URL)[0].(*sf)
	events, err := service.Ask(t.Context(), asks[SFName])
	if err != nil {
		t.Fatal(err)
	}
	f := s.heard[0].form
	data := f.Get("msgData")
	if f.Get("serviceCode") != "EXP_RECE_SEARCH_ROUTES" || f.Get("partnerID") != canary+"partner" || f.Get("timestamp") != "1700000000000" ||
		f.Get("msgDigest") != service.digest(data, "1700000000000") || len(f.Get("requestID")) != 36 {
		t.Errorf("%v", f)
	}
	if p := object(t, data); p["checkPhoneNo"] != "8000" || p["trackingNumber"].([]any)[0] != "SF3297600239259" || strings.Contains(data, "13800138000") {
		t.Error(data)
	}
	want := []string{"picked_up", "in_transit", "out_for_delivery", "attempt_failed", "available_for_pickup", "delivered", "returning"}
	if got := words(events); !slices.Equal(got, want) || events[0].At != "2026-03-02T00:00:00Z" {
		t.Errorf("%v, %+v", got, events[0])
	}
	ask := asks[SFName]
	ask.Phone = ""
	if _, err := service.Ask(t.Context(), ask); !errors.Is(err, ErrPhone) || len(s.heard) != 1 {
		t.Errorf("without a phone: %v", err)
	}
}

func TestSFSaysWhatIsWrong(t *testing.T) {
	for code, want := range map[string]*repair.Error{"A1001": ErrKey, "A1003": ErrKey, "A1004": ErrKey, "A1005": ErrQuota, "A1006": ErrKey,
		"A1009": ErrSilent, "A1099": ErrSilent, "B0000": ErrAnswer} {
		s := serve(t, says(`{"apiResultCode":"`+code+`","apiErrorMsg":"…","apiResultData":null}`))
		if _, err := at(s.URL)[0].Ask(t.Context(), asks[SFName]); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", code, err, want)
		}
	}
	for name, one := range map[string]struct {
		answer string
		want   *repair.Error
	}{
		"it shows nothing":        {sfSays(t, `{"success":true,"errorCode":"S0000","msgData":{"routeResps":[{"mailNo":"SF3297600239259","routes":[]}]}}`), ErrNumber},
		"it answers about others": {sfSays(t, strings.ReplaceAll(sfRoutes, "SF3297600239259", "SF0000000000000")), ErrNumber},
		"it refuses the number":   {sfSays(t, `{"success":false,"errorCode":"20012","errorMsg":"…"}`), ErrNumber},
		"its text is broken":      {sfSays(t, `{"success":tr`), ErrAnswer},
		"its text is missing":     {`{"apiResultCode":"A1000"}`, ErrAnswer},
	} {
		s := serve(t, says(one.answer))
		if _, err := at(s.URL)[0].Ask(t.Context(), asks[SFName]); !errors.Is(err, one.want) {
			t.Errorf("%s: %v, want %v", name, err, one.want)
		}
	}
}
