package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"

	"hashmend/app"
	"hashmend/app/webdesk"
	"hashmend/backend/datadir"
	"hashmend/backend/repair"
)

// link leads to a desk that answers: the one that runs, or our own.
type link struct {
	http  *http.Client
	close func() error
}

// ask gives the desk of the data folder, opening it at the first question.
func (t *tool) ask() (*link, error) {
	if t.desk != nil {
		return t.desk, nil
	}
	dir := t.data
	if dir == "" {
		var err error
		if dir, err = datadir.Default(); err != nil {
			return nil, err
		}
	}
	if running := dial(dir); running != nil {
		t.desk = running
		return running, nil
	}
	own, err := app.Open(app.Config{Version: version, Dir: dir})
	if err != nil {
		return nil, err
	}
	t.desk = &link{http: &http.Client{Transport: inProcess{webdesk.Terminal(own)}}, close: own.Close}
	return t.desk, nil
}

func (t *tool) close() error {
	if t.desk == nil {
		return nil
	}
	return t.desk.close()
}

// dial finds the desk that runs on a data folder; nil when there is none.
func dial(dir string) *link {
	path := webdesk.SocketPath(dir)
	connect := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}
	first, err := connect(context.Background(), "", "")
	if err != nil {
		return nil
	}
	_ = first.Close()
	return &link{
		http:  &http.Client{Transport: &http.Transport{DialContext: connect}},
		close: func() error { return nil },
	}
}

// call calls a method of a bound struct and reads its result.
func (t *tool) call(into any, method string, args ...any) error {
	if args == nil {
		args = []any{}
	}
	body, err := json.Marshal(args)
	if err != nil {
		return err
	}
	answer, err := t.request(http.MethodPost, "/call/"+method, bytes.NewReader(body))
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(answer, into)
}

// request asks the desk for bytes. A refusal comes back as the error it is.
func (t *tool) request(method, path string, body io.Reader) ([]byte, error) {
	d, err := t.ask()
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(t.ctx, method, "http://desk"+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := d.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask the desk: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("ask the desk: %w", err)
	}
	if response.StatusCode/100 == 2 {
		return answer, nil
	}
	refusal := new(repair.Error)
	if err := json.Unmarshal(answer, refusal); err != nil || refusal.Code == "" {
		return nil, errors.New("ask the desk: " + response.Status)
	}
	return nil, refusal
}

// inProcess lets an HTTP client ask a handler without a connection.
type inProcess struct{ handler http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	a := &answer{header: http.Header{}, code: http.StatusOK}
	asked := r.Clone(r.Context())
	if asked.Body == nil { // a handler always has one
		asked.Body = http.NoBody
	}
	p.handler.ServeHTTP(a, asked)
	_ = asked.Body.Close()
	return &http.Response{
		StatusCode: a.code, Status: http.StatusText(a.code), Header: a.header, Request: r,
		Body: io.NopCloser(&a.body), ContentLength: int64(a.body.Len()),
	}, nil
}

// answer keeps what a handler writes.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(code int)        { a.code = code }
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }
