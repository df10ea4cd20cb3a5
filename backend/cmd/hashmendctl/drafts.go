package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// pace is how often a desk is asked whether something is done.
const pace = 100 * time.Millisecond

// draftNew begins a draft, with a header where one is given.
func (t *tool) draftNew(args []string) error {
	rest, err := parse(t.flags("draft new"), args, 0, 1)
	if err != nil {
		return err
	}
	var header desk.DraftHeader
	if len(rest) == 1 {
		if err := t.readJSON(rest[0], &header); err != nil {
			return err
		}
	}
	var draft desk.DraftView
	if err := t.call(&draft, "Drafts/Create", ""); err != nil {
		return err
	}
	if len(rest) == 1 {
		if err := t.call(&draft, "Drafts/SetHeader", draft.ID, header); err != nil {
			return err
		}
	}
	return t.print(draft, func(w *tabwriter.Writer) { line(w, draft.ID) })
}

// draftImport reads a table into a draft and waits until it is read.
func (t *tool) draftImport(args []string) error {
	rest, err := parse(t.flags("draft import"), args, 2, 2)
	if err != nil {
		return err
	}
	content, err := readFile(rest[1])
	if err != nil {
		return err
	}
	query := url.Values{"draft": {rest[0]}, "name": {filepath.Base(rest[1])}}
	answer, err := t.request(http.MethodPost, "/local/import?"+query.Encode(), bytes.NewReader(content))
	if err != nil {
		return err
	}
	var job desk.ImportView
	if err := json.Unmarshal(answer, &job); err != nil {
		return err
	}
	for job.State == "reading" {
		if err := t.pause(); err != nil {
			return err
		}
		if err := t.call(&job, "Drafts/Import", job.Job); err != nil {
			return err
		}
	}
	if job.Error != nil {
		return job.Error
	}
	if err := t.print(job, func(w *tabwriter.Writer) {
		line(w, job.Added, "rows added")
		line(w, job.Good, "good", job.Duplicate, "duplicate", job.Damaged, "damaged", job.Missing, "without serial number", job.Skipped, "lines skipped")
	}); err != nil {
		return err
	}
	return someRows(rest[1], job.Added, job.Skipped)
}

// draftCheck says what is wrong with a draft.
func (t *tool) draftCheck(args []string) error {
	rest, err := parse(t.flags("draft check"), args, 1, 1)
	if err != nil {
		return err
	}
	var draft desk.DraftView
	if err := t.call(&draft, "Drafts/Get", rest[0]); err != nil {
		return err
	}
	if err := t.print(draft, func(w *tabwriter.Writer) {
		t.findings(w, draft.Findings)
		line(w, draft.Blocking, "blocking", draft.Warnings, "warnings")
	}); err != nil {
		return err
	}
	if draft.Blocking > 0 {
		return errBlocked.With("draft", draft.ID, "count", strconv.Itoa(draft.Blocking))
	}
	return nil
}

// errBlocked means that a draft cannot be sent as it is.
var errBlocked = &repair.Error{Kind: repair.Invalid, Code: "draft.blocked"} // args: draft, count

// draftList lists the drafts.
func (t *tool) draftList(args []string) error {
	if _, err := parse(t.flags("draft list"), args, 0, 0); err != nil {
		return err
	}
	return t.list(desk.OrderQuery{Mine: "drafts", Limit: 200})
}

// pause waits a moment, or until the person has had enough.
func (t *tool) pause() error {
	timer := time.NewTimer(pace)
	defer timer.Stop()
	select {
	case <-t.ctx.Done():
		return t.ctx.Err()
	case <-timer.C:
		return nil
	}
}
