package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPriceListIsImportedWholeOrNotAtAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	if _, err := begin(t, "", "--data", dir, "--name", "Ridge repairs", "--yes"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "prices.csv")
	writeFile(t, file, "\ufefftext,Fault,model,currency,amount\nFan replaced,f09,,usd,25.00\n\"Chips, X16-Q\",F06,X16-Q,CNY,500\n")
	const want = "fault,model,currency,amount,text\nF09,,USD,25.00,Fan replaced\nF06,X16-Q,CNY,500.00,\"Chips, X16-Q\"\n"
	if got := output(t, "prices", "--data", dir, "--set", file); got != want {
		t.Errorf("%q", got)
	}
	for wrong, told := range map[string]string{
		"fault,model,currency,amount,text\nF09,,USD,1.234,x\nF09,,ZZZ,1,x\n": "line 3",
		"fault,model,currency,amount\nF09,,USD,1\n":                          "no column text",
		"fault,model,currency,amount,text\nF98,,USD,1,x\n":                   "price 1",
		"": "names of the columns",
	} {
		writeFile(t, file, wrong)
		var out, log bytes.Buffer
		err := run(t.Context(), []string{"prices", "--data", dir, "--set", file}, &out, &log)
		if err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if got := output(t, "prices", "--data", dir); got != want {
		t.Errorf("a wrong list has changed it: %q", got)
	}
}
