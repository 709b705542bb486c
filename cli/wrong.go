package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"everykit/fault"
	"everykit/table"
)

// usageError is a command line that cannot be understood.
type usageError struct{ what, next string }

func usage(format string, args ...any) *usageError {
	return &usageError{what: fmt.Sprintf(format, args...)}
}

func (e *usageError) try(format string, args ...any) *usageError {
	e.next = fmt.Sprintf(format, args...)
	return e
}

func (e *usageError) Error() string { return e.what }

// errSaid is a failure that has been written out already.
var errSaid = errors.New("failed")

// report writes an error to stderr: a line of what, a line of what to do. Whoever runs a command holds the database, so
// unlike on a page the cause is shown too.
func (s *session) report(err error) {
	var wrong *usageError
	faults := fault.Of(err)
	switch {
	case errors.Is(err, errSaid):
	case errors.As(err, &wrong):
		s.complain(wrong.what, wrong.next)
	case len(faults) > 0:
		for _, f := range faults {
			s.complain(f.Message+cause(f), f.Next)
		}
	case errors.Is(err, context.Canceled):
		s.complain("stopped before it was done", "run it again; nothing was half stored")
	default:
		s.complain(err.Error(), "run it again; if it fails again, report it with the line above")
	}
}

func (s *session) complain(what, next string) {
	s.say("everykit: %s", strings.ReplaceAll(what, "\n", " "))
	if next != "" {
		s.say("  try: %s", next)
	}
}

// cause gives what is behind a fault in brackets, where that adds something.
func cause(f *fault.Error) string {
	c := f.Unwrap()
	var inner *fault.Error
	var rows *table.Faults
	if c == nil || errors.As(c, &inner) || errors.As(c, &rows) {
		return ""
	}
	return " (" + c.Error() + ")"
}

// meant proposes the word that was meant, in brackets; "" if none is near.
func meant(word string, known []string) string {
	if near := table.Nearest(strings.ToLower(word), known); near != "" {
		return fmt.Sprintf(" (did you mean %q?)", near)
	}
	return ""
}
