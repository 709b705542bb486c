package table

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"everykit/fault"
)

// sheet reads the rows of one sheet.
type sheet struct {
	part  *part
	book  *workbook
	row   int
	limit int // columns looked at: those of the header, once that is read
	cells []string
	text  texts  // inline text of the cell at hand
	value []byte // its value as written
	done  bool
}

// cell is one c element.
type cell struct {
	column  int    // from 0
	kind    string // the t attribute
	style   int
	formula bool
	value   bool // there is a v element, be it empty
}

func (s *sheet) offset() (done, size int64) { return s.part.read, s.part.size }

func (s *sheet) close() error {
	return errors.Join(s.part.close(), s.book.text.close())
}

// next reads one row element. Rows that are not written at all are blank, and so left out.
func (s *sheet) next(rec *record) error {
	rec.flaws = rec.flaws[:0]
	for !s.done {
		token, err := s.part.token()
		if err == io.EOF {
			return damaged(io.ErrUnexpectedEOF) // the end of the sheet's data was not seen
		} else if err != nil {
			return err
		}
		if token.is(endTag, "sheetData") {
			s.done = true
		}
		if !token.is(startTag, "row") {
			continue
		}
		if n, err := strconv.Atoi(token.attr("r")); err == nil && n > s.row {
			s.row = n
		} else {
			s.row++
		}
		if s.row > mostRows {
			return damaged(errors.New("a row number past the last row"))
		}
		rec.number = s.row
		return s.cellsOf(rec)
	}
	return io.EOF
}

// cellsOf reads the cells up to the end of the row.
func (s *sheet) cellsOf(rec *record) error {
	s.cells = s.cells[:0]
	column := -1
	for {
		token, err := s.part.token()
		if err == io.EOF {
			return damaged(io.ErrUnexpectedEOF)
		} else if err != nil {
			return err
		}
		switch {
		case token.is(startTag, "c"):
			c := cell{column: column + 1}
			if err := s.read(&c, token.attrs, rec); err != nil {
				return err
			}
			column = c.column
		case token.is(endTag, "row"):
			rec.cells = s.cells
			if s.limit == mostColumns && !blank(s.cells) {
				s.limit = len(s.cells)
			}
			return nil
		}
	}
}

// read reads one cell and puts its text where it belongs.
func (s *sheet) read(c *cell, attrs []attribute, rec *record) error {
	for _, a := range attrs {
		switch string(a.name) {
		case "r":
			column, ok := columnOf(a.value)
			if !ok {
				return damaged(errors.New("a cell reference that is none"))
			}
			c.column = column
		case "t":
			c.kind = string(a.value)
		case "s":
			c.style, _ = strconv.Atoi(string(a.value))
		}
	}
	if c.column >= widest {
		return tooWide(rec.number)
	}
	if err := s.body(c); err != nil {
		return err
	}
	text, reason, err := s.meaning(c)
	if err != nil {
		return err
	}
	switch {
	case reason != "":
		rec.flaw(c.column, text, reason)
	case text == "":
	case strings.IndexByte(text, 0) >= 0:
		rec.flaw(c.column, strings.ReplaceAll(text, "\x00", "\uFFFD"), noNUL)
	case c.column >= s.limit && s.limit == mostColumns:
		return fault.New(fault.Invalid, "row %d has more than %d columns", rec.number, mostColumns)
	case c.column >= s.limit:
		if len(rec.flaws) == 0 { // the first such cell of a row is enough to find it
			rec.flaw(c.column, text, noHeader)
		}
	default:
		for len(s.cells) <= c.column {
			s.cells = append(s.cells, "")
		}
		s.cells[c.column] = text
	}
	return nil
}

// body takes in what stands between the tags of a cell.
func (s *sheet) body(c *cell) error {
	s.value, s.text = s.value[:0], texts{buf: s.text.buf[:0]}
	inValue := false
	for {
		token, err := s.part.token()
		if err == io.EOF {
			return damaged(io.ErrUnexpectedEOF)
		} else if err != nil {
			return err
		}
		s.text.take(token)
		switch token.kind {
		case startTag:
			inValue = string(token.name) == "v"
			c.value = c.value || inValue
			c.formula = c.formula || string(token.name) == "f"
		case endTag:
			inValue = false
			if string(token.name) == "c" {
				return nil
			}
		case charData:
			if inValue {
				s.value = append(s.value, token.text...)
			}
		}
		if len(s.value)+len(s.text.buf) > longestToken {
			return damaged(errLongToken)
		}
	}
}

// meaning gives the text of a cell, or the reason why it has none that can be trusted.
func (s *sheet) meaning(c *cell) (text, reason string, err error) {
	v := string(s.value)
	if c.formula && !c.value {
		return "", "a formula without a result; open the file in a spreadsheet program and save it, or paste values", nil
	}
	switch c.kind {
	case "inlineStr":
		return unescape(string(s.text.buf)), "", nil
	case "str":
		return unescape(v), "", nil
	case "e":
		return v, "the spreadsheet shows an error here", nil
	case "b":
		if v == "" {
			return "", "", nil
		}
		return map[bool]string{true: "TRUE", false: "FALSE"}[v == "1" || v == "true"], "", nil
	case "d":
		return strings.TrimSuffix(strings.TrimSuffix(v, "Z"), "T00:00:00"), "", nil
	case "s":
		i, err := strconv.Atoi(v)
		if err != nil {
			return v, "points to text that is not in the workbook", nil
		}
		text, ok, err := s.book.text.get(i)
		if !ok {
			return v, "points to text that is not in the workbook", err
		}
		return text, "", err
	}
	if v == "" {
		return "", "", nil
	}
	var form format
	if c.style >= 0 && c.style < len(s.book.formats) {
		form = s.book.formats[c.style]
	}
	text, ok := show(v, form, s.book.is1904)
	if !ok {
		return v, "should be a number and is none", nil
	}
	return text, "", nil
}

// columnOf reads the letters of a cell reference such as AB12 as a column, from 0.
func columnOf(ref []byte) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		n = n*26 + int(c-'a') + 1
	}
	return n - 1, i > 0 && i < 4 && digits(string(ref[i:]))
}
