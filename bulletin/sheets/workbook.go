package sheets

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/bulletin/content"
)

// The sheets that every workbook has, by name.
const (
	coverName    = "Cover"
	contentsName = "Contents"
	notesName    = "Notes"
	marksLabel   = "Marks"
)

// workbook makes a book of a content.
func workbook(c *content.Content) (*book, error) {
	if err := c.Fault(); err != nil {
		return nil, err
	}
	notes := notesOf(c)
	b := &book{title: titleOf(c), language: language(c), subject: join(c.AreaName, c.Period), day: dayOf(c)}
	tables := c.Tables()
	b.sheets = append(b.sheets, cover(c), contents(tables), notesSheet(notes, c))
	for _, t := range tables {
		b.sheets = append(b.sheets, tableSheet(t, notes))
	}
	return b, nil
}

func titleOf(c *content.Content) string {
	if c.Draft {
		return "Draft: " + c.Title
	}
	return c.Title
}

func language(c *content.Content) string {
	if c.Language == "" {
		return "en-GB"
	}
	return c.Language
}

// cover says what the workbook is: title, facts, marks, whom to ask.
func cover(c *content.Content) *sheet {
	s := &sheet{name: coverName, widths: []int{min(max(100, utf8.RuneCountInString(titleOf(c))*3/2), 160)}} // the title has larger letters
	s.add(title, titleOf(c))
	if c.Draft {
		s.add(plain, content.DraftWords)
	}
	if c.Subtitle != "" {
		s.add(plain, c.Subtitle)
	}
	s.add(heading, "About this workbook")
	s.add(plain, "Area: "+join(c.AreaName, "("+c.Area+")"))
	if !slices.ContainsFunc(c.Meta, func(p content.Pair) bool { return p.Name == "Period" }) {
		s.add(plain, "Period: "+c.Period)
	}
	for _, p := range c.Meta {
		s.add(plain, p.Name+": "+p.Value)
	}
	s.add(plain, "Each table has a sheet of its own. Numbers are rounded as they are on the page.")
	s.rows = append(s.rows, row{linked("List of tables: sheet "+contentsName, "#"+contentsName)}, row{linked("Notes to the tables: sheet "+notesName, "#"+notesName)})
	if marks := c.Marks(); len(marks) > 0 {
		s.add(heading, content.MarksTitle)
		for _, m := range marks {
			s.add(plain, m.Shown()+" "+m.Meaning()+".")
		}
		s.add(plain, "A mark in place of a number stands in its cell. A mark behind a number stands in the column "+marksLabel+", with the name of the column it belongs to.")
	}
	if contact := c.Chapter("contact"); contact != nil {
		s.add(heading, contact.Title)
		for _, said := range wordsOf(contact) {
			s.add(plain, said)
		}
	}
	return s
}

// wordsOf are the plain words of a chapter.
func wordsOf(ch *content.Chapter) (list []string) {
	for _, b := range ch.Blocks {
		switch b := b.(type) {
		case content.Heading:
			list = append(list, b.Text)
		case content.Para:
			list = append(list, b.Text)
		case content.Points:
			list = append(list, b.Items...)
		case content.Commentary:
			list = append(list, b.Source)
		}
	}
	return list
}

// contents lists the tables with links to them.
func contents(tables []*content.Table) *sheet {
	s := &sheet{name: contentsName}
	s.add(title, "Contents")
	if len(tables) == 0 {
		s.widths = []int{60}
		s.add(plain, "There are no tables in this workbook.")
		return s
	}
	s.add(line, "This worksheet contains one table: the list of tables, with links to their worksheets.")
	s.header("Contents_table", len(tables), "Worksheet", "Title", "What it shows")
	for _, t := range tables {
		s.rows = append(s.rows, row{linked(sheetName(t), "#"+sheetName(t)), words(plain, t.Title), words(plain, orNone(t.Subtitle))})
	}
	s.fit(14, 70)
	return s
}

// header begins a table of so many rows on the sheet. Labels become unique, as a marked table needs them.
func (s *sheet) header(name string, rows int, labels ...string) {
	if rows > 0 { // a table without rows cannot be marked
		s.marked = &marked{name: name, top: len(s.rows), height: rows + 1, columns: len(labels)}
	}
	var r row
	for _, label := range unique(labels) {
		r = append(r, cell{text: label, style: head})
	}
	s.rows = append(s.rows, r)
}

