package wire

import (
	"net/http"
	"reflect"
	"strconv"

	"hashmend/backend/repair"
)

// route is one operation as the OpenAPI document tells it.
type route struct {
	method, path, summary string
	open                  bool // needs no token
	parameters            []parameter
	request               any         // its JSON body, or nil
	requestType           string      // of another body
	answers               map[int]any // status → JSON body, or nil for none
	problems              []int
}

type parameter struct{ name, in, about string }

var (
	pathID     = parameter{"id", "path", "a UUIDv7 in lower case"}
	tusVer     = parameter{"Tus-Resumable", "header", "1.0.0"}
	apiVersion = parameter{"Hashmend-Api", "header", "the contract's version that the caller speaks"}
	again      = parameter{"Hashmend-Again", "header", "true for a command that the centre had done and has lost: a refusal is not the last word"}
	ifMatch    = parameter{"If-Match", "header", `the rev of the work order that the person saw, such as "8817"`}
)

// routes are all operations with every status that a caller can bring about. What
// a caller cannot bring about (a fault, a full disk) is under "default".
func routes() []route {
	return []route{
		{method: "GET", path: "/healthz", summary: "Whether the centre can work", open: true, answers: map[int]any{200: Health{}}},
		{method: "GET", path: "/readyz", summary: "Whether the centre can write", open: true, answers: map[int]any{200: Health{}}},
		{method: "GET", path: "/v1/meta", summary: "What the centre is and can", open: true, answers: map[int]any{200: Meta{}}},
		{method: "GET", path: "/v1/openapi.json", summary: "This document", open: true, answers: map[int]any{200: object{}}},
		{method: "POST", path: "/v1/join", summary: "Exchange an invite for a token", open: true, request: Join{},
			answers: map[int]any{200: Joined{}}, problems: []int{400, 403, 413, 415, 422, 429}},
		{method: "POST", path: "/v1/register", summary: "Make a customer's account without an invite, where meta says registration open", open: true, request: Register{},
			answers: map[int]any{200: Joined{}}, problems: []int{400, 403, 409, 413, 415, 422, 429}},
		{method: "POST", path: "/v1/token", summary: "Exchange a token, also a stale one, for the next", answers: map[int]any{200: Renewed{}}, problems: []int{401}},
		{method: "POST", path: "/v1/token/by-key", summary: "Get a token by the install's key, where the centre does not know its own any more", open: true,
			request: TokenAsk{}, answers: map[int]any{200: Renewed{}}, problems: []int{400, 401, 413, 415}},
		{method: "GET", path: "/v1/installs", summary: "The PCs that the caller may shut out", answers: map[int]any{200: Installs{}}, problems: []int{401}},
		{method: "DELETE", path: "/v1/installs/{id}", summary: "Shut a PC out", parameters: []parameter{pathID},
			answers: map[int]any{204: nil}, problems: []int{401, 403, 404}},
		{method: "POST", path: "/v1/invites", summary: "Make an invite", request: InviteAsk{},
			answers: map[int]any{201: Invite{}}, problems: []int{400, 401, 403, 413, 415, 422}},
		{method: "PUT", path: "/v1/work-orders/{id}", summary: "File a submission, or replay the answer", parameters: []parameter{pathID},
			request: repair.Submission{}, answers: map[int]any{200: Accepted{}, 201: Accepted{}},
			problems: []int{400, 401, 403, 409, 413, 415, 422}},
		{method: "GET", path: "/v1/work-orders/{id}", summary: "A whole case", parameters: []parameter{pathID},
			answers: map[int]any{200: repair.Case{}}, problems: []int{401, 404}},
		{method: "PUT", path: "/v1/ops/{id}", summary: "Apply a command, or replay the answer", parameters: []parameter{pathID, ifMatch, again},
			request: repair.Command{}, answers: map[int]any{200: OpResult{}},
			problems: []int{400, 401, 403, 404, 409, 412, 413, 415, 422}},
		{method: "GET", path: "/v1/changes", summary: "What has changed behind a cursor",
			parameters: []parameter{{"since", "query", "a cursor, or nothing for the beginning"},
				{"answered", "query", "at of an answer to a write, as often as 32 times: 410 when the centre has lost one of them"}, {"limit", "query", "rows of the page; a commit is never split"},
				{"wait", "query", "seconds to wait for news, at most 25"}, {"If-None-Match", "header", "the ETag of the last page"}, apiVersion},
			answers: map[int]any{200: Page{}, 304: nil}, problems: []int{400, 401, 410, 426}},
		{method: "GET", path: "/v1/snapshot", summary: "Everything that the caller may see, as lines",
			parameters: []parameter{{"at", "query", "the cursor of the answer that broke off"}, {"after", "query", "its last row: type, comma, id"}, apiVersion},
			answers:    map[int]any{200: stream{TypeNDJSON}}, problems: []int{400, 401, 410, 426}},
		{method: "GET", path: "/v1/events", summary: "Says when the head moves", parameters: []parameter{apiVersion},
			answers: map[int]any{200: stream{TypeEvents}}, problems: []int{401, 426}},
		{method: "OPTIONS", path: "/v1/uploads", summary: "What of tus is spoken", open: true, answers: map[int]any{204: nil}},
		{method: "POST", path: "/v1/uploads", summary: "Announce a file",
			parameters: []parameter{tusVer, {"Upload-Length", "header", "bytes"}, {"Upload-Metadata", "header", "sha256, type and name, in base64"}},
			answers:    map[int]any{200: UploadDone{}, 201: nil}, problems: []int{400, 401, 403, 412, 413, 415}},
		{method: "HEAD", path: "/v1/uploads/{id}", summary: "Where an upload stands", parameters: []parameter{pathID, tusVer},
			answers: map[int]any{200: nil}, problems: []int{401, 404, 412}},
		{method: "PATCH", path: "/v1/uploads/{id}", summary: "Add bytes", requestType: TypeTus,
			parameters: []parameter{pathID, tusVer, {"Upload-Offset", "header", "where these bytes begin"}},
			answers:    map[int]any{204: nil}, problems: []int{400, 401, 403, 404, 409, 412, 413, 415, 460}},
		{method: "DELETE", path: "/v1/uploads/{id}", summary: "Throw away what is not complete", parameters: []parameter{pathID, tusVer},
			answers: map[int]any{204: nil}, problems: []int{401, 403, 404, 412}},
		{method: "GET", path: "/v1/files/{sha256}", summary: "A file", parameters: []parameter{{"sha256", "path", "lower-case hex"}},
			answers: map[int]any{200: file{}}, problems: []int{401, 404}},
		{method: "GET", path: "/v1/files/{sha256}/preview", summary: "A picture, small and upright, as a JPEG that holds nothing else",
			parameters: []parameter{{"sha256", "path", "lower-case hex"}}, answers: map[int]any{200: file{}}, problems: []int{401, 404}},
		{method: "POST", path: "/v1/tracking/kuaidi100", summary: "What kuaidi100 tells by itself: a form of param and sign, which is MD5 of param and the salt",
			open: true, requestType: TypeForm, answers: map[int]any{200: object{}}, problems: []int{400, 403, 404, 413, 415}},
		{method: "POST", path: "/v1/tracking/17track", summary: "What 17track tells by itself: JSON, with SHA-256 of the body, a slash and the key in sign",
			open: true, requestType: TypeJSON, parameters: []parameter{{"sign", "header", "lower-case hex"}},
			answers: map[int]any{200: object{}}, problems: []int{400, 403, 404, 413, 415}},
		{method: "POST", path: PathCheckout, summary: "What a BTCPay Server tells by itself: a hint to ask it, with HMAC-SHA256 of the body by the webhook's secret in BTCPay-Sig",
			open: true, requestType: TypeJSON, parameters: []parameter{{"BTCPay-Sig", "header", "sha256= and lower-case hex"}},
			answers: map[int]any{200: object{}}, problems: []int{400, 403, 404, 413, 415}},
	}
}

