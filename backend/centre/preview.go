package centre

import (
	"context"
	"errors"
	"io"

	"hashmend/backend/photo"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// drawing is how many previews are made at a time: each takes memory for every
// pixel of its picture.
const drawing = 2

// Preview draws a picture that the caller may see anew and small.
func (c *Centre) Preview(ctx context.Context, by Caller, hash string) ([]byte, error) {
	content, f, err := c.OpenFile(ctx, by, hash)
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	if f.Type != "image/jpeg" && f.Type != "image/png" {
		return nil, refuse(repair.NotFound, wire.CodeNoPreview)
	}
	select {
	case c.drawing <- struct{}{}:
		defer func() { <-c.drawing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	data, err := io.ReadAll(io.LimitReader(content, wire.MaxUpload))
	if err != nil {
		return nil, err
	}
	small, err := photo.Preview(data)
	if errors.Is(err, photo.ErrNoPicture) {
		return nil, refuse(repair.NotFound, wire.CodeNoPreview)
	}
	return small, err
}
