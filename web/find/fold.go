package find

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is a name as it is compared: letters without marks and digits, in small letters, one space between words. Apostrophes
// go: St Anne's and St Annes are one.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', unicode.Is(unicode.Cf, r):
		case r == '&':
			b.WriteString(" and")
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}
