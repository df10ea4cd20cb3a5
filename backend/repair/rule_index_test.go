package repair_test

import (
	"fmt"
	"go/ast"
	"go/format"
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

// TestRuleIndex compares the list of tests per rule with the tests there are: a
// test carries the rules that its name begins with. HASHMEND_GOLDEN=update
// writes index_tests.go anew.
func TestRuleIndex(t *testing.T) {
	found := carried(t)
	if os.Getenv("HASHMEND_GOLDEN") == "update" {
		writeIndex(t, found)
		return
	}
	for _, rule := range repair.Rules() {
		var listed, screens []string
		for _, name := range rule.Tests {
			if title, isScreen := strings.CutPrefix(name, "e2e:"); isScreen {
				screens = append(screens, title)
				continue
			}
			listed = append(listed, name)
			if !slices.Contains(found[rule.ID], name) {
				t.Errorf("%s names %q, and there is no such test", rule.ID, name)
			}
		}
		for _, name := range found[rule.ID] {
			if !slices.Contains(listed, name) {
				t.Errorf("%s does not name %q: run with HASHMEND_GOLDEN=update", rule.ID, name)
			}
		}
		if len(rule.Tests) == 0 {
			t.Errorf("%s has no test", rule.ID)
		}
		checkScreens(t, rule.ID, screens)
	}
}

// Every rule that a centre has a part in is asked of one over HTTP.
func TestRuleIndexNamesATestOverHTTP(t *testing.T) {
	for _, rule := range repair.Rules() {
		asked := slices.ContainsFunc(rule.Tests, func(s string) bool { return strings.HasPrefix(s, overHTTP) })
		if asked == (rule.DeskOnly != "") {
			t.Errorf("%s: a test over HTTP: %t; without a side at the centre: %q", rule.ID, asked, rule.DeskOnly)
		}
	}
}

func TestRuleIndexIsWhole(t *testing.T) {
	declared := map[string]bool{}
	eachNode(t, func(_ string, n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			declared[n.Name.Name] = true
		case *ast.ValueSpec:
			for _, name := range n.Names {
				declared[name.Name] = true
			}
		}
	})
	rules := repair.Rules()
	if len(rules) != 50 {
		t.Fatalf("%d rules", len(rules))
	}
	for i, rule := range rules {
		if want := fmt.Sprintf("R%02d", i+1); rule.ID != want {
			t.Errorf("%s stands where %s belongs", rule.ID, want)
		}
		if rule.Statement == "" || rule.StatementZh == "" {
			t.Errorf("%s says nothing", rule.ID)
		}
		name, inRepair := strings.CutPrefix(rule.Enforced, "repair.")
		if inRepair && !declared[name] {
			t.Errorf("%s is enforced by %s, and there is no such thing", rule.ID, rule.Enforced)
		}
		if !inRepair && !strings.HasPrefix(rule.Enforced, "screen: ") {
			t.Errorf("%s is enforced by %q", rule.ID, rule.Enforced)
		}
		if !inRepair && !slices.ContainsFunc(rule.Tests, func(s string) bool { return strings.HasPrefix(s, "e2e:") }) {
			t.Errorf("%s is kept by a screen and names no end-to-end test", rule.ID)
		}
	}
}

