package repair

// Rule is one rule of the guide: our own sentence for it, where it is enforced,
// and which tests carry it.
type Rule struct {
	ID          string   `json:"id"`
	Statement   string   `json:"statement"`
	StatementZh string   `json:"statement_zh"`
	Enforced    string   `json:"enforced"` // package.name, or the screen that keeps it
	Tests       []string `json:"tests"`    // package:TestName/subtest, or e2e:title
	// DeskOnly says why a centre has nothing to do for the rule. All others have a
	// test that asks a centre over HTTP.
	DeskOnly string `json:"desk_only,omitempty"`
}

// deskOnly are the rules that have no side at the centre, and why.
var deskOnly = map[string]string{
	"R01": "the request is drafted on the desk, without a connection; what is filed is R11's",
	"R24": "the warning comes before the dispatch; the centre counts the day of arrival, R23",
	"R49": "it is about a desk without a connection",
}

// ruleText is what stands in the index by hand; the tests are gathered.
type ruleText struct {
	id, en, zh, enforced string
	screens              []string // titles of end-to-end tests
}

// Rules is the index of the guide's rules, R01 to R50.
func Rules() []Rule {
	list := make([]Rule, 0, len(ruleTexts))
	for _, text := range ruleTexts {
		rule := Rule{ID: text.id, Statement: text.en, StatementZh: text.zh, Enforced: text.enforced, DeskOnly: deskOnly[text.id]}
		rule.Tests = append(rule.Tests, ruleTests[text.id]...)
		for _, title := range text.screens {
			rule.Tests = append(rule.Tests, "e2e:"+title)
		}
		list = append(list, rule)
	}
	return list
}
