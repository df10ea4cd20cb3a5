package client

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// token is by what the centre knows this install. It is exchanged for the next one
// when the centre calls it stale: once for all requests that meet that together.
type token struct {
	// turn is held by the request that asks for the next token. It is a channel, since
	// who waits for it must hear when its own request is given up.
	turn chan struct{}
	text atomic.Pointer[string]
	keep func(token string) error

	install repair.InstallID
	sign    func(message []byte) []byte // by the install's key, nil for none
	refused time.Time                   // when the key was refused last
}

// askSeldom is how long a key that was refused is not shown again.
const askSeldom = 4 * time.Minute

func newToken(o Options) *token {
	t := &token{turn: make(chan struct{}, 1), keep: o.Renewed, install: o.Install, sign: o.Sign}
	t.text.Store(&o.Token)
	return t
}

func (t *token) now() string { return *t.text.Load() }

// take waits until no other request asks for a token.
func (c *Client) take(ctx context.Context) error {
	select {
	case c.token.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return c.notSent(ctx, ctx.Err())
	}
}

func (t *token) give() { <-t.turn }

// known sends a request as this install. When the token is stale it gets the next
// one and sends the request again: nothing was done with the first. So it does by
// the install's key when the centre does not know the token: it may have been
// restored to a copy from before the last exchange.
func (c *Client) known(ctx context.Context, send func(*resty.Request) (*resty.Response, error)) (*resty.Response, error) {
	used := c.token.now()
	response, err := send(c.as(ctx, used))
	switch {
	case errors.Is(err, &repair.Error{Code: wire.CodeTokenStale}):
		err = c.renew(ctx, used)
		if !errors.Is(err, &repair.Error{Code: wire.CodeTokenExpired}) {
			break
		}
		fallthrough
	case errors.Is(err, &repair.Error{Code: wire.CodeTokenExpired}):
		err = c.byKey(ctx, used, err)
	default:
		return response, err
	}
	if err != nil {
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
	if err := c.take(ctx); err != nil {
		return err
	}
	defer c.token.give()
	if c.token.now() != stale {
		return nil // another request was quicker
	}
	var next wire.Renewed
	if _, err := c.read(ctx, c.as(ctx, stale), http.MethodPost, wire.PathToken, &next); err != nil {
		return err
	}
	return c.keep(next)
}

// byKey gets a token by the install's key. Without a key, or when it was refused not
// long ago, it is as unknown said.
func (c *Client) byKey(ctx context.Context, used string, unknown error) error {
	t := c.token
	if err := c.take(ctx); err != nil {
		return err
	}
	defer t.give()
	if t.now() != used {
		return nil // another request was quicker
	}
	if t.sign == nil || !t.refused.IsZero() && time.Since(t.refused) < askSeldom {
		return unknown
	}
	var meta wire.Meta
	if _, err := c.read(ctx, c.as(ctx, ""), http.MethodGet, wire.PathMeta, &meta); err != nil {
		return err
	}
	ask := wire.TokenAsk{Install: t.install, At: meta.Time}
	ask.Signature = base64.StdEncoding.EncodeToString(t.sign(ask.Signed(c.serverID)))
	body, err := json.Marshal(ask)
	if err != nil {
		return internal(err)
	}
	var next wire.Renewed
	r := c.as(ctx, "").SetHeader("Content-Type", wire.TypeJSON).SetBody(body)
	_, err = c.read(ctx, r, http.MethodPost, wire.PathTokenByKey, &next)
	var e *repair.Error
	switch {
	case err == nil:
		return c.keep(next)
	case errors.As(err, &e) && (e.Kind == repair.Unauthorized || e.Code == wire.CodeNoRoute):
		t.refused = time.Now()
		return unknown
	}
	return err
}

// keep keeps the next token, and uses it from then on. The turn is held.
func (c *Client) keep(next wire.Renewed) error {
	if next.Token == "" {
		return offline(wire.CodePortal, nil)
	}
	if c.token.keep != nil {
		if err := c.token.keep(next.Token); err != nil {
			return (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeTokenNotKept}).Because(err)
		}
	}
	c.token.text.Store(&next.Token)
	return nil
}
