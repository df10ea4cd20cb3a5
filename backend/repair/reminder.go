package repair

import (
	"cmp"
	"slices"
	"strings"
)

// Reminder is a word of warning before a forfeiture that has come due (R37).
type Reminder struct {
	Rule         string     `json:"rule"`          // on what ground: R35 or R36
	Day          Date       `json:"day"`           // since when it is due
	EligibleFrom Date       `json:"eligible_from"` // the first day on which a person may decide
	Devices      []DeviceID `json:"devices"`
	Due          []Money    `json:"due"` // what is to be paid for the work order, per currency
}

// RemindersDue gives, for each ground and start of its days, the newest reminder
// that is due. One that a later one has overtaken is not caught up on: nobody
// needs three letters on one morning.
func (c *Case) RemindersDue(env Env) []Reminder {
	if c.Order.CancelledAt.IsSet() || c.Order.ClosedAt.IsSet() || c.Order.ForfeitedAt.IsSet() {
		return nil
	}
	r := newRun(c, Person{}, Command{}, env)
	var list []Reminder
	for i := range c.Devices {
		d := &c.Devices[i]
		day, ok := r.reminderDue(d)
		if !ok {
			continue
		}
		from, why, _ := r.forfeitWhy(d)
		at := slices.IndexFunc(list, func(m Reminder) bool { return m.Rule == why.Rule && m.Day == day && m.EligibleFrom == from })
		if at < 0 {
			at = len(list)
			list = append(list, Reminder{Rule: why.Rule, Day: day, EligibleFrom: from})
		}
		list[at].Devices = append(list[at].Devices, d.ID)
	}
	for i := range list {
		if list[i].Rule == "R35" {
			list[i].Due = c.Due()
		}
	}
	slices.SortStableFunc(list, func(a, b Reminder) int { return cmp.Compare(a.Day, b.Day) })
	return list
}

// reminderDue is the last of a device's reminder days that has come.
func (r *run) reminderDue(d *Device) (day Date, due bool) {
	today := r.env.Today()
	for _, one := range r.reminders(d) {
		if one <= today {
			day, due = one, true
		}
	}
	return day, due
}

// Recipient is where a letter goes.
type Recipient struct {
	Email    string
	Language string
}

// Recipients are who is written to about a work order: its contact and the
// account, each once. Nobody, when the account does not want letters.
func Recipients(contact Contact, box Mailbox, languages []string) []Recipient {
	if !box.Reminders {
		return nil
	}
	usual := UsualMailLanguage(languages)
	var list []Recipient
	for _, one := range []Recipient{{contact.Email, contact.Language}, {box.Email, box.Language}} {
		address, ok := MailAddress(one.Email)
		if !ok || slices.ContainsFunc(list, func(r Recipient) bool { return strings.EqualFold(r.Email, address) }) {
			continue
		}
		language := cmp.Or(mailLanguage(one.Language), mailLanguage(box.Language), usual)
		list = append(list, Recipient{address, language})
	}
	return list
}

// LetterKind says which words a letter has.
type LetterKind string

// Kinds of letters.
const (
	LetterUnpaid  LetterKind = "reminder_unpaid"  // R35
	LetterRefused LetterKind = "reminder_refused" // R36
)

// LetterKinds lists them.
func LetterKinds() []LetterKind { return []LetterKind{LetterUnpaid, LetterRefused} }

// Letter is what a centre writes to a customer by mail. The words are chosen where
// it is sent.
type Letter struct {
	ID       string
	To       string
	Language string
	Kind     LetterKind
	Facts    LetterFacts
}

// LetterFacts are what a letter says of a work order.
type LetterFacts struct {
	Centre       string
	Number       string
	Reference    string // the customer's own
	Devices      int
	Serials      []string // at most ten
	Due          []string
	Day          Date
	EligibleFrom Date
}

// maxSerials is how many serial numbers a letter names.
const maxSerials = 10

// Letter gives what a reminder says to a recipient.
func (m Reminder) Letter(id string, to Recipient, c *Case, centre CentreInfo) Letter {
	l := Letter{ID: id, To: to.Email, Language: to.Language, Kind: LetterUnpaid, Facts: LetterFacts{
		Centre: centre.Name, Number: c.Order.Number, Reference: c.Order.Reference, Devices: len(m.Devices),
		Day: m.Day, EligibleFrom: m.EligibleFrom,
	}}
	if m.Rule == "R36" {
		l.Kind = LetterRefused
	}
	if to.Language == "zh-CN" && centre.NameZh != "" {
		l.Facts.Centre = centre.NameZh
	}
	for _, id := range m.Devices[:min(len(m.Devices), maxSerials)] {
		if d := c.Device(id); d != nil {
			l.Facts.Serials = append(l.Facts.Serials, string(d.Serial))
		}
	}
	for _, amount := range m.Due {
		l.Facts.Due = append(l.Facts.Due, amount.String())
	}
	return l
}
