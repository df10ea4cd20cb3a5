package main

// guard is something that keeps an invariant of the protocol: with it taken out,
// the harness must say which invariant is broken.
type guard struct {
	invariant string
	edits     []edit
	test      string // that names it; "" is the one of the seeds
}

// edit takes a guard out: old is replaced by new, and must be there once.
type edit struct{ file, old, new string }

// guards has one guard at least for each checker of backend/simtest.
var guards = []guard{
	{"inv.W1", []edit{
		{"backend/centre/ops.go", "if err != nil || !found {", "if found = false; !found {"},
		{"backend/centredb/queries/feed.sql", "INSERT INTO op (", "INSERT OR REPLACE INTO op ("},
	}, ""},
	{"inv.W2", []edit{
		{"backend/syncer/push.go", "rev, answer, err := s.write(ctx, it, body)\n", "rev, answer, err := s.write(ctx, it, body)\n\terr = nil\n"},
	}, ""},
	{"inv.W3", []edit{
		{"backend/centre/commit.go", "\t\t\tmoved = append(moved, line.Scope)\n\t\t}\n",
			"\t\t\tmoved = append(moved, line.Scope)\n\t\t}\n\t\tif len(d.lines) > 0 && d.lines[0].Kind == \"message\" {\n\t\t\treturn fmt.Errorf(\"lost\")\n\t\t}\n"},
		{"backend/centre/commit.go", "\tif err == nil && len(moved) > 0 {", "\tif err != nil && err.Error() == \"lost\" {\n\t\treturn nil\n\t}\n\tif err == nil && len(moved) > 0 {"},
	}, ""},
	{"inv.W4", []edit{
		{"backend/localdb/outbox.go", "\tstate := Queued\n", "\tif item.Kind == \"message\" {\n\t\treturn nil\n\t}\n\tstate := Queued\n"},
	}, ""},
	{"inv.W5", []edit{
		{"backend/localdb/sending.go", "body, err = t.OutboxBody(ctx, id)\n", "body, err = t.OutboxBody(ctx, id)\n\t\tbody = append(body, ' ')\n"},
	}, ""},
	{"inv.W6", []edit{
		{"backend/centre/act.go", "\ttouched, err := repairCase.Do(", "\trepairCase.Order.ReturnAddress.Street = \"elsewhere\"\n\ttouched, err := repairCase.Do("},
	}, ""},
	{"inv.W7", []edit{
		{"backend/centre/rows.go", "if !by.isStaff() && row.Scope != by.scope() {", "if !by.isStaff() && row.Scope == \"\" {"},
	}, ""},
	{"inv.W8", []edit{
		{"backend/centre/commit.go", "\tall, err := d.Head(ctx, Own)\n", "\tif line.Kind == \"message\" {\n\t\treturn nil\n\t}\n\tall, err := d.Head(ctx, Own)\n"},
	}, ""},
	{"inv.R1", []edit{
		{"backend/centredb/queries/feed.sql", "AND rev > :seq ORDER BY rev, seq LIMIT", "AND rev > :seq ORDER BY rev DESC, seq LIMIT"},
	}, ""},
	{"inv.R2", []edit{
		{"backend/centre/read.go", "\tfor _, r := range rows {\n\t\trow :=", "\tfor _, r := range append(rows, rows...) {\n\t\trow :="},
	}, ""},
	{"inv.R3", []edit{
		{"backend/syncer/pull.go", "\tout := make([]localdb.Change, len(rows))\n",
			"\tif n := len(rows); n > 1 {\n\t\trows = rows[:n-1]\n\t}\n\tout := make([]localdb.Change, len(rows))\n"},
	}, ""},
	{"inv.R3", []edit{
		{"backend/syncer/pull.go", "wire.CodeCursorScope, wire.CodeCursorExpired, wire.CodeCursorInvalid", "wire.CodeCursorScope, wire.CodeCursorInvalid"},
	}, "^TestWhatOnceBrokeHolds$"},
	{"inv.R4", []edit{
		{"backend/centre/read.go", "rows, last = rows[:n], rows[n-1].Seq", "rows, last = rows[:n], max(since.Seq+1, rows[n-1].Seq-1)"},
	}, ""},
	{"inv.R5", []edit{
		{"backend/centre/read.go", "rows, err := tx.Since(ctx, scope, since.Seq, limit+1)", "rows, err := tx.Since(ctx, scope, since.Seq+since.Seq/4, limit+1)"},
	}, ""},
	{"inv.R6", []edit{
		{"backend/centre/read.go", "\tif err == nil && at.Seq < expired {", "\tif _ = expired; err == nil && at.Seq%5 == 3 {"},
	}, ""},
	{"inv.R7", []edit{
		{"backend/localdb/queries/cache/apply.sql", "WHERE entity.rev < excluded.rev\n", "WHERE entity.rev < excluded.rev AND entity.t <> 'device'\n"},
	}, ""},
	{"inv.R8", []edit{
		{"backend/localdb/queries/cache/apply.sql", "WHERE entity.rev < excluded.rev\n", "WHERE true\n"},
		{"backend/client/client.go", "if page.From != since || page.Next == \"\" {", "if page.From = since; page.Next == \"\" {"},
		{"backend/syncer/pull.go", "if string(page.From) != since || page.More", "if page.More"},
	}, ""},
	{"inv.R9", []edit{
		{"backend/localdb/apply.go", "\tvar body any // NULL", "\tif row.Del {\n\t\treturn nil\n\t}\n\tvar body any // NULL"},
	}, ""},
	{"inv.R10", []edit{
		{"backend/centre/read.go", "if err == nil && (!found || !bytes.HasPrefix(commit.Chain, at.Chain[:])) {", "if err == nil && !found && !bytes.HasPrefix(commit.Chain, at.Chain[:]) {"},
	}, "^TestACursorOfALostTimelineIsNeverAccepted$"},
	{"inv.R11", []edit{
		{"backend/localdb/restored.go", "\t\tif err != nil || fresh == 0 {", "\t\tif err != nil || fresh >= 0 {"},
		{"backend/localdb/restored.go", "\t\tfor _, row := range rows {\n\t\t\tif _, err := t.tx.Exec(ctx, \"only_here_put\"", "\t\tfor _, row := range rows[:0] {\n\t\t\tif _, err := t.tx.Exec(ctx, \"only_here_put\""},
	}, "^TestNothingDisappearsWithARestoredCentre$"},
	{"inv.B1", []edit{
		{"backend/syncer/upload.go", "\tif err == nil {\n\t\ts.worked()", "\tif err == nil || true {\n\t\ts.worked()"},
	}, ""},
	{"inv.B2", []edit{
		{"backend/httpapi/files.go", "\tstands(w, u)\n\tw.WriteHeader(http.StatusCreated)", "\tu.Offset = 0\n\tstands(w, u)\n\tw.WriteHeader(http.StatusCreated)"},
	}, ""},
	{"inv.B3", []edit{
		{"backend/httpapi/serving.go", "_, _ = io.Copy(w, content)", "_, _ = w.Write([]byte{0})\n\t_, _ = io.Copy(w, content)"},
	}, ""},
	{"inv.B4", []edit{
		{"backend/centre/files.go", "\tif next < u.File.Size {\n", "\tif next < 0 {\n"},
		{"backend/blob/spool.go", "\tif got != hash || n != size {", "\tif got == \"\" || n < 0 {"},
	}, ""},
	{"inv.S1", []edit{
		{"backend/datadir/datadir.go", "\tif err := tryLock(lock); err != nil {", "\tif err := tryLock(lock); err != nil && !errors.Is(err, errTaken) {"},
	}, ""},
	{"inv.S2", []edit{
		{"backend/centre/ops.go", "if err != nil || !found {", "if found = false; !found {"},
		{"backend/centredb/queries/feed.sql", "INSERT INTO op (", "INSERT OR REPLACE INTO op ("},
	}, ""},
	{"inv.S3", []edit{
		{"backend/syncer/push.go", "\t\"context\"\n", "\t\"context\"\n\t\"log\"\n"},
		{"backend/syncer/push.go", "rev, answer, err := s.write(ctx, it, body)\n", "log.Printf(\"sending %s\", body)\n\trev, answer, err := s.write(ctx, it, body)\n"},
	}, ""},
	{"inv.D1", []edit{
		{"backend/sqlkit/sqlkit.go", "return errors.Join(folding, db.read.Close(), db.write.Close())",
			"return errors.Join(folding, db.read.Close(), db.write.Close(), os.Truncate(db.path, 8192))"},
	}, ""},
	{"inv.C1", []edit{
		{"backend/centre/commit.go", "why.Chain = link(head.Chain, why)", "why.Chain = link(nil, why)"},
	}, ""},
	{"inv.L1", []edit{
		{"backend/syncer/backoff.go", "longest      = 5 * time.Minute", "longest      = 50 * time.Hour"},
		{"backend/syncer/backoff.go", "firstCeiling = 2 * time.Second", "firstCeiling = 2 * time.Hour"},
	}, ""},
	{"inv.L2", []edit{
		{"backend/syncer/syncer.go", "pollIdle   = 5 * time.Minute", "pollIdle   = 50 * time.Hour"},
	}, ""},
	{"inv.L3", []edit{
		{"backend/syncer/backoff.go", "shortest     = time.Second", "shortest     = time.Millisecond"},
		{"backend/syncer/backoff.go", "firstCeiling = 2 * time.Second", "firstCeiling = 2 * time.Millisecond"},
		{"backend/syncer/backoff.go", "longest      = 5 * time.Minute", "longest      = 5 * time.Millisecond"},
	}, ""},
	{"inv.L3", []edit{
		{"backend/syncer/push.go", "s.postpone(ctx, it, reason, backoff(it.Attempts+1, s.pushPause.random(), 0))", "s.postpone(ctx, it, reason, 0)"},
	}, "^TestEveryRequestFailsOnceAndForLong$"},
	{"inv.L4", []edit{
		{"backend/sqlkit/sqlkit.go", "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 0"},
	}, "^TestADayGrowsNothing$"},
	{"inv.L5", []edit{
		{"backend/localdb/apply.go", "return a.quarantine(ctx, row.Change, row.err)", "return row.err"},
	}, ""},
	{"inv.W3", []edit{
		{"backend/sqlkit/sqlkit.go", "&_synchronous=FULL", "&_synchronous=NORMAL"},
	}, "^TestThePowerGoesAtEveryWriteOfACentre$"},
	{"inv.W4", []edit{
		{"backend/sqlkit/sqlkit.go", "&_synchronous=FULL", "&_synchronous=NORMAL"},
	}, "^TestThePowerGoesAtEveryWriteOfADesk$"},
	{"inv.W4", []edit{
		{"backend/desk/do.go", "if err := t.Queue(ctx, item, body); err != nil {", "if _ = body; err != nil {"},
	}, "^TestAProgramThatDiesAtANamedMoment$"},
}
