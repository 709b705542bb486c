package opendata

import (
	"fmt"
	"strconv"

	"everykit/civil"
)

// collector takes rows that another room writes as cells of a file, in the columns of a table.
type collector struct {
	t    *Table
	keep []int // of each column of the table, the cell it comes from
}

// Write is one row.
func (c *collector) Write(cells ...string) error {
	row := make([]any, len(c.t.Columns))
	for i, from := range c.keep {
		v, err := typed(c.t.Columns[i], cells[from])
		if err != nil {
			return err
		}
		row[i] = v
	}
	c.t.Rows = append(c.t.Rows, row)
	return nil
}

// Rows is how many there are so far.
func (c *collector) Rows() int { return len(c.t.Rows) }

// Close does nothing: there is no file.
func (c *collector) Close() error { return nil }

// typed reads a cell as the type of its column.
func typed(col Column, cell string) (any, error) {
	if cell == "" {
		return nil, nil
	}
	var v any
	var err error
	switch col.Type {
	case Integer:
		v, err = strconv.ParseInt(cell, 10, 64)
	case Number:
		v, err = strconv.ParseFloat(cell, 64)
	case Boolean:
		switch cell {
		case "yes":
			v = true
		case "no":
			v = false
		default:
			err = fmt.Errorf("%q is neither yes nor no", cell)
		}
	case Date:
		_, err = civil.ParseDate(cell)
		v = cell
	default:
		v = cell
	}
	if err != nil {
		return nil, fmt.Errorf("opendata: column %s: %w", col.Name, err)
	}
	return v, nil
}

// take makes a collector for a table whose columns are named as in the file, some of the file's columns left out.
func (t *Table) take(file []string) *collector {
	c := &collector{t: t, keep: make([]int, len(t.Columns))}
	for i, col := range t.Columns {
		c.keep[i] = -1
		for j, name := range file {
			if name == col.Name {
				c.keep[i] = j
			}
		}
		if c.keep[i] < 0 {
			panic("opendata: no column " + col.Name + " in the file that " + t.Name + " is made from")
		}
	}
	return c
}
