package sheets

import (
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin/content"
)

// note is one that stands under a table or more. They are numbered through the whole bulletin, in their order.
type note struct {
	number int
	text   string
	tables []*content.Table
}

// notesOf are the notes of all tables; the same words are one note.
func notesOf(c *content.Content) []note {
	var list []note
	for _, t := range c.Tables() {
		for _, text := range t.Notes {
			i := slices.IndexFunc(list, func(n note) bool { return n.text == text })
			if i < 0 {
				i = len(list)
				list = append(list, note{number: i + 1, text: text})
			}
			if !slices.Contains(list[i].tables, t) {
				list[i].tables = append(list[i].tables, t)
			}
		}
	}
	return list
}

// referred is how a table's title names its notes: "[note 1] [note 3]".
func referred(t *content.Table, notes []note) string {
	var list []string
	for _, n := range notes {
		if slices.Contains(n.tables, t) {
			list = append(list, "["+n.name()+"]")
		}
	}
	return strings.Join(list, " ")
}

// name is what a note is called: "note 3".
func (n note) name() string { return "note " + strconv.Itoa(n.number) }

// of names the tables that a note belongs to: "Table 1, Table 3".
func (n note) of() string {
	var list []string
	for _, t := range n.tables {
		list = append(list, t.Name())
	}
	return strings.Join(list, ", ")
}

func notesSheet(notes []note, c *content.Content) *sheet {
	s := &sheet{name: notesName, widths: []int{14, 90, 20}}
	s.add(title, "Notes")
	if len(notes) == 0 {
		s.add(line, "No table of this workbook has notes.")
		if len(c.Marks()) > 0 {
			s.add(line, "The sheet "+coverName+" says what the marks mean.")
		}
		return s
	}
	s.add(line, "This worksheet contains one table: the notes, and the tables that they belong to.")
	s.header("Notes_table", len(notes), "Note number", "Note text", "Tables")
	for _, n := range notes {
		s.rows = append(s.rows, row{words(plain, n.name()), words(plain, n.text), words(plain, n.of())})
	}
	return s
}
