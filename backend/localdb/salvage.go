package localdb

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/atomicfile"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
	"hashmend/backend/wreck"
)

// asideName is the folder of what was put aside: damaged files and vaults that a
// backup replaced. Nothing in it is ever deleted by the program.
const asideName = "aside"

// Names of what lies beside a damaged vault.
const (
	reportName   = "report.json"
	unplacedName = "rows-without-place.jsonl"
)

// Recovery says what a salvage brought back.
type Recovery struct {
	At       repair.Instant `json:"at"`
	Aside    string         `json:"aside"`    // the folder with the damaged file, in the data folder
	Rows     map[string]int `json:"rows"`     // by table
	Unplaced int            `json:"unplaced"` // rows read that have no place: kept as text
	Damaged  int            `json:"damaged"`  // rows seen that could not be read whole
	Pages    int            `json:"pages"`
	Broken   int            `json:"broken"` // pages that made no sense
	Stubs    int            `json:"stubs"`  // drafts of which only the lines are left
}

// Salvage makes a new vault of every row that can still be read of the damaged
// one, and swaps it in. The damaged file, a report and the rows that fit nowhere
// stay in a folder aside. It may be killed at any moment: the vault is then
// either still the damaged one or already the new one.
func Salvage(ctx context.Context, dir string, now repair.Instant) (Recovery, error) {
	r, err := salvage(ctx, dir, now)
	return r, coded(err, vaultName)
}

func salvage(ctx context.Context, dir string, now repair.Instant) (Recovery, error) {
	aside, err := putAside(dir, "vault-", now)
	if err != nil {
		return Recovery{}, err
	}
	r := Recovery{At: now, Aside: filepath.Join(asideName, filepath.Base(aside)), Rows: map[string]int{}}
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(filepath.Join(dir, vaultName+suffix), filepath.Join(aside, vaultName+suffix)); err != nil {
			return r, err
		}
	}
	unplaced, err := atomicfile.Create(aside, 0o600)
	if err != nil {
		return r, err
	}
	defer unplaced.Abort()
	if err := rebuild(ctx, dir, aside, &r, json.NewEncoder(unplaced)); err != nil {
		return r, err
	}
	if err := unplaced.Commit(filepath.Join(aside, unplacedName)); err != nil {
		return r, err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return r, err
	}
	if err := atomicfile.Write(filepath.Join(aside, reportName), text, 0o600); err != nil {
		return r, err
	}
	if err := os.Rename(filepath.Join(dir, vaultName+".made"), nextVault(dir)); err != nil {
		return r, err
	}
	return r, swapVault(dir)
}

// rebuild fills a new vault from the copy of the damaged one.
func rebuild(ctx context.Context, dir, aside string, r *Recovery, unplaced *json.Encoder) error {
	made := filepath.Join(dir, vaultName+".made")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(made + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	old, err := wreck.Open(filepath.Join(aside, vaultName))
	switch {
	case errors.Is(err, os.ErrNotExist):
		old = nil // there is no file: what is new is empty
	case err != nil:
		return err
	default:
		defer func() { _ = old.Close() }()
	}
	version := 0
	if old != nil {
		version = old.Version()
	}
	plan, err := planOf(ctx, made, version)
	if err != nil {
		return err
	}
	db, err := sqlkit.Open(ctx, plan.config(made))
	if err != nil {
		return err
	}
	if old != nil {
		s := salvager{plan: plan, recovery: r, unplaced: unplaced, stubs: map[string]bool{}}
		err = s.fill(ctx, db, old)
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFile(made)
}

// nextVault is a whole vault that waits to take the place of the present one.
func nextVault(dir string) string { return filepath.Join(dir, vaultName+".next") }

// swapVault lets the waiting vault take its place, also when an earlier try was
// cut off. The log of the old one goes first: it must not be laid over the new.
func swapVault(dir string) error {
	if _, err := os.Stat(nextVault(dir)); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, vaultName+suffix)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := atomicfile.SyncDir(dir); err != nil {
		return err
	}
	if err := os.Rename(nextVault(dir), filepath.Join(dir, vaultName)); err != nil {
		return err
	}
	return atomicfile.SyncDir(dir)
}

// putAside makes a folder for what is put aside at a moment.
func putAside(dir, prefix string, now repair.Instant) (string, error) {
	root := filepath.Join(dir, asideName)
	if err := os.MkdirAll(root, 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(root, prefix+stamp(now)+"-")
}

func stamp(now repair.Instant) string { return now.Time().UTC().Format("20060102-150405") }

// copyFile copies a file that may not be there, and syncs it.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	return atomicfile.WriteFrom(to, 0o600, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Recoveries lists the reports of all salvages, newest first.
func Recoveries(dir string) (out []Recovery) {
	found, err := filepath.Glob(filepath.Join(dir, asideName, "vault-*", reportName))
	if err != nil {
		return nil
	}
	for i := len(found) - 1; i >= 0; i-- {
		text, err := os.ReadFile(found[i])
		var r Recovery
		if err == nil && json.Unmarshal(text, &r) == nil {
			out = append(out, r)
		}
	}
	return out
}

// firstMigrations are the first n of the vault's.
type firstMigrations struct {
	fs.FS
	n int
}

// Glob cuts the list: that is how they are found.
func (m firstMigrations) Glob(pattern string) ([]string, error) {
	all, err := fs.Glob(m.FS, pattern)
	if err != nil {
		return nil, err
	}
	return all[:min(m.n, len(all))], nil
}

// quoted is a name as SQL takes it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
