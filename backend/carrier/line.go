package carrier

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hashmend/backend/repair"
)

const (
	patience   = 20 * time.Second // that one answer may take
	mostAnswer = 1 << 20
)

// line sends one request to a service and reads its JSON.
type line struct{ client *http.Client }

func (l line) postForm(ctx context.Context, address string, form url.Values, into any) error {
	return l.post(ctx, address, "application/x-www-form-urlencoded; charset=utf-8", nil, []byte(form.Encode()), into)
}

func (l line) postJSON(ctx context.Context, address string, header http.Header, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return ErrAnswer.Because(err)
	}
	return l.post(ctx, address, "application/json", header, data, into)
}

func (l line) post(ctx context.Context, address, kind string, header http.Header, body []byte, into any) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return ErrSilent.Because(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", kind)
	client := *l.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // keys go nowhere else
	response, err := client.Do(r)
	if err != nil {
		return ErrSilent.Because(err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := byStatus(response.StatusCode); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer+1))
	if err != nil {
		return ErrSilent.Because(err)
	}
	return read(data, into)
}

// byStatus is what the status of an answer says by itself.
func byStatus(status int) error {
	switch {
	case status == http.StatusOK:
		return nil
	case status == http.StatusTooManyRequests: // too fast, or a proxy's limit; what the day has had, a service says by its own code
		return ErrSilent.Because(errors.New(http.StatusText(status)))
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return ErrKey
	case status >= http.StatusInternalServerError:
		return ErrSilent.Because(errors.New(http.StatusText(status)))
	}
	return ErrAnswer.Because(errors.New("status " + strconv.Itoa(status)))
}

// read reads JSON that is whole and in UTF-8; half an answer is none.
func read(data []byte, into any) error {
	if len(data) > mostAnswer || !utf8.Valid(data) {
		return ErrAnswer.Because(errors.New("the answer is too long or not in UTF-8"))
	}
	if err := json.Unmarshal(data, into); err != nil {
		return ErrAnswer.Because(err)
	}
	return nil
}

// text reads a value that services write now as a number and now as a string.
type text string

// UnmarshalJSON takes either.
func (t *text) UnmarshalJSON(data []byte) error {
	switch {
	case strings.HasPrefix(string(data), `"`):
		return json.Unmarshal(data, (*string)(t))
	case string(data) != "null":
		*t = text(data)
	}
	return nil
}

// sound reports a number that may be sent: no service looks up another's text.
func sound(n repair.WaybillNumber) bool {
	return len(n) >= 6 && len(n) <= 32 && strings.IndexFunc(string(n), func(ch rune) bool {
		return (ch < '0' || ch > '9') && (ch < 'A' || ch > 'Z') && ch != '-'
	}) < 0
}
