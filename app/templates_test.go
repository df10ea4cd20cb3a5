package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

func TestAShopChangesACopyOfATemplate(t *testing.T) {
	t.Parallel()
	a := opened(t)
	templates := &Templates{a}
	const ours = "bench-100x150"
	list := must[[]desk.TemplateRow](t)(templates.Copy(ours, "my-label"))
	source := must[string](t)(templates.Source("my-label"))
	own := 0
	for _, row := range list {
		if row.Own {
			own++
		}
		if row.Problem != nil || row.Own != (row.ID == "my-label") || row.Width != 100 && row.ID == "my-label" {
			t.Errorf("%+v", row)
		}
	}
	if own != 1 || !strings.Contains(source, `"id": "my-label"`) {
		t.Fatalf("%d of our own; %.80s", own, source)
	}
	changed := strings.Replace(source, "WO {wo}", "NO {wo}", 1)
	preview := must[desk.LabelPreview](t)(templates.Preview(changed, "zh"))
	if preview.Pages != 1 {
		t.Errorf("preview %+v", preview)
	}
	must[[]desk.TemplateRow](t)(templates.Save("my-label", changed))
	if got := must[string](t)(templates.Source("my-label")); got != changed {
		t.Error("the change was not kept")
	}
	if _, err := templates.Copy(ours, "my-label"); codeOf(err) != "label.template_taken" {
		t.Errorf("copied over a template: %v", err)
	}

	// A mistake names its element, and what was kept stays.
	wrong := strings.Replace(changed, `"bind": "payload"`, `"bind": "no_such_field"`, 1)
	for _, try := range []func() error{
		func() error { _, err := templates.Save("my-label", wrong); return err },
		func() error { _, err := templates.Preview(wrong, "en"); return err },
	} {
		var e *repair.Error
		if err := try(); !errors.As(err, &e) || e.Code != "label.template_invalid" || e.Args["element"] != "qr" {
			t.Errorf("the mistake is %v", err)
		}
	}
	for _, name := range []string{"../outside", "Big", "", "a/b"} {
		if _, err := templates.Copy(ours, name); codeOf(err) != "label.template_invalid" {
			t.Errorf("a copy named %q: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(a.Dir, "outside.json")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a file lies outside its folder")
	}
	must[[]desk.TemplateRow](t)(templates.Remove("my-label"))
	for _, id := range []string{"my-label", ours, "../vault"} {
		if _, err := templates.Remove(id); codeOf(err) != "label.template_unknown" {
			t.Errorf("removed %s: %v", id, err)
		}
	}
}
