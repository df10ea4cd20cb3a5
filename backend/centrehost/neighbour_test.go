package centrehost_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// neighbour is another customer, with a work order of one device a box.
type neighbour struct {
	*shop
	person
	order repair.WorkOrderID
}

func fresh(t *testing.T) string {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}

// neighbour files an order of another customer's, who is reached under this phone.
func (s *shop) neighbour(name, phone string, devices int) *neighbour {
	s.t.Helper()
	n := &neighbour{shop: s, person: s.joins(repair.RoleCustomer, name), order: repair.WorkOrderID(fresh(s.t))}
	given := Submission(devices)
	given.Contact.Company, given.Contact.Phone, given.ReturnAddress.Phone = name, phone, phone
	given.Contact.Email = "post@" + strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".example"
	for i := range given.Devices {
		given.Devices[i].ID = repair.DeviceID(fresh(s.t))
	}
	body, err := json.Marshal(given)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := n.PutWorkOrder(s.t.Context(), n.order, body); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (n *neighbour) does(by person, cmd repair.Command) {
	n.t.Helper()
	cmd.ID, cmd.WorkOrder = repair.CommandID(fresh(n.t)), n.order
	body, err := json.Marshal(cmd)
	if err != nil {
		n.t.Fatal(err)
	}
	if _, err := by.PutOp(n.t.Context(), cmd.ID, body, 0); err != nil {
		n.t.Fatalf("%s: %v", cmd.Kind, err)
	}
}

func (n *neighbour) whole() repair.Case {
	n.t.Helper()
	whole, err := n.WorkOrder(n.t.Context(), n.order)
	if err != nil {
		n.t.Fatal(err)
	}
	return whole
}

// sends puts boxes of these numbers on the road, a device in each.
func (n *neighbour) sends(bench person, numbers ...repair.WaybillNumber) {
	n.t.Helper()
	whole := n.whole()
	phone, devices, hand := whole.Order.Contact.Phone, whole.Devices, repair.Command{Kind: repair.CmdHandOver}
	var plans []repair.ParcelPlan
	for i, number := range numbers {
		plan := Plan(i + 1)
		plan.ID, plan.WaybillNumber, plan.SenderPhone, plan.Photos = repair.ParcelID(fresh(n.t)), number, phone, nil
		plan.Devices = []repair.DeviceID{devices[i].ID}
		plans, hand.ParcelIDs = append(plans, plan), append(hand.ParcelIDs, plan.ID)
	}
	n.does(bench, Diagnose(repair.ReturnRecommended, ""))
	n.does(n.person, SetParcels(plans...))
	n.does(n.person, hand)
}

// damages makes a work order's row one that cannot be read, behind the centre's back.
func damages(t *testing.T, dir string, order repair.WorkOrderID) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `UPDATE entity SET body = '{"id":7}' WHERE t = 'work_order' AND id = ?`, string(order)); err != nil {
		t.Fatal(err)
	}
}

// TestADamagedCaseStopsNobodyElse: its parcels and its reminders wait for a person, the
// others' go on, and it is complained of.
func TestADamagedCaseStopsNobodyElse(t *testing.T) {
	t.Run("parcels", func(t *testing.T) {
		r := onTheRoad(t, nil)
		other := r.neighbour("South Ridge", "13900139001", 1)
		r.passes(time.Minute)
		other.sends(r.bench, Waybill(2))
		r.passes(5 * time.Hour)
		r.kuaidi.saysOf(Waybill(2), steps(Waybill(2), r.hoursAgo(1)+" 在途"))
		damages(t, r.dir, OrderID)
		complaints := 0
		for range 4 {
			if _, err := r.centre.FollowUp(t.Context()); err != nil {
				complaints++
			}
		}
		if boxes := other.whole().Parcels; len(boxes[0].Events) != 1 || complaints != 1 {
			t.Errorf("%d complaints, and the others' box is not followed: %+v", complaints, boxes[0])
		}
	})
	t.Run("reminders", func(t *testing.T) {
		s, _, _, bench, office := refusedCase(t)
		s.neighbour("East Ridge", "13900139002", 1).refused(bench, office)
		p, failures, c := &post{fails: func(repair.Letter) error { return errors.New("later") }}, 0, s.host.Centre()
		s.writes(p) // both are in the outbox
		p.fails = nil
		damages(t, s.dir, OrderID)
		s.neighbour("South Ridge", "13900139001", 1).refused(bench, office)
		s.now = s.now.Add(time.Hour)
		if err := c.Remind(t.Context()); err == nil {
			t.Error("nobody complains")
		}
		if err := c.Deliver(t.Context(), p, func(string, int, error) { failures++ }); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p.to(), []string{"post@east-ridge.example", "post@south-ridge.example"}) || failures != 1 {
			t.Errorf("%d failures, sent to %v", failures, p.to())
		}
	})
}

