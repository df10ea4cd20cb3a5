package centre

import (
	"bytes"
	"context"
	"sync"

	"hashmend/backend/repair"
)

// known is what the centre says about itself, as it was last read. It grows with
// every PC that joins, and every deed asks for it.
type known struct {
	mu    sync.Mutex
	chain []byte // of the log of what everybody sees, which it is true of
	info  repair.CentreInfo
}

// info is loadInfo for who does not change it: the same until somebody has written
// what everybody sees. The chain tells two pasts apart that have the same number of
// lines, so that what was undone is not remembered.
func (c *Centre) info(ctx context.Context, tx Tx) (repair.CentreInfo, error) {
	at, err := tx.Stands(ctx, Public)
	if err != nil {
		return repair.CentreInfo{}, err
	}
	c.known.mu.Lock()
	info, fresh := c.known.info, bytes.Equal(at.Chain, c.known.chain)
	c.known.mu.Unlock()
	if fresh && len(at.Chain) > 0 {
		return info, nil
	}
	if info, err = loadInfo(ctx, tx); err != nil {
		return info, err
	}
	c.known.mu.Lock()
	c.known.chain, c.known.info = at.Chain, info
	c.known.mu.Unlock()
	return info, nil
}
