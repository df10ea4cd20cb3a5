package centre

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
)

// writer writes the rows of one commit, all with its rev.
type writer struct {
	tx     Tx
	rev    int64
	digest hash.Hash
}

// commit gives what write saves one rev and one line in the log. It is the last
// thing of its transaction.
func (c *Centre) commit(ctx context.Context, tx Tx, why Commit, write func(*writer) error) (int64, error) {
	head, err := tx.Head(ctx)
	if err != nil {
		return 0, err
	}
	w := &writer{tx: tx, rev: head.Rev + 1, digest: sha256.New()}
	if err := write(w); err != nil {
		return 0, err
	}
	why.Rev, why.At, why.Digest = w.rev, c.at(), w.digest.Sum(nil)
	why.Chain = link(head.Chain, why)
	return w.rev, tx.Append(ctx, why)
}

// save writes a row; v becomes its body, unless the row is deleted.
func (w *writer) save(ctx context.Context, r Row, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.T, r.ID, err)
	}
	r.Rev, r.Body = w.rev, body
	if err := w.tx.Save(ctx, r); err != nil {
		return fmt.Errorf("%s %s: %w", r.T, r.ID, err)
	}
	sum := sha256.Sum256(body)
	fmt.Fprintf(w.digest, "%s %s %t %x\n", r.T, r.ID, r.Deleted, sum)
	return nil
}

// link is the chain's next hash: it covers the line and all before it.
func link(before []byte, c Commit) []byte {
	h := sha256.New()
	h.Write(before)
	var rev [8]byte
	binary.BigEndian.PutUint64(rev[:], uint64(c.Rev))
	h.Write(rev[:])
	fmt.Fprintf(h, "%q %q %q %q %q %q", c.At, c.Op, c.Kind, c.Account, c.User, c.Install)
	h.Write(c.Digest)
	return h.Sum(nil)
}

// signed fills in who commits.
func (by Caller) signed(op, kind string) Commit {
	return Commit{Op: op, Kind: kind, Account: by.Account, User: by.User, Install: by.Install}
}
