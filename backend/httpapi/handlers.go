package httpapi

import (
	"net/http"
	"strconv"
	"strings"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func (s *Server) health(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.centre.Meta(r.Context()); err != nil {
		return (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeBusy}).Because(err)
	}
	return answer(w, http.StatusOK, wire.Health{OK: true})
}

// ready says whether the centre can write: a balancer sends nobody to one that
// cannot.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	if err := s.centre.Ready(r.Context()); err != nil {
		return (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeBusy}).Because(err)
	}
	return answer(w, http.StatusOK, wire.Health{OK: true})
}

// measured serves the metrics to this machine; to others there is no such page.
func (s *Server) measured(w http.ResponseWriter, r *http.Request) error {
	if s.metrics == nil || !s.fromHere(r) {
		return &repair.Error{Kind: repair.NotFound, Code: wire.CodeNoRoute}
	}
	s.metrics.ServeHTTP(w, r)
	return nil
}

func (s *Server) meta(w http.ResponseWriter, r *http.Request) error {
	meta, err := s.centre.Meta(r.Context())
	if err != nil {
		return err
	}
	meta.Registration = wire.RegistrationInvite
	if s.registers {
		meta.Registration = wire.RegistrationOpen
	}
	return answer(w, http.StatusOK, meta)
}

func (s *Server) openAPI(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", wire.TypeJSON)
	_, _ = w.Write(wire.OpenAPI())
	return nil
}

func (s *Server) putWorkOrder(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	data, err := body(w, r, wire.MaxBody)
	if err != nil {
		return err
	}
	accepted, again, err := s.centre.Submit(r.Context(), by, repair.WorkOrderID(r.PathValue("id")), data)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(accepted.Rev))
	if again {
		w.Header().Set(wire.HeaderReplayed, "true")
		return answer(w, http.StatusOK, accepted)
	}
	return answer(w, http.StatusCreated, accepted)
}

func (s *Server) getWorkOrder(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	whole, err := s.centre.WorkOrder(r.Context(), by, repair.WorkOrderID(r.PathValue("id")))
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(whole.Order.Rev))
	return answer(w, http.StatusOK, whole)
}

func (s *Server) putOp(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	seen, err := ifMatch(r.Header.Get("If-Match"))
	if err != nil {
		return err
	}
	data, err := body(w, r, wire.MaxBody)
	if err != nil {
		return err
	}
	id := repair.CommandID(r.PathValue("id"))
	act := func() (wire.OpResult, error) { return s.centre.Act(r.Context(), by, id, data, seen) }
	if r.Header.Get(wire.HeaderAgain) == "true" {
		act = func() (wire.OpResult, error) { return s.centre.ActAgain(r.Context(), by, id, data) }
	}
	result, err := act()
	if err != nil {
		return err
	}
	if result.Replayed {
		w.Header().Set(wire.HeaderReplayed, "true")
	}
	w.Header().Set("ETag", etag(result.Rev))
	return answer(w, http.StatusOK, result)
}

func etag(rev int64) string { return strconv.Quote(strconv.FormatInt(rev, 10)) }

// ifMatch reads the rev that a person saw: "8817", or nothing.
func ifMatch(text string) (int64, error) {
	if text == "" || text == "*" {
		return 0, nil
	}
	rev, err := strconv.ParseInt(strings.Trim(text, `"`), 10, 64)
	if err != nil || rev < 1 {
		return 0, malformed("If-Match is not a rev")
	}
	return rev, nil
}
