package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"text/tabwriter"
	"time"

	"hashmend/backend/atomicfile"
	"hashmend/backend/desk"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// defaultWait is how long the centre's word is waited for: the hold, and some
// time for the line.
const defaultWait = time.Minute

// errWaiting means that the centre has not confirmed yet. Nothing is lost: what
// waits is sent at the next chance.
var errWaiting = &repair.Error{Kind: repair.Offline, Code: "outbox.waiting"} // args: id, because

// errStopped means that the person did not wait for the centre's word on what is
// queued and kept.
var errStopped = &repair.Error{Kind: repair.Offline, Code: "outbox.stopped"} // args: id, command

// submit sends a draft and waits for the centre's word. A draft that is on its way
// already is only waited for.
func (t *tool) submit(args []string) error {
	flags := t.flags("submit")
	wait := flags.Duration("wait", defaultWait, "how long to wait for the centre")
	rest, err := parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	var draft desk.DraftView
	err = t.call(&draft, "Drafts/Send", rest[0])
	if codeOf(err) == desk.ErrDraftNotOpen.Code {
		err = t.call(&draft, "Drafts/Get", rest[0])
	}
	if t.interrupted(err) {
		return t.stopped(rest[0], err)
	}
	if err != nil {
		return err
	}
	return t.settle(draft.Order, *wait, "submit "+draft.ID)
}

// lastWord is how long is asked, after an interruption, what became of the command.
const lastWord = 5 * time.Second

// stopped says of a draft whose sending was interrupted that it is queued, if it is: the
// program may have done it before its answer was awaited to the end.
func (t *tool) stopped(id string, err error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), lastWord)
	defer cancel()
	after := *t
	after.ctx = ctx
	var draft desk.DraftView
	if after.call(&draft, "Drafts/Get", id) != nil || draft.Order == "" {
		return err
	}
	return errStopped.With("id", draft.Order, "command", "submit "+draft.ID)
}

func (t *tool) outbox() (rows []desk.OutboxRow, err error) {
	err = t.call(&rows, "Sync/Outbox")
	return rows, err
}

// settle waits until the centre has said yes or no to something on its way. Who
// interrupts it hears that it is kept, and the command that waits again.
func (t *tool) settle(id string, wait time.Duration, again string) error {
	err := t.answered(id, wait)
	if t.interrupted(err) {
		return errStopped.With("id", id, "command", again)
	}
	return err
}

func (t *tool) answered(id string, wait time.Duration) error {
	for end := time.Now().Add(wait); ; {
		rows, err := t.outbox()
		if err != nil {
			return err
		}
		at := slices.IndexFunc(rows, func(r desk.OutboxRow) bool { return r.ID == id })
		if at < 0 {
			return t.print(map[string]string{"id": id, "mark": string(desk.MarkSent)}, func(w *tabwriter.Writer) {
				line(w, id, desk.MarkSent)
			})
		}
		row := rows[at]
		if row.Mark == desk.MarkRefused {
			if row.Reason != nil {
				return row.Reason
			}
			return &repair.Error{Kind: repair.Conflict, Code: "outbox.refused"}
		}
		if time.Now().After(end) {
			waiting := errWaiting.With("id", id)
			if row.Reason != nil {
				waiting = waiting.With("because", row.Reason.Code)
			}
			return waiting
		}
		if err := t.pause(); err != nil {
			return err
		}
	}
}

// sync sends and fetches now, and waits until both are done.
func (t *tool) sync(args []string) error {
	flags := t.flags("sync")
	wait := flags.Duration("wait", defaultWait, "how long to wait for the centre")
	if _, err := parse(flags, args, 0, 0); err != nil {
		return err
	}
	var status desk.SyncStatus
	if err := t.call(&status, "Sync/Now"); err != nil {
		return err
	}
	for end := time.Now().Add(*wait); time.Now().Before(end) && (status.State == "sending" || status.State == "waiting"); {
		if err := t.pause(); err != nil {
			return err
		}
		if err := t.call(&status, "Sync/Status"); err != nil {
			return err
		}
	}
	if err := t.print(status, func(w *tabwriter.Writer) {
		line(w, status.State, "waiting", status.Waiting, "refused", status.Refused, "files", status.Uploads)
	}); err != nil {
		return err
	}
	switch status.State {
	case "up_to_date":
		return nil
	case "needs_you":
		return &repair.Error{Kind: repair.Conflict, Code: "outbox.refused"}
	}
	if status.Reason != nil {
		return status.Reason
	}
	return errWaiting
}

// outboxExport writes the file that centred import-outbox reads.
func (t *tool) outboxExport(args []string) error {
	rest, err := parse(t.flags("outbox export"), args, 1, 1)
	if err != nil {
		return err
	}
	file, err := t.request(http.MethodGet, "/local/outbox", nil)
	if err != nil {
		return err
	}
	if err := unwritable(rest[0], atomicfile.Write(rest[0], file, 0o600)); err != nil {
		return err
	}
	return t.print(map[string]string{"file": rest[0]}, func(w *tabwriter.Writer) { line(w, rest[0]) })
}

// practise joins the practice centre.
func (t *tool) practise(args []string) error {
	if _, err := parse(t.flags("practise"), args, 0, 0); err != nil {
		return err
	}
	var s desk.Session
	if err := t.call(&s, "Start/Practise"); err != nil {
		return err
	}
	return t.printSession(s)
}

// join joins a centre with an invite.
func (t *tool) join(args []string) error {
	flags := t.flags("join")
	name := flags.String("name", "", "what this PC is called at the centre")
	account := flags.String("account", "", "the account to make, at a centre that needs no invite")
	fingerprint := flags.String("fingerprint", "", "of the centre's own certificate, as the centre tells it")
	rest, err := parse(flags, args, 1, 2)
	if err != nil {
		return err
	}
	request := desk.ConnectRequest{URL: rest[0], Install: *name, Account: *account, Fingerprint: *fingerprint}
	if len(rest) == 2 {
		request.Invite = rest[1]
	}
	if (request.Invite == "") == (request.Account == "") {
		return usageError{"hashmendctl join: an invite, or --account to make one?"}
	}
	var s desk.Session
	if err := t.call(&s, "Start/Connect", request); err != nil {
		return compare(err)
	}
	return t.printSession(s)
}

// errCompare means that a centre has a certificate of its own, whose fingerprint
// nobody has compared yet. A terminal has no page that asks for it.
var errCompare = &repair.Error{Kind: repair.Offline, Code: "centre.compare_fingerprint"} // args: fingerprint

func compare(err error) error {
	var seen *repair.Error
	if !errors.As(err, &seen) || seen.Code != wire.CodeUntrusted || seen.Args["fingerprint"] == "" {
		return err
	}
	return errCompare.With("fingerprint", seen.Args["fingerprint"]).Because(err)
}

func (t *tool) printSession(s desk.Session) error {
	return t.print(s, func(w *tabwriter.Writer) { line(w, s.Mode, s.Centre, s.Account, s.User, s.Role, s.URL) })
}
