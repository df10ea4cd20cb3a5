package intake

// Day reads a day as a person typed it into one cell: the day as YYYY-MM-DD, or
// "" with what is wrong with it. An empty cell is neither.
func Day(typed string) (day string, found []Finding) {
	d := parseDate(typed, dateRules{})
	if d.code == "" {
		return d.day, nil
	}
	return "", []Finding{{Code: d.code, Column: string(Shipped), Args: d.args}}
}
