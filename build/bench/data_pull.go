package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/klauspost/compress/zstd"
	_ "github.com/mattn/go-sqlite3"

	"hashmend/backend/blob"
	"hashmend/backend/client"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// childPlain is the peer of a pull: ask for the same lines, decode each row, put the
// devices into one table with a unique serial number, all in one transaction.
func childPlain(arguments []string) (figures, error) {
	db, err := sql.Open("sqlite3", "file:plain.db?_journal_mode=WAL&_synchronous=FULL&_cache_size=-65536")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec("CREATE TABLE device (id TEXT PRIMARY KEY, serial TEXT NOT NULL UNIQUE, work_order TEXT, complaint TEXT, status TEXT, rev INTEGER)"); err != nil {
		return nil, err
	}
	began, before := time.Now(), cpu()
	request, err := http.NewRequest(http.MethodGet, arguments[0]+"/centre/"+arguments[1]+wire.PathSnapshot, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "zstd")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	lines, err := zstd.NewReader(answer.Body, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	if err := plainRows(tx, lines); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	f := figures{"wall": time.Since(began).Seconds(), "cpu": cpu() - before}
	var n int
	err = db.QueryRow("SELECT count(*) FROM device").Scan(&n)
	if strconv.Itoa(n) != arguments[1] {
		err = errors.Join(err, fmt.Errorf("%d devices", n))
	}
	return f, err
}

func plainRows(tx *sql.Tx, from io.Reader) error {
	insert, err := tx.Prepare("INSERT INTO device VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, rev = excluded.rev")
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			T   string
			Rev int64
			D   repair.Device
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return err
		}
		if row.T != "device" {
			continue
		}
		if _, err := insert.Exec(string(row.D.ID), string(row.D.Serial), string(row.D.WorkOrder), row.D.Complaint, string(row.D.Status), row.Rev); err != nil {
			return err
		}
	}
	return lines.Err()
}

// puller is a desk that pulls from the source, as in the program.
type puller struct {
	*syncer.Syncer
	stop context.CancelFunc
	done chan struct{}
}

func newPuller(db *localdb.DB, url string) (*puller, error) {
	files, err := blob.Open("files")
	if err != nil {
		return nil, err
	}
	line, err := client.New(client.Options{BaseURL: url, Token: "bench", ServerID: sourceID})
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	p := &puller{Syncer: syncer.New(syncer.Config{ServerID: sourceID, Scope: scope, DB: db, Files: files, Centre: line,
		Now: time.Now, Changed: func(...string) {}}), stop: stop, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.Run(ctx)
	}()
	return p, nil
}

func (p *puller) close() {
	p.stop()
	<-p.done
}

// pulled waits until everything is here.
func (p *puller) pulled(ctx context.Context, db *localdb.DB) error {
	for {
		ended := p.Pulled()
		if cursor, _, err := db.Cursor(ctx, scope); err != nil || cursor != "" {
			return err
		}
		if s := p.Status(); s.Reason != nil {
			return s.Reason
		}
		<-ended
	}
}

// pull lets a desk fetch n devices and gives the time that it took.
func pull(ctx context.Context, db *localdb.DB, url string, n string) (took time.Duration, spent float64, err error) {
	began, before := time.Now(), cpu()
	p, err := newPuller(db, url+"/centre/"+n)
	if err != nil {
		return 0, 0, err
	}
	defer p.close()
	err = p.pulled(ctx, db)
	return time.Since(began), cpu() - before, err
}

// index brings all serial numbers into the index of parts.
func index(db *localdb.DB) (took time.Duration, err error) {
	began := time.Now()
	for more := true; more; {
		if more, err = db.IndexText(context.Background()); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

func childPull(arguments []string) (figures, error) {
	ctx := context.Background()
	db, err := localdb.Open(ctx, ".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	took, spent, err := pull(ctx, db, arguments[0], arguments[1])
	if err != nil {
		return nil, err
	}
	more, err := index(db) // nothing to do for so few: they are found without
	if err != nil {
		return nil, err
	}
	f := figures{"wall": took.Seconds(), "ready": (took + more).Seconds(), "cpu": spent}
	return f, nothingNew(ctx, db, arguments[0]+"/centre/"+arguments[1], f)
}

// nothingNew measures a look at a centre that has nothing new, beside a bare GET of
// the same answer, and counts the requests of a look.
func nothingNew(ctx context.Context, db *localdb.DB, url string, f figures) error {
	p, err := newPuller(db, url)
	if err != nil {
		return err
	}
	defer p.close()
	look := func() error {
		ended := p.Pulled()
		p.Hint()
		<-ended
		return nil
	}
	get := func() error {
		answer, err := http.Get(url + wire.PathChanges + "?since=" + string(sourceAt))
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		return errors.Join(err, answer.Body.Close())
	}
	var looks, gets []float64
	const turns = 300
	if err := errors.Join(look(), look(), get()); err != nil { // each with its connection
		return err
	}
	asked, err := requests(url)
	if err != nil {
		return err
	}
	for range turns {
		ours, err := timed(1, look)
		if err != nil {
			return err
		}
		bare, err := timed(1, get)
		if err != nil {
			return err
		}
		looks, gets = append(looks, ours...), append(gets, bare...)
	}
	after, err := requests(url)
	f["look"], f["get"], f["requests"] = quantile(looks, 50), quantile(gets, 50), float64(after-asked-1)/turns-1
	return err
}

// requests is how many the source has answered.
func requests(url string) (n int, err error) {
	answer, err := http.Get(url + "/asked")
	if err != nil {
		return 0, err
	}
	defer func() { _ = answer.Body.Close() }()
	return n, json.NewDecoder(answer.Body).Decode(&n)
}
