package wiretest

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
)

// schema is what the fuzzer understands of a JSON schema.
type schema struct {
	Ref        string            `json:"$ref"`
	Type       kinds             `json:"type"`
	Enum       []string          `json:"enum"`
	Properties map[string]schema `json:"properties"`
	Required   []string          `json:"required"`
	Items      *schema           `json:"items"`
	AnyOf      []schema          `json:"anyOf"`
}

// kinds is a type or a list of them.
type kinds []string

// UnmarshalJSON reads either.
func (k *kinds) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*k = kinds{one}
		return nil
	}
	var many []string
	err := json.Unmarshal(data, &many)
	*k = many
	return err
}

// value makes a value of a schema. What is optional is there half of the time.
func (f *fuzzer) value(s schema, depth int) any {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return f.value(f.whole.Components.Schemas[name], depth)
	}
	if len(s.AnyOf) > 0 {
		return f.value(s.AnyOf[f.random.IntN(len(s.AnyOf))], depth)
	}
	if len(s.Enum) > 0 {
		return s.Enum[f.random.IntN(len(s.Enum))]
	}
	if len(s.Type) == 0 {
		return ""
	}
	switch s.Type[0] {
	case "object":
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			property := s.Properties[name]
			if slices.Contains(s.Required, name) || depth < 4 && f.random.IntN(2) == 0 {
				out[name] = f.value(property, depth+1)
			}
		}
		return out
	case "array":
		out := []any{}
		for range f.random.IntN(3) {
			if s.Items != nil && depth < 4 {
				out = append(out, f.value(*s.Items, depth+1))
			}
		}
		return out
	case "boolean":
		return f.random.IntN(2) == 0
	case "integer":
		return []any{0, 1, -1, 7, 100, math.MaxInt32, int64(math.MaxInt64), int64(math.MinInt64)}[f.random.IntN(8)]
	}
	return f.text()
}

func (f *fuzzer) text() string {
	words := []string{"", "x", "USD", "2026-06-01", "2026-06-01T00:00:00Z", "9999-99-99", "SF1234567890123", "Ann", "\u0000", "\u202e💣",
		"../../etc/passwd", "__proto__", "<script>", "'; DROP TABLE entity; --", strings.Repeat("长", 20000)}
	if f.random.IntN(2) == 0 {
		return f.mine[f.random.IntN(len(f.mine))]
	}
	return words[f.random.IntN(len(words))]
}

// spoil changes one thing of a value: a wrong type, an extreme, too much, too little.
func (f *fuzzer) spoil(value any) any {
	switch v := value.(type) {
	case map[string]any:
		names := slices.Sorted(maps.Keys(v))
		if len(names) == 0 || f.random.IntN(6) == 0 {
			v["surplus"] = 1
			return v
		}
		name := names[f.random.IntN(len(names))]
		if f.random.IntN(5) == 0 {
			delete(v, name)
			return v
		}
		v[name] = f.spoil(v[name])
		return v
	case []any:
		if len(v) > 0 && f.random.IntN(2) == 0 {
			v[0] = f.spoil(v[0])
			return v
		}
	}
	return []any{nil, "", "x", -1, 1e300, 0.5, true, []any{}, []any{[]any{nil}}, map[string]any{}, map[string]any{"a": nil}}[f.random.IntN(11)]
}
