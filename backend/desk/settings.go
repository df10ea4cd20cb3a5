package desk

import (
	"context"
	"slices"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// preferencesName is where the vault keeps them.
const preferencesName = "preferences"

// Preferences gives what a person set on this PC, or how it starts.
func (d *Desk) Preferences(ctx context.Context) (out Preferences, err error) {
	out = Preferences{Language: "en", Theme: "auto", Density: "normal", Scale: 100, Sound: true}
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		_, err := t.Preference(ctx, preferencesName, &out)
		return err
	})
	out.Seen = nonNil(out.Seen)
	return out, err
}

// choices are the values that a preference may have.
var choices = []struct {
	name string
	of   func(Preferences) string
	in   []string
}{
	{"language", func(p Preferences) string { return p.Language }, []string{"en", "zh-CN"}},
	{"theme", func(p Preferences) string { return p.Theme }, []string{"auto", "light", "dark"}},
	{"density", func(p Preferences) string { return p.Density }, []string{"compact", "normal", "bench"}},
}

// SetPreferences saves them.
func (d *Desk) SetPreferences(ctx context.Context, p Preferences) (Preferences, error) {
	for _, c := range choices {
		if !slices.Contains(c.in, c.of(p)) {
			return Preferences{}, ErrPreference.With("name", c.name, "value", c.of(p))
		}
	}
	if p.Scale < 50 || p.Scale > 300 {
		return Preferences{}, ErrPreference.With("name", "scale", "value", itoa(p.Scale))
	}
	p.Seen = nonNil(p.Seen)
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error { return t.SavePreference(ctx, preferencesName, p) })
	if err != nil {
		return Preferences{}, err
	}
	d.Emit("settings")
	return p, nil
}

// Catalog gives the embedded data a screen offers to choose from.
func (d *Desk) Catalog(context.Context) (Catalog, error) {
	out := Catalog{Models: []string{}, Carriers: repair.Carriers(), Faults: repair.Faults(), Voids: repair.VoidReasons(),
		Scraps: repair.ScrapReasons(), Rejections: repair.RejectionReasons(), Rules: []RuleText{}, Countries: strings.Fields(countries)}
	for _, m := range repair.Models() {
		out.Models = append(out.Models, m.Name)
	}
	for _, r := range repair.Rules() {
		out.Rules = append(out.Rules, RuleText{ID: r.ID, En: r.Statement, Zh: r.StatementZh})
	}
	return out, nil
}

// CentreInfo gives what the centre says about itself; empty before it was heard.
func (d *Desk) CentreInfo(ctx context.Context) (repair.CentreInfo, error) {
	info, _, err := d.centre(ctx)
	info.Address, info.Payees, info.Languages = nonNil(info.Address), nonNil(info.Payees), nonNil(info.Languages)
	return info, err
}

// countries are the ISO 3166-1 codes of two letters.
const countries = `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`
