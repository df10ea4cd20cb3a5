package sqlkit

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Plans writes the query plan of every statement, in the order of names. Kept
// as a golden file it turns a dropped index or a misspelt column into a diff.
func (db *DB) Plans(ctx context.Context) (string, error) {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(db.statements)) {
		s := db.statements[name]
		rows, err := db.write.QueryContext(ctx, "EXPLAIN QUERY PLAN "+s.Text, make([]any, len(s.Params))...)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&b, "%s\n", name)
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				_ = rows.Close()
				return "", fmt.Errorf("%s: %w", name, err)
			}
			fmt.Fprintf(&b, "    %s\n", detail)
		}
		if err := rows.Close(); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	return b.String(), nil
}
