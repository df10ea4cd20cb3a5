package app

import (
	"context"
	"encoding/json"

	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// outboxFile is what is unsent, for a person to keep or to hand to the centre by
// other means. The bodies are the frozen bytes.
type outboxFile struct {
	Hashmend string         `json:"hashmend"` // the version that wrote it
	At       repair.Instant `json:"at"`
	ServerID string         `json:"server_id"`
	Account  string         `json:"account"`
	Items    []outboxEntry  `json:"items"`
}

type outboxEntry struct {
	ID          string              `json:"id"`
	Kind        string              `json:"kind"`
	WorkOrder   repair.WorkOrderID  `json:"work_order"`
	State       localdb.OutboxState `json:"state"`
	Fingerprint string              `json:"fingerprint"` // SHA-256 of body
	Created     repair.Instant      `json:"created"`
	Reason      *repair.Error       `json:"reason,omitempty"`
	Body        json.RawMessage     `json:"body"`
}

// exportOutbox writes what the centre may not have yet.
func (h *house) exportOutbox(ctx context.Context) (desk.SavedFile, error) {
	now := h.now()
	if now == nil {
		return desk.SavedFile{}, desk.ErrSignedOut
	}
	at := h.app.Now()
	out := outboxFile{Hashmend: h.app.Version, At: repair.At(at), ServerID: now.ServerID, Account: string(now.Account), Items: []outboxEntry{}}
	err := h.db.View(ctx, func(t localdb.VaultTx) error {
		items, err := t.OpenOutbox(ctx, now.Scope)
		if err != nil {
			return err
		}
		for _, it := range items {
			body, err := t.OutboxBody(ctx, it.ID)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, outboxEntry{
				ID: it.ID, Kind: it.Kind, WorkOrder: it.WorkOrder, State: it.State, Fingerprint: it.Fingerprint,
				Created: it.CreatedAt, Reason: it.Reason, Body: body,
			})
		}
		return nil
	})
	if err != nil {
		return desk.SavedFile{}, err
	}
	text, err := json.Marshal(out)
	if err != nil {
		return desk.SavedFile{}, err
	}
	return h.give("hashmend-unsent-"+at.UTC().Format("2006-01-02")+".json", append(text, '\n'))
}
