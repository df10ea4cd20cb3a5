//go:build linux

package simtest

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/simtest/powercut"
	"hashmend/backend/wire"
)

var cuts = flag.Int("cuts", 1, "how often the power goes at each write, each time leaving another disk")

// work is something that a program does on its files, and how to see afterwards
// that nothing of it is lost. do stops nowhere: what fails is not acknowledged.
type work struct {
	prepare func(t *testing.T, dir string)
	do      func(dir string) acks
	check   func(t *testing.T, dir string, d acks)
}

// acks is what was acknowledged.
type acks map[string]string

// everyFault runs a work with the n-th operation failing, for n = 1, 2, 3 … until
// a run meets no fault any more.
func everyFault(t *testing.T, w work, kind powercut.Kind, stays, power bool, seeds, stride int) (runs int) {
	t.Helper()
	root := Scratch(t)
	template := filepath.Join(root, "template")
	w.prepare(t, template)
	if err := powercut.Install(); err != nil {
		t.Fatal(err)
	}
	defer powercut.Arm("", powercut.Fault{})
	for n := 1 + rand.IntN(stride); ; n += stride {
		for seed := range seeds {
			dir := filepath.Join(root, "run")
			if err := errors.Join(os.RemoveAll(dir), copyDir(template, dir)); err != nil {
				t.Fatal(err)
			}
			powercut.Arm(dir, powercut.Fault{Kind: kind, Nth: n, Stays: stays, Seed: uint64(n*1000 + seed)})
			d := w.do(dir)
			met := powercut.Fired() > 0
			if power {
				if err := powercut.Crash(); err != nil {
					t.Fatal(err)
				}
			}
			powercut.Arm("", powercut.Fault{})
			for _, shm := range []string{"vault.db-shm", "cache.db-shm", "centre.db-shm"} {
				_ = os.Remove(filepath.Join(dir, shm))
			}
			w.check(t, dir, d)
			runs++
			if t.Failed() {
				t.Fatalf("operation %d, seed %d", n, seed)
			}
			if !met {
				return runs
			}
		}
	}
}

// vaultWork queues, sends and accepts, and applies pages.
func vaultWork() work {
	const scope = localdb.Scope("centre/account")
	ctx := context.Background()
	at := repair.At(repairtest.Start)
	body := func(n int) []byte { return fmt.Appendf(nil, `{"n":%d,"text":"%01000d"}`, n, n) }
	page := func(n int) []localdb.Change {
		var list []localdb.Change
		for i := range 5 {
			order, _ := json.Marshal(repair.WorkOrder{ID: repair.WorkOrderID(repairtest.ID(1, i)), Number: fmt.Sprint("WO-", n, "-", i), Rev: int64(n), Stage: repair.StageSubmitted})
			list = append(list, localdb.Change{T: "work_order", ID: repairtest.ID(1, i), Rev: int64(n), WorkOrder: repair.WorkOrderID(repairtest.ID(1, i)), D: order})
		}
		return list
	}
	return work{
		prepare: func(t *testing.T, dir string) {
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			db, err := localdb.Open(ctx, dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		},
		do: func(dir string) acks {
			d := acks{}
			db, err := localdb.Open(ctx, dir)
			if err != nil {
				return d
			}
			defer func() { _ = db.Close() }()
			for n := 1; n <= 4; n++ {
				id := repairtest.ID(7, n)
				if err := db.Update(ctx, func(t localdb.VaultTx) error {
					return t.Queue(ctx, localdb.OutboxItem{ID: id, Scope: scope, Kind: "message", WorkOrder: "w", CreatedAt: at}, body(n))
				}); err == nil {
					d[id] = "queued"
					if _, ok, err := db.MarkSending(ctx, id, at); err == nil && ok && n%2 == 0 {
						if db.MarkAccepted(ctx, id, int64(n), []byte(`{}`), at) == nil {
							d[id] = "accepted"
						}
					}
				}
				if _, err := db.ApplyChanges(ctx, scope, page(n), fmt.Sprint(n), at); err == nil {
					d["cursor"] = fmt.Sprint(n)
				}
			}
			return d
		},
		check: func(t *testing.T, dir string, d acks) {
			db, err := localdb.Open(ctx, dir)
			if err != nil {
				t.Errorf("inv.D1: the desk does not start: %v", err)
				return
			}
			defer func() { _ = db.Close() }()
			checkSound(t, filepath.Join(dir, "vault.db"), filepath.Join(dir, "cache.db"))
			for id, state := range d {
				if id == "cursor" {
					continue
				}
				checkQueued(t, db, id, state)
			}
			checkPage(t, filepath.Join(dir, "cache.db"), string(scope), d["cursor"])
		},
	}
}

func checkSound(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		file, err := openProbe(path)
		if err != nil {
			t.Errorf("inv.D1: %v", err)
			continue
		}
		if fault := file.sound(); fault != "" {
			t.Errorf("inv.D1: %s: %s", filepath.Base(path), fault)
		}
		file.close()
	}
}

