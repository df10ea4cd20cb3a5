// Package seed fills a new centre with plausible cases: at least one in every
// stage, from several customers, told as a story that ends at a given moment.
//
// Everything is done through the centre's own deeds, as the people of the story:
// they join by invite, file, decide and pay. No row is written, so whatever the
// rules forbid cannot be in it. The same moment tells the same story.
package seed

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sort"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// CustomerAccount is the customer to whom most of the story belongs: invite a
// person to it to see every stage from the customer's side.
const CustomerAccount = "North Ridge Mining"

// Story counts what was told.
type Story struct {
	WorkOrders int `json:"work_orders"`
	Commands   int `json:"commands"`
}

// Seed tells the story to a centre that has no cases yet. It ends at now.
func Seed(ctx context.Context, c *centre.Centre, now time.Time) (Story, error) {
	t := &teller{centre: c, now: now.UTC().Truncate(time.Second), random: rand.New(rand.NewPCG(2026, 50))}
	if err := c.At(t.clock(-200*day)).ChangeInfo(ctx, practiceInfo); err != nil {
		return Story{}, err
	}
	if err := t.cast(ctx); err != nil {
		return Story{}, err
	}
	tellAll(t)
	return t.run(ctx)
}

const day = 24 * time.Hour

// teller collects steps and does them in the order of their moments.
type teller struct {
	centre *centre.Centre
	now    time.Time
	random *rand.Rand
	people map[string]centre.Caller
	steps  []step
	story  Story
}

type step struct {
	at time.Time
	do func(context.Context, *centre.Centre) error
}

func (t *teller) clock(after time.Duration) func() time.Time {
	at := t.now.Add(after)
	return func() time.Time { return at }
}

func (t *teller) run(ctx context.Context) (Story, error) {
	sort.SliceStable(t.steps, func(i, j int) bool { return t.steps[i].at.Before(t.steps[j].at) })
	for _, s := range t.steps {
		if s.at.After(t.now) {
			return t.story, fmt.Errorf("the story runs past its end, to %s", s.at)
		}
		if err := s.do(ctx, t.centre.At(func() time.Time { return s.at })); err != nil {
			return t.story, err
		}
	}
	return t.story, nil
}

// The people of the story.
const (
	ridge     = "ridge"     // customer, writes English
	qingchuan = "qingchuan" // customer, writes Chinese
	taiga     = "taiga"     // customer, writes Russian
	bench     = "bench"     // technician
	office    = "office"
)

// cast lets everybody join, by invite and with a key of their own.
func (t *teller) cast(ctx context.Context) error {
	t.people = map[string]centre.Caller{}
	then := t.centre.At(t.clock(-199 * day))
	for _, p := range []struct {
		who  string
		role repair.Role
		firm string
		name string
	}{
		{ridge, repair.RoleCustomer, CustomerAccount, "Dana Whitfield"},
		{qingchuan, repair.RoleCustomer, "青川算力", "周倩"},
		{taiga, repair.RoleCustomer, "ООО «Тайга Хэш»", "Илья Орлов"},
		{bench, repair.RoleTechnician, "", "Chen Wei 陈伟"},
		{office, repair.RoleOffice, "", "Lin Yue 林悦"},
	} {
		invite, err := then.Invite(ctx, centre.Operator(), wire.InviteAsk{Role: p.role, AccountName: p.firm, Name: p.name})
		if err != nil {
			return fmt.Errorf("invite %s: %w", p.name, err)
		}
		var secret [ed25519.SeedSize]byte
		for i := range secret {
			secret[i] = byte(t.random.UintN(256))
		}
		public := ed25519.NewKeyFromSeed(secret[:]).Public().(ed25519.PublicKey)
		joined, err := then.Join(ctx, wire.Join{Invite: invite.Code, InstallName: "seed", PublicKey: base64.StdEncoding.EncodeToString(public)})
		if err != nil {
			return fmt.Errorf("join %s: %w", p.name, err)
		}
		if t.people[p.who], err = then.Authenticate(ctx, joined.Token); err != nil {
			return fmt.Errorf("join %s: %w", p.name, err)
		}
	}
	return nil
}

// id makes a UUIDv7 of a moment, the same in every telling.
func (t *teller) id(at time.Time) string {
	var u uuid.UUID
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		u[i] = byte(ms >> (8 * (5 - i)))
	}
	for i := 6; i < 16; i++ {
		u[i] = byte(t.random.UintN(256))
	}
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return u.String()
}

func submit(ctx context.Context, c *centre.Centre, by centre.Caller, id repair.WorkOrderID, s repair.Submission) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, _, err = c.Submit(ctx, by, id, body)
	return err
}

func act(ctx context.Context, c *centre.Centre, by centre.Caller, cmd repair.Command) error {
	body, err := json.Marshal(cmd)
	if err != nil {
		return err
	}
	_, err = c.Act(ctx, by, cmd.ID, body, 0)
	return err
}

// practiceInfo says of the centre that it is for practice. Its accounts are
// plainly nobody's.
func practiceInfo(info *repair.CentreInfo) error {
	info.Name, info.NameZh, info.Practice = "Jasmine practice centre", "茉莉练习售后中心", true
	info.LabelHost = "RMA.EXAMPLE"
	info.Languages = []string{"en", "zh-CN"}
	info.Address = []repair.CentreAddress{
		{Language: "zh-CN", Name: "茉莉售后（练习）", Phone: "+86 755 0000 0000",
			Lines: []string{"广东省深圳市龙华区", "练习路 1 号 A 栋 3 楼", "邮编 518000"}},
		{Language: "en", Name: "Jasmine after-sales (practice)", Phone: "+86 755 0000 0000",
			Lines: []string{"3/F, Building A, 1 Practice Road", "Longhua District, Shenzhen, Guangdong 518000", "China"}},
	}
	info.Payees = []repair.Payee{
		{Method: repair.PayBankTransfer, Currency: "CNY", Name: "茉莉练习售后中心", Account: "0000 0000 0000 0000", Bank: "Practice Bank 练习银行", Hint: "Practice only: send no money."},
		{Method: repair.PayBankTransfer, Currency: "USD", Name: "Jasmine practice centre", Account: "PRACTICE-000000", Bank: "Practice Bank", Swift: "PRACCNBJXXX", Hint: "Practice only: send no money."},
		{Method: repair.PayUSDTTRC20, Currency: "USDT", Name: "Jasmine practice centre", Account: "TPracticeOnlySendNothingHere000000", Network: "TRC20", Hint: "Practice only: send no money."},
	}
	info.Settings = repair.DefaultSettings()
	return nil
}
