package syncer

import (
	"context"
	"strings"
	"testing"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// travelling begins a photo of ten thousand bytes that takes a second for each
// thousand.
func travelling(ctx context.Context, b *bench) (hash string) {
	b.t.Helper()
	b.centre.byPiece = func(ctx context.Context, f repair.FileRef, progress func(int64)) error {
		for sent := int64(1000); sent <= f.Size; sent += 1000 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
			}
			progress(sent)
		}
		return nil
	}
	hash, size, err := b.Files.(*blob.Store).Put(ctx, strings.NewReader(strings.Repeat("x", 10_000)), 1<<20)
	if err != nil {
		b.t.Fatal(err)
	}
	ref := repair.FileRef{SHA256: hash, Size: size, Type: "image/png", Name: "board.png"}
	if err := b.DB.Update(ctx, func(tx localdb.VaultTx) error {
		if err := tx.KeepFile(ctx, scope, ref, repair.At(b.Now())); err != nil {
			return err
		}
		return tx.SendFiles(ctx, scope, []repair.FileRef{ref}, repair.At(b.Now()))
	}); err != nil {
		b.t.Fatal(err)
	}
	b.Wake()
	return hash
}

// waiting are the files that a person sees on their way.
func waiting(ctx context.Context, b *bench) []localdb.WaitingFile {
	b.t.Helper()
	list, err := b.DB.FilesWaiting(ctx, scope)
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func TestAFileOnItsWayIsSeenPausedAndGoesOn(t *testing.T) {
	inBubble(t, nil, func(ctx context.Context, b *bench) {
		hash := travelling(ctx, b)
		after(3500 * time.Millisecond)
		if got := b.Travels()[hash]; got != (Travel{Sent: 3000, Speed: 1000}) {
			t.Errorf("it has come %+v", got)
		}
		if err := b.PauseFile(ctx, hash, true); err != nil {
			t.Fatal(err)
		}
		after(time.Hour)
		if len(b.Travels()) != 0 || b.centre.count("POST") != 0 {
			t.Error("a paused file is sent")
		}
		if list := waiting(ctx, b); len(list) != 1 || !list[0].Paused || list[0].Attempts != 0 {
			t.Errorf("paused: %+v", list)
		}
		if err := b.PauseFile(ctx, hash, false); err != nil {
			t.Fatal(err)
		}
		after(15 * time.Second)
		if b.centre.files[hash] == "" || len(waiting(ctx, b)) != 0 {
			t.Error("it did not go on")
		}
	})
}

func TestACancelledFileStaysHere(t *testing.T) {
	inBubble(t, nil, func(ctx context.Context, b *bench) {
		hash := travelling(ctx, b)
		after(3500 * time.Millisecond)
		if err := b.CancelFile(ctx, hash); err != nil {
			t.Fatal(err)
		}
		after(time.Hour)
		if len(waiting(ctx, b)) != 0 || len(b.Travels()) != 0 || b.centre.files[hash] != "" {
			t.Error("a cancelled file is sent")
		}
		f, err := b.Files.Open(hash)
		if err != nil {
			t.Fatalf("it is gone: %v", err)
		}
		_ = f.Close()
	})
}
