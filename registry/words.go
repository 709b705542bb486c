package registry

import (
	"fmt"
	"strings"

	"everykit/fault"
	"everykit/table"
)

// words is a list of small numbers with a key for files and what a page writes. Number 0 is "not known" and has the
// empty key.
type words[T ~uint8] struct {
	what string       // "a channel", for messages
	keys []string     // keys[0] is ""
	said []string     // as a page writes it
	also map[string]T // other forms understood, folded
}

// parse reads a key in any case, with spaces, "-" or "_", or one of the other forms. Empty is 0. What is not understood
// is an error, never "other".
func (w *words[T]) parse(s string) (T, error) {
	folded := table.Fold(s)
	for i, k := range w.keys {
		if k == folded {
			return T(i), nil
		}
	}
	if n, ok := w.also[folded]; ok {
		return n, nil
	}
	return 0, fault.New(fault.Invalid, "%q is not %s%s", s, w.what, w.propose(folded))
}

// propose names the key a mistyped word most likely stands for, or all of them.
func (w *words[T]) propose(folded string) string {
	if near := table.Nearest(folded, w.keys[1:]); near != "" {
		return fmt.Sprintf(": did you mean %s?", near)
	}
	return "; write one of " + strings.Join(w.keys[1:], ", ")
}

func (w *words[T]) key(n T) string {
	if int(n) < len(w.keys) {
		return w.keys[n]
	}
	return ""
}

func (w *words[T]) word(n T) string {
	if int(n) < len(w.said) {
		return w.said[n]
	}
	return ""
}

// all gives every number but 0, for the options of a form.
func (w *words[T]) all() []T {
	list := make([]T, len(w.keys)-1)
	for i := range list {
		list[i] = T(i + 1)
	}
	return list
}

// known reports whether a number is one of the list; 0 is.
func (w *words[T]) known(n T) bool { return int(n) < len(w.keys) }
