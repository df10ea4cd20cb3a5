package main

// What is taken out for several rows.
var (
	noReplay = []edit{
		{"backend/centre/ops.go", "if err != nil || !found {", "if found = false; !found {"},
		{"backend/centredb/queries/feed.sql", "INSERT INTO op (", "INSERT OR REPLACE INTO op ("},
	}
	noSync     = []edit{{"backend/sqlkit/sqlkit.go", "&_synchronous=FULL", "&_synchronous=NORMAL"}}
	noRecovery = []edit{
		{"backend/localdb/queries/vault/outbox.sql", "SET state = 'queued' WHERE state = 'sending';", "SET state = 'queued' WHERE state = 'sending' AND 0;"},
		{"backend/syncer/store.go", "if it.State == localdb.Sending {", "if false {"},
	}
	lostIsFailed = []edit{{"backend/syncer/push.go", "\tv, reason, asked := s.judge(ctx, err)\n", "\tv, reason, asked := s.judge(ctx, err)\n\tif v == cutOff {\n\t\tv = refused\n\t}\n"}}
	noToken      = []edit{{"backend/syncer/verdict.go", "seen.Code == wire.CodeClientTooOld, seen.Kind == repair.Unauthorized:", "seen.Code == wire.CodeClientTooOld:"}}
	everything   = "TestNothingIsLostOrDoubledWhateverFails"
	namedMoments = "TestAProgramThatDiesAtANamedMoment"
)

