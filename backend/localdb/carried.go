package localdb

import (
	"context"

	"hashmend/backend/sqlkit"
)

// CarriedOutbox lists what a person may carry to the centre by other means, oldest
// first: all that is not confirmed, and all that the centre has accepted, however
// long ago.
func (t VaultTx) CarriedOutbox(ctx context.Context, scope Scope) ([]OutboxItem, error) {
	return t.items(ctx, "outbox_carried", sqlkit.P{"scope": string(scope)})
}
