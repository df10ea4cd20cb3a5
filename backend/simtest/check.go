package simtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing/synctest"
	"time"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// Times that the calm at the end of a run may take: two of the longest waits
// until all is sent (inv.L1), then one look at a centre that hints at nothing.
const (
	toDrain    = 11 * time.Minute
	toConverge = 6 * time.Minute
	// A restored centre refuses for a while what comes before what it depends on.
	toComeBack = 2 * time.Hour
)

// settle ends all faults and lets the programs come to rest.
func (w *World) settle() error {
	for _, p := range w.desks {
		p.line.set(calm, 0, nil)
		p.skew.Store(0)
		if !p.up() {
			if err := p.start(); err != nil {
				return err
			}
		}
	}
	w.centre.mu.Lock()
	w.centre.skew = 0
	w.centre.mu.Unlock()
	close(w.ended)
	time.Sleep(toConverge) // a restored centre is noticed at the next look
	if err := w.sayAgain(); err != nil {
		return err
	}
	for waited := time.Duration(0); ; waited += 5 * time.Second {
		synctest.Wait()
		left, err := w.waiting()
		if err != nil {
			return err
		}
		if left == "" {
			break
		}
		longest := toDrain
		if w.centre.timeline > 0 {
			longest = toComeBack
		}
		if waited > longest {
			w.history.breaks("L1", "after %v without a fault %s", longest, left)
			break
		}
		time.Sleep(5 * time.Second)
	}
	time.Sleep(toConverge)
	synctest.Wait()
	return nil
}

// waiting names something that is still on its way, "" when nothing is.
func (w *World) waiting() (string, error) {
	for _, p := range w.desks {
		file, err := openProbe(p.vault())
		if err != nil {
			return "", err
		}
		items, err := file.outbox()
		if err != nil {
			return "", err
		}
		files, err := file.files("waiting")
		file.close()
		if err != nil {
			return "", err
		}
		for _, i := range w.history.mine(p) {
			if s := items[i.id].state; s == "holding" || s == "queued" || s == "sending" {
				return fmt.Sprintf("%s %s is %s at %s", i.kind, i.id, s, p.name), nil
			}
		}
		if len(files) > 0 {
			return fmt.Sprintf("the file %.8s waits at %s", files[0], p.name), nil
		}
	}
	return "", nil
}

// refused gives what is shown to people as refused.
func (w *World) refused() (map[string]bool, error) {
	out := map[string]bool{}
	for _, p := range w.desks {
		file, err := openProbe(filepath.Join(p.dir, "vault.db"))
		if err != nil {
			return nil, err
		}
		items, err := file.outbox()
		file.close()
		if err != nil {
			return nil, err
		}
		for id, item := range items {
			out[id] = out[id] || item.state == "refused"
		}
	}
	return out, nil
}

func (h *history) mine(p *pc) (out []*intent) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, i := range h.intents {
		if i.at == p && !i.withdrawn && !i.forgotten {
			out = append(out, i)
		}
	}
	return out
}

// judge holds the end of a run against the invariants.
func (w *World) judge() error {
	ctx := context.Background()
	w.centre.check()
	centre, err := openProbe(filepath.Join(w.centre.dir, "centre.db"))
	if err != nil {
		return err
	}
	defer centre.close()
	if fault := centre.sound(); fault != "" {
		w.history.breaks("D1", "centre.db: %s", fault)
	}
	commits, err := centre.commits()
	if err != nil {
		return err
	}
	answers, err := centre.answers()
	if err != nil {
		return err
	}
	w.checkOnce(commits)
	shown, err := w.refused()
	if err != nil {
		return err
	}
	w.checkAnswers(answers, shown)
	w.checkEffects(commits, answers)
	if err := w.checkShared(commits); err != nil {
		return err
	}
	w.checkBounds()
	if err := w.checkRules(ctx, commits); err != nil {
		return err
	}
	for _, p := range w.desks {
		if err := w.checkDesk(ctx, p, answers); err != nil {
			return err
		}
	}
	w.checkStrangers()
	w.checkSecrets()
	return w.checkLost()
}

// checkOnce: one id, one effect (inv.W1).
func (w *World) checkOnce(commits []done) {
	seen := map[string]int64{}
	for _, c := range commits {
		if c.op == "" {
			continue
		}
		if first, twice := seen[c.op]; twice {
			w.history.breaks("W1", "%s %s had its effect at rev %d and at rev %d", c.kind, c.op, first, c.rev)
		}
		seen[c.op] = c.rev
	}
	for _, i := range w.history.intents {
		if _, acted := seen[i.id]; acted && i.withdrawn {
			w.history.breaks("W1", "%s %s was taken back and had its effect", i.kind, i.id)
		}
	}
}

