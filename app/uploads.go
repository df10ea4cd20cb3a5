package app

import (
	"time"

	"hashmend/backend/repair"
)

// UploadView is a file on its way to the centre.
type UploadView struct {
	SHA256   string         `json:"sha256"`
	Name     string         `json:"name"`
	Size     int64          `json:"size"`
	Sent     int64          `json:"sent"`
	State    string         `json:"state"` // sending, waiting, paused
	Speed    int64          `json:"speed"` // bytes a second, 0 while it is not known
	LeftSecs int64          `json:"left_secs"`
	Tries    int            `json:"tries"`
	NextTry  repair.Instant `json:"next_try"`
	Reason   *repair.Error  `json:"reason"` // of the last try
}

// Uploads lists the files still to travel and how far they have come. The work
// orders that name them do not wait for them.
func (s *Sync) Uploads() (out []UploadView, err error) {
	defer settle(&err)
	out = []UploadView{}
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	h := s.app.inside.Load()
	now := h.now()
	if now == nil {
		return out, nil
	}
	files, err := h.db.FilesWaiting(ctx, now.Scope)
	if err != nil {
		return out, err
	}
	travels := now.sync.Travels()
	for _, f := range files {
		v := UploadView{SHA256: f.SHA256, Name: f.Name, Size: f.Size, State: "waiting", Tries: f.Attempts, Reason: f.Reason}
		if f.Attempts > 0 {
			v.NextTry = f.NextAt
		}
		t, sending := travels[f.SHA256]
		switch {
		case f.Paused:
			v.State = "paused"
		case sending:
			v.State, v.Sent, v.Speed = "sending", t.Sent, t.Speed
		}
		if v.Speed > 0 {
			v.LeftSecs = int64((time.Duration(f.Size-t.Sent)*time.Second/time.Duration(v.Speed) + time.Second - 1) / time.Second)
		}
		out = append(out, v)
	}
	return out, nil
}

// PauseUpload lets a file wait, or go on where it stood.
func (s *Sync) PauseUpload(sha256 string, paused bool) (out []UploadView, err error) {
	defer settle(&err)
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if now := s.app.inside.Load().now(); now != nil {
		if err := now.sync.PauseFile(ctx, sha256, paused); err != nil {
			return out, err
		}
	}
	return s.Uploads()
}

// CancelUpload keeps a file on this PC only.
func (s *Sync) CancelUpload(sha256 string) (out []UploadView, err error) {
	defer settle(&err)
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if now := s.app.inside.Load().now(); now != nil {
		if err := now.sync.CancelFile(ctx, sha256); err != nil {
			return out, err
		}
	}
	return s.Uploads()
}
