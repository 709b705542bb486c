package figures

import (
	"unicode"
	"unicode/utf8"
)

// Capital writes the first letter large, for words that begin a line.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
