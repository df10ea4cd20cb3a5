package label

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

// A code says what a person reads off the label, or there is no label.
func TestACodeCarriesNothingUnseen(t *testing.T) {
	for name, serial := range map[string]string{
		"nul": "A1\x00B", "zero width space": "A1\u200b", "right to left": "A1\u202eB", "no-break space": "A1\u00a0B", "soft hyphen": "A\u00ad1",
		"tab": "A1\tB", "variation": "A1\ufe0f", "filler": "A\u3164B", "mark inside": "A\ufeffB", "line": "\"A1\nB\"", "not UTF-8": "A\xff1",
	} {
		_, err := engine().PrintCSV(shipped(t, DeviceTemplate), table("work_order, Serial\nWO-1,A0\nWO-1,"+serial+"\n"), Print{}, &Pages{})
		var e *repair.Error
		if !errors.As(err, &e) || e.Code != "label.code_unseen" || e.Args["row"] != "2" || e.Args["column"] != " Serial" || e.Args["code_point"] == "" {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	for _, serial := range []string{"A1 B", "1E10", "1E+1Q", "12E+11"} {
		if _, err := engine().PrintCSV(shipped(t, DeviceTemplate), table("work_order,serial\nWO-1,"+serial+"\n"), Print{}, &Pages{}); err != nil {
			t.Errorf("%s: %v", serial, err)
		}
	}
}

// Excel shows and saves a long number without most of its digits.
func TestANumberThatExcelRoundedIsNoSerial(t *testing.T) {
	for _, serial := range []string{"1.23457E+11", "\"1,23457E+11\"", "1E+12"} {
		_, err := engine().PrintCSV(shipped(t, DeviceTemplate), table("work_order,serial,payload\nWO-1,"+serial+",A1\n"), Print{}, &Pages{})
		var e *repair.Error
		if !errors.As(err, &e) || e.Code != "label.number_rounded" || e.Args["row"] != "1" || e.Args["column"] != "serial" {
			t.Errorf("%s: error is %v", serial, err)
		}
	}
}

func TestRowsWithOneSerialAreWarnedOf(t *testing.T) {
	warned := func(text string) (all []string) {
		t.Helper()
		c := table(text)
		c.Warn = func(e *repair.Error) {
			all = append(all, fmt.Sprint(e.Code, " ", e.Args["row"], e.Args["column"], e.Args["first"], e.Args["count"]))
		}
		var pages Pages
		if n, err := engine().PrintCSV(shipped(t, DeviceTemplate), c, Print{}, &pages); err != nil || n != len(pages) {
			t.Fatalf("%d labels, %v", n, err)
		}
		return all
	}
	if got := warned("work_order,SN,serial\nW,x,A1\nW,x,B2\nW,x,a1 \nW,x,C3\nW,x,B2\nW,x,A1\n"); !reflect.DeepEqual(got,
		[]string{"label.serial_twice 3serial1", "label.serial_twice 5serial2", "label.serial_twice 6serial1"}) {
		t.Errorf("warned of %q", got)
	}
	if got := warned("work_order,serial\nW,A1\nW,A2\n"); got != nil {
		t.Errorf("warned of %q", got)
	}
	got := warned("work_order,serial\n" + strings.Repeat("W,A1\n", 40))
	if len(got) != mostTwice+1 || got[mostTwice] != "label.serial_twice_more 29" {
		t.Errorf("warned of %q", got)
	}
}
