package main

import (
	"fmt"
	"strings"
)

// command is one line of the usage. Its name may be two words.
type command struct {
	name, args, text string
	run              func(t *tool, args []string) error
}

// commands are what the program can do, in the order of a repair case. Filled by
// init: usage reads the table that the commands are in.
var commands []command

func init() {
	commands = []command{
		{"rules", "", "the rules of the guide, where each is enforced and tested", (*tool).rules},
		{"intake", "FILE", "read a table of devices and say what was found; nothing is kept", (*tool).intake},
		{"practise", "", "join the practice centre inside this program", (*tool).practise},
		{"join", "URL INVITE|--account ACCOUNT [--fingerprint F] [--name NAME]", "join an after-sales centre with an invite, or by making an account", (*tool).join},
		{"draft new", "[HEADER.json|-]", "begin a draft; a header holds contact and return_address", (*tool).draftNew},
		{"draft import", "DRAFT FILE", "read a table of devices into a draft", (*tool).draftImport},
		{"draft check", "DRAFT", "what is wrong with a draft; code 1 when it cannot be sent", (*tool).draftCheck},
		{"draft list", "", "the drafts of this PC", (*tool).draftList},
		{"submit", "DRAFT [--wait 60s]", "send a draft and wait for the centre's word", (*tool).submit},
		{"sync", "[--wait 60s]", "send and fetch now", (*tool).sync},
		{"outbox export", "FILE", "write what waits and what was accepted into a sealed file, to keep or to carry to the centre", (*tool).outboxExport},
		{"orders", "[TEXT] [--limit 50]", "work orders, newest first; TEXT finds numbers, serials, waybills", (*tool).orders},
		{"labels", "ORDER [--document box] [--language en] [--out FILE.pdf|.zpl|.tspl] | --csv FILE --template T [--columns FIELD=COLUMN,…] [--templates FOLDER] [--stock S --start N] [--dpi 203] [--rotate 90] [--darkness N] [--speed N] [--hex] [--draft] [--out FILE.pdf|.zpl|.tspl|.svg]",
			"labels, marks, manifest, guidance, report, quote or receipt of a work order, named by its number or id; or a label for each row of a table, without a centre", (*tool).labels},
		{"act", "ORDER KIND [--text TEXT] [--with JSON]", "decide something about a work order, such as accept_quotes", (*tool).act},
	}
}

// find finds the command at the beginning of the arguments.
func find(args []string) (c command, rest []string, known bool) {
	for _, c := range commands {
		words := strings.Fields(c.name)
		given := args
		if len(args) == 1 {
			given = strings.Fields(args[0])
		}
		if len(given) < len(words) || strings.Join(given[:len(words)], " ") != c.name {
			continue
		}
		return c, given[len(words):], true
	}
	return command{}, nil, false
}

func usage() string {
	var b strings.Builder
	b.WriteString("hashmendctl [--json] [--data DIR] [--lang en|zh] COMMAND\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %s\n        %s\n", strings.TrimSpace(c.name+" "+c.args), c.text)
	}
	b.WriteString("\nCodes: 0 done, 1 refused, 2 not understood, 3 not confirmed yet, 4 this PC cannot now,\n" +
		"5 no such thing, 6 the centre does not know this PC, 7 a fault of the program, 130 interrupted")
	return b.String()
}
