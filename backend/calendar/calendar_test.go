package calendar_test

import (
	"testing"

	"hashmend/backend/calendar"
	"hashmend/backend/repair"
)

var _ repair.WorkingDays = calendar.China{}

func TestFiveWorkingDays(t *testing.T) {
	tests := []struct {
		name     string
		from     repair.Date
		due      repair.Date
		estimate bool
	}{
		{"from a holiday: the Sunday after New Year is worked", "2026-01-01", "2026-01-08", false},
		{"across the year", "2025-12-30", "2026-01-07", false},
		{"Spring Festival, with a worked Saturday before it", "2026-02-10", "2026-02-24", false},
		{"Spring Festival, with a worked Saturday on each side", "2026-02-13", "2026-02-27", false},
		{"Labour Day: the Saturday after is worked", "2026-04-30", "2026-05-11", false},
		{"Mid-Autumn and National Day", "2026-09-24", "2026-10-09", false},
		{"National Day: the Saturday after is worked", "2026-09-30", "2026-10-13", false},
		{"a plain week", "2026-11-20", "2026-11-27", false},
		{"2027 is not announced", "2026-12-28", "2027-01-04", true},
		{"a year before the data is a guess too", "2024-03-01", "2024-03-08", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			due, estimate := calendar.China{}.Add(tt.from, 5)
			if due != tt.due || estimate != tt.estimate {
				t.Errorf("Add(%s, 5) = %s, estimate %v; want %s, %v", tt.from, due, estimate, tt.due, tt.estimate)
			}
		})
	}
}

func TestDaysWorkedInExchange(t *testing.T) {
	for _, day := range []repair.Date{
		"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
		"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
	} {
		if working, known := (calendar.China{}).IsWorkingDay(day); !working || !known {
			t.Errorf("%s: working %v, known %v; it is a weekend day that is worked", day, working, known)
		}
	}
}

func TestEveryDayOff2026(t *testing.T) {
	spans := [][2]repair.Date{
		{"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"}, {"2026-05-01", "2026-05-05"},
		{"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"}, {"2026-10-01", "2026-10-07"},
	}
	for _, s := range spans {
		for day := s[0]; day <= s[1]; day = day.AddDays(1) {
			if working, _ := (calendar.China{}).IsWorkingDay(day); working {
				t.Errorf("%s is off", day)
			}
		}
	}
}

func TestADayThatIsNone(t *testing.T) {
	if due, estimate := (calendar.China{}).Add("soon", 5); due != "" || !estimate {
		t.Errorf("Add(soon) = %q, %v", due, estimate)
	}
	if _, known := (calendar.China{}).IsWorkingDay(""); known {
		t.Error("no day is known to be worked or not")
	}
}

func TestVersionNamesItsYears(t *testing.T) {
	if v, last := (calendar.China{}).Version(), (calendar.China{}).LastYear(); v == "" || last != 2026 {
		t.Errorf("version %q, last year %d", v, last)
	}
}
