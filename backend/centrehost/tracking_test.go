package centrehost_test

import (
	"cmp"
	"crypto/md5" //nolint:gosec // the service's own signature
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hashmend/backend/carrier"
	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// kuaidi is a local server that speaks as kuaidi100 does, about one number.
type kuaidi struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string // path and phone
	answer string
	of     map[string]string // answers about one number
	opens  []string          // the phones to which the answers are shown; none is all
}

func newKuaidi(t *testing.T) *kuaidi {
	t.Helper()
	k := &kuaidi{answer: `{"result":false,"returnCode":"500","message":"查询无结果"}`}
	k.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var param struct {
			Number string `json:"num"`
			Phone  string `json:"phone"`
			Wishes struct {
				Phone string `json:"phone"`
			} `json:"parameters"`
		}
		_ = json.Unmarshal([]byte(r.FormValue("param")), &param)
		k.mu.Lock()
		defer k.mu.Unlock()
		k.asked = append(k.asked, r.URL.Path+" "+param.Phone+param.Wishes.Phone)
		if r.URL.Path == "/poll" {
			_, _ = io.WriteString(w, `{"result":true,"returnCode":"200","message":"提交成功"}`)
			return
		}
		if len(k.opens) > 0 && !slices.Contains(k.opens, param.Phone) {
			_, _ = io.WriteString(w, `{"result":false,"returnCode":"408","message":"快递公司参数异常：验证码错误"}`)
			return
		}
		_, _ = io.WriteString(w, cmp.Or(k.of[param.Number], k.answer))
	}))
	t.Cleanup(k.Close)
	return k
}

func (k *kuaidi) says(answer string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.answer = answer
}

func (k *kuaidi) saysOf(number repair.WaybillNumber, answer string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		k.of = map[string]string{}
	}
	k.of[string(number)] = answer
}

func (k *kuaidi) times() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.asked)
}

// steps is an answer with steps at these moments, the newest first as it comes.
func steps(number repair.WaybillNumber, told ...string) string {
	var data []string
	for _, one := range told {
		at, status, _ := strings.Cut(one, " ")
		moment := repair.Instant(at).Time().In(time.FixedZone("CST", 8*3600)).Format(time.DateTime)
		data = append(data, fmt.Sprintf(`{"ftime":%q,"context":%q,"status":%q,"areaName":"深圳"}`, moment, "说"+status, status))
	}
	slices.Reverse(data)
	return fmt.Sprintf(`{"message":"ok","status":"200","state":"","nu":%q,"data":[%s]}`, number, strings.Join(data, ","))
}

const testSalt = "a-salt-of-our-own"

// road is a centre that asks kuaidi100, with a box of two devices on its way.
type road struct {
	*journey
	farmer, bench, office person
	kuaidi                *kuaidi
	centre                *centre.Centre
}

