package desk

import "testing"

// typing gives what the draft says is being typed; the zero value for nothing.
func (h *hand) typing(id string) DraftTyping {
	h.t.Helper()
	v, err := h.Draft(h.ctx(), id)
	h.ok(err)
	if v.Typing == nil {
		return DraftTyping{}
	}
	return *v.Typing
}

func TestWhatIsBeingTypedIsKeptKeyByKeyAndIsNoStep(t *testing.T) {
	h := at(t)
	id := h.draft(3)
	rows := h.rows(id)
	before, err := h.Draft(h.ctx(), id)
	h.ok(err)
	for _, text := range []string{"s", "sm", "smo"} {
		h.ok(h.TypeDraft(h.ctx(), id, rows[1].ID, "complaint", text))
	}
	if got := h.typing(id); got != (DraftTyping{Line: 2, Column: "complaint", Value: "smo"}) {
		t.Errorf("got %+v", got)
	}
	after, err := h.Draft(h.ctx(), id)
	h.ok(err)
	if after.Undo != before.Undo || after.SavedAt != before.SavedAt || h.rows(id)[1].Complaint != rows[1].Complaint {
		t.Errorf("a key is a step of its own: %+v", after)
	}
	_, err = h.InsertDraftRows(h.ctx(), id, 0, 2)
	h.ok(err)
	if got := h.typing(id); got.Line != 4 {
		t.Errorf("it stands in line %d now", got.Line)
	}
	_, err = h.DeleteDraftRows(h.ctx(), id, []string{rows[1].ID})
	h.ok(err)
	if got := h.typing(id); got != (DraftTyping{}) {
		t.Errorf("its row is gone: %+v", got)
	}
}

func TestTypingEndsWhenItIsSavedOrGivenBack(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	row := h.rows(id)[0].ID
	h.ok(h.TypeDraft(h.ctx(), id, row, "model", "X1"))
	_, err := h.EditDraft(h.ctx(), id, []CellEdit{{Row: row, Column: "complaint", Value: "another cell"}})
	h.ok(err)
	if h.typing(id).Value != "X1" {
		t.Error("another cell's edit ended it")
	}
	_, err = h.EditDraft(h.ctx(), id, []CellEdit{{Row: row, Column: "model", Value: "X16"}})
	h.ok(err)
	if got := h.typing(id); got != (DraftTyping{}) {
		t.Errorf("saved, and still there: %+v", got)
	}
	h.ok(h.TypeDraft(h.ctx(), id, row, "model", "X"))
	h.ok(h.StopTypingDraft(h.ctx(), id))
	if got := h.typing(id); got != (DraftTyping{}) {
		t.Errorf("given back, and still there: %+v", got)
	}
	if err := h.TypeDraft(h.ctx(), id, row, "weight", "9"); err == nil {
		t.Error("an unknown column was typed into")
	}
}

func TestTypingIntoTheEmptyLineBecomesARow(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	h.ok(h.TypeDraft(h.ctx(), id, "", "serial", "JXT9"))
	if got := h.typing(id); got != (DraftTyping{Line: 3, Column: "serial", Value: "JXT9"}) {
		t.Errorf("got %+v", got)
	}
	_, err := h.PasteDraft(h.ctx(), id, 2, "serial", "JXT99")
	h.ok(err)
	if got := h.typing(id); got != (DraftTyping{}) || len(h.rows(id)) != 3 {
		t.Errorf("got %+v, %d rows", got, len(h.rows(id)))
	}
}

func TestASentDraftIsNotTypedInto(t *testing.T) {
	h := at(t)
	id := h.draft(1)
	_, err := h.SendDraft(h.ctx(), id)
	h.ok(err)
	h.ok(h.TypeDraft(h.ctx(), id, h.rows(id)[0].ID, "complaint", "late"))
	_, err = h.CancelSend(h.ctx(), id)
	h.ok(err)
	if got := h.typing(id); got != (DraftTyping{}) {
		t.Errorf("got %+v", got)
	}
}
