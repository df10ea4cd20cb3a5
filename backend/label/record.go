package label

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Record is what a template is filled with: texts by name, and lists of records,
// such as the devices of a box. As JSON it is an object of strings and arrays.
type Record struct {
	Text  map[string]string
	Lists map[string][]Record
}

// UnmarshalJSON implements json.Unmarshaler.
func (r *Record) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	r.Text, r.Lists = map[string]string{}, map[string][]Record{}
	for name, value := range fields {
		var text string
		if json.Unmarshal(value, &text) == nil {
			r.Text[name] = text
			continue
		}
		var list []Record
		if err := json.Unmarshal(value, &list); err != nil {
			return fmt.Errorf("%s is neither a text nor a list of records", name)
		}
		r.Lists[name] = list
	}
	return nil
}

// MarshalJSON implements json.Marshaler.
func (r Record) MarshalJSON() ([]byte, error) {
	fields := make(map[string]json.RawMessage, len(r.Text)+len(r.Lists))
	for name, text := range r.Text {
		value, err := json.Marshal(text)
		if err != nil {
			return nil, err
		}
		fields[name] = value
	}
	for name, list := range r.Lists {
		value, err := json.Marshal(list)
		if err != nil {
			return nil, err
		}
		fields[name] = value
	}
	return json.Marshal(fields)
}

// Words is a text in the languages of a template, or one for all.
type Words map[string]string

// UnmarshalJSON implements json.Unmarshaler: a string, or an object by language.
func (w *Words) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*w = Words{"en": one}
		return nil
	}
	var all map[string]string
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("a text is a string, or an object of languages")
	}
	if _, ok := all["en"]; !ok {
		return fmt.Errorf("a text needs the language en, which stands in for others")
	}
	*w = all
	return nil
}

// MarshalJSON implements json.Marshaler.
func (w Words) MarshalJSON() ([]byte, error) {
	if len(w) == 1 {
		return json.Marshal(w["en"])
	}
	return json.Marshal(map[string]string(w))
}

// In gives the text in a language, such as "zh-Hans": in it, else in its base,
// else in English.
func (w Words) In(lang string) string {
	if s, ok := w[lang]; ok {
		return s
	}
	if len(lang) > 2 {
		if s, ok := w[lang[:2]]; ok {
			return s
		}
	}
	return w["en"]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
