package intake

import "testing"

func TestParseDate(t *testing.T) {
	tests := []struct {
		name, typed string
		rules       dateRules
		want        string // the day, or the end of the finding's code
	}{
		{"ISO", "2026-01-05", dateRules{}, "2026-01-05"},
		{"slashes", "2026/1/5", dateRules{}, "2026-01-05"},
		{"dots", "2026.01.05", dateRules{}, "2026-01-05"},
		{"Chinese", "2026年1月5日", dateRules{}, "2026-01-05"},
		{"full-width Chinese with spaces", " ２０２６年 1月 5日 ", dateRules{}, "2026-01-05"},
		{"digits only", "20260105", dateRules{}, "2026-01-05"},
		{"a spreadsheet's count", "46027", dateRules{}, "2026-01-05"},
		{"a spreadsheet's count with the hour", "46027.75", dateRules{}, "2026-01-05"},
		{"an old Macintosh's count", "44565", dateRules{from1904: true}, "2026-01-05"},
		{"with a time", "2026-01-05 13:45:00", dateRules{}, "2026-01-05"},
		{"with a time and a zone", "2026-01-05T13:45:00Z", dateRules{}, "2026-01-05"},
		{"in English", "5 Jan 2026", dateRules{}, "2026-01-05"},
		{"in American English", "January 5, 2026", dateRules{}, "2026-01-05"},
		{"in Russian", "5 января 2026 г.", dateRules{}, "2026-01-05"},
		{"in Spanish", "5 de enero de 2026", dateRules{}, "2026-01-05"},
		{"only the day can be 25", "25/12/2025", dateRules{}, "2025-12-25"},
		{"only the day can be 25, month first", "12/25/2025", dateRules{}, "2025-12-25"},
		{"the same either way", "05.05.2026", dateRules{}, "2026-05-05"},
		{"either is a finding", "03/04/2026", dateRules{}, "intake.date_ambiguous"},
		{"either is a finding with dots too", "03.04.2026", dateRules{}, "intake.date_ambiguous"},
		{"the person said day first", "03/04/2026", dateRules{order: "day_first"}, "2026-04-03"},
		{"the person said month first", "03/04/2026", dateRules{order: "month_first"}, "2026-03-04"},
		{"a short year", "25.12.25", dateRules{}, "2025-12-25"},
		{"no such day", "2026-02-30", dateRules{}, "intake.date_unreadable"},
		{"no such month", "2026-13-01", dateRules{}, "intake.date_unreadable"},
		{"too long ago", "1999-01-01", dateRules{}, "intake.date_unreadable"},
		{"a count that is no day of ours", "12345", dateRules{}, "intake.date_unreadable"},
		{"a month that is none", "5 foo 2026", dateRules{}, "intake.date_unreadable"},
		{"words", "last spring", dateRules{}, "intake.date_unreadable"},
		{"nothing", "", dateRules{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := parseDate(tt.typed, tt.rules)
			if got := d.day + d.code; got != tt.want {
				t.Errorf("parseDate(%q) = %s, want %s", tt.typed, got, tt.want)
			}
		})
	}
}

func TestDayOfOneCell(t *testing.T) {
	if day, found := Day("5 Jan 2026"); day != "2026-01-05" || found != nil {
		t.Errorf("got %s, %v", day, found)
	}
	if day, found := Day("03/04/2026"); day != "" || len(found) != 1 || found[0].Code != CodeDateAmbiguous || found[0].Column != "shipped" {
		t.Errorf("got %s, %v", day, found)
	}
	if day, found := Day(" "); day != "" || found != nil {
		t.Errorf("got %s, %v", day, found)
	}
}
