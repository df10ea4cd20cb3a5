package qr

// blocks says how the code words of a version and level are divided: first
// blocks with data code words each, then second blocks with one more, each with
// check code words.
type blocks struct{ first, second, data, check int }

func (b blocks) words() int { return (b.first+b.second)*b.data + b.second }

// shapes of version 1 to 11, for levels L, M, Q and H.
var shapes = [largest + 1][4]blocks{
	1:  {{1, 0, 19, 7}, {1, 0, 16, 10}, {1, 0, 13, 13}, {1, 0, 9, 17}},
	2:  {{1, 0, 34, 10}, {1, 0, 28, 16}, {1, 0, 22, 22}, {1, 0, 16, 28}},
	3:  {{1, 0, 55, 15}, {1, 0, 44, 26}, {2, 0, 17, 18}, {2, 0, 13, 22}},
	4:  {{1, 0, 80, 20}, {2, 0, 32, 18}, {2, 0, 24, 26}, {4, 0, 9, 16}},
	5:  {{1, 0, 108, 26}, {2, 0, 43, 24}, {2, 2, 15, 18}, {2, 2, 11, 22}},
	6:  {{2, 0, 68, 18}, {4, 0, 27, 16}, {4, 0, 19, 24}, {4, 0, 15, 28}},
	7:  {{2, 0, 78, 20}, {4, 0, 31, 18}, {2, 4, 14, 18}, {4, 1, 13, 26}},
	8:  {{2, 0, 97, 24}, {2, 2, 38, 22}, {4, 2, 18, 22}, {4, 2, 14, 26}},
	9:  {{2, 0, 116, 30}, {3, 2, 36, 22}, {4, 4, 16, 20}, {4, 4, 12, 24}},
	10: {{2, 2, 68, 18}, {4, 1, 43, 26}, {6, 2, 19, 24}, {6, 2, 15, 28}},
	11: {{4, 0, 81, 20}, {1, 4, 50, 30}, {4, 4, 22, 28}, {3, 8, 12, 24}},
}

// alignment is where the centres of alignment patterns lie.
var alignment = [largest + 1][]int{
	2: {6, 18}, 3: {6, 22}, 4: {6, 26}, 5: {6, 30}, 6: {6, 34},
	7: {6, 22, 38}, 8: {6, 24, 42}, 9: {6, 26, 46}, 10: {6, 28, 50}, 11: {6, 30, 54},
}

// The field of the Reed-Solomon code: powers of 2 modulo 0x11D and their inverse.
var power, logarithm = field()

func field() (power [512]byte, logarithm [256]int) {
	v := 1
	for i := range 255 {
		power[i], power[i+255] = byte(v), byte(v)
		logarithm[v] = i
		v <<= 1
		if v > 255 {
			v ^= 0x11D
		}
	}
	return power, logarithm
}

// generators are the divisors for each number of check code words, as
// logarithms, without the leading 1.
var generators = func() (all [31][]int) {
	for n := range all {
		poly := []byte{1}
		for i := range n {
			next := make([]byte, len(poly)+1)
			for j, c := range poly {
				next[j] ^= c
				if c != 0 {
					next[j+1] ^= power[logarithm[c]+i]
				}
			}
			poly = next
		}
		for _, c := range poly[1:] {
			all[n] = append(all[n], logarithm[c])
		}
	}
	return all
}()
