package library

import (
	"fmt"
	"strings"
	"unicode"
)

// bibEntry is one entry of a BibTeX file, its fields as they stand, without their outer braces.
type bibEntry struct {
	line   int
	kind   string // lower case
	key    string
	fields []bibField
}

type bibField struct {
	name, value string
	braced      bool // its value was one in braces
}

func (e *bibEntry) field(names ...string) string {
	for _, name := range names {
		for _, f := range e.fields {
			if f.name == name && strings.TrimSpace(f.value) != "" {
				return f.value
			}
		}
	}
	return ""
}

// mostExpanded bounds what abbreviations may grow to: one may name others, and so double with each line.
const mostExpanded = 1 << 20

// bibParser walks once over a file.
type bibParser struct {
	text     string
	at       int
	lineAt   int // the place up to which lines were counted
	line     int
	words    map[string]string // abbreviations of @string, and the months
	expanded int               // bytes of abbreviations made so far
}

func newBibParser(text string) *bibParser {
	p := &bibParser{text: text, line: 1, words: map[string]string{}}
	for i, m := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		p.words[m] = fmt.Sprint(i + 1)
	}
	return p
}

// lineOf gives the line of a place at or after the one asked for last.
func (p *bibParser) lineOf(at int) int {
	if at > p.lineAt {
		p.line += strings.Count(p.text[p.lineAt:at], "\n")
		p.lineAt = at
	}
	return p.line
}

// next gives the next entry; nil at the end. An error is of one entry, whose line and key are given, and reading goes on
// behind it.
func (p *bibParser) next() (*bibEntry, error) {
	for {
		at := strings.IndexByte(p.text[p.at:], '@')
		if at < 0 {
			return nil, nil
		}
		start := p.at + at
		p.at = start + 1
		kind := strings.ToLower(p.letters())
		p.blanks()
		if kind == "" || p.at >= len(p.text) || (p.text[p.at] != '{' && p.text[p.at] != '(') {
			continue // an @ in the words between entries, which are a comment
		}
		e := &bibEntry{line: p.lineOf(start), kind: kind}
		err := p.entry(e)
		if err != nil {
			p.resume(start + 1)
		}
		if err != nil || (kind != "comment" && kind != "preamble" && kind != "string") {
			return e, err
		}
	}
}

// entry reads what is within the braces.
func (p *bibParser) entry(e *bibEntry) error {
	shut := byte('}')
	if p.text[p.at] == '(' {
		shut = ')'
	}
	open := p.at
	p.at++
	switch e.kind {
	case "comment", "preamble":
		p.at = open
		if shut == ')' {
			p.restOfLine()
			return nil
		}
		_, err := p.braced()
		if err != nil && e.kind == "comment" {
			p.restOfLine() // a comment need not balance
			return nil
		}
		return err
	case "string":
		return p.fields(e, shut, true)
	}
	p.blanks()
	from := p.at
	for p.at < len(p.text) && !strings.ContainsRune(",}=\"\n", rune(p.text[p.at])) && (shut != ')' || p.text[p.at] != ')') {
		p.at++
	}
	e.key = strings.TrimSpace(p.text[from:p.at])
	p.blanks()
	switch {
	case p.at >= len(p.text):
		return fmt.Errorf("the entry does not end")
	case p.text[p.at] == ',':
		p.at++
	case p.text[p.at] == '=': // no key at all
		p.at, e.key = from, ""
	case p.text[p.at] != shut:
		return fmt.Errorf("a comma is missing after the key %.40q", e.key)
	}
	return p.fields(e, shut, false)
}

// fields reads name = value, until the entry is shut.
func (p *bibParser) fields(e *bibEntry, shut byte, words bool) error {
	for {
		p.blanks()
		for p.at < len(p.text) && p.text[p.at] == ',' {
			p.at++
			p.blanks()
		}
		if p.at >= len(p.text) {
			return fmt.Errorf("the entry does not end")
		}
		if p.text[p.at] == shut {
			p.at++
			return nil
		}
		name := strings.ToLower(p.name())
		if name == "" {
			return fmt.Errorf("there is %.10q where the name of a field should be", p.text[p.at:])
		}
		p.blanks()
		if p.at >= len(p.text) || p.text[p.at] != '=' {
			return fmt.Errorf("the field %.40s has no value", name)
		}
		p.at++
		value, braced, err := p.value()
		if err != nil {
			return fmt.Errorf("in the field %.40s %w", name, err)
		}
		if words {
			p.words[name] = value
		} else {
			e.fields = append(e.fields, bibField{name, value, braced})
		}
	}
}

