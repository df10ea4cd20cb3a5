package centre

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Post carries letters away. An error that says Permanent of itself means that this
// recipient will never be reached. What an error says holds nothing personal: it
// is logged.
type Post interface {
	Send(ctx context.Context, l repair.Letter) error
}

// Letters is the outbox of letters. One stands in it once, whatever happens to it. It
// may be sent more often: when the mail server's answer is lost, when the centre ends
// before it has written that down, and from a copy that was restored. It has the same
// id each time.
type Letters interface {
	// SaveLetter keeps a letter, unless it is there.
	SaveLetter(ctx context.Context, l Letter) error
	HasLetter(ctx context.Context, l Letter) (bool, error)
	// LettersDue gives at most limit letters whose time has come, the longest due first.
	LettersDue(ctx context.Context, now repair.Instant, limit int) ([]Letter, error)
	// ClaimLetter puts a letter off until a moment and counts the try, unless another
	// has done so since it was read.
	ClaimLetter(ctx context.Context, l Letter, until repair.Instant) (done bool, err error)
	// SettleLetter says how the last try went: next is when the next one is, "" for never.
	SettleLetter(ctx context.Context, l Letter, outcome string, next, at repair.Instant) error
}

// Letter is one that is to be sent. It keeps no words: they are made when it goes,
// of what is true then.
type Letter struct {
	Account   repair.AccountID
	ID        string
	WorkOrder repair.WorkOrderID
	Rule      string
	Day       repair.Date // on which the reminder came due
	From      repair.Date // from which a person may decide
	Email     string
	Language  string
	At        repair.Instant
	Next      repair.Instant // of the next try; "" when there is none
	Attempts  int
	Outcome   string
}

// Outcomes of a letter.
const (
	LetterWaits   = ""
	LetterSent    = "sent"
	LetterMoot    = "moot"    // what it said is not so any more, or is not wanted
	LetterRefused = "refused" // the recipient's server will never take it
	LetterGivenUp = "given_up"
)

const (
	// letterLease is how long a try may take before another centre tries.
	letterLease = 10 * time.Minute
	// letterTries is how often a letter is tried: with the pauses below about five days.
	letterTries    = 28
	letterPause    = time.Minute
	letterPauseMax = 6 * time.Hour
	letterPage     = 20
	orderPage      = 200
)

