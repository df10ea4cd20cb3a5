package centre

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Checkpoint is the centre's signed word about where its log of everything stood.
// Kept elsewhere, it shows later whether the past is still the same.
type Checkpoint struct {
	ServerID  string         `json:"server_id"`
	Seq       int64          `json:"seq"`
	Chain     string         `json:"chain"` // hex
	At        repair.Instant `json:"at"`
	KeyID     string         `json:"key_id"`
	Signature string         `json:"signature"` // Ed25519, base64
}

// signed gives the bytes that the signature covers, under a heading that no other
// signature of this program has.
func (p Checkpoint) signed() []byte {
	return []byte(strings.Join([]string{"hashmend checkpoint 1", p.ServerID, strconv.FormatInt(p.Seq, 10), p.Chain, string(p.At)}, "\n"))
}

// Checkpoint says where the log stands.
func (c *Centre) Checkpoint(ctx context.Context) (p Checkpoint, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		head, err := tx.Head(ctx, Own)
		p = Checkpoint{ServerID: c.serverID, Seq: head.Seq, Chain: hex.EncodeToString(head.Chain), At: c.at()}
		return err
	})
	p.KeyID = wire.KeyID(c.key.Public().(ed25519.PublicKey))
	p.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(c.key, p.signed()))
	return p, err
}

// Holds reports whether the log still has what a checkpoint says: nil, or how it
// differs. That the log fits together up to there is Check's to say.
func (c *Centre) Holds(ctx context.Context, p Checkpoint) error {
	info, err := c.Info(ctx)
	if err != nil {
		return err
	}
	public, err := wire.ParsePublicKey(info.SigningKey[p.KeyID])
	signature, bad := base64.StdEncoding.DecodeString(p.Signature)
	if p.ServerID != c.serverID || err != nil || bad != nil || !ed25519.Verify(public, p.signed(), signature) {
		return errors.New("the checkpoint is not this centre's")
	}
	if p.Seq == 0 && p.Chain == "" { // before anything was done
		return nil
	}
	return c.store.View(ctx, func(tx Tx) error {
		line, found, err := tx.CommitOf(ctx, Own, p.Seq)
		if err == nil && (!found || hex.EncodeToString(line.Chain) != p.Chain) {
			err = fmt.Errorf("commit %d is not the one of %s", p.Seq, p.At)
		}
		return err
	})
}
