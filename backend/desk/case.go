package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// view is a work order as this desk knows it: what the centre told, and the same
// with the decisions that are on their way. Both are only read.
type view struct {
	told    *repair.Case
	ahead   *repair.Case // told when nothing is on its way
	pending []localdb.OutboxItem
	version localdb.OrderVersion
}

type caseKey struct {
	scope localdb.Scope
	order repair.WorkOrderID
}

type cases struct{ memo[caseKey, caseKept] }

type caseKept struct {
	version localdb.OrderVersion
	told    *repair.Case
}

// keptCases is how many work orders stay in memory: those at hand.
const keptCases = 8

// view loads a work order and lets what is on its way happen to a copy of it.
func (d *Desk) view(ctx context.Context, id repair.WorkOrderID) (*view, error) {
	session, err := d.session()
	if err != nil {
		return nil, err
	}
	v := &view{}
	if v.told, v.version, err = d.told(ctx, session.Scope, id); err != nil {
		return nil, err
	}
	bodies, err := d.onTheWay(ctx, session.Scope, id, v)
	if err != nil {
		return nil, err
	}
	v.ahead = v.told
	if len(bodies) == 0 {
		return v, nil
	}
	env, err := d.env(ctx)
	if err != nil {
		return nil, err
	}
	copied := *v.told // Do replaces what it changes and writes into nothing shared
	v.ahead = &copied
	for _, cmd := range bodies {
		// One that the rules no longer let through is the centre's to refuse.
		_, _ = v.ahead.Do(person(session), cmd, env)
	}
	return v, nil
}

// told gives the work order as the centre told it.
func (d *Desk) told(ctx context.Context, scope localdb.Scope, id repair.WorkOrderID) (c *repair.Case, version localdb.OrderVersion, err error) {
	key := caseKey{scope, id}
	err = d.DB.Cached(ctx, scope, func(t localdb.CacheTx) error {
		if version, err = t.OrderVersion(ctx, id); err != nil {
			return err
		}
		c, _, err = d.recall(ctx, t, key, version)
		return err
	})
	if err == nil {
		d.cases.put(key, caseKept{version, c}, keptCases)
	}
	return c, version, err
}

// onTheWay fills in what is pending and gives the commands the cache does not
// show yet: waiting ones, and accepted ones whose effect has not been pulled.
func (d *Desk) onTheWay(ctx context.Context, scope localdb.Scope, id repair.WorkOrderID, v *view) (out []repair.Command, err error) {
	return out, d.DB.View(ctx, func(t localdb.VaultTx) error {
		for _, state := range []localdb.OutboxState{localdb.Accepted, localdb.Sending, localdb.Queued, localdb.Holding, localdb.Refused} {
			items, err := t.OrderOutbox(ctx, scope, id, state)
			if err != nil {
				return err
			}
			for _, item := range items {
				if state == localdb.Accepted && (item.Rev <= v.told.Order.Rev || item.Again != "") || item.Kind == localdb.KindSubmit {
					continue
				}
				if state != localdb.Accepted {
					v.pending = append(v.pending, item)
				}
				if state == localdb.Refused || item.Again != "" { // what is offered again has its effect here, or had
					continue
				}
				cmd, err := commandOf(ctx, t, item.ID)
				if err != nil {
					return err
				}
				out = append(out, cmd)
			}
		}
		return nil
	})
}

// recall gives a work order as it is kept in memory, brought up to date, or whole;
// known says that it was kept.
func (d *Desk) recall(ctx context.Context, t localdb.CacheTx, key caseKey, version localdb.OrderVersion) (c *repair.Case, known bool, err error) {
	kept, known := d.cases.get(key)
	switch {
	case known && kept.version == version:
		return kept.told, true, nil
	case known && kept.version.Before(version):
		c, err = t.CaseSince(ctx, kept.told, kept.version)
	default:
		c, err = t.Case(ctx, key.order)
	}
	return c, known, err
}

func commandOf(ctx context.Context, t localdb.VaultTx, id string) (cmd repair.Command, err error) {
	body, err := t.OutboxBody(ctx, id)
	if err != nil {
		return cmd, err
	}
	return cmd, json.Unmarshal(body, &cmd)
}
