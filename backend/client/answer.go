package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// check turns an answer that is not a success into its error. Whatever answers
// with another server id is not the centre that this install has joined, and what
// has none is no centre: a portal or a proxy before it, whatever it says.
func (c *Client) check(status int, header http.Header, body []byte) error {
	server := header.Get(wire.HeaderServer)
	if c.serverID != "" && server != "" && server != c.serverID {
		return offline(wire.CodeOtherServer, nil)
	}
	if c.serverID != "" && server == "" {
		return c.outsider(status, body)
	}
	if status >= 200 && status < 300 || status == http.StatusNotModified {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	if kind == wire.TypeProblem {
		var p wire.Problem
		if err := json.Unmarshal(body, &p); err != nil || p.Code == "" {
			return offline(wire.CodeUnreachable, err)
		}
		return told(p, header)
	}
	if server != "" && status == http.StatusNotFound {
		// An answer to HEAD has no body.
		return &repair.Error{Kind: repair.NotFound, Code: wire.CodeUploadNotFound}
	}
	if server != "" && status == http.StatusUnauthorized {
		// The same: whether it is only stale shows when it is exchanged.
		return &repair.Error{Kind: repair.Unauthorized, Code: wire.CodeTokenStale}
	}
	return c.outsider(status, body)
}

// wantsTLS is what servers say to plain http at the port where they speak https:
// Go's, nginx's, Apache's.
var wantsTLS = []string{"HTTP request to an HTTPS server", "HTTP request was sent to HTTPS port", "plain HTTP to an SSL-enabled"}

// outsider is the error of an answer that is not the centre's.
func (c *Client) outsider(status int, body []byte) error {
	if status == http.StatusBadRequest && strings.HasPrefix(c.resty.BaseURL, "http://") {
		for _, said := range wantsTLS {
			if bytes.Contains(body, []byte(said)) {
				return offline(wire.CodeSpeaksTLS, nil)
			}
		}
	}
	if status >= 500 || status == http.StatusTooManyRequests {
		return offline(wire.CodeUnreachable, nil) // a gateway before the centre
	}
	return offline(wire.CodePortal, nil)
}

// told gives the error of a problem. A Retry-After goes along as the argument
// retry_after, in seconds or as a date.
func told(p wire.Problem, header http.Header) error {
	e := p.Err()
	if after := header.Get("Retry-After"); after != "" {
		e = e.With("retry_after", after)
	}
	return e
}

// notSent is the error of a request that got no answer. Whether the centre has
// acted is not known: the same request may be sent again.
func (c *Client) notSent(ctx context.Context, err error) error {
	// The caller has given up: that is its own word. The client's time limit is not.
	if errors.Is(ctx.Err(), context.Canceled) {
		return context.Canceled
	}
	if e := notTrusted(err); e != nil {
		return e
	}
	return offline(wire.CodeUnreachable, err)
}

func isJSON(header http.Header) bool {
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	return err == nil && kind == wire.TypeJSON
}

func offline(code string, err error) *repair.Error {
	return &repair.Error{Kind: repair.Offline, Code: code, Err: err}
}

func internal(err error) error {
	return &repair.Error{Kind: repair.Internal, Code: wire.CodeInternal, Err: err}
}
