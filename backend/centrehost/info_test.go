package centrehost_test

import (
	"errors"
	"strconv"
	"sync"
	"testing"

	"hashmend/backend/repair"
)

// TestWhatIsSaidOfTheCentreAtOnceIsAllKept: the office changes the prices while a
// service is told to be at fault, and another renames the centre.
func TestWhatIsSaidOfTheCentreAtOnceIsAllKept(t *testing.T) {
	r := onTheRoad(t, nil)
	old, err := r.centre.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.kuaidi.says(`{"result":false,"returnCode":"503","message":"验证签名失败"}`)
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := r.centre.FollowUp(t.Context()); err != nil {
			t.Error(err)
		}
	})
	for range 10 {
		all.Go(func() {
			err := r.centre.ChangeInfo(t.Context(), func(info *repair.CentreInfo) error {
				days, err := strconv.Atoi(info.NameZh)
				if info.NameZh == old.NameZh {
					days, err = 0, nil
				}
				info.NameZh, info.Tracking, info.ServerID = strconv.Itoa(days+1), nil, "another"
				clear(info.SigningKey)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	now, err := r.centre.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if now.NameZh != "10" || now.ServerID != old.ServerID || len(now.SigningKey) != len(old.SigningKey) {
		t.Errorf("%q %q, %d keys", now.NameZh, now.ServerID, len(now.SigningKey))
	}
	if len(now.Tracking) != 1 || now.Tracking[0].Trouble != "tracking.key_wrong" {
		t.Errorf("what is wrong with the service is lost: %+v", now.Tracking)
	}
	for name, change := range map[string]func(*repair.CentreInfo) error{
		"no name":     func(info *repair.CentreInfo) error { info.Name = ""; return nil },
		"an error":    func(info *repair.CentreInfo) error { info.Name = "x"; return errors.New("not this") },
		"a bad price": func(info *repair.CentreInfo) error { info.Prices = []repair.PriceRow{{Fault: "?"}}; return nil },
	} {
		if err := r.centre.ChangeInfo(t.Context(), change); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if after, err := r.centre.Info(t.Context()); err != nil || after.Name != now.Name || after.Rev != now.Rev {
		t.Errorf("a change that was refused is kept: %+v %v", after, err)
	}
}
