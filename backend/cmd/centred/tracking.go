package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hashmend/backend/carrier"
	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// trackingConfig is whom a centre asks where parcels are.
type trackingConfig struct {
	carrier.Settings
	limit int
	url   string // under which services reach this centre
}

// trackingSettings are those of the services. What is wrong with a key is said
// without it.
var trackingSettings = withFiles([]setting{
	{"kuaidi100-customer", "", "the `customer` id of kuaidi100, which knows Chinese carriers", func(c *config, text string) error {
		c.tracking.Kuaidi100.Customer = text
		return noSpace(text)
	}},
	{"kuaidi100-key", "", "its `key`" + secretWords, func(c *config, text string) error { c.tracking.Kuaidi100.Key = text; return noSpace(text) }},
	{"kuaidi100-salt", "", "the `salt` that proves its pushes, at least 16 letters of your own choice" + secretWords, func(c *config, text string) error {
		if c.tracking.Kuaidi100.Salt = text; text != "" && len(text) < 16 {
			return errors.New("it is shorter than 16 letters")
		}
		return noSpace(text)
	}},
	{"kuaidi100-url", "", "`address` of its server, when not its own", func(c *config, text string) error {
		c.tracking.Kuaidi100.Address = text
		return isService(text)
	}},
	{"sf-partner", "", "the `partner` id at the open platform of SF Express", func(c *config, text string) error {
		c.tracking.SF.Partner = text
		return noSpace(text)
	}},
	{"sf-checkword", "", "its `checkword`" + secretWords, func(c *config, text string) error { c.tracking.SF.Checkword = text; return noSpace(text) }},
	{"sf-url", "", "`address` of the platform, when not its own, such as that of its sandbox", func(c *config, text string) error {
		c.tracking.SF.Address = text
		return isService(text)
	}},
	{"track17-key", "", "the `key` of 17track, which knows what crosses borders" + secretWords, func(c *config, text string) error {
		c.tracking.Track17.Key = text
		return noSpace(text)
	}},
	{"track17-url", "", "`address` of its API, when not its own", func(c *config, text string) error {
		c.tracking.Track17.Address = text
		return isService(text)
	}},
	{"tracking-limit", "2000", "questions to one tracking service on a day (default 2000)", func(c *config, text string) (err error) {
		if c.tracking.limit, err = strconv.Atoi(text); err == nil && c.tracking.limit < 1 {
			err = fmt.Errorf("%d is less than one", c.tracking.limit)
		}
		return err
	}},
	{"public-url", "", "`address` under which services on the Internet reach this centre, such as https://repair.example; kuaidi100 pushes there", func(c *config, text string) error {
		c.tracking.url = strings.TrimRight(text, "/")
		return isService(text)
	}},
})

func noSpace(text string) error {
	if strings.ContainsAny(text, " \t\r\n") {
		return errors.New("it has a space or a line's end in it")
	}
	return nil
}

// isService accepts an address to which a key may be sent.
func isService(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("it is no address such as https://service.example/api")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(net.JoinHostPort(u.Hostname(), "0"))) {
		return errors.New("it does not begin with https://")
	}
	return nil
}

// together finds settings that do not fit each other.
func (t trackingConfig) together() (mistakes []error) {
	pair := func(one, other, names string) {
		if (one == "") != (other == "") {
			mistakes = append(mistakes, errors.New(names+": both are needed"))
		}
	}
	pair(t.Kuaidi100.Customer, t.Kuaidi100.Key, "kuaidi100-customer and kuaidi100-key")
	pair(t.SF.Partner, t.SF.Checkword, "sf-partner and sf-checkword")
	if t.url != "" && t.Kuaidi100.Key != "" && t.Kuaidi100.Salt == "" {
		mistakes = append(mistakes, errors.New("public-url with kuaidi100: kuaidi100-salt is needed, or its pushes prove nothing"))
	}
	return mistakes
}

// tracks gives the services that have their keys.
func (c config) tracks() centre.Tracks {
	t := centre.Tracks{Services: carrier.New(c.tracking.Settings, nil, nil), Limit: c.tracking.limit}
	if c.tracking.url != "" {
		t.Callback = c.tracking.url + wire.PathTracking
	}
	return t
}

// track asks a service about one number, to see whether its settings are right. It
// notes nothing, and is not counted.
func (t *terminal) track(ctx context.Context, args []string) error {
	var ask carrier.Ask
	c, err := t.parse("track", args, slices.Concat([]setting{dbSetting, filesSetting}, trackingSettings), func(f *flag.FlagSet) {
		f.StringVar((*string)(&ask.Carrier), "carrier", "sf", "whose `code` the number is: sf, deppon, kye, dhl …")
		f.StringVar((*string)(&ask.Number), "waybill", "", "the `number`")
		f.StringVar(&ask.Phone, "phone", "", "`phone` of sender or receiver, or its last four digits")
	})
	if err != nil {
		return err
	}
	if ask.Number = repair.NormalWaybill(ask.Number); ask.Number == "" {
		return fmt.Errorf("%w: --waybill is missing", errUsage)
	}
	services := c.tracks().Services
	if len(services) == 0 {
		return errors.New("no tracking service has its keys; centred serve --help lists them")
	}
	service := carrier.For(services, ask.Carrier)
	if service == nil {
		return fmt.Errorf("none of the services knows the carrier %q", ask.Carrier)
	}
	events, err := service.Ask(ctx, ask)
	if err != nil {
		return fmt.Errorf("%s: %s", service.Name(), trackingWords(err))
	}
	if _, err := fmt.Fprintf(t.out, "%s knows %s: %d events\n", service.Name(), ask.Number, len(events)); err != nil {
		return err
	}
	for _, e := range events {
		if _, err := fmt.Fprintf(t.out, "%s  %-20s  %s %s\n", e.At, e.Status, e.Place, e.Text); err != nil {
			return err
		}
	}
	return nil
}

// trackingWords says in English what a service's refusal means for the operator.
func trackingWords(err error) string {
	for refusal, words := range map[*repair.Error]string{
		carrier.ErrKey:     "it refuses the key, or this machine's address, or the right to ask",
		carrier.ErrQuota:   "the questions of the day or the paid ones are used up",
		carrier.ErrSilent:  "it does not answer",
		carrier.ErrAnswer:  "its answer cannot be read: is the address right?",
		carrier.ErrNumber:  "it does not know the number, or does not show it to this phone; the key is right",
		carrier.ErrCarrier: "it does not know the carrier; the key is right",
		carrier.ErrPhone:   "it asks for the last four digits of the sender's or receiver's phone: --phone",
	} {
		if errors.Is(err, refusal) {
			if cause := errors.Unwrap(err); cause != nil {
				return words + " (" + cause.Error() + ")"
			}
			return words
		}
	}
	return err.Error()
}
