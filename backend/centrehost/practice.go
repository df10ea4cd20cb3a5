package centrehost

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hashmend/backend/centre/seed"
)

// PracticeAccount is the customer whose side a newcomer plays: invite to it.
const PracticeAccount = seed.CustomerAccount

// OpenPractice opens the practice centre in a folder. The first time it is made
// and filled with plausible cases that lead up to now; it is made beside and then
// named, so that a start which breaks off leaves no half-told story.
func OpenPractice(ctx context.Context, dir string, now time.Time, o Options) (*Host, error) {
	o.Loopback = true
	_, err := os.Stat(filepath.Join(dir, "centre.db"))
	if err == nil {
		return Open(ctx, dir, o)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("open practice: %w", err)
	}
	making := filepath.Clean(dir) + ".making"
	if err := os.RemoveAll(making); err != nil {
		return nil, fmt.Errorf("make practice: %w", err)
	}
	host, err := Open(ctx, making, o)
	if err != nil {
		return nil, err
	}
	_, err = seed.Seed(ctx, host.Centre(), now)
	if err := errors.Join(err, host.Close()); err != nil {
		return nil, fmt.Errorf("make practice: %w", err)
	}
	// An empty folder may stand there already; one with something in it stays,
	// and the rename says so.
	_ = os.Remove(dir)
	if err := os.Rename(making, dir); err != nil {
		return nil, fmt.Errorf("make practice: %w", err)
	}
	return Open(ctx, dir, o)
}
