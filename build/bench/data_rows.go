package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// What a centre says of devices: two hundred to a work order; a page of changes has a thousand.
const (
	pageRows = 1000
	perOrder = 200
	scope    = localdb.Scope("bench/account")
)

const now = repair.Instant("2026-03-01T12:00:00Z")

func orderOf(i int) string { return fmt.Sprintf("01990000-0000-7000-8000-%012d", i/perOrder) }

func deviceID(i int) string { return fmt.Sprintf("01991111-0000-7000-8000-%012d", i) }

func deviceOf(i int) repair.Device {
	return repair.Device{
		ID: repair.DeviceID(deviceID(i)), WorkOrder: repair.WorkOrderID(orderOf(i)), Line: i%perOrder + 1,
		Serial: repair.SerialNumber(serialOf(i)), Complaint: "0 ASIC on board 2", Status: repair.Listed,
	}
}

// deviceJSON is a device as it stands in a page.
func deviceJSON(i int) []byte {
	text, err := json.Marshal(deviceOf(i))
	if err != nil {
		panic(err)
	}
	return text
}

// orderJSON is the work order of the i-th device.
func orderJSON(i int) []byte {
	text, err := json.Marshal(repair.WorkOrder{ID: repair.WorkOrderID(orderOf(i)), Number: fmt.Sprintf("WO-2026-%06d", i/perOrder),
		Stage: repair.StageReceived, DeviceCount: perOrder, SubmittedAt: repair.At(now.Time().Add(time.Duration(i) * time.Second)),
		Contact: repair.Contact{Company: fmt.Sprintf("Farm %d", i/perOrder%97)}})
	if err != nil {
		panic(err)
	}
	return text
}

// serialOf is the serial number of the i-th device: like real ones, each unlike
// the next in its last places.
func serialOf(i int) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	x, tail := uint64(i)*2654435761%1_000_000_007, [6]byte{}
	for j := range tail {
		tail[j] = letters[x%uint64(len(letters))]
		x /= uint64(len(letters))
	}
	return fmt.Sprintf("JX26%03dP%s%s", i%400, tail[:], string(letters[i/1000%34])+string(letters[i%34]))
}

func writeCSV(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "Serial number,Model,Fault description,Ship date")
	for i := range n {
		fmt.Fprintf(w, "%s,X16-Q Pro,0 ASIC on board %d,2026-03-04\n", serialOf(i), i%3)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
