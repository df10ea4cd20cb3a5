package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hashmend/backend/label"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// checkDatabases makes both databases, brings them up to date, and opens them
// again.
func checkDatabases(dir string) (string, error) {
	ctx := context.Background()
	for _, name := range []string{"first.db", "second.db"} {
		db, err := localdb.Open(ctx, dir)
		if err != nil {
			return "", err
		}
		if err := db.Backup(ctx, filepath.Join(dir, name)); err != nil {
			return "", errors.Join(err, db.Close())
		}
		if err := db.Close(); err != nil {
			return "", err
		}
	}
	return "vault and cache made, migrated, copied and opened again", nil
}

// checkSearch finds a device by three characters from the middle of its serial
// number.
func checkSearch(dir string) (string, error) {
	ctx := context.Background()
	db, err := localdb.Open(ctx, dir)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	const scope localdb.Scope = "selftest/1"
	order, err := json.Marshal(repair.WorkOrder{ID: "o", Number: "WO-1", Rev: 1})
	if err != nil {
		return "", err
	}
	device, err := json.Marshal(repair.Device{ID: "d", WorkOrder: "o", Line: 1, Serial: "SN JX26016P3YD25TS", Rev: 1})
	if err != nil {
		return "", err
	}
	if _, err := db.ApplyChanges(ctx, scope, []localdb.Change{
		{T: "work_order", ID: "o", Rev: 1, WorkOrder: "o", D: order},
		{T: "device", ID: "d", Rev: 1, WorkOrder: "o", D: device},
	}, "1", "2026-01-01T00:00:00Z"); err != nil {
		return "", err
	}
	var hits []localdb.DeviceHit
	if err := db.Cached(ctx, scope, func(t localdb.CacheTx) (err error) {
		hits, err = t.DevicesWithin(ctx, "P3Y", 10)
		return err
	}); err != nil {
		return "", err
	}
	if len(hits) != 1 || hits[0].ID != "d" {
		return "", fmt.Errorf("the search found %d devices, want 1", len(hits))
	}
	return "a device found by three characters of its serial number", nil
}

// checkFonts loads the embedded fonts.
func checkFonts(string) (string, error) {
	if _, err := label.Open(); err != nil {
		return "", err
	}
	return "embedded and readable", nil
}

// labelDots is the resolution of a common label printer, in dots per millimetre.
const labelDots = 8

// checkLabel draws one box label with Latin, Cyrillic and Chinese text.
func checkLabel(picture string) (string, error) {
	engine, err := label.Open()
	if err != nil {
		return "", err
	}
	page, err := engine.BoxLabel(label.BoxLabel{
		Host: "RMA.EXAMPLE.COM", WorkOrder: "WO-2026-000001", N: 1, Of: 2,
		Serials: []string{"JX26016P3YD25TS"}, Models: "X16-Q ×1", Sender: "Северный ветер",
		CentreName: "售后服务中心", CentreAddressZH: "广东省深圳市宝安区测试路1号", CentreAddressEN: "1 Test Road, Shenzhen", CentrePhone: "+86 755 0000 0000",
	})
	if err != nil {
		return "", err
	}
	job := printJob{engine: engine, title: "selftest", pages: label.Pages{page}}
	pdf, err := job.pdf()
	if err != nil {
		return "", err
	}
	var svg bytes.Buffer
	if err := engine.SVG(&svg, page); err != nil {
		return "", err
	}
	var dots bytes.Buffer
	if err := engine.Raster(page, labelDots).PNG(&dots); err != nil {
		return "", err
	}
	if picture != "" {
		if err := os.WriteFile(picture, dots.Bytes(), 0o600); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d bytes of PDF, %d of SVG, %d of PNG", len(pdf), svg.Len(), dots.Len()), nil
}
