package table

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"everykit/fault"
)

// Fault is one thing wrong with one cell.
type Fault struct {
	Row    int    // as a spreadsheet numbers rows: the header is row 1
	Column string // its header; the number of the column, from 1, where it has none; "" for the row as a whole
	Value  string // what stood there, cut at 80 letters
	Reason string
}

const (
	keptFaults  = 1000 // how many are kept unless Limit says otherwise
	namedFaults = 3    // how many the error of Err names
	shownValue  = 80   // letters of a value
)

// Faults collects what is wrong with a file. It keeps the first 1,000 (or Limit, if it is set before the first Add)
// and counts all. Only the first fault of a cell counts, so the reader and its caller may both look at a cell.
// Several goroutines may add at once. The zero value is ready.
type Faults struct {
	Limit int

	mu    sync.Mutex
	list  []Fault
	seen  map[place]struct{} // the cells in list
	last  place              // the last cell that was counted and not kept
	count int
}

type place struct {
	row    int
	column string
}

// Add notes a fault. The value is shown to whoever gave the file, and to nobody else.
func (f *Faults) Add(row int, column, value, reason string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := place{row, column}
	if _, ok := f.seen[at]; ok || at == f.last {
		return
	}
	f.count++
	limit := f.Limit
	if limit <= 0 {
		limit = keptFaults
	}
	if len(f.list) >= limit {
		f.last = at
		return
	}
	if f.seen == nil {
		f.seen = map[place]struct{}{}
	}
	f.seen[at] = struct{}{}
	f.list = append(f.list, Fault{Row: row, Column: column, Value: cut(value), Reason: reason})
}

// Count is the number of faults, also of those not kept.
func (f *Faults) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count
}

// List gives the faults that were kept, by row and within a row as they were found.
func (f *Faults) List() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := slices.Clone(f.list)
	slices.SortStableFunc(list, func(a, b Fault) int { return cmp.Compare(a.Row, b.Row) })
	return list
}

// WriteCSV writes the faults that were kept under the header row, column, value, reason.
func (f *Faults) WriteCSV(w io.Writer) error {
	out := NewWriter(w, "row", "column", "value", "reason")
	for _, x := range f.List() {
		if err := out.Write(strconv.Itoa(x.Row), x.Column, x.Value, x.Reason); err != nil {
			return err
		}
	}
	return out.Close()
}

// Err is nil if nothing is wrong, and otherwise a fault of kind Invalid that counts them and names the first few,
// without the values, for those may be about a person. errors.As finds the *Faults in it.
func (f *Faults) Err() error {
	count, list := f.Count(), f.List()
	if count == 0 {
		return nil
	}
	var b strings.Builder
	if count == 1 {
		b.WriteString("one cell is wrong")
	} else {
		fmt.Fprintf(&b, "%d cells are wrong", count)
	}
	sep := ": "
	for _, x := range list[:min(len(list), namedFaults)] {
		fmt.Fprintf(&b, "%srow %d", sep, x.Row)
		if x.Column != "" {
			b.WriteString(", " + x.Column)
		}
		b.WriteString(": " + x.Reason)
		sep = "; "
	}
	if count > namedFaults {
		fmt.Fprintf(&b, "; and %d more", count-namedFaults)
	}
	return fault.New(fault.Invalid, "%s", b.String()).Hint("correct these rows and give the file again").Because(f)
}

// Error makes the collection itself an error, so that errors.As can find it. Use Err to return one.
func (f *Faults) Error() string { return fmt.Sprintf("%d faults in the file", f.Count()) }

// cut keeps the first letters of a value and marks that there were more. Bytes that are not UTF-8 show as �.
func cut(s string) string {
	kept := 0
	for i := range s {
		if kept++; kept > shownValue {
			s = s[:i] // so that a cell of a megabyte costs no more than a word
			break
		}
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if kept <= shownValue {
		return s
	}
	letters := []rune(s)
	return string(letters[:min(len(letters), shownValue-1)]) + "…"
}
