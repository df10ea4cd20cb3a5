package carrier

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"hashmend/backend/repair"
)

// The keys of these tests: none of them may stand in an error.
const canary = "CANARY"

var testSettings = Settings{
	Kuaidi100: Kuaidi100Settings{Customer: canary + "customer", Key: canary + "key", Salt: canary + "salt-that-is-long"},
	SF:        SFSettings{Partner: canary + "partner", Checkword: canary + "checkword"},
	Track17:   Track17Settings{Key: canary + "key17"},
}

// heard is what a service was sent.
type heard struct {
	path   string
	header http.Header
	form   url.Values
	body   string
}

// service is a local server that speaks a service's shape: it answers each request
// with the next of its texts, the last one for ever.
type service struct {
	heard []heard
	*httptest.Server
}

func serve(t *testing.T, answers ...func(http.ResponseWriter, *http.Request)) *service {
	t.Helper()
	s := &service{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		s.heard = append(s.heard, heard{r.URL.Path, r.Header, form, string(body)})
		answers[min(len(s.heard), len(answers))-1](w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func says(text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) }
}

func status(code int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// at points all services at one server.
func at(address string) []Service {
	s := testSettings
	s.Kuaidi100.Address, s.SF.Address, s.Track17.Address = address, address, address
	return New(s, nil, func() time.Time { return time.UnixMilli(1700000000000) })
}

var asks = map[string]Ask{
	Kuaidi100Name: {Carrier: "deppon", Number: "DPK364112047425"},
	SFName:        {Carrier: "sf", Number: "SF3297600239259", Phone: "13800138000"},
	Track17Name:   {Carrier: "dhl", Number: "3318810025"},
}

func TestTheOneToAskAboutACarrier(t *testing.T) {
	all := at("http://127.0.0.1:1")
	for c, want := range map[repair.Carrier]string{"sf": SFName, "sf_freight": SFName, "deppon": Kuaidi100Name, "kye": Kuaidi100Name,
		"dhl": Track17Name, "cdek": Track17Name, "other": "", "nobody": ""} {
		got := ""
		if s := For(all, c); s != nil {
			got = s.Name()
		}
		if got != want {
			t.Errorf("%s is asked about at %q, want %q", c, got, want)
		}
	}
	if s := For(New(Settings{Kuaidi100: testSettings.Kuaidi100}, nil, nil), "sf"); s == nil || s.Name() != Kuaidi100Name {
		t.Error("kuaidi100 knows SF as well")
	}
	if len(New(Settings{}, nil, nil)) != 0 {
		t.Error("without keys there is no service")
	}
}

// TestWhatGoesWrongAtEveryService: trouble has a name and never a key.
func TestWhatGoesWrongAtEveryService(t *testing.T) {
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"status":"200","data":[`)
	}
	for _, one := range []struct {
		name   string
		answer func(http.ResponseWriter, *http.Request)
		want   *repair.Error
	}{
		{"500", status(500), ErrSilent},
		{"503", status(503), ErrSilent},
		{"429", status(429), ErrSilent},
		{"401", status(401), ErrKey},
		{"403", status(403), ErrKey},
		{"404", status(404), ErrAnswer},
		{"a redirect is not followed", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, ErrAnswer},
		{"a page instead of an answer", says("<html>login</html>"), ErrAnswer},
		{"nothing", says(""), ErrAnswer},
		{"another encoding", says("{\"status\":\"200\",\"message\":\"\xc7\xa9\xca\xd5\"}"), ErrAnswer},
		{"half an answer", half, ErrSilent},
		{"far too much", says(`{"x":"` + strings.Repeat("x", mostAnswer) + `"}`), ErrAnswer},
		{"an answer of another shape", says(`[1,2,3]`), ErrAnswer},
		{"an answer without sense", says(`{}`), nil},
	} {
		t.Run(one.name, func(t *testing.T) {
			s := serve(t, one.answer)
			for _, service := range at(s.URL) {
				_, err := service.Ask(t.Context(), asks[service.Name()])
				if err == nil || one.want != nil && !errors.Is(err, one.want) {
					t.Errorf("%s: %v, want %v", service.Name(), err, one.want)
				}
				if err != nil && strings.Contains(errors.Join(err, errors.Unwrap(err)).Error(), canary) {
					t.Errorf("%s tells a key: %v", service.Name(), err)
				}
			}
		})
	}
	t.Run("nobody is there", func(t *testing.T) {
		s := serve(t, status(200))
		s.Close()
		for _, service := range at(s.URL) {
			_, err := service.Ask(t.Context(), asks[service.Name()])
			if !errors.Is(err, ErrSilent) || strings.Contains(errors.Join(err, errors.Unwrap(err)).Error(), canary) {
				t.Errorf("%s: %v, %v", service.Name(), err, errors.Unwrap(err))
			}
		}
	})
	t.Run("no answer in time", func(t *testing.T) {
		s := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		for _, service := range at(s.URL) {
			if _, err := service.Ask(ctx, asks[service.Name()]); !errors.Is(err, ErrSilent) {
				t.Errorf("%s: %v", service.Name(), err)
			}
		}
	})
	t.Run("a number that is none is not sent", func(t *testing.T) {
		s := serve(t, says("{}"))
		for _, service := range at(s.URL) {
			for _, number := range []repair.WaybillNumber{"", "12", "DROP TABLE", "顺丰123456", repair.WaybillNumber(strings.Repeat("1", 33))} {
				ask := asks[service.Name()]
				ask.Number = number
				if _, err := service.Ask(t.Context(), ask); !errors.Is(err, ErrNumber) {
					t.Errorf("%s, %q: %v", service.Name(), number, err)
				}
			}
		}
		if len(s.heard) > 0 {
			t.Errorf("%+v", s.heard)
		}
	})
}

// words gives the statuses of events, oldest first.
func words(events []repair.TrackEvent) (out []string) {
	sorted := slices.SortedFunc(slices.Values(events), func(a, b repair.TrackEvent) int { return strings.Compare(string(a.At), string(b.At)) })
	for _, e := range sorted {
		out = append(out, e.Status)
	}
	return out
}

func object(t *testing.T, text string) (out map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return out
}

// FuzzPush: whatever comes as a push, the answer is a refusal or a push.
func FuzzPush(f *testing.F) {
	f.Add([]byte("param=%7B%7D&sign=x"), "x")
	f.Add([]byte(`{"event":"TRACKING_UPDATED","data":{"number":1,"track_info":{"tracking":{"providers":[{"events":[{}]}]}}}}`), "")
	f.Add([]byte("param=%ZZ"), "")
	services := New(testSettings, nil, nil)
	f.Fuzz(func(t *testing.T, body []byte, sign string) {
		for _, s := range services {
			pusher, tells := s.(Pusher)
			if !tells {
				continue
			}
			_, err := pusher.Read(http.Header{"Sign": {sign}}, body)
			if !errors.Is(err, ErrSignature) && !errors.Is(err, ErrPush) {
				t.Errorf("%s took an unsigned push: %v", s.Name(), err)
			}
		}
		k := services[len(services)-1].(*kuaidi100)
		form := url.Values{"param": {string(body)}, "sign": {upperMD5(string(body) + k.s.Salt)}}
		if _, err := k.Read(nil, []byte(form.Encode())); err != nil && !errors.Is(err, ErrPush) {
			t.Errorf("a signed push: %v", err)
		}
		t17 := services[1].(*track17)
		if _, err := t17.Read(http.Header{"Sign": {t17.sign(body)}}, body); err != nil && !errors.Is(err, ErrPush) {
			t.Errorf("a signed push: %v", err)
		}
	})
}
