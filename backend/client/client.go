// Package client speaks the contract of package wire to a centre.
//
// Every error is a *repair.Error: a problem that the centre tells comes back as
// the error that the centre had, and what is not the centre's answer (a refused
// connection, a captive portal, a cache, another server) is Offline, so that a
// caller keeps what it has and tries again. A context that ends is returned as
// it is.
//
// The token goes to the centre's own origin and nowhere else: redirects are not
// followed.
package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Options say which centre, and as whom. Only BaseURL is required.
type Options struct {
	BaseURL  string
	Token    string                   // "" before joining
	Renewed  func(token string) error // keeps the next token before it is used; nil keeps none
	Install  repair.InstallID         // that Sign speaks for
	Sign     func(msg []byte) []byte  // by the install's key, to get a token where the centre does not know it; nil for none
	ServerID string                   // "" before joining; then an answer of another server is refused
	Pin      string                   // of the centre's own certificate, as wire.Pin tells it; "" trusts the known authorities
	Client   string                   // the X-Client header: program and version
	Timeout  time.Duration            // of silence on the line; 0 means 30 s
	HTTP     http.RoundTripper        // nil means http.DefaultTransport
}

// Client is one centre as seen by one install. It is safe for concurrent use.
type Client struct {
	resty    *resty.Client
	token    *token
	serverID string
}

// New checks the address and makes a client. No connection is made.
func New(o Options) (*Client, error) {
	base, err := CheckAddress(o.BaseURL)
	if err != nil {
		return nil, err
	}
	r := resty.New().
		SetBaseURL(base).
		SetRedirectPolicy(resty.RedirectPolicyFunc(func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		})).
		SetLogger(silent{}).
		SetResponseBodyLimit(maxAnswer).
		SetHeader("Accept", wire.TypeJSON).
		SetHeader(wire.HeaderAPI, strconv.Itoa(wire.Version))
	if o.HTTP == nil {
		o.HTTP = r.GetClient().Transport
	}
	if o.Pin != "" {
		o.HTTP = pinned(o.HTTP, o.Pin)
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	r.SetTransport(patient{next: o.HTTP, silent: o.Timeout})
	if o.Client != "" {
		r.SetHeader("X-Client", o.Client)
	}
	return &Client{resty: r, token: newToken(o), serverID: o.ServerID}, nil
}

// maxAnswer bounds what a hostile server can make this PC hold in memory.
const maxAnswer = 128 << 20

// CheckAddress gives a centre's base URL as New wants it: "centre.example" is
// read as https. Plain http passes only to this machine and private networks.
func CheckAddress(text string) (string, error) {
	bad := &repair.Error{Kind: repair.Invalid, Code: wire.CodeBadAddress}
	text = strings.TrimSpace(text)
	if text != "" && !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", bad.Because(err)
	}
	switch u.Scheme {
	case "https":
	case "http":
		if !isNear(u.Hostname()) {
			return "", (&repair.Error{Kind: repair.Invalid, Code: wire.CodeInsecure}).With("host", u.Hostname())
		}
	default:
		return "", bad
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func isNear(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast())
}

// Meta asks what the centre is. It needs no token.
func (c *Client) Meta(ctx context.Context) (wire.Meta, error) {
	var meta wire.Meta
	_, err := c.json(ctx, http.MethodGet, wire.PathMeta, nil, nil, &meta)
	if err == nil && meta.ServerID == "" {
		err = offline(wire.CodePortal, nil)
	}
	return meta, err
}

// Join exchanges an invite for a token.
func (c *Client) Join(ctx context.Context, join wire.Join) (wire.Joined, error) {
	var joined wire.Joined
	body, err := json.Marshal(join)
	if err != nil {
		return joined, internal(err)
	}
	_, err = c.json(ctx, http.MethodPost, wire.PathJoin, body, nil, &joined)
	return joined, err
}

// Register makes a customer's account without an invite, where the centre lets
// strangers do so.
func (c *Client) Register(ctx context.Context, ask wire.Register) (wire.Joined, error) {
	var joined wire.Joined
	body, err := json.Marshal(ask)
	if err != nil {
		return joined, internal(err)
	}
	_, err = c.json(ctx, http.MethodPost, wire.PathRegister, body, nil, &joined)
	return joined, err
}

// Invite asks for an invite code, as the office or an admin.
func (c *Client) Invite(ctx context.Context, ask wire.InviteAsk) (wire.Invite, error) {
	var invite wire.Invite
	body, err := json.Marshal(ask)
	if err != nil {
		return invite, internal(err)
	}
	_, err = c.json(ctx, http.MethodPost, wire.PathInvites, body, nil, &invite)
	return invite, err
}

// PutWorkOrder files a submission. The body is sent as it is: the same bytes may
// be sent any number of times.
func (c *Client) PutWorkOrder(ctx context.Context, id repair.WorkOrderID, body []byte) (wire.Accepted, error) {
	var accepted wire.Accepted
	_, err := c.json(ctx, http.MethodPut, wire.PathWorkOrders+url.PathEscape(string(id)), body, nil, &accepted)
	if err == nil && !answers(accepted, id, body) {
		err = offline(wire.CodeStaleAnswer, nil)
	}
	return accepted, err
}

