package document

import (
	"html"
	"strings"
	"unicode"
)

// markup writes elements with everything escaped.
type markup struct{ strings.Builder }

func (m *markup) raw(s string)  { m.WriteString(s) }
func (m *markup) text(s string) { m.WriteString(html.EscapeString(printable(s))) }

// with writes one text between an opening tag, given whole, and the closing tag of its element.
func (m *markup) with(open, text string) {
	m.raw(open)
	m.text(text)
	name, _, _ := strings.Cut(strings.Trim(open, "<>"), " ")
	m.raw("</" + name + ">")
}

// printable is text without what cannot stand in a page or a PDF: bytes that are no UTF-8, and control characters.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r == '\ufeff', r >= 0xfff0 && r <= 0xfffc, r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// fragment makes a key one that can stand in an id and in an address.
func fragment(key string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, key)
	if clean == "" {
		return "chapter"
	}
	return clean
}
