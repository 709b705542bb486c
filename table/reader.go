package table

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"everykit/fault"
)

// Row is one row of a file.
type Row struct {
	Number int      // as a spreadsheet numbers rows: the header is row 1
	Cells  []string // by the columns of the kind; trimmed; "" where the file lacks the column
}

// Cell gives the cell of column i (see Kind.Index), "" for a column that is not there.
func (r *Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// Reader streams the rows of a CSV or XLSX file in the order of its kind's columns. One goroutine may use it at a time.
type Reader struct {
	// Faults takes what is wrong with single rows; it may be replaced before the first Next by a collection that
	// others add to as well.
	Faults *Faults

	kind   Kind
	name   string
	src    source
	rec    record
	where  []int // by column of the file: the column of the kind, -1 for one without a header
	needed []int // columns of the kind that may not be empty
	row    Row
	close  func() error
}

// source is one format: a run of records, the header among them.
type source interface {
	next(*record) error // io.EOF at the end; another error ends the reading
	offset() (done, size int64)
	close() error
}

// record is one row as it stands in the file. It is reused.
type record struct {
	number int
	cells  []string // may have space round them and a guard before them
	flaws  []flaw   // what could not be read; usually none
}

// flaw is a fault whose column is known by its position in the file only, -1 for the row as a whole.
type flaw struct {
	column        int
	value, reason string
}

const (
	noHeader = "there is no header above this cell"
	noNUL    = "holds a NUL character"
	widest   = 16_384 // columns of the widest spreadsheet, empty ones too
)

// flaw notes that a cell cannot be read. A hundred in one row are enough.
func (r *record) flaw(column int, value, reason string) {
	if len(r.flaws) < 100 {
		r.flaws = append(r.flaws, flaw{column, value, reason})
	}
}

// Open opens a file on disk. What it is is seen by its content, not by its name.
func Open(path string, kind Kind) (*Reader, error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "there is no file %s", path).Because(err)
	} else if err != nil {
		return nil, fault.New(fault.Invalid, "the file %s cannot be opened", path).Because(err)
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = fault.New(fault.Invalid, "%s is a folder, not a file", path)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r, err := NewReader(f, name, info.Size(), kind)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.close = f.Close
	return r, nil
}

// NewReader reads from r, whose content begins at offset 0 and is size bytes long (0 if not known). The name is for
// messages. Close does not close r.
func NewReader(r io.ReadSeeker, name string, size int64, kind Kind) (*Reader, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	src, err := detect(r, name, size, kind)
	if err != nil {
		return nil, err
	}
	t := &Reader{Faults: &Faults{}, kind: kind, name: name, src: src}
	if err := t.header(); err != nil {
		return nil, errors.Join(err, src.close())
	}
	return t, nil
}

// header reads the first row that is not blank and finds where each of its columns belongs.
func (r *Reader) header() error {
	for {
		err := r.src.next(&r.rec)
		if err == io.EOF {
			return fault.New(fault.Invalid, "%s is empty", r.name).Hint("%s", r.kind.templateHint())
		} else if err != nil {
			return r.wrap(err)
		}
		if len(r.rec.flaws) > 0 {
			return fault.New(fault.Invalid, "%s: the header in row %d cannot be read: %s", r.name, r.rec.number, r.rec.flaws[0].reason)
		}
		if !blank(r.rec.cells) {
			break
		}
	}
	where, err := r.kind.match(r.name, r.rec.number, r.rec.cells)
	if err != nil {
		return err
	}
	r.where = where
	for i, c := range r.kind.Columns {
		if c.Need {
			r.needed = append(r.needed, i)
		}
	}
	r.row.Cells = make([]string, len(r.kind.Columns))
	return nil
}

// Next gives the next row that is not blank, io.EOF at the end. The Row is reused by the next call, its strings are
// not. A row that cannot be read, or has a cell under no header, goes to Faults and is passed over. An empty cell that
// is needed goes to Faults too, but its row is given, so that whatever else is wrong with it can be found.
func (r *Reader) Next() (*Row, error) {
	for {
		err := r.src.next(&r.rec)
		if err != nil {
			return nil, r.wrap(err)
		}
		if len(r.rec.flaws) > 0 {
			for _, f := range r.rec.flaws {
				r.Faults.Add(r.rec.number, r.column(f.column), f.value, f.reason)
			}
			continue
		}
		if !r.fill() || blank(r.row.Cells) {
			continue
		}
		for _, i := range r.needed {
			if r.row.Cells[i] == "" {
				r.Faults.Add(r.row.Number, r.kind.Columns[i].Name, "", "must be filled in")
			}
		}
		return &r.row, nil
	}
}

// fill brings the record's cells into the order of the kind. It is false if one of them has no header.
func (r *Reader) fill() bool {
	clear(r.row.Cells)
	r.row.Number = r.rec.number
	for i, cell := range r.rec.cells {
		if cell = tidy(cell); cell == "" {
			continue
		}
		if i >= len(r.where) || r.where[i] < 0 {
			r.Faults.Add(r.rec.number, r.column(i), cell, noHeader)
			return false
		}
		r.row.Cells[r.where[i]] = cell
	}
	return true
}

// column names a column of the file for a fault.
func (r *Reader) column(i int) string {
	switch {
	case i < 0:
		return ""
	case i < len(r.where) && r.where[i] >= 0:
		return r.kind.Columns[r.where[i]].Name
	}
	return strconv.Itoa(i + 1)
}

// Offset says how far the reading is, for a progress bar: done of size, in bytes of whatever is read through. Size is
// 0 if it is not known.
func (r *Reader) Offset() (done, size int64) { return r.src.offset() }

// Close gives up what the reader holds. It must be called also after an error of Next.
func (r *Reader) Close() error {
	err := r.src.close()
	if r.close != nil {
		err = errors.Join(err, r.close())
		r.close = nil
	}
	return err
}

// tooWide ends the reading: no spreadsheet has such a row.
func tooWide(row int) error {
	return fault.New(fault.Invalid, "row %d has more than %d columns", row, widest).Hint("check that this is a table")
}

// wrap names the file in an error that is not a fault with a message of its own.
func (r *Reader) wrap(err error) error {
	var f *fault.Error
	switch {
	case err == io.EOF:
		return io.EOF
	case errors.As(err, &f):
		f.Message = r.name + ": " + f.Message
		return f
	}
	return fmt.Errorf("read %s: %w", r.name, err)
}

// blank tells a row in which nothing is written.
func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" && strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// tidy takes away space round a cell and the guard before it. Most cells need neither and are seen so at a glance.
func tidy(s string) string {
	if s == "" {
		return s
	}
	if a, z := s[0], s[len(s)-1]; a <= ' ' || z <= ' ' || a >= utf8.RuneSelf || z >= utf8.RuneSelf {
		s = strings.TrimSpace(s)
	}
	if s != "" && s[0] == '\'' {
		s = strings.TrimSpace(Unguard(s))
	}
	return s
}
