package syncer

import (
	"context"
	"net/http"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Line says how to talk to a centre: whom, as whom, over what. Only URL is
// required to greet a centre.
type Line struct {
	URL      string
	Token    string
	Renewed  func(token string) error // keeps the next token before it is used
	Install  repair.InstallID
	Sign     func(msg []byte) []byte // by the install's key, nil for none
	ServerID string
	Program  string            // name and version
	HTTP     http.RoundTripper // nil is the usual way
	Pin      string            // of the centre's own certificate, "" for one of a known authority
}

// Dial gives the centre at the end of a line. Nothing is sent yet.
func Dial(l Line) (*client.Client, error) {
	return client.New(client.Options{
		BaseURL: l.URL, Token: l.Token, Renewed: l.Renewed, Install: l.Install, Sign: l.Sign, ServerID: l.ServerID, Client: l.Program, HTTP: l.HTTP, Pin: l.Pin,
	})
}

// Address gives the full address of a centre that a person typed.
func Address(text string) (string, error) { return client.CheckAddress(text) }

// Probe asks who answers at an address. Nothing of ours is sent there.
func Probe(ctx context.Context, l Line) (wire.Meta, error) {
	c, err := Dial(Line{URL: l.URL, Program: l.Program, HTTP: l.HTTP, Pin: l.Pin})
	if err != nil {
		return wire.Meta{}, err
	}
	return c.Meta(ctx)
}

// Join exchanges an invite for a token. The same invite with the same key may be
// tried again when the answer was lost.
func Join(ctx context.Context, l Line, ask wire.Join) (wire.Meta, wire.Joined, error) {
	return comeIn(ctx, l, func(c *client.Client) (wire.Joined, error) { return c.Join(ctx, ask) })
}

// Register makes a customer's account at a centre that lets strangers do so.
func Register(ctx context.Context, l Line, ask wire.Register) (wire.Meta, wire.Joined, error) {
	return comeIn(ctx, l, func(c *client.Client) (wire.Joined, error) { return c.Register(ctx, ask) })
}

func comeIn(ctx context.Context, l Line, how func(*client.Client) (wire.Joined, error)) (wire.Meta, wire.Joined, error) {
	meta, err := Probe(ctx, l)
	if err != nil {
		return meta, wire.Joined{}, err
	}
	l.ServerID, l.Token = meta.ServerID, ""
	c, err := Dial(l)
	if err != nil {
		return meta, wire.Joined{}, err
	}
	joined, err := how(c)
	if err == nil && (joined.Token == "" || joined.ServerID != meta.ServerID) {
		err = &repair.Error{Kind: repair.Offline, Code: wire.CodeOtherServer}
	}
	return meta, joined, err
}
