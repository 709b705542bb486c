package page

import (
	"html/template"
	"strings"

	"everykit/language"
)

// Table is rows of words and numbers. It is written by Go code, not by a template, because a page may carry hundreds of
// rows and must stay quick. Columns of numbers are set to the right. The first column names the row.
//
// On a small screen a wide table scrolls sideways within itself, its first column standing still; one with Stack set
// (rows that are things, few columns) becomes a list of small cards instead.
type Table struct {
	Caption string
	Hide    bool // the caption is for screen readers: a heading says the same
	Note    string
	Columns []Column
	Rows    []Row
	Empty   string // said in place of a table without rows
	CSV     string // where the same rows are as a file; none if empty
	Stack   bool
	Words   *language.Words // of a public page; nil is English
}

// Column is the head of a column. Unit belongs in it: "On hand (kits)".
type Column struct {
	Label      string
	Numeric    bool
	Definition string // name of its entry on the page of definitions
}

// Row is one line. A total is set apart.
type Row struct {
	Cells  []Cell
	Total  bool
	Quiet  bool // blocked or past: greyed, still readable
	Struck bool // undone: greyed and struck through; its words must say so too
}

// Cell is one entry: words, perhaps leading somewhere, a quieter line under them, a tag.
type Cell struct {
	Text string
	Href string
	Sub  string
	Tag  *Tag
	HTML template.HTML // in place of Text: from a leaf that makes markup, never from input
}

// TextCell is words.
func TextCell(s string) Cell { return Cell{Text: s} }

// CountCell is a whole number.
func CountCell(n int64) Cell { return Cell{Text: Number(n)} }

// LinkCell is words that lead somewhere.
func LinkCell(text, href string) Cell { return Cell{Text: text, Href: href} }

// TagCell is a state alone.
func TagCell(t Tag) Cell { return Cell{Tag: &t} }

// Under adds a quieter line.
func (c Cell) Under(s string) Cell { c.Sub = s; return c }

// Tagged adds a state after the words.
func (c Cell) Tagged(t Tag) Cell { c.Tag = &t; return c }

// Columns makes column heads from words; one that begins with "#" holds numbers.
func Columns(labels ...string) []Column {
	cols := make([]Column, len(labels))
	for i, l := range labels {
		text, numeric := strings.CutPrefix(l, "#")
		cols[i] = Column{Label: text, Numeric: numeric}
	}
	return cols
}

// Markup writes a cell on its own, for a summary list.
func (c Cell) Markup() template.HTML {
	var b strings.Builder
	c.write(&b)
	return template.HTML(b.String()) // write escapes
}

func (c Cell) write(b *strings.Builder) {
	open := c.Href != ""
	if open {
		b.WriteString(`<a class="nhsuk-link" href="`)
		b.WriteString(esc(SafeHref(c.Href)))
		b.WriteString(`">`)
	}
	if c.HTML != "" {
		b.WriteString(string(c.HTML))
	} else {
		b.WriteString(esc(c.Text))
	}
	if open {
		b.WriteString(`</a>`)
	}
	if c.Tag != nil {
		if c.Text != "" || c.HTML != "" {
			b.WriteByte(' ')
		}
		c.Tag.write(b)
	}
	if c.Sub != "" {
		b.WriteString(`<span class="ek-sub">`)
		b.WriteString(esc(c.Sub))
		b.WriteString(`</span>`)
	}
}

func (t Tag) write(b *strings.Builder) {
	b.WriteString(`<strong class="nhsuk-tag nhsuk-tag--`)
	b.WriteString(esc(string(t.tone())))
	b.WriteString(`">`)
	b.WriteString(esc(t.Text))
	b.WriteString(`</strong>`)
}

// tone is the tag's own, or white if none was given.
func (t Tag) tone() Tone {
	if t.Tone == "" {
		return Plain
	}
	return t.Tone
}

// Markup writes a tag; the "tag" partial calls it.
func (t Tag) Markup() template.HTML {
	var b strings.Builder
	t.write(&b)
	return template.HTML(b.String()) // write escapes
}

func esc(s string) string { return template.HTMLEscapeString(s) }

// SafeHref lets pass what may follow href=: a path or fragment of this site, an https, mailto or tel address. Anything
// else becomes "#".
func SafeHref(s string) string {
	if strings.HasPrefix(s, "//") || strings.HasPrefix(s, `/\`) {
		return "#"
	}
	for _, ok := range []string{"/", "#", "?", "https://", "mailto:", "tel:"} {
		if strings.HasPrefix(s, ok) {
			return s
		}
	}
	return "#"
}
