//go:build !windows

package printer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// fake puts a shell script before all others on the PATH.
func fake(t *testing.T, scripts map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+"/usr/bin"+string(os.PathListSeparator)+"/bin")
	return dir
}

func TestQueuesAreListed(t *testing.T) {
	fake(t, map[string]string{"lpstat": `
case $1 in
-e) printf 'Office\nZebra_ZD421\n' ;;
-d) [ "$LC_ALL" = C ] && echo 'system default destination: Zebra_ZD421' ;;
esac`})
	got, err := Queues(t.Context())
	if want := []Queue{{"Office", false}, {"Zebra_ZD421", true}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("queues are %v, %v", got, err)
	}
}

func TestNoPrinterIsNoError(t *testing.T) {
	fake(t, map[string]string{"lpstat": `[ "$1" = -e ] || { echo 'no system default destination'; exit 1; }`})
	if got, err := Queues(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("queues are %v, %v", got, err)
	}
}

func TestWithoutCUPS(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Queues(t.Context()); !errors.Is(err, ErrNoQueues) {
		t.Errorf("error is %v", err)
	}
	if err := PrintPDF(t.Context(), Job{Queue: "Office", Copies: 1}, strings.NewReader("%PDF")); !errors.Is(err, ErrNoQueues) {
		t.Errorf("error is %v", err)
	}
}

func TestPrintPDFIsNotScaled(t *testing.T) {
	dir := fake(t, map[string]string{"lp": `printf '%s\n' "$@" > "$(dirname "$0")/args"; cat > "$(dirname "$0")/job"; echo 'request id is Office-1 (1 file(s))'`})
	if err := PrintPDF(t.Context(), Job{Queue: "Office", Title: "JM-2026; rm -rf", Copies: 2}, strings.NewReader("%PDF-1.7 body")); err != nil {
		t.Fatal(err)
	}
	args, _ := os.ReadFile(filepath.Join(dir, "args"))
	want := "-d\nOffice\n-n\n2\n-t\nJM-2026; rm -rf\n-o\nprint-scaling=none\n-o\ndocument-format=application/pdf\n-\n"
	if string(args) != want {
		t.Errorf("lp was called with %q", args)
	}
	if job, _ := os.ReadFile(filepath.Join(dir, "job")); string(job) != "%PDF-1.7 body" {
		t.Errorf("lp received %q", job)
	}
}

func TestQueueRefusal(t *testing.T) {
	fake(t, map[string]string{"lp": `echo 'lp: The printer or class does not exist.' >&2; exit 1`})
	err := PrintPDF(t.Context(), Job{Queue: "Gone", Copies: 1}, strings.NewReader("%PDF"))
	if !errors.Is(err, ErrQueue) || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("error is %v", err)
	}
	for _, bad := range []Job{{Queue: "", Copies: 1}, {Queue: "-o", Copies: 1}, {Queue: "Office"}} {
		if err := PrintPDF(t.Context(), bad, strings.NewReader("")); !errors.Is(err, ErrQueue) {
			t.Errorf("%+v: error is %v", bad, err)
		}
	}
}

// Who stops while CUPS answers does not know whether it has the job.
func TestARawJobThatIsCancelledOnItsWayMayComeOut(t *testing.T) {
	dir := fake(t, map[string]string{"lp": `cat > "$(dirname "$0")/job"; mkfifo "$(dirname "$0")/answer" && exec cat "$(dirname "$0")/answer"`})
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		for { // until lp has taken all of it
			if _, err := os.Stat(filepath.Join(dir, "answer")); err == nil {
				stop()
				return
			}
			runtime.Gosched()
		}
	}()
	n, err := PrintRaw(ctx, Job{Queue: "Zebra", Copies: 1}, strings.NewReader("^XA^XZ"))
	if n != 6 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d bytes may have come out, %v", n, err)
	}
	fake(t, map[string]string{"lp": `cat > /dev/null; exit 1`})
	if n, err := PrintRaw(t.Context(), Job{Queue: "Zebra", Copies: 1}, strings.NewReader("^XA^XZ")); n != 0 || !errors.Is(err, ErrQueue) {
		t.Errorf("of a job that was refused %d bytes came out, %v", n, err)
	}
}
