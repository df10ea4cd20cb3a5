package qr

// mode is how characters are packed; a higher one takes every character of a
// lower one.
type mode int

const (
	none mode = iota
	numeric
	alphanumeric
	bytewise
)

// segment is a stretch of text in one mode.
type segment struct {
	mode     mode
	from, to int
	text     string
}

func modeOf(c byte) mode {
	switch {
	case c >= '0' && c <= '9':
		return numeric
	case alphabet[c] >= 0:
		return alphanumeric
	}
	return bytewise
}

// alphabet is the value of an alphanumeric character, -1 for others.
var alphabet = func() (values [256]int) {
	for i := range values {
		values[i] = -1
	}
	for i, c := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") {
		values[c] = i
	}
	return values
}()

// countBits is the length of the field that counts the characters of a segment.
func countBits(m mode, version int) int {
	large := 0
	if version > 9 {
		large = 1
	}
	return [...][2]int{numeric: {10, 12}, alphanumeric: {9, 11}, bytewise: {8, 16}}[m][large]
}

// most says more than any symbol holds; a count must also fit its field.
const most = 1 << 20

// size is what n characters take in a mode, with their heading.
func size(m mode, n, version int) int {
	bits := countBits(m, version)
	if n >= 1<<bits {
		return most
	}
	bits += 4
	switch m {
	case numeric:
		bits += 10 * (n / 3)
		if n%3 != 0 {
			bits += 1 + 3*(n%3)
		}
	case alphanumeric:
		bits += 11*(n/2) + 6*(n%2)
	default:
		bits += 8 * n
	}
	return bits
}

// segments divides text as the library does: neighbours are joined while that
// is shorter, and all of it is one segment when that is no longer. Where a count
// does not fit its field, though only in a division that is not chosen, it gives
// nothing, and the text goes into a version with longer fields.
func segments(text string, version int) []segment {
	var all []segment
	highest := none
	for i := range len(text) {
		m := modeOf(text[i])
		highest = max(highest, m)
		if last := len(all) - 1; last >= 0 && all[last].mode == m {
			all[last].to = i + 1
			continue
		}
		all = append(all, segment{m, i, i + 1, text})
	}
	joined := all[:0]
	for i := 0; i < len(all); {
		s := all[i]
		i++
		for ; i < len(all) && all[i].mode <= s.mode; i++ {
			n, more := s.to-s.from, all[i].to-all[i].from
			together := size(s.mode, n+more, version)
			if together >= most {
				return nil
			}
			if together >= size(s.mode, n, version)+size(all[i].mode, more, version) {
				break
			}
			s.to = all[i].to
		}
		joined = append(joined, s)
	}
	whole, divided := size(highest, len(text), version), bitsOf(joined, version)
	switch {
	case whole >= most || divided >= most:
		return nil
	case whole <= divided:
		return []segment{{highest, 0, len(text), text}}
	}
	return joined
}

func bitsOf(all []segment, version int) (bits int) {
	for _, s := range all {
		bits += size(s.mode, s.to-s.from, version)
	}
	return bits
}

// bitWriter appends bits, the highest first.
type bitWriter struct {
	words []byte
	n     int
}

func (w *bitWriter) put(value, bits int) {
	for bits--; bits >= 0; bits-- {
		if w.n%8 == 0 {
			w.words = append(w.words, 0)
		}
		w.words[w.n/8] |= byte(value>>bits&1) << (7 - w.n%8)
		w.n++
	}
}

// dataWords packs the text and fills up to what the symbol holds.
func dataWords(parts []segment, version int, level Level) []byte {
	room := shapes[version][level].words()
	w := bitWriter{words: make([]byte, 0, room)}
	for _, s := range parts {
		part := s.text[s.from:s.to]
		w.put(1<<(s.mode-1), 4)
		w.put(len(part), countBits(s.mode, version))
		switch s.mode {
		case numeric:
			for len(part) > 0 {
				n := min(3, len(part))
				value := 0
				for i := range n {
					value = value*10 + int(part[i]-'0')
				}
				w.put(value, 1+3*n)
				part = part[n:]
			}
		case alphanumeric:
			for ; len(part) > 1; part = part[2:] {
				w.put(alphabet[part[0]]*45+alphabet[part[1]], 11)
			}
			if part != "" {
				w.put(alphabet[part[0]], 6)
			}
		default:
			for i := range len(part) {
				w.put(int(part[i]), 8)
			}
		}
	}
	w.put(0, min(4, 8*room-w.n))
	for fill := 0xEC; len(w.words) < room; fill ^= 0xEC ^ 0x11 {
		w.words = append(w.words, byte(fill))
	}
	return w.words
}

// interleave adds the check code words of every block and mixes the blocks, so
// that one blot harms each a little.
func interleave(data []byte, b blocks) []byte {
	n := b.first + b.second
	checks := make([]byte, n*b.check)
	parts := make([][]byte, n)
	for i := range parts {
		length := b.data
		if i >= b.first {
			length++
		}
		parts[i], data = data[:length], data[length:]
		divide(parts[i], checks[i*b.check:(i+1)*b.check])
	}
	out := make([]byte, 0, b.words()+len(checks))
	for i := range b.data + 1 {
		for _, p := range parts {
			if i < len(p) {
				out = append(out, p[i])
			}
		}
	}
	for i := range b.check {
		for j := range n {
			out = append(out, checks[j*b.check+i])
		}
	}
	return out
}

// divide leaves the remainder of the block by the generator in check.
func divide(block, check []byte) {
	g := generators[len(check)]
	for _, word := range block {
		lead := word ^ check[0]
		copy(check, check[1:])
		check[len(check)-1] = 0
		if lead == 0 {
			continue
		}
		l := logarithm[lead]
		for i, c := range g {
			check[i] ^= power[l+c]
		}
	}
}
