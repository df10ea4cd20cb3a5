package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver itself, as thin as can be
)

type sqlite struct {
	writing, read *sql.DB
	prepared      map[string]*sql.Stmt
	jobs          chan job
	pages         *sql.Stmt
}

type job struct {
	one  []statement
	done chan error
}

const most = 256

func openSQLite(ctx context.Context, path string, texts ...string) (*sqlite, int64, error) {
	const how = "?_journal_mode=WAL&_busy_timeout=10000&_cache_size=-65536&_synchronous=FULL"
	s := &sqlite{prepared: map[string]*sql.Stmt{}, jobs: make(chan job, 1024)}
	var err error
	if s.writing, err = sql.Open("sqlite3", "file:"+path+how); err != nil {
		return nil, 0, err
	}
	s.writing.SetMaxOpenConns(1)
	if s.read, err = sql.Open("sqlite3", "file:"+path+how); err != nil {
		return nil, 0, err
	}
	s.read.SetMaxIdleConns(8)
	for _, text := range texts {
		if s.prepared[text], err = s.writing.PrepareContext(ctx, text); err != nil {
			return nil, 0, err
		}
	}
	s.pages, err = s.read.PrepareContext(ctx, "SELECT t, id, work_order, rev, body FROM entity WHERE scope = ? AND rev > ? ORDER BY rev, seq LIMIT ?")
	if err != nil {
		return nil, 0, err
	}
	var seq int64
	err = s.read.QueryRowContext(ctx, "SELECT max(seq) FROM commit_log").Scan(&seq)
	go s.commits()
	return s, seq, err
}

func (s *sqlite) write(_ context.Context, one []statement) error {
	done := make(chan error, 1)
	s.jobs <- job{one, done}
	return <-done
}

// commits writes what has gathered and syncs once.
func (s *sqlite) commits() {
	for first := range s.jobs {
		in := []job{first}
		tx, err := s.writing.Begin()
		if err == nil {
			err = s.run(tx, first.one)
		}
		for err == nil && len(in) < most {
			select {
			case j := <-s.jobs:
				in = append(in, j)
				err = s.run(tx, j.one)
				continue
			default:
			}
			break
		}
		if err == nil {
			err = tx.Commit()
		} else if tx != nil {
			_ = tx.Rollback()
		}
		for _, j := range in {
			j.done <- err
		}
	}
}

func (s *sqlite) run(tx *sql.Tx, one []statement) error {
	for _, st := range one {
		p := s.prepared[st.text]
		var err error
		if strings.Contains(st.text, "RETURNING") {
			var got int64
			err = tx.Stmt(p).QueryRow(st.args...).Scan(&got)
		} else {
			_, err = tx.Stmt(p).Exec(st.args...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// line is a row as it travels.
type line struct {
	T  string          `json:"t"`
	ID string          `json:"id"`
	R  int64           `json:"rev"`
	W  string          `json:"work_order"`
	D  json.RawMessage `json:"d"`
}

func (s *sqlite) page(ctx context.Context, w io.Writer, scope string, after int64, limit int) error {
	rows, err := s.pages.QueryContext(ctx, scope, after, limit)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	for rows.Next() {
		var l line
		if err := rows.Scan(&l.T, &l.ID, &l.W, &l.R, (*[]byte)(&l.D)); err != nil {
			return err
		}
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return out.Flush()
}
