package client

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/url"

	"github.com/klauspost/compress/zstd"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// takenAtOnce is how many rows, and about how many bytes of them, take gets.
const (
	takenAtOnce      = 4000
	takenAtOnceBytes = 4 << 20
)

// Snapshot asks for everything that this install may see, from behind a row; at is
// "" for a new one, else the cursor of the one that broke off. take gets the first
// line, its cursor as it is by then, and rows in their order, again and again, and
// may keep them whatever comes later. Without an error every row has come.
func (c *Client) Snapshot(ctx context.Context, at wire.Cursor, after wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
	query := url.Values{}
	if at != "" {
		query.Set("at", string(at))
		query.Set("after", after.String())
	}
	response, err := c.stream(ctx, wire.PathSnapshot+"?"+query.Encode(), wire.TypeNDJSON, map[string]string{"Accept-Encoding": "zstd, gzip"})
	if err != nil {
		return err
	}
	body := response.RawBody()
	defer func() { _ = body.Close() }()
	in, end, err := unpack(response.Header().Get("Content-Encoding"), body)
	if err != nil {
		return offline(wire.CodeUnreachable, err)
	}
	defer end()
	err = ReadSnapshot(in, at, after, take)
	var taken *notTaken
	switch {
	case err == nil:
		return nil
	case errors.As(err, &taken):
		return taken.error
	case ctx.Err() != nil:
		return c.notSent(ctx, err)
	}
	return offline(wire.CodeUnreachable, err) // what came before the break is good
}

// unpack reads what the centre has packed, in bounded memory.
func unpack(encoding string, body io.Reader) (io.Reader, func(), error) {
	switch encoding {
	case "zstd":
		d, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return nil, nil, err
		}
		return d, d.Close, nil
	case "gzip":
		d, err := gzip.NewReader(body)
		return d, func() {}, err
	case "", "identity":
		return body, func() {}, nil
	}
	return nil, nil, errors.New("the packing is not known")
}

// notTaken is an error of take: of this PC, and not of the line.
type notTaken struct{ error }

// Errors of a snapshot's text. Whatever is wrong, the answer is not believed from
// there on.
var (
	errHead  = errors.New("the first line of the snapshot is not one")
	errOrder = errors.New("the rows of the snapshot are out of order")
	errCut   = errors.New("the snapshot ends too early")
	errSum   = errors.New("the snapshot's last line does not match its rows")
)

// ReadSnapshot reads the lines of a snapshot that was asked for from behind a row.
func ReadSnapshot(in io.Reader, at wire.Cursor, after wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	line, err := readLine(lines)
	if err != nil {
		return err
	}
	var head wire.SnapshotHead
	if err := json.Unmarshal(line, &head); err != nil || head.H != wire.SnapshotForm || head.At == "" || at != "" && head.At != at {
		return errHead
	}
	sum, count, bytesHeld := sha256.New(), int64(0), 0
	var rows []wire.Row
	give := func() error {
		if err := take(head, rows); err != nil {
			return &notTaken{err}
		}
		rows, bytesHeld = rows[:0:0], 0
		return nil
	}
	for {
		if line, err = readLine(lines); err != nil {
			if len(rows) > 0 { // what came is good: the rest is asked for behind it
				err = errors.Join(err, give())
			}
			return err
		}
		row, end, err := readRow(line)
		switch {
		case err != nil:
			return err
		case end != nil:
			if end.Rows != count || end.SHA256 != hex.EncodeToString(sum.Sum(nil)) {
				return errSum
			}
			return give()
		case !after.Before(row.Key()):
			return errOrder
		}
		after = row.Key()
		if row.At != "" {
			head.At = row.At
		}
		sum.Write(line)
		sum.Write([]byte{'\n'})
		count++
		bytesHeld += len(line)
		if rows = append(rows, row); len(rows) >= takenAtOnce || bytesHeld >= takenAtOnceBytes {
			if err := give(); err != nil {
				return err
			}
		}
	}
}

// readRow reads a line that is a row or the last one.
func readRow(line []byte) (row wire.Row, end *wire.SnapshotEnd, err error) {
	if bytes.HasPrefix(line, []byte(`{"end":`)) {
		end = &wire.SnapshotEnd{}
		return row, end, json.Unmarshal(line, end)
	}
	if err := json.Unmarshal(line, &row); err != nil {
		return row, nil, err
	}
	if row.T == "" || row.ID == "" || row.Rev < 1 || row.Del || len(row.D) == 0 {
		return row, nil, &repair.Error{Kind: repair.Invalid, Code: wire.CodeMalformed}
	}
	return row, nil, nil
}

// readLine reads a line of at most wire.MaxLine bytes, without its end.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > wire.MaxLine {
			return nil, errors.New("a line of the snapshot is too long")
		}
		line = append(line, part...)
		switch {
		case err == nil:
			return line[:len(line)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil, errCut
		default:
			return nil, err
		}
	}
}