// answers reports whether an acceptance is that of these bytes: a cache may have
// answered with another's.
func answers(a wire.Accepted, id repair.WorkOrderID, body []byte) bool {
	return a.ID == id && a.Acknowledgement.WorkOrder == id && a.Acknowledgement.Fingerprint == wire.Fingerprint(body) &&
		a.Number != "" && a.Rev > 0
}

// PutOp sends a command, as often as needed, in the same bytes. seenRev is the
// one inside the body, or 0.
func (c *Client) PutOp(ctx context.Context, id repair.CommandID, body []byte, seenRev int64) (wire.OpResult, error) {
	headers := map[string]string{}
	if seenRev > 0 {
		headers["If-Match"] = strconv.Quote(strconv.FormatInt(seenRev, 10))
	}
	return c.putOp(ctx, id, body, headers)
}

// PutOpAgain sends a command that a restored centre has lost. A refusal is not its
// last word.
func (c *Client) PutOpAgain(ctx context.Context, id repair.CommandID, body []byte) (wire.OpResult, error) {
	return c.putOp(ctx, id, body, map[string]string{wire.HeaderAgain: "true"})
}

func (c *Client) putOp(ctx context.Context, id repair.CommandID, body []byte, headers map[string]string) (result wire.OpResult, err error) {
	_, err = c.json(ctx, http.MethodPut, wire.PathOps+url.PathEscape(string(id)), body, headers, &result)
	if err == nil && (result.ID != id || result.Rev == 0) {
		err = offline(wire.CodeStaleAnswer, nil)
	}
	return result, err
}

// WorkOrder asks for a whole case.
func (c *Client) WorkOrder(ctx context.Context, id repair.WorkOrderID) (repair.Case, error) {
	var whole repair.Case
	_, err := c.json(ctx, http.MethodGet, wire.PathWorkOrders+url.PathEscape(string(id)), nil, nil, &whole)
	return whole, err
}

// Changes asks for the page behind a cursor; "" is the beginning. A page that
// starts elsewhere or whose rows are out of order is not taken. A centre that does
// not know one of the answered commits any more says so in the place of a page.
func (c *Client) Changes(ctx context.Context, since wire.Cursor, limit int, answered ...wire.Cursor) (wire.Page, error) {
	query := url.Values{"since": {string(since)}}
	for _, at := range answered {
		query.Add("answered", string(at))
	}
	if limit > 0 {
		query.Set("limit", strconv.Itoa(limit))
	}
	return c.page(ctx, since, query)
}

// page asks on the condition that there is something: a cursor is the ETag of the
// page that gave it.
func (c *Client) page(ctx context.Context, since wire.Cursor, query url.Values) (wire.Page, error) {
	var page wire.Page
	headers := map[string]string{}
	if since != "" {
		headers["If-None-Match"] = strconv.Quote(string(since))
	}
	response, err := c.json(ctx, http.MethodGet, wire.PathChanges+"?"+query.Encode(), nil, headers, &page)
	if err != nil {
		return wire.Page{}, err
	}
	if response.StatusCode() == http.StatusNotModified {
		if since == "" || response.Header().Get("ETag") != headers["If-None-Match"] {
			return wire.Page{}, offline(wire.CodeStaleAnswer, nil)
		}
		return wire.Page{From: since, Rows: []wire.Row{}, Next: since}, nil
	}
	if page.From != since || page.Next == "" {
		return wire.Page{}, offline(wire.CodeStaleAnswer, nil)
	}
	for i := 1; i < len(page.Rows); i++ {
		if page.Rows[i].Rev < page.Rows[i-1].Rev {
			return wire.Page{}, offline(wire.CodeStaleAnswer, nil)
		}
	}
	return page, nil
}

// json sends a request and reads the JSON answer into into.
func (c *Client) json(ctx context.Context, method, path string, body []byte, headers map[string]string, into any) (*resty.Response, error) {
	return c.known(ctx, func(r *resty.Request) (*resty.Response, error) {
		r.SetHeaders(headers)
		if body != nil {
			r.SetHeader("Content-Type", wire.TypeJSON).SetBody(body)
		}
		return c.read(ctx, r, method, path, into)
	})
}

// read makes a request and reads the JSON answer into into.
func (c *Client) read(ctx context.Context, r *resty.Request, method, path string, into any) (*resty.Response, error) {
	response, err := r.Execute(method, path)
	if err != nil {
		return nil, c.notSent(ctx, err)
	}
	if err := c.check(response.StatusCode(), response.Header(), response.Body()); err != nil {
		return response, err
	}
	if response.StatusCode() == http.StatusNotModified {
		return response, nil
	}
	if !isJSON(response.Header()) {
		return response, offline(wire.CodePortal, nil)
	}
	if err := json.Unmarshal(response.Body(), into); err != nil {
		// A broken answer is a broken connection: nothing of it is believed.
		return response, offline(wire.CodeUnreachable, err)
	}
	return response, nil
}

// silent keeps resty from writing requests to the log.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}
