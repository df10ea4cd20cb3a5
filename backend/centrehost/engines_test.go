package centrehost_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"testing"

	"hashmend/backend/blob"
	"hashmend/backend/blob/bucket"
	"hashmend/backend/centre"
	"hashmend/backend/centre/seed"
	"hashmend/backend/centredb/postgres"
	"hashmend/backend/centrehost"
	"hashmend/backend/enginetest"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// A photo whose bucket is away waits at the desk, and goes on by itself.
func TestAPhotoWaitsWhileItsBucketIsAway(t *testing.T) {
	gateway := enginetest.StartS3(t)
	host, err := centrehost.Open(t.Context(), filepath.Join(t.TempDir(), "centre"), centrehost.Options{
		Files: func(ctx context.Context, spool *blob.Store) (blob.Place, error) {
			return bucket.Open(ctx, gateway.Address(), spool)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	s := &shop{t: t, host: host, now: Start}
	if s.url, err = host.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	ann := s.joins(repair.RoleCustomer, "Ann")
	data := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 5<<20)...)
	sum := sha256.Sum256(data)
	ref := repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data)), Type: "image/png", Name: "board.png"}

	gateway.Kill()
	if err := ann.Upload(t.Context(), ref, bytes.NewReader(data), nil); !errors.Is(err, &repair.Error{Code: "centre.busy"}) {
		t.Fatalf("got %v, want centre.busy", err)
	}
	gateway.Start(t)
	if err := ann.Upload(t.Context(), ref, bytes.NewReader(data), nil); err != nil {
		t.Fatal(err)
	}
	gateway.Kill()
	var got bytes.Buffer
	if err := ann.File(t.Context(), ref.SHA256, &got); !errors.Is(err, &repair.Error{Code: "centre.busy"}) {
		t.Errorf("got %v, want centre.busy", err)
	}
	gateway.Start(t)
	got.Reset()
	if err := ann.File(t.Context(), ref.SHA256, &got); err != nil || !bytes.Equal(got.Bytes(), data) {
		t.Errorf("got %d bytes, %v", got.Len(), err)
	}
}

// Cases in every state, told through the centre's deeds, are the same on PostgreSQL.
func TestTheStoryIsTheSameOnPostgres(t *testing.T) {
	database := enginetest.StartPostgres(t)
	story := map[string]seed.Story{}
	for name, store := range map[string]func(context.Context) (centre.Store, error){
		"SQLite":     nil,
		"PostgreSQL": func(ctx context.Context) (centre.Store, error) { return postgres.Open(ctx, database.URL()) },
	} {
		host, err := centrehost.Open(t.Context(), t.TempDir(), centrehost.Options{Store: store})
		if err != nil {
			t.Fatal(err)
		}
		if story[name], err = seed.Seed(t.Context(), host.Centre(), Start); err != nil {
			t.Fatal(err)
		}
		report, err := host.Check(t.Context())
		if err != nil || len(report.Faults) > 0 || report.WorkOrders == 0 {
			t.Errorf("%s: %+v %v", name, report, err)
		}
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	}
	if story["SQLite"].Commands == 0 || story["SQLite"].Commands != story["PostgreSQL"].Commands {
		t.Errorf("%+v", story)
	}
}
