package webdesk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"

	"hashmend/app"
	"hashmend/backend/repair"
)

// What is wrong with a call. A page built with the program never sees them.
var (
	errNoMethod = &repair.Error{Kind: repair.NotFound, Code: "webdesk.no_such_method"} // args: method
	errBadArgs  = &repair.Error{Kind: repair.Invalid, Code: "webdesk.bad_arguments"}   // args: method
	errNotJSON  = &repair.Error{Kind: repair.Invalid, Code: "webdesk.not_json"}
)

// method is one thing the page may call.
type method struct {
	fn       reflect.Value
	params   []reflect.Type
	hasValue bool // first result is data
	hasError bool // last result is an error
}

var errorType = reflect.TypeFor[error]()

// methodsOf finds the exported methods of the bound structs, as "Struct/Method".
func methodsOf(bound []any) map[string]method {
	methods := map[string]method{}
	for _, b := range bound {
		v := reflect.ValueOf(b)
		name := reflect.Indirect(v).Type().Name()
		for i := range v.NumMethod() {
			m := method{fn: v.Method(i)}
			t := m.fn.Type()
			for p := range t.NumIn() {
				m.params = append(m.params, t.In(p))
			}
			n := t.NumOut()
			m.hasError = n > 0 && t.Out(n-1) == errorType
			m.hasValue = n > 1 || n == 1 && !m.hasError
			methods[name+"/"+v.Type().Method(i).Name] = m
		}
	}
	return methods
}

// call answers 200 with the result, or with the error's JSON: 422 when the
// method said no, 400 and 404 when it was never asked.
func (s *server) call(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("struct") + "/" + r.PathValue("method")
	m, known := s.methods[name]
	if !known {
		app.WriteError(w, http.StatusNotFound, errNoMethod.With("method", name))
		return
	}
	if r.Header.Get("Content-Type") != "application/json" { // a form of another site cannot say so
		app.WriteError(w, http.StatusUnsupportedMediaType, errNotJSON)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCall))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		app.WriteError(w, http.StatusRequestEntityTooLarge, errTooLarge)
		return
	}
	if err != nil {
		return // the browser went away
	}
	args, err := m.decode(body)
	if err != nil {
		app.WriteError(w, http.StatusBadRequest, errBadArgs.With("method", name).Because(err))
		return
	}
	value, err := m.run(args)
	if err != nil {
		app.WriteError(w, http.StatusUnprocessableEntity, err)
		return
	}
	writeJSON(w, value)
}

// decode reads the arguments as the window's bridge does: a JSON array, one
// value a parameter.
func (m method) decode(body []byte) ([]reflect.Value, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, err
	}
	if len(raw) != len(m.params) {
		return nil, fmt.Errorf("%d arguments, want %d", len(raw), len(m.params))
	}
	args := make([]reflect.Value, len(raw))
	for i, text := range raw {
		arg := reflect.New(m.params[i])
		if err := json.Unmarshal(text, arg.Interface()); err != nil {
			return nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		args[i] = arg.Elem()
	}
	return args, nil
}

// run calls the method. Its value is nil where it has none.
func (m method) run(args []reflect.Value) (value any, err error) {
	out := m.fn.Call(args)
	if m.hasError {
		err, _ = out[len(out)-1].Interface().(error)
	}
	if m.hasValue {
		value = out[0].Interface()
	}
	return value, err
}
