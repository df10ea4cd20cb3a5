// Package letter writes a centre's letters in the customer's language and sends
// them by SMTP. It keeps nothing and decides nothing.
//
// No error of this package says who a letter is for or what a server said about
// them: errors are logged.
package letter

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"hashmend/backend/repair"
)

// Ways to protect the line to the mail server.
const (
	STARTTLS = "starttls"
	TLS      = "tls" // from the first byte
	Plain    = "off" // to this machine only
)

// Options say where letters are handed in, and as whom.
type Options struct {
	Server   string // host:port
	Security string // STARTTLS, TLS or Plain
	User     string // "" is nobody
	Password string
	From     string         // such as Ridge repairs <service@ridge.example>
	Roots    *x509.CertPool // nil means the system's
	Timeout  time.Duration  // of one letter; 0 means 30 s
}

// Sender hands letters to a mail server. It is safe for concurrent use.
type Sender struct {
	o          Options
	host       string
	port       int
	from       *netmail.Address
	fromDomain string
}

// New checks the options. No connection is made.
func New(o Options) (*Sender, error) {
	host, portText, err := net.SplitHostPort(o.Server)
	port, bad := strconv.ParseUint(portText, 10, 16)
	if err != nil || bad != nil || host == "" || port == 0 {
		return nil, fmt.Errorf("%q is no address such as mail.example:587", o.Server)
	}
	from, err := netmail.ParseAddress(o.From)
	if err != nil {
		return nil, errors.New("the sender is no address such as Ridge repairs <service@ridge.example>")
	}
	if _, ok := repair.MailAddress(from.Address); !ok {
		return nil, errors.New("the sender's address is none")
	}
	switch o.Security {
	case STARTTLS, TLS:
	case Plain:
		if !isHere(host) || o.User != "" {
			return nil, errors.New("without TLS a letter goes to this machine only, and without a password")
		}
	default:
		return nil, fmt.Errorf("%q is none of starttls, tls, off", o.Security)
	}
	if (o.User == "") != (o.Password == "") {
		return nil, errors.New("a user and a password belong together")
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Sender{o: o, host: host, port: int(port), from: from, fromDomain: domain}, nil
}

func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands a letter to the mail server. The same letter has the same Message-ID
// each time, so that a server that already has it can tell.
func (s *Sender) Send(ctx context.Context, l repair.Letter) error {
	m, err := s.message(l)
	if err != nil {
		return err
	}
	c, err := s.client()
	if err != nil {
		return &failure{at: "settings"}
	}
	ctx, cancel := context.WithTimeout(ctx, s.o.Timeout)
	defer cancel()
	// Only the dialling minds the context: a server that falls silent afterwards is
	// not waited for by a centre that stops.
	done := make(chan error, 1)
	go func() {
		err := c.DialAndSendWithContext(ctx, m)
		if err != nil && m.IsDelivered() { // it was taken, and only the goodbye failed
			err = nil
		}
		done <- err
	}()
	select {
	case <-ctx.Done():
		return &failure{at: "waiting"}
	case err := <-done:
		if err != nil {
			return told(err)
		}
		return nil
	}
}

func (s *Sender) message(l repair.Letter) (*mail.Msg, error) {
	subject, text, err := Write(l)
	if err != nil {
		return nil, err
	}
	m := mail.NewMsg(mail.WithNoDefaultUserAgent(), mail.WithCharset(mail.CharsetUTF8))
	if err := m.FromFormat(s.from.Name, s.from.Address); err != nil {
		return nil, &failure{at: "sender"}
	}
	if err := m.To(l.To); err != nil {
		return nil, &failure{at: "recipient", permanent: true}
	}
	m.Subject(subject)
	m.SetMessageIDWithValue(l.ID + "@" + s.fromDomain)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", l.Language)
	m.SetBodyString(mail.TypeTextPlain, text)
	return m, nil
}

func (s *Sender) client() (*mail.Client, error) {
	options := []mail.Option{
		mail.WithPort(s.port), mail.WithTimeout(s.o.Timeout), mail.WithHELO(s.fromDomain),
		mail.WithTLSConfig(&tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12, RootCAs: s.o.Roots}),
	}
	switch s.o.Security {
	case TLS:
		options = append(options, mail.WithSSL())
	case STARTTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.o.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.o.User), mail.WithPassword(s.o.Password))
	}
	return mail.NewClient(s.host, options...)
}

// failure says where a letter got stuck, and nothing about whose it is.
type failure struct {
	at        string
	code      int // the server's
	permanent bool
}

func (f *failure) Error() string {
	if f.code == 0 {
		return "the letter got stuck at: " + f.at
	}
	return fmt.Sprintf("the letter got stuck at: %s (%d)", f.at, f.code)
}

// Permanent reports that this recipient will never be reached.
func (f *failure) Permanent() bool { return f.permanent }

// told makes of an error what may be logged. Only a recipient that the server
// refuses for good is permanent: what a server says of us may be mended.
func told(err error) error {
	f := &failure{at: "connection"}
	var sending *mail.SendError
	var reply *textproto.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &sending):
		f.at = map[mail.SendErrReason]string{mail.ErrSMTPMailFrom: "sender", mail.ErrSMTPRcptTo: "recipient",
			mail.ErrSMTPData: "text", mail.ErrSMTPDataClose: "text", mail.ErrWriteContent: "text"}[sending.Reason]
		if f.at == "" {
			f.at = "conversation"
		}
		f.code = sending.ErrorCode()
		f.permanent = sending.Reason == mail.ErrSMTPRcptTo && unreachable(sending)
	case errors.As(err, &certificate):
		f.at = "certificate"
	case errors.As(err, &reply):
		f.at, f.code = "greeting, TLS or password", reply.Code
	case errors.Is(err, context.DeadlineExceeded):
		f.at = "waiting"
	}
	return f
}

// enhanced finds what a refusal is about (RFC 3463) behind its code. Servers give it
// whether or not they have offered it.
var enhanced = regexp.MustCompile(`\b5\d\d[ "]+5\.(\d{1,3})\.(\d{1,3})\b`)

// unreachable reports a refusal that is about the recipient and not about us: a relay
// that is set wrongly refuses everybody, with codes of the same kind.
func unreachable(sending *mail.SendError) bool {
	code := sending.ErrorCode()
	if code < 500 || code > 599 {
		return false
	}
	if about := enhanced.FindStringSubmatch(sending.Error()); about != nil {
		return about[1] == "1" || about[1] == "2" && about[2] == "1"
	}
	return code == 550 || code == 551 || code == 553
}
