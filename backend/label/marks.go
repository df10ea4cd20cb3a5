package label

import (
	"strconv"
	"strings"

	"hashmend/backend/label/truetype"
)

// marks are the handling marks of ISO 780, drawn by us, in a square of 100 by
// 100. Outer edges run clockwise, holes the other way.
var marks = map[string]string{
	"fragile": `M26 6 L74 6 L70 36 Q67 55 54 58 L54 82 L70 84 L70 92 L30 92 L30 84 L46 82 L46 58 Q33 55 30 36 Z
		M47 6 L42 22 L51 30 L45 45 L56 29 L48 21 L54 6 Z`,
	"this_way_up": `M14 84 L86 84 L86 92 L14 92 Z
		M32 6 L48 32 L37 32 L37 78 L27 78 L27 32 L16 32 Z
		M68 6 L84 32 L73 32 L73 78 L63 78 L63 32 L52 32 Z`,
	"keep_dry": `M8 52 Q10 24 47 22 L47 16 L53 16 L53 22 Q90 24 92 52 Q85 45 78 52 Q71 45 64 52 Q59 47 53 49 L53 82 Q53 94 42 94 Q30 94 30 82 L36 82 Q36 88 42 88 Q47 88 47 82 L47 49 Q41 47 36 52 Q29 45 22 52 Q15 45 8 52 Z
		M20 4 L24 12 Q20 18 16 12 Z M36 1 L40 9 Q36 15 32 9 Z M64 1 L68 9 Q64 15 60 9 Z M80 4 L84 12 Q80 18 76 12 Z`,
	"do_not_stack": `M18 56 L82 56 L82 92 L18 92 Z
		M18 10 L82 10 L82 50 L18 50 Z M23 15 L23 45 L77 45 L77 15 Z
		M12 4 L90 52 L87 57 L9 9 Z M88 4 L91 9 L13 57 L10 52 Z`,
	"stacking_limit": `M18 56 L82 56 L82 92 L18 92 Z
		M18 8 L82 8 L82 52 L18 52 Z M23 13 L23 47 L77 47 L77 13 Z`,
	"no_hooks": `M32 6 L68 6 L68 15 L54 15 L54 40 Q82 46 76 70 Q68 92 46 88 Q30 84 29 66 L38 65 Q40 77 49 79 Q63 81 67 68 Q70 53 46 48 L46 15 L32 15 Z
		M12 8 L92 88 L88 92 L8 12 Z M88 8 L92 12 L12 92 L8 88 Z`,
	"temperature": `M40 12 Q40 4 50 4 Q60 4 60 12 L60 60 Q70 66 70 77 Q70 94 50 94 Q30 94 30 77 Q30 66 40 60 Z
		M46 14 L46 64 Q36 68 36 77 Q36 88 50 88 Q64 88 64 77 Q64 68 54 64 L54 14 Q54 10 50 10 Q46 10 46 14 Z
		M47 34 L53 34 L53 68 Q60 70 60 77 Q60 84 50 84 Q40 84 40 77 Q40 70 47 68 Z
		M66 16 L90 16 L90 21 L66 21 Z M66 50 L90 50 L90 55 L66 55 Z`,
	"centre_of_gravity": `M47 4 L53 4 L53 22 Q78 24 78 47 L96 47 L96 53 L78 53 Q76 78 53 78 L53 96 L47 96 L47 78 Q24 76 22 53 L4 53 L4 47 L22 47 Q24 24 47 22 Z
		M47 28 Q30 30 28 47 L47 47 Z M53 72 Q70 70 72 53 L53 53 Z`,
}

// Marks lists the handling marks that a template may name.
func Marks() []string { return sortedKeys(marks) }

// markPath is a mark that fills a square of the given side.
func markPath(name string, x, y, side float64) (Path, bool) {
	d, ok := marks[name]
	if !ok {
		return Path{}, false
	}
	segments, err := parsePath(d)
	return Path{X: x, Y: y, Scale: side / 100, Segments: segments}, err == ""
}

// parsePath reads a path of M, L, Q and Z with absolute numbers. It answers what
// is wrong, "" for nothing.
func parsePath(d string) (segments []truetype.Segment, wrong string) {
	words := strings.FieldsFunc(spaced(d), func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
	numbers := func(i, n int) (v [4]float32, ok bool) {
		if i+n > len(words) {
			return v, false
		}
		for j := range n {
			f, err := strconv.ParseFloat(words[i+j], 32)
			if err != nil || f > 1e4 || f < -1e4 {
				return v, false
			}
			v[j] = float32(f)
		}
		return v, true
	}
	for i := 0; i < len(words); {
		op := words[i]
		n, known := map[string]int{"M": 2, "L": 2, "Q": 4, "Z": 0}[op]
		v, ok := numbers(i+1, n)
		switch {
		case !known:
			return nil, "a path has only M, L, Q and Z: " + op
		case !ok:
			return nil, op + " needs " + strconv.Itoa(n) + " numbers"
		case len(segments) == 0 && op != "M":
			return nil, "a path begins with M"
		}
		switch op {
		case "M":
			segments = append(segments, truetype.Segment{Op: truetype.Move, X: v[0], Y: v[1]})
		case "L":
			segments = append(segments, truetype.Segment{Op: truetype.Line, X: v[0], Y: v[1]})
		case "Q":
			segments = append(segments, truetype.Segment{Op: truetype.Quad, CX: v[0], CY: v[1], X: v[2], Y: v[3]})
		}
		i += 1 + n
	}
	return segments, ""
}

// spaced puts blanks around the letters.
func spaced(d string) string {
	var b strings.Builder
	for _, r := range d {
		if strings.ContainsRune("MLQZ", r) {
			b.WriteByte(' ')
			b.WriteRune(r)
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
