package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/atomicfile"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
)

// beginning is what a new centre is asked for.
type beginning struct {
	name, nameZh, phone    string
	addressEn, addressZh   string // lines, with semicolons
	receiverEn, receiverZh string
	languages              string
	listen, tls, names     string
	payees                 []string
	yes                    bool
}

// begin makes a new centre. At a terminal it asks for what the flags did not say.
func (t *terminal) begin(ctx context.Context, args []string) error {
	var b beginning
	c, err := t.parse("init", args, nil, b.flags)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.dir, "centre.db")); err == nil {
		return fmt.Errorf("there is a centre in %s already", c.dir)
	}
	if !b.yes {
		if !t.asking {
			return fmt.Errorf("%w: nobody is at a terminal to be asked; say it with flags and --yes", errUsage)
		}
		if err := b.ask(t.in, t.out); err != nil {
			return err
		}
	}
	info, err := b.info()
	if err != nil {
		return fmt.Errorf("%w:\n%w", errUsage, err)
	}
	c, err = b.settle(c, t.getenv)
	if err != nil {
		return err
	}
	return t.make(ctx, c, info)
}

func (b *beginning) flags(f *flag.FlagSet) {
	f.StringVar(&b.name, "name", "", "the centre's `name`")
	f.StringVar(&b.nameZh, "name-zh", "", "its Chinese `name`")
	f.StringVar(&b.phone, "phone", "", "the `number` that a carrier may call")
	f.StringVar(&b.addressEn, "address-en", "", "where parcels go, in English; `lines` with semicolons")
	f.StringVar(&b.receiverEn, "receiver-en", "", "who receives them; the centre's name when empty")
	f.StringVar(&b.addressZh, "address-zh", "", "where parcels go, in Chinese; `lines` with semicolons")
	f.StringVar(&b.receiverZh, "receiver-zh", "", "who receives them; the centre's Chinese name when empty")
	f.StringVar(&b.languages, "languages", "en,zh-CN", "the `languages` that the centre answers in")
	f.Func("payee", "where money goes, such as `method=bank_transfer,currency=USD,name=…,account=…,bank=…,swift=…`; may be repeated",
		func(text string) error { b.payees = append(b.payees, text); return nil })
	f.StringVar(&b.listen, "listen", "0.0.0.0:8470", "`address` to listen on")
	f.StringVar(&b.tls, "tls", "self-signed", "off, self-signed or files")
	f.StringVar(&b.names, "names", "", "host names and addresses of the certificate; those of this machine when empty")
	f.BoolVar(&b.yes, "yes", false, "ask nothing")
}

// ask puts the questions. An empty answer takes what stands in the brackets.
func (b *beginning) ask(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	var payee string
	for _, q := range []struct {
		text string
		to   *string
	}{
		{"Name of the centre", &b.name},
		{"Its Chinese name", &b.nameZh},
		{"Address for parcels in English, lines with semicolons", &b.addressEn},
		{"Who receives them, in English", &b.receiverEn},
		{"Address for parcels in Chinese, lines with semicolons", &b.addressZh},
		{"Who receives them, in Chinese", &b.receiverZh},
		{"Telephone", &b.phone},
		{"Where money goes (method=bank_transfer,currency=USD,name=…,account=…,bank=…,swift=…); empty for later", &payee},
		{"Languages", &b.languages},
		{"Address to listen on", &b.listen},
		{"TLS: self-signed, files or off", &b.tls},
	} {
		fmt.Fprintf(out, "%s [%s]: ", q.text, *q.to)
		if !lines.Scan() {
			return errors.Join(errors.New("the answers end too early; nothing was made"), lines.Err())
		}
		if answer := strings.TrimSpace(lines.Text()); answer != "" {
			*q.to = answer
		}
	}
	if payee != "" {
		b.payees = append(b.payees, payee)
	}
	return nil
}