// file stands for an answer of bytes.
type file struct{}

// stream stands for an answer of lines.
type stream struct{ kind string }

func (g *generator) operation(r route) object {
	op := object{"summary": r.summary}
	if !r.open {
		op["security"] = []any{object{"token": []string{}}}
	}
	parameters := []any{}
	for _, p := range r.parameters {
		parameters = append(parameters, object{"name": p.name, "in": p.in, "description": p.about,
			"required": p.in == "path" || p.name == tusVer.name, "schema": object{"type": "string"}})
	}
	if len(parameters) > 0 {
		op["parameters"] = parameters
	}
	if r.request != nil {
		op["requestBody"] = object{"required": true, "content": g.content(TypeJSON, r.request)}
	}
	if r.requestType != "" {
		op["requestBody"] = object{"required": true, "content": object{r.requestType: object{}}}
	}
	responses := object{}
	for status, body := range r.answers {
		response := object{"description": http.StatusText(status)}
		switch body := body.(type) {
		case nil:
		case stream:
			response["content"] = object{body.kind: object{}}
		case file:
			response["content"] = object{"*/*": object{}}
		case object:
			response["content"] = object{TypeJSON: object{"schema": object{"type": "object"}}}
		default:
			response["content"] = g.content(TypeJSON, body)
		}
		responses[strconv.Itoa(status)] = response
	}
	for _, status := range r.problems {
		responses[strconv.Itoa(status)] = g.problem(status)
	}
	responses["default"] = g.problem(0)
	op["responses"] = responses
	return op
}

func (g *generator) problem(status int) object {
	text := http.StatusText(status)
	switch status {
	case 0:
		text = "No route, a foreign origin, too many requests, a fault, a full disk"
	case 460:
		text = "The bytes are not those announced"
	}
	content := g.content(TypeProblem, Problem{})
	content[TypeProblem].(object)["example"] = problemOf(status)
	return object{"description": text, "content": content}
}

func (g *generator) content(kind string, v any) object {
	content := object{"schema": g.of(reflect.TypeOf(v))}
	if example, ok := exampleOf(reflect.TypeOf(v)); ok {
		content["example"] = example
	}
	return object{kind: content}
}
