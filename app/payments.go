package app

import (
	"fmt"
	"strings"

	"hashmend/backend/desk"
	"hashmend/backend/label/qr"
	"hashmend/backend/repair"
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

// PageCode is a code that a phone reads to open a payment page: its modules, and a
// path over them.
type PageCode struct {
	Size int    `json:"size"`
	Path string `json:"path"` // of an SVG of that size, without a quiet zone
}

// PageCode draws the code of a payment page's link.
func (p *Payments) PageCode(link string) (out PageCode, err error) {
	defer settle(&err)
	if len(link) > mostLink {
		return out, errLink
	}
	code, err := qr.Encode(link, qr.M, 1)
	if err != nil {
		return out, errLink.Because(err)
	}
	var path strings.Builder
	for y, row := range code.Dark {
		for x, dark := range row {
			if dark {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return PageCode{Size: code.N, Path: path.String()}, nil
}

// mostLink is more than the link of any payment page.
const mostLink = 500

var errLink = &repair.Error{Kind: repair.Invalid, Code: "checkout.link_too_long"}
