package table

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// two is what every spelling of the same file must read as.
var two = []numbered{
	{2, []string{"", "2026-11-23", "0116917", "40", "", ""}},
	{3, []string{"", "2026-11-24", "é, \"x\"", "1", "", "two\nlines"}},
}

const plainFile = "date,lot,kits,note\n2026-11-23,0116917,40\n2026-11-24,\"é, \"\"x\"\"\",1,\"two\nlines\"\n"

func TestCSVSpellings(t *testing.T) {
	semicolons := "date;lot;kits;note\n2026-11-23;0116917;40\n2026-11-24;\"é, \"\"x\"\"\";1;\"two\nlines\"\n"
	tabs := strings.ReplaceAll(semicolons, ";", "\t")
	utf16 := func(e unicode.Endianness) string {
		s, err := unicode.UTF16(e, unicode.UseBOM).NewEncoder().String(tabs)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, content := range map[string]string{
		"commas":            plainFile,
		"no last line end":  strings.TrimSuffix(plainFile, "\n"),
		"byte order mark":   "\xEF\xBB\xBF" + plainFile,
		"semicolons":        semicolons,
		"tabs":              tabs,
		"UTF-16 LE":         utf16(unicode.LittleEndian),
		"UTF-16 BE":         utf16(unicode.BigEndian),
		"sep line":          "sep=;\r\n" + semicolons,
		"sep line, BOM":     "\xEF\xBB\xBFSEP=;\n" + semicolons,
		"sep line, pipe":    "sep=|\n" + strings.ReplaceAll(semicolons, ";", "|"),
		"space round":       "date , lot, kits,note\n 2026-11-23 ,\t0116917 ,40,\n2026-11-24, \"é, \"\"x\"\"\" ,1 , \"two\nlines\"\n",
		"extra empty cells": "date,lot,kits,note,,\n2026-11-23,0116917,40,,,,,\n2026-11-24,\"é, \"\"x\"\"\",1,\"two\nlines\",, \n",
		"guarded":           strings.ReplaceAll(plainFile, ",40", ",'40"),
	} {
		want := two
		if name == "guarded" { // an apostrophe before what needs none is part of the text
			want = []numbered{{2, []string{"", "2026-11-23", "0116917", "'40", "", ""}}, two[1]}
		}
		t.Run(name, func(t *testing.T) { same(t, read(t, content), want) })
	}
	t.Run("CR LF", func(t *testing.T) {
		same(t, read(t, strings.ReplaceAll(strings.ReplaceAll(plainFile, "\n", "\r\n"), "two\r\n", "two\n")), two)
	})
	t.Run("CR", func(t *testing.T) { same(t, read(t, strings.ReplaceAll(plainFile, "\n", "\r")), two) })
}

func TestDelimiterIsNotFooledByTheHeader(t *testing.T) {
	for _, content := range []string{
		"\"kits (a;b;c;d)\",lot,date\n40,A,d\n",
		"kits (a,b,c,d,e);lot;date\n40;A;d\n",
		"\"kits\n(a,b,c,d)\"\tlot\tdate\n40\tA\td\n",
	} {
		same(t, read(t, content), []numbered{{2, []string{"", "d", "A", "40", "", ""}}})
	}
}

func TestRowsAreNumberedAsASpreadsheetDoes(t *testing.T) {
	rows := read(t, "\n\ndate,lot,kits,note\n,,,\nd,A,1,\"a\n\nb\"\n\nd,B,2\n  \n")
	same(t, rows, []numbered{
		{5, []string{"", "d", "A", "1", "", "a\n\nb"}},
		{7, []string{"", "d", "B", "2", "", ""}},
	})
}

func TestBadRowsAreFaultsAndReadingGoesOn(t *testing.T) {
	r, err := open(t, strings.Join([]string{
		"date,lot,kits,,note",
		"d,A,1,,ok",
		"d,B,1,,ok,more,still more",
		"d,C,1,stray,x",
		"d,D,1,,caf\xE9",
		`d,"E" x,1,,x`,
		"d,,1,,kept",
		"d,F\x00,1",
		`d,12" pole,1,,ok`,
		"d,G,1,,ok",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := all(r)
	if err != nil {
		t.Fatal(err)
	}
	same(t, rows, []numbered{
		{2, []string{"", "d", "A", "1", "", "ok"}},
		{7, []string{"", "d", "", "1", "", "kept"}},
		{9, []string{"", "d", `12" pole`, "1", "", "ok"}},
		{10, []string{"", "d", "G", "1", "", "ok"}},
	})
	same(t, r.Faults.List(), []Fault{
		{3, "6", "more", "there is no header above this cell"},
		{4, "4", "stray", "there is no header above this cell"},
		{5, "note", "caf\uFFFD", "not UTF-8; save the file as CSV UTF-8"},
		{6, "lot", "E", "text after the closing quote; a quote within quotes must be doubled"},
		{7, "lot", "", "must be filled in"},
		{8, "lot", "F\uFFFD", "holds a NUL character"},
	})
}

func TestAQuoteNeverClosedEndsTheReading(t *testing.T) {
	for _, tail := range []string{"", "\n", "\nd,B,1\n", strings.Repeat("\nd,B,1", 300_000)} {
		r, err := open(t, "date,lot,kits\nd,A,1\nd,\"B,1"+tail)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := all(r)
		refused(t, err, "f.csv: a quote in row 3, column 2 is opened and never closed")
		if len(rows) != 1 {
			t.Errorf("%d rows", len(rows))
		}
	}
}

func TestLongRows(t *testing.T) {
	note := strings.Repeat("x", 600_000) // longer than any buffer
	rows := read(t, "date,lot,kits,note\nd,A,1,"+note+"\nd,B,2,\""+note+"\"\n")
	if len(rows) != 2 || rows[0].Cells[5] != note || rows[1].Cells[5] != note || rows[1].Cells[2] != "B" {
		t.Error("a long row came out otherwise")
	}
	r, err := open(t, "date,lot,kits\nd,A,"+strings.Repeat("1", longest)+"\n")
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Next()
	refused(t, err, "row 2 is longer than")
}

func TestStringsOutliveTheirRow(t *testing.T) {
	r, err := open(t, "date,lot,kits\nd,A,1\nd,\"B\",2\nd,C,3\n")
	if err != nil {
		t.Fatal(err)
	}
	var lots []string
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		lots = append(lots, row.Cell(2))
	}
	same(t, lots, []string{"A", "B", "C"})
}

func TestRowsWithoutEnd(t *testing.T) {
	for _, row := range []string{strings.Repeat(",", 20_000), strings.Repeat(`"",`, 20_000)} {
		r, err := open(t, "date,lot,kits\n"+row+"\n")
		check(t, err)
		_, err = r.Next()
		refused(t, err, "row 2 has more than 16384 columns")
	}
}

// endlessRows gives the same row again and again, as a file larger than memory would.
type endlessRows struct {
	left int64
	head string
}

const sameRow = "2026-11-23,0116917,40,\"a note\"\n"

func (e *endlessRows) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	n := 0
	for ; n+len(sameRow) <= len(p) && e.left > 0; e.left-- {
		n += copy(p[n:], sameRow)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (e *endlessRows) Seek(int64, int) (int64, error) { return 0, nil }

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const rows = 2_000_000 // 66 MB
	r, err := NewReader(&endlessRows{rows, "date,lot,kits,note\n"}, "f", 0, receipts)
	check(t, err)
	defer r.Close()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		check(t, err)
		if n++; row.Number != n+1 {
			t.Fatalf("row %d after %d rows", row.Number, n)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapSys) - int64(before.HeapSys); n != rows || grown > 16<<20 {
		t.Errorf("%d rows, memory grew by %d MB", n, grown>>20)
	}
}
