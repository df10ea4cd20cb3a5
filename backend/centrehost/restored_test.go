package centrehost_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/keyring"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// backup gives what makes the centre of this moment anew.
func (s *shop) backup() (restored func() *centre.Centre) {
	s.t.Helper()
	var copied bytes.Buffer
	if err := s.host.Backup(s.t.Context(), &copied); err != nil {
		s.t.Fatal(err)
	}
	return func() *centre.Centre {
		dir := filepath.Join(s.t.TempDir(), "restored")
		if err := centrehost.Restore(s.t.Context(), dir, &copied); err != nil {
			s.t.Fatal(err)
		}
		host, err := centrehost.Open(s.t.Context(), dir, centrehost.Options{Now: func() time.Time { return s.now }})
		if err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(func() { _ = host.Close() })
		return host.Centre()
	}
}

func (p person) caller() centre.Caller {
	return centre.Caller{Person: p.as(), Install: p.joined.Install}
}

// TestASnapshotMixesNoTwoPasts: a snapshot begins, the centre is copied, rows of
// after the copy come, and the centre is set back to the copy. It knows where the
// snapshot began; what has come since would stay for ever, and newer than what is
// true (R7, L2).
func TestASnapshotMixesNoTwoPasts(t *testing.T) {
	s := open(t)
	ann := s.joins(repair.RoleCustomer, "Altyn Hash")
	s.files(ann, Submission(2))
	before := s.host.Centre()
	head, err := before.Snapshot(t.Context(), ann.caller(), "")
	if err != nil {
		t.Fatal(err)
	}
	restored := s.backup()
	same := restored()
	rows, at, err := before.SnapshotRows(t.Context(), ann.caller(), head.At, wire.RowKey{}, 1)
	if err != nil || len(rows) != 1 || at != head.At {
		t.Fatalf("nothing has changed, and the snapshot goes on at %q: %v %v", at, rows, err)
	}
	if _, err := same.Snapshot(t.Context(), ann.caller(), at); err != nil {
		t.Errorf("what came is in the copy as well, and the snapshot does not go on: %v", err)
	}
	ask := repair.Command{ID: CommandID(5), Kind: repair.CmdMessage, WorkOrder: OrderID, Text: "how long?"}
	text, _ := json.Marshal(ask)
	if _, err := ann.PutOp(t.Context(), ask.ID, text, 0); err != nil {
		t.Fatal(err)
	}
	_, at, err = before.SnapshotRows(t.Context(), ann.caller(), at, rows[0].Key(), 10)
	if err != nil || at == head.At {
		t.Fatalf("the rows are of a later moment, and the snapshot is still at its beginning: %v", err)
	}
	if _, err := same.Snapshot(t.Context(), ann.caller(), head.At); err != nil {
		t.Errorf("where it began is not known: %v", err) // else this proves nothing
	}
	for what, do := range map[string]func() error{
		"goes on": func() error { _, err := same.Snapshot(t.Context(), ann.caller(), at); return err },
		"gives more rows": func() error {
			_, _, err := same.SnapshotRows(t.Context(), ann.caller(), at, wire.RowKey{}, 1)
			return err
		},
		"is followed": func() error { _, err := same.Changes(t.Context(), ann.caller(), at, 0); return err },
	} {
		if err := do(); !isCode(err, wire.CodeCursorDiverged) {
			t.Errorf("a snapshot of a past that is no more %s: %v", what, err)
		}
	}
	page, err := before.Changes(t.Context(), ann.caller(), at, 1)
	for ; err == nil && page.More; page, err = before.Changes(t.Context(), ann.caller(), page.Next, 1) {
	}
	if now, _ := before.Head(t.Context(), ann.caller()); err != nil || page.Next != now {
		t.Errorf("who has caught up stands at %q and not at the head %q: %v", page.Next, now, err)
	}
}

