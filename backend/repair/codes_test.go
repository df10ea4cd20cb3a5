package repair_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

// codeLike is a dotted code as it stands in the source.
var codeLike = regexp.MustCompile(`^(command|money|order|person|device|inspection|parcel|quote|payment|shipment|correction|unclaimed|account|submission|intake|waybill|why|deadline|message|tracking)\.[a-z_]+$`)

// notCodes are dotted texts that name a column or a part of a command.
var notCodes = []string{"correction.to", "contact.name", "contact.phone", "payment_decision.reason"}

func TestEveryCodeInTheSourceIsPublished(t *testing.T) {
	published := append(repair.Codes(), repair.WhyCodes()...)
	inSource := map[string]bool{}
	eachLiteral(t, func(file, text string) {
		if !codeLike.MatchString(text) || slices.Contains(notCodes, text) || partName(text) || strings.HasPrefix(text, "device.row") {
			return
		}
		if file != "why_codes.go" {
			inSource[text] = true
		}
		if !slices.Contains(published, text) {
			t.Errorf("%s: %q is in neither Codes() nor WhyCodes()", file, text)
		}
	})
	for _, code := range published {
		if !inSource[code] {
			t.Errorf("%q is published, but nothing in the source says it", code)
		}
	}
	if len(repair.Codes()) < 100 {
		t.Errorf("only %d codes", len(repair.Codes()))
	}
}

// partName reports the names by which command.part_missing points at a field.
func partName(text string) bool {
	return slices.Contains([]string{"inspection.class", "unclaimed.status", "correction.reason"}, text)
}

func TestEveryErrorIsUsed(t *testing.T) {
	uses := map[string]int{}
	eachIdent(t, func(name string) {
		if strings.HasPrefix(name, "Err") {
			uses[name]++
		}
	})
	for name, n := range uses {
		if n < 2 && name != "Error" && name != "Errorf" {
			t.Errorf("%s is declared and never used", name)
		}
	}
}

func eachLiteral(t *testing.T, do func(file, text string)) {
	t.Helper()
	eachNode(t, func(file string, n ast.Node) {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				do(file, text)
			}
		}
	})
}

func eachIdent(t *testing.T, do func(name string)) {
	t.Helper()
	eachNode(t, func(_ string, n ast.Node) {
		if id, ok := n.(*ast.Ident); ok {
			do(id.Name)
		}
	})
}

func eachNode(t *testing.T, do func(file string, n ast.Node)) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if n != nil {
				do(file, n)
			}
			return true
		})
	}
}
