package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

// codeShape is what a code of an error, a finding or a "why" looks like.
var codeShape = regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)+$`)

// TestEveryCodeHasWords holds the codes that Go can send against the words of
// the screen: a person never reads a code because somebody forgot its sentence.
func TestEveryCodeHasWords(t *testing.T) {
	words := screenWords(t)
	codes := map[string]string{}
	for _, code := range repair.Codes() {
		codes[code] = "backend/repair"
	}
	for _, root := range []string{"../../app", ".."} {
		sentCodes(t, root, codes)
	}
	if len(codes) < 100 {
		t.Fatalf("only %d codes found: the search is broken", len(codes))
	}
	var missing []string
	for code, from := range codes {
		if !words[code] {
			missing = append(missing, code+" ("+from+")")
		}
	}
	slices.Sort(missing)
	for _, m := range missing {
		t.Errorf("no words in frontend/src/shared/i18n/codes for %s", m)
	}
}

// screenWords are the keys of the front end's tables of words.
func screenWords(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../../frontend/src/shared/i18n/codes/*.ts")
	if err != nil || len(files) == 0 {
		t.Fatalf("the screen's words are not where they were: %v", err)
	}
	key := regexp.MustCompile(`(?m)^\s*"?([a-z0-9_.]+)"?:\s*msg`)
	words := map[string]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			words[m[1]] = true
		}
	}
	return words
}

// sentCodes adds the codes of composite literals with a Code field. The centre's
// program and test code speak to other people than the user of a desk.
func sentCodes(t *testing.T, root string, codes map[string]string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case "centred", "testdata", "wiretest", "repairtest", "archtest":
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			kv, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			name, ok := kv.Key.(*ast.Ident)
			if !ok || name.Name != "Code" {
				return true
			}
			if lit, ok := kv.Value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if code, err := strconv.Unquote(lit.Value); err == nil && codeShape.MatchString(code) {
					codes[code] = filepath.ToSlash(path)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
