package main

import (
	"text/tabwriter"

	"hashmend/backend/repair"
)

// rule is one row of the rule index as scripts read it.
type rule struct {
	ID        string   `json:"id"`
	Statement string   `json:"statement"`
	Enforced  string   `json:"enforced"`
	Tests     []string `json:"tests"`
}

// rules prints the rule index.
func (t *tool) rules(args []string) error {
	if _, err := parse(t.flags("rules"), args, 0, 0); err != nil {
		return err
	}
	out := []rule{}
	for _, r := range repair.Rules() {
		out = append(out, rule{r.ID, r.Statement, r.Enforced, r.Tests})
	}
	return t.print(out, func(w *tabwriter.Writer) {
		for _, r := range repair.Rules() {
			statement := r.Statement
			if t.lang == chinese {
				statement = r.StatementZh
			}
			line(w, r.ID, statement)
			line(w, "", r.Enforced)
		}
	})
}
