package content

import (
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/document"
)

// DraftWords are said at the top of a bulletin that is not published.
const DraftWords = "This is a draft. It is not published, and what it says may still change."

// MarksTitle heads the list of what the marks mean.
const MarksTitle = "What the marks mean"

// Document is the content as a document, for the page and the PDF. Tables have their number in the caption. What the marks
// mean is told once, before the first table: at the end of the first chapter if that has neither table nor picture, else
// before those. A draft says that it is one in its title, at
// the top of the first chapter and at the head of every page of paper.
func (c *Content) Document() *document.Document {
	d := &document.Document{Title: c.Title, Subtitle: c.Subtitle, Language: c.Language}
	if day, err := civil.ParseDate(c.PublishedOn); err == nil {
		d.Made = day
	}
	if c.Draft {
		d.Title, d.Banner = "Draft: "+c.Title, "Draft: not published"
	}
	for _, p := range c.Meta {
		d.Meta = append(d.Meta, document.Pair{Name: p.Name, Value: p.Value})
	}
	for _, ch := range c.Chapters {
		out := document.Chapter{Key: ch.Key, Title: ch.Title}
		for _, b := range ch.Blocks {
			out.Blocks = append(out.Blocks, drawn(b)...)
		}
		d.Chapters = append(d.Chapters, out)
	}
	c.explain(d)
	if c.Draft && len(d.Chapters) > 0 {
		d.Chapters[0].Blocks = slices.Insert(d.Chapters[0].Blocks, 0, document.Block(document.Para{Text: DraftWords}))
	}
	return d
}

// explain puts the words of the marks before the first table.
func (c *Content) explain(d *document.Document) {
	marks := c.Marks()
	if len(marks) == 0 {
		return
	}
	words := document.Points{}
	for _, m := range marks {
		words.Items = append(words.Items, m.Shown()+" "+m.Meaning()+".")
	}
	note := []document.Block{document.Heading{Text: MarksTitle}, words}
	shows := func(b document.Block) bool {
		switch b.(type) {
		case document.Table, document.Picture:
			return true
		}
		return false
	}
	for i := range d.Chapters {
		blocks := &d.Chapters[i].Blocks
		if at := slices.IndexFunc(*blocks, shows); at >= 0 {
			*blocks = slices.Insert(*blocks, at, note...)
			return
		}
		if i == 0 {
			*blocks = append(*blocks, note...)
			return
		}
	}
}

// drawn is a block of a document; none for a kind that is not known.
func drawn(b Block) []document.Block {
	switch b := b.(type) {
	case Heading:
		return []document.Block{document.Heading(b)}
	case Para:
		return []document.Block{document.Para(b)}
	case Points:
		return []document.Block{document.Points(b)}
	case Commentary:
		return []document.Block{document.Markdown(b)}
	case *Table:
		return []document.Block{b.document()}
	case *Picture:
		return []document.Block{document.Picture{Key: b.Key, Title: b.Title, Subtitle: b.Subtitle, Source: b.Source, Alt: b.Alt, Markup: b.Markup}}
	}
	return nil
}

// Caption is the table's number, title and subtitle: "Table 3. Kits by channel. Kits supplied, Scotland, 2021/22-Q2".
func (t *Table) Caption() string {
	said := t.Name() + ". " + t.Title
	if t.Subtitle == "" {
		return said
	}
	if !strings.HasSuffix(said, ".") && !strings.HasSuffix(said, "?") {
		said += "."
	}
	return said + " " + t.Subtitle
}

// Name is what the table is called in words: "Table 3".
func (t *Table) Name() string { return "Table " + strconv.Itoa(t.Number) }

// document is the table as shown. Its fragment is table- and its key, which no chapter has.
func (t *Table) document() document.Table {
	out := document.Table{Key: "table-" + t.Key, Caption: t.Caption(), Source: t.Source, Notes: t.Notes}
	for _, col := range t.Columns {
		out.Columns = append(out.Columns, document.Column{Key: col.Key, Label: col.Label, Numeric: col.Numeric})
	}
	for _, r := range t.Rows {
		row := document.Row{Total: r.Total}
		for i, cell := range r.Cells {
			places := 0
			if i < len(t.Columns) {
				places = t.Columns[i].Places
			}
			row.Cells = append(row.Cells, cell.Shown(places))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
