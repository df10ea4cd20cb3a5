package httpapi

import (
	"errors"
	"net/http"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// join lets an install in. An address that guesses codes is slowed down.
func (s *Server) join(w http.ResponseWriter, r *http.Request) error {
	from, err := s.mayTry(w, r)
	if err != nil {
		return err
	}
	var ask wire.Join
	if err := small(w, r, &ask); err != nil {
		return err
	}
	joined, err := s.centre.Join(r.Context(), ask)
	if errors.Is(err, &repair.Error{Code: wire.CodeInviteUnknown}) {
		s.tries.failed(from)
	}
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, joined)
}

// register lets a stranger in, where the operator wants that. Every account that an
// address makes counts as a try: nobody needs many.
func (s *Server) register(w http.ResponseWriter, r *http.Request) error {
	if !s.registers {
		return &repair.Error{Kind: repair.Forbidden, Code: wire.CodeClosed}
	}
	from, err := s.mayTry(w, r)
	if err != nil {
		return err
	}
	var ask wire.Register
	if err := small(w, r, &ask); err != nil {
		return err
	}
	s.tries.failed(from)
	joined, err := s.centre.Register(r.Context(), ask)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, joined)
}

// mayTry gives the address that tries to come in, unless it has tried too often.
func (s *Server) mayTry(w http.ResponseWriter, r *http.Request) (from string, err error) {
	from = s.addressOf(r)
	if !s.tries.allowed(from) {
		w.Header().Set("Retry-After", "900")
		return from, &repair.Error{Kind: repair.Unavailable, Code: wire.CodeJoinTooMany}
	}
	return from, nil
}

// renew exchanges a token for the next one. It takes a token that opens nothing
// else any more.
func (s *Server) renew(w http.ResponseWriter, r *http.Request) error {
	token, err := bearer(r)
	if err != nil {
		return err
	}
	renewed, err := s.centre.Renew(r.Context(), token)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, renewed)
}

// tokenByKey gives a token to an install that proves itself by its key. Nobody
// guesses a signature, so tries are not counted: shops behind one address have many.
func (s *Server) tokenByKey(w http.ResponseWriter, r *http.Request) error {
	var ask wire.TokenAsk
	if err := small(w, r, &ask); err != nil {
		return err
	}
	renewed, err := s.centre.TokenByKey(r.Context(), ask)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, renewed)
}

func (s *Server) invite(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	var ask wire.InviteAsk
	if err := small(w, r, &ask); err != nil {
		return err
	}
	invite, err := s.centre.Invite(r.Context(), by, ask)
	if err != nil {
		return err
	}
	return answer(w, http.StatusCreated, invite)
}

func (s *Server) installs(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	list, err := s.centre.InstallsOf(r.Context(), by)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, list)
}

func (s *Server) revoke(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := s.centre.RevokeAs(r.Context(), by, repair.InstallID(r.PathValue("id"))); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// small reads a request that is short.
func small[T any](w http.ResponseWriter, r *http.Request, into *T) error {
	data, err := body(w, r, wire.MaxSmallBody)
	if err != nil {
		return err
	}
	return wire.DecodeStrict(data, into)
}
