package table

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wide is a kind of optional text columns.
var wide = Kind{Name: "wide", Columns: []Column{{Name: "a"}, {Name: "b"}, {Name: "c"}}}

// trimmedRow draws a row as it may stand in a database: no white space round a cell, no NUL, and not all empty.
func trimmedRow() *rapid.Generator[[]string] {
	cell := rapid.Map(cellText(), func(s string) string {
		return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "0"))
	})
	return rapid.Map(rapid.SliceOfN(cell, 3, 3), func(row []string) []string {
		if strings.Join(row, "") == "" {
			row[1] = "-"
		}
		return row
	})
}

// backAgain writes rows by out and reads the bytes back.
func backAgain(t *rapid.T, rows [][]string, make func(io.Writer, ...string) Out) {
	var b bytes.Buffer
	out := make(&b, wide.Names()...)
	for _, row := range rows {
		if err := out.Write(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil || out.Rows() != len(rows) {
		t.Fatalf("%d rows of %d, %v", out.Rows(), len(rows), err)
	}
	r, err := NewReader(bytes.NewReader(b.Bytes()), "f", int64(b.Len()), wide)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := all(r)
	if err == nil {
		err = r.Faults.Err()
	}
	if err != nil || len(got) != len(rows) {
		t.Fatalf("%d rows of %d, %v", len(got), len(rows), err)
	}
	for i, row := range rows {
		for j := range row {
			if got[i].Cells[j] != row[j] {
				t.Fatalf("row %d: wrote %q, read %q", i, row, got[i].Cells)
			}
		}
	}
}

func TestCSVComesBackAsItWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(trimmedRow(), 0, 5).Draw(t, "rows")
		backAgain(t, rows, func(w io.Writer, columns ...string) Out { return NewWriter(w, columns...) })
	})
}

func TestXLSXComesBackAsItWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(trimmedRow(), 0, 5).Draw(t, "rows")
		backAgain(t, rows, func(w io.Writer, columns ...string) Out { return NewXLSX(w, "data", columns...) })
	})
}

// records reads content with the scanner alone, and says whether anything was wrong.
func records(content string, delim byte) (rows [][]string, ok bool) {
	s := &scanner{in: newSmall(content), delim: delim}
	var rec record
	for {
		err := s.next(&rec)
		if err != nil || len(rec.flaws) > 0 {
			return rows, err == io.EOF
		}
		rows = append(rows, append([]string(nil), rec.cells...))
	}
}

// standard reads content with encoding/csv. It is stricter, so what it accepts the scanner must accept, and alike.
func standard(content string, delim byte) ([][]string, bool) {
	r := csv.NewReader(strings.NewReader(content))
	r.Comma = rune(delim)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	return rows, err == nil
}

// likeStandard brings both to one form: encoding/csv passes over blank lines and makes CR LF within quotes LF, and the
// scanner leaves trimming to the reader.
func likeStandard(rows [][]string) [][]string {
	var out [][]string
	for _, row := range rows {
		clean := make([]string, len(row))
		for i, c := range row {
			clean[i] = strings.TrimSpace(strings.ReplaceAll(c, "\r\n", "\n"))
		}
		if !blank(clean) {
			out = append(out, clean)
		}
	}
	return out
}

func checkStandard(t interface{ Fatalf(string, ...any) }, content string, delim byte) {
	want, ok := standard(content, delim)
	if !ok || strings.Contains(content, "\x00") || strings.ToValidUTF8(content, "") != content {
		return
	}
	got, ok := records(content, delim)
	a, b := likeStandard(got), likeStandard(want)
	if !ok || len(a) != len(b) {
		t.Fatalf("%q: %q, encoding/csv reads %q", content, a, b)
	}
	for i := range a {
		if strings.Join(a[i], "\x00") != strings.Join(b[i], "\x00") {
			t.Fatalf("%q: row %q, encoding/csv reads %q", content, a[i], b[i])
		}
	}
}

func TestScannerReadsAsEncodingCSV(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "bc", "é", ",", ",", ";", "\"", "\"\"", "\"x,y\"", "\"x\ny\"", "\n", "\r\n", " ", "\t", "'", "\"q\"\n"})
	rapid.Check(t, func(t *rapid.T) {
		content := strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(t, "pieces"), "")
		checkStandard(t, content, rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "delim"))
	})
}