// faultRows has what keeps each row of backend/doc/faults.md. Row 1 has none: that
// a transaction which was not committed is not there is SQLite's own promise.
var faultRows = []faultRow{
	{"2", "syncer", "TestWhatACrashLeftOnItsWayIsSentAgain", noRecovery},
	{"3", "app", "TestADeskKilledWhileSendingFilesOnce", noRecovery},
	{"4", "simtest", namedMoments, noRecovery},
	{"5", "simtest", namedMoments, lostIsFailed},
	{"6", "cmd/centred", "TestWhatWasAcknowledgedSurvivesAKill", noReplay},
	{"7", "simtest", "TestThePowerGoesAtEveryWriteOfADesk", noSync},
	{"8", "simtest", "TestThePowerGoesAtEveryWriteOfACentre", noSync},
	{"9", "simtest", "TestEveryOperationOfTheDiskFailsOnceAndForGood", []edit{
		{"backend/sqlkit/sqlkit.go", "\treturn tx.Commit()\n", "\t_ = tx.Commit()\n\treturn nil\n"}}},
	{"10", "syncer", "TestWhateverHappensOnTheWayTheWorkOrderExistsOnce", lostIsFailed},
	{"11", "simtest", "TestEveryRequestFailsOnceAndForLong", noReplay},
	{"12", "client", "TestWhatIsNotTheCentresAnswerIsOffline", []edit{
		{"backend/client/client.go", "if err := json.Unmarshal(response.Body(), into); err != nil {", "if err := json.Unmarshal(response.Body(), into); err != nil && false {"}}},
	{"13", "simtest", everything, noReplay},
	{"14", "syncer", "TestOneWriteOfAWorkOrderAtATimeAndFourSideBySide", []edit{
		{"backend/syncer/orders.go", "if len(o.busy) >= atMost || o.busy[aggregate(it)] {", "if len(o.busy) >= atMost {"},
		{"backend/syncer/push.go", "if seen[aggregate(it)] {", "if seen[aggregate(it)] && false {"}}},
	{"15", "simtest", everything, noReplay},
	{"16", "syncer", "TestAnUnreachableCentreIsAskedSeldomAndForEver", []edit{
		{"backend/syncer/backoff.go", "longest      = 5 * time.Minute", "longest      = 5 * time.Second"}}},
	{"17", "simtest", everything, []edit{
		{"backend/client/patience.go", "func() { cancel(errSilence) }", "func() {}"}}},
	{"18", "client", "TestASlowLineIsNotADeadOne", []edit{
		{"backend/client/patience.go", "\tw.moved()\n\treturn n, nil\n", "\treturn n, nil\n"}}},
	{"19", "client", "TestWhatIsNotTheCentresAnswerIsOffline", []edit{
		{"backend/client/client.go", "if !isJSON(response.Header()) {", "if false {"}}},
	{"20", "syncer", "TestAProxyThatKeepsTheStreamMakesNothingLate", []edit{
		{"backend/syncer/listen.go", "stream := s.ear.quick < quickMost ||", "stream := true ||"}}},
	{"21", "syncer", "TestAPageThatAnswersAnotherQuestionIsIgnored", []edit{
		{"backend/syncer/pull.go", "if string(page.From) != since || page.More", "if page.More"},
		{"backend/syncer/take.go", "if page.From != at || page.More", "if page.More"}}},
	{"22", "syncer", "TestAClockThatJumpsEverySecondMakesNoTightLoop", []edit{
		{"backend/syncer/orders.go", "return max(0, shortest-time.Since(last))", "return 0 * time.Since(last)"}}},
	{"23", "simtest", everything, []edit{
		{"backend/centre/commit.go", "rev: head.Seq + 1,", "rev: head.Seq + 1 + d.at.Time().Unix()/3600%2,"}}},
	{"24", "syncer", "TestAWallClockThatJumpsDropsTheStream", []edit{
		{"backend/syncer/listen.go", "if jump.Abs() < clockJump {", "if jump.Abs() < 1000*clockJump {"}}},
	{"25", "app", "TestAFullDiskNeverSaysQueued", []edit{
		{"backend/desk/do.go", "\tif err != nil {\n\t\treturn out, err\n\t}\n\tfault.Hit(fault.OutboxAfterCommit)\n", "\tfault.Hit(fault.OutboxAfterCommit)\n"},
		{"backend/desk/draft_send.go", "\tif err != nil {\n\t\treturn out, err\n\t}\n\tfault.Hit(fault.OutboxAfterCommit)\n", "\tfault.Hit(fault.OutboxAfterCommit)\n"}}},
	{"26", "simtest", "TestEveryOperationOfTheDiskFailsOnceAndForGood", []edit{
		{"backend/sqlkit/group.go", "mine.err = mine.tx.Commit()", "_ = mine.tx.Commit()"}}},
	{"27", "app", "TestAReadOnlyFolderSaysSo", []edit{
		{"backend/datadir/datadir.go", "case errors.Is(err, fs.ErrPermission), isReadOnly(err):", "case errors.Is(err, fs.ErrClosed):"}}},
	{"28", "localdb", "TestDamageFoundInALargeCacheIsNotedForTheNextStart", []edit{
		{"backend/localdb/open.go", "ok, err := db.cache.QuickCheck(ctx)\n", "ok, err := true, error(nil)\n"}}},
	{"29", "localdb", "TestNoReadableRowIsLost", []edit{
		{"backend/localdb/salvage.go", "for _, suffix := range []string{\"\", \"-wal\"} {", "for _, suffix := range []string{\"\"} {"}}},
	{"30", "simtest", everything, noReplay},
	{"31", "simtest", everything, noReplay},
	{"32", "localdb", "TestWhatWasAcceptedIsOfferedAgainOnceForEachLostCursor", []edit{
		{"backend/localdb/restored.go", "if err != nil || fresh == 0 {", "if err != nil || fresh >= 0 {"}}},
	{"33", "simtest", "TestACursorOfALostTimelineIsNeverAccepted", []edit{
		{"backend/centre/read.go", "if err == nil && (!found || !bytes.HasPrefix(commit.Chain, at.Chain[:])) {", "if err == nil && !found && !bytes.HasPrefix(commit.Chain, at.Chain[:]) {"}}},
	{"34", "syncer", "TestAnotherServerGetsNothingOfOurs", []edit{
		{"backend/syncer/syncer.go", "if err == nil && meta.ServerID != s.ServerID {", "if err == nil && meta.ServerID == \"\" {"}}},
	{"35", "simtest", "TestWhatOnceBrokeHolds", []edit{
		{"backend/syncer/pull.go", "wire.CodeCursorScope, wire.CodeCursorExpired, wire.CodeCursorInvalid", "wire.CodeCursorScope, wire.CodeCursorInvalid"}}},
	{"36", "localdb", "TestAStagedSnapshotTakesTheOldCopysPlaceWhole", []edit{
		{"backend/localdb/stage.go", "return string(scope) + \" staged\"", "return string(scope)"}}},
	{"37", "syncer", "TestRowsThatChangeWhileASnapshotComesAreNotMissed", []edit{
		{"backend/client/snapshot.go", "\t\tquery.Set(\"at\", string(at))\n", ""},
		{"backend/client/snapshot.go", "|| head.At == \"\" || at != \"\" && head.At != at {", "|| head.At == \"\" {"}}},
	{"38", "syncer", "TestAnExpiredTokenStopsWritesAndKeepsThem", noToken},
	{"39", "httpapi", "TestALostAnswerToARenewalLocksNobodyOut", []edit{
		{"backend/centre/tokens.go", "return install, used.IsSet() && c.now().After(used.Time().Add(tokenGrace)), nil", "return install, true, nil"}}},
	{"40", "app", "TestAnExpiredTokenKeepsWhatWaitsUntilThePersonJoinsAgain", noToken},
	{"41", "datadir", "TestOneProgramAtATime", []edit{
		{"backend/datadir/datadir.go", "if err := tryLock(lock); err != nil {", "if err := tryLock(lock); err != nil && !errors.Is(err, errTaken) {"}}},
	{"42", "wiretest", "TestOurCentre", []edit{
		{"backend/centre/submit.go", "warnings, err := duplicates(ctx, tx, filed)", "warnings, err := []wire.Warning{}, error(nil)"}}},
	{"43", "httpapi", "TestANewRequestEndsTheOneThatStalled", []edit{
		{"backend/centre/files.go", "\t\tif old == nil {\n", "\t\tif old == nil || old != r {\n"}}},
	{"44", "desk", "TestAPhotoIsCopiedAndTravelsWithWhatRefersToIt", []edit{
		{"backend/desk/draft_send.go", "if err := t.SendFiles(ctx, s.Scope, dev.Photos, now); err != nil {", "if err := error(nil); err != nil && dev.Photos != nil {"}}},
	{"45", "syncer", "TestGenerationsThatDifferLoseNothing", []edit{
		{"backend/localdb/apply.go", "return a.quarantine(ctx, row.Change, row.err)", "return row.err"}}},
	{"46", "localdb", "TestARowThatCannotBeReadWaitsInQuarantine", []edit{
		{"backend/localdb/apply.go", "return a.quarantine(ctx, row.Change, row.err)", "return row.err"}}},
}
