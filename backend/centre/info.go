package centre

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Info is what the centre publishes about itself.
func (c *Centre) Info(ctx context.Context) (info repair.CentreInfo, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		info, err = c.info(ctx, tx)
		return err
	})
	info.SigningKey = maps.Clone(info.SigningKey) // the rest is only ever replaced
	return info, err
}

// SetInfo changes what the centre publishes. Its id and its key list stay.
func (c *Centre) SetInfo(ctx context.Context, info repair.CentreInfo) error {
	if info.Name == "" {
		return refuse(repair.Invalid, wire.CodeMalformed).With("why", "the name is empty")
	}
	if row, err := repair.CheckPrices(info.Prices, info.Settings); err != nil {
		return fmt.Errorf("price %d: %w", row, err)
	}
	return c.update(ctx, func(tx *deed) error {
		old, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		info.ServerID, info.SigningKey = old.ServerID, old.SigningKey
		return c.saveInfo(ctx, tx, info, Commit{Kind: "set_info"})
	})
}

func loadInfo(ctx context.Context, tx Tx) (info repair.CentreInfo, err error) {
	rows, err := tx.Since(ctx, Public, 0, 1)
	if err != nil {
		return info, err
	}
	if len(rows) == 0 {
		return info, errors.New("the centre's own row is missing")
	}
	return info, json.Unmarshal(rows[0].Body, &info)
}

func (c *Centre) saveInfo(ctx context.Context, tx *deed, info repair.CentreInfo, why Commit) error {
	_, err := c.commit(ctx, tx, Public, why, func(w *writer) error {
		info.Rev = w.rev
		return w.save(ctx, Row{T: wire.RowCentre, ID: info.ServerID}, info)
	})
	return err
}

func publish(info *repair.CentreInfo, public ed25519.PublicKey) {
	info.SigningKey[wire.KeyID(public)] = base64.StdEncoding.EncodeToString(public)
}
