package label

import "hashmend/backend/label/truetype"

// Guidance is the packing guidance on paper, with boxes to tick.
type Guidance struct {
	Draft     bool
	Lang      string // as for Steps
	WorkOrder string // "" for a page to hang up
}

// Guidance lays out the page. It carries no code: nothing on it is scanned.
func (e *Engine) Guidance(g Guidance, out Backend) error {
	steps := Steps(g.Lang)
	f := flow{out: out, draft: g.Draft, head: g.head, foot: joined(g.title(), g.WorkOrder)}
	return e.run(f, func(f *flow) {
		for _, s := range steps {
			f.step(s)
		}
	})
}

func (g Guidance) title() string {
	if isChinese(g.Lang) {
		return "包装指南"
	}
	return "Packing guidance"
}

func (g Guidance) head(c *composer) float64 {
	const y = flowTop
	lead := "Damage on the way is not covered by the repair. A machine packed like this arrives as it left. Tick each step; the list goes with the work order."
	cushion := "at least 5 cm on every side"
	number := "Work order "
	if isChinese(g.Lang) {
		lead = "运输途中造成的损坏不在售后承担范围内。按以下步骤包装，矿机才能原样到达。请逐项勾选，本清单随工单保存。"
		cushion = "六面各不少于 5 厘米"
		number = "工单 "
	}
	const room = flowW - 46
	c.text(field{element: "title", text: g.title(), box: Box{flowX, y, room, 12}, size: 22 * pt, min: 14 * pt, bold: true, oneLine: true})
	used := c.text(field{element: "work_order", text: prefixed(number, g.WorkOrder), box: Box{flowX, y + 11.5, room, 6}, size: 11 * pt, min: 7 * pt, bold: true})
	c.text(field{element: "lead", text: lead, box: Box{flowX, y + 13 + used, room, 16}, size: 10 * pt, min: 8 * pt, running: true})
	c.boxInBox(flowX+flowW-42, y, cushion)
	c.horizontal(flowX, y+35, flowW, 0.4, Black)
	return y + 36.5
}

// boxInBox draws a machine in a box in a box, with the space between.
func (c *composer) boxInBox(x, y float64, text string) {
	c.frame(Box{x, y, 42, 27}, 0.7)
	c.frame(Box{x + 7, y + 5.5, 28, 16}, 0.4)
	c.fill(Box{x + 12, y + 9, 18, 9}, Rule)
	c.fill(Box{x + 13.2, y + 11, 5, 5}, Paper)
	c.fill(Box{x + 23.8, y + 11, 5, 5}, Paper)
	for _, a := range [][3]float64{{x + 0.9, y + 13.5, 0}, {x + 35.2, y + 13.5, 0}, {x + 21, y + 0.9, 1}, {x + 21, y + 21.7, 1}} {
		c.add(doubleArrow(a[0], a[1], a[2] == 1))
	}
	c.text(field{element: "cushion", text: text, box: Box{x - 4, y + 27.8, 50, 5}, size: 7.5 * pt, min: 5 * pt, align: centre, oneLine: true})
}

// doubleArrow is a measuring arrow, 5.9 mm wide or 4.4 mm high.
func doubleArrow(x, y float64, upright bool) Path {
	length, head, half, thin := float32(5.9), float32(1.3), float32(0.7), float32(0.12)
	if upright {
		length = 4.4
	}
	points := [][2]float32{{0, 0}, {head, -half}, {head, -thin}, {length - head, -thin}, {length - head, -half}, {length, 0},
		{length - head, half}, {length - head, thin}, {head, thin}, {head, half}, {0, 0}}
	p := Path{X: x, Y: y, Scale: 1}
	for i, at := range points {
		s := truetype.Segment{Op: truetype.Line, X: at[0], Y: at[1]}
		if upright {
			s.X, s.Y = s.Y, s.X
		}
		if i == 0 {
			s.Op = truetype.Move
		}
		p.Segments = append(p.Segments, s)
	}
	return p
}

// step is a box to tick, the id, and what to do.
func (f *flow) step(s Step) {
	const x = flowX + 20
	title, h1 := f.block(field{element: s.ID, text: s.Title, box: Box{x, 0, flowW - 20, 12}, size: 10.5 * pt, min: 8 * pt, bold: true})
	text, h2 := f.block(field{element: s.ID, text: s.Text, box: Box{x, 0, flowW - 20, 40}, size: 9 * pt, min: 9 * pt})
	h := h1 + h2 + 3
	f.fresh(h)
	f.frame(Box{flowX, f.y + 1.1, 5.5, 5.5}, 0.4)
	f.text(field{element: s.ID, text: s.ID, box: Box{flowX + 8, f.y + 0.8, 11, 6}, size: 11 * pt, min: 9 * pt, bold: true, oneLine: true})
	f.drop(title, f.y+1)
	f.drop(text, f.y+1+h1)
	f.y += h
	f.horizontal(flowX, f.y-0.4, flowW, 0.15, Rule)
}
