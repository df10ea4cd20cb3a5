package wire

import (
	"net/http"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// Retry says what a desk may do with a refused request, so that it never guesses.
type Retry string

// Ways to go on after a problem.
const (
	RetrySame  Retry = "same"  // the same request may succeed at any time
	RetryAfter Retry = "after" // the same request, not before Retry-After
	RetryNever Retry = "never" // the same request will never succeed
	RetryUser  Retry = "user"  // a person must decide
)

// Problem is an RFC 9457 problem. Code is what a program looks at; it is also
// the key of the translated text.
type Problem struct {
	Type   string            `json:"type"` // urn:hashmend:problem:<kind>
	Title  string            `json:"title"`
	Status int               `json:"status"`
	Code   string            `json:"code"`
	Rule   string            `json:"rule,omitempty"`
	Args   map[string]string `json:"args,omitempty"`
	Retry  Retry             `json:"retry"`
	Rev    int64             `json:"rev,omitempty"` // of the work order now, with order.changed
}

const problemType = "urn:hashmend:problem:"

// kinds gives each kind of error its status, its way on and its title.
var kinds = map[repair.Kind]struct {
	status int
	retry  Retry
	title  string
}{
	repair.Invalid:      {http.StatusUnprocessableEntity, RetryUser, "The request is not valid"},
	repair.NotFound:     {http.StatusNotFound, RetryNever, "There is no such thing"},
	repair.Conflict:     {http.StatusConflict, RetryUser, "The rules or another change forbid it now"},
	repair.Unauthorized: {http.StatusUnauthorized, RetryUser, "The token is missing, expired or revoked"},
	repair.Forbidden:    {http.StatusForbidden, RetryNever, "This role may not do that"},
	repair.Unavailable:  {http.StatusServiceUnavailable, RetryAfter, "The centre cannot do that now"},
	repair.Offline:      {http.StatusBadGateway, RetryAfter, "The centre cannot be reached"},
	repair.Internal:     {http.StatusInternalServerError, RetryAfter, "The centre has a fault"},
}

// Codes of this contract. The rules have their own in package repair.
const (
	CodeMalformed       = "request.malformed"
	CodeTooLarge        = "request.too_large"
	CodeUnsupportedType = "request.unsupported_type"
	CodeNoRoute         = "request.no_route"
	CodeWrongMethod     = "request.wrong_method"
	CodeForeignOrigin   = "request.foreign_origin"
	CodeTooMany         = "request.too_many"
	CodeIDReused        = "op.id_reused"
	CodeOrderChanged    = "order.changed"
	CodeOrderNotFound   = "order.not_found"
	CodeRole            = "person.role_not_allowed"
	CodeTokenExpired    = "centre.token_expired"
	CodeTokenStale      = "centre.token_stale"    // good for POST /v1/token only
	CodeTokenNotKept    = "centre.token_not_kept" // made by the client
	CodeReadOnly        = "person.read_only"
	CodeInstallNotFound = "install.not_found"
	CodeClosed          = "join.closed"
	CodeAccountTaken    = "join.account_taken"
	CodeInviteUnknown   = "join.invite_unknown"
	CodeJoinTooMany     = "join.too_many"
	CodeBadPublicKey    = "join.bad_public_key"
	CodeBadInvite       = "invite.bad_role"
	CodeCursorInvalid   = "cursor.invalid"
	CodeCursorDiverged  = "cursor.diverged"
	CodeCursorScope     = "cursor.scope"
	CodeCursorExpired   = "cursor.expired"
	CodeClientTooOld    = "client.too_old"
	CodeFileNotFound    = "file.not_found"
	CodeFileType        = "file.type_not_allowed"
	CodeFileTooLarge    = "file.too_large"
	CodeNoPreview       = "file.no_preview"
	CodeQuota           = "file.quota_full"
	CodeUploadNotFound  = "upload.not_found"
	CodeUploadOffset    = "upload.wrong_offset"
	CodeUploadMismatch  = "upload.mismatch"
	CodeTusVersion      = "upload.tus_version"
	CodeDiskFull        = "centre.disk_full"
	CodeBusy            = "centre.busy"
	CodeInternal        = "internal.unexpected"
	CodeUnreachable     = "centre.unreachable"         // made by the client
	CodePortal          = "centre.portal"              // made by the client
	CodeOtherServer     = "centre.other_server"        // made by the client
	CodeUntrusted       = "centre.untrusted"           // made by the client: the certificate
	CodePinChanged      = "centre.fingerprint_changed" // made by the client
	CodeBadPin          = "centre.bad_fingerprint"     // made by the desk
	CodeStaleAnswer     = "centre.stale_answer"        // made by the client: a cache answered
	CodeBadAddress      = "centre.bad_address"         // made by the client
	CodeInsecure        = "centre.insecure_address"
	CodeSpeaksTLS       = "centre.speaks_https" // made by the client: http was asked
	CodeDuplicate       = "order.possible_duplicate"
	CodeWaybillKnown    = "unclaimed.waybill_known"
	CodeBadSignature    = "tracking.bad_signature"
	CodeNoService       = "tracking.no_service"
	CodeBadHint         = "checkout.bad_signature"
	CodeNoCheckout      = "checkout.no_service"
)

// exceptions are the codes whose status or way on is not that of their kind.
var exceptions = map[string]struct {
	status int
	retry  Retry
}{
	CodeMalformed:       {http.StatusBadRequest, RetryNever},
	CodeTooLarge:        {http.StatusRequestEntityTooLarge, RetryNever},
	CodeFileTooLarge:    {http.StatusRequestEntityTooLarge, RetryNever},
	CodeUnsupportedType: {http.StatusUnsupportedMediaType, RetryNever},
	CodeFileType:        {http.StatusUnsupportedMediaType, RetryNever},
	CodeWrongMethod:     {http.StatusMethodNotAllowed, RetryNever},
	CodeIDReused:        {http.StatusConflict, RetryNever},
	CodeOrderChanged:    {http.StatusPreconditionFailed, RetryUser},
	// The order's own submission may still be on its way.
	CodeOrderNotFound:  {http.StatusNotFound, RetryAfter},
	CodeInviteUnknown:  {http.StatusForbidden, RetryUser},
	CodeTokenStale:     {http.StatusUnauthorized, RetrySame},
	CodeJoinTooMany:    {http.StatusTooManyRequests, RetryAfter},
	CodeTooMany:        {http.StatusTooManyRequests, RetryAfter},
	CodeCursorInvalid:  {http.StatusBadRequest, RetryNever},
	CodeCursorDiverged: {http.StatusGone, RetryUser},
	CodeCursorScope:    {http.StatusGone, RetryUser},
	CodeCursorExpired:  {http.StatusGone, RetryUser},
	CodeClientTooOld:   {http.StatusUpgradeRequired, RetryUser},
	CodeUploadOffset:   {http.StatusConflict, RetrySame},
	CodeUploadMismatch: {460, RetryUser}, // tus: checksum mismatch
	CodeTusVersion:     {http.StatusPreconditionFailed, RetryNever},
	CodeQuota:          {http.StatusInsufficientStorage, RetryUser},
	CodeDiskFull:       {http.StatusInsufficientStorage, RetryAfter},
}

// NewProblem gives the problem that tells an error. What caused it stays behind.
func NewProblem(e *repair.Error) Problem {
	kind, ok := kinds[e.Kind]
	if !ok {
		kind = kinds[repair.Internal]
	}
	p := Problem{
		Type: problemType + string(e.Kind), Title: kind.title, Status: kind.status,
		Code: e.Code, Rule: e.Rule, Args: e.Args, Retry: kind.retry,
	}
	if x, ok := exceptions[e.Code]; ok {
		p.Status, p.Retry = x.status, x.retry
	}
	if e.Code == CodeOrderChanged {
		p.Rev, _ = strconv.ParseInt(e.Args["rev"], 10, 64)
	}
	return p
}

// Err gives the error that a problem tells. A kind that this program does not
// know is understood by its status.
func (p Problem) Err() *repair.Error {
	kind := repair.Kind(strings.TrimPrefix(p.Type, problemType))
	if _, ok := kinds[kind]; !ok {
		kind = kindOf(p.Status)
	}
	return &repair.Error{Kind: kind, Code: p.Code, Rule: p.Rule, Args: p.Args}
}

// RetryOf says how to go on after an error that a centre has told.
func RetryOf(e *repair.Error) Retry { return NewProblem(e).Retry }

func kindOf(status int) repair.Kind {
	for kind, row := range kinds {
		if row.status == status {
			return kind
		}
	}
	if status >= 500 || status == http.StatusTooManyRequests {
		return repair.Unavailable
	}
	return repair.Invalid
}

// ProblemCodes lists every code of this contract that may reach a person.
func ProblemCodes() []string {
	return []string{CodeMalformed, CodeTooLarge, CodeUnsupportedType, CodeNoRoute, CodeWrongMethod,
		CodeForeignOrigin, CodeTooMany, CodeIDReused, CodeOrderChanged, CodeOrderNotFound, CodeRole,
		CodeTokenExpired, CodeTokenStale, CodeTokenNotKept, CodeReadOnly, CodeInstallNotFound,
		CodeClosed, CodeAccountTaken, CodeInviteUnknown, CodeJoinTooMany, CodeBadPublicKey, CodeBadInvite,
		CodeCursorInvalid, CodeCursorDiverged, CodeCursorScope, CodeCursorExpired, CodeClientTooOld, CodeFileNotFound, CodeFileType,
		CodeFileTooLarge, CodeNoPreview, CodeQuota, CodeUploadNotFound, CodeUploadOffset, CodeUploadMismatch, CodeTusVersion,
		CodeDiskFull, CodeBusy, CodeInternal, CodeUnreachable, CodePortal, CodeOtherServer,
		CodeUntrusted, CodePinChanged, CodeBadPin, CodeStaleAnswer, CodeBadAddress, CodeInsecure, CodeSpeaksTLS,
		CodeDuplicate, CodeWaybillKnown, CodeBadSignature, CodeNoService}
}
