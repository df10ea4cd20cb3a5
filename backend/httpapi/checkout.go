package httpapi

import (
	"net/http"

	"hashmend/backend/wire"
)

// hinted takes what the payment server tells. Its signature covers the bytes, so
// they go on as they came.
func (s *Server) hinted(w http.ResponseWriter, r *http.Request) error {
	data, err := bodyOf(w, r, wire.TypeJSON, wire.MaxBody)
	if err != nil {
		return err
	}
	if err := s.centre.Hinted(r.Context(), r.Header, data); err != nil {
		return err
	}
	return answer(w, http.StatusOK, struct{}{})
}
