package simtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing/synctest"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
)

// take does one step. What the rules refuse is no fault; an error is one of the
// harness, or of a program that does not start.
func (w *World) take(s Step) error {
	time.Sleep(s.Wait)
	dice, p := s.dice(), w.desks[s.Desk]
	switch s.Kind {
	case "weather":
		all := weathers()
		p.line.set(all[dice.IntN(len(all))], time.Duration(1+dice.IntN(120))*time.Second, dice)
		return nil
	case "clock":
		p.skew.Store(int64([]time.Duration{0, 87600 * time.Hour, -87600 * time.Hour, -time.Hour, 9 * time.Minute, 72 * time.Hour}[dice.IntN(6)]))
		return nil
	case "centre clock":
		w.centre.mu.Lock()
		w.centre.skew = []time.Duration{0, -time.Hour, time.Hour}[dice.IntN(3)]
		w.centre.mu.Unlock()
		return nil
	case "crash desk", "restart desk":
		synctest.Wait()
		end := p.crash
		if s.Kind == "restart desk" {
			end = p.stop
		}
		if err := end(); err != nil {
			return err
		}
		w.examine(p)
		return p.start()
	case "crash centre", "restart centre":
		synctest.Wait()
		end := w.centre.crash
		if s.Kind == "restart centre" {
			end = w.centre.stop
		}
		return errors.Join(end(), w.centre.start())
	case "centre away":
		if err := w.centre.stop(); err != nil {
			return err
		}
		time.Sleep(time.Duration(dice.IntN(600)) * time.Second)
		return w.centre.start()
	case "revoke":
		if p.joined.Role != repair.RoleCustomer {
			return nil
		}
		return w.rejoin(p, time.Duration(dice.IntN(200))*time.Second)
	case "sleep": // of the PC: the line is dead, and the clock goes on
		p.line.set(blackHole, 2*time.Hour, dice)
		time.Sleep(2 * time.Hour)
		p.skew.Store(int64(72 * time.Hour))
		return nil
	case "a day": // passes in a moment: tokens are exchanged
		if len(w.desks) == len(names) { // two copies of a PC shut each other out by that
			w.leap.Add(int64(25 * time.Hour))
		}
		return nil
	case "old cursor":
		synctest.Wait()
		return p.aged()
	case "keep centre":
		return w.centre.keep()
	case "restore centre":
		if len(w.centre.copies) == 0 {
			return nil
		}
		synctest.Wait()
		if err := w.centre.restore(dice.IntN(8)); err != nil {
			return err
		}
		if err := w.checkLost(); err != nil {
			return err
		}
		return w.strangers(time.Duration(dice.IntN(300)) * time.Second)
	case "keep desk":
		synctest.Wait()
		return p.keep()
	case "older desk":
		synctest.Wait()
		return p.older()
	case "copied desk":
		synctest.Wait()
		return w.twin(p)
	case "other centre":
		return w.elsewhere(time.Duration(dice.IntN(300)) * time.Second)
	case "other eyes":
		return w.lookElsewhere()
	case "second start":
		return p.second()
	case "present":
		p.sync.Present()
		return nil
	}
	return w.person(p, s.Kind, dice)
}

// person does what people do. The deed may fail; what it has acknowledged may not
// be lost.
func (w *World) person(p *pc, kind string, dice *rand.Rand) error {
	ctx := context.Background()
	switch kind {
	case "submit":
		return w.submit(ctx, w.desks[dice.IntN(2)], dice, false)
	case "photo":
		return w.submit(ctx, w.desks[dice.IntN(2)], dice, true)
	case "act":
		return w.act(ctx, w.desks[dice.IntN(2)], dice)
	case "staff":
		for range 1 + dice.IntN(3) {
			if err := w.act(ctx, w.desks[2], dice); err != nil {
				return err
			}
		}
		return nil
	case "take back":
		return w.takeBack(ctx, p)
	case "retry":
		return only(p.deeds.RetryOutbox(ctx, ""))
	}
	return fmt.Errorf("no step is called %q", kind)
}

// only lets refusals pass: the person reads them and goes on.
func only(err error) error {
	var told *repair.Error
	if errors.As(err, &told) && told.Kind != repair.Internal {
		return nil
	}
	return err
}

