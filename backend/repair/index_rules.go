package repair

var ruleIndex []Rule
