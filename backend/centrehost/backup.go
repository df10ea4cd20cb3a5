package centrehost

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"hashmend/backend/atomicfile"
	"hashmend/backend/centre"
)

// ErrNotEmpty means that there is something where a centre was to be made.
var ErrNotEmpty = errors.New("the folder is not empty")

// kept says which files of a data folder belong to the centre. Nothing else goes
// into a backup, and nothing else comes out of one.
var kept = regexp.MustCompile(`^(centre\.db|centred\.toml|checkpoints\.jsonl|tls/(cert|key)\.pem|files/sha256/[0-9a-f]{2}/[0-9a-f]{64})$`)

// backupPrefix begins the name of the folder in which a backup's moment lies.
const backupPrefix = ".backup-"

// Backup writes the whole centre as a tar, while it serves: first one moment of
// its store, then the files, which only ever become more.
func (h *Host) Backup(ctx context.Context, to io.Writer) error {
	dir := h.dir
	copied, err := os.MkdirTemp(dir, backupPrefix+"*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(copied) }()
	// Before the store: a checkpoint must not be of what comes after its moment.
	past, err := os.ReadFile(filepath.Join(dir, CheckpointsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	moment := filepath.Join(copied, "centre.db")
	store, ok := h.store.(interface {
		Backup(ctx context.Context, path string) error
	})
	if !ok {
		return errors.New("this store is backed up with its own tools")
	}
	if err := store.Backup(ctx, moment); err != nil {
		return fmt.Errorf("copy the store: %w", err)
	}
	out := tar.NewWriter(to)
	if err := pack(out, moment, "centre.db"); err != nil {
		return err
	}
	if len(past) > 0 {
		file := filepath.Join(copied, CheckpointsName)
		if err := errors.Join(os.WriteFile(file, past, 0o600), pack(out, file, CheckpointsName)); err != nil {
			return err
		}
	}
	err = filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && strings.HasPrefix(d.Name(), backupPrefix) {
			return fs.SkipDir // of a backup that goes on: it vanishes under our feet
		}
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if name = filepath.ToSlash(name); err != nil || name == "centre.db" || name == CheckpointsName || !kept.MatchString(name) {
			return err
		}
		return errors.Join(ctx.Err(), pack(out, file, name))
	})
	return errors.Join(err, out.Close())
}

func pack(out *tar.Writer, file, name string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := out.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}); err != nil {
		return err
	}
	_, err = io.Copy(out, f)
	return err
}

// Restore makes a centre in a new folder from a backup. It is made beside and
// checked, and only then gets its name.
func Restore(ctx context.Context, dir string, from io.Reader) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	}
	making := filepath.Clean(dir) + ".restoring"
	if err := os.RemoveAll(making); err != nil {
		return err
	}
	if err := os.MkdirAll(making, 0o700); err != nil {
		return err
	}
	if err := errors.Join(unpack(making, from), sound(ctx, making)); err != nil {
		return errors.Join(err, os.RemoveAll(making))
	}
	_ = os.Remove(dir) // an empty one; the rename says so if it is not
	if err := os.Rename(making, dir); err != nil {
		return err
	}
	return atomicfile.SyncDir(filepath.Dir(filepath.Clean(dir)))
}

func unpack(dir string, from io.Reader) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	in := tar.NewReader(from)
	for {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the backup: %w", err)
		}
		if header.Typeflag != tar.TypeReg || !kept.MatchString(header.Name) {
			return fmt.Errorf("the backup holds %q, which is no part of a centre", header.Name)
		}
		if err := root.MkdirAll(path.Dir(header.Name), 0o700); err != nil {
			return err
		}
		if err := unpackOne(root, header.Name, in); err != nil {
			return err
		}
	}
}

func unpackOne(root *os.Root, name string, in io.Reader) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, in)
	return errors.Join(err, f.Sync(), f.Close())
}

// sound looks a restored centre over.
func sound(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "centre.db")); err != nil {
		return errors.New("the backup holds no centre")
	}
	host, err := Open(ctx, dir, Options{})
	if err != nil {
		return err
	}
	report, err := host.Check(ctx)
	if err == nil && len(report.Faults) > 0 {
		err = fmt.Errorf("the backup has faults: %s", report.Faults[0])
	}
	return errors.Join(err, host.Close())
}

// Check looks the centre over, holds its log against the checkpoints that it has
// kept, and reads every file in its folder.
func (h *Host) Check(ctx context.Context) (centre.Report, error) {
	report, err := h.centre.Check(ctx)
	if err != nil {
		return report, err
	}
	if err := h.checkCheckpoints(ctx, &report); err != nil {
		return report, err
	}
	folder := filepath.Join(h.dir, "files", "sha256")
	err = filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if err := h.files.Verify(ctx, d.Name()); err != nil {
			report.Faults = append(report.Faults, fmt.Sprintf("file %s: %v", d.Name(), err))
		}
		return ctx.Err()
	})
	return report, err
}