// unique makes labels different from one another, whatever their case, and none of them empty.
func unique(labels []string) []string {
	taken := map[string]bool{}
	list := make([]string, len(labels))
	for i, label := range labels {
		label = strings.TrimSpace(safe(label))
		if label == "" {
			label = "Column " + strconv.Itoa(i+1)
		}
		if r := []rune(label); len(r) > 200 { // a marked table takes 255
			label = string(r[:200])
		}
		name := label
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = label + " (" + strconv.Itoa(n) + ")"
		}
		taken[strings.ToLower(name)] = true
		list[i] = name
	}
	return list
}

func orNone(s string) string {
	if s == "" {
		return "As the title says"
	}
	return s
}

// sheetName is Table_3.
func sheetName(t *content.Table) string { return "Table_" + strconv.Itoa(t.Number) }

// tableName names the marked table: letters, digits and underscores.
func tableName(t *content.Table) string {
	name := sheetName(t) + "_" + strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, t.Key)
	return name[:min(len(name), 200)]
}

// tableSheet is a sheet with a table: what it is and where it comes from above, nothing below.
func tableSheet(t *content.Table, notes []note) *sheet {
	s := &sheet{name: sheetName(t)}
	refer := referred(t, notes)
	s.add(title, join(t.Name()+": "+t.Title, refer))
	s.add(line, "This worksheet contains one table.")
	if t.Subtitle != "" {
		s.add(line, t.Subtitle)
	}
	if refer != "" {
		s.rows = append(s.rows, row{linked("The notes are on the sheet "+notesName, "#"+notesName)})
	}
	marks := marksOf(t)
	for _, said := range told(t, marks) {
		s.add(line, said)
	}
	if t.Source != "" {
		s.add(line, "Source: "+t.Source)
	}
	s.rows = append(s.rows, row{linked("Back to the list of tables", "#"+contentsName)})
	if len(t.Rows) == 0 {
		s.add(line, "There is nothing to show in this table.")
	}
	s.header(tableName(t), len(t.Rows), headsOf(t, marks)...)
	heads := s.rows[len(s.rows)-1]
	for j := range heads {
		switch {
		case j < len(t.Columns) && t.Columns[j].Numeric:
			heads[j].style = headRight
		case j > 0:
			heads[j].style = headInset
		}
	}
	for i, r := range t.Rows {
		s.rows = append(s.rows, tableRow(t, r, marks, i))
	}
	s.fit(12, 60)
	return s
}

// headsOf are the labels of a table's columns, with that of the marks if there are any.
func headsOf(t *content.Table, marks []string) []string {
	var list []string
	for _, col := range t.Columns {
		list = append(list, col.Label)
	}
	if marks != nil {
		list = append(list, marksLabel)
	}
	return list
}

func tableRow(t *content.Table, r content.Row, marks []string, i int) row {
	look, aside, beside := plain, right, inset
	if r.Total {
		look, aside, beside = sum, sumRight, sumInset
	}
	var out row
	for j, col := range t.Columns {
		cl := r.Cell(j)
		switch {
		case cl.HasNumber():
			out = append(out, cell{number: cl.Plain(col.Places), places: min(max(col.Places, 0), mostPlaces), style: look})
		case col.Numeric:
			out = append(out, words(aside, cl.Value(col.Places)))
		case j > 0:
			out = append(out, words(beside, cl.Value(col.Places)))
		default:
			out = append(out, words(look, cl.Value(col.Places)))
		}
	}
	if marks != nil {
		out = append(out, words(beside, marks[i]))
	}
	return out
}

// marksOf says for each row which marks stand behind what: "Kits [p]; Reach [r]". nil if there are none in the table.
func marksOf(t *content.Table) []string {
	var any bool
	list := make([]string, len(t.Rows))
	for i, r := range t.Rows {
		var said []string
		for j, col := range t.Columns {
			if marks := r.Cell(j).Behind(); marks != "" {
				said = append(said, join(col.Label, marks))
				any = true
			}
		}
		list[i] = strings.Join(said, "; ")
	}
	if !any {
		return nil
	}
	return list
}

// told says what marks a table has and why cells of it are empty.
func told(t *content.Table, marks []string) (list []string) {
	if used := t.Marks(); len(used) > 0 {
		var shown []string
		for _, m := range used {
			shown = append(shown, m.Shown())
		}
		list = append(list, "Marks in this table: "+strings.Join(shown, ", ")+". The sheet "+coverName+" says what they mean.")
	}
	blank, unmarked := false, false
	for i, r := range t.Rows {
		for j, col := range t.Columns {
			blank = blank || r.Cell(j).Value(col.Places) == ""
		}
		unmarked = unmarked || marks != nil && marks[i] == ""
	}
	if blank {
		list = append(list, "A cell that is empty has nothing to say: the column does not apply to its row.")
	}
	if unmarked {
		list = append(list, "A row whose cell in the column "+marksLabel+" is empty has no mark.")
	}
	return list
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }
