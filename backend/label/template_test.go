package label

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"hashmend/backend/repair"
)

// plainTemplate is a small label with one element put in its place.
func plainTemplate(elements string) string {
	return `{"id": "mine", "name": "Mine", "width": 60, "height": 40, "margin": 2,
		"sample": {"serial": "S1", "payload": "HTTPS://H/1D/A/B/0/0/00X", "devices": [{"serial": "S1"}]},
		"elements": [` + elements + `]}`
}

func TestAMistakeInATemplateNamesItsElement(t *testing.T) {
	text := func(more string) string {
		return `{"name": "title", "type": "text", "box": [2, 2, 40, 8], "size": 10` + more + `}`
	}
	tests := []struct{ name, source, element, problem string }{
		{"no JSON", `{`, "template", "unexpected"},
		{"unknown field of the template", strings.Replace(plainTemplate(text(`, "bind": "serial"`)), `"margin"`, `"margins"`, 1), "template", `"margins"`},
		{"unknown field", plainTemplate(text(`, "bind": "serial", "colour": "red"`)), "title", `"colour"`},
		{"wrong kind of value", plainTemplate(text(`, "bind": 7`)), "title", "cannot be a number"},
		{"element without a name", plainTemplate(`{"type": "text", "boks": 1}`), "#1", `"boks"`},
		{"unknown type", plainTemplate(`{"name": "title", "type": "txt", "box": [2,2,2,2]}`), "title", "txt"},
		{"unknown data field", plainTemplate(text(`, "bind": "serail"`)), "title", "serail"},
		{"unknown data field in words", plainTemplate(text(`, "text": "S/N {sn}"`)), "title", "sn"},
		{"brace left open", plainTemplate(text(`, "text": "S/N {serial"`)), "title", "brace"},
		{"nothing to say", plainTemplate(text(``)), "title", "neither"},
		{"no English", plainTemplate(text(`, "text": {"zh": "序列号"}`)), "title", "en"},
		{"off the page", plainTemplate(`{"name": "title", "type": "rect", "box": [50, 2, 20, 8]}`), "title", "leaves the page"},
		{"min above size", plainTemplate(text(`, "bind": "serial", "min": 12`)), "title", "size"},
		{"unknown font", plainTemplate(text(`, "bind": "serial", "font": "italic"`)), "title", "font"},
		{"unknown condition", plainTemplate(text(`, "bind": "serial", "when": "!urgent"`)), "title", "urgent"},
		{"after what follows", plainTemplate(text(`, "bind": "serial", "after": "later"`)), "title", "later"},
		{"bent line", plainTemplate(`{"name": "rule", "type": "line", "box": [2, 2, 4, 4], "stroke": 1}`), "rule", "line"},
		{"bad path", plainTemplate(`{"name": "arrow", "type": "path", "box": [2, 2, 4, 4], "path": "M 1 1 C 2 2"}`), "arrow", "M, L, Q"},
		{"unknown mark", plainTemplate(`{"name": "care", "type": "mark", "box": [2, 2, 4, 4], "mark": "explosive"}`), "care", "fragile"},
		{"picture from elsewhere", plainTemplate(`{"name": "logo", "type": "picture", "box": [2, 2, 4, 4], "file": "../logo.png"}`), "logo", "beside"},
		{"picture that is missing", plainTemplate(`{"name": "logo", "type": "picture", "box": [2, 2, 4, 4], "file": "logo.png"}`), "logo", "opened"},
		{"table without columns", plainTemplate(`{"name": "list", "type": "table", "box": [2, 2, 40, 20], "bind": "devices"}`), "list", "columns"},
		{"table of nothing", plainTemplate(`{"name": "list", "type": "table", "box": [2, 2, 40, 20], "bind": "boxes", "columns": [{"width": 9, "text": "{serial}"}]}`), "bind", "boxes"},
		{"text over a code", plainTemplate(`{"name": "qr", "type": "qr", "box": [30, 5, 30, 30], "bind": "payload"},` + text(`, "bind": "serial"`)), "title", "code qr"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadTemplate(strings.NewReader(test.source), fstest.MapFS{})
			var e *repair.Error
			if !errors.As(err, &e) || e.Code != "label.template_invalid" {
				t.Fatalf("error is %v", err)
			}
			if e.Args["element"] != test.element || !strings.Contains(e.Args["problem"], test.problem) {
				t.Errorf("element %q: %q", e.Args["element"], e.Args["problem"])
			}
		})
	}
}

