package table

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Out is a place that rows go to: a Writer or an XLSX. Each has written its header when it is made, guards its cells
// and counts its rows. Close ends the file and tells whether all of it was written; it does not close what lies below.
type Out interface {
	Write(cells ...string) error
	Rows() int
	Close() error
}

// Writer writes CSV as RFC 4180 has it, in UTF-8 without a byte order mark, with "\n" at the end of each row: the form
// that every program reads. Spreadsheets that guess another encoding are better served with XLSX.
type Writer struct {
	w       *bufio.Writer
	columns int
	rows    int
	err     error // of the header, or the first of any row
}

// NewWriter writes the header. A failure of that is told by the next Write or Close.
func NewWriter(w io.Writer, columns ...string) *Writer {
	out := &Writer{w: bufio.NewWriterSize(w, 64<<10), columns: len(columns)}
	out.line(columns)
	return out
}

// Write writes one row. It must have a cell for each column.
func (w *Writer) Write(cells ...string) error {
	if w.err != nil {
		return w.err
	}
	if len(cells) != w.columns {
		return wrongWidth(len(cells), w.columns)
	}
	w.line(cells)
	if w.err == nil {
		w.rows++
	}
	return w.err
}

// Rows is the number of rows written, the header not counted.
func (w *Writer) Rows() int { return w.rows }

// Close flushes.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.w.Flush()
	}
	return w.err
}

func (w *Writer) line(cells []string) {
	for i, c := range cells {
		if i > 0 {
			w.w.WriteByte(',')
		}
		w.cell(c, len(cells) == 1)
	}
	// bufio keeps its first error and gives it again here, so one look for a row is enough.
	w.err = w.w.WriteByte('\n')
}

func (w *Writer) cell(s string, alone bool) {
	guard := guarded(s)
	if !quoted(s) && !(alone && s == "") { // an empty cell alone would look like a blank line
		if guard {
			w.w.WriteByte('\'')
		}
		w.w.WriteString(s)
		return
	}
	w.w.WriteByte('"')
	if guard {
		w.w.WriteByte('\'')
	}
	for {
		before, after, found := strings.Cut(s, `"`)
		w.w.WriteString(before)
		if !found {
			break
		}
		w.w.WriteString(`""`)
		s = after
	}
	w.w.WriteByte('"')
}

// quoted tells whether a cell needs quotes. Semicolons and tabs count, for whoever guesses at the delimiter.
func quoted(s string) bool {
	if s == "" {
		return false
	}
	return strings.ContainsAny(s, ",;\t\"\r\n") || s[0] == ' ' || s[len(s)-1] == ' '
}

func wrongWidth(cells, columns int) error {
	return fmt.Errorf("a row of %d cells for %d columns", cells, columns)
}