// checkAnswers: what the centre has acknowledged is there (inv.W3), and only
// bytes that a person has frozen ever came to it (inv.W5). What a restored centre
// has lost and refuses when it comes again is shown to its person (inv.R11), unless
// the PC was set back as well.
func (w *World) checkAnswers(answers map[string]remembered, shown map[string]bool) {
	h := w.history
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, i := range h.intents {
		shown[i.id] = shown[i.id] || i.forgotten
	}
	for _, a := range h.answers {
		kept, there := answers[string(a.account)+"/"+a.id]
		if a.timeline < w.centre.timeline && shown[a.id] && !there {
			continue
		}
		refused := kept.status >= 300 && a.timeline == w.centre.timeline
		if !there || kept.fingerprint != a.fingerprint || refused {
			h.fail("W3", "%s was answered with %d and is kept with %d as %.12s", a.id, a.status, kept.status, kept.fingerprint)
		}
	}
	frozen := map[string]string{}
	for _, i := range h.intents {
		frozen[i.id] = i.fingerprint
	}
	for id, prints := range h.sent {
		for print := range prints {
			if frozen[id] != print {
				h.fail("W5", "%s came to the centre in bytes that nobody has frozen", id)
			}
		}
	}
}

// checkRules leads every case once more, by the rules alone, through the log of
// the centre: what the centre has must be that (inv.W1, inv.W6).
func (w *World) checkRules(ctx context.Context, commits []done) error {
	intents := map[string]*intent{}
	for _, i := range w.history.intents {
		intents[i.id] = i
	}
	alone := map[repair.WorkOrderID]*repair.Case{}
	for _, c := range commits {
		i := intents[c.op]
		if i == nil {
			continue
		}
		env := repairtest.Env(c.at.Time())
		if i.kind == "submit" {
			var s repair.Submission
			if err := json.Unmarshal(i.body, &s); err != nil {
				return err
			}
			filed, err := repair.NewCase(i.order, i.by.Account, "", s, env)
			if err != nil {
				w.history.breaks("W1", "the rules refuse the submission %s that the centre took: %v", i.id, err)
				continue
			}
			alone[i.order] = filed
			continue
		}
		var cmd repair.Command
		if err := json.Unmarshal(i.body, &cmd); err != nil {
			return err
		}
		whole := alone[i.order]
		if whole == nil {
			w.history.breaks("W1", "%s %s is about a work order that nobody filed", i.kind, i.id)
			continue
		}
		if _, err := whole.Do(w.people[repair.UserID(c.user)], cmd, env); err != nil {
			w.history.breaks("W1", "the rules refuse %s %s that the centre did: %v", i.kind, i.id, err)
		}
	}
	for id, whole := range alone {
		got, err := w.centre.host.Centre().WorkOrder(ctx, operator, id)
		if err != nil {
			w.history.breaks("R11", "the work order %s is not at the centre: %v", id, err)
			continue
		}
		want := plain(*whole)
		have := plain(*got)
		if !bytes.Equal(want, have) {
			w.history.breaks("W6", "the case %s is not that of its commands:\n%s\n%s", id, trimmed(string(have)), trimmed(string(want)))
		}
	}
	return nil
}

// plain is a case without what only the centre gives: its number and revs.
func plain(c repair.Case) []byte {
	text, _ := json.Marshal(c)
	var tree any
	_ = json.Unmarshal(text, &tree)
	text, _ = json.Marshal(without(tree))
	return text
}

func without(v any) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "rev")
		delete(v, "number")
		for key, one := range v {
			if v[key] = without(one); v[key] == nil {
				delete(v, key)
			}
		}
	case []any:
		if len(v) == 0 {
			return nil
		}
		for n := range v {
			v[n] = without(v[n])
		}
	}
	return v
}

