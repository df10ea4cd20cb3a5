package repair

import (
	"fmt"
	"strconv"
)

// Mutation disables one line or one guard of the tables. build/mutate runs the
// tests with each in turn: one that nothing notices is a hole in the rule book.
type Mutation struct {
	ID   string `json:"id"`
	Rule string `json:"rule,omitempty"` // of the guide, whose listed tests must notice

	apply func()
}

// Mutate applies one mutation for the rest of the process.
func Mutate(id string) error {
	for _, m := range Mutations() {
		if m.ID == id {
			m.apply()
			return nil
		}
	}
	return fmt.Errorf("no mutation is called %q", id)
}

// Mutations lists them all.
func Mutations() []Mutation {
	var list []Mutation
	list = append(list, lifeMutations(&deviceLife)...)
	list = append(list, lifeMutations(&quoteLife)...)
	list = append(list, lifeMutations(&parcelLife)...)
	list = append(list, lifeMutations(&paymentLife)...)
	list = append(list, lifeMutations(&shipmentLife)...)
	list = append(list, lifeMutations(&correctionLife)...)
	list = append(list, deedMutations("command", deeds)...)
	list = append(list, deedMutations("unclaimed", apartDeeds)...)
	list = append(list, lines("pays", &payTable, func(r payRow) (string, string) { return r.result.Row, r.result.Rule })...)
	list = append(list, lines("liability", &liabilityTable, func(r liabilityRow) (string, string) { return r.event, r.rule })...)
	list = append(list, lines("stage", &stageTable, func(r stageRow) (string, string) { return string(r.stage), r.rule })...)
	list = append(list, lines("flag", &flagTable, func(r flagRow) (string, string) { return r.flag, r.rule })...)
	list = append(list, lines("deadline", &deadlineTable, func(r deadlineRow) (string, string) { return r.name, r.rule })...)
	list = append(list, lines("forfeit", &forfeitTable, func(r forfeitRow) (string, string) { return r.rule, r.rule })...)
	list = append(list, lines("word", &carrierWords, func(w carrierWord) (string, string) { return string(w.status), w.rule })...)
	list = append(list, lines("checkout", &checkoutWords, func(w checkoutWord) (string, string) { return string(w.status), "" })...)
	list = append(list, lines("waybill", &waybillForms, func(f waybillForm) (string, string) { return f.shape.String() + string(f.carriers[0]), "" })...)
	list = append(list, lines("damage", &damageThatBlocks, func(d string) (string, string) { return d, "" })...)
	list = append(list, findingMutations()...)
	return append(list, partMutations()...)
}

func lifeMutations[S ~string, T any](l *life[S, T]) []Mutation {
	var list []Mutation
	for i := range l.rows {
		line := l.rows[i]
		id := fmt.Sprintf("%s/%s/%s/%s", l.name, orNew(string(line.from)), line.action, line.by)
		list = append(list, Mutation{ID: id, Rule: line.rule, apply: func() { l.rows[i].from = "disabled" }})
		for j, g := range line.guards {
			list = append(list, Mutation{ID: id + "#" + g.name, Rule: g.rule, apply: func() {
				l.rows[i].guards[j].check = func(*run, T) *Error { return nil }
			}})
		}
	}
	return list
}

func deedMutations(name string, table []deed) []Mutation {
	var list []Mutation
	for i := range table {
		d := &table[i]
		id := name + "/" + string(d.kind)
		list = append(list, Mutation{ID: id, Rule: d.rule, apply: func() { d.kind = "disabled" }})
		list = append(list, Mutation{ID: id + "!roles", apply: func() { d.roles = everyRole }})
		if len(d.roles) == len(everyRole) {
			list = list[:len(list)-1] // nothing to widen
		}
		for _, checks := range [][]orderGuard{d.when, d.words} {
			for j, g := range checks {
				list = append(list, Mutation{ID: id + "#" + g.name, Rule: g.rule, apply: func() {
					checks[j].check = func(*run, *WorkOrder) *Error { return nil }
				}})
			}
		}
	}
	return list
}

func lines[T any](name string, table *[]T, of func(T) (id, rule string)) []Mutation {
	var list []Mutation
	for i, line := range *table {
		id, rule := of(line)
		list = append(list, Mutation{ID: name + "/" + strconv.Itoa(i+1) + "/" + id, Rule: rule, apply: func() {
			*table = append(append([]T(nil), (*table)[:i]...), (*table)[i+1:]...)
		}})
	}
	return list
}

// findingMutations turn a blocking finding into a warning and the reverse.
func findingMutations() []Mutation {
	var list []Mutation
	for _, line := range findingTable {
		list = append(list, Mutation{ID: "finding/" + line.code, Rule: line.rule, apply: func() {
			flipped := line
			flipped.severity = map[Severity]Severity{Blocking: Warning, Warning: Blocking}[line.severity]
			findingRows[line.code] = flipped
		}})
	}
	return list
}

func partMutations() []Mutation {
	var list []Mutation
	for kind, needs := range parts {
		for i, need := range needs {
			list = append(list, Mutation{ID: "part/" + string(kind) + "/" + need.name, apply: func() {
				parts[kind] = append(append([]part(nil), parts[kind][:i]...), parts[kind][i+1:]...)
			}})
		}
	}
	return list
}

func orNew(status string) string {
	if status == "" {
		return "new"
	}
	return status
}
