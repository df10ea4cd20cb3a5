package centre

import (
	"context"
	"errors"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// ErrTaken means that a row's id belongs to something else already.
var ErrTaken = errors.New("the id is taken")

// ErrMoved means that another transaction has changed what this one has read: it
// must be done again from its beginning.
var ErrMoved = errors.New("what was read has changed")

// Store keeps what the centre knows. What an Update has committed survives a
// power cut; no Update overwrites what another has changed since it was read; a
// View sees one moment.
type Store interface {
	//
	// A store with several writers may run an Update's f more than once, when
	// another has written what f has read: what f leaves behind besides its
	// writes, it leaves anew each time.
	Update(ctx context.Context, f func(Tx) error) error
	View(ctx context.Context, f func(Tx) error) error
	// Integrity checks the store's own soundness: nil, or what is wrong.
	Integrity(ctx context.Context) error
	Close() error
}

// Herald is a store that other centres stand on too. It tells them that scopes have
// new commits, and hears it from them: a hint, which may be lost.
type Herald interface {
	Announce(scopes []Scope)
	Hear(f func([]Scope)) // once, before there is anything to hear
}

// Tx is a transaction on the store.
type Tx interface {
	Feed
	Ops
	People
	Files
	Letters
	Tracking
	Paying
}

// Feed is the rows of the repair cases and the logs of commits, one of each scope.
type Feed interface {
	// Head is the Mark and the Chain of the last line of a scope's log; the zero
	// Commit when there is none. In an Update of a store with several writers it
	// also keeps the scope until the transaction ends.
	Head(ctx context.Context, scope Scope) (Commit, error)
	// Stands is Head for who only looks: it keeps nobody from writing.
	Stands(ctx context.Context, scope Scope) (Commit, error)
	// Heads says where every scope stands, in the order of their names.
	Heads(ctx context.Context) ([]Standing, error)
	CommitOf(ctx context.Context, scope Scope, seq int64) (c Commit, found bool, err error)
	// Append writes a line and moves its scope's head to it. ErrMoved when the
	// head is already there or further.
	Append(ctx context.Context, c Commit) error
	EachCommit(ctx context.Context, scope Scope, f func(Commit) error) error

	// Save writes a row, new or again. ErrTaken when the id is that of a row of
	// another work order.
	Save(ctx context.Context, r Row) error
	Load(ctx context.Context, t RowType, id string) (r Row, found bool, err error)
	// OfWorkOrder gives the rows of a case in the order in which they first came.
	OfWorkOrder(ctx context.Context, id repair.WorkOrderID) ([]Row, error)
	// Since gives at most limit rows of a scope's feed behind a commit, in its order.
	Since(ctx context.Context, scope Scope, seq int64, limit int) ([]Row, error)
	// OfCommit gives the rows of one commit of a scope's feed.
	OfCommit(ctx context.Context, scope Scope, seq int64) ([]Row, error)
	// Kept gives at most limit rows that are not deleted, by type and id, from
	// behind one of them.
	Kept(ctx context.Context, scope Scope, after RowKey, limit int) ([]Row, error)
	KeptCounts(ctx context.Context, scope Scope) (map[RowType]int64, error)
	// Lookup finds the rows with one of the keys in the scope's work orders that are
	// still open: those of the first key, those of the second …; of an account, the
	// latest first.
	Lookup(ctx context.Context, scope Scope, t RowType, keys ...string) ([]Row, error)
	WorkOrders(ctx context.Context) ([]repair.WorkOrderID, error)
	// OpenWorkOrders gives at most limit of those that are not at their end, by id,
	// from behind one of them.
	OpenWorkOrders(ctx context.Context, after repair.WorkOrderID, limit int) ([]repair.WorkOrderID, error)
	NextNumber(ctx context.Context, year int) (int, error)

	// Expired is the last commit of a scope up to which deletions are forgotten.
	Expired(ctx context.Context, scope Scope) (seq int64, err error)
	// ForgetDeletions forgets what was deleted before a moment, in every scope.
	ForgetDeletions(ctx context.Context, before repair.Instant) error
}

// Ops remembers every answered write, for ever.
type Ops interface {
	Op(ctx context.Context, account repair.AccountID, id string) (op Op, found bool, err error)
	SaveOp(ctx context.Context, op Op) error
}

// RowType is that of the wire.
type RowType = wire.RowType

// RowKey is that of the wire.
type RowKey = wire.RowKey

// Row is one thing of a repair case as it is kept and sent.
type Row struct {
	T         RowType
	ID        string
	Scope     Scope // whose it is; it never moves
	WorkOrder repair.WorkOrderID
	Rev       int64 // the commit of Scope that wrote it last
	Deleted   bool
	Open      bool   // of a work order: not at its end
	Key       string // a device's serial key, a parcel's waybill number
	Body      []byte // JSON of the thing

	// Seq is the same commit's place in the feed that was read: for the centre's
	// own people another than Rev.
	Seq int64
}

func (r Row) key() RowKey { return RowKey{T: r.T, ID: r.ID} }

// Scope is whose rows something is about: the id of an account, or one of these.
type Scope string

const (
	// Public rows are seen by everybody.
	Public Scope = "*"
	// Own rows are only for the centre's own people; their feed has every row.
	Own Scope = ""
)

// Mark is a commit of a scope.
type Mark struct {
	Scope Scope
	Seq   int64
}

// Standing is where a scope stands.
type Standing struct {
	Mark
	Chain   []byte
	Expired int64
}

// Commit is one line of a scope's log. Chain covers it and every line before.
type Commit struct {
	Mark
	Chain   []byte
	Digest  []byte // of the rows that it wrote, or the chain of the line it stands for
	At      repair.Instant
	Op      string
	Kind    string
	Account repair.AccountID
	User    repair.UserID
	Install repair.InstallID
	// Of is the commit whose rows it wrote: itself, but in the log of the centre's
	// own people, where each commit of another scope has a line.
	Of   Mark
	Form int // of its chain
}

// Op is an answered write.
type Op struct {
	Account     repair.AccountID
	ID          string
	Kind        string
	Fingerprint string
	Status      int // of the HTTP answer
	Body        []byte
	Rev         int64
	At          repair.Instant
}

// People is who may come in.
type People interface {
	AccountByName(ctx context.Context, name string) (id repair.AccountID, found bool, err error)
	SaveAccount(ctx context.Context, id repair.AccountID, name string, at repair.Instant) error
	SaveUser(ctx context.Context, p repair.Person, at repair.Instant) error
	SaveInvite(ctx context.Context, i Invite) error
	Invite(ctx context.Context, hash []byte) (i Invite, found bool, err error)
	// UseInvite gives ErrMoved when another has used it since it was read.
	UseInvite(ctx context.Context, hash []byte, install repair.InstallID, at repair.Instant) error
	SaveInstall(ctx context.Context, i Install) error
	Install(ctx context.Context, id repair.InstallID) (i Install, found bool, err error)
	// Installs gives every install, in the order of joining.
	Installs(ctx context.Context) ([]Install, error)
	// InstallsOfAccount gives those of a customer, in the order of joining.
	InstallsOfAccount(ctx context.Context, account repair.AccountID) ([]Install, error)
	// InstallByToken finds whose token it is, or was before the present one.
	InstallByToken(ctx context.Context, tokenHash []byte) (i Install, found bool, err error)
	// RenewToken gives an install another token, that nobody has used yet. It does
	// so only for the present one, or for the one before while the present one is
	// not used.
	RenewToken(ctx context.Context, id repair.InstallID, token Token) (done bool, err error)
	// UseToken notes the first use of an install's present token.
	UseToken(ctx context.Context, id repair.InstallID, tokenHash []byte, at repair.Instant) error
	Revoke(ctx context.Context, id repair.InstallID, at repair.Instant) error

	SigningKey(ctx context.Context) (private []byte, found bool, err error)
	SaveSigningKey(ctx context.Context, private []byte, at repair.Instant) error
}

// Invite lets one install in, once.
type Invite struct {
	Hash    []byte
	Role    repair.Role
	Account repair.AccountID
	Name    string
	At      repair.Instant
	Expires repair.Instant
	UsedAt  repair.Instant
	UsedBy  repair.InstallID

	ReadOnly bool
}

// Install is one PC of one person.
type Install struct {
	ID        repair.InstallID
	Person    repair.Person
	Name      string
	Token     Token
	PublicKey string
	At        repair.Instant
	RevokedAt repair.Instant
	ReadOnly  bool // it may look and change nothing
}

// Token is by what an install is known. Secrets are kept as their hash.
type Token struct {
	Hash   []byte
	At     repair.Instant // when it was given
	UsedAt repair.Instant // when it was first used
	Before []byte         // hash of the one before, empty for none
}

// Files is what is known about photos, vouchers and uploads on their way.
type Files interface {
	SaveUpload(ctx context.Context, u Upload) error
	Upload(ctx context.Context, scope repair.AccountID, id string) (u Upload, found bool, err error)
	// UploadOf finds an upload of the same file by the same account on its way.
	UploadOf(ctx context.Context, scope repair.AccountID, f repair.FileRef) (u Upload, found bool, err error)
	// BytesOf is how much an account has brought and announced.
	BytesOf(ctx context.Context, scope repair.AccountID) (int64, error)
	// UploadsBefore gives some uploads that were begun before.
	UploadsBefore(ctx context.Context, at repair.Instant) (ids []string, err error)
	MoveUpload(ctx context.Context, id string, offset int64, at repair.Instant) error
	DropUpload(ctx context.Context, id string) error
	SaveFile(ctx context.Context, scope repair.AccountID, f repair.FileRef, at repair.Instant) error
	File(ctx context.Context, scope repair.AccountID, hash string) (f repair.FileRef, found bool, err error)
	AnyFile(ctx context.Context, hash string) (f repair.FileRef, found bool, err error)
	// Grant lets an account see a file that the centre's people have attached.
	Grant(ctx context.Context, account repair.AccountID, hash string) error
	Granted(ctx context.Context, account repair.AccountID, hash string) (bool, error)
}

// Upload is a file on its way. Scope is the account that sends it.
type Upload struct {
	ID     string
	Scope  repair.AccountID
	File   repair.FileRef
	Offset int64
	At     repair.Instant
}

// Tracking is what is asked of tracking services, and when.
type Tracking interface {
	// Follow begins with a parcel or shipment, or goes on with it: its number is asked
	// about at AskAt when it is new or another one.
	Follow(ctx context.Context, f Followed) error
	Unfollow(ctx context.Context, scope Scope, key RowKey) error
	// FollowedDue gives some that may be asked about now, the longest due first.
	FollowedDue(ctx context.Context, at repair.Instant, limit int) ([]Followed, error)
	// FollowedBy gives what travels with a number, whosever it is.
	FollowedBy(ctx context.Context, number repair.WaybillNumber) ([]Followed, error)
	// MoveFollowed says when to ask next. It does nothing when somebody else has said
	// so since it was due at was.
	MoveFollowed(ctx context.Context, f Followed, was repair.Instant) (moved bool, err error)
	// CountAsk counts a question to a service for a scope, unless the day has had its
	// limit. Those of all together are counted in the scope "".
	CountAsk(ctx context.Context, scope Scope, service string, day repair.Date, limit int) (allowed bool, err error)
	ForgetAsks(ctx context.Context, before repair.Date) error
}

// Paying is which payments the payment server is asked about, and when.
type Paying interface {
	// WatchCheckout begins with a payment, or says when to ask about it next.
	WatchCheckout(ctx context.Context, w Watched) error
	// CheckoutsDue gives some that may be asked about now, the longest due first.
	CheckoutsDue(ctx context.Context, at repair.Instant, limit int) ([]Watched, error)
	// ClaimCheckout keeps others from asking until a moment. It does nothing when
	// somebody else has moved it since it was read.
	ClaimCheckout(ctx context.Context, w Watched, until repair.Instant) (claimed bool, err error)
	DropCheckout(ctx context.Context, scope Scope, payment repair.PaymentID) error
}

// Watched is a payment that has, or is to have, an invoice at the payment server.
type Watched struct {
	Scope     Scope
	Payment   repair.PaymentID
	WorkOrder repair.WorkOrderID
	AskAt     repair.Instant
	Tries     int // in vain, one after the other
}

// Followed is a parcel or shipment on the road.
type Followed struct {
	RowKey
	Scope     Scope
	WorkOrder repair.WorkOrderID
	Carrier   repair.Carrier
	Number    repair.WaybillNumber
	AskAt     repair.Instant
	AskedAt   repair.Instant
	Tries     int    // in vain, one after the other
	PushedBy  string // the service that tells by itself, "" for none
}
