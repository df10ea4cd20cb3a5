package httpapi

import (
	"net/http"

	"hashmend/backend/wire"
)

// pushed takes what a tracking service tells. Its signature covers the bytes, so
// they go on as they came.
func (s *Server) pushed(service, kind string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		data, err := bodyOf(w, r, kind, wire.MaxBody)
		if err != nil {
			return err
		}
		heard, err := s.centre.Pushed(r.Context(), service, r.Header, data)
		if err != nil {
			return err
		}
		return answer(w, http.StatusOK, heard)
	}
}
