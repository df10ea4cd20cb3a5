package main

import (
	"fmt"
	"time"
)

func report(outcomes []outcome, took time.Duration) error {
	survived, unlisted, broken := 0, 0, 0
	for _, o := range outcomes {
		shown := o.listed
		if shown == "" && len(o.killers) > 0 {
			shown = o.killers[0]
		}
		if others := len(o.killers) - 1; others > 0 {
			shown += fmt.Sprintf(" and %d more", others)
		}
		mark := "killed"
		switch {
		case o.err != nil:
			mark, shown = "BROKEN", o.err.Error()
			broken++
		case len(o.killers) == 0:
			mark = "SURVIVED"
			survived++
		case o.Rule != "" && o.listed == "":
			mark = "UNLISTED"
			unlisted++
		}
		fmt.Printf("%-9s %-4s %-60s %s\n", mark, o.Rule, o.ID, shown)
	}
	fmt.Printf("\n%d mutations: %d killed, %d survived, %d killed by no test that the rule lists, %d broken, in %s\n",
		len(outcomes), len(outcomes)-survived-unlisted-broken, survived, unlisted, broken, took.Round(time.Second))
	if survived+unlisted+broken > 0 {
		return fmt.Errorf("the tests do not carry every line of the tables")
	}
	return nil
}

func clip(s string) string {
	const most = 300
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
