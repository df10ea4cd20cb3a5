package label

import (
	"fmt"
	"strconv"
)

// Manifest is the sheet inside the boxes: every serial number, box by box.
type Manifest struct {
	Draft             bool
	Host              string
	WorkOrder         string
	CustomerReference string
	Sender            string
	CentreName        string
	Date              string // as to be printed
	Boxes             []ManifestBox
}

// ManifestBox is one box and what is in it.
type ManifestBox struct {
	N       int
	Waybill string // with the carrier's name; "" when not booked yet
	Devices []ManifestDevice
}

// ManifestDevice is one line.
type ManifestDevice struct {
	Serial    string // as shown
	SerialKey string // normalised, for the digest; "" uses Serial
	Model     string
	Complaint string
}

// Payload is what the manifest's code says: the digest covers the serial
// numbers of all boxes.
func (m Manifest) Payload() Payload {
	var serials []string
	for _, box := range m.Boxes {
		for _, d := range box.Devices {
			if d.SerialKey == "" {
				d.SerialKey = d.Serial
			}
			serials = append(serials, d.SerialKey)
		}
	}
	return Payload{Draft: m.Draft, Host: m.Host, Kind: ManifestCode, WorkOrder: m.WorkOrder, ID: DigestSerials(serials), Of: len(m.Boxes)}
}

// Columns of the table, from the left edge.
const (
	columnSerial    = flowX + 10
	columnModel     = flowX + 66
	columnComplaint = flowX + 108
	columnTick      = flowX + flowW - 6
)

// Manifest lays the table over as many A4 pages as it takes.
func (e *Engine) Manifest(m Manifest, out Backend) error {
	if err := final(m.Draft, m.WorkOrder); err != nil {
		return err
	}
	f := flow{out: out, draft: m.Draft, head: m.head, foot: joined("装箱清单 Packing manifest", orDash(m.WorkOrder), "·", "校验 check "+checkOf(m.Payload()), "·", m.Host)}
	return e.run(f, func(f *flow) {
		for _, box := range m.Boxes {
			f.box(box, len(m.Boxes))
		}
	})
}

// head is on every page, so that a page that went astray still says where it
// belongs.
func (m Manifest) head(c *composer) float64 {
	const y, side = flowTop, 34.0
	code := c.qr("qr", m.Payload(), Box{flowX + flowW - side, y, side, side})
	room := code.X - flowX - 2
	c.text(field{element: "title", text: "装箱清单 PACKING MANIFEST", box: Box{flowX, y, room, 10}, size: 18 * pt, min: 12 * pt, bold: true, oneLine: true})
	c.text(field{element: "work_order", text: "工单 WORK ORDER  " + orDash(m.WorkOrder), box: Box{flowX, y + 10, room, 8}, size: 13 * pt, min: 7 * pt, bold: true})

	devices := 0
	for _, box := range m.Boxes {
		devices += len(box.Devices)
	}
	half := room / 2
	pair := func(i int, caption, element, value string) {
		b := Box{flowX + float64(i%2)*half, y + 18.6 + float64(i/2)*8.2, half - 2, 8}
		c.caption(caption, b.X, b.Y, b.W)
		c.text(field{element: element, text: orDash(value), box: Box{b.X, b.Y + 2.8, b.W, 5.2}, size: 9.5 * pt, min: 5 * pt, bold: true})
	}
	pair(0, "寄件 FROM", "sender", m.Sender)
	pair(1, "收件 TO", "centre_name", m.CentreName)
	pair(2, "客户参考号 CUSTOMER REFERENCE", "customer_reference", joined(m.CustomerReference, prefixed("· ", m.Date)))
	pair(3, "合计 TOTAL", "total", fmt.Sprintf("%d 箱 boxes · %d 台 devices", len(m.Boxes), devices))
	return y + 36.5
}

// box writes the lines of one box. A box that runs over a page says so again.
func (f *flow) box(box ManifestBox, of int) {
	f.fresh(22) // never a heading alone at the foot of a page
	f.boxHead(box, of, "")
	for i, d := range box.Devices {
		f.row(box, of, i, d)
	}
	f.y += 4
}

func (f *flow) boxHead(box ManifestBox, of int, continued string) {
	text := fmt.Sprintf("箱 BOX %d / %d  ·  %d 台 devices", box.N, of, len(box.Devices)) + continued
	b := Box{flowX, f.y, flowW, 7}
	f.fill(b, Black)
	f.text(field{element: "box", text: text, box: Box{b.X + 2, b.Y, 105, b.H}, size: 10.5 * pt, min: 7 * pt, bold: true, ink: Paper, middle: true, oneLine: true})
	f.text(field{element: "waybill", text: prefixed("运单 ", box.Waybill), box: Box{b.X + 108, b.Y, b.W - 110, b.H}, size: 9 * pt, min: 5 * pt, ink: Paper, align: right, middle: true})
	f.y += 7.6
	for _, column := range []struct {
		x    float64
		name string
	}{{flowX, "№"}, {columnSerial, "序列号 SERIAL NUMBER"}, {columnModel, "型号 MODEL"}, {columnComplaint, "故障描述 COMPLAINT"}} {
		f.caption(column.name, column.x, f.y, 42)
	}
	f.y += 3.6
	f.horizontal(flowX, f.y, flowW, 0.3, Black)
}

// row is as high as its longest text; it is never split.
func (f *flow) row(box ManifestBox, of, i int, d ManifestDevice) {
	cell := func(element, text string, x, to, size float64, bold bool) ([]Text, float64) {
		return f.block(field{element: element, text: text, box: Box{x, 0, to - x - 2, 60}, size: size, min: 6.5 * pt, bold: bold, running: true})
	}
	number, h := cell("line", strconv.Itoa(i+1), flowX, columnSerial, 9*pt, false)
	serial, h1 := cell("serial", d.Serial, columnSerial, columnModel, 10*pt, true)
	model, h2 := cell("model", d.Model, columnModel, columnComplaint, 9*pt, false)
	complaint, h3 := cell("complaint", d.Complaint, columnComplaint, columnTick, 8*pt, false)
	h = max(h, h1, h2, h3) + 1.4

	if f.fresh(h) {
		f.boxHead(box, of, "  （续 continued）")
	}
	for _, lines := range [][]Text{number, serial, model, complaint} {
		f.drop(lines, f.y+0.7)
	}
	f.frame(Box{columnTick + 1, f.y + (h-4)/2, 4, 4}, 0.25)
	f.y += h
	f.horizontal(flowX, f.y, flowW, 0.15, Rule)
}
