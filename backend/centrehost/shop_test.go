package centrehost_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// shop is a centre that listens, with a clock that the test moves.
type shop struct {
	dir  string
	t    *testing.T
	host *centrehost.Host
	url  string
	now  time.Time
}

func open(t *testing.T) *shop {
	t.Helper()
	s := &shop{t: t, now: Start, dir: filepath.Join(t.TempDir(), "centre")}
	host, err := centrehost.Open(t.Context(), s.dir, centrehost.Options{Now: func() time.Time { return s.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	s.host = host
	if s.url, err = host.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	return s
}

// person is somebody at a desk that has joined.
type person struct {
	*client.Client
	joined wire.Joined
}

func (p person) as() repair.Person {
	return repair.Person{User: p.joined.User, Name: p.joined.Name, Role: p.joined.Role, Account: p.joined.Account}
}

func (s *shop) joins(role repair.Role, account string) person {
	s.t.Helper()
	ctx := s.t.Context()
	invite, err := s.host.Invite(ctx, role, account, "")
	if err != nil {
		s.t.Fatal(err)
	}
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	stranger, err := client.New(client.Options{BaseURL: s.url})
	if err != nil {
		s.t.Fatal(err)
	}
	joined, err := stranger.Join(ctx, wire.Join{Invite: invite.Code, InstallName: "test", PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		s.t.Fatal(err)
	}
	known, err := client.New(client.Options{BaseURL: s.url, Token: joined.Token, ServerID: joined.ServerID})
	if err != nil {
		s.t.Fatal(err)
	}
	return person{known, joined}
}

// journey leads one case through the centre and, beside it, through the rules
// alone: both must agree after every step.
type journey struct {
	*shop
	alone  *repair.Case
	feed   person // pulls after every step
	cursor wire.Cursor
	cache  map[string]wire.Row
}

func (s *shop) env() repair.Env { return Env(s.now) }

func (s *shop) files(by person, submission repair.Submission) *journey {
	s.t.Helper()
	body, err := json.Marshal(submission)
	if err != nil {
		s.t.Fatal(err)
	}
	accepted, err := by.PutWorkOrder(s.t.Context(), OrderID, body)
	if err != nil {
		s.t.Fatal(err)
	}
	alone, err := repair.NewCase(OrderID, by.joined.Account, accepted.Number, submission, s.env())
	if err != nil {
		s.t.Fatal(err)
	}
	j := &journey{shop: s, alone: alone, feed: by, cache: map[string]wire.Row{}}
	j.agree()
	return j
}

// does sends a command twice, as a desk does whose first answer was lost.
func (j *journey) does(by person, cmd repair.Command) {
	j.t.Helper()
	j.now = j.now.Add(time.Minute)
	body := j.frozen(&cmd)
	first, err := by.PutOp(j.t.Context(), cmd.ID, body, cmd.SeenRev)
	if err != nil {
		j.t.Fatalf("%s: %v", cmd.Kind, err)
	}
	again, err := by.PutOp(j.t.Context(), cmd.ID, body, cmd.SeenRev)
	if err != nil || !again.Replayed || again.Rev != first.Rev {
		j.t.Errorf("%s again: %+v %v", cmd.Kind, again, err)
	}
	if _, err := j.alone.Do(by.as(), cmd, j.env()); err != nil {
		j.t.Fatalf("%s alone: %v", cmd.Kind, err)
	}
	j.agree()
}

// refused sends a command that the rules forbid.
func (j *journey) refused(by person, cmd repair.Command, want *repair.Error) {
	j.t.Helper()
	_, err := by.PutOp(j.t.Context(), cmd.ID, j.frozen(&cmd), cmd.SeenRev)
	var got *repair.Error
	if !errors.Is(err, want) || !errors.As(err, &got) || got.Kind != want.Kind || got.Rule != want.Rule {
		j.t.Errorf("%s: got %v, want %v", cmd.Kind, err, want)
	}
	j.agree()
}

func (j *journey) frozen(cmd *repair.Command) []byte {
	j.t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		j.t.Fatal(err)
	}
	cmd.ID, cmd.WorkOrder = repair.CommandID(id.String()), OrderID
	body, err := json.Marshal(cmd)
	if err != nil {
		j.t.Fatal(err)
	}
	return body
}

// agree compares three: the case by the rules alone, the case as the centre
// gives it whole, and the case as its rows came through the feed.
func (j *journey) agree() {
	j.t.Helper()
	whole, err := j.feed.WorkOrder(j.t.Context(), OrderID)
	if err != nil {
		j.t.Fatal(err)
	}
	want, got := sorted(j.t, *j.alone), sorted(j.t, whole)
	if !reflect.DeepEqual(want, got) {
		j.t.Fatalf("the centre's case is not that of the rules:\n%s\n%s", got, want)
	}
	j.pull()
	for key, rev := range revs(whole) {
		if row, ok := j.cache[key]; !ok || row.Rev != rev {
			j.t.Fatalf("the feed has %s at rev %d, the centre at %d", key, row.Rev, rev)
		}
	}
	count := 0
	for _, row := range j.cache {
		if row.WorkOrder == OrderID {
			count++
		}
	}
	if count != len(revs(whole)) {
		j.t.Fatalf("the feed has %d rows of the case, the centre %d", count, len(revs(whole)))
	}
}

func (j *journey) pull() {
	j.t.Helper()
	for {
		page, err := j.feed.Changes(j.t.Context(), j.cursor, 3)
		if err != nil {
			j.t.Fatal(err)
		}
		for _, row := range page.Rows {
			key := string(row.T) + row.ID
			j.cache[key] = row
			if row.Del {
				delete(j.cache, key)
			}
		}
		j.cursor = page.Next
		if !page.More {
			return
		}
	}
}

// sorted is a case as JSON without revs, for comparing.
func sorted(t *testing.T, c repair.Case) string {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var copied repair.Case
	if err := json.Unmarshal(data, &copied); err != nil {
		t.Fatal(err)
	}
	copied.Order.Rev = 0
	for i := range copied.Devices {
		copied.Devices[i].Rev = 0
	}
	for i := range copied.Parcels {
		copied.Parcels[i].Rev = 0
	}
	for i := range copied.Shipments {
		copied.Shipments[i].Rev = 0
	}
	for i := range copied.Quotes {
		copied.Quotes[i].Rev = 0
	}
	for i := range copied.Payments {
		copied.Payments[i].Rev = 0
	}
	for i := range copied.Messages {
		copied.Messages[i].Rev = 0
	}
	for i := range copied.Corrections {
		copied.Corrections[i].Rev = 0
	}
	data, err = json.Marshal(copied)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.ReplaceAll(data, []byte("null"), []byte("[]")))
}

func revs(c repair.Case) map[string]int64 {
	out := map[string]int64{"work_order" + string(c.Order.ID): c.Order.Rev}
	for _, d := range c.Devices {
		out["device"+string(d.ID)] = d.Rev
	}
	for _, p := range c.Parcels {
		out["parcel"+string(p.ID)] = p.Rev
	}
	for _, s := range c.Shipments {
		out["shipment"+string(s.ID)] = s.Rev
	}
	for _, q := range c.Quotes {
		out["quote"+string(q.ID)] = q.Rev
	}
	for _, p := range c.Payments {
		out["payment"+string(p.ID)] = p.Rev
	}
	for _, m := range c.Messages {
		out["message"+string(m.ID)] = m.Rev
	}
	for _, k := range c.Corrections {
		out["correction"+string(k.ID)] = k.Rev
	}
	return out
}

func (s *shop) upload(by person, ref repair.FileRef, data []byte) {
	s.t.Helper()
	heard := int64(0)
	for range 2 { // the second time it is there
		if err := by.Upload(s.t.Context(), ref, bytes.NewReader(data), func(sent int64) { heard = sent }); err != nil || heard != ref.Size {
			s.t.Fatalf("upload: %d of %d, %v", heard, ref.Size, err)
		}
	}
}

func (s *shop) download(by person, ref repair.FileRef, want []byte) {
	s.t.Helper()
	var got bytes.Buffer
	if err := by.File(s.t.Context(), ref.SHA256, &got); err != nil || !bytes.Equal(got.Bytes(), want) {
		s.t.Errorf("got %q, %v", got.Bytes(), err)
	}
}
