package httpapi

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/zstd"

	"hashmend/backend/centre"
	"hashmend/backend/wire"
)

// snapshotPage is how many rows are read at one moment of the store.
const snapshotPage = 1000

// snapshot streams everything that the caller may see. A fault in the middle cuts
// the connection: the missing last line says that something is missing.
func (s *Server) snapshot(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := s.readsStill(r); err != nil {
		return err
	}
	after, err := wire.ParseRowKey(r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	head, err := s.centre.Snapshot(r.Context(), by, wire.Cursor(r.URL.Query().Get("at")))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", wire.TypeNDJSON)
	out, err := packed(w, r)
	if err != nil {
		return err
	}
	if err := s.stream(out, r, by, head, after); err != nil {
		s.log.Warn("snapshot broke off", "cause", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (s *Server) stream(out flusher, r *http.Request, by centre.Caller, head wire.SnapshotHead, after wire.RowKey) error {
	first, err := json.Marshal(head)
	if err != nil {
		return err
	}
	if _, err := out.Write(append(first, '\n')); err != nil {
		return err
	}
	sum, end := sha256.New(), wire.SnapshotEnd{End: 1}
	var lines []byte
	for at := head.At; ; {
		rows, now, err := s.centre.SnapshotRows(r.Context(), by, at, after, snapshotPage)
		if err != nil {
			return err
		}
		if len(rows) > 0 && now != at {
			rows[0].At, at = now, now
		}
		lines = lines[:0]
		for _, row := range rows {
			lines = row.AppendLine(lines)
		}
		sum.Write(lines)
		end.Rows += int64(len(rows))
		if _, err := out.Write(lines); err != nil {
			return err
		}
		if len(rows) < snapshotPage {
			break
		}
		after = rows[len(rows)-1].Key()
		if err := out.Flush(); err != nil {
			return err
		}
	}
	end.SHA256 = hex.EncodeToString(sum.Sum(nil))
	last, err := json.Marshal(end)
	if err != nil {
		return err
	}
	if _, err := out.Write(append(last, '\n')); err != nil {
		return err
	}
	return out.Close()
}

// flusher is what a snapshot is written to.
type flusher interface {
	io.WriteCloser
	Flush() error
}

// packed packs the answer as the caller can unpack it: zstd, else gzip, else not.
func packed(w http.ResponseWriter, r *http.Request) (flusher, error) {
	accepted := r.Header.Get("Accept-Encoding")
	w.Header().Set("Vary", "Accept-Encoding")
	switch {
	case accepts(accepted, "zstd"):
		w.Header().Set("Content-Encoding", "zstd")
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	case accepts(accepted, "gzip"):
		w.Header().Set("Content-Encoding", "gzip")
		return gzip.NewWriterLevel(w, gzip.BestSpeed)
	}
	return plain{w}, nil
}

// plain is an answer that is not packed.
type plain struct{ io.Writer }

func (plain) Flush() error { return nil }
func (plain) Close() error { return nil }

// accepts reports whether a list of encodings has one that is not refused.
func accepts(list, encoding string) bool {
	for _, part := range strings.Split(list, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}
