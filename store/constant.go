package store

import (
	"strconv"
	"strings"
)

// manyRows is from how many rows on it pays to look for columns that say the same in every row.
const manyRows = 1000

// folded takes out of many rows the columns that hold one whole number, or nothing, in every row: they are written into
// the statement instead of being handed over for each row, which halves the work of a file of supplies. It gives the
// text of one row of values and what is left of the values.
func folded(columns int, values []any) (row string, left []any, leftColumns int) {
	constant := make([]bool, columns)
	for c := range columns {
		constant[c] = isConstant(values, c, columns)
		if !constant[c] {
			leftColumns++
		}
	}
	marks := make([]string, columns)
	for c := range columns {
		marks[c] = "?"
		if constant[c] {
			marks[c] = literal(values[c])
		}
	}
	row = "(" + strings.Join(marks, ", ") + ")"
	if leftColumns == columns || leftColumns == 0 {
		return "(" + Marks(columns) + ")", values, columns
	}
	left = make([]any, 0, len(values)/columns*leftColumns)
	for i, v := range values {
		if !constant[i%columns] {
			left = append(left, v)
		}
	}
	return row, left, leftColumns
}

func isConstant(values []any, column, columns int) bool {
	first := values[column]
	switch first.(type) {
	case nil, int, int64:
	default:
		return false
	}
	for i := column + columns; i < len(values); i += columns {
		if values[i] != first {
			return false
		}
	}
	return true
}

func literal(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return "NULL"
}
