package table

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/fault"

	"github.com/xuri/excelize/v2"
)

func TestWriter(t *testing.T) {
	var b strings.Builder
	w := NewWriter(&b, "a", "b")
	for _, row := range [][]string{{"1", ""}, {"x,y", `say "no"`}, {"a;b", "two\nlines"}, {"=1+1", "-1.25"}, {" pad", "=\"a\""}} {
		check(t, w.Write(row...))
	}
	if err := w.Write("only one"); err == nil {
		t.Error("a row of the wrong width was taken")
	}
	check(t, w.Close())
	same(t, b.String(), "a,b\n1,\n\"x,y\",\"say \"\"no\"\"\"\n\"a;b\",\"two\nlines\"\n'=1+1,-1.25\n\" pad\",\"'=\"\"a\"\"\"\n")
	if w.Rows() != 5 {
		t.Errorf("%d rows", w.Rows())
	}
	if n := testing.AllocsPerRun(100, func() { _ = NewWriter(io.Discard).Write() }); n > 4 {
		t.Errorf("%v allocations", n)
	}
}

func TestAnEmptyTableHasItsHeader(t *testing.T) {
	var b strings.Builder
	check(t, NewWriter(&b, "a", "b").Close())
	same(t, b.String(), "a,b\n")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAFailedWriteIsTold(t *testing.T) {
	for _, out := range []Out{NewWriter(full{}, "a"), NewXLSX(full{}, "s", "a")} {
		var err error
		for i := 0; err == nil && i < 100_000; i++ {
			err = out.Write("some text that fills the buffer")
		}
		if err == nil || out.Close() == nil {
			t.Errorf("%T hides that the disk is full", out)
		}
	}
}

func TestXLSXAsOthersReadIt(t *testing.T) {
	var b bytes.Buffer
	x := NewXLSX(&b, "Kits [2026]: a/b", "date", "lot", "kits", "note")
	check(t, x.Write("2026-11-23", "0116917", "58", "=1+1"))
	check(t, x.Write("1900-01-01", "5026468663361", "-1.25", " <é> & \"x\"\nline"))
	if err := x.Write("one"); err == nil {
		t.Error("a row of the wrong width was taken")
	}
	check(t, x.Close())
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	check(t, err)
	defer f.Close()
	same(t, f.GetSheetList(), []string{"Kits 2026 ab"})
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	check(t, err)
	same(t, rows, [][]string{
		{"date", "lot", "kits", "note"},
		{"2026-11-23", "0116917", "58", "'=1+1"},
		{"1900-01-01", "5026468663361", "-1.25", " <é> & \"x\"\nline"},
	})
	for cell, want := range map[string]excelize.CellType{
		"A2": excelize.CellTypeUnset, "B2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset, "D2": excelize.CellTypeInlineString,
		"A3": excelize.CellTypeInlineString, "B3": excelize.CellTypeInlineString, "C3": excelize.CellTypeUnset,
	} {
		if got, err := f.GetCellType(sheet, cell); got != want || err != nil {
			t.Errorf("cell %s is of type %v, want %v (%v)", cell, got, want, err)
		}
	}
	if formula, err := f.GetCellFormula(sheet, "D2"); formula != "" || err != nil {
		t.Errorf("a formula got out: %q, %v", formula, err)
	}
}

func TestDatesOfSheetsComeBack(t *testing.T) {
	for day, n := range map[string]int{
		"1900-03-01": 61, "2026-11-23": 46349, "9999-12-31": lastDay,
		"1900-02-28": 0, "2026-02-29": 0, "2026-1-1": 0, "23/11/2026": 0, "0000-00-00": 0,
	} {
		got := sheetDate(day)
		if got != n {
			t.Errorf("%s is day %d, want %d", day, got, n)
		}
		if n == 0 {
			continue
		}
		if back, ok := show(strconv.Itoa(got), format{shape: asDate}, false); back != day || !ok {
			t.Errorf("day %d came back as %s", got, back)
		}
		if back, ok := show(strconv.Itoa(got-from1904), format{shape: asDate}, true); got > from1904 && (back != day || !ok) {
			t.Errorf("day %d of 1904 came back as %s", got-from1904, back)
		}
	}
}

func TestColumnLetters(t *testing.T) {
	for i := range widest {
		name, err := excelize.ColumnNumberToName(i + 1)
		check(t, err)
		if got := columnLetters(i); got != name {
			t.Fatalf("column %d is %s, want %s", i, got, name)
		}
		if back, ok := columnOf([]byte(name + "7")); back != i || !ok {
			t.Fatalf("%s7 is in column %d", name, back)
		}
	}
}

func TestXLSXIsTheSameEachTime(t *testing.T) {
	book := func() []byte {
		var b bytes.Buffer
		x := NewXLSX(&b, "", "a")
		check(t, x.Write("1"))
		check(t, x.Close())
		return b.Bytes()
	}
	first := book()
	time.Sleep(time.Millisecond)
	if !bytes.Equal(first, book()) {
		t.Error("the same rows made other bytes")
	}
}

func TestXLSXRefusesWhatASheetCannotHold(t *testing.T) {
	x := NewXLSX(io.Discard, "s", "a")
	err := x.Write(strings.Repeat("é", mostText+1))
	if !fault.Is(err, fault.Refused) {
		t.Errorf("a long cell: %v", err)
	}
	check(t, x.Write(strings.Repeat("é", mostText)))
	if x.Rows() != 1 {
		t.Errorf("%d rows", x.Rows())
	}
	x.row = mostRows
	if err := x.Write("1"); !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "1,048,576") {
		t.Errorf("a row too many: %v", err)
	}
	check(t, x.Close())
}

func TestBar(t *testing.T) {
	now := time.Unix(0, 0)
	var b strings.Builder
	bar := newBar(&b, true, "supplies", func() time.Time { return now })
	now = now.Add(2 * time.Second)
	bar.Set(50, 100, 1_200_000)
	bar.Set(51, 100, 1_300_000) // too soon
	now = now.Add(time.Second)
	bar.Set(100, 0, 3)
	bar.Done()
	first := "supplies ████████████░░░░░░░░░░░░  50% 1,200,000 rows, 600,000 a second"
	second := "supplies 3 rows, 1 a second"
	gone := len([]rune(first)) - len(second)
	same(t, b.String(), "\r"+first+"\r"+second+strings.Repeat(" ", gone)+"\r"+strings.Repeat(" ", len(second))+"\r")

	b.Reset()
	quiet := NewBar(&b, false, "supplies")
	quiet.Set(1, 2, 3)
	quiet.Done()
	same(t, b.String(), "")
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -100: "-100", -1234567: "-1,234,567"} {
		if got := grouped(n); got != want {
			t.Errorf("grouped(%d) = %s", n, got)
		}
	}
}
