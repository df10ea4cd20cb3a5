package centredb

import (
	"context"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func (t tx) SaveLetter(ctx context.Context, l centre.Letter) error {
	_, err := t.t.Exec(ctx, "save_letter", p{"account": string(l.Account), "id": l.ID, "work_order": string(l.WorkOrder),
		"rule": l.Rule, "day": string(l.Day), "eligible_from": string(l.From), "email": l.Email, "language": l.Language,
		"at": string(l.At), "next_at": string(l.Next)})
	return err
}

func (t tx) HasLetter(ctx context.Context, l centre.Letter) (has bool, err error) {
	err = t.t.Each(ctx, "has_letter", p{"account": string(l.Account), "id": l.ID}, func(s scan) error {
		has = true
		return s(new(string))
	})
	return has, err
}

func (t tx) LettersDue(ctx context.Context, now repair.Instant, limit int) (list []centre.Letter, err error) {
	err = t.t.Each(ctx, "letters_due", p{"now": string(now), "limit": limit}, func(s scan) error {
		var l centre.Letter
		err := s(&l.Account, &l.ID, &l.WorkOrder, &l.Rule, &l.Day, &l.From, &l.Email, &l.Language, &l.At, &l.Next, &l.Attempts, &l.Outcome)
		list = append(list, l)
		return err
	})
	return list, err
}

func (t tx) ClaimLetter(ctx context.Context, l centre.Letter, until repair.Instant) (done bool, err error) {
	n, err := t.t.Exec(ctx, "claim_letter", p{"account": string(l.Account), "id": l.ID, "next_at": string(l.Next), "until": string(until)})
	return n > 0, err
}

func (t tx) SettleLetter(ctx context.Context, l centre.Letter, outcome string, next, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "settle_letter", p{"account": string(l.Account), "id": l.ID, "outcome": outcome, "next_at": string(next), "at": string(at)})
	return err
}
