package repair_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"hashmend/backend/repair"
)

// TestMain lets build/mutate run these tests with one line of the tables disabled.
func TestMain(m *testing.M) {
	switch id := os.Getenv("HASHMEND_MUTATE"); id {
	case "":
	case "list":
		listMutations()
		return
	default:
		if err := repair.Mutate(id); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

func listMutations() {
	list := struct {
		Mutations []repair.Mutation `json:"mutations"`
		Rules     []repair.Rule     `json:"rules"`
	}{repair.Mutations(), repair.Rules()}
	if err := json.NewEncoder(os.Stdout).Encode(list); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
