package httpapi

import (
	"net/http"

	"hashmend/backend/wire"
)

// routes lists every route of the contract. "known" asks for a token first,
// "writes" for one that may change something.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", s.open(s.health))
	mux.Handle("GET /readyz", s.open(s.ready))
	mux.Handle("GET /metrics", s.open(s.measured))
	mux.Handle("GET /v1/meta", s.open(s.meta))
	mux.Handle("GET /v1/openapi.json", s.open(s.openAPI))
	mux.Handle("POST /v1/join", s.open(s.join))
	mux.Handle("POST /v1/register", s.open(s.register))
	mux.Handle("POST /v1/token", s.open(s.renew))
	mux.Handle("POST /v1/token/by-key", s.open(s.tokenByKey))
	mux.Handle("POST /v1/invites", s.writes(s.invite))
	mux.Handle("GET /v1/installs", s.known(s.installs))
	mux.Handle("DELETE /v1/installs/{id}", s.writes(s.revoke))

	mux.Handle("PUT /v1/work-orders/{id}", s.writes(s.putWorkOrder))
	mux.Handle("GET /v1/work-orders/{id}", s.known(s.getWorkOrder))
	mux.Handle("PUT /v1/ops/{id}", s.writes(s.putOp))
	mux.Handle("GET /v1/changes", s.known(s.changes))
	mux.Handle("GET /v1/snapshot", s.known(s.snapshot))
	mux.Handle("GET /v1/events", s.known(s.events))

	mux.Handle("OPTIONS /v1/uploads", s.open(s.tusOptions))
	mux.Handle("POST /v1/uploads", s.writes(s.createUpload))
	mux.Handle("HEAD /v1/uploads/{id}", s.known(s.headUpload))
	mux.Handle("PATCH /v1/uploads/{id}", s.writes(s.patchUpload))
	mux.Handle("DELETE /v1/uploads/{id}", s.writes(s.endUpload))
	mux.Handle("GET /v1/files/{sha256}", s.known(s.file))
	mux.Handle("GET /v1/files/{sha256}/preview", s.known(s.preview))

	// What tracking services tell by themselves, proven by their signatures.
	mux.Handle("POST /v1/tracking/kuaidi100", s.open(s.pushed("kuaidi100", wire.TypeForm)))
	mux.Handle("POST /v1/tracking/17track", s.open(s.pushed("17track", wire.TypeJSON)))

	// What a payment server tells by itself, proven by its signature.
	mux.Handle("POST /v1/checkout/btcpay", s.open(s.hinted))

	// What a phone opens that has scanned a label: no part of the contract.
	mux.Handle("GET /{kind}/{work_order}/{id}/{n}/{of}/{proof}", s.open(s.label))
	return mux
}
