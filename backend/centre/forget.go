package centre

import (
	"context"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// ForgetDeletions drops what was deleted longer ago than a desk may be away. A
// cursor from before is expired then.
func (c *Centre) ForgetDeletions(ctx context.Context) error {
	return c.store.Update(ctx, func(tx Tx) error {
		return tx.ForgetDeletions(ctx, repair.At(c.now().Add(-wire.TombstonesKept)))
	})
}