// value reads one value: parts in braces, quotes, numbers and abbreviations, joined with #.
func (p *bibParser) value() (text string, braced bool, err error) {
	var b strings.Builder
	for parts := 0; ; parts++ {
		p.blanks()
		if p.at >= len(p.text) {
			return "", false, fmt.Errorf("there is no value")
		}
		switch c := p.text[p.at]; {
		case c == '{':
			s, err := p.braced()
			if err != nil {
				return "", false, err
			}
			b.WriteString(s)
			braced = parts == 0
		case c == '"':
			s, err := p.quoted()
			if err != nil {
				return "", false, err
			}
			b.WriteString(s)
		default:
			word := p.name()
			if word == "" {
				return "", false, fmt.Errorf("there is no value")
			}
			s, ok := p.words[strings.ToLower(word)]
			if !ok {
				s = word // a number, or an abbreviation that the file forgot to explain
			} else if p.expanded += len(s); p.expanded > mostExpanded+len(p.text) {
				return "", false, fmt.Errorf("an abbreviation grows without end")
			}
			b.WriteString(s)
		}
		p.blanks()
		if p.at >= len(p.text) || p.text[p.at] != '#' {
			return b.String(), braced && parts == 0, nil
		}
		p.at++
	}
}

// braced reads what is between braces that match. An entry that begins within is a sign that a brace was forgotten.
func (p *bibParser) braced() (string, error) {
	from, depth := p.at+1, 0
	for i := p.at; i < len(p.text); i++ {
		switch p.text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				p.at = i + 1
				return p.text[from:i], nil
			}
		case '\n':
			if p.head(i + 1) {
				return "", fmt.Errorf("a brace is not shut before the next entry")
			}
		}
	}
	return "", fmt.Errorf("a brace is not shut")
}

func (p *bibParser) quoted() (string, error) {
	from, depth := p.at+1, 0
	for i := from; i < len(p.text); i++ {
		switch p.text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return "", fmt.Errorf("a quotation mark is missing")
			}
		case '"':
			if depth == 0 {
				p.at = i + 1
				return p.text[from:i], nil
			}
		case '\n':
			if p.head(i + 1) {
				return "", fmt.Errorf("a quotation mark is missing before the next entry")
			}
		}
	}
	return "", fmt.Errorf("a quotation mark is missing")
}

// head reports whether a line begins an entry.
func (p *bibParser) head(at int) bool {
	for at < len(p.text) && (p.text[at] == ' ' || p.text[at] == '\t') {
		at++
	}
	if at >= len(p.text) || p.text[at] != '@' {
		return false
	}
	at++
	from := at
	for at < len(p.text) && at-from < 30 && isLetter(p.text[at]) {
		at++
	}
	if at == from {
		return false
	}
	for at < len(p.text) && p.text[at] == ' ' && at-from < 40 {
		at++
	}
	return at < len(p.text) && (p.text[at] == '{' || p.text[at] == '(')
}

// resume goes to the next line that begins an entry.
func (p *bibParser) resume(at int) {
	for {
		n := strings.IndexByte(p.text[at:], '\n')
		if n < 0 {
			p.at = len(p.text)
			return
		}
		if at += n + 1; p.head(at) {
			p.at = at
			return
		}
	}
}

func (p *bibParser) restOfLine() {
	if n := strings.IndexByte(p.text[p.at:], '\n'); n >= 0 {
		p.at += n
	} else {
		p.at = len(p.text)
	}
}

func (p *bibParser) blanks() {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == ' ' || c == '\n' || c == '\t':
			p.at++
		case c == '%': // a comment to the end of the line, as some programs write between fields
			n := strings.IndexByte(p.text[p.at:], '\n')
			if n < 0 {
				p.at = len(p.text)
				return
			}
			p.at += n + 1
		case c == 0xc2 && strings.HasPrefix(p.text[p.at:], "\u00a0"):
			p.at += 2
		default:
			return
		}
	}
}

func (p *bibParser) letters() string {
	from := p.at
	for p.at < len(p.text) && isLetter(p.text[p.at]) {
		p.at++
	}
	return p.text[from:p.at]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// name reads a field's name, an abbreviation or a number.
func (p *bibParser) name() string {
	from := p.at
	for i, r := range p.text[from:] {
		if unicode.IsSpace(r) || strings.ContainsRune("{}(),=\"#%", r) {
			p.at = from + i
			return p.text[from:p.at]
		}
	}
	p.at = len(p.text)
	return p.text[from:]
}
