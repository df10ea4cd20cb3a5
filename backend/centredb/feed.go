package centredb

import (
	"context"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

type scan = func(dest ...any) error

func (t tx) Head(ctx context.Context) (centre.Commit, error) {
	c, _, err := t.commit(ctx, "head", p{})
	return c, err
}

func (t tx) CommitOf(ctx context.Context, rev int64) (centre.Commit, bool, error) {
	return t.commit(ctx, "commit_of", p{"rev": rev})
}

func (t tx) commit(ctx context.Context, name string, with p) (c centre.Commit, found bool, err error) {
	err = t.t.Each(ctx, name, with, func(s scan) error {
		found = true
		c, err = readCommit(s)
		return err
	})
	return c, found, err
}

func readCommit(s scan) (c centre.Commit, err error) {
	err = s(&c.Rev, &c.Chain, &c.Digest, &c.At, &c.Op, &c.Kind, &c.Account, &c.User, &c.Install)
	return c, err
}

func (t tx) EachCommit(ctx context.Context, f func(centre.Commit) error) error {
	return t.t.Each(ctx, "commits", p{}, func(s scan) error {
		c, err := readCommit(s)
		if err != nil {
			return err
		}
		return f(c)
	})
}

func (t tx) Append(ctx context.Context, c centre.Commit) error {
	_, err := t.t.Exec(ctx, "append_commit", p{"rev": c.Rev, "chain": c.Chain, "digest": c.Digest,
		"at": string(c.At), "op": c.Op, "kind": c.Kind, "account": string(c.Account),
		"user": string(c.User), "install": string(c.Install)})
	return err
}

func (t tx) Save(ctx context.Context, r centre.Row) error {
	n, err := t.t.Exec(ctx, "save_entity", p{"t": string(r.T), "id": r.ID, "account": string(r.Account),
		"work_order": string(r.WorkOrder), "rev": r.Rev, "deleted": bit(r.Deleted), "open": bit(r.Open),
		"key": r.Key, "body": string(r.Body)})
	if err == nil && n == 0 {
		return centre.ErrTaken
	}
	return err
}

func (t tx) Load(ctx context.Context, kind centre.RowType, id string) (centre.Row, bool, error) {
	rows, err := t.rows(ctx, "entity", p{"t": string(kind), "id": id})
	if err != nil || len(rows) == 0 {
		return centre.Row{}, false, err
	}
	return rows[0], true, nil
}

func (t tx) OfWorkOrder(ctx context.Context, id repair.WorkOrderID) ([]centre.Row, error) {
	return t.rows(ctx, "entities_of_work_order", p{"work_order": string(id)})
}

func (t tx) Since(ctx context.Context, scope centre.Scope, rev int64, limit int) ([]centre.Row, error) {
	if scope.All {
		return t.rows(ctx, "changes_of_all", p{"rev": rev, "limit": limit})
	}
	return t.rows(ctx, "changes_of_account", p{"account": string(scope.Account), "rev": rev, "limit": limit})
}

func (t tx) OfRev(ctx context.Context, scope centre.Scope, rev int64) ([]centre.Row, error) {
	if scope.All {
		return t.rows(ctx, "rev_of_all", p{"rev": rev})
	}
	return t.rows(ctx, "rev_of_account", p{"account": string(scope.Account), "rev": rev})
}

func (t tx) Lookup(ctx context.Context, scope centre.Scope, kind centre.RowType, key string) ([]centre.Row, error) {
	if !scope.All {
		return t.rows(ctx, "entities_of_account_by_key", p{"t": string(kind), "key": key, "account": string(scope.Account)})
	}
	return t.rows(ctx, "entities_by_key", p{"t": string(kind), "key": key})
}

func (t tx) rows(ctx context.Context, name string, with p) (rows []centre.Row, err error) {
	err = t.t.Each(ctx, name, with, func(s scan) error {
		var r centre.Row
		var seq int64 // only orders
		if err := s(&r.T, &r.ID, &r.Account, &r.WorkOrder, &r.Rev, &r.Deleted, &r.Open, &r.Key, &r.Body, &seq); err != nil {
			return err
		}
		rows = append(rows, r)
		return nil
	})
	return rows, err
}

func (t tx) WorkOrders(ctx context.Context) (ids []repair.WorkOrderID, err error) {
	err = t.t.Each(ctx, "work_orders", p{}, func(s scan) error {
		var id repair.WorkOrderID
		err := s(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func (t tx) NextNumber(ctx context.Context, year int) (n int, err error) {
	_, err = t.t.Row(ctx, "next_number", p{"year": year}, &n)
	return n, err
}

func (t tx) Op(ctx context.Context, account repair.AccountID, id string) (centre.Op, bool, error) {
	op := centre.Op{Account: account, ID: id}
	found, err := t.t.Row(ctx, "op", p{"account": string(account), "id": id},
		&op.Kind, &op.Fingerprint, &op.Status, &op.Body, &op.Rev, &op.At)
	return op, found, err
}

func (t tx) SaveOp(ctx context.Context, op centre.Op) error {
	_, err := t.t.Exec(ctx, "save_op", p{"account": string(op.Account), "id": op.ID, "kind": op.Kind,
		"fingerprint": op.Fingerprint, "status": op.Status, "body": string(op.Body), "rev": op.Rev, "at": string(op.At)})
	return err
}
