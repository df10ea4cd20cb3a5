// Command bare is the limit beside which a centre is measured: a server that reads
// the same request, writes the same rows with the same statements into the same
// tables, and answers. It knows no rule, nobody's token and no reading back.
//
//	bare -listen ADDR -db FILE | -pg URL   -rows FILE
//
// On SQLite it commits groups durably, as the centre does; on PostgreSQL it sends
// the rows of a request in one batch.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"

	"hashmend/backend/centredb"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit/named"
)

// Pattern is what one request makes a centre write, seen once at a real one.
type Pattern struct {
	Scope string
	Rows  []struct {
		T, Key, Body string
		Open         int
	}
	Answer string // of the op
	Number bool   // a work order's number is drawn
	Pool   int64  // so many things are changed in turn; 0 makes new ones
}

// writer writes one request's rows durably.
type writer interface {
	write(ctx context.Context, one []statement) error
	page(ctx context.Context, w io.Writer, scope string, after int64, limit int) error
}

type statement struct {
	text string
	args []any
}

type server struct {
	pattern Pattern
	texts   named.Set
	out     writer
	turn    atomic.Int64
	start   int64
}

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "")
	db := flag.String("db", "", "a centre's file")
	pg := flag.String("pg", "", "a centre's database")
	rows := flag.String("rows", "", "the pattern")
	flag.Parse()
	if err := run(*listen, *db, *pg, *rows); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func run(listen, db, pg, rows string) error {
	ctx := context.Background()
	s := &server{}
	if rows != "" {
		data, err := os.ReadFile(rows)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(data, &s.pattern); err != nil {
			return err
		}
	}
	mark := "?"
	if pg != "" {
		mark = "$"
	}
	files, err := centredb.Queries()
	if err != nil {
		return err
	}
	if s.texts, err = named.Read(files, mark); err != nil {
		return err
	}
	if pg != "" {
		s.out, s.start, err = openPostgres(ctx, pg)
	} else {
		s.out, s.start, err = openSQLite(ctx, db, s.texts["next_number"].Text, s.texts["save_entity"].Text, s.texts["save_op"].Text,
			s.texts["append_commit"].Text, s.texts["move_head"].Text)
	}
	if err != nil {
		return err
	}
	http.HandleFunc("PUT /{id}", s.put)
	http.HandleFunc("GET /page", s.page)
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	fmt.Println("listening on http://" + l.Addr().String())
	return http.Serve(l, nil)
}

func (s *server) put(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err == nil && s.pattern.Number {
		err = json.Unmarshal(body, &repair.Submission{})
	} else if err == nil {
		err = json.Unmarshal(body, &repair.Command{})
	}
	if err == nil {
		err = s.out.write(r.Context(), s.statements(r.PathValue("id")))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, s.pattern.Answer)
}

// statements are the rows of one request.
func (s *server) statements(id string) (out []statement) {
	n := s.turn.Add(1)
	seq := s.start + n
	name := id
	if s.pattern.Pool > 0 {
		name = "pool" + strconv.FormatInt(n%s.pattern.Pool, 10)
	}
	say := func(what string, p named.P) {
		st := s.texts[what]
		args, err := st.Args(p)
		if err != nil {
			panic(err)
		}
		out = append(out, statement{st.Text, args})
	}
	for i, row := range s.pattern.Rows {
		say("save_entity", named.P{"t": row.T, "id": fmt.Sprintf("%s-%d", name, i), "scope": s.pattern.Scope, "work_order": name, "rev": seq,
			"deleted": 0, "open": row.Open, "key": row.Key + name, "body": row.Body})
	}
	const at = "2026-07-01T00:00:00Z"
	say("save_op", named.P{"account": s.pattern.Scope, "id": id, "kind": "submit", "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"status": 201, "body": s.pattern.Answer, "rev": seq, "at": at})
	chain := make([]byte, 32)
	for _, scope := range []string{s.pattern.Scope, ""} {
		if scope == "" && s.pattern.Number { // late: others wait for it
			say("next_number", named.P{"year": 2026})
		}
		say("append_commit", named.P{"scope": scope, "seq": seq, "chain": chain, "digest": chain, "at": at, "op": id, "kind": "submit", "account": s.pattern.Scope,
			"user": id, "install": id, "of_scope": s.pattern.Scope, "of_seq": seq, "form": 2})
		say("move_head", named.P{"scope": scope, "seq": seq, "chain": chain})
	}
	return out
}

// page writes rows behind a place as they are kept, one a line.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	after, errAfter := strconv.ParseInt(q.Get("after"), 10, 64)
	limit, errLimit := strconv.Atoi(q.Get("limit"))
	if errAfter != nil || errLimit != nil {
		http.Error(w, "after and limit", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	if err := s.out.page(r.Context(), w, q.Get("scope"), after, limit); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
