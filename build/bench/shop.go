package main

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	_ "github.com/mattn/go-sqlite3"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// benchShop is a centre's folder with a customer and a technician.
type benchShop struct {
	dir      string
	args     []string // where its store is, when not in the folder
	customer wire.Joined
	tech     wire.Joined
	tag      string            // of the ids of this run
	tokens   map[string]string // of filled accounts
}

func newShop(ctx context.Context, dir string, o centrehost.Options, args ...string) (*benchShop, error) {
	host, err := centrehost.Open(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	s := &benchShop{dir: dir, args: args, tag: fmt.Sprintf("%08x", rand.Uint32())}
	if s.customer, err = joinHost(ctx, host, repair.RoleCustomer, "Altyn Hash"); err == nil {
		s.tech, err = joinHost(ctx, host, repair.RoleTechnician, "")
	}
	return s, errors.Join(err, host.Close())
}

func joinHost(ctx context.Context, host *centrehost.Host, role repair.Role, account string) (joined wire.Joined, err error) {
	invite, err := host.Invite(ctx, role, account, "bench")
	if err != nil {
		return joined, err
	}
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		return joined, err
	}
	return host.Centre().Join(ctx, wire.Join{Invite: invite.Code, InstallName: "bench", PublicKey: base64.StdEncoding.EncodeToString(public)})
}

func caller(j wire.Joined) centre.Caller {
	return centre.Caller{Person: repair.Person{User: j.User, Name: j.Name, Role: j.Role, Account: j.Account}, Install: j.Install}
}

// serve starts centred on the shop.
func (s *benchShop) serve(ctx context.Context, name string) (*served, error) {
	return serve(ctx, name, program("centred"), append([]string{"serve", "--data", s.dir, "--rate", "0", "--listen", "127.0.0.1:0"}, s.args...)...)
}

func (s *benchShop) token() map[string]string {
	return map[string]string{"Authorization": "Bearer " + s.customer.Token}
}

// id is a UUIDv7 that nobody else has.
func (s *benchShop) id(kind int, n int64) string {
	return fmt.Sprintf("%s-%04x-7000-8001-%012d", s.tag, kind, n)
}

// order is a submission of n devices.
func (s *benchShop) order(turn int64, devices int) ask {
	o := repairtest.Submission(devices)
	for i := range o.Devices {
		o.Devices[i].ID = repair.DeviceID(s.id(i+1, turn))
		o.Devices[i].Serial = repair.SerialNumber(fmt.Sprintf("JX%s%07d%02d", s.tag[:4], turn, i))
	}
	body, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return ask{method: "PUT", path: "/v1/work-orders/" + s.id(0, turn), body: body, header: s.token()}
}

// decided is the acceptance of a quote that settle has prepared.
func (s *benchShop) decided(turn int64) ask {
	body, err := json.Marshal(repair.Command{ID: repair.CommandID(s.id(900, turn)), Kind: repair.CmdAcceptQuotes,
		WorkOrder: repair.WorkOrderID(s.id(0, turn)), Quotes: []repair.QuoteID{repair.QuoteID(s.id(50, turn))}})
	if err != nil {
		panic(err)
	}
	return ask{method: "PUT", path: "/v1/ops/" + s.id(900, turn), body: body, header: s.token()}
}

// quoted brings work orders of one device to a quote that waits for its answer.
func (s *benchShop) quoted(ctx context.Context, from, to int64) error {
	host, err := centrehost.Open(ctx, s.dir, centrehost.Options{})
	if err != nil {
		return err
	}
	var next atomic.Int64
	next.Store(from)
	errs := make([]error, 32)
	var all sync.WaitGroup
	for place := range errs {
		all.Go(func() {
			for n := next.Add(1) - 1; n < to && errs[place] == nil; n = next.Add(1) - 1 {
				errs[place] = s.quote(ctx, host.Centre(), n)
			}
		})
	}
	all.Wait()
	return errors.Join(append(errs, host.Close())...)
}

func (s *benchShop) quote(ctx context.Context, c *centre.Centre, n int64) error {
	o := s.order(n, 1)
	order := repair.WorkOrderID(s.id(0, n))
	if _, _, err := c.Submit(ctx, caller(s.customer), order, o.body); err != nil {
		return err
	}
	device, parcel := repair.DeviceID(s.id(1, n)), repair.ParcelID(s.id(60, n))
	plan := repairtest.Plan(1)
	plan.ID, plan.Devices, plan.WaybillNumber = parcel, []repair.DeviceID{device}, repairtest.Waybill(int(n))
	serial := repair.SerialNumber(fmt.Sprintf("JX%s%07d%02d", s.tag[:4], n, 0))
	for i, step := range []struct {
		by  wire.Joined
		cmd repair.Command
	}{
		{s.tech, repairtest.Diagnose(repair.ReturnRecommended, "")},
		{s.customer, repairtest.SetParcels(plan)},
		{s.customer, repair.Command{Kind: repair.CmdHandOver, ParcelIDs: []repair.ParcelID{parcel}}},
		{s.tech, repair.Command{Kind: repair.CmdReceiveParcel, Receipt: &repair.GoodsReceipt{Parcel: parcel, Scanned: []repair.SerialNumber{serial}}}},
		{s.tech, repair.Command{Kind: repair.CmdInspect, Inspection: &repair.InspectionGiven{Device: device, Class: repair.Normal, VoidCodes: []string{"V01"}, Findings: "seen"}}},
		{s.tech, repairtest.SendQuotes(repair.QuoteOffer{ID: repair.QuoteID(s.id(50, n)), Device: device,
			Lines: []repair.QuoteLine{{Code: "F05", Text: "hash board", Amount: repairtest.USD(12000)}}})},
	} {
		step.cmd.ID, step.cmd.WorkOrder = repair.CommandID(s.id(800+i, n)), order
		body, err := json.Marshal(step.cmd)
		if err != nil {
			return err
		}
		if _, err := c.Act(ctx, caller(step.by), step.cmd.ID, body, 0); err != nil {
			return fmt.Errorf("%s: %w", step.cmd.Kind, err)
		}
	}
	return nil
}

