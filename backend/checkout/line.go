package checkout

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

const (
	patience   = 20 * time.Second // that one answer may take
	mostAnswer = 1 << 20
)

// call sends one request to the store and reads its JSON.
func (s *Server) call(ctx context.Context, method, path string, body []byte, into any) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, s.s.Address+"/api/v1/stores/"+s.s.Store+"/invoices"+path, bytes.NewReader(body))
	if err != nil {
		return ErrSilent.Because(err)
	}
	r.Header.Set("Authorization", "token "+s.s.Key)
	r.Header.Set("Accept", "application/json")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := s.client.Do(r)
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
	if len(data) > mostAnswer {
		return ErrAnswer.Because(errors.New("the answer is too long"))
	}
	if err := json.Unmarshal(data, into); err != nil {
		return ErrAnswer.Because(err)
	}
	return nil
}

// byStatus is what the status of an answer says by itself.
func byStatus(status int) error {
	words := errors.New("status " + strconv.Itoa(status))
	switch {
	case status == http.StatusOK:
		return nil
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return ErrKey.Because(words)
	case status == http.StatusNotFound:
		return ErrUnknown.Because(words)
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return ErrRefused.Because(words)
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError:
		return ErrSilent.Because(words)
	}
	return ErrAnswer.Because(words)
}
