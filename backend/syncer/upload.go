package syncer

import (
	"context"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// errFileMissing means that a file to upload is not on this PC any more.
var errFileMissing = &repair.Error{Kind: repair.NotFound, Code: "sync.file_missing"} // args: name

// beginAnew are refusals of one upload, not of its file: a new one may succeed,
// or find that the file is there already.
var beginAnew = map[string]bool{wire.CodeUploadNotFound: true, wire.CodeUploadMismatch: true, wire.CodeUploadOffset: true}

// uploadOnce sends the files that are due, one after the other: they are large,
// and the work order that refers to them does not wait for them.
func (s *Syncer) uploadOnce(ctx context.Context) time.Duration {
	files, err := s.waitingFiles(ctx)
	if err != nil {
		s.keep(ctx, err)
		return max(shortest, s.pushPause.left())
	}
	soonest := pollIdle
	for _, f := range files {
		if wait := until(f.NextAt.Time(), s.Now(), longestAsked); wait > 0 {
			soonest = min(soonest, wait)
			continue
		}
		if wait := s.reach(ctx); wait > 0 {
			return wait
		}
		soonest = min(soonest, s.uploadFile(ctx, f))
		s.Changed("sync", "uploads")
	}
	return max(soonest, shortest)
}

// uploadFile sends one file and says when to look again.
func (s *Syncer) uploadFile(ctx context.Context, f localdb.File) time.Duration {
	if may, err := s.DB.MayTravel(ctx, s.Scope, f.SHA256); err != nil || !may {
		s.keep(ctx, err)
		return pollIdle // a person paused it while others were sent
	}
	content, err := s.Files.Open(f.SHA256)
	if err != nil {
		return s.fileLater(ctx, f, errFileMissing.With("name", f.Name).Because(err), longestAsked)
	}
	defer func() { _ = content.Close() }()
	sending, end := context.WithCancel(ctx)
	defer end()
	s.travels.begin(f.SHA256, end)
	err = s.Centre.Upload(sending, f.FileRef, content, func(sent int64) {
		s.travels.moved(f.SHA256, sent)
		s.Changed("uploads")
	})
	s.travels.end(f.SHA256)
	if sending.Err() != nil && ctx.Err() == nil {
		return pollIdle // stopped by a person: what has arrived stays at the centre
	}
	if err == nil {
		s.worked()
		s.keep(ctx, s.DB.Uploaded(ctx, s.Scope, f.SHA256))
		return pollIdle
	}
	v, reason, asked := s.judge(ctx, err)
	if v == refused && beginAnew[reason.Code] {
		v = later
	}
	switch v {
	case ended:
		return pollIdle
	case cutOff, stop:
		s.cut(reason, asked)
		return s.fileLater(ctx, f, reason, backoff(f.Attempts+1, s.pushPause.random(), 0))
	case refused: // such as too large: it is shown, and asked again seldom
		return s.fileLater(ctx, f, reason, longestAsked)
	}
	return s.fileLater(ctx, f, reason, backoff(f.Attempts+1, s.pushPause.random(), asked))
}

func (s *Syncer) fileLater(ctx context.Context, f localdb.File, reason *repair.Error, wait time.Duration) time.Duration {
	next := repair.At(s.Now().Add(wait))
	s.keep(ctx, s.DB.UploadRetry(ctx, s.Scope, f.SHA256, reason, next))
	return max(wait, shortest)
}
