package sheets

import (
	"bytes"
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/table"
)

// Zip writes tables.zip: one CSV a table, notes.csv, and datapackage.json. The same content gives the same bytes. A CSV has
// what the page's table has, cell by cell: numbers rounded alike but without commas, words as they are, [c] and [x] in place of
// numbers; and behind each column that has marks behind a number or a word one more, with them.
func Zip(c *content.Content) ([]byte, error) {
	if err := c.Fault(); err != nil {
		return nil, err
	}
	var files []csvFile
	names := map[string]bool{"notes": true}
	for _, t := range c.Tables() {
		f := csvOf(t)
		for f.name = fileName(t.Key); names[f.name]; {
			f.name += "_"
		}
		names[f.name] = true
		files = append(files, f)
	}
	files = append(files, notesCSV(c))
	var parts []part
	for i := range files {
		body, err := files[i].write()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{files[i].name + ".csv", body})
	}
	description, err := dataPackage(c, files, parts)
	if err != nil {
		return nil, err
	}
	parts = append([]part{{"datapackage.json", description}}, parts...)
	return pack(parts, stamp(dayOf(c)), false)
}

// csvFile is a table as its CSV has it.
type csvFile struct {
	name   string
	table  *content.Table // nil: the notes
	fields []field
	rows   [][]string
}

// field is a column of a CSV.
type field struct {
	name, label, unit, kind string // kind: string, integer or number
	about                   string
}

func (f csvFile) write() ([]byte, error) {
	var b bytes.Buffer
	var heads []string
	for _, col := range f.fields {
		heads = append(heads, col.name)
	}
	w := table.NewWriter(&b, heads...)
	for _, r := range f.rows {
		if err := w.Write(r...); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// csvOf lays a table out.
func csvOf(t *content.Table) csvFile {
	f := csvFile{table: t, rows: make([][]string, len(t.Rows))}
	var keys []string
	for j, col := range t.Columns {
		marks := make([]string, len(t.Rows))
		any := false
		for i, r := range t.Rows {
			cell := r.Cell(j)
			f.rows[i] = append(f.rows[i], clean(cell.Plain(col.Places)))
			marks[i] = cell.Behind()
			any = any || marks[i] != ""
		}
		keys = append(keys, col.Key)
		f.fields = append(f.fields, field{label: col.Label, unit: col.Unit, kind: kindOf(t, j)})
		if !any {
			continue
		}
		keys = append(keys, col.Key+"_marks")
		f.fields = append(f.fields, field{label: join(col.Label, "marks"), kind: "string", about: "The marks behind what stands in the column before."})
		for i := range t.Rows {
			f.rows[i] = append(f.rows[i], marks[i])
		}
	}
	for i, name := range unique(keys) {
		f.fields[i].name = table.Unguard(name)
	}
	return f
}

// kindOf is what a program may read the column as: a number only where no cell of it has words.
func kindOf(t *content.Table, column int) string {
	col := t.Columns[column]
	if !col.Numeric {
		return "string"
	}
	for _, r := range t.Rows {
		c := r.Cell(column)
		if said := c.Value(col.Places); !c.HasNumber() && said != "" && said != content.Suppressed.Shown() && said != content.NotThere.Shown() {
			return "string"
		}
	}
	if col.Places == 0 {
		return "integer"
	}
	return "number"
}

// fileName is a key as a file and a resource can have it: a to z, digits, _ and -.
func fileName(key string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(key))
}

// notesCSV has the marks that are used and what they mean, then the notes, each with the tables that have it.
func notesCSV(c *content.Content) csvFile {
	f := csvFile{name: "notes", fields: []field{
		{name: "note", label: "Note", kind: "string", about: "A mark, or the number of a note."},
		{name: "text", label: "Text", kind: "string"},
		{name: "tables", label: "Tables", kind: "string", about: "The tables that have it."},
	}}
	for _, m := range c.Marks() {
		var list []string
		for _, t := range c.Tables() {
			if slices.Contains(t.Marks(), m) {
				list = append(list, t.Name())
			}
		}
		f.rows = append(f.rows, []string{m.Shown(), m.Meaning() + ".", strings.Join(list, ", ")})
	}
	for _, n := range notesOf(c) {
		f.rows = append(f.rows, []string{n.name(), clean(n.text), n.of()})
	}
	return f
}
