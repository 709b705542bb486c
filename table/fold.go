package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold brings a word to the form that keys have: lower case, with each run of spaces, hyphens and underscores as one
// "_", and none at either end, so that "Person at risk", "person-at-risk" and "person_at_risk" are one word.
// A word that has that form already is given back as it is, without allocation.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if separates(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('_')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// folded sees the common case: ASCII that needs no change. Anything else takes the slow way and comes out right too.
func folded(s string) bool {
	after := byte('_') // as if a separator stood before the word: none may begin it
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf, c >= 'A' && c <= 'Z', c <= ' ', c == '-', c == 0x7f:
			return false
		case c == '_' && after == '_':
			return false
		}
		after = c
	}
	return after != '_' || s == ""
}

// separates tells white space, hyphens of every length and underscores, which people mix freely.
func separates(r rune) bool {
	return r == '_' || unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
}
