package repair

import (
	"net/mail"
	"strings"
)

// Mailbox is where an account is written to while its desk is closed. It belongs
// to no work order.
type Mailbox struct {
	Account   AccountID `json:"account"`
	Email     string    `json:"email"`     // "" for none
	Language  string    `json:"language"`  // one of MailLanguages
	Reminders bool      `json:"reminders"` // letters before a forfeiture (R37)
	At        Instant   `json:"at"`
	By        string    `json:"by"`
	Rev       int64     `json:"rev"`
}

// MailboxGiven is what a customer sets about it.
type MailboxGiven struct {
	Email     string `json:"email"`
	Language  string `json:"language"`
	Reminders bool   `json:"reminders"`
}

// MailLanguages are those in which a centre can write.
func MailLanguages() []string { return []string{"en", "zh-CN", "ru", "es"} }

// SetMailbox applies what a customer set. The account is the own one, whatever
// the command says.
func SetMailbox(by Person, cmd Command, env Env) (Mailbox, error) {
	if err := checkDeed(by, cmd, CmdSetMailbox); err != nil {
		return Mailbox{}, err
	}
	box, err := NewMailbox(by.Account, *cmd.Mailbox)
	if err != nil {
		return Mailbox{}, err
	}
	box.At, box.By = env.Now, by.Name
	return box, nil
}

// NewMailbox checks an address and a language.
func NewMailbox(account AccountID, given MailboxGiven) (Mailbox, error) {
	box := Mailbox{Account: account, Language: given.Language, Reminders: given.Reminders}
	if !has(MailLanguages(), given.Language) {
		return Mailbox{}, ErrMailLanguage.With("language", clip(given.Language))
	}
	if blank(given.Email) {
		return box, nil
	}
	address, ok := MailAddress(given.Email)
	if !ok {
		return Mailbox{}, ErrMailAddress
	}
	box.Email = address
	return box, nil
}

// maxMailAddress is the longest that a server takes.
const maxMailAddress = 254

// MailAddress reads one plain address, such as a person types it. It is printable
// ASCII without a display name, so it cannot bring a second line or a second
// recipient into a letter.
func MailAddress(text string) (address string, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) > maxMailAddress {
		return "", false
	}
	for _, r := range text {
		if r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>[]\`, r) {
			return "", false
		}
	}
	read, err := mail.ParseAddress(text)
	if err != nil || read.Name != "" || read.Address != text {
		return "", false
	}
	_, domain, _ := strings.Cut(text, "@")
	if !strings.Contains(strings.Trim(domain, "."), ".") {
		return "", false
	}
	return text, true
}

// UsualMailLanguage is in which a centre of these languages writes to an account that
// has chosen none.
func UsualMailLanguage(languages []string) string {
	for _, one := range languages {
		if found := mailLanguage(one); found != "" {
			return found
		}
	}
	return "en"
}

// mailLanguage is the language nearest to what a person's PC says, "" for none.
func mailLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")), "-")
	for _, one := range MailLanguages() {
		if mine, _, _ := strings.Cut(one, "-"); base == mine {
			return one
		}
	}
	return ""
}
