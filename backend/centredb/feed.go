package centredb

import (
	"cmp"
	"context"
	"slices"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

type scan = func(dest ...any) error

func (t tx) Head(ctx context.Context, scope centre.Scope) (c centre.Commit, err error) {
	name := "head"
	if t.rival != nil {
		name = "keep_scope"
	}
	_, err = t.t.Row(ctx, name, p{"scope": string(scope)}, &c.Scope, &c.Seq, &c.Chain)
	return c, err
}

func (t tx) Stands(ctx context.Context, scope centre.Scope) (c centre.Commit, err error) {
	_, err = t.t.Row(ctx, "stands", p{"scope": string(scope)}, &c.Scope, &c.Seq, &c.Chain)
	return c, err
}

func (t tx) Heads(ctx context.Context) (list []centre.Standing, err error) {
	err = t.t.Each(ctx, "heads", p{}, func(s scan) error {
		var h centre.Standing
		err := s(&h.Scope, &h.Seq, &h.Chain, &h.Expired)
		list = append(list, h)
		return err
	})
	return list, err
}

func (t tx) CommitOf(ctx context.Context, scope centre.Scope, seq int64) (centre.Commit, bool, error) {
	return t.commit(ctx, "commit_of", p{"scope": string(scope), "seq": seq})
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
	err = s(&c.Scope, &c.Seq, &c.Chain, &c.Digest, &c.At, &c.Op, &c.Kind, &c.Account, &c.User, &c.Install,
		&c.Of.Scope, &c.Of.Seq, &c.Form)
	return c, err
}

// EachCommit reads the log in pages: f may ask for more on the same connection.
func (t tx) EachCommit(ctx context.Context, scope centre.Scope, f func(centre.Commit) error) error {
	const limit = 1000
	for last := int64(0); ; {
		page := make([]centre.Commit, 0, limit)
		if err := t.t.Each(ctx, "commits", p{"scope": string(scope), "seq": last, "limit": limit}, func(s scan) error {
			c, err := readCommit(s)
			page = append(page, c)
			return err
		}); err != nil {
			return err
		}
		for _, c := range page {
			if err := f(c); err != nil {
				return err
			}
			last = c.Seq
		}
		if len(page) < limit {
			return nil
		}
	}
}

func (t tx) Append(ctx context.Context, c centre.Commit) error {
	if err := t.t.Write(ctx, "append_commit", p{"scope": string(c.Scope), "seq": c.Seq, "chain": c.Chain, "digest": c.Digest,
		"at": string(c.At), "op": c.Op, "kind": c.Kind, "account": string(c.Account), "user": string(c.User),
		"install": string(c.Install), "of_scope": string(c.Of.Scope), "of_seq": c.Of.Seq, "form": c.Form}, nil); err != nil {
		return err
	}
	return t.t.Write(ctx, "move_head", p{"scope": string(c.Scope), "seq": c.Seq, "chain": c.Chain}, or(centre.ErrMoved))
}

func (t tx) Save(ctx context.Context, r centre.Row) error {
	var seen int64
	refused := centre.ErrTaken
	if t.rival != nil {
		if seen = t.rival.seen[centre.RowKey{T: r.T, ID: r.ID}]; seen != 0 {
			refused = centre.ErrMoved // it was this work order's when it was read
		}
		t.rival.seen[centre.RowKey{T: r.T, ID: r.ID}] = r.Rev
	}
	return t.t.Write(ctx, "save_entity", p{"t": string(r.T), "id": r.ID, "scope": string(r.Scope),
		"work_order": string(r.WorkOrder), "rev": r.Rev, "deleted": bit(r.Deleted), "open": bit(r.Open),
		"key": r.Key, "body": string(r.Body), "seen": seen}, or(refused))
}

// or is the check that a statement has changed a row.
func or(refused error) func(rows int64) error {
	return func(rows int64) error {
		if rows == 0 {
			return refused
		}
		return nil
	}
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

func (t tx) Since(ctx context.Context, scope centre.Scope, seq int64, limit int) ([]centre.Row, error) {
	return t.of(ctx, scope, "changes", p{"seq": seq, "limit": limit})
}

func (t tx) OfCommit(ctx context.Context, scope centre.Scope, seq int64) ([]centre.Row, error) {
	return t.of(ctx, scope, "commit_rows", p{"seq": seq})
}

func (t tx) Kept(ctx context.Context, scope centre.Scope, after centre.RowKey, limit int) ([]centre.Row, error) {
	return t.of(ctx, scope, "kept", p{"t": string(after.T), "id": after.ID, "limit": limit})
}

func (t tx) KeptCounts(ctx context.Context, scope centre.Scope) (map[centre.RowType]int64, error) {
	counts := map[centre.RowType]int64{}
	name, with := statementFor(scope, "kept_count", p{})
	err := t.t.Each(ctx, name, with, func(s scan) error {
		var kind centre.RowType
		var n int64
		err := s(&kind, &n)
		counts[kind] = n
		return err
	})
	return counts, err
}

// of reads rows of a scope's feed.
func (t tx) of(ctx context.Context, scope centre.Scope, name string, with p) ([]centre.Row, error) {
	name, with = statementFor(scope, name, with)
	return t.rows(ctx, name, with)
}

// statementFor gives the statement for a scope: the centre's own people see all.
func statementFor(scope centre.Scope, name string, with p) (string, p) {
	if scope == centre.Own {
		return name + "_of_all", with
	}
	with["scope"] = string(scope)
	return name, with
}

func (t tx) Expired(ctx context.Context, scope centre.Scope) (seq int64, err error) {
	_, err = t.t.Row(ctx, "expired", p{"scope": string(scope)}, &seq)
	return seq, err
}

func (t tx) ForgetDeletions(ctx context.Context, before repair.Instant) error {
	standings, err := t.Heads(ctx)
	if err != nil {
		return err
	}
	forgot := false
	for _, s := range standings {
		if s.Scope == centre.Own {
			continue
		}
		n, err := t.forget(ctx, s.Scope, before)
		if err != nil {
			return err
		}
		forgot = forgot || n > 0
	}
	if _, err := t.forget(ctx, centre.Own, before); err != nil || !forgot {
		return err
	}
	return t.expire(ctx, centre.Own, before)
}

func (t tx) forget(ctx context.Context, scope centre.Scope, before repair.Instant) (n int64, err error) {
	var last int64
	if _, err := t.t.Row(ctx, "last_before", p{"scope": string(scope), "at": string(before)}, &last); err != nil || last == 0 {
		return 0, err
	}
	if n, err = t.t.Exec(ctx, "forget_deletions", p{"scope": string(scope), "seq": last}); err != nil || n == 0 {
		return n, err
	}
	return n, t.expire(ctx, scope, before)
}

// expire refuses cursors from before what was just forgotten.
func (t tx) expire(ctx context.Context, scope centre.Scope, before repair.Instant) error {
	var last int64
	if _, err := t.t.Row(ctx, "last_before", p{"scope": string(scope), "at": string(before)}, &last); err != nil {
		return err
	}
	_, err := t.t.Exec(ctx, "expire", p{"scope": string(scope), "seq": last})
	return err
}

func (t tx) Lookup(ctx context.Context, scope centre.Scope, kind centre.RowType, keys ...string) (rows []centre.Row, err error) {
	if scope == centre.Own {
		with := make([]p, len(keys))
		for i, key := range keys {
			with[i] = p{"t": string(kind), "key": key}
		}
		err = t.t.EachOf(ctx, "entities_by_key", with, t.reader(&rows))
		return rows, err
	}
	var found []centre.Row
	if err := t.t.EachOf(ctx, "entities_of_account_by_key", together(scope, kind, keys), t.reader(&found)); err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b centre.Row) int {
		return cmp.Or(cmp.Compare(slices.Index(keys, a.Key), slices.Index(keys, b.Key)), cmp.Compare(b.Rev, a.Rev))
	})
	for _, row := range found {
		var open bool
		if _, err := t.t.Row(ctx, "is_open", p{"id": string(row.WorkOrder)}, truth{&open}); err != nil {
			return nil, err
		}
		if open {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// keyPlaces are those of a statement that is asked for several keys.
var keyPlaces = []string{"key0", "key1", "key2", "key3", "key4", "key5", "key6", "key7"}

// together asks for as many keys at once as a statement has places. Places that
// are left over ask for no key, which nothing has.
func together(scope centre.Scope, kind centre.RowType, keys []string) (list []p) {
	for some := range slices.Chunk(keys, len(keyPlaces)) {
		with := p{"t": string(kind), "scope": string(scope)}
		for i, place := range keyPlaces {
			with[place] = ""
			if i < len(some) {
				with[place] = some[i]
			}
		}
		list = append(list, with)
	}
	return list
}

func (t tx) rows(ctx context.Context, name string, with p) (rows []centre.Row, err error) {
	err = t.t.Each(ctx, name, with, t.reader(&rows))
	return rows, err
}

// reader adds each row to a list.
func (t tx) reader(rows *[]centre.Row) func(scan) error {
	return func(s scan) error {
		var r centre.Row
		var seq int64 // only orders
		if err := s(&r.T, &r.ID, &r.Scope, &r.WorkOrder, &r.Rev, truth{&r.Deleted}, truth{&r.Open}, &r.Key, &r.Body, &seq, &r.Seq); err != nil {
			return err
		}
		if t.rival != nil {
			t.rival.seen[centre.RowKey{T: r.T, ID: r.ID}] = r.Rev
		}
		*rows = append(*rows, r)
		return nil
	}
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

func (t tx) OpenWorkOrders(ctx context.Context, after repair.WorkOrderID, limit int) (ids []repair.WorkOrderID, err error) {
	err = t.t.Each(ctx, "open_work_orders", p{"after": string(after), "limit": limit}, func(s scan) error {
		var id repair.WorkOrderID
		err := s(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func (t tx) NextNumber(ctx context.Context, year int) (n int, err error) {
	if t.rival != nil {
		return t.rival.NextNumber(ctx, year)
	}
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
	return t.t.Write(ctx, "save_op", p{"account": string(op.Account), "id": op.ID, "kind": op.Kind,
		"fingerprint": op.Fingerprint, "status": op.Status, "body": string(op.Body), "rev": op.Rev, "at": string(op.At)}, nil)
}
