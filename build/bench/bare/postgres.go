package main

import (
	"context"
	"errors"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type postgres struct{ pool *pgxpool.Pool }

func openPostgres(ctx context.Context, url string) (*postgres, int64, error) {
	settings, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, 0, err
	}
	settings.MaxConns = 16
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, 0, err
	}
	var seq int64
	err = pool.QueryRow(ctx, "SELECT max(seq) FROM commit_log").Scan(&seq)
	return &postgres{pool}, seq, err
}

func (p *postgres) write(ctx context.Context, one []statement) error {
	var b pgx.Batch
	for _, st := range one {
		b.Queue(st.text, st.args...)
	}
	return pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error { return tx.SendBatch(ctx, &b).Close() })
}

func (p *postgres) page(context.Context, io.Writer, string, int64, int) error {
	return errors.New("pages are measured on SQLite")
}
