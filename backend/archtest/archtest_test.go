package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "hashmend"

// pkg is one package as its files say.
type pkg struct {
	path    string              // under the module, "" for main
	imports map[string][]string // import path → files, tests left out
	doc     bool                // one file has a package comment
}

// The files are read here, not asked of the go command: its answer would be
// cached with this test's result.
func house(t *testing.T) map[string]*pkg {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal(err)
	}
	found := map[string]*pkg{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel == "frontend" || d.Name() == "testdata" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && rel != "." ||
				rel == "build/bin" || rel == "build/cache" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		return read(found, path, rel)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func read(found map[string]*pkg, path, rel string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return err
	}
	dir := filepath.ToSlash(filepath.Dir(rel))
	if dir == "." {
		dir = ""
	}
	p := found[dir]
	if p == nil {
		p = &pkg{path: dir, imports: map[string][]string{}}
		found[dir] = p
	}
	p.doc = p.doc || hasDoc(file)
	for _, i := range file.Imports {
		name := strings.Trim(i.Path.Value, `"`)
		p.imports[name] = append(p.imports[name], rel)
	}
	return nil
}

// hasDoc reports whether a file says what its package is: a sentence, not a
// licence or a directive.
func hasDoc(file *ast.File) bool {
	text := file.Doc.Text()
	return strings.HasPrefix(text, "Package "+file.Name.Name+" ") || strings.HasPrefix(text, "Command ")
}

func planOf(path string) (row, bool) {
	for _, r := range plan {
		prefix, star := strings.CutSuffix(r.pkg, "*")
		if r.pkg == path || star && strings.HasPrefix(path, prefix) {
			return r, true
		}
	}
	return row{}, false
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range house(t) {
		r, planned := planOf(p.path)
		if !planned {
			t.Errorf("%s has no row in the plan: say what it may import, and why it exists", p.path)
			continue
		}
		for name, files := range p.imports {
			ours, is := strings.CutPrefix(name, module+"/")
			if !is || slices.Contains(r.imports, ours) || slices.Contains(r.imports, "*") {
				continue
			}
			t.Errorf("%s may not import %s (%s): %s", p.path, ours, strings.Join(files, ", "), r.why)
		}
	}
}

func TestSomeModulesHaveOnePlace(t *testing.T) {
	for _, p := range house(t) {
		if strings.HasPrefix(p.path, "build/") {
			continue
		}
		for _, f := range forbidden {
			for name, files := range p.imports {
				if strings.HasPrefix(name+"/", f.path) && p.path != f.except && !strings.HasPrefix(p.path, "build/") {
					t.Errorf("%s may not import %s (%s): %s", p.path, name, strings.Join(files, ", "), f.why)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, p := range house(t) {
		if !p.doc {
			t.Errorf("package %s has no paragraph of documentation", p.path)
		}
	}
}

func TestThePlanIsAboutSomething(t *testing.T) {
	found := house(t)
	for _, path := range required {
		if found[path] == nil {
			t.Errorf("%s is in the plan and not in the house", path)
		}
	}
	seen := map[string]bool{}
	for _, r := range plan {
		if seen[r.pkg] {
			t.Errorf("%s has two rows", r.pkg)
		}
		seen[r.pkg] = true
		if r.why == "" {
			t.Errorf("%s has no reason", r.pkg)
		}
		for _, i := range r.imports {
			if _, planned := planOf(i); i != "*" && !planned {
				t.Errorf("%s may import %s, which has no row", r.pkg, i)
			}
		}
	}
}
