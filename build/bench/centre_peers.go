package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centredb/postgres"
	"hashmend/backend/centrehost"
	"hashmend/backend/enginetest"
)

// postgres measures filing on a server that the measurement starts.
func (b *centreBench) postgres() error {
	server := enginetest.StartPostgres(&engines{b})
	url, bareURL := server.URL(), server.Create(&engines{b}, "bare")
	opened := func(url string) centrehost.Options {
		return centrehost.Options{Store: func(ctx context.Context) (centre.Store, error) { return postgres.Open(ctx, url) }}
	}
	shop, err := newShop(b.ctx, filepath.Join(b.dir, "pg"), opened(url), "--db", url)
	if err != nil {
		return err
	}
	if _, err := newShop(b.ctx, filepath.Join(b.dir, "pg-bare"), opened(bareURL)); err != nil {
		return err
	}
	// What an order writes is the same on SQLite, where it is easier to look at.
	model, seen, err := b.open("pg-model")
	if err != nil {
		return err
	}
	one := model.order(1, orderDevices)
	if err := b.first(seen, one); err != nil {
		return err
	}
	seen.stop()
	if err := model.pattern(model.dir+".json", 0); err != nil {
		return err
	}
	ours, err := b.serve(shop, "centred on PostgreSQL")
	if err != nil {
		return err
	}
	bare, err := serve(b.ctx, "bare pgx", program("bare"), "-pg", bareURL, "-rows", model.dir+".json")
	if err != nil {
		return err
	}
	b.ends = append(b.ends, bare.stop)
	ours.also = func() []int { return workersOf(server.PID(), "centre centre") }
	bare.also = func() []int { return workersOf(server.PID(), "centre bare") }
	askOurs := numbered(func(n int64) ask { return shop.order(n, orderDevices) })
	askBare := bareAsk(shop, 0, one.body)
	for _, places := range []int{1, 16, 64} {
		c, err := b.contest(places, ours, bare, askOurs, askBare)
		if err != nil {
			return err
		}
		b.says(postgresGoal.missed(fmt.Sprintf("c=%d", places), c.speed, c.figures))
	}
	return nil
}

// workersOf finds the processes of a database server that work for one user and
// database.
func workersOf(pid int, title string) (pids []int) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%[1]d/task/%[1]d/children", pid))
	if err != nil {
		return nil
	}
	for _, text := range strings.Fields(string(data)) {
		line, _ := os.ReadFile("/proc/" + text + "/cmdline")
		if n, err := strconv.Atoi(text); err == nil && strings.Contains(string(line), title+" ") {
			pids = append(pids, n)
		}
	}
	return pids
}

// peer measures filing beside PocketBase, when it could be built. It keeps the
// same thirteen things, an order and twelve devices, in one batch, with fewer
// columns; by its default a power cut may take what it has acknowledged.
func (b *centreBench) peer() error {
	if _, err := os.Stat(program("pocketbase")); err != nil {
		fmt.Println("not measured: PocketBase could not be built here")
		return nil
	}
	shop, ours, err := b.open("peer")
	if err != nil {
		return err
	}
	peer, token, owner, err := b.pocketBase()
	if err != nil {
		return err
	}
	askOurs := numbered(func(n int64) ask { return shop.order(n, orderDevices) })
	askPeer := numbered(func(n int64) ask { return peerOrder(shop.tag, token, owner, n) })
	for _, places := range []int{16, 64} {
		c, err := b.contest(places, ours, peer, askOurs, askPeer)
		if err != nil {
			return err
		}
		at := fmt.Sprintf("c=%d", places)
		b.says(peerGoal.missed(at, c.speed, c.figures))
		b.says(peerCPUGoal.missed(at, c.cpuRatio, c.figures))
	}
	return nil
}

// pocketBase starts it and signs in.
func (b *centreBench) pocketBase() (peer *served, token, owner string, err error) {
	peer, err = serve(b.ctx, "PocketBase", program("pocketbase"), "serve", "--dir", filepath.Join(b.dir, "pocketbase"))
	if err != nil {
		return nil, "", "", err
	}
	b.ends = append(b.ends, peer.stop)
	for try := 0; ; try++ {
		token, owner, err = signIn(b.ctx, peer.url)
		if err == nil || try == 100 {
			return peer, token, owner, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func signIn(ctx context.Context, url string) (token, owner string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/collections/users/auth-with-password",
		strings.NewReader(`{"identity":"farm@example.org","password":"only-for-measuring"}`))
	if err != nil {
		return "", "", err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", "", err
	}
	defer func() { _ = answer.Body.Close() }()
	var said struct {
		Token  string
		Record struct{ ID string }
	}
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil || said.Token == "" {
		return "", "", fmt.Errorf("sign in: %s, %w", answer.Status, err)
	}
	return said.Token, said.Record.ID, nil
}

// peerOrder is an order and its devices as one batch of records.
func peerOrder(tag, token, owner string, n int64) ask {
	var b bytes.Buffer
	b.WriteString(`{"requests":[`)
	for i := range orderDevices + 1 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"method":"POST","url":"/api/collections/things/records","body":{"client_id":"%s-%d-%d","kind":"device","work_order":"%s-%d",`+
			`"serial":"JX%s%07d%02d","model":"X16-Q","complaint":"no hash rate","owner":"%s"}}`, tag, n, i, tag, n, tag, n, i, owner)
	}
	b.WriteString("]}")
	return ask{method: "POST", path: "/api/batch", body: b.Bytes(), header: map[string]string{"Authorization": token}}
}

// engines lets enginetest work for a measurement: what goes wrong ends it.
type engines struct{ b *centreBench }

func (e *engines) Helper()                      {}
func (e *engines) Context() context.Context     { return e.b.ctx }
func (e *engines) Setenv(name, value string)    { _ = os.Setenv(name, value) }
func (e *engines) Cleanup(f func())             { e.b.ends = append(e.b.ends, f) }
func (e *engines) Fatalf(f string, args ...any) { e.Fatal(fmt.Sprintf(f, args...)) }

func (e *engines) TempDir() string {
	dir, err := os.MkdirTemp(e.b.dir, "engine-*")
	if err != nil {
		e.Fatal(err)
	}
	return dir
}

func (e *engines) Fatal(args ...any) {
	fmt.Fprintln(os.Stderr, append([]any{"bench:"}, args...)...)
	e.b.close()
	os.Exit(1)
}
