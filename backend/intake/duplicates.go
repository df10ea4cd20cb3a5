package intake

import (
	"slices"
	"strconv"

	"hashmend/backend/repair"
)

// markDuplicates flags a serial number on every row but its first, and on each
// that stands elsewhere already.
func (b *builder) markDuplicates() {
	first := make(map[string]int, len(b.rows))
	for i := range b.rows {
		r := &b.rows[i]
		if hasCode(r.Findings, repair.CodeMissingSerial) || hasCode(r.Findings, repair.CodeSpreadsheetDamage) {
			continue
		}
		if b.opt.Known != nil {
			if where, ok := b.opt.Known(r.Serial); ok {
				r.find(CodeDuplicateSerial, string(Serial), map[string]string{"where": where})
			}
		}
		if line, ok := first[r.Serial]; ok {
			r.find(CodeDuplicateSerial, string(Serial), map[string]string{"line": strconv.Itoa(line)})
			continue
		}
		first[r.Serial] = r.Line
	}
}

func hasCode(findings []Finding, code string) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Code == code })
}
