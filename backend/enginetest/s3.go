package enginetest

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// The gateway's own credentials; a test hands them over in the environment.
const (
	s3User   = "hashmend"
	s3Secret = "only-for-tests"
	s3Bucket = "centre"
)

// S3 is a versitygw over a folder.
type S3 struct {
	dir, at, program string
	process          *exec.Cmd
}

// StartS3 starts a gateway with an empty bucket and puts its credentials into
// the environment.
func StartS3(t T) *S3 {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", s3User)
	t.Setenv("AWS_SECRET_ACCESS_KEY", s3Secret)
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	s := &S3{dir: t.TempDir(), at: fmt.Sprintf("127.0.0.1:%d", port)}
	if s.program, err = tool(t.Context(), "versitygw"); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{"data/" + s3Bucket, "meta"} {
		if err := os.MkdirAll(filepath.Join(s.dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(s.Kill)
	s.Start(t)
	return s
}

// Address is what --files takes.
func (s *S3) Address() string {
	return "s3://" + s3Bucket + "/shop?region=us-east-1&endpoint=" + url.QueryEscape("http://"+s.at)
}

// Start starts it, also again after Kill, and returns when it answers.
func (s *S3) Start(t T) {
	t.Helper()
	// Metadata goes to files: not every folder of a test has extended attributes.
	s.process = exec.Command(s.program, "--access", s3User, "--secret", s3Secret, "--port", s.at, "--quiet",
		"posix", "--sidecar", filepath.Join(s.dir, "meta"), filepath.Join(s.dir, "data"))
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	if err := until(t.Context(), "the S3 gateway", func(ctx context.Context) error {
		c, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", s.at)
		if err == nil {
			err = c.Close()
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// Kill ends it at once. What it had is still there when it starts again.
func (s *S3) Kill() {
	if s.process == nil || s.process.Process == nil {
		return
	}
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
	s.process = nil
}
