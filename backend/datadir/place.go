package datadir

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/repair"
)

// Where a data folder may not lie. A program that copies files behind our back
// takes one without its write-ahead log, or puts an older one over a newer; a
// network drive has no shared memory for the log and loses locks.
var (
	ErrSynced  = &repair.Error{Kind: repair.Unavailable, Code: "data_folder.synced"}  // args: dir, service
	ErrNetwork = &repair.Error{Kind: repair.Unavailable, Code: "data_folder.network"} // args: dir
)

// services are programs that copy folders to other places, by what their folders
// are called. A name that ends in * is a beginning. All in small letters.
var services = []struct {
	service string
	folders []string
}{
	{"OneDrive", []string{"onedrive", "onedrive - *"}},
	{"Dropbox", []string{"dropbox", "dropbox (*"}},
	{"Google Drive", []string{"google drive", "googledrive", "googledrive-*", "my drive", "google drive streaming"}},
	{"iCloud Drive", []string{"iclouddrive", "icloud drive", "mobile documents", "com~apple~clouddocs"}},
	{"Nextcloud", []string{"nextcloud", "owncloud"}},
	{"Box", []string{"box sync", "box-box"}},
	{"Nutstore", []string{"nutstore", "nutstore files", "我的坚果云", "坚果云"}},
	{"Baidu Netdisk", []string{"baidusyncdisk", "百度网盘同步空间"}},
	{"Yandex Disk", []string{"yandex.disk", "yandexdisk"}},
	{"CloudStorage", []string{"cloudstorage"}}, // macOS keeps all of them under this name
}

// marks are files that such a program leaves in the folder that it copies.
var marks = []struct{ service, file string }{
	{"Dropbox", ".dropbox"},
	{"Dropbox", ".dropbox.cache"},
	{"Google Drive", ".tmp.driveupload"},
	{"Google Drive", ".tmp.drivedownload"},
	{"Nextcloud", ".owncloudsync.log"},
	{"Nextcloud", ".nextcloudsync.log"},
	{"Syncthing", ".stfolder"},
}

// homes are variables in which OneDrive says where its folders are.
var homes = []string{"OneDrive", "OneDriveConsumer", "OneDriveCommercial"}

// misplaced says why a folder may not hold the data, nil when it may. The folder
// need not be there yet.
func misplaced(dir string) error {
	real := resolved(dir)
	if service := syncedBy(real); service != "" {
		return ErrSynced.With("dir", dir, "service", service)
	}
	if onNetwork(existing(real)) {
		return ErrNetwork.With("dir", dir)
	}
	return nil
}

// syncedBy names the program that copies a folder, "" for none.
func syncedBy(dir string) string {
	for _, home := range homes {
		if root := os.Getenv(home); filepath.IsAbs(root) && within(dir, resolved(root)) {
			return "OneDrive"
		}
	}
	for _, root := range dropboxes() {
		if within(dir, resolved(root)) {
			return "Dropbox"
		}
	}
	for at := dir; ; at = filepath.Dir(at) {
		if service := called(filepath.Base(at)); service != "" {
			return service
		}
		for _, m := range marks {
			// The home folder holds settings of these programs under such names.
			if _, err := os.Lstat(filepath.Join(at, m.file)); err == nil && !isHome(at) {
				return m.service
			}
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// called finds a service by the name of one folder.
func called(name string) string {
	name = strings.ToLower(name)
	for _, s := range services {
		for _, folder := range s.folders {
			begin, open := strings.CutSuffix(folder, "*")
			if name == folder || open && strings.HasPrefix(name, begin) {
				return s.service
			}
		}
	}
	return ""
}

// dropboxes are the folders that Dropbox says it copies: they may be called
// anything.
func dropboxes() (roots []string) {
	home, _ := os.UserHomeDir()
	for _, file := range []string{
		filepath.Join(home, ".dropbox", "info.json"),
		filepath.Join(os.Getenv("APPDATA"), "Dropbox", "info.json"),
		filepath.Join(os.Getenv("LOCALAPPDATA"), "Dropbox", "info.json"),
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		var accounts map[string]struct{ Path string }
		if json.Unmarshal(text, &accounts) != nil {
			continue
		}
		for _, account := range accounts {
			if filepath.IsAbs(account.Path) {
				roots = append(roots, account.Path)
			}
		}
	}
	return roots
}

func isHome(dir string) bool {
	home, err := os.UserHomeDir()
	return err == nil && (dir == home || dir == resolved(home))
}

// within reports whether a folder is root or lies in it.
func within(dir, root string) bool {
	rel, err := filepath.Rel(root, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// resolved follows links, also where the last folders are not there yet.
func resolved(dir string) string {
	there := existing(dir)
	real, err := filepath.EvalSymlinks(there)
	if err != nil {
		return dir
	}
	rest, err := filepath.Rel(there, dir)
	if err != nil {
		return dir
	}
	return filepath.Join(real, rest)
}

// existing is the folder itself, or the nearest one above it that is there.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}
