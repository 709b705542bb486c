package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"everykit/table"
)

// print writes rows to stdout in a format. numbers names the columns that hold numbers.
func (s *session) print(format string, columns []string, rows [][]string, numbers ...string) error {
	switch format {
	case "csv":
		return printCSV(s.Out, columns, rows)
	case "json":
		return printJSON(s.Out, columns, rows, numbers)
	}
	return printTable(s.Out, columns, rows, numbers)
}

// checkFormat refuses a --format that there is none of.
func checkFormat(format string) error {
	if slices.Contains([]string{"table", "csv", "json"}, format) {
		return nil
	}
	return usage("there is no format %q", format).try("--format table, csv or json")
}

// printCSV writes rows under their promised columns.
func printCSV(w io.Writer, columns []string, rows [][]string) error {
	out := table.NewWriter(w, columns...)
	for _, row := range rows {
		if err := out.Write(row...); err != nil {
			return err
		}
	}
	return out.Close()
}

// printJSON writes an array of objects whose keys are the columns, in order. An empty cell is null; those of the columns
// in numbers are numbers.
func printJSON(w io.Writer, columns []string, rows [][]string, numbers []string) error {
	var b bytes.Buffer
	b.WriteString("[")
	for i, row := range rows {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  {")
		for c, name := range columns {
			if c > 0 {
				b.WriteString(", ")
			}
			key, err := json.Marshal(name)
			if err != nil {
				return err
			}
			value := []byte("null")
			switch {
			case row[c] == "":
			case slices.Contains(numbers, name):
				value = []byte(row[c])
			default:
				if value, err = json.Marshal(row[c]); err != nil {
					return err
				}
			}
			b.Write(key)
			b.WriteString(": ")
			b.Write(value)
		}
		b.WriteString("}")
	}
	b.WriteString("\n]\n")
	_, err := w.Write(b.Bytes())
	return err
}

// printTable writes rows aligned for people, the columns in numbers to the right.
func printTable(w io.Writer, columns []string, rows [][]string, numbers []string) error {
	widths := make([]int, len(columns))
	all := append([][]string{columns}, rows...)
	for _, row := range all {
		for c, cell := range row {
			widths[c] = max(widths[c], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for c, cell := range row {
			pad := strings.Repeat(" ", widths[c]-utf8.RuneCountInString(cell))
			if slices.Contains(numbers, columns[c]) {
				line.WriteString(pad + cell + "  ")
			} else {
				line.WriteString(cell + pad + "  ")
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
