package centrehost_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// post keeps what it is given, and fails as a test wants.
type post struct {
	mu    sync.Mutex
	sent  []repair.Letter
	tried int
	fails func(l repair.Letter) error
}

func (p *post) Send(_ context.Context, l repair.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tried++
	if p.fails != nil {
		if err := p.fails(l); err != nil {
			return err
		}
	}
	p.sent = append(p.sent, l)
	return nil
}

func (p *post) to() (list []string) {
	for _, l := range p.sent {
		list = append(list, l.To)
	}
	slices.Sort(list)
	return list
}

type forGood struct{}

func (forGood) Error() string   { return "no such mailbox" }
func (forGood) Permanent() bool { return true }

// sets changes a customer's mailbox, as the desk does.
func (s *shop) sets(by person, given repair.MailboxGiven) error {
	s.t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := repair.Command{ID: repair.CommandID(id.String()), Kind: repair.CmdSetMailbox, Mailbox: &given}
	body, err := json.Marshal(cmd)
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = by.PutOp(s.t.Context(), cmd.ID, body, 0)
	return err
}

// writes lets the centre look for reminders and send what is due.
func (s *shop) writes(p *post) (failures int) {
	s.t.Helper()
	c := s.host.Centre()
	if err := c.Remind(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	if err := c.Deliver(s.t.Context(), p, func(string, int, error) { failures++ }); err != nil {
		s.t.Fatal(err)
	}
	return failures
}

// refusedCase has a parcel home refused and come back, over HTTP.
func refusedCase(t *testing.T) (s *shop, j *journey, farmer, bench, office person) {
	s = open(t)
	farmer, bench, office = s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, ""), s.joins(repair.RoleOffice, "")
	j = s.files(farmer, Submission(1))
	j.does(bench, Diagnose(repair.ReturnRecommended, ""))
	j.does(farmer, SetParcels(Plan(1, 1)))
	j.does(farmer, HandOver(1))
	j.does(bench, Receive(1, 1))
	j.does(bench, Find(1, repair.Normal))
	j.does(bench, OnDevices(repair.CmdStartRepair, 1))
	j.does(bench, OnDevices(repair.CmdFinishRepair, 1))
	j.does(bench, Tested(true, 1))
	j.does(bench, Ship(1, 1))
	j.does(office, Track(1, repair.ShipmentRefused, "nobody wanted it"))
	j.does(office, Track(1, repair.ShipmentReturned, ""))
	return s, j, farmer, bench, office
}

func TestR37AReminderGoesOnceToEachRecipient(t *testing.T) {
	s, _, farmer, _, _ := refusedCase(t)
	if err := s.sets(farmer, repair.MailboxGiven{Email: "office@farm.example", Language: "zh-CN", Reminders: true}); err != nil {
		t.Fatal(err)
	}
	p := &post{}
	for range 3 {
		s.writes(p)
		s.now = s.now.Add(20 * time.Minute)
	}
	if !slices.Equal(p.to(), []string{"a@example.org", "office@farm.example"}) {
		t.Fatalf("sent to %v", p.to())
	}
	for _, l := range p.sent {
		if l.Kind != repair.LetterRefused || l.Facts.Devices != 1 || l.Facts.Number == "" || (l.To == "office@farm.example") != (l.Language == "zh-CN") {
			t.Errorf("%+v", l)
		}
	}
}

