package library

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text as the library keeps it. Both functions give back what they made unchanged, so that what was stored, written to a
// file and read again is equal.

// line tidies a text of one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// paragraphs tidies a text of several: each a line, no blank lines.
func paragraphs(s string) string {
	s = clean(s)
	if !strings.Contains(s, "\n") {
		return strings.Join(strings.Fields(s), " ")
	}
	var kept []string
	for p := range strings.SplitSeq(s, "\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n")
}

// markup is what publishers leave in titles and abstracts. Nothing else between angle brackets is touched: "n < 5" and
// "<script>" are text, and are shown as such.
var markup = regexp.MustCompile(`(?i)</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|sc|scp|span|br|p|title|sec|italic|bold|inf|underline|list|list-item|div)(?:\s[^<>]{0,200})?/?>`)

var (
	entity     = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});`)
	ampersands = regexp.MustCompile(`&(?:amp;)+`)
)

// clean takes away markup, entities and characters that cannot be seen. Markup may hide in entities and the other way
// round: a few rounds find what anybody meant, and what still hides then was made to, and loses its brackets.
func clean(s string) string {
	s = visible(s)
	for range 6 {
		if !strings.ContainsAny(s, "<&") {
			return s
		}
		was := s
		s = ampersands.ReplaceAllString(s, "&")
		s = entity.ReplaceAllStringFunc(s, html.UnescapeString)
		s = visible(markup.ReplaceAllStringFunc(s, space))
		if s == was {
			return s
		}
	}
	return visible(strings.NewReplacer("<", " ", "&", " ").Replace(s))
}

// space is what stands in place of a piece of markup: a line break for those that begin a paragraph, else nothing.
func space(tag string) string {
	name := strings.TrimPrefix(strings.ToLower(strings.Trim(tag, "</>")), "jats:")
	for _, block := range []string{"p", "br", "title", "sec", "list", "list-item", "div"} {
		if name == block || strings.HasPrefix(name, block+" ") {
			return "\n"
		}
	}
	return ""
}

func visible(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if plainASCII(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// plainASCII reports whether a text has nothing that visible would touch.
func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < ' ' && c != '\n') || c >= 0x7f {
			return false
		}
	}
	return true
}

// unseen are characters that change how others look, or that no file format takes: marks of direction, blanks without
// width, and what is no character at all.
func unseen(r rune) bool {
	switch {
	case r == '\u200b', r == '\ufeff', r == '\u00ad', r == '\u200e', r == '\u200f', r == '\u061c':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069':
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	return false
}

// fold brings a text to the letters and digits that tell it from another: lower case, no accents, single spaces.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '\u2019':
			continue
		case unicode.IsLetter(r), unicode.IsNumber(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			if plain, ok := strokes[r]; ok {
				b.WriteString(plain)
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
		default:
			gap = true
		}
	}
	return b.String()
}

// strokes are letters that have no accent to take away and yet are typed without.
var strokes = map[rune]string{
	'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'æ': "ae", 'œ': "oe", 'ß': "ss", 'þ': "th", 'ŋ': "n", 'ĸ': "k",
}