// TestALostAnswerIsToldByItsPlace: the copy knows a desk's cursor and not what the
// desk was answered, and others have written past the same number since (R11, W2).
func TestALostAnswerIsToldByItsPlace(t *testing.T) {
	s := open(t)
	ann, bench := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, "")
	bob := s.joins(repair.RoleCustomer, "Bobrov")
	s.files(ann, Submission(1))
	restored := s.backup()
	stands := cursorOf(t, ann)
	says := func(by person, c *centre.Centre, n int, text string) wire.OpResult {
		t.Helper()
		kind := repair.CmdMessage
		body, _ := json.Marshal(repair.Command{ID: CommandID(n), Kind: kind, WorkOrder: OrderID, Text: text})
		done, err := c.Act(t.Context(), by.caller(), CommandID(n), body, 0)
		if err != nil || done.At == "" {
			t.Fatalf("%+v %v", done, err)
		}
		return done
	}
	kept := says(ann, s.host.Centre(), 4, "before")
	mine := says(ann, s.host.Centre(), 5, "how long?")
	theirs := says(bench, s.host.Centre(), 6, "two days")
	after := restored()
	for n := 10; n < 14; n++ {
		says(bench, after, n, "hello")
	}
	if _, err := after.Changes(t.Context(), ann.caller(), stands, 0); err != nil {
		t.Errorf("the copy does not know the cursor: %v", err) // else this proves nothing
	}
	for _, c := range []struct {
		who      person
		answered wire.Cursor
		want     string
	}{{ann, mine.At, wire.CodeCursorDiverged}, {bench, theirs.At, wire.CodeCursorDiverged},
		{bench, says(bench, after, 20, "ready").At, ""}, {bob, mine.At, wire.CodeCursorDiverged},
		{ann, "9?not-ours", wire.CodeCursorDiverged}} {
		_, err := after.Changes(t.Context(), c.who.caller(), "", 0, c.answered)
		if c.want == "" && err != nil || c.want != "" && !isCode(err, c.want) {
			t.Errorf("%s asks after %q: %v, not %q", c.who.joined.Name, c.answered, err, c.want)
		}
	}
	if _, err := s.host.Centre().Changes(t.Context(), ann.caller(), stands, 0, kept.At, mine.At); err != nil {
		t.Errorf("the centre has both, and says %v", err)
	}
}

