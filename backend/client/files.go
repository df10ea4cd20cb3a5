package client

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"

	"github.com/go-resty/resty/v2"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// piece is how much of a file one request carries: little enough to be sent
// again on a bad line.
const piece = 4 << 20

// Upload brings a file to the centre. It returns at once when this account's
// centre has it already. progress may be nil; it hears how many bytes the centre
// has acknowledged.
func (c *Client) Upload(ctx context.Context, file repair.FileRef, content io.ReaderAt, progress func(sent int64)) error {
	if progress == nil {
		progress = func(int64) {}
	}
	location, stands, err := c.createUpload(ctx, file)
	if err != nil {
		return err
	}
	if location == "" {
		progress(file.Size)
		return nil
	}
	buffer := make([]byte, min(piece, file.Size))
	for offset := stands; offset < file.Size; {
		n, err := content.ReadAt(buffer[:min(int64(len(buffer)), file.Size-offset)], offset)
		if err != nil && !errors.Is(err, io.EOF) {
			return internal(err)
		}
		if n == 0 {
			return internal(io.ErrUnexpectedEOF)
		}
		if offset, err = c.sendPiece(ctx, location, offset, buffer[:n]); err != nil {
			return err
		}
		progress(offset)
	}
	return nil
}

// createUpload announces a file and tells where it stands, for it may have been
// begun before. The location is "" when the file is there.
func (c *Client) createUpload(ctx context.Context, file repair.FileRef) (location string, stands int64, err error) {
	response, err := c.tus(ctx, http.MethodPost, wire.PathUploads, map[string]string{
		"Upload-Length":   strconv.FormatInt(file.Size, 10),
		"Upload-Metadata": metadata("sha256", file.SHA256, "type", file.Type, "name", file.Name),
	}, nil)
	if err != nil {
		return "", 0, err
	}
	if response.StatusCode() == http.StatusOK {
		var done wire.UploadDone
		if err := json.Unmarshal(response.Body(), &done); err != nil || !done.Complete {
			return "", 0, offline(wire.CodePortal, err)
		}
		return "", 0, nil
	}
	// Only the id of the location is used: it cannot lead to another origin.
	u, err := url.Parse(response.Header().Get("Location"))
	if err != nil || u.Path == "" {
		return "", 0, offline(wire.CodePortal, err)
	}
	stands, err = strconv.ParseInt(response.Header().Get("Upload-Offset"), 10, 64)
	if err != nil || stands < 0 || stands > file.Size {
		stands = 0 // a server that does not say: a wrong offset is told and asked about
	}
	return wire.PathUploads + "/" + path.Base(u.Path), stands, nil
}

// sendPiece sends bytes at an offset and gives the offset that the centre has
// acknowledged.
func (c *Client) sendPiece(ctx context.Context, location string, offset int64, data []byte) (int64, error) {
	response, err := c.tus(ctx, http.MethodPatch, location, map[string]string{
		"Upload-Offset": strconv.FormatInt(offset, 10),
		"Content-Type":  wire.TypeTus,
	}, data)
	if errors.Is(err, &repair.Error{Code: wire.CodeUploadOffset}) {
		return c.uploadOffset(ctx, location)
	}
	if err != nil {
		return offset, err
	}
	next, err := strconv.ParseInt(response.Header().Get("Upload-Offset"), 10, 64)
	if err != nil || next <= offset {
		return offset, offline(wire.CodePortal, err)
	}
	return next, nil
}

// uploadOffset asks where an upload stands.
func (c *Client) uploadOffset(ctx context.Context, location string) (int64, error) {
	response, err := c.tus(ctx, http.MethodHead, location, nil, nil)
	if err != nil {
		return 0, err
	}
	offset, err := strconv.ParseInt(response.Header().Get("Upload-Offset"), 10, 64)
	if err != nil {
		return 0, offline(wire.CodePortal, err)
	}
	return offset, nil
}

func (c *Client) tus(ctx context.Context, method, path string, headers map[string]string, body []byte) (*resty.Response, error) {
	return c.known(ctx, func(r *resty.Request) (*resty.Response, error) {
		r.SetHeaders(headers).SetHeader("Tus-Resumable", wire.TusVersion)
		if body != nil {
			r.SetBody(body)
		}
		response, err := r.Execute(method, path)
		if err != nil {
			return nil, c.notSent(ctx, err)
		}
		return response, c.check(response.StatusCode(), response.Header(), response.Body())
	})
}

// File writes a file of the centre to w and checks that it is the one asked for.
// After an error what was written is worthless.
func (c *Client) File(ctx context.Context, hash string, w io.Writer) error {
	response, err := c.known(ctx, func(r *resty.Request) (*resty.Response, error) {
		return c.openFile(ctx, r, hash)
	})
	if err != nil {
		return err
	}
	body := response.RawBody()
	defer func() { _ = body.Close() }()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, h), io.LimitReader(body, wire.MaxUpload+1)); err != nil {
		return c.notSent(ctx, err)
	}
	if hex.EncodeToString(h.Sum(nil)) != hash {
		return offline(wire.CodePortal, nil)
	}
	return nil
}

// openFile asks for a file. Its body is open when there is no error.
func (c *Client) openFile(ctx context.Context, r *resty.Request, hash string) (*resty.Response, error) {
	response, err := r.SetDoNotParseResponse(true).SetHeader("Accept", "*/*").Get(wire.PathFiles + url.PathEscape(hash))
	if err != nil {
		return nil, c.notSent(ctx, err)
	}
	if response.StatusCode() == http.StatusOK {
		return response, nil
	}
	body := response.RawBody()
	defer func() { _ = body.Close() }()
	text, err := io.ReadAll(io.LimitReader(body, 1<<20))
	if err != nil {
		return nil, c.notSent(ctx, err)
	}
	if err := c.check(response.StatusCode(), response.Header(), text); err != nil {
		return nil, err
	}
	return nil, offline(wire.CodePortal, nil)
}

// metadata encodes pairs as tus does: key, space, base64, commas between.
func metadata(pairs ...string) string {
	text := ""
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			text += ","
		}
		text += pairs[i] + " " + base64.StdEncoding.EncodeToString([]byte(pairs[i+1]))
	}
	return text
}
