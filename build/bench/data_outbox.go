package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sys/unix"

	"hashmend/backend/localdb"
)

// childOutbox freezes bytes in turn with a bare append, each safe on the disk.
func childOutbox([]string) (figures, error) {
	ctx := context.Background()
	db, err := localdb.Open(ctx, ".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	f, err := os.OpenFile(filepath.Join(".", "bare"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	block := []byte(strings.Repeat("x", 4096))
	var bare, ours []float64
	for range 300 {
		began := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, err
		}
		if err := unix.Fdatasync(int(f.Fd())); err != nil {
			return nil, err
		}
		bare = append(bare, float64(time.Since(began))/1e6)
		item := localdb.OutboxItem{ID: uuid.NewString(), Scope: scope, Kind: "message", WorkOrder: "w1", CreatedAt: now}
		began = time.Now()
		if err := db.Update(ctx, func(t localdb.VaultTx) error { return t.Queue(ctx, item, block) }); err != nil {
			return nil, err
		}
		ours = append(ours, float64(time.Since(began))/1e6)
	}
	return figures{"ours": quantile(ours, 50), "bare": quantile(bare, 50)}, nil
}
