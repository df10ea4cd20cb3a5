package repair

// DeclineRule says whether a quote of that class may be declined, and which rule
// decides: scrap and mixed boards may (R31), all else may not (R32).
func DeclineRule(class Class) (allowed bool, rule string) {
	if declinable(class) {
		return true, "R31"
	}
	return false, "R32"
}
