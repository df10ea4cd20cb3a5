package localdb

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hashmend/backend/atomicfile"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// backupsName is the folder of backups in the data folder.
const backupsName = "backups"

// Why a backup was made.
const (
	BackupAuto    = "auto"
	BackupManual  = "manual"
	BackupReplace = "replaced" // what was there before another was restored
)

// What may be wrong with a backup. Args["name"] names it.
var (
	ErrBackupUnknown = &repair.Error{Kind: repair.NotFound, Code: "backup.unknown"}
	ErrBackupDamaged = &repair.Error{Kind: repair.Conflict, Code: "backup.damaged"}
)

// Backup is one copy of the vault, whole and checked when it was made.
type Backup struct {
	Name string
	Why  string
	At   repair.Instant
	Size int64
}

// BackUp copies the vault into the folder of backups while everybody works on,
// and drops backups that are not needed any more.
func (db *DB) BackUp(ctx context.Context, why string, now repair.Instant) (Backup, error) {
	return db.backUp(ctx, why, now, "")
}

// backUp never drops the backup of the name spare.
func (db *DB) backUp(ctx context.Context, why string, now repair.Instant, spare string) (Backup, error) {
	changes := db.changes.Load()
	folder := filepath.Join(db.dir, backupsName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Backup{}, coded(err, vaultName)
	}
	making, err := os.MkdirTemp(folder, makingPrefix+"*") // two may go on at once
	if err != nil {
		return Backup{}, coded(err, vaultName)
	}
	defer func() { _ = os.RemoveAll(making) }() // half a copy is worth nothing
	made := filepath.Join(making, vaultName)
	if err := db.Backup(ctx, made); err != nil {
		return Backup{}, err
	}
	b := Backup{Name: "vault-" + stamp(now) + "-" + why + ".db", Why: why, At: now}
	path := filepath.Join(folder, b.Name)
	if err := os.Rename(made, path); err != nil {
		return Backup{}, err
	}
	if err := atomicfile.SyncDir(folder); err != nil {
		return Backup{}, err
	}
	if info, err := os.Stat(path); err == nil {
		b.Size = info.Size()
	}
	db.backedUp.Store(changes)
	sweepHalfMade(folder, time.Now())
	for _, old := range superfluous(Backups(db.dir)) {
		if old.Name == spare {
			continue
		}
		if err := os.Remove(filepath.Join(folder, old.Name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return b, err
		}
	}
	return b, nil
}

// Changed reports that the vault holds what the newest backup lacks.
func (db *DB) Changed() bool {
	changes, saved := db.changes.Load(), db.backedUp.Load()
	if saved != noBackup || changes > 0 {
		return saved != changes
	}
	all := Backups(db.dir) // nothing has happened in this run; in the last one?
	if len(all) == 0 {
		return true
	}
	info, err := os.Stat(filepath.Join(db.dir, vaultName))
	return err == nil && info.ModTime().After(all[0].At.Time().Add(time.Second))
}

// makingPrefix begins the name of a folder in which a backup is made. One that a
// kill has left is swept when it is a day old.
const makingPrefix = ".making-"

func sweepHalfMade(folder string, now time.Time) {
	left, _ := filepath.Glob(filepath.Join(folder, makingPrefix+"*"))
	for _, name := range left {
		if info, err := os.Stat(name); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			_ = os.RemoveAll(name)
		}
	}
}

// noBackup stands for the changes of a run that made no backup yet.
const noBackup = -1

// verified fails unless a backup can be opened and is whole.
func verified(ctx context.Context, path string) error {
	ok, err := sqlkit.Verify(ctx, path)
	if err == nil && ok {
		return nil
	}
	return ErrBackupDamaged.With("name", filepath.Base(path)).Because(err)
}

// Backups lists the backups of a data folder, newest first.
func Backups(dir string) (out []Backup) {
	entries, err := os.ReadDir(filepath.Join(dir, backupsName))
	if err != nil {
		return nil
	}
	for _, e := range entries {
		b, ok := backupOf(e.Name())
		info, err := e.Info()
		if !ok || err != nil {
			continue
		}
		b.Size = info.Size()
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Backup) int { return strings.Compare(string(b.At)+b.Name, string(a.At)+a.Name) })
	return out
}

func backupOf(name string) (b Backup, ok bool) {
	rest, ok := strings.CutPrefix(name, "vault-")
	if !ok || len(rest) < 17 {
		return b, false
	}
	at, err := time.Parse("20060102-150405", rest[:15])
	why, is := strings.CutSuffix(rest[16:], ".db")
	if err != nil || !is || rest[15] != '-' {
		return b, false
	}
	return Backup{Name: name, Why: why, At: repair.At(at)}, true
}

// What is kept: the last day hour by hour, two weeks day by day, and a handful of
// those a person asked for; never fewer than three, and no more than a gigabyte
// as long as there are more than those.
const (
	keptHours   = 24
	keptDays    = 14
	keptAsked   = 10
	keptAlways  = 3
	keptBytes   = 1 << 30
	backupEvery = time.Hour
)

// BackupDue reports that an automatic backup should be made now. A clock that
// was set back makes one due.
func (db *DB) BackupDue(now repair.Instant) bool {
	for _, b := range Backups(db.dir) {
		if b.Why == BackupAuto {
			age := now.Time().Sub(b.At.Time())
			if age >= 0 && age < backupEvery {
				return false
			}
			break
		}
	}
	return db.Changed()
}

// superfluous picks the backups that may go. all are newest first.
func superfluous(all []Backup) (out []Backup) {
	var hours, asked int
	var bytes int64
	days := map[string]bool{}
	for i, b := range all {
		keep := i < keptAlways
		if b.Why == BackupAuto {
			day := string(b.At)[:10]
			keep = keep || hours < keptHours || !days[day] && len(days) < keptDays
			hours++
			days[day] = true
		} else {
			keep = keep || asked < keptAsked
			asked++
		}
		if bytes += b.Size; bytes > keptBytes && i >= keptAlways {
			keep = false
		}
		if !keep {
			out = append(out, b)
		}
	}
	return out
}

// setAsideVault copies the vault, however damaged, to a folder of its own.
func setAsideVault(dir string, now repair.Instant) error {
	aside, err := putAside(dir, "replaced-", now)
	if err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(filepath.Join(dir, vaultName+suffix), filepath.Join(aside, vaultName+suffix)); err != nil {
			return err
		}
	}
	return nil
}
