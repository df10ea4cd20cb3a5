package wiretest

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// submission is a good one, of machines that nobody else has.
func submission(t *testing.T, machines int) repair.Submission {
	t.Helper()
	s := repair.Submission{
		Contact: repair.Contact{Company: "Wiretest", Name: "Ann Example", Phone: "+1 403 555 0142", Language: "en"},
		ReturnAddress: repair.Address{Country: "CA", Province: "Alberta", City: "Calgary", Street: "1 Example Road",
			Postcode: "T1A 0A1", Recipient: "Ann Example", Phone: "+1 403 555 0142"},
		Reference: "wiretest",
	}
	for range machines {
		id := newID(t)
		s.Devices = append(s.Devices, repair.SubmittedDevice{ID: repair.DeviceID(id), Model: "X16-P", Complaint: "Hash rate is zero",
			Serial: repair.SerialNumber("WT" + strings.ToUpper(strings.ReplaceAll(id, "-", "")[12:]))})
	}
	return s
}

func (s *suite) submit(t *testing.T) {
	one := submission(t, 2)
	s.order, s.body = repair.WorkOrderID(newID(t)), encode(t, one)
	for _, d := range one.Devices {
		s.devices = append(s.devices, d.ID)
	}
	path := wire.PathWorkOrders + string(s.order)

	var first, again wire.Accepted
	s.do(t, "PUT", path, call{by: s.ann, body: s.body}).into(t, 201, &first)
	a := s.do(t, "PUT", path, call{by: s.ann, body: s.body})
	a.into(t, 200, &again)
	if a.header.Get(wire.HeaderReplayed) != "true" || fmt.Sprint(first) != fmt.Sprint(again) {
		t.Errorf("the same bytes got another answer:\n%+v\n%+v", first, again)
	}
	if first.Number == "" || first.Rev == 0 || first.Acknowledgement.Fingerprint != wire.Fingerprint(s.body) || len(first.Warnings) != 0 {
		t.Errorf("accepted: %+v", first)
	}
	if err := first.Acknowledgement.Verify(s.info(t, s.ann).SigningKey); err != nil {
		t.Error(err)
	}
	forged := first.Acknowledgement
	forged.Number += "1"
	if forged.Verify(s.info(t, s.ann).SigningKey) == nil {
		t.Error("a forged acknowledgement verifies")
	}

	s.do(t, "PUT", path, call{by: s.ann, body: encode(t, submission(t, 1))}).wants(t, 409, wire.CodeIDReused)
	s.do(t, "PUT", path, call{by: s.bob, body: s.body}).wants(t, 409, wire.CodeIDReused)
	s.do(t, "PUT", path, call{body: s.body}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "PUT", path, call{by: s.technician, body: s.body}).wants(t, 403, "person.wrong_side")
	s.do(t, "PUT", path, call{by: s.ann, size: wire.MaxBody + 1}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "PUT", path, call{by: s.ann, body: s.body, headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
	s.malformed(t)
	s.refused(t)
	s.duplicate(t, one)
	s.together(t)
}

// malformed: a request is read strictly.
func (s *suite) malformed(t *testing.T) {
	path := wire.PathWorkOrders + newID(t)
	for name, body := range map[string]string{
		"no JSON":            `{"contact":`,
		"an unknown field":   `{"contcat":{}}`,
		"a field twice":      `{"note":"a","note":"b"}`,
		"a field twice deep": `{"contact":{"name":"a","name":"b"}}`,
		"two values":         `{} {}`,
		"a wrong type":       `{"devices":"many"}`,
		"too deep":           `{"devices":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`,
		"not UTF-8":          "{\"note\":\"\xff\"}",
		"nothing":            ``,
	} {
		t.Run(name, func(t *testing.T) {
			s.do(t, "PUT", path, call{by: s.ann, body: []byte(body)}).wants(t, 400, wire.CodeMalformed)
		})
	}
	for _, id := range []string{"7", "0F8FAD5B-D9CB-469F-A165-70867728950E", "f47ac10b-58cc-4372-a567-0e02b2c3d479"} {
		s.do(t, "PUT", wire.PathWorkOrders+id, call{by: s.ann, body: s.body}).wants(t, 400, wire.CodeMalformed)
	}
}

// refused: what the rules forbid leaves no trace, so that the mended draft may
// be filed under the same id.
func (s *suite) refused(t *testing.T) {
	path := wire.PathWorkOrders + newID(t)
	bad := submission(t, 1)
	bad.Devices[0].Serial = ""
	p := s.do(t, "PUT", path, call{by: s.ann, body: encode(t, bad)}).wants(t, 422, "intake.missing_serial")
	if p.Rule != "R12" || p.Retry != wire.RetryUser || p.Args["row"] != "1" {
		t.Errorf("the refusal does not say rule, row and what to do: %+v", p)
	}
	s.do(t, "PUT", path, call{by: s.ann, body: encode(t, submission(t, 1))}).into(t, 201, nil)
}

// duplicate: a device that is in an open work order is a warning, not a refusal,
// and only within the account.
func (s *suite) duplicate(t *testing.T, one repair.Submission) {
	twice := submission(t, 2)
	twice.Devices[1].Serial = "  " + repair.SerialNumber(strings.ToLower(string(one.Devices[0].Serial)))
	var accepted wire.Accepted
	s.do(t, "PUT", wire.PathWorkOrders+newID(t), call{by: s.ann, body: encode(t, twice)}).into(t, 201, &accepted)
	if len(accepted.Warnings) != 1 || accepted.Warnings[0].Code != wire.CodeDuplicate || accepted.Warnings[0].Row != 2 {
		t.Errorf("warnings %+v", accepted.Warnings)
	}
	other := submission(t, 1)
	other.Devices[0].Serial = one.Devices[0].Serial
	accepted = wire.Accepted{}
	s.do(t, "PUT", wire.PathWorkOrders+newID(t), call{by: s.bob, body: encode(t, other)}).into(t, 201, &accepted)
	if len(accepted.Warnings) != 0 {
		t.Errorf("another account's machine is told: %+v", accepted.Warnings)
	}
}

// together: the same request many times at once has one effect, and every one of
// them gets the same answer.
func (s *suite) together(t *testing.T) {
	path, body := wire.PathWorkOrders+newID(t), encode(t, submission(t, 3))
	answers := make([]answer, 8)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = s.raw(t, "PUT", path, s.ann, body) })
	}
	all.Wait()
	created := 0
	for _, a := range answers {
		if a.status == 201 {
			created++
		}
		if (a.status != 201 && a.status != 200) || string(a.body) != string(answers[0].body) {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
	if created != 1 {
		t.Errorf("%d of 8 equal requests created something", created)
	}
}

// info reads what the centre says about itself from the feed.
func (s *suite) info(t *testing.T, by who) (info repair.CentreInfo) {
	t.Helper()
	for _, row := range s.feed(t, by, "") {
		if row.T == wire.RowCentre {
			unmarshal(t, row.D, &info)
		}
	}
	return info
}

// isolation: to another account a work order does not exist.
func (s *suite) isolation(t *testing.T) {
	path := wire.PathWorkOrders + string(s.order)
	var mine repair.Case
	s.do(t, "GET", path, call{by: s.ann}).into(t, 200, &mine)
	if mine.Order.Account != s.ann.Account || len(mine.Devices) != 2 {
		t.Errorf("got account %s and %d devices", mine.Order.Account, len(mine.Devices))
	}
	s.do(t, "GET", path, call{by: s.technician}).into(t, 200, nil)
	s.do(t, "GET", path, call{}).wants(t, 401, wire.CodeTokenExpired)
	foreign := s.do(t, "GET", path, call{by: s.bob})
	unknown := s.do(t, "GET", wire.PathWorkOrders+newID(t), call{by: s.bob})
	foreign.wants(t, 404, wire.CodeOrderNotFound)
	if string(foreign.body) != string(unknown.body) {
		t.Errorf("a foreign work order is told from an unknown one:\n%s\n%s", foreign.body, unknown.body)
	}
	for _, row := range s.feed(t, s.bob, "") {
		if row.WorkOrder == s.order || strings.Contains(string(row.D), string(s.ann.Account)) {
			t.Errorf("another account's %s is in the feed", row.T)
		}
	}
}
