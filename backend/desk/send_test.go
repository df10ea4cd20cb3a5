package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestR12WhatBlocksIsNotSent(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: h.rows(id)[0].ID, Column: "serial"}})
	h.ok(err)
	_, err = h.SendDraft(h.ctx(), id)
	h.refused(err, "draft.blocked")
	if v, _ := h.Draft(h.ctx(), id); v.Blocking == 0 || v.State != MarkSaved {
		t.Errorf("got %+v", v)
	}
}

func TestSendFreezesTheBytesAndMayBeTakenBackForNineSeconds(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	v, err := h.SendDraft(h.ctx(), id)
	h.ok(err)
	if v.State != MarkHolding || v.HoldUntil != repair.At(h.now.Add(9*time.Second)) || v.Order == "" || h.woken == 0 {
		t.Errorf("got %+v", v)
	}
	_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: h.rows(id)[0].ID, Column: "model", Value: "other"}})
	h.refused(err, "draft.not_open")
	v, err = h.CancelSend(h.ctx(), id)
	h.ok(err)
	if v.State != MarkSaved || v.Order != "" {
		t.Errorf("taken back: %+v", v)
	}
	v, err = h.SendDraft(h.ctx(), id)
	h.ok(err)
	h.now = h.now.Add(9 * time.Second)
	items := h.due()
	if len(items) != 1 || items[0].ID != v.Order {
		t.Fatalf("due: %+v", items)
	}
	body, _, err := h.DB.MarkSending(h.ctx(), v.Order, repair.At(h.now))
	h.ok(err)
	sum := sha256.Sum256(body)
	var s repair.Submission
	h.ok(json.Unmarshal(body, &s))
	if items[0].Fingerprint != hex.EncodeToString(sum[:]) || len(s.Devices) != 2 || s.Devices[1].Serial != rt.Serial(2) {
		t.Errorf("the frozen bytes are not the draft's: %s", body)
	}
	_, err = h.CancelSend(h.ctx(), id)
	h.refused(err, "draft.send_too_late")
}

func TestARefusedDraftIsEditedAndSentAsAnother(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	v, err := h.SendDraft(h.ctx(), id)
	h.ok(err)
	first := v.Order
	_, _, err = h.DB.MarkSending(h.ctx(), first, repair.At(h.now.Add(time.Minute)))
	h.ok(err)
	h.ok(h.DB.MarkRefused(h.ctx(), first, &repair.Error{Kind: repair.Invalid, Code: "submission.city_missing"}, repair.At(h.now)))
	v, err = h.Draft(h.ctx(), id)
	h.ok(err)
	if v.State != MarkRefused || v.Refusal == nil || v.Refusal.Code != "submission.city_missing" {
		t.Errorf("got %+v", v)
	}
	h.ok(h.DiscardOutbox(h.ctx(), first))
	if seen, _ := h.Draft(h.ctx(), id); seen.State != MarkSaved || seen.Refusal != nil {
		t.Errorf("a refusal that was put away: %+v", seen)
	}
	_, err = h.SetDraftHeader(h.ctx(), id, DraftHeader{Contact: v.Contact, ReturnAddress: v.ReturnAddress, Reference: "mended"})
	h.ok(err)
	v, err = h.SendDraft(h.ctx(), id)
	h.ok(err)
	if v.Order == first {
		t.Error("the centre has answered that id for ever")
	}
	rows, err := h.Outbox(h.ctx())
	h.ok(err)
	if len(rows) != 1 || rows[0].ID != v.Order {
		t.Errorf("got %+v", rows)
	}
}
