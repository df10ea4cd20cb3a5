package centre

import (
	"context"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// room refuses a file that the disk has no room for beside what is kept for orders,
// or that is more than its account may have. The centre's own people have no quota.
func (c *Centre) room(ctx context.Context, tx Tx, scope repair.AccountID, size int64) error {
	if c.spare != nil {
		if err := c.spare(size); err != nil {
			return refuse(repair.Unavailable, wire.CodeDiskFull).Because(err)
		}
	}
	if c.quota <= 0 || scope == "" {
		return nil
	}
	used, err := tx.BytesOf(ctx, scope)
	if err == nil && used+size > c.quota {
		return refuse(repair.Conflict, wire.CodeQuota)
	}
	return err
}
