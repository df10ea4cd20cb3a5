package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// source is what desks and their peers pull from: answers that were made before, so
// that only the pulling is measured. To a desk it is a centre, to PouchDB a CouchDB.
type source struct {
	*httptest.Server
	dir   string
	asked atomic.Int64 // requests that were answered
}

const (
	sourceID = "0199beee-0000-7000-8000-000000000001"
	sourceAt = wire.Cursor("bench")
)

func newSource(dir string) *source {
	s := &source{dir: dir}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /centre/{n}"+wire.PathMeta, func(w http.ResponseWriter, _ *http.Request) {
		s.says(w, wire.Meta{API: wire.APIRange{Min: wire.Version, Max: wire.Version}, ServerID: sourceID, Name: "bench", Time: now})
	})
	mux.HandleFunc("GET /centre/{n}"+wire.PathChanges, func(w http.ResponseWriter, r *http.Request) {
		s.says(w, wire.Page{From: wire.Cursor(r.URL.Query().Get("since")), Next: sourceAt, Rows: []wire.Row{}})
	})
	mux.HandleFunc("GET /centre/{n}"+wire.PathSnapshot, s.snapshot)
	mux.HandleFunc("GET /centre/{n}/asked", func(w http.ResponseWriter, _ *http.Request) { s.says(w, s.asked.Load()) })
	mux.HandleFunc("/couch/", s.couch)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.asked.Add(1)
		mux.ServeHTTP(w, r)
	}))
	return s
}

func (s *source) says(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", wire.TypeJSON)
	w.Header().Set(wire.HeaderServer, sourceID)
	_ = json.NewEncoder(w).Encode(answer)
}

// snapshot sends n devices and their work orders as a centre packs them.
func (s *source) snapshot(w http.ResponseWriter, r *http.Request) {
	f, err := os.Open(filepath.Join(s.dir, r.PathValue("n")+".ndjson.zst"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer func() { _ = f.Close() }()
	w.Header().Set("Content-Type", wire.TypeNDJSON)
	w.Header().Set("Content-Encoding", "zstd")
	w.Header().Set(wire.HeaderServer, sourceID)
	_, _ = io.Copy(w, f)
}

// prepare writes a snapshot of n devices.
func (s *source) prepare(n int) error {
	f, err := os.Create(filepath.Join(s.dir, strconv.Itoa(n)+".ndjson.zst"))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	packed, err := zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(packed)
	orders := (n + perOrder - 1) / perOrder
	head, err := json.Marshal(wire.SnapshotHead{H: wire.SnapshotForm, At: sourceAt,
		Counts: map[wire.RowType]int64{"device": int64(n), "work_order": int64(orders)}})
	if err != nil {
		return err
	}
	_, _ = w.Write(append(head, '\n'))
	sum, rows, line := sha256.New(), int64(0), []byte(nil)
	write := func(row wire.Row) {
		line = row.AppendLine(line[:0])
		sum.Write(line)
		_, _ = w.Write(line)
		rows++
	}
	for i := range n {
		write(wire.Row{T: "device", ID: deviceID(i), Rev: 1, WorkOrder: repair.WorkOrderID(orderOf(i)), D: deviceJSON(i)})
	}
	for i := range orders {
		write(wire.Row{T: "work_order", ID: orderOf(i * perOrder), Rev: 1, WorkOrder: repair.WorkOrderID(orderOf(i * perOrder)), D: orderJSON(i * perOrder)})
	}
	end, err := json.Marshal(wire.SnapshotEnd{End: 1, Rows: rows, SHA256: hex.EncodeToString(sum.Sum(nil))})
	if err != nil {
		return err
	}
	_, _ = w.Write(append(end, '\n'))
	if err := w.Flush(); err != nil {
		return err
	}
	return packed.Close()
}

// couch is as much of a CouchDB with the same devices as a replication asks for:
// /couch/N is one with N of them, the i-th change is the i-th device.
func (s *source) couch(w http.ResponseWriter, r *http.Request) {
	parts := append(strings.Split(strings.Trim(r.URL.Path, "/"), "/"), "")[1:] // N, or nothing: the server itself
	n, _ := strconv.Atoi(parts[0])
	switch rest := strings.Join(parts[1:], "/"); {
	case rest == "":
		s.says(w, map[string]any{"db_name": parts[0], "doc_count": n, "update_seq": n, "instance_start_time": "0"})
	case rest == "_changes":
		s.couchChanges(w, r, n)
	case rest == "_bulk_get":
		s.couchDocs(w, r)
	case strings.HasPrefix(rest, "_local/") && r.Method == http.MethodPut:
		w.WriteHeader(http.StatusCreated)
		s.says(w, map[string]any{"ok": true, "id": rest, "rev": "0-1"})
	default:
		w.WriteHeader(http.StatusNotFound)
		s.says(w, map[string]any{"error": "not_found", "reason": "missing"})
	}
}

const couchRev = "1-0123456789abcdef0123456789abcdef"

func (s *source) couchChanges(w http.ResponseWriter, r *http.Request, n int) {
	since, _ := strconv.Atoi(r.URL.Query().Get("since"))
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = n
	}
	type change struct {
		Seq     int                 `json:"seq"`
		ID      string              `json:"id"`
		Changes []map[string]string `json:"changes"`
	}
	last := min(since+limit, n)
	results := []change{}
	for i := since; i < last; i++ {
		results = append(results, change{i + 1, deviceID(i), []map[string]string{{"rev": couchRev}}})
	}
	s.says(w, map[string]any{"results": results, "last_seq": last, "pending": n - last})
}

func (s *source) couchDocs(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Docs []struct {
			ID string `json:"id"`
		} `json:"docs"`
	}
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", wire.TypeJSON)
	out := bufio.NewWriter(w)
	_, _ = out.WriteString(`{"results":[`)
	for i, doc := range ask.Docs {
		at, err := strconv.Atoi(doc.ID[strings.LastIndexByte(doc.ID, '-')+1:])
		if err != nil {
			return // the replication finds that documents are missing
		}
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = fmt.Fprintf(out, `{"id":%q,"docs":[{"ok":{"_id":%[1]q,"_rev":%q,"_revisions":{"start":1,"ids":[%q]},%s}]}`,
			doc.ID, couchRev, couchRev[2:], deviceJSON(at)[1:])
	}
	_, _ = out.WriteString("]}")
	_ = out.Flush()
}
