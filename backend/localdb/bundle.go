package localdb

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/sqlkit"
)

// bundleWords tell whoever opens the bundle what is in it.
const bundleWords = `Everything this program keeps on one computer only.
本程序仅保存在这台电脑上的全部内容。

drafts/   work orders not sent, or as they were typed   草稿
sent/     what was sent or waits, byte for byte, and the centre's answers   已发送或待发送的原文，以及售后中心的答复
files/    photos, vouchers, bundles   照片、凭证、附件
aside/    what a damaged file still held and what was made of it   从损坏文件中恢复的内容
vault.db  all of it as the program reads it (SQLite)   全部数据
`

// Bundle writes everything a person typed, attached or sent as a zip that can be
// read without this program. open gives the bytes of a kept file.
func (db *DB) Bundle(ctx context.Context, w io.Writer, open func(sha256 string) (io.ReadCloser, error)) error {
	z := zip.NewWriter(w)
	b := bundle{z}
	for _, write := range []func() error{
		func() error { return b.text("READ-ME.txt", []byte(bundleWords)) },
		func() error { return db.bundleDrafts(ctx, b) },
		func() error { return db.bundleSent(ctx, b) },
		func() error { return db.bundleFiles(ctx, b, open) },
		func() error { return b.aside(db.dir) },
		func() error { return db.bundleVault(ctx, b) },
		z.Close,
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

type bundle struct{ *zip.Writer }

func (b bundle) text(name string, content []byte) error {
	w, err := b.Create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

func (b bundle) copied(name string, content io.Reader) error {
	w, err := b.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, content)
	return err
}

func (db *DB) bundleDrafts(ctx context.Context, b bundle) error {
	return db.View(ctx, func(t VaultTx) error {
		var ids []string
		err := t.tx.Each(ctx, "bundle_drafts", nil, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			return err
		}
		for i, id := range ids {
			if err := t.bundleDraft(ctx, b, fmt.Sprintf("drafts/%03d-%s", i+1, id), id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t VaultTx) bundleDraft(ctx context.Context, b bundle, name, id string) error {
	d, err := t.Draft(ctx, id)
	if err != nil {
		return err
	}
	rows, err := t.AllRows(ctx, id)
	if err != nil {
		return err
	}
	typing, _, err := t.Typing(ctx, id)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(struct {
		Draft  Draft
		Typing Typing
		Rows   []DraftRow
	}{d, typing, rows}, "", "  ")
	if err != nil {
		return err
	}
	if err := b.text(name+".json", text); err != nil {
		return err
	}
	w, err := b.Create(name + ".csv")
	if err != nil {
		return err
	}
	table := csv.NewWriter(w)
	lines := [][]string{{"serial", "model", "complaint", "ship_date"}}
	for _, r := range rows {
		lines = append(lines, []string{plain(r.Serial), plain(r.Model), plain(r.Complaint), plain(r.ShipDate)})
	}
	return table.WriteAll(lines)
}

// plain keeps a spreadsheet from taking what somebody typed for a formula.
func plain(text string) string {
	if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
		return "'" + text
	}
	return text
}

func (db *DB) bundleSent(ctx context.Context, b bundle) error {
	return db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "bundle_outbox", nil, func(scan func(...any) error) error {
			var n int64
			var id, kind, answer string
			var body []byte
			if err := scan(&n, &id, &kind, &answer, &body); err != nil {
				return err
			}
			name := fmt.Sprintf("sent/%06d-%s-%s", n, filepath.Base(kind), filepath.Base(id))
			if err := b.text(name+".json", body); err != nil || answer == "" {
				return err
			}
			return b.text(name+".answer.json", []byte(answer))
		})
	})
}

func (db *DB) bundleFiles(ctx context.Context, b bundle, open func(string) (io.ReadCloser, error)) error {
	var missing strings.Builder
	err := db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "bundle_files", sqlkit.P{}, func(scan func(...any) error) error {
			var hash, name string
			if err := scan(&hash, &name); err != nil {
				return err
			}
			content, err := open(hash)
			if err != nil {
				fmt.Fprintf(&missing, "%s %s\n", hash, name)
				return nil
			}
			err = b.copied("files/"+hash[:min(16, len(hash))]+"-"+harmless(name), content)
			return errors.Join(err, content.Close())
		})
	})
	if err != nil || missing.Len() == 0 {
		return err
	}
	return b.text("files/missing.txt", []byte(missing.String()))
}

// harmless is a name that leads nowhere when the bundle is unpacked.
func harmless(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
}

// aside adds what salvages left: their reports and rows, not the damaged files.
func (b bundle) aside(dir string) error {
	for _, name := range []string{reportName, unplacedName} {
		found, err := filepath.Glob(filepath.Join(dir, asideName, "*", name))
		if err != nil {
			return err
		}
		for _, path := range found {
			content, err := os.Open(path)
			if err != nil {
				return err
			}
			err = b.copied("aside/"+filepath.Base(filepath.Dir(path))+"/"+name, content)
			if err = errors.Join(err, content.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) bundleVault(ctx context.Context, b bundle) error {
	dir, err := os.MkdirTemp(db.dir, ".bundle-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, vaultName)
	if err := db.Backup(ctx, path); err != nil {
		return err
	}
	content, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(b.copied(vaultName, content), content.Close())
}
