// Package bucket keeps files in an S3 bucket, named by the SHA-256 of what is in
// them. Uploads grow in a local folder; when one is whole and its hash agrees,
// it goes to the bucket in one conditional PUT with its checksum.
//
// What Finish has acknowledged is in the bucket, whole, and never changes. While
// the bucket cannot be reached an upload stays in the folder, to be finished
// again.
package bucket

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"hashmend/backend/blob"
)

// patience is how long one request to the bucket may take. It is below the time
// that a desk waits for an answer.
const patience = 20 * time.Second

var _ blob.Place = (*Store)(nil)

// Store is a bucket with its spool.
type Store struct {
	spool  *blob.Store
	client *minio.Client
	bucket string
	prefix string
}

// Open reads an address such as s3://bucket/prefix?endpoint=https://host&region=r
// and finds the bucket. The credentials come from where S3's tools have them: the
// environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), the credentials file, or
// the machine's role.
func Open(ctx context.Context, address string, spool *blob.Store) (*Store, error) {
	at, err := url.Parse(address)
	if err != nil || at.Scheme != "s3" || at.Host == "" {
		return nil, fmt.Errorf("not an address of the form s3://bucket/prefix?endpoint=…&region=…: %q", address)
	}
	host, secure := "s3.amazonaws.com", true
	if text := at.Query().Get("endpoint"); text != "" {
		endpoint, err := url.Parse(text)
		if err != nil || endpoint.Host == "" {
			return nil, fmt.Errorf("not a URL: endpoint=%q", text)
		}
		host, secure = endpoint.Host, endpoint.Scheme == "https"
	}
	client, err := minio.New(host, &minio.Options{
		Creds: credentials.NewChainCredentials([]credentials.Provider{
			&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{},
		}),
		Secure:     secure,
		Region:     at.Query().Get("region"),
		MaxRetries: 3,
		// The library asks for this before it sends any checksum.
		TrailingHeaders: true,
	})
	if err != nil {
		return nil, err
	}
	s := &Store{spool: spool, client: client, bucket: at.Host, prefix: strings.Trim(at.Path, "/")}
	return s, s.Reachable(ctx)
}

// Reachable reports what keeps the bucket from being used: nil, or the reason.
func (s *Store) Reachable(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	found, err := s.client.BucketExists(ctx, s.bucket)
	if err == nil && !found {
		err = errors.New("there is no such bucket")
	}
	if err != nil {
		return fmt.Errorf("bucket %s: %w", s.bucket, err)
	}
	return nil
}

// Append adds to an unfinished upload; see blob.Store.
func (s *Store) Append(ctx context.Context, id string, offset, size int64, r io.Reader) (int64, error) {
	return s.spool.Append(ctx, id, offset, size, r)
}

// Head reads the first bytes of an unfinished upload.
func (s *Store) Head(id string, n int) ([]byte, error) { return s.spool.Head(id, n) }

// Drop forgets an unfinished upload.
func (s *Store) Drop(id string) error { return s.spool.Drop(id) }

// Finish puts a complete upload into the bucket under its hash. When the bytes
// are not what was announced the upload is dropped and the error is
// blob.ErrMismatch. On any other error the upload is still there.
func (s *Store) Finish(ctx context.Context, id, hash string, size int64) error {
	f, err := s.spool.Whole(ctx, id, hash, size)
	if err != nil {
		return err
	}
	err = s.put(ctx, f, hash, size)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return s.spool.Drop(id)
}

// put writes the file unless the bucket has it: its name says what is in it, so
// that one is the same.
func (s *Store) put(ctx context.Context, f *os.File, hash string, size int64) error {
	sum, err := hex.DecodeString(hash)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// As a signed header, known before the first byte: the bucket refuses others.
	o := minio.PutObjectOptions{DisableMultipart: true,
		UserMetadata: map[string]string{"x-amz-checksum-sha256": base64.StdEncoding.EncodeToString(sum)}}
	o.SetMatchETagExcept("*")
	_, err = s.client.PutObject(ctx, s.bucket, s.name(hash), f, size, o)
	if status(err) == http.StatusPreconditionFailed {
		return nil
	}
	return told(err)
}

// Open opens a kept file for reading. The caller closes it.
func (s *Store) Open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if !blob.Valid(hash) {
		return nil, blob.ErrNotFound
	}
	object, err := s.client.GetObject(ctx, s.bucket, s.name(hash), minio.GetObjectOptions{})
	if err != nil {
		return nil, told(err)
	}
	if _, err := object.Stat(); err != nil { // the request goes out here
		return nil, errors.Join(told(err), object.Close())
	}
	return object, nil
}

// Remove forgets a file. It is no error when there is none.
func (s *Store) Remove(ctx context.Context, hash string) error {
	if !blob.Valid(hash) {
		return blob.ErrNotFound
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return told(s.client.RemoveObject(ctx, s.bucket, s.name(hash), minio.RemoveObjectOptions{}))
}

// name spreads the files over prefixes, as the folder does.
func (s *Store) name(hash string) string {
	name := "sha256/" + hash[:2] + "/" + hash
	if s.prefix == "" {
		return name
	}
	return s.prefix + "/" + name
}

func status(err error) int {
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		return answer.StatusCode
	}
	return 0
}

// told says whether a file is not there or the bucket cannot tell.
func told(err error) error {
	switch {
	case err == nil:
		return nil
	case status(err) == http.StatusNotFound:
		return blob.ErrNotFound
	}
	return fmt.Errorf("%w: %w", blob.ErrAway, err)
}
