package label

// DeviceLabel goes on one device, small or large.
type DeviceLabel struct {
	Draft     bool
	Large     bool // 100 × 150 mm, else 60 × 40 mm
	Host      string
	WorkOrder string
	Serial    string // as shown
	SerialKey string // normalised, as the code says it; "" uses Serial
	Model     string
	Complaint string
	N, Of     int // of the box it travels in; 0 when not packed
	Sender    string
	Copy      int // which one this is, from 2, when it was printed before
}

// Payload is what the label's code says.
func (d DeviceLabel) Payload() Payload {
	id := d.SerialKey
	if id == "" {
		id = d.Serial
	}
	return Payload{Draft: d.Draft, Host: d.Host, Kind: DeviceCode, WorkOrder: d.WorkOrder, ID: id, N: d.N, Of: d.Of}
}

// DeviceLabel lays out the label in its size.
func (e *Engine) DeviceLabel(d DeviceLabel) (Page, error) {
	if err := final(d.Draft, d.WorkOrder); err != nil {
		return Page{}, err
	}
	if d.Large {
		return e.largeDevice(d)
	}
	c := e.compose(SmallW, SmallH)
	const x, w = smallMargin, SmallW - 2*smallMargin
	y := smallMargin
	if d.Draft {
		c.draft(Box{x, y, w, 3.8}, false)
		y += 4
	}
	c.required(field{element: "serial", text: d.Serial, box: Box{x, y, w, 6.6}, size: 14 * pt, min: 6 * pt, bold: true, middle: true})
	c.horizontal(x, y+6.8, w, 0.3, Black)
	y += 7.2

	side := min(SmallH-y, 26.5) // a long host or number needs a larger code
	code := c.qrInCorner("qr", d.Payload(), Box{SmallW - side, SmallH - side, side, side}, smallMargin, true)
	room := code.X - x - 0.5
	wide := w
	if y+4.6 > code.Y {
		wide = room
	}
	c.text(field{element: "model", text: orDash(d.Model), box: Box{x, y, wide, 4.6}, size: 9 * pt, min: 5 * pt, bold: true})
	y += 5.2
	c.text(field{element: "complaint", text: d.Complaint, box: Box{x, y, room, 29.4 - y}, size: 8 * pt, min: 4.5 * pt, running: true})
	c.horizontal(x, 29.7, room, 0.3, Black)
	c.text(field{element: "work_order", text: orDash(d.WorkOrder), box: Box{x, 30, room, 4.2}, size: 8.5 * pt, min: 4.5 * pt, bold: true})
	c.text(field{element: "place", text: joined(prefixed("箱 BOX ", placeText(d.N, d.Of)), again("返修 REPAIR", d.Copy)), box: Box{x, 34.1, room, 3.9}, size: 7 * pt, min: 4.5 * pt, oneLine: true})
	return c.page, c.err
}

func (e *Engine) largeDevice(d DeviceLabel) (Page, error) {
	c := e.compose(LargeW, LargeH)
	c.largeHead(again("返修 FOR REPAIR", d.Copy), "箱 BOX", ofText(d.N, d.Of), d.WorkOrder, d.Draft)
	c.caption("序列号 SERIAL NUMBER", largeX, 34.4, largeRoom)
	c.required(field{element: "serial", text: d.Serial, box: Box{largeX, 37, largeRoom, 15}, size: 24 * pt, min: 9 * pt, bold: true, middle: true})
	c.horizontal(largeX, 52.8, largeRoom, 0.4, Black)
	c.cell("型号 MODEL", "model", orDash(d.Model), Box{largeX, 53.4, largeRoom, 12}, 16*pt)
	c.horizontal(largeX, 66, largeRoom, 0.4, Black)
	c.caption("故障描述 COMPLAINT", largeX, 66.6, largeRoom)
	c.text(field{element: "complaint", text: orDash(d.Complaint), box: Box{largeX, 69.6, largeRoom, 26}, size: 14 * pt, min: 6.5 * pt, running: true})
	c.horizontal(largeX, 96, largeRoom, 0.4, Black)
	c.cell("寄件 FROM", "sender", orDash(d.Sender), Box{largeX, 96.6, largeRoom, 11.8}, 12*pt)

	c.horizontal(largeX, 108.8, largeRoom, 0.4, Black)
	code := c.qrInCorner("qr", d.Payload(), Box{0, 109, 41, 41}, largeMargin, false)
	x := max(code.Right(), 41)
	room := LargeW - largeMargin - x
	p := d.Payload()
	c.notice("repair", "贴于机身 STICK ON DEVICE", Box{x, 110.8, room, 9.4}, 12*pt)
	c.text(field{element: "code_text", text: d.Serial, box: Box{x, 123, room, 10}, size: 11 * pt, min: 5 * pt, bold: true})
	c.text(field{element: "code_work_order", text: codeText(p), box: Box{x, 132, room, 5.2}, size: 9 * pt, min: 5 * pt})
	c.text(field{element: "check", text: "校验 CHECK " + checkOf(p), box: Box{x, 137, room, 5}, size: 9 * pt, min: 6 * pt})
	c.text(field{element: "host", text: d.Host, box: Box{x, 141.8, room, 4.2}, size: 7 * pt, min: 4 * pt, oneLine: true})
	return c.page, c.err
}