func TestAShopsTemplateTakesThePlaceOfOurs(t *testing.T) {
	mine := strings.Replace(plainTemplate(`{"name": "title", "type": "text", "box": [2, 2, 40, 8], "size": 10, "bind": "serial"}`), `"mine"`, `"bench-100x150"`, 1)
	folder := fstest.MapFS{
		"bench-100x150.json": {Data: []byte(mine)},
		"broken.json":        {Data: []byte(`{"id": "broken", "elements": [{"name": "x", "typ": "text"}]}`)},
		"other.json":         {Data: []byte(mine)},
		"UPPER.json":         {Data: []byte(mine)},
	}
	library := NewLibrary(folder)
	template, err := library.Template("bench-100x150")
	if err != nil || template.Width != 60 {
		t.Fatalf("the shop's own is not used: %v", err)
	}
	if _, err := library.Template("other"); !errors.Is(err, ErrTemplate) {
		t.Errorf("a file under another name: error is %v", err)
	}
	for _, id := range []string{"nothing", "../secret", "UPPER", ""} {
		if _, err := library.Template(id); !errors.Is(err, ErrTemplateUnknown) {
			t.Errorf("%q: error is %v", id, err)
		}
		if _, err := library.Source(id); !errors.Is(err, ErrTemplateUnknown) {
			t.Errorf("source of %q: error is %v", id, err)
		}
	}
	if source, err := library.Source("bench-100x150"); err != nil || string(source) != mine {
		t.Errorf("source is not the shop's own (%v)", err)
	}
	seen := map[string]TemplateInfo{}
	for _, i := range library.List() {
		seen[i.ID] = i
	}
	if i := seen["bench-100x150"]; i.Shipped || i.Problem != nil || i.Width != 60 {
		t.Errorf("listed as %+v", i)
	}
	if i := seen["broken"]; i.Problem == nil {
		t.Errorf("listed as %+v", i)
	}
	if _, listed := seen["UPPER"]; listed {
		t.Error("a file whose name no template can have is listed")
	}
}

// Every shipped template fills its own sample, in every language: the preview of
// the editor is never empty.
func TestEveryShippedTemplateDrawsItsSample(t *testing.T) {
	list := NewLibrary(nil).List()
	if len(list) == 0 {
		t.Fatal("nothing is shipped")
	}
	for _, info := range list {
		if info.Problem != nil {
			t.Errorf("%s: %v", info.ID, info.Problem)
			continue
		}
		template := shipped(t, info.ID)
		for _, lang := range []string{"en", "zh-CN", "ru", "es", "ar"} {
			for _, draft := range []bool{false, true} {
				var pages Pages
				err := engine().Document(template, template.Sample, Print{Language: lang, Draft: draft}, &pages)
				if err != nil || len(pages) == 0 || len(pages[0].Items) == 0 {
					t.Errorf("%s in %s, draft %v: %d pages, %v", info.ID, lang, draft, len(pages), err)
				}
			}
		}
	}
}

func TestWhatATemplateNeedsIsAskedFor(t *testing.T) {
	source := strings.Replace(plainTemplate(`{"name": "title", "type": "text", "box": [2, 2, 40, 8], "size": 10, "bind": "serial"}`), `"sample"`, `"required": ["serial"], "sample"`, 1)
	template, err := ReadTemplate(strings.NewReader(source), nil)
	if err != nil {
		t.Fatal(err)
	}
	var e *repair.Error
	if _, err := engine().Label(template, Record{}, Print{}); !errors.As(err, &e) || e.Code != "label.field_missing" || e.Args["element"] != "serial" {
		t.Errorf("error is %v", err)
	}
	if _, err := engine().Label(template, Record{}, Print{Draft: true}); err != nil {
		t.Errorf("a draft may lack it: %v", err)
	}
}

// Some editors put a mark before UTF-8.
func TestATemplateMayBeginWithAMark(t *testing.T) {
	source, err := NewLibrary(nil).Source("bench-100x150")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadTemplate(strings.NewReader("\ufeff"+string(source)), nil); err != nil {
		t.Error(err)
	}
}
