package table

import (
	"io"
	"slices"
)

// Column describes one column of a kind of file.
type Column struct {
	Name    string   // the header as we write it: lower snake case
	Need    bool     // the header must be there and no cell under it may be empty
	Example string   // what the template shows
	Aliases []string // other headers understood, in any case and with spaces, "_" or "-"
}

// Kind is a kind of file, such as "supplies" or "receipts".
type Kind struct {
	Name    string
	Columns []Column
}

// Index gives the position of a column by its name, -1 if the kind has none of that name.
func (k Kind) Index(column string) int {
	return slices.IndexFunc(k.Columns, func(c Column) bool { return c.Name == column })
}

// Names gives the headers as we write them, in order.
func (k Kind) Names() []string {
	names := make([]string, len(k.Columns))
	for i, c := range k.Columns {
		names[i] = c.Name
	}
	return names
}

// Template writes the header and one example row as CSV: a file of this kind to begin from.
func (k Kind) Template(w io.Writer) error {
	row := make([]string, len(k.Columns))
	for i, c := range k.Columns {
		row[i] = c.Example
	}
	out := NewWriter(w, k.Names()...)
	if err := out.Write(row...); err != nil {
		return err
	}
	return out.Close()
}
