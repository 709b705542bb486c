package table

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"everykit/fault"
)

// longest is the most bytes a row of CSV may have. A quote that is never closed would otherwise swallow the file.
const longest = 1 << 20

// scanner reads CSV. encoding/csv stops at the first stray quote, changes line ends within quotes and is slower; what
// it accepts the scanner reads alike, and the tests hold the two side by side.
//
// Most rows have no quote in them: such a row is made one string, and its cells are parts of that string. Rows with a
// quote are taken apart byte by byte in quotes.
type scanner struct {
	in    *bufio.Reader
	count *counter
	delim byte
	row   int
	whole string // the text of the row, of which its cells are parts
	long  []byte // a line longer than the buffer of in
	text  []byte // the unquoted text of a row with quotes
	ends  []int  // where each of its cells ends in text
	cells []string
}

// newScanner finds the delimiter: what a first line "sep=;" says, or else the one of comma, semicolon and tab that
// splits the header, of which head is the beginning, into the most headers known.
func newScanner(in *bufio.Reader, head []byte, kind Kind, count *counter) (*scanner, error) {
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	if delim := separator(line); delim != 0 {
		if _, err := in.Discard(len(head) - len(rest)); err != nil {
			return nil, err
		}
		return &scanner{in: in, count: count, delim: delim}, nil
	}
	best := &scanner{in: in, count: count, delim: ','}
	known, wide := 0, 1
	for _, delim := range []byte{',', ';', '\t'} {
		headers := firstRecord(head, delim)
		k, w := kind.known(headers), len(headers)
		if k > known || (k == known && w > wide) {
			best.delim, known, wide = delim, k, w
		}
	}
	return best, nil
}

// firstRecord gives the first record of head that is not blank.
func firstRecord(head []byte, delim byte) []string {
	s := &scanner{in: bufio.NewReaderSize(bytes.NewReader(head), peeked), delim: delim}
	var rec record
	for {
		if err := s.next(&rec); err != nil {
			return nil
		}
		if !blank(rec.cells) {
			return rec.cells
		}
	}
}

// separator reads the line by which some programs tell a spreadsheet the delimiter; 0 if the line is no such line.
func separator(line []byte) byte {
	line = bytes.Trim(bytes.TrimRight(line, "\r"), `"`)
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) || !strings.ContainsRune(",;\t|:", rune(line[4])) {
		return 0
	}
	return line[4]
}

func (s *scanner) offset() (done, size int64) {
	if s.count.size <= 0 {
		return s.count.done, 0
	}
	return s.count.done, s.count.size
}

func (s *scanner) close() error { return nil }

func (s *scanner) next(rec *record) error {
	rec.flaws = rec.flaws[:0]
	s.row++
	rec.number = s.row
	line, err := s.line()
	if err != nil {
		return err
	}
	if bytes.IndexByte(line, '"') >= 0 {
		err = s.quotes(line, rec)
	} else {
		err = s.plain(line)
	}
	rec.cells = s.cells
	if err == nil && len(rec.flaws) == 0 {
		s.check(rec)
	}
	return err
}

// plain splits a line that has no quotes.
func (s *scanner) plain(line []byte) error {
	s.whole = string(endless(line))
	text := s.whole
	s.cells = s.cells[:0]
	for {
		i := strings.IndexByte(text, s.delim)
		if i < 0 {
			break
		}
		s.cells = append(s.cells, text[:i])
		text = text[i+1:]
		if len(s.cells) >= widest {
			return tooWide(s.row)
		}
	}
	s.cells = append(s.cells, text)
	return nil
}

