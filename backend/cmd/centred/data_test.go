package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/blob"
	"hashmend/backend/centrehost"
)

// A centre that serves is backed up; its machine burns; another one goes on with
// the same answers, the same key and the same files.
func TestABackupOfAServingCentreGoesOnElsewhere(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "North Ridge"))
	server, url := child(t, dir)
	joined := joinAs(t, url, code)
	w := newWrite(t, 1)
	accepted, err := desk(t, url, joined).PutWorkOrder(t.Context(), w.id, w.body)
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.Open(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	hash, _, err := files.Put(t.Context(), strings.NewReader("a photo"), 100)
	if err != nil {
		t.Fatal(err)
	}
	tape := filepath.Join(t.TempDir(), "centre.tar")
	output(t, "backup", "--data", dir, "--to", tape)
	if info, err := os.Stat(tape); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v %v", info, err)
	}
	_ = server.Process.Kill()
	_ = server.Wait()

	other := filepath.Join(t.TempDir(), "other")
	output(t, "restore", "--data", other, "--from", tape)
	_, url = child(t, other)
	again, err := desk(t, url, joined).PutWorkOrder(t.Context(), w.id, w.body)
	if err != nil || again.Number != accepted.Number || again.Acknowledgement.Signature != accepted.Acknowledgement.Signature {
		t.Errorf("the other machine answers %+v, %v", again, err)
	}
	moved, err := blob.Open(filepath.Join(other, "files"))
	if err != nil || moved.Verify(t.Context(), hash) != nil {
		t.Errorf("the photo is not there: %v", err)
	}
	var out, log bytes.Buffer
	if err := run(t.Context(), []string{"restore", "--data", other, "--from", tape}, &out, &log); !errors.Is(err, centrehost.ErrNotEmpty) {
		t.Errorf("a backup was restored over a centre: %v", err)
	}
}

func TestABackupThatIsNoneIsRefused(t *testing.T) {
	bent := func(names ...string) string {
		t.Helper()
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for _, name := range names {
			if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: 4}); err != nil {
				t.Fatal(err)
			}
			_, _ = w.Write([]byte("text"))
		}
		_ = w.Close()
		file := filepath.Join(t.TempDir(), "bent.tar")
		writeFile(t, file, b.String())
		return file
	}
	for _, from := range []string{bent(), bent("centre.db"), bent("../../evil"), bent("centre.db", "/etc/passwd"), bent("tls/key.pem/../../../x")} {
		dir := filepath.Join(t.TempDir(), "centre")
		err := run(t.Context(), []string{"restore", "--data", dir, "--from", from}, io.Discard, io.Discard)
		if err == nil {
			t.Errorf("%s was restored", from)
		}
		if left, _ := filepath.Glob(dir + "*"); len(left) > 0 {
			t.Errorf("%s left %v", from, left)
		}
	}
}

// A sound backup with something beside the centre in it is refused whole.
func TestABackupWithSomethingElseInItIsRefused(t *testing.T) {
	dir, tape := made(t), filepath.Join(t.TempDir(), "centre.tar")
	output(t, "invite", "--data", dir, "--account", "North Ridge")
	output(t, "backup", "--data", dir, "--to", tape)
	sound, err := os.ReadFile(tape)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"centred.sh", "files/uploads/x", "tls/more.pem"} {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o700, Size: 4}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("text")); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		writeFile(t, tape, b.String()+string(sound))
		other := filepath.Join(t.TempDir(), "other")
		if err := run(t.Context(), []string{"restore", "--data", other, "--from", tape}, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "no part of a centre") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckFindsAFileThatHasRotted(t *testing.T) {
	dir := made(t)
	output(t, "invite", "--data", dir, "--account", "North Ridge")
	files, err := blob.Open(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	hash, _, err := files.Put(t.Context(), strings.NewReader("a photo"), 100)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "files", "sha256", hash[:2], hash), "a phota")
	var out, log bytes.Buffer
	if err := run(t.Context(), []string{"check", "--data", dir}, &out, &log); !errors.Is(err, errFaults) || !strings.Contains(out.String(), hash) {
		t.Errorf("%v %s", err, out.String())
	}
}

func TestAnOldKeyStaysPublishedAndANewOneSigns(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "North Ridge"))
	before := infoOf(t, dir)
	output(t, "rotate-keys", "--data", dir)
	after := infoOf(t, dir)
	fresh := ""
	for id := range after.SigningKey {
		if _, old := before.SigningKey[id]; !old {
			fresh = id
		}
	}
	if len(after.SigningKey) != len(before.SigningKey)+1 || fresh == "" {
		t.Fatalf("before %v, after %v", before.SigningKey, after.SigningKey)
	}
	host, err := centrehost.Open(t.Context(), dir, centrehost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	url, err := host.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	joined := joinAs(t, url, code)
	w := newWrite(t, 1)
	accepted, err := desk(t, url, joined).PutWorkOrder(t.Context(), w.id, w.body)
	if err != nil || accepted.Acknowledgement.KeyID != fresh {
		t.Errorf("signed by %q, not by %q: %v", accepted.Acknowledgement.KeyID, fresh, err)
	}
	if err := accepted.Acknowledgement.Verify(after.SigningKey); err != nil {
		t.Error(err)
	}
}

// Somebody puts an older copy of the centre in its place, and works on with it: the
// log fits together, and is not that of the checkpoint.
func TestACheckpointProvesThePastLater(t *testing.T) {
	dir := made(t)
	output(t, "invite", "--data", dir, "--account", "North Ridge")
	old, lines := filepath.Join(t.TempDir(), "old.tar"), filepath.Join(t.TempDir(), "lines")
	output(t, "backup", "--data", dir, "--to", old)
	output(t, "rotate-keys", "--data", dir)
	first := output(t, "checkpoint", "--data", dir)
	output(t, "rotate-keys", "--data", dir)
	writeFile(t, lines, first+"\n"+output(t, "checkpoint", "--data", dir))
	output(t, "check", "--data", dir, "--checkpoints", lines)

	faulty := func(dir, lines, fault string) {
		t.Helper()
		var out bytes.Buffer
		err := run(t.Context(), []string{"check", "--data", dir, "--checkpoints", lines}, &out, io.Discard)
		if !errors.Is(err, errFaults) || !strings.Contains(out.String(), fault) {
			t.Errorf("%v %s", err, out.String())
		}
	}
	forged := filepath.Join(t.TempDir(), "forged")
	writeFile(t, forged, strings.Replace(first, `"seq":`, `"seq":1`, 1))
	faulty(dir, forged, "not this centre's")

	other := filepath.Join(t.TempDir(), "other")
	output(t, "restore", "--data", other, "--from", old)
	for range 3 {
		output(t, "rotate-keys", "--data", other)
	}
	faulty(other, lines, "not this centre's")
	// With the right key it would still not have the right past.
	third := filepath.Join(t.TempDir(), "third")
	output(t, "restore", "--data", third, "--from", old)
	early := filepath.Join(t.TempDir(), "early")
	writeFile(t, early, output(t, "checkpoint", "--data", third))
	output(t, "check", "--data", dir, "--checkpoints", early)
	output(t, "info", "--data", third, "--set", infoFile(t, `{"name":"Another past"}`))
	writeFile(t, early, output(t, "checkpoint", "--data", third))
	faulty(dir, early, "is not the one of")
}

func infoFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "info.json")
	writeFile(t, file, text)
	return file
}
