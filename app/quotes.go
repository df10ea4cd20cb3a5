package app

import (
	"hashmend/backend/desk"
)

// Quotes is the page on which quotes are answered.
type Quotes struct{ app *App }

// Open lists the work orders with quotes to answer.
func (q *Quotes) Open() (out []desk.OrderRow, err error) {
	defer settle(&err)
	deeds, ctx, err := q.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.OpenQuotes(ctx)
}

// Review gives every quote of a work order.
func (q *Quotes) Review(order string) (out desk.QuoteReview, err error) {
	defer settle(&err)
	deeds, ctx, err := q.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.ReviewQuotes(ctx, order)
}

// Weigh names the money and the consequences of a choice.
func (q *Quotes) Weigh(choice desk.QuoteChoice) (out desk.ChoiceSummary, err error) {
	defer settle(&err)
	deeds, ctx, err := q.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.WeighQuotes(ctx, choice)
}

// Decide queues the decisions.
func (q *Quotes) Decide(choice desk.QuoteChoice) (out desk.QuoteReview, err error) {
	defer settle(&err)
	deeds, ctx, err := q.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.DecideQuotes(ctx, choice)
}