// TestARefusalOfWhatComesAgainIsNotTheLastWord: of two desks the one comes first
// whose deed needs the other's. It is refused, nothing remembers that, and when the
// other's is there it is done (W1, W3).
func TestARefusalOfWhatComesAgainIsNotTheLastWord(t *testing.T) {
	s := open(t)
	ann, bench := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, "")
	j := s.files(ann, Submission(1))
	restored := s.backup()
	asks := Diagnose(repair.NeedInfo, "Which firmware?")
	j.does(bench, asks)
	whole, err := ann.WorkOrder(t.Context(), OrderID)
	if err != nil {
		t.Fatal(err)
	}
	asks.ID, asks.WorkOrder = CommandID(41), OrderID
	answers := repair.Command{ID: CommandID(42), Kind: repair.CmdAnswer, WorkOrder: OrderID, Text: "2.1", SeenRev: whole.Order.Rev}
	question, _ := json.Marshal(asks)
	answer, _ := json.Marshal(answers)
	after := restored()
	for range 2 {
		if _, err := after.ActAgain(t.Context(), ann.caller(), answers.ID, answer); err == nil {
			t.Fatal("an answer was taken before its question")
		}
	}
	for n := 50; n < 53; n++ { // the revs mean other things here
		body, _ := json.Marshal(repair.Command{ID: CommandID(n), Kind: repair.CmdMessage, WorkOrder: OrderID, Text: "hello"})
		if _, err := after.Act(t.Context(), bench.caller(), CommandID(n), body, 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := after.ActAgain(t.Context(), bench.caller(), asks.ID, question); err != nil {
		t.Fatal(err)
	}
	done, err := after.ActAgain(t.Context(), ann.caller(), answers.ID, answer)
	if err != nil || done.Replayed {
		t.Fatalf("the answer is still refused: %+v %v", done, err)
	}
	if twice, err := after.Act(t.Context(), ann.caller(), answers.ID, answer, answers.SeenRev); err != nil || !twice.Replayed {
		t.Errorf("it was done a second time: %+v %v", twice, err)
	}
}

// TestAMailboxIsTakenBackByItsPlace: the desk was answered where it was kept, so that it
// notices a copy of before and offers it again (R11, W2).
func TestAMailboxIsTakenBackByItsPlace(t *testing.T) {
	s := open(t)
	ann := s.joins(repair.RoleCustomer, "Altyn Hash")
	s.files(ann, Submission(1))
	restored := s.backup()
	body, _ := json.Marshal(repair.Command{ID: CommandID(5), Kind: repair.CmdSetMailbox,
		Mailbox: &repair.MailboxGiven{Email: "office@farm.example", Language: "en", Reminders: true}})
	done, err := s.host.Centre().Act(t.Context(), ann.caller(), CommandID(5), body, 0)
	if err != nil || done.At == "" {
		t.Fatalf("%+v %v", done, err)
	}
	if _, err := s.host.Centre().Changes(t.Context(), ann.caller(), "", 0, done.At); err != nil {
		t.Errorf("the centre has it, and says %v", err)
	}
	after := restored()
	if _, err := after.Changes(t.Context(), ann.caller(), "", 0, done.At); !isCode(err, wire.CodeCursorDiverged) {
		t.Errorf("the copy does not have it, and says %v", err)
	}
	again, err := after.ActAgain(t.Context(), ann.caller(), CommandID(5), body)
	if err != nil || again.At == "" || again.Replayed {
		t.Errorf("it is not taken again: %+v %v", again, err)
	}
}

// TestAPCProvesItselfByItsKey: the copy is from before the last exchange of tokens, so
// no token is known; the install's key is. Who was shut out, who joined since and who
// has another key stay out (W7, L1).
func TestAPCProvesItselfByItsKey(t *testing.T) {
	s := open(t)
	ann, key := s.joinsWith(repair.RoleCustomer, "Altyn Hash")
	gone, goneKey := s.joinsWith(repair.RoleCustomer, "Altyn Hash")
	if err := s.host.Centre().Revoke(t.Context(), gone.joined.Install); err != nil {
		t.Fatal(err)
	}
	restored := s.backup()
	later, laterKey := s.joinsWith(repair.RoleCustomer, "Altyn Hash")
	s.now = s.now.Add(25 * time.Hour)
	after := restored()
	sign := func(install repair.InstallID, key keyring.SigningKey, at time.Time, server string) wire.TokenAsk {
		ask := wire.TokenAsk{Install: install, At: repair.At(at)}
		ask.Signature = base64.StdEncoding.EncodeToString(key.Sign(ask.Signed(server)))
		return ask
	}
	server := after.ServerID()
	good := sign(ann.joined.Install, key, s.now, server)
	for name, ask := range map[string]wire.TokenAsk{
		"shut out":         sign(gone.joined.Install, goneKey, s.now, server),
		"joined since":     sign(later.joined.Install, laterKey, s.now, server),
		"another's key":    sign(ann.joined.Install, laterKey, s.now, server),
		"another centre's": sign(ann.joined.Install, key, s.now, "other"),
		"old":              sign(ann.joined.Install, key, s.now.Add(-time.Hour), server),
		"of the future":    sign(ann.joined.Install, key, s.now.Add(time.Hour), server),
		"no time":          {Install: ann.joined.Install, Signature: good.Signature},
		"nothing":          {},
	} {
		if _, err := after.TokenByKey(t.Context(), ask); !isCode(err, wire.CodeTokenExpired) {
			t.Errorf("%s: %v", name, err)
		}
	}
	next, err := after.TokenByKey(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	if by, err := after.Authenticate(t.Context(), next.Token); err != nil || by.Install != ann.joined.Install {
		t.Errorf("the token opens as %+v %v", by, err)
	}
	if _, err := after.TokenByKey(t.Context(), good); !isCode(err, wire.CodeTokenExpired) {
		t.Errorf("what was signed once is good a second time: %v", err)
	}
	ahead := sign(ann.joined.Install, key, s.now.Add(4*time.Minute), server)
	if next, err = after.TokenByKey(t.Context(), ahead); err != nil {
		t.Fatalf("a clock that goes four minutes ahead: %v", err)
	}
	s.now = s.now.Add(time.Minute)
	for _, when := range []string{"at once", "after the next exchange"} {
		if _, err := after.TokenByKey(t.Context(), ahead); !isCode(err, wire.CodeTokenExpired) {
			t.Errorf("what was signed ahead of time is good a second time %s: %v", when, err)
		}
		if when == "at once" {
			if next, err = after.Renew(t.Context(), next.Token); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.now = s.now.Add(tokenLifeAndADay)
	if _, err := after.TokenByKey(t.Context(), sign(ann.joined.Install, key, s.now, server)); !isCode(err, wire.CodeTokenExpired) {
		t.Errorf("a PC that was away for half a year is not forgotten: %v", err)
	}
}

const tokenLifeAndADay = 181 * 24 * time.Hour

func (s *shop) joinsWith(role repair.Role, account string) (person, keyring.SigningKey) {
	s.t.Helper()
	key, err := keyring.NewSigningKey()
	if err != nil {
		s.t.Fatal(err)
	}
	invite, err := s.host.Invite(s.t.Context(), role, account, "")
	if err != nil {
		s.t.Fatal(err)
	}
	joined, err := s.host.Centre().Join(s.t.Context(), wire.Join{Invite: invite.Code, InstallName: "test", PublicKey: key.Public()})
	if err != nil {
		s.t.Fatal(err)
	}
	return person{joined: joined}, key
}
