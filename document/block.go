package document

import "html/template"

// Block is one of Heading, Para, Points, Table, Picture, Markdown.
type Block interface{ block() }

// Heading parts a chapter: it stands one level below the chapter's own.
type Heading struct{ Text string }

// Para is a paragraph of plain words.
type Para struct{ Text string }

// Points is a list.
type Points struct{ Items []string }

// Column of a table; Key names it in files.
type Column struct {
	Key, Label string
	Numeric    bool
}

// Row of a table. The first cell names the row.
type Row struct {
	Cells []string // as shown; [c], [x] and the like in words of the key
	Total bool
}

// Table is rows with a caption and a source. A row may be shorter than the columns: the rest is empty.
type Table struct {
	Key, Caption, Source string
	Columns              []Column
	Rows                 []Row
	Notes                []string
}

// Picture is a chart of package draw with an active title, and words for who does not see it. Markup carries title,
// subtitle and source itself, as draw writes them; they are given here for writers that cannot draw. The table with the
// same figures stands beneath, as a block of its own.
type Picture struct {
	Key, Title, Subtitle, Source, Alt string
	Markup                            template.HTML
}

// Markdown is somebody's commentary.
type Markdown struct{ Source string }

func (Heading) block()  {}
func (Para) block()     {}
func (Points) block()   {}
func (Table) block()    {}
func (Picture) block()  {}
func (Markdown) block() {}

// cell is cell i of a row of the table, "" where the row is shorter.
func (r Row) cell(i int) string {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return ""
}