// checkDesk: the copy is the feed (inv.L2, inv.R3, inv.R9), everything that was
// queued has an answer that is true (inv.W2, inv.W4), its files are there (inv.B1).
func (w *World) checkDesk(ctx context.Context, p *pc, answers map[string]remembered) error {
	w.examine(p)
	c, err := client.New(client.Options{BaseURL: centreURL, Token: *p.token.Load(), ServerID: p.joined.ServerID,
		HTTP: &line{world: w, name: witness, state: calm, who: p.person(), scope: string(p.scope())}})
	if err != nil {
		return err
	}
	feed, err := w.readFeed(ctx, c)
	if err != nil {
		return err
	}
	cache, err := openProbe(filepath.Join(p.dir, "cache.db"))
	if err != nil {
		return err
	}
	copied, _, err := cache.copied(string(p.scope()))
	cache.close()
	if err != nil {
		return err
	}
	w.compare(p, feed, copied)
	vault, err := openProbe(p.vault())
	if err != nil {
		return err
	}
	items, err := vault.outbox()
	if err != nil {
		return err
	}
	onlyHere, err := vault.onlyHere()
	if err != nil {
		return err
	}
	uploaded, err := vault.files("uploaded")
	vault.close()
	if err != nil {
		return err
	}
	for _, i := range w.history.mine(p) {
		item := items[i.id]
		kept, there := answers[string(i.by.Account)+"/"+i.id]
		if item.state != "accepted" {
			continue
		}
		if !there && !onlyHere[string(i.order)] {
			w.history.breaks("R11", "%s %s was sent from %s, the centre does not have it, and nothing shows it", i.kind, i.id, p.name)
		}
		if !there || kept.status >= 300 || kept.fingerprint != item.fingerprint {
			w.history.breaks("W2", "%s %s is shown as accepted and the centre has %d for %.12s", i.kind, i.id, kept.status, kept.fingerprint)
		}
	}
	for _, hash := range uploaded {
		var content bytes.Buffer
		// A file is no commit: when a centre is restored to a copy from before it and
		// nothing was committed in between, no place tells that it is lost.
		if err := c.File(ctx, hash, &content); err != nil && w.centre.timeline == 0 {
			w.history.breaks("B1", "the file %.8s is shown as sent and the centre gives %v", hash, err)
		}
	}
	return nil
}

// readFeed reads the whole feed in small pages, and once more from where it stood
// in the middle: whoever resumes there must end with the same (inv.R5, inv.R6).
func (w *World) readFeed(ctx context.Context, c *client.Client) (rows, error) {
	type mark struct {
		cursor wire.Cursor
		feed   rows
	}
	read := func(at mark, limit int) (marks []mark, err error) {
		marks = []mark{at}
		for more := true; more; {
			page, err := c.Changes(ctx, at.cursor, limit)
			if err != nil {
				return nil, err
			}
			at, more = mark{page.Next, at.feed.apply(page.Rows)}, page.More
			marks = append(marks, at)
		}
		return marks, nil
	}
	marks, err := read(mark{"", rows{}}, 7)
	if err != nil {
		return nil, err
	}
	again, err := read(marks[len(marks)/2], 3)
	if err != nil {
		w.history.breaks("R6", "a cursor that the centre gave cannot be used again: %v", err)
		return marks[len(marks)-1].feed, nil
	}
	whole := marks[len(marks)-1].feed
	if d := whole.differ(again[len(again)-1].feed); d != "" {
		w.history.breaks("R5", "who resumes in the middle does not have the whole: %s", d)
	}
	return whole, nil
}

func (w *World) compare(p *pc, feed, copied rows) {
	bad := w.history.poisoned[p.name]
	feed, copied = feed.but(bad), copied.but(bad)
	for key, want := range feed {
		have, known := copied[key]
		switch {
		case !known && !want.gone: // a snapshot does not tell of what is gone
			w.history.breaks("R3", "%s never came to %s", key, p.name)
		case known && want.gone && !have.gone:
			w.history.breaks("R9", "%s is gone and %s still has it", key, p.name)
		}
	}
	// A copy may remember what is gone and was never told to a new reader.
	if d := feed.live().differ(copied.live()); d != "" {
		name := "L2"
		if len(bad) > 0 {
			name = "L5" // what could not be read stopped the others
		}
		w.history.breaks(name, "%s does not have what the centre has: %s", p.name, d)
	}
}

func (r rows) live() rows {
	out := rows{}
	for key, e := range r {
		if !e.gone {
			out[key] = e
		}
	}
	return out
}

// checkStrangers: nobody was told what is another's (inv.W7).
func (w *World) checkStrangers() {
	owner := map[repair.WorkOrderID]repair.AccountID{}
	for _, i := range w.history.intents {
		if i.kind == "submit" {
			owner[i.order] = i.by.Account
		}
	}
	for account, orders := range w.history.told {
		for id := range orders {
			if o, known := owner[id]; known && o != account {
				w.history.breaks("W7", "%s of %s was told to %s", id, o, account)
			}
		}
	}
}

// checkSecrets: no log has a token, an address or a telephone number (inv.S3).
func (w *World) checkSecrets() {
	sample := repairtest.Submission(1)
	for _, secret := range append(w.history.tokens, sample.ReturnAddress.Street, sample.Contact.Phone, sample.Contact.Email) {
		if w.log.has(secret) {
			w.history.breaks("S3", "a log has %.12s…", secret)
		}
	}
}
