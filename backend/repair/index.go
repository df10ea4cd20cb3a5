package repair

// Rule is one rule of the guide: our own sentence for it, where it is enforced,
// and which tests carry it.
type Rule struct {
	ID          string   `json:"id"`
	Statement   string   `json:"statement"`
	StatementZh string   `json:"statement_zh"`
	Enforced    string   `json:"enforced"` // package.func, or the screen that keeps it
	Tests       []string `json:"tests"`    // package:TestName/subtest, or an end-to-end title
}

// Rules is the index of the guide's rules, R01 to R50.
func Rules() []Rule { return append([]Rule(nil), ruleIndex...) }