// Remind writes the reminders that have come due into the outbox of letters (R37). Of
// a case that is damaged it gives the error and goes on with the others.
// Asked again it writes nothing new: each address has one letter of a reminder.
func (c *Centre) Remind(ctx context.Context) error {
	var damage []error
	for after := repair.WorkOrderID(""); ; {
		var ids []repair.WorkOrderID
		var letters []Letter
		var unread []error
		err := c.store.View(ctx, func(tx Tx) (err error) {
			letters, unread = nil, nil
			if ids, err = tx.OpenWorkOrders(ctx, after, orderPage); err != nil {
				return err
			}
			info, err := loadInfo(ctx, tx)
			if err != nil {
				return err
			}
			for _, id := range ids {
				due, err := c.lettersOf(ctx, tx, info, id)
				if errors.Is(err, errDamaged) {
					unread = append(unread, err)
					continue
				}
				if err != nil {
					return err
				}
				letters = append(letters, due...)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := c.keepLetters(ctx, letters); err != nil {
			return err
		}
		damage = append(damage, unread...)
		if len(ids) < orderPage {
			return errors.Join(damage...)
		}
		after = ids[len(ids)-1]
	}
}

// keepLetters writes the letters of a page in one transaction, and none for none: a
// reminder is due for days, and looked for every hour.
func (c *Centre) keepLetters(ctx context.Context, letters []Letter) error {
	if len(letters) == 0 {
		return nil
	}
	return c.store.Update(ctx, func(tx Tx) error {
		for _, l := range letters {
			if err := tx.SaveLetter(ctx, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// lettersOf gives the letters that a case is to have and has not.
func (c *Centre) lettersOf(ctx context.Context, tx Tx, info repair.CentreInfo, id repair.WorkOrderID) ([]Letter, error) {
	whole, box, err := c.writtenAbout(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	var list []Letter
	for _, m := range whole.RemindersDue(c.env(info, c.at())) {
		for _, to := range repair.Recipients(whole.Order.Contact, box, info.Languages) {
			l := Letter{Account: whole.Order.Account, ID: letterID(id, m, to), WorkOrder: id, Rule: m.Rule,
				Day: m.Day, From: m.EligibleFrom, Email: to.Email, Language: to.Language, At: c.at(), Next: c.at()}
			has, err := tx.HasLetter(ctx, l)
			if err != nil {
				return nil, err
			}
			if !has {
				list = append(list, l)
			}
		}
	}
	return list, nil
}

func (c *Centre) writtenAbout(ctx context.Context, tx Tx, id repair.WorkOrderID) (*repair.Case, repair.Mailbox, error) {
	whole, err := loadCase(ctx, tx, Operator(), id)
	if err != nil {
		return nil, repair.Mailbox{}, err
	}
	box, err := mailboxOf(ctx, tx, whole.Order.Account)
	return whole, box, err
}

// letterID is the same for the same reminder to the same recipient.
func letterID(id repair.WorkOrderID, m repair.Reminder, to repair.Recipient) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(id), m.Rule, string(m.Day), string(m.EligibleFrom), strings.ToLower(to.Email)}, "\n")))
	return hex.EncodeToString(sum[:16])
}

// Deliver sends the letters whose time has come. heard is told of each that could
// not be sent, by its id. Several centres on one store may deliver at once.
func (c *Centre) Deliver(ctx context.Context, post Post, heard func(id string, attempts int, err error)) error {
	for {
		var due []Letter
		err := c.store.View(ctx, func(tx Tx) (err error) {
			due, err = tx.LettersDue(ctx, c.at(), letterPage)
			return err
		})
		if err != nil || len(due) == 0 {
			return err
		}
		for _, l := range due {
			if err := c.deliver(ctx, post, l, heard); err != nil {
				return err
			}
		}
	}
}

func (c *Centre) deliver(ctx context.Context, post Post, l Letter, heard func(string, int, error)) error {
	mine := false
	err := c.store.Update(ctx, func(tx Tx) (err error) {
		mine, err = tx.ClaimLetter(ctx, l, repair.At(c.now().Add(letterLease)))
		return err
	})
	if err != nil || !mine {
		return err
	}
	l.Attempts++
	letter, wanted, failure := c.letter(ctx, l)
	if failure != nil && !errors.Is(failure, errDamaged) { // what is damaged may be mended, as a mail server may
		return failure
	}
	if wanted {
		failure = post.Send(ctx, letter)
	}
	outcome, next := LetterMoot, repair.Instant("")
	if failure != nil {
		heard(l.ID, l.Attempts, failure)
	}
	if wanted || failure != nil {
		outcome, next = c.outcome(failure, l.Attempts)
	}
	// What has happened is written down even when the centre is just stopping.
	return c.store.Update(context.WithoutCancel(ctx), func(tx Tx) error { return tx.SettleLetter(ctx, l, outcome, next, c.at()) })
}

func (c *Centre) outcome(err error, attempts int) (outcome string, next repair.Instant) {
	var permanent interface{ Permanent() bool }
	switch {
	case err == nil:
		return LetterSent, ""
	case errors.As(err, &permanent) && permanent.Permanent():
		return LetterRefused, ""
	case attempts >= letterTries:
		return LetterGivenUp, ""
	}
	pause := letterPauseMax
	if attempts < 10 { // 2^9 minutes are more than the longest pause
		pause = min(letterPause<<(attempts-1), letterPauseMax)
	}
	return LetterWaits, repair.At(c.now().Add(pause))
}

// letter makes the words' facts of what is true now. It is not wanted any more when
// the reminder has become moot, or its recipient another.
func (c *Centre) letter(ctx context.Context, l Letter) (letter repair.Letter, wanted bool, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		letter, wanted = repair.Letter{}, false
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		whole, box, err := c.writtenAbout(ctx, tx, l.WorkOrder)
		if errors.Is(err, refuse(repair.NotFound, wire.CodeOrderNotFound)) {
			return nil // of before the centre was restored
		}
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(repair.Recipients(whole.Order.Contact, box, info.Languages), func(r repair.Recipient) bool { return strings.EqualFold(r.Email, l.Email) }) {
			return nil
		}
		for _, m := range whole.RemindersDue(c.env(info, c.at())) {
			if m.Rule == l.Rule && m.Day == l.Day && m.EligibleFrom == l.From {
				letter, wanted = m.Letter(l.ID, repair.Recipient{Email: l.Email, Language: l.Language}, whole, info), true
			}
		}
		return nil
	})
	return letter, wanted, err
}
