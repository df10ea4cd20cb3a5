package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// first gives the findings of the work order and at most limit of the rows. A
// warning that says the same of several rows is said once, with the rows it is of:
// args rows (such as "1–40, 43") and row_count.
func (c *checked) first(limit int) []repair.Finding {
	out := slices.Clone(c.order)
	said := map[string]*spread{}
	var groups []*spread
	for _, line := range c.problems {
		for _, f := range c.rows[line] {
			key := sameWarning(f)
			if g := said[key]; g != nil && key != "" {
				g.reach(line)
				continue
			}
			if limit == 0 {
				continue
			}
			limit--
			out = append(out, f)
			if key != "" {
				g := &spread{at: len(out) - 1, from: line, to: line, count: 1}
				said[key], groups = g, append(groups, g)
			}
		}
	}
	for _, g := range groups {
		if g.count > 1 {
			f := &out[g.at]
			f.Args = maps.Clone(f.Args)
			if f.Args == nil {
				f.Args = map[string]string{}
			}
			f.Args["rows"], f.Args["row_count"] = g.rows(), strconv.Itoa(g.count)
		}
	}
	return out
}

// sameWarning is equal for warnings that say the same of their rows; "" for what
// blocks, which is mended row by row.
func sameWarning(f repair.Finding) string {
	if f.Severity == repair.Blocking {
		return ""
	}
	if len(f.Args) == 0 {
		return f.Code + " " + f.Column
	}
	var b strings.Builder
	b.WriteString(f.Code + " " + f.Column)
	for _, name := range slices.Sorted(maps.Keys(f.Args)) {
		b.WriteString("\x00" + name + "\x00" + f.Args[name])
	}
	return b.String()
}

// spread is the rows that a warning is of, in ascending order.
type spread struct {
	at       int // of its finding
	before   []string
	from, to int // the run that goes on
	count    int
}

// maxRuns bounds how many runs of rows are written out.
const maxRuns = 8

func (s *spread) reach(line int) {
	if line == s.to {
		return
	}
	s.count++
	if line > s.to+1 {
		if len(s.before) <= maxRuns {
			s.before = append(s.before, s.run())
		}
		s.from = line
	}
	s.to = line
}

func (s *spread) run() string {
	switch s.to - s.from {
	case 0:
		return itoa(s.from)
	case 1:
		return itoa(s.from) + ", " + itoa(s.to)
	}
	return itoa(s.from) + "–" + itoa(s.to)
}

func (s *spread) rows() string {
	runs := append(slices.Clone(s.before), s.run())
	if len(runs) > maxRuns {
		runs = append(runs[:maxRuns], "…")
	}
	return strings.Join(runs, ", ")
}
