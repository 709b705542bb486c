package opendata

import (
	"strconv"
	"time"
)

// Type is what a column holds, as the Frictionless specification names it.
type Type string

// The types. Values of them are string, int64, float64, bool, and for a date a string such as 2026-11-23.
const (
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
	Date    Type = "date"
)

// Column is one column of a table.
type Column struct {
	Name        string
	Type        Type
	Title       string
	Description string
	Unit        string   // of a number; empty for none
	Need        bool     // is never absent
	Unique      bool     // no two rows have the same
	Least       *float64 // of a number
	Most        *float64
	Words       []string // all that it can be; empty: anything
}

// hidden is a value that is known and not shown.
type hidden struct{}

// Hidden stands in a row for a number that disclosure control hides.
var Hidden = hidden{}

// Table is one public table. A value in Rows is nil where it is absent, Hidden, or of its column's type.
type Table struct {
	Name        string // in addresses: figures-coverage
	Title       string
	Text        string // what it is, in plain words: a sentence or a few
	Definition  string // version of the definition of what it counts: coverage/1; empty for none
	Source      string
	Protected   bool // small numbers are hidden
	Key         []string
	Columns     []Column
	Rows        [][]any
	Explanation []string // more to know, in sentences
}

// Licence is the terms on which everything here may be used.
type Licence struct{ Name, Title, Path string }

// OpenGovernment is the licence of all tables.
var OpenGovernment = Licence{"OGL-UK-3.0", "Open Government Licence v3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}

// Formats are what a table can be had in.
var Formats = []string{"csv", "json", "parquet"}

// Meta is a table without its rows, as it was last made.
type Meta struct {
	Table
	Count  int            // rows
	MadeAt time.Time      // when these bytes were made
	Bytes  map[string]int // by format
	First  [][]string     // the first rows, as CSV has them, without its guard; all of a small table
	ETags  map[string]string
}

// Text of a value as CSV has it: absent is empty, hidden the mark.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case hidden:
		return "[c]"
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	panic("opendata: a value of no known type")
}

func number(f float64) *float64 { return &f }

// orNothing is a text that is absent where it is empty.
func orNothing(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// decimal is a number that may be absent. Six decimals are more than anybody has measured, and make it the same on all machines.
func decimal(v *float64) any {
	if v == nil {
		return nil
	}
	f, err := strconv.ParseFloat(strconv.FormatFloat(*v, 'f', 6, 64), 64)
	if err != nil {
		return nil
	}
	return f
}
