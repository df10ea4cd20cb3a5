package client

import (
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/go-resty/resty/v2"

	"hashmend/backend/wire"
)

// maxProblem bounds the answer that says why there is no stream.
const maxProblem = 1 << 20

// stream asks for an answer of lines as this install. The caller closes its body.
func (c *Client) stream(ctx context.Context, path, kind string, headers map[string]string) (*resty.Response, error) {
	return c.known(ctx, func(r *resty.Request) (*resty.Response, error) {
		response, err := r.SetDoNotParseResponse(true).SetHeaders(headers).SetHeader("Accept", kind).Execute(http.MethodGet, path)
		if err != nil {
			return nil, c.notSent(ctx, err)
		}
		if err := c.streams(ctx, response, kind); err != nil {
			_ = response.RawBody().Close()
			return nil, err
		}
		return response, nil
	})
}

// streams gives the error of an answer that is not the stream that was asked for.
func (c *Client) streams(ctx context.Context, response *resty.Response, kind string) error {
	var problem []byte
	if response.StatusCode() != http.StatusOK {
		var err error
		if problem, err = io.ReadAll(io.LimitReader(response.RawBody(), maxProblem)); err != nil {
			return c.notSent(ctx, err)
		}
	}
	if err := c.check(response.StatusCode(), response.Header(), problem); err != nil {
		return err
	}
	got, _, err := mime.ParseMediaType(response.Header().Get("Content-Type"))
	if response.StatusCode() != http.StatusOK || err != nil || got != kind {
		return offline(wire.CodePortal, err)
	}
	return nil
}
