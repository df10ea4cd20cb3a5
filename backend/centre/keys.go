package centre

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"

	"hashmend/backend/wire"
)

// RotateKey gives the centre a new key to sign with. The old one stays published:
// what it has signed stays good. A centre that is at work signs with the new one
// from its next start.
func (c *Centre) RotateKey(ctx context.Context) (id string, err error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	err = c.update(ctx, func(tx *deed) error {
		if err := tx.SaveSigningKey(ctx, private, c.at()); err != nil {
			return err
		}
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		publish(&info, public)
		return c.saveInfo(ctx, tx, info, Commit{Kind: "rotate_key"})
	})
	return wire.KeyID(public), err
}
