package label

import "strconv"

// BoxLabel is what one inbound box carries outside, 100 × 150 mm. All text is
// ready to print; nothing here is looked up. The zero Draft is a final label and
// needs WorkOrder, Sender and a centre address.
type BoxLabel struct {
	Draft     bool
	Host      string // of the centre, for the code
	WorkOrder string // the centre's number
	N, Of     int
	Serials   []string // of the devices inside, normalised; printed only as a digest
	Models    string   // summary, such as "X16-Q ×5, X4 ×3"
	Sender    string   // short name

	CentreName      string
	CentreAddressZH string
	CentreAddressEN string
	CentrePhone     string

	Carrier string // "" when not booked yet
	Waybill string

	// Copy is which one this is, from 2, when it was printed before.
	Copy int
	// Seal signs the code of a final label; nil leaves it with a typo check alone.
	Seal func(Payload) Payload
}

// Sizes of labels, in millimetres.
const (
	LargeW, LargeH = 100.0, 150.0
	SmallW, SmallH = 60.0, 40.0
	largeMargin    = 4.0
	smallMargin    = 2.0
)

// Payload is what the label's code says.
func (b BoxLabel) Payload() Payload {
	p := Payload{Draft: b.Draft, Host: b.Host, Kind: BoxCode, WorkOrder: b.WorkOrder, ID: DigestSerials(b.Serials), N: b.N, Of: b.Of}
	if b.Seal == nil {
		return p
	}
	return b.Seal(p)
}

// BoxLabel lays out the label.
func (e *Engine) BoxLabel(b BoxLabel) (Page, error) {
	if err := final(b.Draft, b.WorkOrder); err != nil {
		return Page{}, err
	}
	c := e.compose(LargeW, LargeH)
	c.largeHead(again("返修 FOR REPAIR", b.Copy), "箱 BOX", ofText(b.N, b.Of), b.WorkOrder, b.Draft)
	c.address(b)
	c.cell("台数 DEVICES", "devices", strconv.Itoa(len(b.Serials)), Box{largeX, 82.4, 22, 13}, 18*pt)
	c.vertical(largeX+24, 83, 12, 0.25, Black)
	c.cell("型号 MODELS", "models", orDash(b.Models), Box{largeX + 26, 82.4, largeRoom - 26, 13}, 12*pt)
	c.horizontal(largeX, 96, largeRoom, 0.4, Black)
	c.cell("寄件 FROM", "sender", orDash(b.Sender), Box{largeX, 96.6, 40, 11.8}, 11*pt)
	c.vertical(largeX+42, 97.2, 11, 0.25, Black)
	c.cell("运单 WAYBILL", "waybill", orDash(joined(b.Carrier, b.Waybill)), Box{largeX + 44, 96.6, largeRoom - 44, 11.8}, 11*pt)
	c.foot(b.Payload())
	return c.page, c.err
}

// The printable part of a large label.
const (
	largeX    = largeMargin
	largeRoom = LargeW - 2*largeMargin
)

// largeHead is the top of both large labels: what it is, the place among boxes,
// the number of the work order.
func (c *composer) largeHead(title, placeCaption, place, workOrder string, draft bool) {
	y, h := largeMargin, 14.0
	if draft {
		c.draft(Box{largeX, y, largeRoom, 6}, true)
		y, h = 10.5, 8
	}
	c.fill(Box{largeX, y, 60, h}, Black)
	c.text(field{element: "title", text: title, box: Box{largeX + 2, y, 56, h}, size: 19 * pt, min: 8 * pt, bold: true, ink: Paper, middle: true, oneLine: true})
	c.frame(Box{largeX + 60, y, largeRoom - 60, h}, 0.5)
	c.caption(placeCaption, largeX+61.3, y+0.5, 12)
	left := largeX + 61.5 + 14 - h // beside its caption when there is no room below
	c.text(field{element: "place", text: place, box: Box{left, y + h*0.14, LargeW - largeMargin - 1 - left, h * 0.86}, size: 22 * pt, min: 8 * pt, bold: true, align: centre, middle: true, oneLine: true})

	c.caption("工单号 WORK ORDER", largeX, 19.2, largeRoom)
	c.text(field{element: "work_order", text: orDash(workOrder), box: Box{largeX, 22, largeRoom, 11}, size: 24 * pt, min: 9 * pt, bold: true, middle: true})
	c.horizontal(largeX, 33.6, largeRoom, 0.4, Black)
}

// address is the block the carrier reads: the centre, in Chinese first.
func (c *composer) address(b BoxLabel) {
	if c.err == nil && !b.Draft && b.CentreAddressZH == "" && b.CentreAddressEN == "" {
		c.err = ErrFieldMissing.With("element", "centre_address")
	}
	const bottom, phone = 81.8, 6.5
	c.caption("收件 TO", largeX, 34.2, largeRoom)
	y := 37.0
	y += c.text(field{element: "centre_name", text: b.CentreName, box: Box{largeX, y, largeRoom, 11}, size: 14 * pt, min: 9 * pt, bold: true, running: true})
	room := bottom - phone - y
	if b.CentreAddressEN != "" {
		room *= 0.58 // the other address needs its share
	}
	y += c.text(field{element: "centre_address_zh", text: b.CentreAddressZH, box: Box{largeX, y, largeRoom, room}, size: 14 * pt, min: 9 * pt, running: true})
	c.text(field{element: "centre_address_en", text: b.CentreAddressEN, box: Box{largeX, y, largeRoom, bottom - phone - y}, size: 12 * pt, min: 7 * pt, running: true})
	c.text(field{element: "centre_phone", text: prefixed("电话 TEL  ", b.CentrePhone), box: Box{largeX, bottom - phone, largeRoom, phone}, size: 12 * pt, min: 8 * pt, bold: true, oneLine: true})
	c.horizontal(largeX, bottom, largeRoom, 0.4, Black)
}

// foot is the code, what the carrier must obey, and what a person reads when the
// code does not scan. The code's quiet zone is the margin of the label.
func (c *composer) foot(p Payload) {
	c.horizontal(largeX, 108.8, largeRoom, 0.4, Black)
	code := c.qrInCorner("qr", p, Box{0, 109, 41, 41}, largeMargin, false)
	x := max(code.Right(), 41)
	room := LargeW - largeMargin - x
	c.notice("freight", "运费现付 PREPAID", Box{x, 110.8, room, 9.4}, 12*pt)
	c.notice("delivery", "送货上门 NO SELF PICKUP", Box{x, 121.4, room, 9.4}, 12*pt)
	c.text(field{element: "code_text", text: codeText(p), box: Box{x, 132, room, 5.2}, size: 9 * pt, min: 5 * pt, bold: true})
	c.text(field{element: "check", text: "校验 CHECK " + checkOf(p), box: Box{x, 137, room, 5}, size: 9 * pt, min: 6 * pt})
	c.text(field{element: "host", text: p.Host, box: Box{x, 141.8, room, 4.2}, size: 7 * pt, min: 4 * pt, oneLine: true})
}

// cell is a caption with a value below it, in a box.
func (c *composer) cell(caption, element, value string, b Box, size float64) {
	c.caption(caption, b.X, b.Y, b.W)
	c.text(field{element: element, text: value, box: Box{b.X, b.Y + 3, b.W, b.H - 3}, size: size, min: 6 * pt, bold: true, middle: true, running: true})
}
