package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"runtime/debug"

	"hashmend/backend/repair"
)

// codeInternal is the code of every fault of the program that has no better one.
const codeInternal = "internal.unexpected"

// FormatError writes an error as the page receives it: the JSON text of a
// repair.Error. It is text because the bridge makes it the message of a
// JavaScript Error; an object would arrive as "[object Object]".
func FormatError(err error) any {
	text, mErr := json.Marshal(visible(err))
	if mErr != nil {
		return `{"kind":"internal","code":"` + codeInternal + `"}`
	}
	return string(text)
}

// visible is the part of an error that may reach a person. What is not a
// repair.Error is a fault of ours: the log gets it, the page gets its code.
func visible(err error) *repair.Error {
	var e *repair.Error
	if errors.As(err, &e) {
		if e.Kind == repair.Internal {
			log.Printf("internal: %v", err)
		}
		return e
	}
	log.Printf("internal: %v", err)
	return &repair.Error{Kind: repair.Internal, Code: codeInternal, Err: err}
}

// settle turns a panic of a bound method into its error. Without it the page's
// promise would never settle. Every bound method defers it first.
func settle(err *error) {
	p := recover()
	if p == nil {
		return
	}
	log.Printf("panic: %v\n%s", p, debug.Stack())
	*err = &repair.Error{Kind: repair.Internal, Code: codeInternal, Err: fmt.Errorf("panic: %v", p)}
}
