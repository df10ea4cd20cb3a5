package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Start is whom this desk speaks for: practising, connected to a centre, or nobody yet.
type Start struct{ app *App }

// Session says whom this desk speaks for.
func (s *Start) Session() (out desk.Session, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Session(ctx)
}

// Practise starts the embedded practice centre and joins it.
func (s *Start) Practise() (out desk.Session, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Practise(ctx)
}

// Probe asks who answers at an address, before anything is sent there.
func (s *Start) Probe(url string) (out desk.CentreFound, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Probe(ctx, url)
}

// Connect joins a centre with an invite.
func (s *Start) Connect(request desk.ConnectRequest) (out desk.Session, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Connect(ctx, request)
}

// SwitchRole plays the other side, in practice only.
func (s *Start) SwitchRole(role repair.Role) (out desk.Session, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SwitchRole(ctx, role)
}

// Leave stops speaking for this centre; refused while something is unsent unless unsentToo.
func (s *Start) Leave(unsentToo bool) (out desk.Session, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Leave(ctx, unsentToo)
}
