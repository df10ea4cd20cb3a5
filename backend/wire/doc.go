// Package wire is the contract between a desk and an after-sales centre: its
// messages, its problems, its cursor, and the OpenAPI document of all of them. A
// maker who implements it can serve the desk without any other part of this
// program.
//
// # One write, one read, one blob
//
// A write is a PUT whose id the desk has made: PUT /v1/work-orders/{id} files a
// submission, PUT /v1/ops/{id} decides something about it. The id is a UUIDv7 and
// the idempotency key, for ever: the same bytes again are answered as the first
// time, with the header Idempotency-Replayed; other bytes under a used id are
// refused with op.id_reused. A refusal by the rules is an answer like any other
// and is replayed as well. What is not known to have been answered may always be
// sent again.
//
// The read is GET /v1/changes?since=<cursor>: rows in the order of their rev. One
// commit at the centre has one rev, and a page never splits it; a page may hold
// more rows than were asked for when one commit does. The page says which cursor
// it starts from; a page that starts elsewhere came from a cache and is thrown
// away. A row is replaced whole by a later row with the same t and id; a row with
// del is gone. There is nothing to merge: after a submission the centre owns the
// order, and what changes it is a command.
//
// # Scopes, logs and cursors
//
// Every account counts its own commits from 1, so that nobody can see how much
// others do, and no account waits for another. What everybody sees (the centre's
// own row) has a log of its own. The centre's own people see all rows; their log
// has a line for each commit of every other, and its number is the rev of a row
// for them. The rev inside a thing is always that of its account: it is what
// If-Match and seen_rev speak of, and means the same to both sides.
//
// Each line of a log has a hash over itself and all lines before it. A cursor
// holds the place in the caller's log and the place in everybody's, each with the
// beginning of its hash. A page has rows of one log: everybody's first, while it
// has news, then the caller's own. The centre refuses with 410 a cursor
//
//   - whose hash it does not have (cursor.diverged): it was restored from an older
//     copy, or is another centre;
//   - from before the deletions that it still knows (cursor.expired): it keeps them
//     for TombstonesKept;
//   - of another scope (cursor.scope).
//
// # The beginning, and waiting
//
// A desk that has nothing yet, or whose cursor was refused, takes
// GET /v1/snapshot: a line with the cursor behind which to go on, a line for each
// row in the order of t and id, and a last line with their number and hash. The
// cursor was taken before the scan, so a row that changed meanwhile comes again,
// with a higher rev; a row that was deleted comes as deleted. An answer that breaks
// off is gone on with behind its last row, with the same cursor.
//
// GET /v1/changes?wait=25 answers when there is news, or when the time is over.
// With If-None-Match and the ETag of the last page (the cursor, quoted) it answers
// 304 when there is none. GET /v1/events is a stream that says only that the head
// has moved. Both are hints: a desk asks now and then whatever they say.
//
// A desk says with Hashmend-Api which version it speaks. One that is too old is
// refused its reads with 426 client.too_old; its writes are taken.
//
// A command may depend on what its person saw. It then carries seen_rev (in the
// body, and as If-Match for gateways): the rev of the work order on the screen.
// The centre refuses with order.changed when someone else has since changed what
// the command is about.
//
// Files travel beside, on the tus 1.0 wire: the order names them by SHA-256 and
// never waits for them.
//
// # Without a line
//
// A desk whose line is down writes its outbox into a file (Carried), with what the
// centre had accepted and its signed acknowledgements, sealed with the key of the
// install. The centre files each item as if it had come over the line, under the
// same id; whichever comes second is a replay. What a person must decide stays.
//
// # Who packed a box
//
// An install makes an Ed25519 key and sends its public half when it joins. The
// centre publishes every key in its own row (signing_keys), and whose it is in a
// row of type signer: to a customer those of its own installs, to the centre's
// people all. A desk that has pulled once checks a box label without asking. A
// revoked install keeps its key published and is marked: nobody can tell when it
// signed what.
//
// # Growing
//
// Changes are additive. A desk ignores fields that it does not know and keeps
// them in the raw body; a centre reads requests strictly, so that a misspelt
// field is an error and not a silent loss. Codes and enumerations are never
// reworded.
package wire

import "time"

// Version is the version of the contract that this package describes. A centre
// serves reads from MinVersion on, and takes writes of any: an order that was
// decided last month on a PC without a network must not come back.
const (
	Version    = 1
	MinVersion = 1
)

// Paths of the contract.
const (
	PathMeta       = "/v1/meta"
	PathJoin       = "/v1/join"
	PathToken      = "/v1/token"
	PathTokenByKey = "/v1/token/by-key"
	PathRegister   = "/v1/register"
	PathInstalls   = "/v1/installs"
	PathTracking   = "/v1/tracking/" // and the name of a service
	PathCheckout   = "/v1/checkout/btcpay"
	PathInvites    = "/v1/invites"
	PathWorkOrders = "/v1/work-orders/"
	PathOps        = "/v1/ops/"
	PathChanges    = "/v1/changes"
	PathSnapshot   = "/v1/snapshot"
	PathEvents     = "/v1/events"
	PathUploads    = "/v1/uploads"
	PathFiles      = "/v1/files/"
	PathOpenAPI    = "/v1/openapi.json"
	PathHealth     = "/healthz"
	PathReady      = "/readyz"
)

// Header names and media types of the contract.
const (
	HeaderServer   = "Hashmend-Server"      // the centre's server id, on every answer
	HeaderReplayed = "Idempotency-Replayed" // "true" when the answer is not the first
	HeaderAgain    = "Hashmend-Again"       // "true" on a command that the centre had done and has lost
	HeaderAPI      = "Hashmend-Api"         // the contract's version that a desk speaks
	TypeJSON       = "application/json"
	TypeForm       = "application/x-www-form-urlencoded"
	TypeNDJSON     = "application/x-ndjson"
	TypeEvents     = "text/event-stream"
	TypeProblem    = "application/problem+json"
	TypeTus        = "application/offset+octet-stream"
	TusVersion     = "1.0.0"
)

// TombstonesKept is how long a deletion is told: the longest that a desk may be
// away without beginning anew.
const TombstonesKept = 35 * 24 * time.Hour

// How a centre tells that its head has moved, and how long it lets a desk wait.
const (
	WaitMax    = 25 * time.Second // of GET /v1/changes?wait=
	EventsPing = 20 * time.Second // between two signs of life of GET /v1/events
	EventsLife = 30 * time.Minute // of one stream
)

// Limits that a desk may rely on.
const (
	MaxBody        = 32 << 20 // bytes of a submission or a command
	MaxSmallBody   = 64 << 10 // bytes of any other request
	MaxUpload      = 50 << 20 // bytes of one file
	MaxDepth       = 32       // of nested JSON
	ChangesDefault = 1000     // rows of a page when none are asked for
	ChangesMax     = 5000
	AnsweredMax    = 32               // commits that one look at the changes may ask after
	MaxLine        = MaxBody + 64<<10 // bytes of a snapshot's line
)
