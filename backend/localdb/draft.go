package localdb

import (
	"context"
	"encoding/json"
	"strings"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// DraftState is where a draft stands.
type DraftState string

// States of a draft. A refused submission gives an open draft whose Outbox says why.
const (
	DraftOpen      DraftState = "open"
	DraftSent      DraftState = "sent"
	DraftFiled     DraftState = "filed" // its work order has come back from the centre
	DraftDiscarded DraftState = "discarded"
)

// DraftHeader is what stands above the rows.
type DraftHeader struct {
	Contact   repair.Contact `json:"contact"`
	Address   repair.Address `json:"address"`
	Reference string         `json:"reference"`
	Note      string         `json:"note"`
	Columns   []string       `json:"columns"` // extra columns of the customer's file
}

// Draft is a draft without its rows.
type Draft struct {
	ID    string
	Scope Scope
	DraftHeader
	RowCount  int
	Version   int64 // counts every change
	Step      int   // the last step done
	State     DraftState
	Outbox    string // the submission it was sent as last, "" for none
	CreatedAt repair.Instant
	UpdatedAt repair.Instant
}

// DraftRow is one device line. Its JSON is how bulk statements and steps write it.
type DraftRow struct {
	ID        string `json:"id"`
	Pos       int64  `json:"pos"`
	Serial    string `json:"serial"`
	Key       string `json:"key"` // of the serial number, for comparing
	Model     string `json:"model"`
	Complaint string `json:"complaint"`
	ShipDate  string `json:"ship_date"`
	Photos    string `json:"photos"` // list of repair.FileRef as JSON, "" for none
	Extra     string `json:"extra"`  // other columns as JSON object, "" for none
	Found     string `json:"found"`  // findings of the reading, JSON list, "" for none
}

// CreateDraft begins a draft.
func (t VaultTx) CreateDraft(ctx context.Context, id string, scope Scope, h DraftHeader, now repair.Instant) error {
	p, err := headerParameters(h)
	if err != nil {
		return err
	}
	p["id"], p["scope"], p["at"] = id, string(scope), string(now)
	_, err = t.tx.Exec(ctx, "draft_add", p)
	return err
}

func headerParameters(h DraftHeader) (sqlkit.P, error) {
	contact, err := json.Marshal(h.Contact)
	if err != nil {
		return nil, err
	}
	address, err := json.Marshal(h.Address)
	if err != nil {
		return nil, err
	}
	columns, err := json.Marshal(nonNil(h.Columns))
	if err != nil {
		return nil, err
	}
	return sqlkit.P{
		"contact": string(contact), "address": string(address), "columns": string(columns),
		"reference": h.Reference, "note": h.Note,
		"search": searchText(h.Reference, h.Contact.Company, h.Contact.Name, h.Contact.Phone, h.Note),
	}, nil
}

// Draft gives one draft.
func (t VaultTx) Draft(ctx context.Context, id string) (Draft, error) {
	d, found, err := t.draft(ctx, "draft_one", sqlkit.P{"id": id})
	if err == nil && !found {
		return Draft{}, notFound("draft.not_found", id)
	}
	return d, err
}

// UntouchedDraft finds the newest draft in which nothing was ever typed.
func (t VaultTx) UntouchedDraft(ctx context.Context, scope Scope) (Draft, bool, error) {
	return t.draft(ctx, "draft_untouched", sqlkit.P{"scope": string(scope)})
}

func (t VaultTx) draft(ctx context.Context, name string, p sqlkit.P) (d Draft, found bool, err error) {
	var contact, address, columns string
	found, err = t.tx.Row(ctx, name, p, &d.ID, &d.Scope, &contact, &address, &d.Reference, &d.Note, &columns,
		&d.RowCount, &d.Version, &d.Step, &d.State, &d.Outbox, &d.CreatedAt, &d.UpdatedAt)
	if err != nil || !found {
		return d, found, err
	}
	for text, dest := range map[*string]any{&contact: &d.Contact, &address: &d.Address, &columns: &d.Columns} {
		if err := json.Unmarshal([]byte(*text), dest); err != nil {
			return d, true, err
		}
	}
	return d, true, nil
}

// LastHeader gives contact and address of the newest draft, for the next one.
func (t VaultTx) LastHeader(ctx context.Context, scope Scope) (h DraftHeader, found bool, err error) {
	var contact, address string
	found, err = t.tx.Row(ctx, "draft_last_address", sqlkit.P{"scope": string(scope)}, &contact, &address)
	if err != nil || !found {
		return h, found, err
	}
	if err := json.Unmarshal([]byte(contact), &h.Contact); err != nil {
		return h, true, err
	}
	return h, true, json.Unmarshal([]byte(address), &h.Address)
}

// SetDraftState moves a draft; outbox is the submission it belongs to now.
func (t VaultTx) SetDraftState(ctx context.Context, id string, state DraftState, outbox string, now repair.Instant) error {
	_, err := t.tx.Exec(ctx, "draft_state", sqlkit.P{"id": id, "state": string(state), "outbox": outbox, "at": string(now)})
	return err
}

// ListFilter narrows a list of drafts or work orders. Text is in small letters;
// IDs are found by other means and count as well.
type ListFilter struct {
	Before   repair.Instant // with BeforeID the last row shown; "" begins with the newest
	BeforeID string
	Stages   []repair.Stage // of work orders; nil: all
	Text     string
	IDs      []string // nil with an empty Text: all
	Limit    int
}

func (f ListFilter) narrow() bool { return f.Text != "" || f.IDs != nil }

// needle is what instr looks for: a text that nothing holds where only IDs count.
func (f ListFilter) needle() string {
	if f.Text == "" && f.IDs != nil {
		return "\x00"
	}
	return f.Text
}

// end is after every instant: the list begins there.
const end = "9999"

func (f ListFilter) parameters(scope any) sqlkit.P {
	before := string(f.Before)
	if before == "" {
		before = end
	}
	return sqlkit.P{"scope": scope, "before": before, "before_id": f.BeforeID, "text": f.needle(), "ids": list(f.IDs), "limit": f.Limit}
}

// Drafts gives one page of open and sent drafts, newest first.
func (t VaultTx) Drafts(ctx context.Context, scope Scope, f ListFilter) (out []Draft, err error) {
	name := "drafts_page"
	if f.narrow() {
		name = "drafts_page_text"
	}
	err = t.tx.Each(ctx, name, f.parameters(string(scope)), func(scan func(...any) error) error {
		var d Draft
		var contact, address string
		if err := scan(&d.ID, &contact, &address, &d.Reference, &d.Note, &d.RowCount, &d.Version, &d.State, &d.Outbox,
			&d.CreatedAt, &d.UpdatedAt); err != nil {
			return err
		}
		out = append(out, d)
		return json.Unmarshal([]byte(contact), &out[len(out)-1].Contact)
	})
	return out, err
}

// CountDrafts counts open and sent drafts.
func (t VaultTx) CountDrafts(ctx context.Context, scope Scope, f ListFilter) (n int, err error) {
	name := "drafts_count"
	if f.narrow() {
		name = "drafts_count_text"
	}
	_, err = t.tx.Row(ctx, name, f.parameters(string(scope)), &n)
	return n, err
}

// SentDrafts gives the drafts that were sent, with their submissions.
func (t VaultTx) SentDrafts(ctx context.Context, scope Scope) (map[string]string, error) {
	out := map[string]string{}
	err := t.tx.Each(ctx, "drafts_sent", sqlkit.P{"scope": string(scope)}, func(scan func(...any) error) error {
		var id, outbox string
		err := scan(&id, &outbox)
		out[id] = outbox
		return err
	})
	return out, err
}

// searchText joins what a person may look for, in small letters.
func searchText(parts ...string) string { return strings.ToLower(strings.Join(parts, "\n")) }

// list writes ids for json_each.
func list[T ~string](ids []T) string {
	b, err := json.Marshal(nonNil(ids))
	if err != nil {
		return "[]" // strings always encode
	}
	return string(b)
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// AdoptDrafts gives a session the drafts and files that were made before this
// desk spoke for anybody.
func (t VaultTx) AdoptDrafts(ctx context.Context, scope Scope) error {
	for _, name := range []string{"drafts_adopt", "files_adopt"} {
		if _, err := t.tx.Exec(ctx, name, sqlkit.P{"scope": string(scope)}); err != nil {
			return err
		}
	}
	return nil
}
