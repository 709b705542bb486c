package table

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"everykit/fault"

	"github.com/google/go-cmp/cmp"
)

// receipts is a kind of file like those of Everykit, with a needed and an optional column of each sort.
var receipts = Kind{Name: "receipts", Columns: []Column{
	{Name: "id", Example: "r-1"},
	{Name: "occurred_on", Need: true, Example: "2026-11-23", Aliases: []string{"date", "Received on"}},
	{Name: "lot", Need: true, Example: "0116917", Aliases: []string{"batch"}},
	{Name: "kits", Need: true, Example: "40"},
	{Name: "unit_price", Example: "-1.25"},
	{Name: "note", Example: "=not run"},
}}

// open opens content as a file of receipts.
func open(t testing.TB, content string) (*Reader, error) {
	t.Helper()
	r, err := NewReader(strings.NewReader(content), "f.csv", int64(len(content)), receipts)
	if err == nil {
		t.Cleanup(func() {
			if err := r.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	return r, err
}

type numbered struct {
	Number int
	Cells  []string
}

// all reads the rest of the rows.
func all(r *Reader) ([]numbered, error) {
	var rows []numbered
	for {
		row, err := r.Next()
		if err == io.EOF {
			return rows, nil
		} else if err != nil {
			return rows, err
		}
		rows = append(rows, numbered{row.Number, append([]string(nil), row.Cells...)})
	}
}

// read reads a whole file that must have nothing wrong with it.
func read(t testing.TB, content string) []numbered {
	t.Helper()
	r, err := open(t, content)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := all(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Faults.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// refused checks that err is a fault of kind Invalid whose message has all the words and none of those after "not".
func refused(t testing.TB, err error, words ...string) {
	t.Helper()
	if !fault.Is(err, fault.Invalid) {
		t.Fatalf("got %v, want a fault of kind invalid", err)
	}
	told := err.Error()
	for _, f := range fault.Of(err) {
		told += " | " + f.Next
	}
	not := false
	for _, w := range words {
		if w == "not" {
			not = true
		} else if strings.Contains(told, w) == not {
			t.Errorf("%q: has %q is %v", told, w, !not)
		}
	}
}

func TestOpenTellsWhatIsWrongWithAPath(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "none.csv"), receipts); !fault.Is(err, fault.NotFound) {
		t.Errorf("a file that is not there: %v", err)
	}
	_, err := Open(dir, receipts)
	refused(t, err, "is a folder")
	path := filepath.Join(dir, "file.txt")
	if err := os.WriteFile(path, []byte("date,lot,kits\n2026-11-23,A,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(path, receipts)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := all(r)
	if err != nil || len(rows) != 1 {
		t.Errorf("%v, %v", rows, err)
	}
	if done, size := r.Offset(); done != 29 || size != 29 {
		t.Errorf("read %d of %d", done, size)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for name, x := range map[string]struct{ content, word string }{
		"empty":      {"", "is empty"},
		"blank":      {"\n\r\n ,\n", "is empty"},
		"only BOM":   {"\xEF\xBB\xBF", "is empty"},
		"old Excel":  {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old format"},
		"PDF":        {"%PDF-1.7\n", "is a PDF"},
		"binary":     {"\x7FELF\x02\x01\x01\x00\x00", "neither CSV nor XLSX"},
		"half a zip": {"PK\x03\x04half", "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(t, x.content)
			refused(t, err, x.word)
		})
	}
}

type broken struct{ *strings.Reader }

func (broken) Read([]byte) (int, error) { return 0, errors.New("cable pulled") }

func TestReadErrorsAreNotBlamedOnTheFile(t *testing.T) {
	_, err := NewReader(broken{strings.NewReader("x")}, "f.csv", 1, receipts)
	if err == nil || fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "cable pulled") {
		t.Errorf("got %v", err)
	}
}

func TestRowCell(t *testing.T) {
	row := Row{Cells: []string{"a"}}
	if row.Cell(0) != "a" || row.Cell(-1) != "" || row.Cell(1) != "" {
		t.Error("a cell that is not there must be empty")
	}
}
