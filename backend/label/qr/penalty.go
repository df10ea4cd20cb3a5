package qr

import "math/bits"

// penalty judges a masked symbol by the four rules of ISO/IEC 18004, as the
// library reads them. It may stop early once it is no better than least.
func penalty(g *grid, n, least int) int {
	sum := 0
	all := uint64(1)<<n - 1
	dark := 0
	for i := range n {
		dark += bits.OnesCount64(g.rows[i])
		sum += runs(g.rows[i], n) + runs(g.cols[i], n)
		if i > 0 {
			sum += squares(g.rows[i-1], g.rows[i], all)
		}
	}
	sum += 10 * (abs(n*n/2-dark) / (n * n / 20))
	if least >= 0 && sum >= least {
		return sum
	}
	for i := range n {
		sum += finders(g.rows[i], n) + finders(g.cols[i], n)
	}
	return sum
}

// runs: six or more equal modules in line cost two less than their number.
func runs(line uint64, n int) int {
	equal := ^(line ^ line>>1) & (uint64(1)<<(n-1) - 1)
	two := equal & (equal >> 1)
	five := two & (two >> 2) & (equal >> 4) // neighbours alike, so six modules
	return bits.OnesCount64(five) + 3*bits.OnesCount64(five&^(five<<1))
}

// squares: each 2 × 2 of one colour costs three.
func squares(above, row, all uint64) int {
	column := ^(above ^ row) & all
	return 3 * bits.OnesCount64(column&(column>>1)&^(row^row>>1)&(all>>1))
}

// finders: what looks like a finder beside blank modules costs forty.
func finders(line uint64, n int) int {
	const like = 0x5D // 1011101, the same from both ends
	seen := line & (line >> 2) & (line >> 3) & (line >> 4) & (line >> 6) &^ (line>>1 | line>>5)
	if seen == 0 {
		return 0
	}
	sum, buffer := 0, uint16(0)
	for i := range n {
		buffer = buffer<<1 | uint16(line>>i&1)
		switch {
		case buffer&0x7FF == like, buffer&0x7FF == like<<4, i == n-1 && buffer&0x7F == like:
			sum += 40
			buffer = 0xFF
		}
	}
	return sum
}
