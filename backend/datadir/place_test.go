package datadir

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hashmend/backend/repair"
)

// home makes an empty home, so that what this PC syncs decides nothing here.
func home(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	t.Setenv("APPDATA", filepath.Join(dir, "AppData"))
	t.Setenv("LOCALAPPDATA", filepath.Join(dir, "AppData"))
	for _, name := range homes {
		t.Setenv(name, "")
	}
	return dir
}

// refused takes a folder that may not be taken and must stay unmade.
func refused(t *testing.T, dir, service string) {
	t.Helper()
	_, err := Take(dir)
	var e *repair.Error
	if !errors.Is(err, ErrSynced) || !errors.As(err, &e) || e.Args["service"] != service || e.Args["dir"] != dir {
		t.Errorf("%s: %v, want %v by %s", dir, err, ErrSynced, service)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Errorf("%s was made all the same", dir)
	}
}

func TestAFolderThatIsCopiedAwayIsRefused(t *testing.T) {
	at := home(t)
	for folder, service := range map[string]string{
		"OneDrive":                             "OneDrive",
		"OneDrive - North Ridge GmbH":          "OneDrive",
		"Dropbox":                              "Dropbox",
		"Dropbox (Personal)":                   "Dropbox",
		"Google Drive":                         "Google Drive",
		"GoogleDrive-a@example.com":            "Google Drive",
		"Library/Mobile Documents":             "iCloud Drive",
		"iCloudDrive":                          "iCloud Drive",
		"Library/CloudStorage/Proton-a@b":      "CloudStorage",
		"我的坚果云":                                "Nutstore",
		"deep/Nextcloud/documents/and/further": "Nextcloud",
	} {
		refused(t, filepath.Join(at, filepath.FromSlash(folder), "hashmend"), service)
	}
}

func TestAFolderWithAnotherNameIsKnownByWhatTheServiceSays(t *testing.T) {
	at := home(t)
	t.Setenv("OneDriveCommercial", filepath.Join(at, "Work"))
	refused(t, filepath.Join(at, "Work", "hashmend"), "OneDrive")

	info := filepath.Join(at, ".dropbox")
	if err := os.MkdirAll(info, 0o700); err != nil {
		t.Fatal(err)
	}
	text := `{"personal":{"path":` + quoted(filepath.Join(at, "Box of mine")) + `,"host":1}}`
	if err := os.WriteFile(filepath.Join(info, "info.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(at, "Box of mine", "hashmend"), "Dropbox")

	shared := filepath.Join(at, "shared")
	if err := os.MkdirAll(filepath.Join(shared, ".stfolder"), 0o700); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(shared, "hashmend"), "Syncthing")
}

func quoted(path string) string {
	out := `"`
	for _, r := range path {
		if r == '\\' {
			out += `\`
		}
		out += string(r)
	}
	return out + `"`
}

func TestALinkDoesNotHideWhereAFolderLies(t *testing.T) {
	at := home(t)
	target := filepath.Join(at, "Dropbox", "farm")
	if err := os.MkdirAll(target, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(at, "farm")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(link, "hashmend"), "Dropbox")
}

// What only looks alike is no reason: the home folder with its Dropbox settings,
// a folder about OneDrive, a neighbour of a synced one.
func TestAFolderBesideASyncedOneIsTaken(t *testing.T) {
	at := home(t)
	t.Setenv("OneDrive", filepath.Join(at, "Work"))
	for _, made := range []string{".dropbox", "Work"} {
		if err := os.MkdirAll(filepath.Join(at, made), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{"hashmend", "Workshop", "onedrive-notes", "dropboxes"} {
		f, err := Take(filepath.Join(at, folder))
		if err != nil {
			t.Fatalf("%s: %v", folder, err)
		}
		if err := f.Release(); err != nil {
			t.Fatal(err)
		}
	}
}
