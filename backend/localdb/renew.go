package localdb

import (
	"context"
	"encoding/json"
	"slices"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// CaseSince gives a work order by what has changed since an older reading of it:
// one message more is no reason to read ten thousand devices again. The older
// reading stays as it is; its version must be Before the one to be read.
func (t CacheTx) CaseSince(ctx context.Context, old *repair.Case, was OrderVersion) (*repair.Case, error) {
	changed := map[string]map[string][]byte{}
	p := sqlkit.P{"scope": t.scope, "work_order": string(old.Order.ID), "rev": was.Rev}
	err := t.tx.Each(ctx, "entities_of_order_since", p, func(scan func(...any) error) error {
		var kind, id string
		var body []byte
		if err := scan(&kind, &id, &body); err != nil {
			return err
		}
		if changed[kind] == nil {
			changed[kind] = map[string][]byte{}
		}
		changed[kind][id] = body
		return nil
	})
	if err != nil {
		return nil, err
	}
	c := *old
	if body, ok := changed["work_order"][string(old.Order.ID)]; ok {
		if body == nil {
			return nil, notFound("order.not_found", string(old.Order.ID))
		}
		c.Order = repair.WorkOrder{}
		if err := json.Unmarshal(body, &c.Order); err != nil {
			return nil, err
		}
	}
	for _, renew := range []func() error{
		func() error {
			return renewed(&c.Devices, changed["device"], byLine, func(d *repair.Device) string { return string(d.ID) })
		},
		func() error {
			return renewed(&c.Parcels, changed["parcel"], bySeq, func(p *repair.Parcel) string { return string(p.ID) })
		},
		func() error {
			return renewed(&c.Shipments, changed["shipment"], byShipment, func(s *repair.Shipment) string { return string(s.ID) })
		},
		func() error {
			return renewed(&c.Quotes, changed["quote"], byIssue, func(q *repair.Quote) string { return string(q.ID) })
		},
		func() error {
			return renewed(&c.Payments, changed["payment"], byPayment, func(p *repair.Payment) string { return string(p.ID) })
		},
		func() error {
			return renewed(&c.Messages, changed["message"], byMoment, func(m *repair.Message) string { return string(m.ID) })
		},
		func() error {
			return renewed(&c.Corrections, changed["correction"], byRequest, func(k *repair.Correction) string { return string(k.ID) })
		},
	} {
		if err := renew(); err != nil {
			return nil, err
		}
	}
	return &c, nil
}

// renewed replaces, removes and adds what has changed. The list is a new one
// then, for others may be reading the old one.
func renewed[T any](list *[]T, changed map[string][]byte, compare func(a, b T) int, id func(*T) string) error {
	if len(changed) == 0 {
		return nil
	}
	old := *list
	*list = make([]T, 0, len(old)+len(changed))
	for i := range old {
		if _, is := changed[id(&old[i])]; !is {
			*list = append(*list, old[i])
		}
	}
	for _, body := range changed {
		if body == nil {
			continue
		}
		if err := grow(list, body); err != nil {
			return err
		}
	}
	slices.SortFunc(*list, compare)
	return nil
}
