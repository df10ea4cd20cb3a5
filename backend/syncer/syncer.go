package syncer

import (
	"context"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// How often the centre is asked although nothing hinted at news, and how far a
// hold may lie ahead.
const (
	pollIdle   = 5 * time.Minute
	pollActive = 5 * time.Second
	activeFor  = time.Minute // after the last sign of a person
	keepAway   = 5 * time.Minute
	longHold   = time.Minute
	patience   = 120         // tries: about five hours, for other desks to be switched on
	smallSkew  = time.Minute // of two clocks: not worth a word
)

// Centre is what the syncer asks of a centre; *client.Client is one.
type Centre interface {
	Meta(ctx context.Context) (wire.Meta, error)
	PutWorkOrder(ctx context.Context, id repair.WorkOrderID, body []byte) (wire.Accepted, error)
	PutOp(ctx context.Context, id repair.CommandID, body []byte, seenRev int64) (wire.OpResult, error)
	PutOpAgain(ctx context.Context, id repair.CommandID, body []byte) (wire.OpResult, error)
	Changes(ctx context.Context, since wire.Cursor, limit int, answered ...wire.Cursor) (wire.Page, error)
	Snapshot(ctx context.Context, at wire.Cursor, after wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error
	Events(ctx context.Context, heard func(head wire.Cursor)) error
	Await(ctx context.Context, since wire.Cursor, wait time.Duration) (news bool, err error)
	Upload(ctx context.Context, file repair.FileRef, content io.ReaderAt, progress func(sent int64)) error
}

// Files is where the bytes of photos and vouchers are; *blob.Store is one.
type Files interface {
	Open(sha256 string) (*os.File, error)
}

// Config says what to keep in step. All fields but Poll, Listen and Patience are
// required.
type Config struct {
	ServerID string // the only centre this session speaks to
	Scope    localdb.Scope
	DB       *localdb.DB
	Files    Files
	Centre   Centre
	Now      func() time.Time       // the wall clock, for what is stored and shown
	Changed  func(topics ...string) // tells the page what to ask for again
	Listen   bool                   // to the centre's hints; without it the centre is only asked
	Poll     time.Duration          // while a person is there; 0 means five seconds
	Patience int                    // refusals of what a restored centre has lost, until one is its word; 0 means 120
}

// Syncer keeps one session in step with its centre. Use New, then Run.
type Syncer struct {
	Config
	line                 *line
	push, upload, pull   *lane
	ear                  ear
	pushing              *orders
	travels              travels
	pushPause, pullPause *pause

	mu      sync.Mutex
	skew    time.Duration // of our clock against the centre's
	behind  *repair.Error // why the centre gives no changes although it answers
	fault   *repair.Error // of this PC: a full disk
	present time.Time     // monotonic: the last sign of a person
	owed    int           // answers of the centre whose effect is to be pulled, counted up
	had     int           // how many of them have been pulled
	hearing bool          // the centre says by itself when there is news
	pulled  chan struct{} // closed at the end of the next pull
}

// New prepares a syncer. Nothing moves before Run.
func New(c Config) *Syncer {
	if c.Patience <= 0 {
		c.Patience = patience
	}
	if c.Poll <= 0 {
		c.Poll = pollActive
	}
	s := &Syncer{
		Config:    c,
		line:      &line{random: rand.Float64},
		pushing:   newOrders(),
		pushPause: &pause{random: rand.Float64},
		pullPause: &pause{random: rand.Float64},
		pulled:    make(chan struct{}),
		owed:      1, // what happened while we were away
	}
	s.push = newLane(s.pushOnce)
	s.upload = newLane(s.uploadOnce)
	s.pull = newLane(s.pullOnce)
	return s
}

// Run works until the context ends, then waits for what is under way to notice.
func (s *Syncer) Run(ctx context.Context) {
	var lanes sync.WaitGroup
	work := []func(context.Context){s.push.run, s.upload.run, s.pull.run}
	if s.Listen {
		work = append(work, newLane(s.listenOnce).run, s.watchClock)
	}
	for _, run := range work {
		lanes.Add(1)
		go func() { defer lanes.Done(); run(ctx) }()
	}
	lanes.Wait()
	s.pushing.wait()
}

// Wake says that something was queued or may be sent now.
func (s *Syncer) Wake() {
	s.push.nudge()
	s.upload.nudge()
}

// Hint says that the centre may have news.
func (s *Syncer) Hint() { s.pull.nudge() }

// owe notes that the centre answered something whose effect is to be pulled.
func (s *Syncer) owe() {
	s.mu.Lock()
	s.owed++
	s.mu.Unlock()
	s.Hint()
}

// Hurry tries everything now instead of waiting: a person asked for it.
func (s *Syncer) Hurry() {
	s.line.hurry()
	s.pushPause.clear()
	s.pullPause.clear()
	s.Wake()
	s.Hint()
}

// Present says that a person is looking: the centre is asked more often for a
// while. The first sign after a silence asks at once.
func (s *Syncer) Present() {
	s.mu.Lock()
	silent := time.Since(s.present) > activeFor
	s.present = time.Now()
	s.mu.Unlock()
	if silent {
		s.Hint()
	}
}

// Pulled gives a channel that closes at the end of the next pull, however it ends.
func (s *Syncer) Pulled() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pulled
}

// reach gives 0 when the right centre is there to be asked, else how long to
// keep away from it.
func (s *Syncer) reach(ctx context.Context) time.Duration {
	greet, wait := s.line.enter()
	if !greet {
		return wait
	}
	meta, err := s.Centre.Meta(ctx)
	if err == nil && meta.ServerID != s.ServerID {
		err = &repair.Error{Kind: repair.Offline, Code: wire.CodeOtherServer}
	}
	if err != nil {
		v, reason, asked := s.judge(ctx, err)
		if v == ended {
			s.line.abandon()
			return pollIdle
		}
		s.cut(reason, asked)
		return shortest
	}
	s.line.greeted()
	s.setSkew(meta.Time.Time())
	for _, l := range []*lane{s.push, s.upload, s.pull} { // they wait for this
		l.nudge()
	}
	return 0
}

// setSkew compares our clock with theirs.
func (s *Syncer) setSkew(theirs time.Time) {
	skew := s.Now().Sub(theirs).Truncate(time.Second)
	if theirs.IsZero() || skew.Abs() < smallSkew {
		skew = 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = skew
}

// cut notes that the centre cannot be asked.
func (s *Syncer) cut(reason *repair.Error, atLeast time.Duration) {
	if s.line.cut(s.Now(), reason, atLeast) {
		log.Printf("centre: %v", reason)
		s.Changed("sync")
	}
}

// worked notes that the centre did what it was asked.
func (s *Syncer) worked() {
	if s.line.worked() {
		s.Changed("sync")
	}
}

// note keeps a reason for the status; nil for none. It tells the page when that
// is news.
func (s *Syncer) note(place **repair.Error, reason *repair.Error) {
	s.mu.Lock()
	news := (*place == nil) != (reason == nil) || reason != nil && (*place).Code != reason.Code
	*place = reason
	s.mu.Unlock()
	if !news {
		return
	}
	if reason != nil {
		log.Printf("sync: %v", reason)
	}
	s.Changed("sync")
}

// keep notes whether this PC could keep what it learnt, and reports it.
func (s *Syncer) keep(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return err == nil
	}
	if err != nil {
		s.note(&s.fault, visible(err))
		s.pushPause.failed(0)
		return false
	}
	s.note(&s.fault, nil)
	return true
}
