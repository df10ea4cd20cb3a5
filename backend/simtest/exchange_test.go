package simtest

import (
	"net/http"
	"testing"
)

// A handler that gives up in the middle of its answer cuts the line and ends nothing
// else; what it did not mean ends the run.
func TestAnAnswerThatIsBrokenOffIsNone(t *testing.T) {
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, centreURL+"/v1/snapshot", nil)
	if err != nil {
		t.Fatal(err)
	}
	says := func(end any) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("a beginning"))
			if end != nil {
				panic(end)
			}
		})
	}
	if e, whole := serve(says(nil), ask, nil, false); !whole || string(e.body) != "a beginning" {
		t.Errorf("a whole answer: %v", e)
	}
	if e, whole := serve(says(http.ErrAbortHandler), ask, nil, false); whole || e != nil {
		t.Errorf("half of one: %v", e)
	}
	defer func() {
		if recover() == nil {
			t.Error("a mistake went by")
		}
	}()
	serve(says("a mistake"), ask, nil, false)
}
