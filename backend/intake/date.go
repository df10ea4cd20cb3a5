package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// date is what a cell says about a day: the day, or a finding.
type date struct {
	day  string // YYYY-MM-DD
	code string // of the finding, or ""
	args map[string]string
}

// dateRules are what must be known beside the cell.
type dateRules struct {
	order    string // the person's word on 03/04/2026: day_first, month_first, or ""
	from1904 bool   // the workbook counts its days from 1904
}

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})(?:[-/.年 ]+)(\d{1,2})(?:[-/.月 ]+)(\d{1,2})日?$`)
	yearLast   = regexp.MustCompile(`^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$`)
	compact    = regexp.MustCompile(`^(20\d\d)(\d\d)(\d\d)$`)
	dayName    = regexp.MustCompile(`^(\d{1,2})[-. ]+(\p{L}{3,})[-., ]+(\d{4})$`)
	nameDay    = regexp.MustCompile(`^(\p{L}{3,})[. ]+(\d{1,2})[., ]+(\d{4})$`)
	excelDay   = regexp.MustCompile(`^(\d{5})(?:\.\d+)?$`)
	timeOfDay  = regexp.MustCompile(`[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$`)
	afterMonth = strings.NewReplacer(" de ", " ", " del ", " ", " г.", "", "г.", "")
)

// months are known by the first letters of their names in English, Russian and
// Spanish.
var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
	"ene": 1, "abr": 4, "ago": 8, "dic": 12,
}

// parseDate reads a day. Where day and month could be either, it does not
// guess.
func parseDate(raw string, rules dateRules) date {
	s := strings.ToLower(strings.TrimFunc(norm.NFKC.String(raw), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }))
	if s == "" {
		return date{}
	}
	s = timeOfDay.ReplaceAllString(strings.ToUpper(s), "")
	s = strings.TrimSpace(afterMonth.Replace(strings.ToLower(s)))
	unreadable := date{code: CodeDateUnreadable, args: map[string]string{"value": strings.TrimSpace(raw)}}
	if m := firstMatch(s, yearFirst, compact); m != nil {
		return orElse(day(m[1], m[2], m[3]), unreadable)
	}
	if m := excelDay.FindStringSubmatch(s); m != nil {
		return orElse(excelDate(m[1], rules.from1904), unreadable)
	}
	if m := dayName.FindStringSubmatch(s); m != nil {
		return orElse(day(m[3], monthNumber(m[2]), m[1]), unreadable)
	}
	if m := nameDay.FindStringSubmatch(s); m != nil {
		return orElse(day(m[3], monthNumber(m[1]), m[2]), unreadable)
	}
	m := yearLast.FindStringSubmatch(s)
	if m == nil {
		return unreadable
	}
	year := m[3]
	if len(year) == 2 {
		year = "20" + year
	}
	dayFirst, monthFirst := day(year, m[2], m[1]), day(year, m[1], m[2])
	switch {
	case dayFirst == "" && monthFirst == "":
		return unreadable
	case monthFirst == "" || dayFirst == monthFirst || dayFirst != "" && rules.order == "day_first":
		return date{day: dayFirst}
	case dayFirst == "" || rules.order == "month_first":
		return date{day: monthFirst}
	}
	return date{code: CodeDateAmbiguous, args: map[string]string{
		"value": strings.TrimSpace(raw), "day_first": dayFirst, "month_first": monthFirst,
	}}
}

func firstMatch(s string, shapes ...*regexp.Regexp) []string {
	for _, shape := range shapes {
		if m := shape.FindStringSubmatch(s); m != nil {
			return m
		}
	}
	return nil
}

func orElse(day string, otherwise date) date {
	if day == "" {
		return otherwise
	}
	return date{day: day}
}

// day is the date as YYYY-MM-DD, or "" when there is no such day. No device is
// older than this field or younger than a century.
func day(year, month, dayOfMonth string) string {
	y, m, d := atoi(year), atoi(month), atoi(dayOfMonth)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 2000 || y > 2099 || t.Day() != d || int(t.Month()) != m {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// excelDate reads a spreadsheet's own count of days, from 1900, or from 1904 in
// files that began on an old Macintosh.
func excelDate(count string, from1904 bool) string {
	n := atoi(count)
	if from1904 {
		n += 1462
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
	if t.Year() < 2000 || t.Year() > 2099 {
		return ""
	}
	return t.Format(time.DateOnly)
}

func monthNumber(name string) string {
	runes := []rune(name)
	return strconv.Itoa(months[string(runes[:min(3, len(runes))])])
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
