//go:build unix

package enginetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Postgres is a PostgreSQL server with one empty database, centre.
type Postgres struct {
	dir, bin, data string
	port           int
	as             *syscall.Credential // nil: as who runs the test
	server         *exec.Cmd
	settings       []string
}

// StartPostgres makes a cluster and starts it. It commits durably, as a centre's
// server does. settings are further ones, such as max_connections=50.
func StartPostgres(t T, settings ...string) *Postgres {
	t.Helper()
	p := newPostgres(t, settings)
	p.run(t, "initdb", "-D", p.data, "-A", "trust", "-U", "centre", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	p.Start(t)
	p.Create(t, "centre")
	return p
}

// Create makes another empty database and gives its address.
func (p *Postgres) Create(t T, name string) string {
	t.Helper()
	p.run(t, "createdb", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "centre", name)
	return strings.Replace(p.URL(), "/centre?", "/"+name+"?", 1)
}

func newPostgres(t T, settings []string) *Postgres {
	t.Helper()
	bin, err := postgresBin()
	if err != nil {
		t.Fatal(err)
	}
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	// Not t.TempDir: the server's own user must be able to reach it.
	dir, err := os.MkdirTemp("", "hashmend-pg-*")
	if err != nil {
		t.Fatal(err)
	}
	p := &Postgres{dir: dir, bin: bin, data: filepath.Join(dir, "data"), port: port, settings: settings}
	t.Cleanup(func() { p.Kill(); _ = os.RemoveAll(dir) })
	if os.Geteuid() != 0 {
		return p
	}
	// The server refuses to run as root; Debian's package has made a user for it.
	who, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, errUID := strconv.Atoi(who.Uid)
	gid, errGID := strconv.Atoi(who.Gid)
	if err := errors.Join(errUID, errGID, os.Chown(dir, uid, gid)); err != nil {
		t.Fatal(err)
	}
	p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return p
}

// postgresBin finds the newest server: Debian keeps them apart by version.
func postgresBin() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		path, err := exec.LookPath("initdb")
		if err != nil {
			return "", errors.New("PostgreSQL is missing: build/scripts/setup.sh test installs it")
		}
		return filepath.Dir(path), nil
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func (p *Postgres) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(p.bin, name), args...)
	c.Dir = p.dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: p.as, Setpgid: true}
	return c
}

func (p *Postgres) run(t T, name string, args ...string) {
	t.Helper()
	if out, err := p.command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// Start starts the server, also again after Kill, and returns when it answers.
func (p *Postgres) Start(t T) {
	t.Helper()
	args := []string{"-D", p.data, "-p", strconv.Itoa(p.port), "-k", p.dir, "-c", "listen_addresses=127.0.0.1", "-c", "logging_collector=off"}
	for _, s := range p.settings {
		args = append(args, "-c", s)
	}
	p.server = p.command("postgres", args...)
	log, err := os.OpenFile(filepath.Join(p.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	p.server.Stdout, p.server.Stderr = log, log
	err = p.server.Start()
	_ = log.Close()
	if err != nil {
		t.Fatal(err)
	}
	if err := until(t.Context(), "PostgreSQL", func(context.Context) error {
		return p.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-d", "postgres", "-U", "centre").Run()
	}); err != nil {
		said, _ := os.ReadFile(filepath.Join(p.dir, "log"))
		t.Fatalf("%v\n%s", err, said)
	}
}

// Kill ends the server and all its processes at once, as a power cut does.
func (p *Postgres) Kill() {
	if p.server == nil {
		return
	}
	// Each child is a session of its own. They are found before their parent ends.
	pids := append([]int{p.server.Process.Pid}, p.children()...)
	for _, pid := range pids {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = p.server.Wait()
	p.server = nil
}

func (p *Postgres) children() (pids []int) {
	list, err := os.ReadFile(fmt.Sprintf("/proc/%[1]d/task/%[1]d/children", p.server.Process.Pid))
	if err != nil {
		return nil
	}
	for _, text := range strings.Fields(string(list)) {
		if pid, err := strconv.Atoi(text); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// URL is what --db takes.
func (p *Postgres) URL() string { return URL(p) }

// URL is what --db takes for a primary with its standbys, in whatever roles.
func URL(servers ...*Postgres) string {
	hosts := make([]string, len(servers))
	for i, p := range servers {
		hosts[i] = fmt.Sprintf("127.0.0.1:%d", p.port)
	}
	return "postgres://centre@" + strings.Join(hosts, ",") + "/centre?sslmode=disable&target_session_attrs=read-write"
}

// PID is the server's first process; the others are its children.
func (p *Postgres) PID() int { return p.server.Process.Pid }

// Standby makes a copy of a running server that follows it, and makes the server
// wait with every commit until the copy has it on its disk.
func (p *Postgres) Standby(t T) *Postgres {
	t.Helper()
	s := newPostgres(t, p.settings)
	s.run(t, "pg_basebackup", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "centre", "-D", s.data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
	s.Start(t)
	p.query(t, "ALTER SYSTEM SET synchronous_standby_names = '*'")
	p.query(t, "SELECT pg_reload_conf()")
	if err := until(t.Context(), "the standby", func(context.Context) error {
		if state := p.query(t, "SELECT sync_state FROM pg_stat_replication"); state != "sync" {
			return fmt.Errorf("it is %q", state)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// Promote makes a standby the primary.
func (p *Postgres) Promote(t T) {
	t.Helper()
	p.run(t, "pg_ctl", "promote", "-D", p.data, "-w")
}

func (p *Postgres) query(t T, text string) string {
	t.Helper()
	out, err := p.command("psql", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-U", "centre", "-d", "postgres", "-tAc", text).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", text, err, out)
	}
	return strings.TrimSpace(string(out))
}
