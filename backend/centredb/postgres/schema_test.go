package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"hashmend/backend/centredb"
	"hashmend/backend/enginetest"
	"hashmend/backend/pgkit"
	"hashmend/backend/sqlkit/named"
)

// shared is what PostgreSQL and its distributed relatives all understand. Each
// pattern is something that one of them, or SQLite, has alone.
var alone = map[string]string{
	`\browid\b`:                       "SQLite's",
	`\bINSERT OR\b|\bREPLACE INTO\b`:  "SQLite's",
	`\bjson_\w+\(|->>?`:               "spelt differently",
	`\bOFFSET \d|\bOFFSET :`:          "reads what it skips: a page begins behind a key",
	`::`:                              "PostgreSQL's; CAST is everybody's",
	`\bSKIP LOCKED\b|\bNOWAIT\b`:      "not everywhere",
	`\bFOR SHARE\b|\bFOR NO KEY\b`:    "not everywhere",
	`\bpg_\w+`:                        "PostgreSQL's",
	`\bRECURSIVE\b|\bLATERAL\b`:       "not distributed",
	`\bnow\(\)|\bCURRENT_|\brandom\(`: "time and chance come from the centre",
	`\bSERIAL\b|\bnextval\(|\bctid\b`: "PostgreSQL's",
	`\bTEMP(ORARY)?\b|\bLOCK TABLE\b`: "not everywhere",
	`\bEXCLUDE\b|\bDEFERRABLE\b`:      "not everywhere",
	`\bREFERENCES\b`:                  "a key between scopes cannot be kept when they live apart",
	`\bWITHOUT ROWID\b|\bSTRICT\b`:    "SQLite's",
	`\bARRAY\b|\bANY \(|\bunnest\(`:   "PostgreSQL's",
}

// counted statements are asked for rarely and never for a list.
var counted = []string{"kept_count", "kept_count_of_all", "lost_commits"}

func texts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	queries, err := centredb.Queries()
	if err != nil {
		t.Fatal(err)
	}
	own, err := fs.Sub(files, "queries")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []fs.FS{queries, own} {
		set, err := named.Read(f, "$")
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range set {
			out[name] = s.Text
		}
	}
	return out
}

func TestStatementsAreWhatTheRelativesShare(t *testing.T) {
	all := texts(t)
	for name, text := range all {
		if strings.Contains(text, "count(*)") && !slices.Contains(counted, name) {
			t.Errorf("%s counts: a list does not", name)
		}
	}
	m, err := fs.Sub(files, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	migrations, err := named.Migrations(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range migrations {
		if !strings.HasSuffix(one.Name, "_optional.sql") { // those may be left out
			all[one.Name] = regexp.MustCompile(`(?m)--.*$`).ReplaceAllString(one.Text, "")
		}
	}
	for pattern, why := range alone {
		re := regexp.MustCompile(`(?i)` + pattern)
		for name, text := range all {
			if found := re.FindString(text); found != "" {
				t.Errorf("%s says %q: %s", name, found, why)
			}
		}
	}
}

// whole are the tables whose key does not begin with a scope.
var whole = map[string]string{
	"number":         "work orders are numbered through the whole centre",
	"account":        "it is the list of scopes",
	"install":        "found by its token before anybody knows whose it is",
	"invite":         "found by its code before anybody has joined",
	"signing_key":    "the centre's own, a handful",
	"schema_version": "of the whole database",
}

func TestEveryTableIsKeyedByItsScope(t *testing.T) {
	s := open(t, enginetest.StartPostgres(t).URL())
	keys := column(t, s, `SELECT c.relname || ' ' || a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
		WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace`)
	if len(keys) < 12 {
		t.Fatalf("only %v", keys)
	}
	for _, key := range keys {
		table, first, _ := strings.Cut(key, " ")
		if first == "scope" || first == "account" {
			continue
		}
		if whole[table] == "" {
			t.Errorf("the key of %s begins with %s: with the scope, or a reason", table, first)
		}
	}
	t.Run("and has the columns that SQLite's has", func(t *testing.T) { sameColumns(t, s) })
	t.Run("and every statement is understood", func(t *testing.T) {
		c, err := s.db.Pool().Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Release()
		for name, text := range texts(t) {
			if _, err := c.Conn().Prepare(t.Context(), name, text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func column(t *testing.T, s *Store, query string) (out []string) {
	t.Helper()
	rows, err := s.db.Pool().Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		out = append(out, text)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

// sameColumns: a migration of the one store has its twin in the other.
func sameColumns(t *testing.T, s *Store) {
	here := column(t, s, `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name <> 'schema_version' AND (table_name, column_name) <> ('signing_key', 'number')`)
	path := filepath.Join(t.TempDir(), "centre.db")
	lite, err := centredb.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := lite.Close(); err != nil {
		t.Fatal(err)
	}
	there := liteColumns(t, path)
	slices.Sort(here)
	slices.Sort(there)
	if !slices.Equal(here, there) {
		t.Errorf("PostgreSQL has\n%v\nand SQLite\n%v", here, there)
	}
}

func liteColumns(t *testing.T, path string) (out []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), `SELECT m.name || '.' || c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		out = append(out, text)
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return out
}

func TestTwoThatStartTogetherMigrateOnce(t *testing.T) {
	server := enginetest.StartPostgres(t)
	for round := range 3 {
		url := server.Create(t, fmt.Sprintf("together%d", round))
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				s, err := Open(context.WithoutCancel(t.Context()), url)
				if err != nil {
					t.Error(err)
					return
				}
				_ = s.Close()
			})
		}
		all.Wait()
		s := open(t, url)
		if got := column(t, s, "SELECT version::text FROM schema_version ORDER BY version"); len(got) == 0 || got[len(got)-1] != fmt.Sprint(len(got)) {
			t.Errorf("versions %v", got)
		}
	}
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	server := enginetest.StartPostgres(t)
	s := open(t, server.URL())
	if _, err := s.db.Pool().Exec(t.Context(), "INSERT INTO schema_version (version) VALUES (999)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), server.URL()); err == nil || !strings.Contains(err.Error(), pgkit.ErrNewer.Error()) {
		t.Errorf("got %v", err)
	}
}

func TestAServerThatAcknowledgesTooEarlyIsRefused(t *testing.T) {
	for _, setting := range []string{"synchronous_commit=off", "fsync=off"} {
		if _, err := Open(t.Context(), enginetest.StartPostgres(t, setting).URL()); err == nil || !strings.Contains(err.Error(), pgkit.ErrNotDurable.Error()) {
			t.Errorf("%s: got %v", setting, err)
		}
	}
}
