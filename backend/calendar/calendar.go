// Package calendar counts China's working days: Monday to Friday, without the
// public holidays and with the weekend days that are worked in exchange, as the
// State Council announces them each autumn for the year that follows.
package calendar

import (
	"time"
	_ "time/tzdata" // callers count in Asia/Shanghai whatever the PC has installed

	"hashmend/backend/repair"
)

// span is a run of days off, both ends included.
type span struct{ from, to repair.Date }

// year is what one announcement says: which days are off, and which Saturdays
// and Sundays are worked in exchange.
type year struct {
	off  []span
	work []repair.Date
}

// years holds every announcement known to this version of the program.
var years = map[int]year{
	2025: {
		off: []span{
			{"2025-01-01", "2025-01-01"}, // New Year
			{"2025-01-28", "2025-02-04"}, // Spring Festival
			{"2025-04-04", "2025-04-06"}, // Qingming
			{"2025-05-01", "2025-05-05"}, // Labour Day
			{"2025-05-31", "2025-06-02"}, // Dragon Boat
			{"2025-10-01", "2025-10-08"}, // National Day and Mid-Autumn
		},
		work: []repair.Date{"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"},
	},
	2026: {
		off: []span{
			{"2026-01-01", "2026-01-03"}, // New Year
			{"2026-02-15", "2026-02-23"}, // Spring Festival
			{"2026-04-04", "2026-04-06"}, // Qingming
			{"2026-05-01", "2026-05-05"}, // Labour Day
			{"2026-06-19", "2026-06-21"}, // Dragon Boat
			{"2026-09-25", "2026-09-27"}, // Mid-Autumn
			{"2026-10-01", "2026-10-07"}, // National Day
		},
		work: []repair.Date{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"},
	},
}

// version names the data; it changes with every change of the table above.
const version = "cn-2025-2026.1"

// China is the calendar of the centre's country. The zero value is ready, and it
// implements repair.WorkingDays.
type China struct{}

// Version names the data that days were counted with.
func (China) Version() string { return version }

// LastYear is the last year whose holidays are known.
func (China) LastYear() int {
	last := 0
	for y := range years {
		last = max(last, y)
	}
	return last
}

// Add gives the end of the n-th working day after day. The day itself is not
// counted, so that a receipt on a day off starts with the next working day. The
// result is an estimate when any day passed lies in a year whose holidays are
// not known.
func (c China) Add(day repair.Date, n int) (due repair.Date, estimate bool) {
	t := day.Time()
	if t.IsZero() {
		return "", true
	}
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		off, known := dayOff(t)
		estimate = estimate || !known
		if !off {
			n--
		}
	}
	return repair.Date(t.Format(time.DateOnly)), estimate
}

// IsWorkingDay reports whether the day is worked, and whether that is known.
func (China) IsWorkingDay(day repair.Date) (working, known bool) {
	t := day.Time()
	if t.IsZero() {
		return false, false
	}
	off, known := dayOff(t)
	return !off, known
}

func dayOff(t time.Time) (off, known bool) {
	announced, known := years[t.Year()]
	day := repair.Date(t.Format(time.DateOnly))
	for _, worked := range announced.work {
		if worked == day {
			return false, known
		}
	}
	for _, s := range announced.off {
		if s.from <= day && day <= s.to {
			return true, known
		}
	}
	return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday, known
}
