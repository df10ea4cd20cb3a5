package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// desks lets a thousand desks listen for news, and then tells them some.
func (b *centreBench) desks() error {
	const installs, streams = 125, 8
	shop, err := newShop(b.ctx, filepath.Join(b.dir, "desks"), centrehost.Options{})
	if err != nil {
		return err
	}
	host, err := centrehost.Open(b.ctx, shop.dir, centrehost.Options{})
	if err != nil {
		return err
	}
	tokens := make([]string, installs)
	for i := range tokens {
		joined, err := joinHost(b.ctx, host, repair.RoleCustomer, fmt.Sprintf("Farm %d", i))
		if err != nil {
			return err
		}
		tokens[i] = joined.Token
	}
	if err := host.Close(); err != nil {
		return err
	}
	ours, err := b.serve(shop, "centred")
	if err != nil {
		return err
	}
	if err := b.first(ours, shop.order(1, orderDevices)); err != nil { // warm
		return err
	}
	before := ours.rss()
	ctx, cancel := context.WithCancel(b.ctx)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: installs*streams + 10}}
	for _, token := range tokens {
		for range streams {
			if _, err := listenTo(ctx, client, ours, token); err != nil {
				return err
			}
		}
	}
	settled := time.NewTimer(3 * time.Second)
	select {
	case <-settled.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	after := ours.rss()
	b.says(idleGoal.missed("", after-before, fmt.Sprintf("%.0f MB with none, %.0f MB with %d", before, after, installs*streams)))
	return b.hints(ctx, client, shop, ours)
}

// hints measures from the sending of an order until its customer's other desk
// has been told and has read it, while the thousand listen.
func (b *centreBench) hints(ctx context.Context, client *http.Client, shop *benchShop, ours *served) error {
	news, err := listenTo(ctx, client, ours, shop.customer.Token)
	if err != nil {
		return err
	}
	var took []float64
	for n := range int64(60) {
		drain(news)
		start := time.Now()
		if err := one(ctx, client, ours.url, shop.order(n+1000, orderDevices)); err != nil {
			return err
		}
		select {
		case <-news:
		case <-time.After(20 * time.Second):
			return fmt.Errorf("no word of order %d", n)
		}
		if err := one(ctx, client, ours.url, ask{method: "GET", path: "/v1/changes?limit=100", header: shop.token()}); err != nil {
			return err
		}
		took = append(took, float64(time.Since(start).Microseconds())/1000)
	}
	slices.Sort(took)
	p95 := took[len(took)*95/100]
	b.says(hintGoal.missed("", p95, fmt.Sprintf("p50 %.1f ms, p95 %.1f ms", took[len(took)/2], p95)))
	return nil
}

func drain(news <-chan struct{}) {
	for {
		select {
		case <-news:
		default:
			return
		}
	}
}

// listenTo opens a stream of news and gives a word for each one.
func listenTo(ctx context.Context, client *http.Client, s *served, token string) (<-chan struct{}, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+wire.PathEvents, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("events: %s", answer.Status)
	}
	news := make(chan struct{}, 100)
	go func() {
		defer func() { _ = answer.Body.Close() }()
		lines := bufio.NewScanner(answer.Body)
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "event: head") {
				select {
				case news <- struct{}{}:
				default:
				}
			}
		}
	}()
	return news, nil
}
