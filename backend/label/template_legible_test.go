package label

import (
	"errors"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func TestWordsThatNobodyCanReadAreRefused(t *testing.T) {
	text := func(name, box, more string) string {
		return `{"name": "` + name + `", "type": "text", "box": ` + box + `, "size": 10, "bind": "serial"` + more + `}`
	}
	dark := `{"name": "band", "type": "rect", "box": [0, 0, 50, 12]},`
	for name, test := range map[string]struct{ elements, problem string }{
		"over another":            {text("serial", "[2, 2, 40, 8]", "") + "," + text("model", "[2, 2.5, 40, 8]", ""), "over those of serial"},
		"one or the other":        {text("serial", "[2, 2, 40, 8]", `, "when": "draft"`) + "," + text("model", "[2, 2, 40, 8]", `, "when": "!draft"`), ""},
		"from left and right":     {text("serial", "[2, 2, 40, 8]", "") + "," + text("model", "[2, 2, 40, 8]", `, "align": "right"`), ""},
		"white on white":          {text("model", "[2, 2, 40, 8]", `, "ink": "white"`), "white on white"},
		"white on an outline":     {strings.Replace(dark, `12]`, `12], "stroke": 0.3`, 1) + text("model", "[2, 2, 40, 8]", `, "ink": "white"`), "white on white"},
		"white on black":          {dark + text("model", "[2, 2, 40, 8]", `, "ink": "white"`), ""},
		"white on what is absent": {strings.Replace(dark, `12]`, `12], "when": "draft"`, 1) + text("model", "[2, 2, 40, 8]", `, "ink": "white", "when": "!draft"`), "white on white"},
	} {
		_, err := ReadTemplate(strings.NewReader(plainTemplate(test.elements)), nil)
		var e *repair.Error
		switch {
		case test.problem == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.problem != "" && (!errors.As(err, &e) || e.Args["element"] != "model" || !strings.Contains(e.Args["problem"], test.problem)):
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

// A row of the table is not to blame for the words of the template.
func TestATemplatesOwnWordsAreNotTheRowsFault(t *testing.T) {
	template, err := ReadTemplate(strings.NewReader(plainTemplate(`{"name": "note", "type": "text", "box": [2, 2, 40, 8], "size": 10, "text": "Care 😀 {serial}"}`)), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = engine().PrintCSV(template, table("serial\nA1\n"), Print{Language: "en"}, &Pages{})
	var e *repair.Error
	if !errors.As(err, &e) || e.Code != "label.template_invalid" || e.Args["element"] != "note" || e.Args["row"] != "" || e.Args["column"] != "" || !strings.Contains(e.Args["problem"], "😀") {
		t.Errorf("error is %v", err)
	}
}