func onTheRoad(t *testing.T, change func(*centre.Tracks), plans ...repair.ParcelPlan) *road {
	t.Helper()
	k := newKuaidi(t)
	tracks := centre.Tracks{Services: carrier.New(carrier.Settings{Kuaidi100: carrier.Kuaidi100Settings{
		Customer: "c", Key: "k", Salt: testSalt, Address: k.URL}}, nil, nil), Limit: 100}
	if change != nil {
		change(&tracks)
	}
	s := &shop{t: t, now: Start, dir: filepath.Join(t.TempDir(), "centre")}
	host, err := centrehost.Open(t.Context(), s.dir, centrehost.Options{Now: func() time.Time { return s.now }, Tracking: tracks})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	server := httptest.NewServer(host.Handler())
	t.Cleanup(server.Close)
	s.host, s.url = host, server.URL
	r := &road{farmer: s.joins(repair.RoleCustomer, "North Ridge"), bench: s.joins(repair.RoleTechnician, ""), office: s.joins(repair.RoleOffice, ""),
		kuaidi: k, centre: host.Centre()}
	if err := r.centre.BeginFollowing(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.journey = s.files(r.farmer, Submission(2))
	if len(plans) == 0 {
		plans = []repair.ParcelPlan{Plan(1, 1, 2)}
	}
	r.does(r.bench, Diagnose(repair.ReturnRecommended, ""))
	r.does(r.farmer, SetParcels(plans...))
	hand := repair.Command{Kind: repair.CmdHandOver}
	for _, p := range plans {
		hand.ParcelIDs = append(hand.ParcelIDs, p.ID)
	}
	r.does(r.farmer, hand)
	return r
}

// follow lets the centre ask all that is due.
func (r *road) follow() {
	r.t.Helper()
	for range 20 {
		more, err := r.centre.FollowUp(r.t.Context())
		if err != nil {
			r.t.Fatal(err)
		}
		if !more {
			return
		}
	}
	r.t.Fatal("there is always something to ask")
}

func (r *road) passes(d time.Duration) { r.now = r.now.Add(d) }

func (r *road) parcel() repair.Parcel { r.t.Helper(); return r.parcels()[0] }

func (r *road) parcels() []repair.Parcel {
	r.t.Helper()
	whole, err := r.farmer.WorkOrder(r.t.Context(), OrderID)
	if err != nil {
		r.t.Fatal(err)
	}
	return whole.Parcels
}

func (r *road) service() repair.TrackingService {
	r.t.Helper()
	info, err := r.centre.Info(r.t.Context())
	if err != nil || len(info.Tracking) != 1 {
		r.t.Fatalf("%+v %v", info.Tracking, err)
	}
	return info.Tracking[0]
}

// pushes sends what kuaidi100 pushes.
func (r *road) pushes(param, salt string) *http.Response {
	r.t.Helper()
	sum := md5.Sum([]byte(param + salt)) //nolint:gosec // the service's own signature
	response, err := http.PostForm(r.url+wire.PathTracking+"kuaidi100", url.Values{"param": {param}, "sign": {hex.EncodeToString(sum[:])}})
	if err != nil {
		r.t.Fatal(err)
	}
	_ = response.Body.Close()
	return response
}

func pushed(result string) string {
	return `{"status":"polling","message":"","lastResult":` + result + `}`
}

func (r *road) hoursAgo(hours int) string {
	return string(repair.At(r.now.Add(-time.Duration(hours) * time.Hour)))
}

func TestABoxIsFollowedToTheDoorAndReceivedByAScan(t *testing.T) {
	r := onTheRoad(t, nil)
	r.passes(5 * time.Hour)
	first, second := r.hoursAgo(4)+" 揽收", r.hoursAgo(1)+" 在途"
	r.kuaidi.says(steps(Waybill(1), first, second))
	r.follow()
	if p := r.parcel(); p.Status != repair.ParcelInTransit || len(p.Events) != 2 || p.Events[1].Source != "kuaidi100" || p.Events[1].Text != "说在途" {
		t.Fatalf("%+v", p)
	}
	r.journey.pull()
	if row := r.cache[string(wire.RowParcel)+string(ParcelID(1))]; !strings.Contains(string(row.D), "kuaidi100") {
		t.Errorf("the desk hears %s", row.D)
	}
	r.passes(20 * time.Minute)
	r.follow()
	if n := r.kuaidi.times(); n != 1 {
		t.Errorf("asked %d times within half an hour", n)
	}
	r.passes(3 * time.Hour)
	r.kuaidi.says(steps(Waybill(1), first, second, r.hoursAgo(1)+" 签收"))
	r.follow()
	if p := r.parcel(); p.Status != repair.ParcelInTransit || len(p.Events) != 3 || p.SystemReceivedAt != "" {
		t.Errorf("%+v", p)
	}
	r.passes(100 * time.Hour)
	r.follow()
	if n := r.kuaidi.times(); n != 2 {
		t.Errorf("what is delivered was asked about: %d", n)
	}
	if report, err := r.centre.Check(t.Context()); err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}

func TestWhatIsPushedIsProvenAndTakenOnce(t *testing.T) {
	r := onTheRoad(t, nil)
	r.passes(5 * time.Hour)
	param := pushed(steps(Waybill(1), r.hoursAgo(3)+" 揽收", r.hoursAgo(2)+" 派件"))
	if got := r.pushes(param, "guessed"); got.StatusCode != http.StatusForbidden || got.Header.Get("Content-Type") != wire.TypeProblem {
		t.Errorf("a wrong signature: %d", got.StatusCode)
	}
	if p := r.parcel(); len(p.Events) != 0 {
		t.Fatalf("%+v", p.Events)
	}
	for range 2 {
		if got := r.pushes(param, testSalt); got.StatusCode != http.StatusOK {
			t.Errorf("%d", got.StatusCode)
		}
	}
	p := r.parcel()
	if len(p.Events) != 2 || p.Status != repair.ParcelInTransit {
		t.Errorf("%+v", p)
	}
	rev := p.Rev
	if r.pushes(pushed(steps(Waybill(1), r.hoursAgo(3)+" 揽收")), testSalt); r.parcel().Rev != rev {
		t.Error("a late push changed something")
	}
	if got := r.pushes(pushed(steps("SF0000000000000", r.hoursAgo(3)+" 揽收")), testSalt); got.StatusCode != http.StatusOK {
		t.Errorf("nobody's number: %d", got.StatusCode)
	}
	if got := r.pushes("{half", testSalt); got.StatusCode != http.StatusBadRequest {
		t.Errorf("half a push: %d", got.StatusCode)
	}
}

func TestWhatIsPushedIsSeldomAskedAbout(t *testing.T) {
	r := onTheRoad(t, func(o *centre.Tracks) { o.Callback = "https://repair.example/v1/tracking/" })
	r.follow()
	r.passes(11 * time.Hour)
	r.follow()
	if got := r.kuaidi.asked; !slices.Equal(got, []string{"/poll 8000"}) {
		t.Fatal(got)
	}
	r.passes(5 * time.Hour)
	r.kuaidi.says(steps(Waybill(1), r.hoursAgo(1)+" 在途"))
	r.follow()
	if got := r.kuaidi.asked; !slices.Equal(got, []string{"/poll 8000", "/poll/query.do 8000"}) || len(r.parcel().Events) != 1 {
		t.Error(got)
	}
}

func TestAWrongKeyIsToldOnceAndTheServiceLeftAlone(t *testing.T) {
	r := onTheRoad(t, nil)
	r.kuaidi.says(`{"result":false,"returnCode":"503","message":"验证签名失败"}`)
	for range 3 {
		r.follow()
		r.passes(10 * time.Minute)
	}
	if s := r.service(); s.Trouble != "tracking.key_wrong" || s.Since != repair.At(Start.Add(3*time.Minute)) || r.kuaidi.times() != 1 {
		t.Errorf("%+v, asked %d times", s, r.kuaidi.times())
	}
	if p := r.parcel(); p.Trouble != nil || p.Status != repair.ParcelHandedOver {
		t.Errorf("the number is not at fault: %+v", p)
	}
	r.passes(3 * time.Hour)
	r.kuaidi.says(steps(Waybill(1), r.hoursAgo(1)+" 在途"))
	r.follow()
	if s := r.service(); s.Trouble != "" || s.Since != "" || len(r.parcel().Events) != 1 {
		t.Errorf("%+v", s)
	}
}

func TestAServiceThatIsSilentIsToldAfterThreeTries(t *testing.T) {
	r := onTheRoad(t, nil)
	r.kuaidi.says(`not JSON`)
	for n := 1; n <= 3; n++ {
		r.follow()
		if s := r.service(); (s.Trouble != "") != (n == 3) {
			t.Errorf("after %d tries: %+v", n, s)
		}
		r.passes(4 * time.Hour)
	}
	if n := r.kuaidi.times(); n != 3 {
		t.Errorf("asked %d times", n)
	}
}

// TestAnAnswerThatCannotBeReadIsOneNumbersTrouble: the others are asked about as before.
func TestAnAnswerThatCannotBeReadIsOneNumbersTrouble(t *testing.T) {
	r := onTheRoad(t, nil, Plan(1, 1), Plan(2, 2))
	r.passes(5 * time.Hour)
	r.kuaidi.saysOf(Waybill(1), `{"result":false,"returnCode":"999","message":"?"}`)
	for n := 1; n <= 5; n++ {
		r.kuaidi.saysOf(Waybill(2), steps(Waybill(2), r.hoursAgo(1)+" 在途"))
		r.follow()
		boxes := r.parcels()
		if len(boxes[1].Events) != n || boxes[1].Trouble != nil {
			t.Errorf("round %d: box 2 is not followed: %+v", n, boxes[1])
		}
		if (boxes[0].Trouble != nil) != (n >= 3) {
			t.Errorf("round %d: box 1 has the trouble %+v", n, boxes[0].Trouble)
		}
		if s := r.service(); s.Trouble != "" {
			t.Errorf("round %d: the service has the trouble %s", n, s.Trouble)
		}
		r.passes(9 * time.Hour)
	}
}

// TestWhoRestsIsPutOffAtOnce: a backlog of a service that rests keeps no other waiting.
func TestWhoRestsIsPutOffAtOnce(t *testing.T) {
	r := onTheRoad(t, nil)
	numbers := []repair.WaybillNumber{}
	for i := range 60 {
		numbers = append(numbers, Waybill(100+i))
	}
	r.neighbour("South Ridge", "13900139001", len(numbers)).sends(r.bench, numbers...)
	r.kuaidi.says(`{"result":false,"returnCode":"503","message":"验证签名失败"}`)
	looks := 1
	for ; ; looks++ {
		more, err := r.centre.FollowUp(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
	}
	if looks != 2 || r.kuaidi.times() != 1 {
		t.Errorf("%d looks, asked %d times", looks, r.kuaidi.times())
	}
}

func TestTheQuestionsOfADayAreCounted(t *testing.T) {
	second := Plan(2, 2)
	r := onTheRoad(t, func(o *centre.Tracks) { o.Limit = 1 }, Plan(1, 1), second)
	r.kuaidi.says(steps(Waybill(1), string(repair.At(Start))+" 在途"))
	r.follow()
	if s := r.service(); r.kuaidi.times() != 1 || s.Trouble != "tracking.quota_spent" {
		t.Errorf("asked %d times, %+v", r.kuaidi.times(), s)
	}
	r.passes(24 * time.Hour)
	r.follow()
	if r.kuaidi.times() != 2 {
		t.Errorf("asked %d times on two days", r.kuaidi.times())
	}
}

func TestANumberThatNobodyKnowsIsToldAndSeldomAskedAbout(t *testing.T) {
	r := onTheRoad(t, nil)
	r.follow()
	if p := r.parcel(); p.Trouble != nil {
		t.Errorf("a carrier scans it later: %+v", p.Trouble)
	}
	before := r.kuaidi.times()
	for range 48 {
		r.passes(time.Hour)
		r.follow()
	}
	p := r.parcel()
	if p.Trouble == nil || p.Trouble.Code != "tracking.number_unknown" || p.Trouble.Source != "kuaidi100" || p.Status != repair.ParcelHandedOver {
		t.Errorf("%+v", p.Trouble)
	}
	if n := r.kuaidi.times() - before; n < 5 || n > 10 {
		t.Errorf("asked %d times in two days", n)
	}
	phones := map[string]bool{}
	for _, one := range r.kuaidi.asked {
		phones[one] = true
	}
	if len(phones) < 2 {
		t.Errorf("only by %v: the order has another phone", phones)
	}
}

func TestACarrierThatNoServiceKnows(t *testing.T) {
	plan := Plan(1, 1, 2)
	plan.Carrier, plan.WaybillNumber = "cdek", "1234567890"
	r := onTheRoad(t, nil, plan)
	r.follow()
	if p := r.parcel(); p.Trouble == nil || p.Trouble.Code != "tracking.carrier_unsupported" || r.kuaidi.times() != 0 {
		t.Errorf("%+v", p.Trouble)
	}
}

func TestTwoCentresOnOneStoreAskOnce(t *testing.T) {
	r := onTheRoad(t, nil)
	r.kuaidi.says(steps(Waybill(1), string(repair.At(Start))+" 在途"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := r.centre.FollowUp(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := r.kuaidi.times(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestACentreThatServesFollowsByItself: nobody has to start it.
func TestACentreThatServesFollowsByItself(t *testing.T) {
	r := onTheRoad(t, nil)
	r.kuaidi.says(steps(Waybill(1), string(repair.At(Start))+" 在途"))
	if _, err := r.host.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	for cursor := wire.Cursor(""); ; {
		page, err := r.farmer.Changes(t.Context(), cursor, 0)
		if err != nil {
			t.Fatal(err)
		}
		cursor = page.Next
		if slices.ContainsFunc(page.Rows, func(row wire.Row) bool { return strings.Contains(string(row.D), "说在途") }) {
			return
		}
	}
}
