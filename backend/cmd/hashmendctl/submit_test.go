package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"hashmend/app"
	"hashmend/app/webdesk"
	"hashmend/backend/desk"
)

// beside runs a desk on a folder, as the window does, for terminals to ask.
func beside(t *testing.T, dir string) *app.App {
	t.Helper()
	running, err := app.Open(app.Config{Version: "test", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	stop, err := webdesk.ServeTerminal(running)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	return running
}

// Whoever stops waiting hears that the order is kept and how to wait again; the same
// line then waits for the answer, however often it is given.
func TestAnInterruptedSubmissionIsKeptAndWaitedForAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	running := beside(t, dir)
	at := func(args ...string) ran { t.Helper(); return ctl(t, append(args, "--json", "--data", dir)...) }
	at("practise").want(t, exitOK, nil)
	var draft desk.DraftView
	at("draft", "new", write(t, "header.json", header)).want(t, exitOK, &draft)
	at("draft", "import", draft.ID, write(t, "one.csv", "SN,Model,Problem\nJX26016P3YD25TT,X16-Q,no hash\n")).want(t, exitOK, nil)

	ctx, interrupt := context.WithCancel(t.Context())
	news, _, forget := running.Events.Subscribe()
	defer forget()
	go func() { // Ctrl-C as soon as it is queued
		for range news {
			beside := &tool{ctx: t.Context(), data: dir}
			if rows, err := beside.outbox(); err == nil && len(rows) > 0 {
				interrupt()
				return
			}
		}
	}()
	var out, errOut bytes.Buffer
	code := run(ctx, []string{"submit", draft.ID, "--data", dir, "--lang", "en"}, strings.NewReader(""), &out, &errOut)
	said := errOut.String()
	if code != exitInterrupted || !strings.Contains(said, "queued and kept") || !strings.Contains(said, "hashmendctl submit "+draft.ID) {
		t.Errorf("interrupted: code %d, %s", code, said)
	}
	for range 2 {
		var settled struct{ ID, Mark string }
		at("submit", draft.ID).want(t, exitOK, &settled)
		if settled.ID == "" || settled.Mark != string(desk.MarkSent) {
			t.Errorf("waited for again: %+v", settled)
		}
	}
	var page desk.OrderPage
	at("orders").want(t, exitOK, &page)
	filed := 0
	for _, row := range page.Rows {
		if strings.Contains(row.Reference, "مرحبا") {
			filed++
		}
	}
	if filed != 1 {
		t.Errorf("%d work orders of one draft", filed)
	}
}

func TestAnInterruptionIsNoMistakeOfTheProgram(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	var out, errOut bytes.Buffer
	code := run(ctx, []string{"intake", write(t, "farm.csv", farm)}, strings.NewReader(""), &out, &errOut)
	if code != exitInterrupted || !strings.Contains(errOut.String(), "program.interrupted") {
		t.Errorf("code %d, %s", code, errOut.String())
	}
}