// TestANumberShowsNobodyAnothersParcel: some carriers show a parcel only to who knows
// its phone. Who has typed another's number knows no such phone.
func TestANumberShowsNobodyAnothersParcel(t *testing.T) {
	const guessed = 1
	watch := func(t *testing.T, r *road, other *neighbour) {
		t.Helper()
		for range 12 {
			r.kuaidi.says(steps(Waybill(guessed), r.hoursAgo(1)+" 在途"))
			r.follow()
			r.passes(5 * time.Hour)
		}
		if box := r.parcel(); len(box.Events) == 0 || box.Trouble != nil {
			t.Errorf("whose box it is sees nothing: %+v", box)
		}
		if box := other.whole().Parcels[0]; len(box.Events) > 0 || box.Trouble == nil {
			t.Errorf("who has typed its number sees it: %+v", box)
		}
	}
	begin := func(t *testing.T, change func(*centre.Tracks)) (*road, *neighbour) {
		r := onTheRoad(t, change)
		if err := r.centre.ChangeInfo(t.Context(), func(info *repair.CentreInfo) error {
			info.Address = []repair.CentreAddress{{Phone: "0755 1234 5678"}}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		r.kuaidi.opens = []string{"8000", "5678"} // its sender, and to whom it goes
		r.passes(2 * time.Hour)
		other := r.neighbour("South Ridge", "13900139001", 1)
		return r, other
	}
	t.Run("by questions", func(t *testing.T) {
		r, other := begin(t, nil)
		other.sends(r.bench, Waybill(guessed))
		watch(t, r, other)
	})
	t.Run("by pushes", func(t *testing.T) {
		r, other := begin(t, func(o *centre.Tracks) { o.Callback = "https://repair.example/v1/tracking/" })
		r.follow()
		other.sends(r.bench, Waybill(guessed))
		watch(t, r, other)
		r.pushes(pushed(steps(Waybill(guessed), r.hoursAgo(1)+" 派件")), testSalt)
		if box := r.parcel(); box.Events[len(box.Events)-1].Status != string(repair.TrackOutForDelivery) {
			t.Errorf("whose box it is hears no push: %+v", box.Events)
		}
		if box := other.whole().Parcels[0]; len(box.Events) > 0 {
			t.Errorf("who has typed its number hears it: %+v", box.Events)
		}
	})
}

// TestOneCustomerDoesNotUseUpTheDay: whose boxes are very many has half of the day's
// questions, and the others' are still asked about.
func TestOneCustomerDoesNotUseUpTheDay(t *testing.T) {
	r := onTheRoad(t, func(o *centre.Tracks) { o.Limit = 100 }, Plan(1, 1, 2))
	numbers := []repair.WaybillNumber{}
	for i := range 60 {
		numbers = append(numbers, Waybill(100+i))
	}
	farm := r.neighbour("South Ridge", "13900139001", len(numbers))
	farm.sends(r.bench, numbers...)
	r.passes(time.Hour)
	day := func(rounds int) {
		t.Helper()
		for range rounds {
			for more := true; more; {
				var err error
				if more, err = r.centre.FollowUp(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			r.passes(3 * time.Hour)
		}
	}
	r.kuaidi.says(`{"result":false,"returnCode":"500","message":"查询无结果"}`)
	day(2)
	own := 0
	for _, one := range r.kuaidi.asked {
		if strings.HasSuffix(one, "8000") || strings.HasSuffix(one, "0101") {
			own++
		}
	}
	if all := r.kuaidi.times(); own < 2 || all-own != 50 || r.service().Trouble != "" {
		t.Errorf("asked %d times, %d of them for who has one box; %+v", all, own, r.service())
	}
	day(6)
	if all := r.kuaidi.times(); all < 100 {
		t.Errorf("the next day has had %d questions", all)
	}
}

// refused has the device repaired, and the parcel home refused and come back.
func (n *neighbour) refused(bench, office person) {
	n.t.Helper()
	n.sends(bench, Waybill(900))
	box, devices := n.whole().Parcels[0].ID, []repair.DeviceID{n.whole().Devices[0].ID}
	home := repair.ShipmentID(fresh(n.t))
	inspect, passed, ship := Find(1, repair.Normal), Tested(true), Ship(1)
	inspect.Inspection.Device, passed.Devices, ship.Ship.ID, ship.Ship.Devices = devices[0], devices, home, devices
	n.does(bench, repair.Command{Kind: repair.CmdReceiveParcel, Receipt: &repair.GoodsReceipt{Parcel: box, Scanned: []repair.SerialNumber{Serial(1)}}})
	n.does(bench, inspect)
	n.does(bench, repair.Command{Kind: repair.CmdStartRepair, Devices: devices})
	n.does(bench, repair.Command{Kind: repair.CmdFinishRepair, Devices: devices})
	n.does(bench, passed)
	n.does(bench, ship)
	for _, word := range []repair.ShipmentStatus{repair.ShipmentRefused, repair.ShipmentReturned} {
		track := Track(1, word, "nobody wanted it")
		track.Track.Shipment = home
		n.does(office, track)
	}
}