// submit drafts a work order and sends it.
func (w *World) submit(ctx context.Context, p *pc, dice *rand.Rand, photo bool) error {
	v, err := p.deeds.CreateDraft(ctx, "")
	if err != nil {
		return only(err)
	}
	sample := repairtest.Submission(1 + dice.IntN(3))
	_, err = p.deeds.SetDraftHeader(ctx, v.ID, desk.DraftHeader{Contact: sample.Contact, ReturnAddress: sample.ReturnAddress, Reference: w.next("farm")})
	if err != nil {
		return only(err)
	}
	var text strings.Builder
	for _, d := range sample.Devices {
		w.fresh++
		n := w.fresh
		if dice.IntN(8) == 0 {
			n = 1 // a device that somebody has sent before
		}
		fmt.Fprintf(&text, "%s\t%s\t%s\t%s\n", repairtest.Serial(n), d.Model, d.Complaint, d.ShipDate)
	}
	if _, err = p.deeds.PasteDraft(ctx, v.ID, 0, "serial", text.String()); err != nil {
		return only(err)
	}
	if photo {
		if err := w.attach(ctx, p, v.ID, dice); err != nil {
			return only(err)
		}
	}
	if v, err = p.deeds.SendDraft(ctx, v.ID); err != nil {
		return only(err)
	}
	return w.remember(ctx, p, v.Order, v.ID)
}

// attach puts a photo, of several pieces at times, to the draft's first row.
func (w *World) attach(ctx context.Context, p *pc, draft string, dice *rand.Rand) error {
	size := 10 + dice.IntN(3000)
	if dice.IntN(4) == 0 {
		size = 4<<20 + dice.IntN(1<<20) // more than one request carries
	}
	content := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{byte(w.fresh), byte(w.fresh >> 8)}, size/2)...)
	ref, err := p.deeds.AttachFile(ctx, w.next("photo")+".png", "", bytes.NewReader(content))
	if err != nil {
		return err
	}
	page, err := p.deeds.DraftRows(ctx, draft, 0, 1)
	if err != nil || len(page.Rows) == 0 {
		return err
	}
	_, err = p.deeds.AttachDraftPhoto(ctx, draft, page.Rows[0].ID, ref)
	return err
}

// remember notes what the person was told is on its way, with its frozen bytes.
func (w *World) remember(ctx context.Context, p *pc, id, draft string) error {
	i := &intent{id: id, draft: draft, at: p, by: p.person()}
	err := p.db.View(ctx, func(t localdb.VaultTx) error {
		item, err := t.OutboxItem(ctx, id)
		if err != nil {
			return err
		}
		i.kind, i.order = item.Kind, item.WorkOrder
		i.body, err = t.OutboxBody(ctx, id)
		return err
	})
	if err != nil {
		w.history.breaks("W4", "%s was queued and is not in the outbox: %v", id, err)
		return nil
	}
	w.history.intend(i)
	return nil
}

// takeBack undoes the last Send that can still be undone.
func (w *World) takeBack(ctx context.Context, p *pc) error {
	var item localdb.OutboxItem
	err := p.db.View(ctx, func(t localdb.VaultTx) error {
		items, err := t.OpenOutbox(ctx, p.scope())
		for _, it := range items {
			if it.State == localdb.Holding {
				item = it
			}
		}
		return err
	})
	if err != nil || item.ID == "" || len(w.desks) > len(names) { // a copy of the PC may send it all the same
		return err
	}
	if _, err := p.deeds.CancelSend(ctx, item.Draft); err != nil {
		return only(err)
	}
	w.history.withdraw(item.ID)
	return nil
}

// act takes one decision that the rules allow on what this desk knows.
func (w *World) act(ctx context.Context, p *pc, dice *rand.Rand) error {
	whole, offers, err := w.offered(ctx, p, dice)
	if err != nil || len(offers) == 0 {
		return err
	}
	cmd, ok := w.command(whole, offers[dice.IntN(len(offers))], dice)
	if !ok {
		return nil
	}
	row, err := p.deeds.Do(ctx, cmd)
	if err != nil {
		return only(err)
	}
	return w.remember(ctx, p, row.ID, "")
}

// offered takes one of the work orders that the desk knows and what may be done
// about it. Of two looks one is at the newest.
func (w *World) offered(ctx context.Context, p *pc, dice *rand.Rand) (*repair.Case, []repair.Offer, error) {
	var whole *repair.Case
	err := p.db.Cached(ctx, p.scope(), func(t localdb.CacheTx) error {
		list, err := t.Orders(ctx, localdb.ListFilter{Limit: 50})
		if err != nil || len(list) == 0 {
			return err
		}
		whole, err = t.Case(ctx, list[dice.IntN(len(list))].ID)
		return err
	})
	if err != nil || whole == nil {
		return nil, nil, err
	}
	return whole, whole.Offers(p.joined.Role, repairtest.Env(p.now())), nil
}
