package localdb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"hashmend/backend/sqlkit"
	"hashmend/backend/wreck"
)

// salvagePlan is what a vault of one version looks like: asked of an empty one,
// so that it cannot differ from the migrations.
type salvagePlan struct {
	migrations fs.FS
	queries    fs.FS
	tables     []wreck.Table
	parents    map[string][]parent // by table
	statements map[string]sqlkit.Statement
}

// parent is a foreign key: the column of a row and where it must be found.
type parent struct{ column, table, key string }

// planOf learns the tables of a version from an empty vault at path, and removes
// it again. A version that is not known means the newest.
func planOf(ctx context.Context, path string, version int) (*salvagePlan, error) {
	migrations, err := fs.Sub(files, "migrations/vault")
	if err != nil {
		return nil, err
	}
	known, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return nil, err
	}
	if version < 1 || version > len(known) {
		version = len(known)
	}
	p := &salvagePlan{migrations: firstMigrations{migrations, version}, parents: map[string][]parent{}, statements: map[string]sqlkit.Statement{}}
	if p.queries, err = fs.Sub(files, "queries/salvage"); err != nil {
		return nil, err
	}
	db, err := sqlkit.Open(ctx, p.config(path))
	if err != nil {
		return nil, err
	}
	err = db.View(ctx, func(tx *sqlkit.Tx) error { return p.learn(ctx, tx) })
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return p, os.Remove(path)
}

func (p *salvagePlan) config(path string) sqlkit.Config {
	return sqlkit.Config{Path: path, Migrations: p.migrations, Queries: p.queries, Statements: p.statements, Readers: 1}
}

func (p *salvagePlan) learn(ctx context.Context, tx *sqlkit.Tx) error {
	var names []string
	without := map[string]bool{}
	err := tx.Each(ctx, "tables", nil, func(scan func(...any) error) error {
		var name string
		var wr bool
		err := scan(&name, &wr)
		names, without[name] = append(names, name), wr
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := p.learnTable(ctx, tx, name, without[name]); err != nil {
			return err
		}
	}
	return nil
}

func (p *salvagePlan) learnTable(ctx context.Context, tx *sqlkit.Tx, name string, without bool) error {
	var columns []wreck.Column
	keys := map[int]int{} // place in the key → column
	err := tx.Each(ctx, "columns", sqlkit.P{"t": name}, func(scan func(...any) error) error {
		var c wreck.Column
		var pk int
		err := scan(&c.Name, &c.Type, &c.NotNull, &pk)
		if pk > 0 {
			keys[pk] = len(columns)
			c.NotNull = true
		}
		columns = append(columns, c)
		return err
	})
	if err != nil {
		return err
	}
	t := wreck.Table{Name: name, Columns: columns, Rowid: -1, WithoutRowid: without, Like: looks[name]}
	var key []wreck.Column
	for i := 1; i <= len(keys); i++ {
		key = append(key, columns[keys[i]])
	}
	switch {
	case without:
		t.Columns = slices.Clone(key)
		for i, c := range columns {
			if !isKey(keys, i) {
				t.Columns = append(t.Columns, c)
			}
		}
	case len(key) == 1 && key[0].Type == "INTEGER":
		t.Rowid = keys[1]
		key = []wreck.Column{{Type: "INTEGER", NotNull: true}}
	default:
		key = []wreck.Column{{Type: "INTEGER", NotNull: true}} // the hidden rowid
	}
	p.tables = append(p.tables, t)
	p.insertsInto(t)
	if err := p.learnParents(ctx, tx, name); err != nil {
		return err
	}
	return p.learnIndexes(ctx, tx, name, without, columns, key)
}

func isKey(keys map[int]int, column int) bool {
	for _, k := range keys {
		if k == column {
			return true
		}
	}
	return false
}

// insertsInto writes a statement for each number of columns that an old row may
// have.
func (p *salvagePlan) insertsInto(t wreck.Table) {
	var names, places, params []string
	for i, c := range t.Columns {
		names, places, params = append(names, quoted(c.Name)), append(places, fmt.Sprintf("?%d", i+1)), append(params, fmt.Sprint("c", i))
		p.statements[putName(t.Name, i+1)] = sqlkit.Statement{
			Text:   "INSERT OR IGNORE INTO " + quoted(t.Name) + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")",
			Params: slices.Clone(params),
		}
	}
}

func putName(table string, columns int) string { return fmt.Sprintf("put %s %d", table, columns) }

func (p *salvagePlan) learnParents(ctx context.Context, tx *sqlkit.Tx, name string) error {
	return tx.Each(ctx, "parents", sqlkit.P{"t": name}, func(scan func(...any) error) error {
		var f parent
		err := scan(&f.table, &f.column, &f.key)
		p.parents[name] = append(p.parents[name], f)
		return err
	})
}

// learnIndexes adds the shapes of a table's indexes, so that a stray page of one
// is not taken for rows.
func (p *salvagePlan) learnIndexes(ctx context.Context, tx *sqlkit.Tx, table string, without bool, columns, key []wreck.Column) error {
	var names []string
	err := tx.Each(ctx, "indexes", sqlkit.P{"t": table}, func(scan func(...any) error) error {
		var name, origin string
		err := scan(&name, &origin)
		if !without || origin != "pk" { // there the key is the table itself
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		index := wreck.Table{Name: name, Rowid: -1, WithoutRowid: true, Index: true}
		err := tx.Each(ctx, "index_columns", sqlkit.P{"i": name}, func(scan func(...any) error) error {
			var cid int
			err := scan(&cid)
			if cid >= 0 {
				index.Columns = append(index.Columns, columns[cid])
			} else {
				index.Columns = append(index.Columns, key...)
			}
			return err
		})
		if err != nil {
			return err
		}
		p.tables = append(p.tables, index)
	}
	return nil
}

// looks tell rows of small tables from entries of indexes that have their shape.
var looks = map[string]func([]any) bool{
	"preference":   func(v []any) bool { return isJSON(v[1]) },
	"tick":         func(v []any) bool { return isScope(v[0]) && !isID(v[2]) },
	"draft_typing": func(v []any) bool { return isID(v[0]) },
}

func isJSON(v any) bool {
	text, ok := v.(string)
	return ok && json.Valid([]byte(text))
}

func isScope(v any) bool {
	text, ok := v.(string)
	return ok && strings.Contains(text, "/")
}

// isID reports whether a value looks like one of our UUIDs.
func isID(v any) bool {
	text, ok := v.(string)
	return ok && len(text) == 36 && text[8] == '-' && text[13] == '-'
}
