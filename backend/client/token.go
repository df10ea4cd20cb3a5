package client

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/go-resty/resty/v2"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// token is by what the centre knows this install. It is exchanged for the next one
// when the centre calls it stale: once for all requests that meet that together.
type token struct {
	mu   sync.Mutex
	text string
	keep func(token string) error
}

func (t *token) now() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text
}

// known sends a request as this install. When the token is stale it gets the next
// one and sends the request again: nothing was done with the first.
func (c *Client) known(ctx context.Context, send func(*resty.Request) (*resty.Response, error)) (*resty.Response, error) {
	used := c.token.now()
	response, err := send(c.as(ctx, used))
	if !errors.Is(err, &repair.Error{Code: wire.CodeTokenStale}) {
		return response, err
	}
	if err := c.renew(ctx, used); err != nil {
		return nil, err
	}
	return send(c.as(ctx, c.token.now()))
}

func (c *Client) as(ctx context.Context, token string) *resty.Request {
	r := c.resty.R().SetContext(ctx)
	if token != "" {
		r.SetAuthToken(token)
	}
	return r
}

// renew exchanges a token. The next one is kept before it is used: the centre
// forgets the old one soon after. An answer that is lost, or cannot be kept, is
// asked for again with the old one.
func (c *Client) renew(ctx context.Context, stale string) error {
	c.token.mu.Lock()
	defer c.token.mu.Unlock()
	if c.token.text != stale {
		return nil // another request was quicker
	}
	var next wire.Renewed
	if _, err := c.read(ctx, c.as(ctx, stale), http.MethodPost, wire.PathToken, &next); err != nil {
		return err
	}
	if next.Token == "" {
		return offline(wire.CodePortal, nil)
	}
	if c.token.keep != nil {
		if err := c.token.keep(next.Token); err != nil {
			return (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeTokenNotKept}).Because(err)
		}
	}
	c.token.text = next.Token
	return nil
}
