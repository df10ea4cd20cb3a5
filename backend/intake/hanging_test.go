package intake

import (
	"strings"
	"testing"
)

// A comma inside a text pushes the rest of it out of the table. Nothing is lost, and
// the person hears of it; a column that only has no name is not told of every row.
func TestCellsBehindTheLastColumnAreTold(t *testing.T) {
	const head, a, b, c = "SN,Fault\n", "HM0001Q77A", "HM0002Q77B", "HM0003Q77C"
	for name, tt := range map[string]struct{ text, rows string }{
		"a comma in one of several": {head + a + ",hot\n" + b + ",no hash, fan dead\n" + c + ",hot\n",
			a + "||hot|\n" + b + "||no hash||C=fan dead|!extra_cells\n" + c + "||hot|"},
		"a comma in the only one": {head + a + ",no hash, fan dead\n", a + "||no hash||C=fan dead|!extra_cells"},
		"below padding":           {"SN,Fault,,\n" + a + ",hot,,\n" + b + ",hot,spare,\n" + c + ",hot,,\n", a + "||hot|\n" + b + "||hot||C=spare|!extra_cells\n" + c + "||hot|"},
		"a column without a name": {head + a + ",hot,row 1\n" + b + ",hot,row 2\n" + c + ",hot,\n", a + "||hot||C=row 1\n" + b + "||hot||C=row 2\n" + c + "||hot|"},
	} {
		if got := brief(read(t, tt.text, Options{})); got != tt.rows {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, tt.rows)
		}
	}
	r := read(t, head+a+",hot\n"+b+",no hash,"+strings.Repeat("x", 90)+",2\n"+c+",hot\n", Options{})
	f := r.Rows[1].Findings[0]
	if f.Column != "C" || f.Args["count"] != "2" || len([]rune(f.Args["text"])) != maxHanging {
		t.Errorf("%+v", f)
	}
}
