package centredb

import (
	"context"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func (t tx) Follow(ctx context.Context, f centre.Followed) error {
	_, err := t.t.Exec(ctx, "follow", p{"scope": string(f.Scope), "t": string(f.T), "id": f.ID, "work_order": string(f.WorkOrder),
		"carrier": string(f.Carrier), "number": string(f.Number), "ask_at": string(f.AskAt)})
	return err
}

func (t tx) Unfollow(ctx context.Context, scope centre.Scope, key centre.RowKey) error {
	_, err := t.t.Exec(ctx, "unfollow", p{"scope": string(scope), "t": string(key.T), "id": key.ID})
	return err
}

func (t tx) FollowedDue(ctx context.Context, at repair.Instant, limit int) ([]centre.Followed, error) {
	return t.followed(ctx, "followed_due", p{"at": string(at), "limit": limit})
}

func (t tx) FollowedBy(ctx context.Context, number repair.WaybillNumber) ([]centre.Followed, error) {
	return t.followed(ctx, "followed_by_number", p{"number": string(number)})
}

func (t tx) followed(ctx context.Context, name string, with p) (list []centre.Followed, err error) {
	err = t.t.Each(ctx, name, with, func(s scan) error {
		var f centre.Followed
		err := s(&f.Scope, &f.T, &f.ID, &f.WorkOrder, &f.Carrier, &f.Number, &f.AskAt, &f.AskedAt, &f.Tries, &f.PushedBy)
		list = append(list, f)
		return err
	})
	return list, err
}

func (t tx) MoveFollowed(ctx context.Context, f centre.Followed, was repair.Instant) (moved bool, err error) {
	n, err := t.t.Exec(ctx, "move_followed", p{"scope": string(f.Scope), "t": string(f.T), "id": f.ID, "number": string(f.Number),
		"ask_at": string(f.AskAt), "asked_at": string(f.AskedAt), "tries": f.Tries, "pushed_by": f.PushedBy, "was": string(was)})
	return n > 0, err
}

func (t tx) CountAsk(ctx context.Context, scope centre.Scope, service string, day repair.Date, limit int) (allowed bool, err error) {
	n, err := t.t.Exec(ctx, "count_ask", p{"scope": string(scope), "service": service, "day": string(day), "limit": limit})
	return n > 0, err
}

func (t tx) ForgetAsks(ctx context.Context, before repair.Date) error {
	_, err := t.t.Exec(ctx, "forget_asks", p{"day": string(before)})
	return err
}
