package table

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"

	"everykit/fault"
)

// newSmall makes a buffer so small that every line is longer than it.
func newSmall(content string) *bufio.Reader {
	return bufio.NewReaderSize(strings.NewReader(content), 16)
}

// checkAny reads any bytes at all: they must be read or refused in words, never more.
func checkAny(t *testing.T, content []byte) {
	r, err := NewReader(bytes.NewReader(content), "f", int64(len(content)), receipts)
	if err == nil {
		defer r.Close()
		last := 1
		for {
			var row *Row
			if row, err = r.Next(); err != nil {
				break
			}
			if row.Number <= last && last > 1 || len(row.Cells) != len(receipts.Columns) || blank(row.Cells) {
				t.Fatalf("row %+v after row %d", row, last)
			}
			last = row.Number
			for _, c := range row.Cells {
				if strings.TrimSpace(c) != c {
					t.Fatalf("%q is not trimmed", c)
				}
			}
		}
		for _, f := range r.Faults.List() {
			if f.Row < 1 || f.Reason == "" {
				t.Fatalf("fault %+v", f)
			}
		}
		if err == io.EOF {
			return
		}
	}
	if !fault.Is(err, fault.Invalid) || err.Error() == "" {
		t.Fatalf("refused without a word for people: %v", err)
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"", "\n", plainFile, "sep=;\ndate;lot;kits\n1;2;3\n", "date,lot,kits\r\"1\",\"\"\"2\",'=3\r", "\xEF\xBB\xBFdate,lot,kits\n",
		"\xFF\xFEd\x00a\x00t\x00e\x00,\x00l\x00o\x00t\x00,\x00k\x00i\x00t\x00s\x00\n\x00", "date\tlot\tkits\n\xC3\x28\t\"a\"b\t1\t2\n", "date,lot,kits\n\"",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		checkAny(t, content)
		checkStandard(t, string(content), ',')
		checkStandard(t, string(content), ';')
	})
}

// FuzzXLSX wants -fuzzminimizetime 5x: packing makes the coverage so lively that go would do nothing but minimize.
func FuzzXLSX(f *testing.F) {
	for _, sheet := range []string{
		`<row r="2"><c r="B2" t="inlineStr"><is><t>d</t></is></c></row>`,
		`<row><c><v>1</v></c><c s="2"><v>46349.5</v></c><c t="s"><v>0</v></c><c t="e"><v>#N/A</v></c></row>`,
		`<row r="1048577"/>`, `<row><c r="XFD1"><v>1</v></c></row>`, `<row><c><f>A1</f></c>`, `<row><c t="b"><v>1</v></c></row>`,
	} {
		f.Add([]byte(sheet), []byte(`<sst><si><t>a_x000D_b</t></si></sst>`), []byte(stylesXML))
	}
	f.Fuzz(func(t *testing.T, sheet, text, styles []byte) {
		checkAny(t, archive(t, map[string]string{
			"xl/workbook.xml": workbookXML, "xl/_rels/workbook.xml.rels": relsWithText, "xl/styles.xml": string(styles),
			"xl/sharedStrings.xml": string(text), "xl/worksheets/sheet1.xml": sheetOf(string(sheet)),
		}))
	})
}

// FuzzArchive reads damaged archives, which begin like workbooks.
func FuzzArchive(f *testing.F) {
	f.Add(archive(f, map[string]string{"xl/workbook.xml": workbookXML, "xl/_rels/workbook.xml.rels": workbookRels, "xl/worksheets/sheet1.xml": sheetOf("")}))
	f.Fuzz(func(t *testing.T, content []byte) {
		checkAny(t, append([]byte("PK\x03\x04"), content[min(4, len(content)):]...))
	})
}
