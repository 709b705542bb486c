package figures

import (
	"strconv"

	"everykit/measure"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/page"
)

// Grid is a table of a page and the file of the same rows. A column without a Label is only in the file, one without a
// Key only on the page. Rows of totals are only on the page: whoever sums a column of the file must not get twice the
// number.
type Grid struct {
	File    string // name of the file without its ending: E09000002-outlets-2025-26
	Caption string
	Hide    bool // a heading over the table says the same as the caption
	Note    string
	Empty   string // said in place of a table without rows
	Stack   bool
	Columns []Column
	Rows    []Row
}

// Column is one column: its name in the file, its head on the page.
type Column struct {
	Key, Label string
	Numeric    bool
	Definition string // key of its entry on the page of definitions
}

// Row is one line.
type Row struct {
	Cells []Cell
	Total bool
	Quiet bool
}

// Cell is one entry, as it stands in the file and on the page.
type Cell struct {
	Raw  string
	Show page.Cell
}

// Words is a cell of words.
func Words(s string) Cell { return Cell{s, page.TextCell(s)} }

// Link is words that lead somewhere on the page; without an address they are just words.
func Link(text, href string) Cell { return Cell{text, page.LinkCell(text, href)} }

// Count is a whole number.
func Count(n int) Cell { return Cell{strconv.Itoa(n), page.CountCell(int64(n))} }

// Raw is a cell of a column that is only in the file.
func Raw(s string) Cell { return Cell{Raw: s} }

// Unknown is a number that is not known: empty in the file, and on the page a few quiet words that say why.
func Unknown(why string) Cell { return Cell{Show: page.Cell{Sub: why}} }

// Value is the value of a figure: a number with the precision pages have, or its state in words.
func Value(f *measure.Figure) Cell {
	if f.Value == nil {
		return Cell{Show: page.TagCell(page.StateTag(f.State.String()))}
	}
	return Cell{measure.Number(f.Value), page.TextCell(Number(f.Measure, *f.Value))}
}

// People is a number of kits or people that belongs to a figure; nil is an empty cell.
func People(n *float64) Cell {
	if n == nil {
		return Cell{}
	}
	return Cell{measure.Number(n), page.TextCell(page.Decimal(*n, 0))}
}

// Table is the grid on a page, with a link to the file at the address given.
func (g Grid) Table(file string) page.Table {
	t := page.Table{Caption: g.Caption, Hide: g.Hide, Note: g.Note, Empty: g.Empty, Stack: g.Stack, CSV: file}
	for _, c := range g.Columns {
		if c.Label != "" {
			t.Columns = append(t.Columns, page.Column{Label: c.Label, Numeric: c.Numeric, Definition: c.Definition})
		}
	}
	for _, r := range g.Rows {
		row := page.Row{Total: r.Total, Quiet: r.Quiet}
		for i, c := range r.Cells {
			if g.Columns[i].Label != "" {
				row.Cells = append(row.Cells, c.Show)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Send answers with the file.
func (g Grid) Send(v *desk.Visit) error {
	var keys []string
	for _, c := range g.Columns {
		if c.Key != "" {
			keys = append(keys, c.Key)
		}
	}
	var rows [][]string
	for _, r := range g.Rows {
		if r.Total {
			continue
		}
		cells := make([]string, 0, len(keys))
		for i, c := range r.Cells {
			if g.Columns[i].Key != "" {
				cells = append(cells, c.Raw)
			}
		}
		rows = append(rows, cells)
	}
	return SendCSV(v, g.File, keys, rows)
}

// SendCSV answers with rows as a file to keep.
func SendCSV(v *desk.Visit, name string, columns []string, rows [][]string) error {
	out := BeginCSV(v, name, columns...)
	for _, r := range rows {
		if err := out.Write(r...); err != nil {
			return err
		}
	}
	return out.Close()
}

// BeginCSV begins a file to keep, for rows that are too many to hold.
func BeginCSV(v *desk.Visit, name string, columns ...string) *table.Writer {
	h := v.W.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	return table.NewWriter(v.W, columns...)
}