// pattern looks at the last commit of the customer: what one request writes.
func (s *benchShop) pattern(file string, pool int64) error {
	db, err := sql.Open("sqlite3", filepath.Join(s.dir, "centre.db"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	type row struct {
		T, Key, Body string
		Open         int
	}
	p := struct {
		Scope, Answer string
		Rows          []row
		Number        bool
		Pool          int64
	}{Scope: string(s.customer.Account), Number: pool == 0, Pool: pool}
	rows, err := db.Query("SELECT t, key, body, open FROM entity WHERE scope = ?1 AND rev = (SELECT seq FROM scope_head WHERE scope = ?1) ORDER BY seq", p.Scope)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.T, &r.Key, &r.Body, &r.Open); err != nil {
			return err
		}
		p.Rows = append(p.Rows, r)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := db.QueryRow("SELECT body FROM op WHERE account = ? ORDER BY rev DESC LIMIT 1", p.Scope).Scan(&p.Answer); err != nil {
		return err
	}
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}

// fill adds a customer with so many work orders, as rows.
func (s *benchShop) fill(ctx context.Context, n int) (account string, err error) {
	host, err := centrehost.Open(ctx, s.dir, centrehost.Options{})
	if err != nil {
		return "", err
	}
	joined, err := joinHost(ctx, host, repair.RoleCustomer, fmt.Sprintf("Farm of %d", n))
	if err := errors.Join(err, host.Close()); err != nil {
		return "", err
	}
	if s.tokens == nil {
		s.tokens = map[string]string{}
	}
	account = string(joined.Account)
	s.tokens[account] = joined.Token
	return account, s.rows(account, n)
}

func (s *benchShop) rows(account string, n int) error {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(s.dir, "centre.db")+"?_synchronous=OFF&_cache_size=-200000")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	var body string
	var from int
	if err := db.QueryRow("SELECT coalesce(max(seq), 0) FROM commit_log WHERE scope = ?", account).Scan(&from); err != nil {
		return err
	}
	if err := db.QueryRow("SELECT body FROM entity WHERE t = 'work_order' ORDER BY seq DESC LIMIT 1").Scan(&body); err != nil {
		return err
	}
	body = strings.ReplaceAll(body, "'", "''")
	series := fmt.Sprintf("WITH RECURSIVE s(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM s WHERE i < %d) ", from+1, n)
	for _, text := range []string{
		"BEGIN",
		series + fmt.Sprintf(`INSERT INTO entity (t, id, scope, work_order, rev, deleted, open, key, body)
			SELECT 'work_order', printf('%[1]s-0000-7000-8002-%%012d', i), '%[1]s', printf('%[1]s-0000-7000-8002-%%012d', i), i, 0, 1, '', '%[2]s' FROM s`, account, body),
		series + fmt.Sprintf(`INSERT INTO commit_log (scope, seq, chain, digest, at, op, kind, account, user, install, of_scope, of_seq, form)
			SELECT '%[1]s', i, randomblob(32), zeroblob(32), '2026-01-01T00:00:00Z', printf('%%032d', i), 'submit', '%[1]s', '', '', '%[1]s', i, 2 FROM s`, account),
		fmt.Sprintf("INSERT OR REPLACE INTO scope_head (scope, seq, chain, expired) SELECT scope, seq, chain, 0 FROM commit_log WHERE scope = '%s' AND seq = %d", account, n),
		"COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)", "ANALYZE",
	} {
		if _, err := db.Exec(text); err != nil {
			return fmt.Errorf("fill: %w", err)
		}
	}
	return nil
}

// cursor is the one that a desk of a filled account would hold behind a commit,
// with what it asks by.
func (s *benchShop) cursor(account string, seq int64) (cursor string, header map[string]string, err error) {
	db, err := sql.Open("sqlite3", filepath.Join(s.dir, "centre.db"))
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = db.Close() }()
	p := wire.Position{Scope: account}
	for scope, at := range map[string]*wire.Place{account: &p.Own, "*": &p.Public} {
		var chain string
		at.Seq = seq
		if scope == "*" {
			if err := db.QueryRow("SELECT seq FROM scope_head WHERE scope = '*'").Scan(&at.Seq); err != nil {
				return "", nil, err
			}
		}
		if err := db.QueryRow("SELECT hex(chain) FROM commit_log WHERE scope = ? AND seq = ?", scope, at.Seq).Scan(&chain); err != nil {
			return "", nil, err
		}
		raw, err := hex.DecodeString(chain)
		if err != nil {
			return "", nil, err
		}
		copy(at.Chain[:], raw)
	}
	return string(p.Cursor()), map[string]string{"Authorization": "Bearer " + s.tokens[account]}, nil
}
