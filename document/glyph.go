package document

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// missing stands for a letter that the plain writer's font does not have.
const missing = '\u25a1' // a square

// drawn is text in the letters of the plain writer's font, which has Latin, Greek and Cyrillic. An accent it lacks is left
// off its letter; a letter it lacks is a square, so that nobody takes the rest for the whole.
func drawn(s string) string {
	s = norm.NFC.String(printable(s))
	plain := true
	for _, r := range s {
		plain = plain && r >= ' ' && r <= '~'
	}
	if plain {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case hasGlyph(r):
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r): // a mark on the letter before it, or nothing to be seen
		default:
			b.WriteString(likeness(r))
		}
	}
	return b.String()
}

// likeness takes a letter apart for what the font has of it.
func likeness(r rune) string {
	var b strings.Builder
	for _, part := range norm.NFKD.String(string(r)) {
		if hasGlyph(part) {
			b.WriteRune(part)
		}
	}
	if b.Len() == 0 {
		return string(missing)
	}
	return b.String()
}

var font = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic("the built-in font cannot be read: " + err.Error()) // it is part of the program: a test prints with it
	}
	return f
})

// hasGlyph reports whether the font can draw a letter. Beyond the first plane it has none.
func hasGlyph(r rune) bool {
	if r >= 0xffff {
		return false
	}
	i, err := font().GlyphIndex(nil, r)
	return err == nil && i != 0
}
