package wire

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

var update = flag.Bool("update", false, "write openapi.json")

func TestTheOpenAPIDocumentIsThatOfTheTypes(t *testing.T) {
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document(t)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("openapi.json", got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got.Bytes(), OpenAPI()) {
		t.Error("openapi.json is out of date: go test ./backend/wire -run OpenAPI -update")
	}
}

func TestEveryEnumerationOfTheContractIsThatOfTheRules(t *testing.T) {
	var doc struct {
		Components struct {
			Schemas map[string]struct {
				Enum []string `json:"enum"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(OpenAPI(), &doc); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"CommandKind": string(repair.CmdDeclineQuotes), "DeviceStatus": string(repair.Forfeited),
		"Stage": string(repair.StageReturnRefused), "Class": string(repair.Mixed), "RowType": string(RowSigner),
		"Warranty": string(repair.WarrantyUnknown), "QuoteStatus": string(repair.QuoteLapsed), "Role": string(repair.RoleOffice),
	}
	for name, value := range want {
		found := false
		for _, v := range doc.Components.Schemas[name].Enum {
			found = found || v == value
		}
		if !found {
			t.Errorf("%s does not list %q: %v", name, value, doc.Components.Schemas[name].Enum)
		}
	}
}

// object keeps JSON readable in this file.
type object = map[string]any

func document(t *testing.T) object {
	g := &generator{enums: enumsOf(t, filepath.Join("..", "repair"), "."), schemas: object{}}
	paths := object{}
	for _, r := range routes() {
		item, ok := paths[r.path].(object)
		if !ok {
			item = object{}
			paths[r.path] = item
		}
		item[strings.ToLower(r.method)] = g.operation(r)
	}
	rows := object{}
	for t, v := range rowBodies {
		rows[string(t)] = g.of(reflect.TypeOf(v))
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": "Hashmend after-sales contract", "version": strconv.Itoa(Version),
			"description": "How a desk and an after-sales centre talk. One write, one read, one blob.",
			"license":     object{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"servers":     []any{object{"url": "/"}},
		"paths":       paths,
		"x-row-types": rows,
		"x-codes":     ProblemCodes(),
		// What each type of problem means, and the codes that differ from their type.
		"x-problem-types": problemTypes(),
		"x-problem-codes": problemCodes(),
		"components": object{"schemas": g.schemas,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}}},
	}
}

// rowBodies says what the d of each row type holds.
var rowBodies = map[RowType]any{
	RowCentre: repair.CentreInfo{}, RowWorkOrder: repair.WorkOrder{}, RowDevice: repair.Device{},
	RowParcel: repair.Parcel{}, RowShipment: repair.Shipment{}, RowQuote: repair.Quote{},
	RowPayment: repair.Payment{}, RowMessage: repair.Message{}, RowCorrection: repair.Correction{},
	RowUnclaimed: repair.UnclaimedParcel{}, RowSigner: repair.Signer{}, RowMailbox: repair.Mailbox{},
}

// generator writes schemas of Go types as JSON writes them.
type generator struct {
	enums   map[string][]string
	schemas object
}

func (g *generator) of(t reflect.Type) object {
	switch t.Kind() {
	case reflect.Pointer:
		return g.of(t.Elem())
	case reflect.Struct:
		return g.named(t, g.structOf)
	case reflect.String:
		if _, ok := g.enums[t.Name()]; ok && t.PkgPath() != "" {
			return g.named(t, func(reflect.Type) object { return object{"type": "string", "enum": g.enums[t.Name()]} })
		}
		switch t.Name() {
		case "Instant":
			return object{"type": "string", "description": "RFC 3339 in UTC, or empty"}
		case "Date":
			return object{"type": "string", "description": "YYYY-MM-DD, or empty"}
		}
		return object{"type": "string"}
	case reflect.Slice:
		if t == reflect.TypeOf(json.RawMessage{}) {
			return object{"description": "the thing itself: see x-row-types"}
		}
		return object{"type": []string{"array", "null"}, "items": g.of(t.Elem())}
	case reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": g.of(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int:
		return object{"type": "integer"}
	case reflect.Int64:
		return object{"type": "integer", "format": "int64"}
	}
	panic("no schema for " + t.String())
}

func (g *generator) named(t reflect.Type, make func(reflect.Type) object) object {
	if _, ok := g.schemas[t.Name()]; !ok {
		g.schemas[t.Name()] = object{} // a type may hold itself
		g.schemas[t.Name()] = make(t)
	}
	return object{"$ref": "#/components/schemas/" + t.Name()}
}

func (g *generator) structOf(t reflect.Type) object {
	properties, required := object{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || name == "" {
			continue
		}
		schema := g.of(f.Type)
		if optional := strings.Contains(options, "omitempty"); !optional {
			required = append(required, name)
		} else if _, isEnum := g.enums[f.Type.Name()]; isEnum && f.Type.Kind() == reflect.String {
			// Absent means not yet; a request may also say it with "".
			schema = object{"anyOf": []any{schema, object{"const": ""}}}
		}
		properties[name] = schema
	}
	return object{"type": "object", "properties": properties, "required": required}
}

// enumsOf reads the enumerations from the source: the constants of each named
// string type, in their order.
func enumsOf(t *testing.T, dirs ...string) map[string][]string {
	out := map[string][]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool { addEnum(out, n); return true })
		}
	}
	return out
}

func addEnum(out map[string][]string, n ast.Node) {
	v, ok := n.(*ast.ValueSpec)
	if !ok || len(v.Values) != 1 {
		return
	}
	name, ok := v.Type.(*ast.Ident)
	value, isLiteral := v.Values[0].(*ast.BasicLit)
	if !ok || !isLiteral || value.Kind != token.STRING || name.Name == "string" {
		return
	}
	text, err := strconv.Unquote(value.Value)
	if err == nil {
		out[name.Name] = append(out[name.Name], text)
	}
}
