package app

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"hashmend/backend/repair"
)

func TestFormatError(t *testing.T) {
	fixed := &repair.Error{Kind: repair.Conflict, Code: "quote.not_declinable", Rule: "R32"}
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"an error for a person", fixed, `{"kind":"conflict","code":"quote.not_declinable","rule":"R32"}`},
		{"the same, wrapped on its way", fmt.Errorf("act: %w", fixed.With("serial", "A1")), `{"kind":"conflict","code":"quote.not_declinable","rule":"R32","args":{"serial":"A1"}}`},
		{"its cause stays here", fixed.Because(errors.New("/home/secret")), `{"kind":"conflict","code":"quote.not_declinable","rule":"R32"}`},
		{"any other error", errors.New("/home/secret"), `{"kind":"internal","code":"internal.unexpected"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FormatError(tt.err); got != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

func TestAPanicInABoundMethodIsItsError(t *testing.T) {
	bound := func() (err error) {
		defer settle(&err)
		var nobody *System
		_ = nobody.app.Version
		return nil
	}
	var e *repair.Error
	if err := bound(); !errors.As(err, &e) || e.Kind != repair.Internal {
		t.Errorf("got %v", err)
	}
}

func TestAPanicUnderLocalIsAnAnswer(t *testing.T) {
	a := bare(Config{Dir: t.TempDir()})
	a.local.HandleFunc("GET /local/panic", func(http.ResponseWriter, *http.Request) { panic("torn") })
	files := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("page")) })
	for path, want := range map[string]string{
		"/local/panic":   `"internal.unexpected"`,
		"/index.html":    "page",
		"/local/nothing": "404",
	} {
		w := httptest.NewRecorder()
		a.middleware(fstest.MapFS{}, files).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("GET %s: %d %s, want %s", path, w.Code, w.Body, want)
		}
	}
}