// checkScreens looks for the titles where the end-to-end tests are.
func checkScreens(t *testing.T, rule string, titles []string) {
	t.Helper()
	dir := filepath.Join("..", "..", "frontend", "e2e")
	if _, err := os.Stat(dir); err != nil {
		return
	}
	specs, err := filepath.Glob(filepath.Join(dir, "*.spec.ts"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, spec := range specs {
		text, err := os.ReadFile(spec)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, title := range titles {
		if !strings.Contains(all.String(), title) {
			t.Errorf("%s names the end-to-end test %q, and frontend/e2e has none", rule, title)
		}
	}
}

var (
	carries = regexp.MustCompile(`^(R\d\d )+\S`)
	ruleID  = regexp.MustCompile(`^R\d\d $`)
)

// carried finds, for each rule, the tests whose names begin with it: names given
// to t.Run, in the test itself or in the table that it runs.
func carried(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		for test, names := range namesIn(parsed) {
			for _, name := range names {
				for rest := name; len(rest) > 4 && ruleID.MatchString(rest[:4]); rest = rest[4:] {
					id := rest[:3]
					found[id] = append(found[id], "repair:"+test+"/"+strings.ReplaceAll(name, " ", "_"))
				}
			}
		}
	}
	tablesElsewhere(t, files, found)
	tablesOverHTTP(t, found)
	for id := range found {
		slices.Sort(found[id])
		found[id] = slices.Compact(found[id])
	}
	return found
}

func namesIn(file *ast.File) map[string][]string {
	tables := map[string][]string{}
	for _, decl := range file.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.VAR {
			for _, spec := range gen.Specs {
				value := spec.(*ast.ValueSpec)
				tables[value.Names[0].Name] = literals(value)
			}
		}
	}
	names := map[string][]string{}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(fn.Name.Name, "Test") {
			continue
		}
		names[fn.Name.Name] = literals(fn.Body)
		if !runsByName(fn.Body) {
			continue
		}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				names[fn.Name.Name] = append(names[fn.Name.Name], tables[id.Name]...)
			}
			return true
		})
	}
	return names
}

// tablesElsewhere adds the one table that stands in a file of its own.
func tablesElsewhere(t *testing.T, files []string, found map[string][]string) {
	t.Helper()
	const table, test, file = "refusalRules", "TestRefusals", "refusals_test.go"
	if !slices.Contains(files, file) {
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range parsed.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR || gen.Specs[0].(*ast.ValueSpec).Names[0].Name != table {
			continue
		}
		for _, name := range literals(gen) {
			for rest := name; len(rest) > 4 && ruleID.MatchString(rest[:4]); rest = rest[4:] {
				found[rest[:3]] = append(found[rest[:3]], "repair:"+test+"/"+strings.ReplaceAll(name, " ", "_"))
			}
		}
	}
}

// overHTTP is the test that runs the tables of backend/httpapi.
const overHTTP = "httpapi:TestRulesOverHTTP/"

// tablesOverHTTP adds the tables of rules that a centre is asked over HTTP.
func tablesOverHTTP(t *testing.T, found map[string][]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "httpapi", "rules_*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range literals(parsed) {
			for rest := name; len(rest) > 4 && ruleID.MatchString(rest[:4]); rest = rest[4:] {
				found[rest[:3]] = append(found[rest[:3]], overHTTP+strings.ReplaceAll(name, " ", "_"))
			}
		}
	}
}

// literals are the texts that name a test: they begin with a rule and are whole.
func literals(in ast.Node) []string {
	var list []string
	ast.Inspect(in, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && carries.MatchString(text) && !strings.HasSuffix(text, " ") {
			list = append(list, text)
		}
		return true
	})
	return list
}

// runsByName reports whether a test runs its table's lines by their own names.
func runsByName(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return true
		}
		fn, isSelector := call.Fun.(*ast.SelectorExpr)
		arg, named := call.Args[0].(*ast.SelectorExpr)
		found = found || isSelector && fn.Sel.Name == "Run" && named && arg.Sel.Name == "name"
		return true
	})
	return found
}

func writeIndex(t *testing.T, found map[string][]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("// Code generated by HASHMEND_GOLDEN=update go test -run TestRuleIndex; DO NOT EDIT.\n\npackage repair\n\n// ruleTests are the tests that carry each rule.\nvar ruleTests = map[string][]string{\n")
	for i := 1; i <= 50; i++ {
		id := fmt.Sprintf("R%02d", i)
		if len(found[id]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%q: {\n", id)
		for _, name := range found[id] {
			fmt.Fprintf(&b, "%q,\n", name)
		}
		b.WriteString("},\n")
	}
	b.WriteString("}\n")
	source, err := format.Source([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("index_tests.go", source, 0o644); err != nil {
		t.Fatal(err)
	}
}
