package opendata

import (
	"bytes"

	"everykit/table"
)

// writeCSV writes a table as RFC 4180 has it, in UTF-8, guarded against spreadsheets that would run a cell.
func writeCSV(t *Table) ([]byte, error) {
	var b bytes.Buffer
	w := table.NewWriter(&b, t.names()...)
	cells := make([]string, len(t.Columns))
	for _, row := range t.Rows {
		for i, v := range row {
			cells[i] = text(v)
		}
		if err := w.Write(cells...); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// names are the columns' names.
func (t *Table) names() []string {
	list := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		list[i] = c.Name
	}
	return list
}
