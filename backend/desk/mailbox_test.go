package desk

import (
	"encoding/json"
	"testing"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestR37AMailboxShowsWhatIsOnItsWay(t *testing.T) {
	h := at(t)
	box := func() MailboxView {
		t.Helper()
		v, err := h.Mailbox(h.ctx())
		h.ok(err)
		return v
	}
	if v := box(); v.Email != "" || !v.Reminders || v.Waiting || len(v.Languages) != 4 {
		t.Errorf("of an account that has said nothing: %+v", v)
	}
	if v := box(); v.Letters || v.Language != "en" {
		t.Errorf("of a centre that was not heard: %+v", v)
	}
	centre, err := json.Marshal(repair.CentreInfo{Name: "Ridge", Languages: []string{"de", "zh"}, Letters: true, Rev: 3})
	h.ok(err)
	h.apply(localdb.Change{T: "centre", ID: "srv", Rev: 3, D: centre})
	if v := box(); !v.Letters || v.Language != "zh-CN" {
		t.Errorf("nobody has chosen, and the centre writes: %+v", v)
	}
	_, err = h.Do(h.ctx(), repair.Command{Kind: repair.CmdSetMailbox, Mailbox: &repair.MailboxGiven{Email: "nobody", Language: "en"}})
	h.refused(err, "account.email_invalid")
	row, err := h.Do(h.ctx(), repair.Command{Kind: repair.CmdSetMailbox, Mailbox: &repair.MailboxGiven{Email: "a@b.example", Language: "ru"}})
	h.ok(err)
	if v := box(); v.Email != "a@b.example" || v.Reminders || !v.Waiting {
		t.Errorf("on its way: %+v", v)
	}
	told, err := json.Marshal(repair.Mailbox{Account: rt.Farmer.Account, Email: "c@d.example", Language: "es", Reminders: true, Rev: 9})
	h.ok(err)
	h.apply(localdb.Change{T: "mailbox", ID: string(rt.Farmer.Account), Rev: 9, D: told})
	taken := false
	h.ok(h.DB.Update(h.ctx(), func(tx localdb.VaultTx) (err error) {
		taken, err = tx.TakeBack(h.ctx(), row.ID)
		return err
	}))
	if v := box(); !taken || v.Email != "c@d.example" || v.Language != "es" || !v.Reminders || v.Waiting {
		t.Errorf("as the centre has it: %t %+v", taken, v)
	}
	h.who = rt.Technician
	_, err = h.Do(h.ctx(), repair.Command{Kind: repair.CmdSetMailbox, Mailbox: &repair.MailboxGiven{Email: "a@b.example", Language: "ru"}})
	h.refused(err, "person.wrong_side")
}
