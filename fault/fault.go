// Package fault is how everything in Everykit says that something went wrong.
//
// An error that a person will see is a *fault.Error: a kind (which decides the HTTP status and the exit code), a
// message that is safe to show to anyone who may make the request, a hint that says what to do next, the field it
// belongs to if it came from a form, and the cause, which only the log sees. A message names things (an outlet, a
// lot, a day, a shortfall) and never repeats personal data.
//
// Several faults of one form or one request travel together as a List. Everything else is an ordinary wrapped error
// and is shown as Internal with a number that leads to the log.
//
// Start reading at Error.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure it is.
type Kind uint8

// The kinds. Internal is the kind of every error that is not a fault.
const (
	Internal    Kind = iota // our mistake or the machine's
	Invalid                 // the input cannot be understood or is out of range
	NotFound                // no such thing, or none this person may know of
	Conflict                // the same id was used before for something else, or somebody was faster
	Refused                 // understood, allowed in general, but a rule of the ledger says no
	Forbidden               // this person may not do this
	Unavailable             // try again: disk full, database away, too busy
)

var kindNames = [...]string{"internal", "invalid", "not_found", "conflict", "refused", "forbidden", "unavailable"}

func (k Kind) String() string { return kindNames[k] }

// Error is one thing that went wrong, fit to be shown.
type Error struct {
	Kind    Kind
	Message string // one sentence: what and where
	Next    string // what to do next; may be empty
	Field   string // the name of the form field or file column it belongs to; may be empty
	cause   error
}

// New makes a fault with a message built as fmt.Sprintf does.
func New(k Kind, format string, args ...any) *Error {
	msg := format
	if len(args) > 0 {
		msg = fmt.Sprintf(format, args...)
	}
	return &Error{Kind: k, Message: msg}
}

// At names the field or column the fault belongs to.
func (e *Error) At(field string) *Error { e.Field = field; return e }

// Hint says what to do next.
func (e *Error) Hint(format string, args ...any) *Error {
	e.Next = format
	if len(args) > 0 {
		e.Next = fmt.Sprintf(format, args...)
	}
	return e
}

// Because keeps the cause for the log. It is never shown.
func (e *Error) Because(cause error) *Error { e.cause = cause; return e }

func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// List is several faults of one request, in the order of its fields.
type List []*Error

func (l List) Error() string {
	parts := make([]string, len(l))
	for i, e := range l {
		parts[i] = e.Message
	}
	return strings.Join(parts, "; ")
}

// Err is nil for an empty list, so that "return faults.Err()" is right in every case.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// KindOf gives the kind of any error; Internal for one that is not a fault. The kind of a list is that of its first.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	var l List
	if errors.As(err, &l) && len(l) > 0 {
		return l[0].Kind
	}
	return Internal
}

// Of gives every fault within err, none if err is not made of faults.
func Of(err error) []*Error {
	var l List
	if errors.As(err, &l) {
		return l
	}
	var e *Error
	if errors.As(err, &e) {
		return []*Error{e}
	}
	return nil
}

// Is reports whether err is a fault of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }
