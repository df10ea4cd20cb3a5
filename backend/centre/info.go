package centre

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

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

// ChangeInfo changes what the centre publishes, in one deed: what another says of it
// meanwhile is not lost. Its id, its key list and the words on its services and letters stay. change
// may be called again, each time with what is so then.
func (c *Centre) ChangeInfo(ctx context.Context, change func(info *repair.CentreInfo) error) error {
	return c.update(ctx, func(tx *deed) error {
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		id, keys, services, letters := info.ServerID, maps.Clone(info.SigningKey), slices.Clone(info.Tracking), info.Letters
		if err := change(&info); err != nil {
			return err
		}
		info.ServerID, info.SigningKey, info.Tracking, info.Letters = id, keys, services, letters
		if info.Name == "" {
			return refuse(repair.Invalid, wire.CodeMalformed).With("why", "the name is empty")
		}
		if row, err := repair.CheckPrices(info.Prices, info.Settings); err != nil {
			return fmt.Errorf("price %d: %w", row, err)
		}
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

// SayLetters publishes whether the centre writes letters from now on.
func (c *Centre) SayLetters(ctx context.Context, writes bool) error {
	if info, err := c.Info(ctx); err != nil || info.Letters == writes {
		return err
	}
	return c.update(ctx, func(tx *deed) error {
		info, err := loadInfo(ctx, tx)
		if err != nil || info.Letters == writes {
			return err
		}
		info.Letters = writes
		return c.saveInfo(ctx, tx, info, Commit{Kind: "letters"})
	})
}

func publish(info *repair.CentreInfo, public ed25519.PublicKey) {
	info.SigningKey[wire.KeyID(public)] = base64.StdEncoding.EncodeToString(public)
}
