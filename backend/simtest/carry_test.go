package simtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"net/http"

	"hashmend/backend/client"
	"hashmend/backend/fault"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// joinsByItself lets this test be one more PC.
func (s *street) joinsByItself(invite string) {
	s.t.Helper()
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	url := "http://" + s.proxy.Address()
	c, err := client.New(client.Options{BaseURL: url})
	if err != nil {
		s.t.Fatal(err)
	}
	joined, err := c.Join(s.t.Context(), wire.Join{Invite: invite, InstallName: "carrier", PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		s.t.Fatal(err)
	}
	if s.carrier, err = client.New(client.Options{BaseURL: url, Token: joined.Token, ServerID: joined.ServerID,
		HTTP: &http.Transport{DisableKeepAlives: true}}); err != nil {
		s.t.Fatal(err)
	}
}

// sends brings a file to a centre that dies at a point on the way, starts it again
// and goes on: the file is there, with its bytes (inv.B1).
func (s *street) sends(point fault.Point, content []byte) {
	s.t.Helper()
	content = append([]byte("\x89PNG\r\n\x1a\n"), content...)
	f := repair.FileRef{SHA256: wire.Fingerprint(content), Size: int64(len(content)), Type: "image/png", Name: string(point) + ".png"}
	if err := s.carrier.Upload(s.t.Context(), f, bytes.NewReader(content), nil); err == nil {
		s.t.Errorf("%s: the centre that died there has taken the file", point)
	}
	died(s.t, point, s.ends())
	s.serve("")
	var err error
	for range 3 { // what was lost with the centre is begun again
		if err = s.carrier.Upload(s.t.Context(), f, bytes.NewReader(content), nil); err == nil {
			break
		}
	}
	var back bytes.Buffer
	if err == nil {
		err = s.carrier.File(s.t.Context(), f.SHA256, &back)
	}
	if err != nil || !bytes.Equal(back.Bytes(), content) {
		s.fails("inv.B1: %s: %d bytes of %d came back: %v", point, back.Len(), len(content), err)
	}
}