func checkQueued(t *testing.T, db *localdb.DB, id, state string) {
	t.Helper()
	err := db.View(t.Context(), func(tx localdb.VaultTx) error {
		item, err := tx.OutboxItem(t.Context(), id)
		if err != nil {
			return err
		}
		body, err := tx.OutboxBody(t.Context(), id)
		if wire.Fingerprint(body) != item.Fingerprint {
			t.Errorf("inv.W5: %s has other bytes", id)
		}
		if state == "accepted" && item.State != localdb.Accepted {
			t.Errorf("inv.W2: %s was accepted and is %s", id, item.State)
		}
		return err
	})
	if err != nil {
		t.Errorf("inv.W4: %s was queued: %v", id, err)
	}
}

// checkPage: the rows are those of the cursor, whichever that is, and it is not
// older than what was acknowledged.
func checkPage(t *testing.T, path, scope, acknowledged string) {
	t.Helper()
	file, err := openProbe(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.close()
	copied, cursor, err := file.copied(scope)
	if err != nil {
		t.Fatal(err)
	}
	if cursor < acknowledged {
		t.Errorf("inv.R7: the cursor was %q and is %q", acknowledged, cursor)
	}
	for key, e := range copied {
		if fmt.Sprint(e.rev) != cursor {
			t.Errorf("inv.R7: %s has rev %d behind the cursor %q", key, e.rev, cursor)
		}
	}
	if cursor != "" && len(copied) != 5 {
		t.Errorf("inv.R7: %d rows behind the cursor %q", len(copied), cursor)
	}
}

// centreWork files a work order and talks about it.
func centreWork() work {
	ctx := context.Background()
	now := centrehost.Options{Now: nil}
	var by centre.Caller
	submission, _ := json.Marshal(repairtest.Submission(2))
	bodyOf := func(n int) (repair.CommandID, []byte) {
		cmd := repair.Command{ID: repair.CommandID(uuid7(n)), Kind: repair.CmdMessage, WorkOrder: repair.WorkOrderID(uuid7(0)), Text: fmt.Sprint("message ", n)}
		text, _ := json.Marshal(cmd)
		return cmd.ID, text
	}
	return work{
		prepare: func(t *testing.T, dir string) {
			host, err := centrehost.Open(ctx, dir, now)
			if err != nil {
				t.Fatal(err)
			}
			by = joinAt(t, host)
			if err := host.Close(); err != nil {
				t.Fatal(err)
			}
		},
		do: func(dir string) acks {
			d := acks{}
			host, err := centrehost.Open(ctx, dir, now)
			if err != nil {
				return d
			}
			defer func() { _ = host.Close() }()
			if accepted, _, err := host.Centre().Submit(ctx, by, repair.WorkOrderID(uuid7(0)), submission); err == nil {
				d["submit"] = accepted.Number
			}
			for n := 1; n <= 5; n++ {
				id, body := bodyOf(n)
				if result, err := host.Centre().Act(ctx, by, id, body, 0); err == nil {
					d[string(id)] = fmt.Sprint(result.Rev)
				}
			}
			return d
		},
		check: func(t *testing.T, dir string, d acks) {
			host, err := centrehost.Open(ctx, dir, now)
			if err != nil {
				t.Errorf("inv.D1: the centre does not start: %v", err)
				return
			}
			defer func() { _ = host.Close() }()
			accepted, again, err := host.Centre().Submit(ctx, by, repair.WorkOrderID(uuid7(0)), submission)
			if number, acknowledged := d["submit"]; err != nil || acknowledged && (!again || accepted.Number != number) {
				t.Errorf("inv.W3: the submission was %q and is %q: %v", number, accepted.Number, err)
			}
			for n := 1; n <= 5; n++ { // all is sent again, as a desk does
				id, body := bodyOf(n)
				result, err := host.Centre().Act(ctx, by, id, body, 0)
				if rev, acknowledged := d[string(id)]; err != nil || acknowledged && (!result.Replayed || fmt.Sprint(result.Rev) != rev) {
					t.Errorf("inv.W3: message %d was answered with rev %q and is %+v: %v", n, rev, result, err)
				}
			}
			whole, err := host.Centre().WorkOrder(ctx, by, repair.WorkOrderID(uuid7(0)))
			if err != nil || len(whole.Messages) != 5 {
				t.Errorf("inv.W1: 5 messages were sent, %d are there: %v", len(whole.Messages), err)
			}
			report, err := host.Centre().Check(ctx)
			if err != nil || len(report.Faults) > 0 {
				t.Errorf("inv.C1: %v %v", report.Faults, err)
			}
			checkSound(t, filepath.Join(dir, "centre.db"))
		},
	}
}

func uuid7(n int) string { return fmt.Sprintf("0195a000-0000-7000-8000-%012d", n) }

func joinAt(t *testing.T, host *centrehost.Host) centre.Caller {
	t.Helper()
	invite, err := host.Invite(t.Context(), repair.RoleCustomer, "Altyn Hash", "")
	if err != nil {
		t.Fatal(err)
	}
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	joined, err := host.Centre().Join(t.Context(), wire.Join{Invite: invite.Code, InstallName: "disk", PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		t.Fatal(err)
	}
	return centre.Caller{Person: repair.Person{User: joined.User, Name: joined.Name, Role: joined.Role, Account: joined.Account}, Install: joined.Install}
}

func TestThePowerGoesAtEveryWriteOfADesk(t *testing.T) {
	t.Logf("%d cuts", everyFault(t, vaultWork(), powercut.Cut, false, true, *cuts, 1))
}

func TestThePowerGoesAtEveryWriteOfACentre(t *testing.T) {
	t.Logf("%d cuts", everyFault(t, centreWork(), powercut.Cut, false, true, *cuts, 1))
}

// TestEveryOperationOfTheDiskFailsOnceAndForGood is the loop that SQLite's own
// tests make: the first operation fails, the second, the third … until none does.
func TestEveryOperationOfTheDiskFailsOnceAndForGood(t *testing.T) {
	for name, w := range map[string]work{"desk": vaultWork(), "centre": centreWork()} {
		for kind, called := range map[powercut.Kind]string{powercut.WriteFail: "write", powercut.Full: "full", powercut.SyncFail: "sync", powercut.ReadFail: "read"} {
			for _, stays := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s %s stays %t", name, called, stays), func(t *testing.T) {
					// Behind a sync that failed the power goes, too: what it was for is lost.
					t.Logf("%d runs", everyFault(t, w, kind, stays, kind == powercut.SyncFail, 1, *every))
				})
			}
		}
	}
}