// info is what the centre will say about itself; every mistake is named.
func (b *beginning) info() (repair.CentreInfo, error) {
	var mistakes []error
	info := repair.CentreInfo{Name: strings.TrimSpace(b.name), NameZh: strings.TrimSpace(b.nameZh),
		Languages: list(b.languages), Settings: repair.DefaultSettings()}
	if info.Name == "" {
		mistakes = append(mistakes, errors.New("name: it is empty"))
	}
	if info.NameZh == "" {
		info.NameZh = info.Name
	}
	for _, one := range info.Languages {
		if err := oneOf(one, "en", "zh-CN"); err != nil {
			mistakes = append(mistakes, fmt.Errorf("languages: %w", err))
		}
	}
	for _, a := range []struct{ language, lines, receiver, name string }{
		{"zh-CN", b.addressZh, b.receiverZh, info.NameZh}, {"en", b.addressEn, b.receiverEn, info.Name}} {
		lines := strings.FieldsFunc(a.lines, func(r rune) bool { return r == ';' || r == '；' })
		for i := range lines {
			lines[i] = strings.TrimSpace(lines[i])
		}
		if len(lines) == 0 {
			continue
		}
		if a.receiver == "" {
			a.receiver = a.name
		}
		info.Address = append(info.Address, repair.CentreAddress{Language: a.language, Lines: lines, Name: a.receiver, Phone: b.phone})
	}
	for _, text := range b.payees {
		payee, err := readPayee(text)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("payee: %w", err))
		}
		info.Payees = append(info.Payees, payee)
	}
	return info, errors.Join(mistakes...)
}

func readPayee(text string) (p repair.Payee, err error) {
	fields := map[string]*string{"method": (*string)(&p.Method), "currency": &p.Currency, "name": &p.Name, "account": &p.Account,
		"bank": &p.Bank, "swift": &p.Swift, "network": &p.Network, "hint": &p.Hint}
	for _, pair := range list(text) {
		name, value, _ := strings.Cut(pair, "=")
		field, known := fields[strings.TrimSpace(name)]
		if !known {
			err = errors.Join(err, fmt.Errorf("%q is none of method, currency, name, account, bank, swift, network, hint", name))
			continue
		}
		*field = strings.TrimSpace(value)
	}
	if e := oneOf(string(p.Method), string(repair.PayBankTransfer), string(repair.PayUSDTTRC20)); e != nil {
		err = errors.Join(err, fmt.Errorf("method: %w", e))
	}
	for _, name := range []string{"currency", "name", "account"} {
		if *fields[name] == "" {
			err = errors.Join(err, fmt.Errorf("%s is missing", name))
		}
	}
	return p, err
}

// settle looks the settings over as serve will, before anything is made.
func (b *beginning) settle(c config, getenv func(string) string) (config, error) {
	flags := map[string]string{"listen": b.listen, "tls": b.tls, "names": b.names, "files": c.files, "db": c.db}
	if b.tls == "files" { // the files may come later
		flags["tls"] = "self-signed"
	}
	c, err := readConfig(c.dir, "", getenv, flags)
	c.tls = b.tls
	return c, err
}

// make makes the centre, writes its settings and says how to go on.
func (t *terminal) make(ctx context.Context, c config, info repair.CentreInfo) error {
	host, err := c.open(ctx, centrehost.Options{Info: info})
	if err != nil {
		return err
	}
	invite, err := host.Invite(ctx, repair.RoleOffice, "", "Office")
	if err := errors.Join(err, host.Close()); err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(c.dir, configName), []byte(c.text()), 0o600); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "The centre %q is in %s, its settings in %s.\n", info.Name, c.dir, configName)
	if c.tls == "self-signed" {
		certificate, err := c.certificate()
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "Fingerprint, for desks to compare: %s\n", pinOf(certificate))
	}
	fmt.Fprintf(t.out, "Invite for the office, for one PC, until %s: %s\n", invite.Expires, invite.Code)
	_, err = fmt.Fprintf(t.out, "\nNext:\n  centred serve --data %[1]s\n  centred invite --data %[1]s --account \"A customer's name\"\n", c.dir)
	return err
}

// text is a file of settings, with the others to be found in it.
func (c config) text() string {
	var b strings.Builder
	b.WriteString("# Settings of centred; \"centred serve --help\" tells what each means.\n")
	chosen := map[string]string{"listen": c.listen, "tls": c.tls, "names": strings.Join(c.names, ","), "files": c.files, "db": c.db}
	for _, s := range settings {
		if value := chosen[s.name]; value != "" {
			fmt.Fprintf(&b, "%s = %q\n", s.name, value)
			continue
		}
		fmt.Fprintf(&b, "# %s = %q\n", s.name, s.value)
	}
	return b.String()
}
