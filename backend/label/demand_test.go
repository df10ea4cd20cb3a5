package label

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"hashmend/backend/repair"
)

// withTemplate is an engine whose shop has changed a template.
func withTemplate(t *testing.T, id string, change func(source string) string) (*Engine, *Library) {
	t.Helper()
	source, err := NewLibrary(nil).Source(id)
	if err != nil {
		t.Fatal(err)
	}
	changed := change(string(source))
	if changed == string(source) {
		t.Fatal("nothing was changed")
	}
	library := NewLibrary(fstest.MapFS{id + ".json": {Data: []byte(changed)}})
	e, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	e.UseTemplates(library)
	return e, library
}

// A parcel whose label lacks the number, the code, the address or which box it is
// gets refused: a shop's own template cannot leave them out.
func TestAShopsTemplateCannotLeaveOutWhatAParcelIsRefusedWithout(t *testing.T) {
	swap := func(pairs ...string) func(string) string {
		return func(source string) string { return strings.NewReplacer(pairs...).Replace(source) }
	}
	number := []string{`"bind": "work_order"`, `"bind": "sender"`, `{work_order}  箱 {place}`, `{sender}`}
	address := []string{`"bind": "centre_address_zh"`, `"bind": "sender"`, `"bind": "centre_address_en"`, `"bind": "sender"`}
	box := func(e *Engine) error { _, err := e.BoxLabel(boxZH()); return err }
	device := func(e *Engine) error { _, err := e.DeviceLabel(deviceZH()); return err }
	manifest := func(e *Engine) error { return e.Manifest(manifestOf(2, 2), &Pages{}) }
	tests := []struct {
		name, id, element string
		change            func(string) string
		print             func(*Engine) error
	}{
		{"number", BoxTemplate, "work_order", swap(number...), box},
		{"number in white", BoxTemplate, "work_order", swap(append([]string{}, `"bind": "work_order",`, `"bind": "work_order", "ink": "white",`, `{work_order}  箱 {place}`, `{sender}`)...), box},
		{"number of drafts only", BoxTemplate, "work_order", swap(`"bind": "work_order",`, `"bind": "work_order", "when": "draft",`, `{work_order}  箱 {place}`, `{sender}`), box},
		{"code", BoxTemplate, "payload", swap(`"bind": "payload"`, `"bind": "work_order"`), box},
		{"code with more in it", BoxTemplate, "payload", swap(`"bind": "payload"`, `"text": "{payload}/A"`), box},
		{"address", BoxTemplate, "centre_address", swap(address...), box},
		{"which box", BoxTemplate, "place", swap(`"bind": "place"`, `"bind": "sender"`, `  箱 {place}`, ``), box},
		{"serial number", DeviceTemplate, "serial", swap(`"bind": "serial"`, `"bind": "model"`), device},
		{"code of a device", DeviceTemplate, "payload", swap(`"bind": "payload"`, `"bind": "serial"`), device},
		{"serial numbers of the manifest", ManifestTemplate, "serial", swap(`{serial}`, `{model}`), manifest},
		{"code of the manifest", ManifestTemplate, "payload", swap(`"bind": "payload"`, `"bind": "work_order"`), manifest},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, library := withTemplate(t, test.id, test.change)
			var refused *repair.Error
			if err := test.print(e); !errors.As(err, &refused) || !errors.Is(err, ErrTemplate) || refused.Args["element"] != test.element {
				t.Errorf("printed: %v", err)
			}
			for _, info := range library.List() {
				if info.ID == test.id && !errors.Is(info.Problem, ErrTemplate) {
					t.Errorf("listed with problem %v", info.Problem)
				}
			}
		})
	}
}

func TestADraftOfAShopsTemplateSaysThatItIsOne(t *testing.T) {
	e, _ := withTemplate(t, BoxTemplate, func(source string) string {
		return strings.Replace(source, `"draft": {"box": [4, 4, 92, 6], "falling": true},`, ``, 1)
	})
	if _, err := e.BoxLabel(draftBox()); !errors.Is(err, ErrTemplate) {
		t.Errorf("error is %v", err)
	}
	if _, err := e.BoxLabel(boxZH()); err != nil {
		t.Errorf("a final label: %v", err)
	}
}

// One language of a text may lack what the others show.
func TestALanguageWithoutTheNumberIsFound(t *testing.T) {
	e, _ := withTemplate(t, BoxTemplate, func(source string) string {
		return strings.NewReplacer(`"bind": "work_order"`, `"text": {"en": "{work_order}", "ru": "НОМЕР"}`, `{work_order}  箱 {place}`, `{place}`).Replace(source)
	})
	b := boxZH()
	if _, err := e.BoxLabel(b); err != nil {
		t.Errorf("in English: %v", err)
	}
	b.Language = "ru"
	if _, err := e.BoxLabel(b); !errors.Is(err, ErrTemplate) {
		t.Errorf("in Russian: %v", err)
	}
}
