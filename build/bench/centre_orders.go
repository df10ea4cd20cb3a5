package main

import (
	"fmt"
	"net/http"
	"path/filepath"

	"hashmend/backend/centrehost"
)

// orderDevices is how many devices a filed order has.
const orderDevices = 12

// open makes a shop and starts its centre.
func (b *centreBench) open(name string) (*benchShop, *served, error) {
	shop, err := newShop(b.ctx, filepath.Join(b.dir, name), centrehost.Options{})
	if err != nil {
		return nil, nil, err
	}
	ours, err := b.serve(shop, "centred")
	return shop, ours, err
}

func (b *centreBench) serve(shop *benchShop, name string) (*served, error) {
	ours, err := shop.serve(b.ctx, name)
	if err == nil {
		b.ends = append(b.ends, ours.stop)
	}
	return ours, err
}

// bare starts the limit on tables of its own. It writes what the shop's last
// request wrote.
func (b *centreBench) bare(shop *benchShop, pool int64) (*served, error) {
	file := shop.dir + ".json"
	if err := shop.pattern(file, pool); err != nil {
		return nil, err
	}
	other, err := newShop(b.ctx, shop.dir+"-bare", centrehost.Options{})
	if err != nil {
		return nil, err
	}
	bare, err := serve(b.ctx, "bare SQLite", program("bare"), "-db", filepath.Join(other.dir, "centre.db"), "-rows", file)
	if err == nil {
		b.ends = append(b.ends, bare.stop)
	}
	return bare, err
}

// first asks once, so that there is something to look at.
func (b *centreBench) first(s *served, a ask) error {
	return one(b.ctx, http.DefaultClient, s.url, a)
}

// numbered gives each request a number that no other has, through all rounds.
func numbered(f func(int64) ask) func(int64) ask {
	turn := newTurn(10)
	return func(int64) ask { return f(turn()) }
}

func bareAsk(s *benchShop, kind int, body []byte) func(int64) ask {
	return numbered(func(n int64) ask { return ask{method: "PUT", path: "/" + s.id(kind, n), body: body} })
}

func (b *centreBench) orders() error {
	shop, ours, err := b.open("orders")
	if err != nil {
		return err
	}
	one := shop.order(1, orderDevices)
	if err := b.first(ours, one); err != nil {
		return err
	}
	bare, err := b.bare(shop, 0)
	if err != nil {
		return err
	}
	askOurs := numbered(func(n int64) ask { return shop.order(n, orderDevices) })
	askBare := bareAsk(shop, 0, one.body)
	for _, places := range []int{1, 16, 64} {
		c, err := b.contest(places, ours, bare, askOurs, askBare)
		if err != nil {
			return err
		}
		b.says(filedGoal.missed(fmt.Sprintf("c=%d", places), c.speed, c.figures))
	}
	return nil
}

// decisions are few: each needs a work order that stands at its quote.
func (b *centreBench) decisions() error {
	const most = 12_000
	shop, err := newShop(b.ctx, filepath.Join(b.dir, "decisions"), centrehost.Options{})
	if err != nil {
		return err
	}
	if err := shop.quoted(b.ctx, 10, most); err != nil {
		return err
	}
	ours, err := b.serve(shop, "centred")
	if err != nil {
		return err
	}
	one := shop.decided(10)
	if err := b.first(ours, one); err != nil {
		return err
	}
	bare, err := b.bare(shop, 1000)
	if err != nil {
		return err
	}
	turn := newTurn(10)
	askOurs := func(int64) ask { return shop.decided(min(turn(), most-1)) }
	askBare := bareAsk(shop, 900, one.body)
	before := b.length
	b.length /= 3
	defer func() { b.length = before }()
	c, err := b.contest(16, ours, bare, askOurs, askBare)
	if err != nil {
		return err
	}
	if turn() >= most {
		return fmt.Errorf("%d quotes were too few: answers were replayed", most)
	}
	b.says(decidedGoal.missed("c=16", c.speed, c.figures))
	return nil
}

// pages reads at any depth of a feed of a million work orders, and of a thousand.
func (b *centreBench) pages() error {
	const large, small = 1_000_000, 1_000
	shop, ours, err := b.open("pages")
	if err != nil {
		return err
	}
	if err := b.first(ours, shop.order(1, orderDevices)); err != nil {
		return err
	}
	accounts := map[int]string{}
	for _, n := range []int{small, large} {
		if accounts[n], err = shop.fill(b.ctx, n); err != nil {
			return err
		}
	}
	bare, err := serve(b.ctx, "bare SQLite", program("bare"), "-db", filepath.Join(shop.dir, "centre.db"))
	if err != nil {
		return err
	}
	b.ends = append(b.ends, bare.stop)
	cpu := map[int]float64{}
	for _, page := range []struct {
		n, limit int
		g        goal
	}{{small, 100, pageGoal}, {large, 100, pageGoal}, {large, 1000, changesGoal}} {
		// Depths all over the feed, in turn.
		var asks, bares []ask
		for i := range 20 {
			at := int64(1 + i*(page.n-page.limit-1)/20)
			cursor, header, err := shop.cursor(accounts[page.n], at)
			if err != nil {
				return err
			}
			asks = append(asks, ask{method: "GET", path: fmt.Sprintf("/v1/changes?since=%s&limit=%d", cursor, page.limit), header: header})
			bares = append(bares, ask{method: "GET", path: fmt.Sprintf("/page?scope=%s&after=%d&limit=%d", accounts[page.n], at, page.limit)})
		}
		c, err := b.contest(16, ours, bare, func(n int64) ask { return asks[n%20] }, func(n int64) ask { return bares[n%20] })
		if err != nil {
			return err
		}
		b.says(page.g.missed(fmt.Sprintf("of %d", page.n), c.speed, c.figures))
		if page.limit == 100 {
			cpu[page.n] = c.cpu
		}
	}
	b.says(depthGoal.missed("", cpu[large]/cpu[small], fmt.Sprintf("%.0f against %.0f µs", cpu[large], cpu[small])))
	return b.growth(shop, ours)
}

// growth compares filing beside a million work orders with filing in a new shop.
func (b *centreBench) growth(full *benchShop, ours *served) error {
	fresh, other, err := b.open("growth")
	if err != nil {
		return err
	}
	c, err := b.contest(16, ours, other,
		numbered(func(n int64) ask { return full.order(n, orderDevices) }),
		numbered(func(n int64) ask { return fresh.order(n, orderDevices) }))
	if err != nil {
		return err
	}
	b.says(growthGoal.missed("c=16", c.cpuRatio, c.figures))
	return nil
}
