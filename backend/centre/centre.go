// Package centre holds the deeds of an after-sales centre: file a submission or
// replay it, apply a command, tell what has changed, let people in, keep files.
//
// One deed is one transaction of the store. The rules of the repair are those of
// package repair and are asked here for the last time: whatever a desk believes,
// what this package commits is what happened. What it has acknowledged survives
// a crash, and the same request again gets the same answer.
package centre

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/blob"
	"hashmend/backend/calendar"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Centre is a centre at work. Make it with New.
type Centre struct {
	store    Store
	files    blob.Place
	days     repair.WorkingDays
	now      func() time.Time
	serverID string
	key      ed25519.PrivateKey
	drawing  chan struct{} // previews that are being made
	quota    int64
	spare    func(size int64) error
	sending  *sending
	moved    *moved
	known    *known
	oldest   int // version of the contract that is served its reads
	tracking *tracking

	checkouts Checkouts
}

// Options of a centre.
type Options struct {
	// Quota is how many bytes of files an account may have; 0 is no limit.
	Quota int64
	// Spare reports that the disk has no room for so many bytes more beside what is
	// kept for orders; nil never does.
	Spare func(size int64) error

	Tracking Tracks // the services that are asked where parcels are

	Checkouts Checkouts // where customers pay on a page

	MinAPI int                // the oldest version of the contract that may read; 0 means wire.MinVersion
	Days   repair.WorkingDays // nil means China's
	Now    func() time.Time   // nil means time.Now
	Info   repair.CentreInfo  // what a new centre says about itself; an old one keeps its own
}

// New starts a centre on its store. The first start gives it its server id and
// its signing key.
func New(ctx context.Context, store Store, files blob.Place, o Options) (*Centre, error) {
	c := &Centre{store: store, files: files, days: o.Days, now: o.Now,
		drawing: make(chan struct{}, drawing), quota: o.Quota, spare: o.Spare,
		sending: &sending{ids: map[string]*request{}}, known: &known{},
		moved: &moved{waiting: map[chan struct{}]Scope{}}, tracking: newTracking(o.Tracking), checkouts: o.Checkouts}
	if c.now == nil {
		c.now = time.Now
	}
	if c.days == nil {
		c.days = calendar.China{}
	}
	if c.oldest = o.MinAPI; c.oldest == 0 {
		c.oldest = wire.MinVersion
	}
	err := c.update(ctx, func(tx *deed) error {
		private, found, err := tx.SigningKey(ctx)
		if err != nil {
			return err
		}
		if !found {
			return c.begin(ctx, tx, o.Info)
		}
		c.key = ed25519.PrivateKey(private)
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		c.serverID = info.ServerID
		return c.nameSigners(ctx, tx)
	})
	if err != nil {
		return nil, fmt.Errorf("start centre: %w", err)
	}
	if herald, ok := store.(Herald); ok {
		herald.Hear(c.moved.tell)
	}
	return c, nil
}

// begin makes a new centre: its key, its id and the first row of its feed.
func (c *Centre) begin(ctx context.Context, tx *deed, info repair.CentreInfo) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	if err := tx.SaveSigningKey(ctx, private, c.at()); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	c.key, c.serverID = private, id.String()
	info.ServerID = c.serverID
	info.SigningKey = map[string]string{}
	publish(&info, c.key.Public().(ed25519.PublicKey))
	if info.Settings.WarrantyDays == 0 {
		info.Settings = repair.DefaultSettings()
	}
	if info.Name == "" {
		info.Name, info.NameZh = "After-sales centre", "售后中心"
	}
	return c.saveInfo(ctx, tx, info, Commit{Kind: "begin"})
}

// At returns the same centre with another clock: what it does, it does then. The
// seed uses it to tell a story that began last month.
func (c *Centre) At(now func() time.Time) *Centre {
	other := *c
	other.now = now
	return &other
}

// ServerID tells this centre from every other.
func (c *Centre) ServerID() string { return c.serverID }

func (c *Centre) at() repair.Instant { return repair.At(c.now()) }

func (c *Centre) env(info repair.CentreInfo, at repair.Instant) repair.Env {
	return repair.Env{Now: at, Settings: info.Settings, Days: c.days, Zone: repair.DefaultZone}
}

// Caller is a person at an install that has joined.
type Caller struct {
	repair.Person
	Install  repair.InstallID
	ReadOnly bool // may look and change nothing
}

func (c Caller) isStaff() bool { return c.Role.Actor() == repair.Centre }

func (c Caller) scope() Scope {
	if c.isStaff() {
		return Own
	}
	return Scope(c.Account)
}

func refuse(kind repair.Kind, code string) *repair.Error {
	return &repair.Error{Kind: kind, Code: code}
}

// Ready reports whether the store can be written to.
func (c *Centre) Ready(ctx context.Context) error {
	return c.store.Update(ctx, func(tx Tx) error {
		_, err := tx.Head(ctx, Own)
		return err
	})
}

// Reads refuses who speaks a version of the contract that is too old to read; 0
// is who does not say.
func (c *Centre) Reads(version int) error {
	if version == 0 || version >= c.oldest {
		return nil
	}
	return refuse(repair.Conflict, wire.CodeClientTooOld).With("min", strconv.Itoa(c.oldest))
}

// Meta says what the centre is and can.
func (c *Centre) Meta(ctx context.Context) (wire.Meta, error) {
	info, err := c.Info(ctx)
	if err != nil {
		return wire.Meta{}, err
	}
	return wire.Meta{
		API:      wire.APIRange{Min: c.oldest, Max: wire.Version},
		ServerID: c.serverID, Name: info.Name, NameZh: info.NameZh, Practice: info.Practice,
		Time: c.at(),
		Limits: wire.Limits{Body: wire.MaxBody, Upload: wire.MaxUpload, Changes: wire.ChangesMax,
			FileTypes: wire.FileTypes()},
	}, nil
}
