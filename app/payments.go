package app

import (
	"hashmend/backend/desk"
)

// Payments is what is owed and how it is paid.
type Payments struct{ app *App }

// Open lists the work orders with money owed or under review.
func (p *Payments) Open() (out []desk.OrderRow, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.OpenPayments(ctx)
}

// Sheet says what is owed and to whom.
func (p *Payments) Sheet(order string) (out desk.PaySheet, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PaySheet(ctx, order)
}

// TrustPayee accepts a changed payee after the person has checked it.
func (p *Payments) TrustPayee(order string) (out desk.PaySheet, err error) {
	defer settle(&err)
	deeds, ctx, err := p.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.TrustPayee(ctx, order)
}
