package centre

import (
	"bytes"
	"context"
)

// checkLogs follows every chain from its first line to its scope's head, and
// holds each line of the centre's own people against the one that it stands for.
func checkLogs(ctx context.Context, tx Tx, fault func(string, ...any)) (map[Scope]int64, error) {
	standings, err := tx.Heads(ctx)
	if err != nil {
		return nil, err
	}
	heads := map[Scope]int64{}
	lines := int64(0) // of others than the centre's own people, in the new form
	for _, standing := range standings {
		heads[standing.Scope] = standing.Seq
		log := chainCheck{scope: standing.Scope, fault: fault, tx: tx}
		if err := tx.EachCommit(ctx, standing.Scope, func(c Commit) error { return log.next(ctx, c) }); err != nil {
			return nil, err
		}
		if log.before.Seq != standing.Seq || !bytes.Equal(log.before.Chain, standing.Chain) {
			fault("the log of %q ends at commit %d and not at %d", standing.Scope.name(), log.before.Seq, standing.Seq)
		}
		if standing.Scope == Own {
			lines -= log.stands
		} else {
			lines += log.own
		}
	}
	if lines != 0 {
		fault("the scopes have %d commits more than the log of everything", lines)
	}
	return heads, nil
}

type chainCheck struct {
	tx     Tx
	scope  Scope
	fault  func(string, ...any)
	before Commit
	own    int64 // lines of this scope in the new form
	stands int64 // lines that stand for one of another scope
}

func (k *chainCheck) next(ctx context.Context, c Commit) error {
	before := k.before
	k.before = c
	switch {
	case c.Form == formOfAll && k.scope != Own:
		// It was chained in the one log for everything, which still has it.
		all, found, err := k.tx.CommitOf(ctx, Own, c.Seq)
		if err != nil {
			return err
		}
		if !found || !bytes.Equal(all.Chain, c.Chain) || c.Install != all.Install || before.Form == formOfScope {
			k.fault("commit %d of %q is not that of the old log", c.Seq, k.scope.name())
		}
		return nil
	case c.Seq != before.Seq+1:
		k.fault("commit %d of %q follows commit %d", c.Seq, k.scope.name(), before.Seq)
	}
	if !bytes.Equal(c.Chain, link(before.Chain, c)) {
		k.fault("commit %d of %q does not match its chain", c.Seq, k.scope.name())
	}
	if c.Form == formOfAll {
		return nil
	}
	k.own++
	if c.Of == c.Mark {
		return nil
	}
	k.stands++
	of, found, err := k.tx.CommitOf(ctx, c.Of.Scope, c.Of.Seq)
	if err == nil && (!found || !bytes.Equal(of.Chain, c.Digest)) {
		k.fault("commit %d of %q stands for commit %d of %q, which is another", c.Seq, k.scope.name(), c.Of.Seq, c.Of.Scope.name())
	}
	return err
}
