package main

import (
	"context"

	"hashmend/backend/blob"
	"hashmend/backend/blob/bucket"
	"hashmend/backend/centre"
	"hashmend/backend/centredb/postgres"
	"hashmend/backend/centrehost"
)

// open opens the centre where the settings say that its parts are.
func (c config) open(ctx context.Context, o centrehost.Options) (*centrehost.Host, error) {
	if c.files != "" {
		o.Files = func(ctx context.Context, spool *blob.Store) (blob.Place, error) {
			return bucket.Open(ctx, c.files, spool)
		}
	}
	if c.db != "" {
		o.Store = func(ctx context.Context) (centre.Store, error) { return postgres.Open(ctx, c.db) }
	}
	return centrehost.Open(ctx, c.dir, o)
}
