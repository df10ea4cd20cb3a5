package named

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func read(t *testing.T, text, mark string) (Set, error) {
	t.Helper()
	return Read(fstest.MapFS{"x.sql": {Data: []byte(text)}}, mark)
}

func TestStatementsAreNamedOnce(t *testing.T) {
	for name, text := range map[string]string{
		"a name taken twice":       "-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;",
		"a name without statement": "-- name: a\n-- name: b\nSELECT 2;",
		"a statement without name": "SELECT 1;",
	} {
		if _, err := read(t, text, "?"); err == nil {
			t.Errorf("%s must be refused", name)
		}
	}
}

func TestAParameterHasOnePlaceHoweverOftenItStands(t *testing.T) {
	set, err := read(t, "-- name: a\nSELECT :b::text, :a, :b;", "$")
	if err != nil {
		t.Fatal(err)
	}
	a := set["a"]
	if a.Text != "SELECT $1::text, $2, $1" || !slices.Equal(a.Params, []string{"b", "a"}) {
		t.Errorf("got %+v", a)
	}
	args, err := a.Args(P{"a": 1, "b": 2, "c": 3})
	if err != nil || !slices.Equal(args, []any{2, 1}) {
		t.Errorf("got %v %v", args, err)
	}
}

func TestAParameterThatIsMissingIsNoticed(t *testing.T) {
	set, err := read(t, "-- name: a\nSELECT :a;", "?")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []P{{}, {"b": 1}} {
		if _, err := set["a"].Args(p); err == nil {
			t.Errorf("%v must be refused", p)
		}
	}
	if _, err := set.Find("b"); err == nil || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("got %v", err)
	}
}