func TestTheCentreSaysWhetherItWritesLetters(t *testing.T) {
	dir := t.TempDir()
	for _, carrier := range []centre.Post{&post{}, nil} {
		host, err := centrehost.Open(t.Context(), dir, centrehost.Options{Post: carrier})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := host.Listen("127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		for says := carrier == nil; says != (carrier != nil); {
			info, err := host.Centre().Info(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			says = info.Letters
		}
		if err := host.Centre().ChangeInfo(t.Context(), func(info *repair.CentreInfo) error { info.Letters = !info.Letters; return nil }); err != nil {
			t.Fatal(err)
		}
		if info, err := host.Centre().Info(t.Context()); err != nil || info.Letters != (carrier != nil) {
			t.Errorf("a file of settings says that there are letters: %t %v", info.Letters, err)
		}
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestR37UnpaidFeesAreRemindedOfOnTheirDays(t *testing.T) {
	s := open(t)
	farmer, bench := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, "")
	if err := s.host.Centre().ChangeInfo(t.Context(), func(info *repair.CentreInfo) error { info.Settings.ForfeitUnpaid = true; return nil }); err != nil {
		t.Fatal(err)
	}
	j := s.files(farmer, Submission(2))
	j.does(bench, Diagnose(repair.ReturnRecommended, ""))
	j.does(farmer, SetParcels(Plan(1, 1, 2)))
	j.does(farmer, HandOver(1))
	j.does(bench, Receive(1, 1, 2))
	j.does(bench, Find(1, repair.Normal, "V01"))
	j.does(bench, Find(2, repair.Normal, "V01"))
	j.does(bench, SendQuotes(Price(1, 1, USD(12000)), Price(2, 2, USD(12000))))
	p := &post{}
	sent := []int{}
	for day := 1; day <= 100; day++ {
		s.now = Start.AddDate(0, 0, day).Add(6 * time.Hour)
		before := len(p.sent)
		s.writes(p)
		if len(p.sent) > before {
			sent = append(sent, day)
		}
	}
	if !slices.Equal(sent, []int{30, 60, 75, 85, 89}) {
		t.Errorf("letters on days %v", sent)
	}
	if last := p.sent[0]; last.Kind != repair.LetterUnpaid || last.Facts.Devices != 2 || len(last.Facts.Due) != 1 || last.Facts.Due[0] != "240.00 USD" {
		t.Errorf("%+v", last)
	}
}

func TestR37WhoWantsNoLettersGetsNone(t *testing.T) {
	s, _, farmer, _, _ := refusedCase(t)
	p := &post{fails: func(repair.Letter) error { return errors.New("later") }}
	s.writes(p) // it waits for its second try
	if err := s.sets(farmer, repair.MailboxGiven{Language: "en"}); err != nil {
		t.Fatal(err)
	}
	p.fails = nil
	s.now = s.now.Add(24 * time.Hour)
	s.writes(p)
	if len(p.sent) != 0 {
		t.Errorf("sent to %v", p.to())
	}
}

func TestR37AReminderThatIsMootIsNotSent(t *testing.T) {
	s, j, _, bench, office := refusedCase(t)
	p := &post{fails: func(repair.Letter) error { return errors.New("later") }}
	s.writes(p)
	j.refused(bench, Ship(2, 1), repair.ErrResendByOffice)
	j.does(office, Ship(2, 1))
	p.fails, p.tried = nil, 0
	s.now = s.now.Add(24 * time.Hour)
	s.writes(p)
	if p.tried != 0 {
		t.Errorf("sent to %v", p.to())
	}
}

func TestALetterIsTriedAgainWithLongerAndLongerPauses(t *testing.T) {
	s, _, _, _, _ := refusedCase(t)
	p := &post{fails: func(repair.Letter) error { return errors.New("later") }}
	var pauses []time.Duration
	last := time.Time{}
	for range 700 { // minutes at first, then the longest pauses
		if s.writes(p) > 0 {
			if !last.IsZero() {
				pauses = append(pauses, s.now.Sub(last))
			}
			last = s.now
		}
		s.now = s.now.Add(time.Minute)
		if len(pauses) > 8 {
			s.now = s.now.Add(6*time.Hour - 2*time.Minute)
		}
	}
	want := []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256}
	for i, n := range want {
		if pauses[i] != n*time.Minute {
			t.Errorf("pause %d is %s, want %d min", i+1, pauses[i], n)
		}
	}
	if tries := len(pauses) + 1; tries != 28 {
		t.Errorf("given up after %d tries", tries)
	}
	p.fails = func(repair.Letter) error { return forGood{} }
	other, _, _, _, _ := refusedCase(t)
	p.tried = 0
	other.writes(p)
	other.now = other.now.Add(24 * time.Hour)
	other.writes(p)
	if p.tried != 1 {
		t.Errorf("who will never be reached was tried %d times", p.tried)
	}
}

// TestTwoCentresDoNotSendALetterTwice: both look at once, each letter has one sender.
func TestTwoCentresDoNotSendALetterTwice(t *testing.T) {
	s, _, _, _, _ := refusedCase(t)
	p := &post{}
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			c := s.host.Centre()
			err := errors.Join(c.Remind(t.Context()), c.Deliver(t.Context(), p, func(string, int, error) {}))
			if err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if len(p.sent) != 1 {
		t.Errorf("sent %d times", len(p.sent))
	}
}

func TestAMailboxIsTheCustomersOwn(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	if _, err := s.host.Centre().Invite(ctx, centre.Operator(), wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "Altyn Hash", Email: "nobody"}); !errors.Is(err, repair.ErrMailAddress) {
		t.Errorf("an address that is none: %v", err)
	}
	ask := wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "Altyn Hash", Email: "first@farm.example", Language: "ru"}
	invited := func() {
		if _, err := s.host.Centre().Invite(ctx, centre.Operator(), ask); err != nil {
			t.Fatal(err)
		}
	}
	invited()
	farmer, stranger, office := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleCustomer, "Another farm"), s.joins(repair.RoleOffice, "")
	mailbox := func(of person) (boxes []repair.Mailbox) {
		page, err := of.Changes(ctx, "", 0)
		for err == nil {
			for _, row := range page.Rows {
				var box repair.Mailbox
				if row.T != wire.RowMailbox {
					continue
				}
				if err := json.Unmarshal(row.D, &box); err != nil {
					t.Fatal(err)
				}
				boxes = append(boxes, box)
			}
			if !page.More {
				return boxes
			}
			page, err = of.Changes(ctx, page.Next, 0)
		}
		t.Fatal(err)
		return nil
	}
	if got := mailbox(farmer); len(got) != 1 || got[0].Email != "first@farm.example" || got[0].Language != "ru" || !got[0].Reminders {
		t.Errorf("%+v", got)
	}
	if err := s.sets(farmer, repair.MailboxGiven{Email: "own@farm.example", Language: "es", Reminders: true}); err != nil {
		t.Fatal(err)
	}
	invited() // the office's word comes too late
	for name, who := range map[string]person{"the customer": farmer, "the office": office} {
		if got := mailbox(who); len(got) != 1 || got[0].Email != "own@farm.example" || got[0].Account != farmer.joined.Account {
			t.Errorf("%s sees %+v", name, got)
		}
	}
	if got := mailbox(stranger); len(got) != 0 {
		t.Errorf("a stranger sees %+v", got)
	}
	if err := s.sets(office, repair.MailboxGiven{Email: "x@y.example", Language: "en"}); !errors.Is(err, repair.ErrSide) {
		t.Errorf("the office sets a customer's: %v", err)
	}
	report, err := s.host.Centre().Check(ctx)
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}