// quotes splits a record that begins with this line and has quotes in it; the lines after it are its own as long as a
// quote is open. A quote within a cell that does not begin with one is a letter like any other.
func (s *scanner) quotes(line []byte, rec *record) error {
	s.text, s.ends = s.text[:0], s.ends[:0]
	defer s.assemble()
	for {
		if len(s.ends) >= widest {
			return tooWide(s.row)
		}
		open := s.skipSpace(line)
		if len(open) == 0 || open[0] != '"' {
			i := bytes.IndexByte(line, s.delim)
			if i < 0 {
				s.cell(endless(line))
				return nil
			}
			s.cell(line[:i])
			line = line[i+1:]
			continue
		}
		after, err := s.untilClosed(open[1:])
		if err != nil {
			return err
		}
		s.cell(nil)
		after = s.skipSpace(after)
		if len(endless(after)) == 0 {
			return nil
		}
		if after[0] != s.delim {
			last := len(s.ends) - 1
			rec.flaw(last, string(s.text[s.start(last):]), "text after the closing quote; a quote within quotes must be doubled")
			return nil
		}
		line = after[1:]
	}
}

// untilClosed takes the text of a cell whose quote was just opened, from as many lines as it needs, and gives the rest
// of the line on which the quote is closed.
func (s *scanner) untilClosed(line []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(line, '"')
		if i < 0 {
			s.text = append(s.text, line...)
			var err error
			if line, err = s.line(); err == io.EOF || len(s.text)+len(line) > longest {
				return nil, fault.New(fault.Invalid, "a quote in row %d, column %d is opened and never closed", s.row, len(s.ends)+1).
					Hint("close it; a quote within quotes must be doubled")
			} else if err != nil {
				return nil, err
			}
			continue
		}
		s.text = append(s.text, line[:i]...)
		line = line[i+1:]
		if len(line) == 0 || line[0] != '"' {
			return line, nil
		}
		s.text = append(s.text, '"')
		line = line[1:]
	}
}

// cell adds more text to the cell begun and ends it.
func (s *scanner) cell(more []byte) {
	s.text = append(s.text, more...)
	s.ends = append(s.ends, len(s.text))
}

// start is where cell i begins in the text.
func (s *scanner) start(i int) int {
	if i == 0 {
		return 0
	}
	return s.ends[i-1]
}

// assemble makes the cells of the text and its ends.
func (s *scanner) assemble() {
	s.whole = string(s.text)
	s.cells = s.cells[:0]
	for i, end := range s.ends {
		s.cells = append(s.cells, s.whole[s.start(i):end])
	}
}

// check finds cells that are not text. One look at the whole row settles it for nearly all.
func (s *scanner) check(rec *record) {
	if utf8.ValidString(s.whole) && strings.IndexByte(s.whole, 0) < 0 {
		return
	}
	for i, c := range rec.cells {
		switch {
		case !utf8.ValidString(c):
			rec.flaw(i, c, "not UTF-8; save the file as CSV UTF-8")
		case strings.IndexByte(c, 0) >= 0:
			rec.flaw(i, strings.ReplaceAll(c, "\x00", "\uFFFD"), noNUL)
		}
	}
}

// line reads one line with its end, however it compares with the buffer. It stays until the next call.
func (s *scanner) line() ([]byte, error) {
	line, err := s.in.ReadSlice('\n')
	if err == nil || (err == io.EOF && len(line) > 0) {
		return line, nil
	}
	if err != bufio.ErrBufferFull {
		return nil, err
	}
	s.long = append(s.long[:0], line...)
	for {
		line, err = s.in.ReadSlice('\n')
		if len(s.long)+len(line) > longest {
			return nil, fault.New(fault.Invalid, "row %d is longer than %d bytes", s.row, longest).Hint("check that this is a CSV file")
		}
		s.long = append(s.long, line...)
		switch err {
		case bufio.ErrBufferFull:
		case nil, io.EOF:
			return s.long, nil
		default:
			return nil, err
		}
	}
}

func (s *scanner) skipSpace(line []byte) []byte {
	for len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && line[0] != s.delim {
		line = line[1:]
	}
	return line
}

// endless takes the end off a line: LF, CR LF, or a CR before the end of the file.
func endless(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}
