package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// A bound method that panicked without settle would leave its page waiting for
// ever, and one without an error could not say what went wrong.
func TestEveryBoundMethodSettles(t *testing.T) {
	bound := map[string]bool{}
	for _, b := range bare(Config{Dir: t.TempDir()}).Bound() {
		bound[reflect.TypeOf(b).Elem().Name()] = true
	}
	methods := 0
	for _, m := range methodsOfThisPackage(t) {
		if !bound[receiver(m)] || !m.Name.IsExported() {
			continue
		}
		methods++
		if !settlesFirst(m) {
			t.Errorf("%s.%s does not start with: defer settle(&err)", receiver(m), m.Name)
		}
	}
	if methods == 0 {
		t.Error("no bound method found")
	}
}

func methodsOfThisPackage(t *testing.T) (methods []*ast.FuncDecl) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
				methods = append(methods, f)
			}
		}
	}
	return methods
}

func receiver(m *ast.FuncDecl) string {
	typ := m.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	name, _ := typ.(*ast.Ident)
	return name.Name
}

func settlesFirst(m *ast.FuncDecl) bool {
	if len(m.Body.List) == 0 {
		return false
	}
	d, ok := m.Body.List[0].(*ast.DeferStmt)
	if !ok {
		return false
	}
	called, ok := d.Call.Fun.(*ast.Ident)
	return ok && called.Name == "settle"
}
