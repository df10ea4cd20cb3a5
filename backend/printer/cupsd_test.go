//go:build linux

package printer

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A CUPS of the test's own: on a socket in a temporary folder, with one raw queue
// whose printer is a program of ours that keeps what it gets.
func privateCUPS(t *testing.T) (printed string) {
	t.Helper()
	daemon, err := exec.LookPath("cupsd")
	if err != nil {
		daemon = "/usr/sbin/cupsd"
	}
	dir, err := os.MkdirTemp("", "cups") // short: a socket's path has room for 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		t.Fatal(err)
	}
	name, groupName := me.Username, group.Name
	if os.Getuid() == 0 { // cupsd refuses to work as root
		name, groupName = "lp", "lp"
	}
	printed = filepath.Join(dir, "printed")
	socket := filepath.Join(dir, "s")
	for _, sub := range []string{"etc", "spool", "spool/tmp", "cache", "state", "log", "bin/backend"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, text string, mode os.FileMode) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	write("bin/backend/keep", "#!/bin/sh\n[ $# = 0 ] && exit 0\nif [ $# = 6 ]; then cat \"$6\"; else cat; fi > "+printed+".part && mv "+printed+".part "+printed+"\n", 0o700)
	for _, sub := range []string{"daemon", "filter", "cgi-bin", "driver", "notifier", "monitor"} {
		if err := os.Symlink("/usr/lib/cups/"+sub, filepath.Join(dir, "bin", sub)); err != nil {
			t.Fatal(err)
		}
	}
	write("etc/cups-files.conf", fmt.Sprintf(`User %[2]s
Group %[3]s
SystemGroup lpadmin
ServerRoot %[1]s/etc
ServerBin %[1]s/bin
RequestRoot %[1]s/spool
TempDir %[1]s/spool/tmp
CacheDir %[1]s/cache
StateDir %[1]s/state
ErrorLog %[1]s/log/error
AccessLog %[1]s/log/access
PageLog %[1]s/log/page
ConfigFilePerm 0600
`, dir, name, groupName), 0o600)
	write("etc/cupsd.conf", fmt.Sprintf("Listen %s\nLogLevel warn\nBrowsing No\nDefaultAuthType None\nWebInterface No\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n", socket), 0o600)
	write("etc/printers.conf", "<DefaultPrinter Label>\nInfo Label\nDeviceURI keep:/\nState Idle\nAccepting Yes\nErrorPolicy abort-job\n</DefaultPrinter>\n", 0o600)

	server := exec.Command(daemon, "-f", "-c", filepath.Join(dir, "etc/cupsd.conf"), "-s", filepath.Join(dir, "etc/cups-files.conf"))
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() {
		_ = server.Process.Kill()
		<-ended
	})
	for conn, err := net.Dial("unix", socket); ; conn, err = net.Dial("unix", socket) {
		if err == nil {
			_ = conn.Close()
			break
		}
		select {
		case err := <-ended:
			ended <- err
			log, _ := os.ReadFile(filepath.Join(dir, "log/error"))
			t.Fatalf("cupsd ended: %v\n%s%s", err, &said, log)
		case <-t.Context().Done():
			t.Fatal(t.Context().Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Setenv("CUPS_SERVER", socket)
	return printed
}

// await reads a file as soon as it is there whole.
func await(ctx context.Context, t *testing.T, name string) []byte {
	t.Helper()
	for {
		got, err := os.ReadFile(name)
		if err == nil {
			return got
		}
		select {
		case <-ctx.Done():
			t.Fatalf("nothing was printed: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func TestARawQueueReceivesEveryByte(t *testing.T) {
	printed := privateCUPS(t)
	list, err := Queues(t.Context())
	if err != nil || len(list) != 1 || list[0] != (Queue{Name: "Label", Default: true}) {
		t.Fatalf("queues are %+v, %v", list, err)
	}
	job := []byte("^XA^CI28^FO0,0^GFA,4,4,1,:Z64:abc=:1234^FS^XZ\n" + strings.Repeat("\x00\xff\x1b@%!PS\r\n\xc3\xa9", 5000))
	sent, err := PrintRaw(t.Context(), Job{Queue: "Label", Title: "HM-1 box; $(rm)", Copies: 1}, bytes.NewReader(job))
	if err != nil || sent != int64(len(job)) {
		t.Fatalf("sent %d, %v", sent, err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	if got := await(ctx, t, printed); !bytes.Equal(got, job) {
		t.Errorf("the queue received %d other bytes", len(got))
	}
	if _, err := PrintRaw(t.Context(), Job{Queue: "Gone", Copies: 1}, strings.NewReader("x")); err == nil {
		t.Error("a queue that is not there took a job")
	}
}
