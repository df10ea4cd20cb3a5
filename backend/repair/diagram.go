package repair

import "strings"

// Diagrams draws every life as a Mermaid state diagram.
func Diagrams() map[string]string {
	return map[string]string{
		"device":     draw(&deviceLife, string(Listed), string(Unexpected)),
		"quote":      draw(&quoteLife, string(QuoteIssued)),
		"payment":    draw(&paymentLife),
		"parcel":     draw(&parcelLife),
		"shipment":   draw(&shipmentLife),
		"correction": draw(&correctionLife),
	}
}

// draw writes the rows as they stand; the empty status is Mermaid's start and end.
func draw[S ~string, T any](l *life[S, T], begins ...string) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range begins {
		b.WriteString("    [*] --> " + s + "\n")
	}
	name := func(s S) string {
		if s == "" {
			return "[*]"
		}
		return string(s)
	}
	for _, line := range l.rows {
		b.WriteString("    " + name(line.from) + " --> " + name(line.to) + " : " + string(line.action) + " by " + string(line.by))
		for _, g := range line.guards {
			b.WriteString(" [" + g.name + "]")
		}
		if line.rule != "" {
			b.WriteString(" " + line.rule)
		}
		b.WriteString("\n")
	}
	return b.String()
}
