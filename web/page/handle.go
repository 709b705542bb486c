package page

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"everykit/fault"
	"everykit/language"
)

// Func is a handler that may fail. Whatever it returns becomes an error page; it must then not have written anything
// (Set.Render keeps to that by itself).
type Func func(http.ResponseWriter, *http.Request) error

// Handle makes an http.Handler of a Func: a fault becomes a page with its message, its hint and a number; the log gets
// the cause under the same number. Neither form values nor query strings are logged. A panic is an internal error.
func (s *Shell) Handle(f Func) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.fail(rec, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}()
		if err := f(rec, r); err != nil {
			s.fail(rec, r, err)
		}
	})
}

// Status is the HTTP status of an error.
func Status(err error) int {
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict, fault.Refused:
		return http.StatusConflict
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusInternalServerError
}

// titles are the messages for the headings of error pages.
var titles = map[int]string{
	http.StatusUnprocessableEntity:   "shell.error-invalid",
	http.StatusNotFound:              "shell.error-not-found",
	http.StatusConflict:              "shell.error-refused",
	http.StatusForbidden:             "shell.error-forbidden",
	http.StatusServiceUnavailable:    "shell.error-unavailable",
	http.StatusRequestEntityTooLarge: "shell.error-too-large",
	http.StatusInternalServerError:   "shell.error-internal",
}

// wrong is what the error page shows.
type wrong struct {
	Messages []FieldError
	ID       string
}

var errorPage = MustParse(own, "templates/pages/*.html")

func (s *Shell) fail(w *recorder, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody is waiting for an answer
	}
	status, id := Status(err), errorID()
	level := slog.LevelInfo
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.log().Log(r.Context(), level, "request failed", "id", id, "status", status, "method", r.Method,
		"route", r.Pattern, "kind", fault.KindOf(err).String(), "error", causes(err))
	if w.wrote {
		return // half an answer is out: nothing can be added to it
	}
	v := s.View(r, "")
	v.Title, v.Body = v.T(titles[status]), wrong{Messages: messages(v.Words, err, status), ID: id}
	if err := errorPage.Render(w, status, "error", v); err != nil {
		s.log().Error("error page failed", "id", id, "error", err.Error())
		http.Error(w, v.T("shell.error-plain", "id", id), http.StatusInternalServerError)
	}
}

// messages are what may be shown: those of faults, never the text of any other error.
func messages(words *language.Words, err error, status int) []FieldError {
	var list []FieldError
	for _, f := range fault.Of(err) {
		list = append(list, FieldError{Message: Sentence(words.Fault(f.Message)), Hint: Sentence(words.Fault(f.Next))})
	}
	if list != nil {
		return list
	}
	if status == http.StatusRequestEntityTooLarge {
		return []FieldError{{Message: words.T("shell.too-large"), Hint: words.T("shell.too-large-hint")}}
	}
	return []FieldError{{Message: words.T("shell.our-mistake"), Hint: words.T("shell.our-mistake-hint")}}
}

// causes writes an error with what is behind it, for the log.
func causes(err error) string {
	text := err.Error()
	for _, f := range fault.Of(err) {
		if c := f.Unwrap(); c != nil {
			text += ": " + c.Error()
		}
	}
	return text
}

func errorID() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// recorder remembers whether an answer has begun.
type recorder struct {
	http.ResponseWriter
	wrote bool
}

func (r *recorder) WriteHeader(status int) {
	r.wrote = true
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	r.wrote = true
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
