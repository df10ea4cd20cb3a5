package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"hashmend/backend/checkout"
	"hashmend/backend/letter"
)

// configName is the file of settings in a data folder.
const configName = "centred.toml"

// config is how a centre is run. What it says about itself is in its store.
type config struct {
	dir      string
	listen   string
	tls      string // off, self-signed, files
	cert     string
	key      string
	names    []string       // of a self-signed certificate
	proxies  []netip.Prefix // whose word about the sender's address is believed
	metrics  string
	rate     int
	json     bool
	debug    bool
	db       string // the store: postgres://…, or a file in the data folder when empty
	files    string // where photos and vouchers are: s3://…, or the data folder when empty
	register bool
	quota    int64
	reserve  int64
	mail     letter.Options // without a server no letters are written
	tracking trackingConfig
	checkout checkout.Settings // without an address there is no payment page
}

// setting is one line of the file, one variable and, unless it is secret, one flag.
type setting struct {
	name, value, usage string
	read               func(c *config, text string) error
}

func (s setting) variable() string {
	return "CENTRED_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

// dbSetting says where a centre's store is. Every command takes it.
var dbSetting = setting{"db", "", "`address` of a PostgreSQL database instead of a file in the data folder, such as " +
	"postgres://user@host/centre, or with a standby postgres://user@one,two/centre?target_session_attrs=read-write; " +
	"one with a password belongs into the file or the environment", func(c *config, text string) error {
	if c.db = text; text != "" && !strings.HasPrefix(text, "postgres://") && !strings.HasPrefix(text, "postgresql://") {
		return errors.New("it does not begin with postgres://") // and may hold a password
	}
	return nil
}}

// filesSetting says where a centre's files are. Every command takes it.
var filesSetting = setting{"files", "", "`address` of a bucket for photos and vouchers, such as s3://bucket/prefix?endpoint=https://host&region=r; " +
	"its keys come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY); empty is the data folder", func(c *config, text string) error {
	if c.files = text; text != "" && !strings.HasPrefix(text, "s3://") {
		return fmt.Errorf("%q does not begin with s3://", text)
	}
	return nil
}}

// settings are all there are, each with its default.
var settings = slices.Concat(ownSettings, trackingSettings, checkoutSettings)

var ownSettings = []setting{
	{"listen", "127.0.0.1:0", "`address` to listen on; port 0 is any free one (default 127.0.0.1:0)", func(c *config, text string) error {
		c.listen = text
		return isAddress(text)
	}},
	{"tls", "off", "off, self-signed (a certificate of its own, whose fingerprint desks compare) or files (default off)", func(c *config, text string) error {
		c.tls = text
		return oneOf(text, "off", "self-signed", "files")
	}},
	{"cert", "", "`file` of the certificate chain, PEM, with tls files", func(c *config, text string) error { c.cert = text; return readable(text) }},
	{"key", "", "`file` of its private key, PEM, with tls files", func(c *config, text string) error { c.key = text; return readable(text) }},
	{"names", "", "host names and addresses of a self-signed certificate, with commas", func(c *config, text string) error {
		c.names = list(text)
		return nil
	}},
	{"proxies", "", "networks of a reverse proxy that speaks TLS for us, such as 127.0.0.1/32, with commas", func(c *config, text string) (err error) {
		for _, one := range list(text) {
			prefix, bad := netip.ParsePrefix(one)
			c.proxies = append(c.proxies, prefix)
			err = errors.Join(err, bad)
		}
		return err
	}},
	{"metrics", "", "`address` that serves /metrics too; this machine may always read it", func(c *config, text string) error {
		if c.metrics = text; text == "" {
			return nil
		}
		return isAddress(text)
	}},
	{"rate", "200", "requests a second of one account or, before it is known, of one address; 0 is no limit (default 200)", func(c *config, text string) (err error) {
		c.rate, err = strconv.Atoi(text)
		return errors.Join(err, notNegative(int64(c.rate)))
	}},
	dbSetting, filesSetting,
	{"quota-mb", "20000", "megabytes of files of one account; 0 is no limit (default 20000)", func(c *config, text string) error {
		return megabytes(&c.quota, text)
	}},
	{"reserve-mb", "500", "megabytes of the disk that files may not fill, so that orders still come in (default 500)", func(c *config, text string) error {
		return megabytes(&c.reserve, text)
	}},
	{"mail-server", "", "`address` of the mail server that takes letters to customers, such as mail.example:587; empty writes none", func(c *config, text string) error {
		if c.mail.Server = text; text == "" {
			return nil
		}
		return isAddress(text)
	}},
	{"mail-tls", "starttls", "starttls, tls (from the first byte) or off (to this machine only) (default starttls)", func(c *config, text string) error {
		c.mail.Security = text
		return oneOf(text, letter.STARTTLS, letter.TLS, letter.Plain)
	}},
	{"mail-from", "", "the sender of letters, such as `Ridge repairs <service@ridge.example>`", func(c *config, text string) error {
		c.mail.From = text
		return nil
	}},
	{"mail-user", "", "the `name` by which the mail server knows the centre; empty is none", func(c *config, text string) error {
		c.mail.User = text
		return nil
	}},
	{"mail-password-file", "", "`file` that holds its password and nothing else, for its owner only", func(c *config, text string) (err error) {
		c.mail.Password, err = secretIn(text)
		return err
	}},
	{"mail-ca", "", "`file` of the authorities that vouch for the mail server, PEM; empty is the system's", func(c *config, text string) (err error) {
		c.mail.Roots, err = authorities(text)
		return err
	}},
	{"open-registration", "false", "let strangers make a customer's account without an invite", func(c *config, text string) (err error) {
		c.register, err = strconv.ParseBool(text)
		return err
	}},
	{"log", "json", "json or text (default json)", func(c *config, text string) error {
		c.json = text == "json"
		return oneOf(text, "json", "text")
	}},
	{"debug", "false", "log every request, without who and where from", func(c *config, text string) (err error) {
		c.debug, err = strconv.ParseBool(text)
		return err
	}},
}

// readConfig takes each setting from the place that says it last and names every
// mistake at once.
func readConfig(dir, file string, getenv func(string) string, flags map[string]string) (config, error) {
	c := config{dir: dir}
	inFile, err := readFile(dir, file)
	if err != nil {
		return c, fmt.Errorf("%w: %w", errUsage, err)
	}
	var mistakes []error
	for _, s := range settings {
		value, from := s.value, "default"
		if text, ok := inFile[s.name]; ok {
			value, from = text, "file"
			delete(inFile, s.name)
		}
		if text := getenv(s.variable()); text != "" {
			value, from = text, s.variable()
		}
		if text, ok := flags[s.name]; ok {
			value, from = text, "--"+s.name
		}
		if err := s.read(&c, value); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s (%s): %w", s.name, from, err))
		}
	}
	for name := range inFile {
		mistakes = append(mistakes, fmt.Errorf("%s (file): there is no such setting", name))
	}
	mistakes = append(mistakes, c.together()...)
	if len(mistakes) == 0 {
		return c, nil
	}
	slices.SortFunc(mistakes, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return c, fmt.Errorf("%w: the settings are wrong:\n%w", errUsage, errors.Join(mistakes...))
}

// together finds settings that do not fit each other.
func (c config) together() (mistakes []error) {
	if c.tls == "files" && (c.cert == "" || c.key == "") {
		mistakes = append(mistakes, errors.New("tls files: cert and key are both needed"))
	}
	if c.tls == "off" && len(c.proxies) == 0 && isAddress(c.listen) == nil && !isLoopback(c.listen) {
		mistakes = append(mistakes, fmt.Errorf("listen %s: tokens would travel in the clear; "+
			"use tls self-signed, tls files, or name the reverse proxy that speaks TLS in proxies", c.listen))
	}
	if c.mail.Server != "" {
		if _, err := letter.New(c.mail); err != nil {
			mistakes = append(mistakes, fmt.Errorf("mail: %w", err))
		}
	}
	mistakes = append(mistakes, checkoutTogether(c.checkout)...)
	return append(mistakes, c.tracking.together()...)
}

func readFile(dir, file string) (map[string]string, error) {
	optional := file == ""
	if optional {
		file = filepath.Join(dir, configName)
	}
	var raw map[string]any
	_, err := toml.DecodeFile(file, &raw)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := map[string]string{}
	for name, value := range raw {
		out[name] = asText(value)
	}
	return out, nil
}

// asText lets a file say a list as a list and a number as a number.
func asText(value any) string {
	many, ok := value.([]any)
	if !ok {
		return fmt.Sprint(value)
	}
	parts := make([]string, len(many))
	for i, one := range many {
		parts[i] = fmt.Sprint(one)
	}
	return strings.Join(parts, ",")
}

func list(text string) (out []string) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func isAddress(text string) error {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return fmt.Errorf("%q is no address such as 0.0.0.0:8470", text)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%q is no port", port)
	}
	return nil
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func oneOf(text string, allowed ...string) error {
	if slices.Contains(allowed, text) {
		return nil
	}
	return fmt.Errorf("%q is none of %s", text, strings.Join(allowed, ", "))
}

func readable(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}

func notNegative(n int64) error {
	if n < 0 {
		return fmt.Errorf("%d is less than nothing", n)
	}
	return nil
}

const megabyte = 1 << 20

func megabytes(to *int64, text string) error {
	n, err := strconv.ParseInt(text, 10, 32)
	*to = n * megabyte
	return errors.Join(err, notNegative(n))
}
