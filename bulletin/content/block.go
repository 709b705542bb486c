package content

import "html/template"

// Block is one of Heading, Para, Points, *Table, *Picture, Commentary.
type Block interface{ block() }

// Heading parts a chapter.
type Heading struct {
	Text string `json:"text"`
}

// Para is a paragraph of plain words.
type Para struct {
	Text string `json:"text"`
}

// Points is a list, such as the main points.
type Points struct {
	Items []string `json:"items,omitempty"`
}

// Commentary is what the analyst wrote, in Markdown.
type Commentary struct {
	Source string `json:"source"`
}

// Table is rows under a title. Number is its place among the tables of the bulletin, from 1; Key names it in files.
type Table struct {
	Number   int      `json:"number"`
	Key      string   `json:"key"`                // kits_by_channel
	Title    string   `json:"title"`              // what it shows
	Subtitle string   `json:"subtitle,omitempty"` // measure, place, period
	Source   string   `json:"source,omitempty"`
	Columns  []Column `json:"columns,omitempty"`
	Rows     []Row    `json:"rows,omitempty"`
	Notes    []string `json:"notes,omitempty"`
}

// Column of a table. The first names the rows.
type Column struct {
	Key     string `json:"key"`
	Label   string `json:"label"`
	Unit    string `json:"unit,omitempty"` // kits; empty for words
	Numeric bool   `json:"numeric,omitempty"`
	Places  int    `json:"places,omitempty"` // decimals shown, 0 to 6
}

// Row of a table.
type Row struct {
	Cells []Cell `json:"cells,omitempty"`
	Total bool   `json:"total,omitempty"` // the sum of others, or what they are part of
}

// Cell gives cell i, an empty one where the row is shorter than that.
func (r Row) Cell(i int) Cell {
	if i < len(r.Cells) {
		return r.Cells[i]
	}
	return Cell{}
}

// Picture is a chart of package draw under an active title: a sentence that states the finding.
type Picture struct {
	Key      string        `json:"key"`
	Title    string        `json:"title"`
	Subtitle string        `json:"subtitle,omitempty"`
	Source   string        `json:"source,omitempty"`
	Alt      string        `json:"alt"`
	Markup   template.HTML `json:"markup,omitempty"` // as draw writes it, with title, subtitle and source
	Table    string        `json:"table,omitempty"`  // key of the table with the same figures, which stands beneath
}

func (Heading) block()    {}
func (Para) block()       {}
func (Points) block()     {}
func (Commentary) block() {}
func (*Table) block()     {}
func (*Picture) block()   {}
