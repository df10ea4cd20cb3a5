package httpapi

import "net/http"

// routes lists every route of the contract. "known" asks for a token first.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", s.open(s.health))
	mux.Handle("GET /readyz", s.open(s.ready))
	mux.Handle("GET /metrics", s.open(s.measured))
	mux.Handle("GET /v1/meta", s.open(s.meta))
	mux.Handle("GET /v1/openapi.json", s.open(s.openAPI))
	mux.Handle("POST /v1/join", s.open(s.join))
	mux.Handle("POST /v1/invites", s.known(s.invite))

	mux.Handle("PUT /v1/work-orders/{id}", s.known(s.putWorkOrder))
	mux.Handle("GET /v1/work-orders/{id}", s.known(s.getWorkOrder))
	mux.Handle("PUT /v1/ops/{id}", s.known(s.putOp))
	mux.Handle("GET /v1/changes", s.known(s.changes))

	mux.Handle("OPTIONS /v1/uploads", s.open(s.tusOptions))
	mux.Handle("POST /v1/uploads", s.known(s.createUpload))
	mux.Handle("HEAD /v1/uploads/{id}", s.known(s.headUpload))
	mux.Handle("PATCH /v1/uploads/{id}", s.known(s.patchUpload))
	mux.Handle("GET /v1/files/{sha256}", s.known(s.file))
	return mux
}
