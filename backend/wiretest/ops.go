package wiretest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// command sends a command and gives the answer with its bytes.
func (s *suite) command(t *testing.T, by who, cmd repair.Command) (answer, []byte) {
	t.Helper()
	if cmd.ID == "" {
		cmd.ID = repair.CommandID(newID(t))
	}
	body := encode(t, cmd)
	return s.do(t, "PUT", wire.PathOps+string(cmd.ID), call{by: by, body: body}), body
}

// done sends a command that must succeed.
func (s *suite) done(t *testing.T, by who, cmd repair.Command) (result wire.OpResult) {
	t.Helper()
	a, _ := s.command(t, by, cmd)
	a.into(t, 200, &result)
	return result
}

func (s *suite) ops(t *testing.T) {
	say := repair.Command{ID: repair.CommandID(newID(t)), Kind: repair.CmdMessage, WorkOrder: s.order, Text: "Hello 你好 👋"}
	path := wire.PathOps + string(say.ID)
	var first, again wire.OpResult
	a, body := s.command(t, s.ann, say)
	a.into(t, 200, &first)
	a = s.do(t, "PUT", path, call{by: s.ann, body: body})
	a.into(t, 200, &again)
	if !again.Replayed || again.Rev != first.Rev || a.header.Get(wire.HeaderReplayed) != "true" {
		t.Errorf("first %+v, again %+v", first, again)
	}
	messages := 0
	for _, row := range s.feed(t, s.ann, "") {
		if row.T == wire.RowMessage && row.WorkOrder == s.order {
			messages++
		}
	}
	if messages != 1 {
		t.Errorf("one message sent twice is there %d times", messages)
	}

	say.Text = "Other bytes"
	s.do(t, "PUT", path, call{by: s.ann, body: encode(t, say)}).wants(t, 409, wire.CodeIDReused)
	s.do(t, "PUT", path, call{body: body}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "PUT", path, call{by: s.ann, size: wire.MaxBody + 1}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "PUT", path, call{by: s.ann, body: body, headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
	s.do(t, "PUT", wire.PathOps+newID(t), call{by: s.ann, body: body}).wants(t, 400, wire.CodeMalformed)
	s.do(t, "PUT", path, call{by: s.ann, body: body, headers: map[string]string{"If-Match": `"then"`}}).wants(t, 400, wire.CodeMalformed)

	a, _ = s.command(t, s.bob, repair.Command{Kind: repair.CmdMessage, WorkOrder: s.order, Text: "Not mine"})
	if p := a.wants(t, 404, wire.CodeOrderNotFound); p.Retry != wire.RetryAfter {
		t.Errorf("retry %q: the submission may still be on its way", p.Retry)
	}
	diagnosis := &repair.DiagnosisGiven{Result: repair.ReturnRecommended}
	a, _ = s.command(t, s.ann, repair.Command{Kind: repair.CmdDiagnose, WorkOrder: s.order, Diagnosis: diagnosis})
	a.wants(t, 403, "person.wrong_side")
	a, _ = s.command(t, s.technician, repair.Command{Kind: repair.CmdClose, WorkOrder: s.order})
	a.wants(t, 403, wire.CodeRole)
	a, _ = s.command(t, s.ann, repair.Command{Kind: repair.CmdAcceptQuotes, WorkOrder: s.order})
	a.wants(t, 422, "command.part_missing")
	s.refusalStays(t)
	s.asSeen(t, diagnosis)
}

// refusalStays: a refusal by the rules is the answer to that command for ever,
// even when the same decision would pass now.
func (s *suite) refusalStays(t *testing.T) {
	id := repair.WorkOrderID(newID(t))
	s.do(t, "PUT", wire.PathWorkOrders+string(id), call{by: s.ann, body: encode(t, submission(t, 1))}).into(t, 201, nil)
	reopen := repair.Command{ID: repair.CommandID(newID(t)), Kind: repair.CmdReopen, WorkOrder: id}
	a, body := s.command(t, s.ann, reopen)
	a.wants(t, 409, "order.not_resolved")
	s.done(t, s.technician, repair.Command{Kind: repair.CmdDiagnose, WorkOrder: id,
		Diagnosis: &repair.DiagnosisGiven{Result: repair.ResolvedRemote, Note: "Restart it."}})
	s.do(t, "PUT", wire.PathOps+string(reopen.ID), call{by: s.ann, body: body}).wants(t, 409, "order.not_resolved")
	s.done(t, s.ann, repair.Command{Kind: repair.CmdReopen, WorkOrder: id})
}

// asSeen: a decision about something that somebody else has changed since is
// refused; one about anything else is not.
func (s *suite) asSeen(t *testing.T, diagnosis *repair.DiagnosisGiven) {
	s.done(t, s.technician, repair.Command{Kind: repair.CmdDiagnose, WorkOrder: s.order, Diagnosis: diagnosis})
	ask := func(reason string, seen int64) repair.Command {
		return repair.Command{Kind: repair.CmdRequestCorrection, WorkOrder: s.order, SeenRev: seen, Correction: &repair.CorrectionAsk{
			ID: repair.CorrectionID(newID(t)), Device: s.devices[0], Field: "model", To: "X16-QE " + reason, Reason: reason}}
	}
	seen := s.done(t, s.ann, ask("first", 0)).Rev
	correction := s.corrections(t)[0]
	now := s.done(t, s.office, repair.Command{Kind: repair.CmdDecideCorrection, WorkOrder: s.order, CorrectionID: correction, Approve: true}).Rev
	a, _ := s.command(t, s.ann, ask("second", seen))
	if p := a.wants(t, 412, wire.CodeOrderChanged); p.Rev != now {
		t.Errorf("the problem says rev %d, the work order has %d", p.Rev, now)
	}
	cmd := ask("third", 0)
	cmd.ID = repair.CommandID(newID(t))
	s.do(t, "PUT", wire.PathOps+string(cmd.ID), call{by: s.ann, body: encode(t, cmd), headers: map[string]string{"If-Match": strconv.Quote(fmt.Sprint(seen))}}).
		wants(t, 412, wire.CodeOrderChanged)
	s.done(t, s.ann, repair.Command{Kind: repair.CmdMessage, WorkOrder: s.order, SeenRev: seen, Text: "A message depends on nothing."})
	s.done(t, s.ann, ask("fourth", now))
}

func (s *suite) corrections(t *testing.T) (ids []repair.CorrectionID) {
	t.Helper()
	var whole repair.Case
	s.do(t, "GET", wire.PathWorkOrders+string(s.order), call{by: s.ann}).into(t, 200, &whole)
	for _, c := range whole.Corrections {
		ids = append(ids, c.ID)
	}
	return ids
}

// raw makes a request from a goroutine, where the test must not be ended.
func (s *suite) raw(t *testing.T, method, path string, by who, body []byte) answer {
	r, err := http.NewRequestWithContext(t.Context(), method, s.target.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return answer{}
	}
	r.Header.Set("Authorization", "Bearer "+by.token)
	r.Header.Set("Content-Type", wire.TypeJSON)
	response, err := s.http.Do(r)
	if err != nil {
		t.Error(err)
		return answer{}
	}
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	_ = response.Body.Close()
	return answer{response.StatusCode, response.Header, data}
}

func unmarshal(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}
