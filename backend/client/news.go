package client

import (
	"bufio"
	"context"
	"encoding/json"

	"net/url"
	"strconv"
	"strings"
	"time"

	"hashmend/backend/wire"
)

// Events listens to the centre's hints until the stream ends, which is no error.
// heard gets the cursor behind everything that there is now.
func (c *Client) Events(ctx context.Context, heard func(head wire.Cursor)) error {
	response, err := c.stream(ctx, wire.PathEvents, wire.TypeEvents, nil)
	if err != nil {
		return err
	}
	body := response.RawBody()
	defer func() { _ = body.Close() }()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 64<<10)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data:")
		if !ok {
			continue // a sign of life, or what a later centre says
		}
		var event wire.HeadEvent
		if json.Unmarshal([]byte(data), &event) == nil && event.Head != "" {
			heard(event.Head)
		}
	}
	if err := lines.Err(); err != nil {
		return c.notSent(ctx, err)
	}
	return nil
}

// Await waits until there is news behind a cursor, or for so long.
func (c *Client) Await(ctx context.Context, since wire.Cursor, wait time.Duration) (news bool, err error) {
	query := url.Values{"since": {string(since)}, "limit": {"1"}, "wait": {strconv.Itoa(max(1, int(wait/time.Second)))}}
	page, err := c.page(ctx, since, query)
	return err == nil && page.Next != since, err
}
