package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// archive packs parts as a workbook is packed.
func archive(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inline writes a row of text cells.
func inline(cells ...string) string {
	var b strings.Builder
	b.WriteString("<row>")
	for _, c := range cells {
		fmt.Fprintf(&b, `<c t="inlineStr"><is><t>%s</t></is></c>`, c)
	}
	return b.String() + "</row>"
}

// relsWithText names a part with shared text besides those our own workbooks have.
var relsWithText = strings.Replace(workbookRels, "</Relationships>",
	`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`, 1)

// sheetOf puts a header of receipts before rows.
func sheetOf(rows string) string {
	return "<worksheet><sheetData>" + inline("date", "lot", "kits", "note") + rows + "</sheetData></worksheet>"
}

// workbookOf packs a workbook with one sheet, and other parts in place of its own.
func workbookOf(t testing.TB, sheet string, parts map[string]string) []byte {
	all := map[string]string{
		"xl/workbook.xml": workbookXML, "xl/_rels/workbook.xml.rels": relsWithText, "xl/styles.xml": stylesXML,
		"xl/worksheets/sheet1.xml": sheet,
	}
	maps.Copy(all, parts)
	return archive(t, all)
}

// openBook builds a workbook with the library that other programs are like, saves it and opens it.
func openBook(t *testing.T, build func(*excelize.File)) (*Reader, error) {
	t.Helper()
	f := excelize.NewFile()
	build(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := open(t, b.String())
	return r, err
}

func TestXLSXCells(t *testing.T) {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	code := func(s string) *excelize.Style { return &excelize.Style{CustomNumFmt: &s} }
	for name, x := range map[string]struct {
		value any
		style *excelize.Style
		want  string
	}{
		"text":                   {" Prenoxad é <&> ", nil, "Prenoxad é <&>"},
		"text that looks so":     {"0116917", nil, "0116917"},
		"two lines":              {"a\nb", nil, "a\nb"},
		"a guarded formula":      {"'=1+1", nil, "=1+1"},
		"escaped":                {"a_x000D_b", nil, "a\rb"},
		"whole":                  {58, nil, "58"},
		"whole as float":         {58.0, nil, "58"},
		"negative":               {-1.25, nil, "-1.25"},
		"hundred thousand":       {100000, nil, "100000"},
		"large":                  {1e21, nil, "1000000000000000000000"},
		"small":                  {0.00001, nil, "0.00001"},
		"GTIN":                   {5026468663361, nil, "5026468663361"},
		"GTIN as float":          {float64(5026468663361), nil, "5026468663361"},
		"noise":                  {0.1 + 0.2, nil, "0.3"},
		"thousands format":       {12345, &excelize.Style{NumFmt: 3}, "12345"},
		"percent":                {0.5, &excelize.Style{NumFmt: 9}, "0.5"},
		"money":                  {18.5, code(`"£"#,##0.00;[Red]-"£"#,##0.00`), "18.5"},
		"kits":                   {40, code(`0 "days"`), "40"},
		"leading noughts":        {116917, code("0000000"), "0116917"},
		"date":                   {day, &excelize.Style{NumFmt: 14}, "2026-11-23"},
		"date of another order":  {day, code("[$-809]dd mmmm yyyy;@"), "2026-11-23"},
		"date with quoted text":  {day, code(`"on" d/m/yy`), "2026-11-23"},
		"date over a time":       {day.Add(30 * time.Hour / 2), &excelize.Style{NumFmt: 14}, "2026-11-23"},
		"date and time":          {day.Add(14*time.Hour + 30*time.Minute), &excelize.Style{NumFmt: 22}, "2026-11-23T14:30:00"},
		"date and midnight":      {day, &excelize.Style{NumFmt: 22}, "2026-11-23"},
		"one second to midnight": {day.Add(24*time.Hour - time.Second), &excelize.Style{NumFmt: 22}, "2026-11-23T23:59:59"},
		"time":                   {0.604166666666667, &excelize.Style{NumFmt: 20}, "14:30:00"},
		"elapsed":                {1.5, &excelize.Style{NumFmt: 46}, "36:00:00"},
		"month":                  {time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), &excelize.Style{NumFmt: 17}, "2026-11"},
		"month with a day":       {day, &excelize.Style{NumFmt: 17}, "2026-11-23"},
		"year":                   {time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), code("yyyy"), "2026"},
		"no such date":           {-5, &excelize.Style{NumFmt: 14}, "-5"},
		"first day":              {1, &excelize.Style{NumFmt: 14}, "1900-01-01"},
		"day before the gap":     {59, &excelize.Style{NumFmt: 14}, "1900-02-28"},
		"day that never was":     {60, &excelize.Style{NumFmt: 14}, "60"},
		"day after the gap":      {61, &excelize.Style{NumFmt: 14}, "1900-03-01"},
		"true":                   {true, nil, "TRUE"},
		"empty":                  {"", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := openBook(t, func(f *excelize.File) {
				check(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Date", "Lot", "Kits", "Note"}))
				check(t, f.SetSheetRow("Sheet1", "A2", &[]any{"d", "l", 1}))
				check(t, f.SetCellValue("Sheet1", "D2", x.value))
				if x.style != nil {
					id, err := f.NewStyle(x.style)
					check(t, err)
					check(t, f.SetCellStyle("Sheet1", "D2", "D2", id))
				}
			})
			check(t, err)
			rows, err := all(r)
			check(t, err)
			check(t, r.Faults.Err())
			same(t, rows, []numbered{{2, []string{"", "d", "l", "1", "", x.want}}})
		})
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestXLSXShape(t *testing.T) {
	r, err := openBook(t, func(f *excelize.File) {
		on := true
		check(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}))
		_, err := f.NewSheet("Data")
		check(t, err)
		check(t, f.SetSheetRow("Data", "B3", &[]any{"Date", "Lot", "Kits", "Note"}))
		check(t, f.SetSheetRow("Data", "B5", &[]any{44887, "A", 1}))
		id, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		check(t, err)
		check(t, f.SetCellStyle("Data", "B5", "B5", id))
		check(t, f.SetCellRichText("Data", "E5", []excelize.RichTextRun{{Text: "rich "}, {Text: "text", Font: &excelize.Font{Bold: true}}}))
		check(t, f.SetSheetRow("Data", "B6", &[]any{"d", "B", 2, nil, "stray"}))
		check(t, f.SetSheetRow("Data", "A7", &[]any{"stray", "d", "C", 2}))
		check(t, f.SetSheetRow("Data", "B8", &[]any{"d", "D", 2}))
		check(t, f.SetCellFormula("Data", "E8", "1+1")) // has no result until a spreadsheet program saves it
		check(t, f.SetSheetRow("Data", "B9", &[]any{"d", "E", nil}))
		f.SetActiveSheet(1)
		check(t, f.SetSheetVisible("Sheet1", false))
	})
	check(t, err)
	rows, err := all(r)
	check(t, err)
	same(t, rows, []numbered{
		{5, []string{"", "2026-11-23", "A", "1", "", "rich text"}},
		{9, []string{"", "d", "E", "", "", ""}},
	})
	same(t, r.Faults.List(), []Fault{
		{6, "6", "stray", "there is no header above this cell"},
		{7, "1", "stray", "there is no header above this cell"},
		{8, "note", "", "a formula without a result; open the file in a spreadsheet program and save it, or paste values"},
		{9, "kits", "", "must be filled in"},
	})
	if done, size := r.Offset(); done == 0 || done > size {
		t.Errorf("read %d of %d", done, size)
	}
}

func TestXLSXCellsThatCannotBeTrusted(t *testing.T) {
	rows := inline("d", "A", "1") +
		`<row><c t="e"><v>#N/A</v></c></row>` +
		`<row><c t="s"><v>7</v></c></row>` +
		`<row><c><v>Inf</v></c></row>` +
		`<row><c><v>0x1p4</v></c></row>` +
		`<row><c t="d"><v>2026-11-23T00:00:00Z</v></c><c t="str"><f>A1</f><v>B</v></c><c t="n"><v>1E+05</v></c></row>`
	r, err := open(t, string(workbookOf(t, sheetOf(rows), nil)))
	check(t, err)
	got, err := all(r)
	check(t, err)
	same(t, got, []numbered{{2, []string{"", "d", "A", "1", "", ""}}, {7, []string{"", "2026-11-23", "B", "100000", "", ""}}})
	same(t, r.Faults.List(), []Fault{
		{3, "occurred_on", "#N/A", "the spreadsheet shows an error here"},
		{4, "occurred_on", "7", "points to text that is not in the workbook"},
		{5, "occurred_on", "Inf", "should be a number and is none"},
		{6, "occurred_on", "0x1p4", "should be a number and is none"},
	})
}

func TestXLSXThatHurtsIsRefused(t *testing.T) {
	long := strings.Repeat("x", longestToken)
	for name, x := range map[string]struct {
		content []byte
		word    string
	}{
		"bomb in a sheet":    {workbookOf(t, sheetOf(strings.Repeat(" ", 40<<20)), nil), "unpacks to far more"},
		"bomb in text":       {workbookOf(t, sheetOf(""), map[string]string{"xl/sharedStrings.xml": strings.Repeat("<si/>", 8<<20)}), "unpacks to far more"},
		"bomb in styles":     {workbookOf(t, sheetOf(""), map[string]string{"xl/styles.xml": strings.Repeat(" ", 20<<20)}), "unpacks to far more"},
		"document type":      {workbookOf(t, `<!DOCTYPE a [<!ENTITY b "c">]>`+sheetOf(""), nil), "damaged"},
		"long text":          {workbookOf(t, sheetOf(inline(long)), nil), "damaged"},
		"long tag":           {workbookOf(t, sheetOf(`<row a="`+long+`"/>`), nil), "damaged"},
		"long split text":    {workbookOf(t, sheetOf(inline(strings.Repeat(long[:500_000]+"<!-- -->", 3))), nil), "damaged"},
		"row past the last":  {workbookOf(t, sheetOf(`<row r="1048577"/>`), nil), "damaged"},
		"cut short":          {workbookOf(t, "<worksheet><sheetData>"+inline("date", "lot", "kits")+"<row><c>", nil), "damaged"},
		"reference":          {workbookOf(t, sheetOf(`<row><c r="12"><v>1</v></c></row>`), nil), "damaged"},
		"no sheet":           {archive(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), "damaged"},
		"OpenDocument":       {archive(t, map[string]string{"content.xml": "<a/>", "mimetype": "x"}), "not an XLSX workbook"},
		"an empty sheet":     {workbookOf(t, "<worksheet><sheetData/></worksheet>", nil), "is empty"},
		"titles":             {workbookOf(t, "<worksheet><sheetData>"+inline("Kits 2026")+inline("date", "lot", "kits")+"</sheetData></worksheet>", nil), "delete title rows"},
		"a thousand columns": {workbookOf(t, `<worksheet><sheetData><row><c r="ALM1"><v>1</v></c></row></sheetData></worksheet>`, nil), "more than 1000 columns"},
		"a row without end":  {workbookOf(t, sheetOf("<row>"+strings.Repeat("<c/>", 7<<20)), nil), "more than 16384 columns"},
		"the same cell":      {workbookOf(t, sheetOf("<row>"+strings.Repeat(`<c r="A2" t="e"><v>1</v></c>`, 1<<20)), nil), "damaged"},
		"many parts":         {archive(t, manyParts()), "far more parts"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			start := time.Now()
			r, err := open(t, string(x.content))
			for err == nil {
				_, err = r.Next()
			}
			refused(t, err, "f.csv", x.word)
			runtime.ReadMemStats(&after)
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
			if used := int64(after.HeapSys) - int64(before.HeapSys); used > 64<<20 {
				t.Errorf("took %d MB", used>>20)
			}
		})
	}
}

func TestPartsMayHaveOtherNames(t *testing.T) {
	content := archive(t, map[string]string{
		"_rels/.rels":                     strings.Replace(rootRels, "xl/workbook.xml", "/XL/Book22.xml", 1),
		"xl/book22.xml":                   workbookXML,
		"xl/_rels/book22.xml.rels":        strings.Replace(relsWithText, "worksheets/sheet1.xml", "./worksheets/../data.xml", 1),
		"xl/data.xml":                     sheetOf(`<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c><v>3</v></c></row>`),
		"xl/sharedStrings.xml":            `<sst><si><t>A</t></si><si><r><t>2026</t></r><rPh><t>no</t></rPh><r><t>-11-23</t></r></si></sst>`,
		"xl/workbook.xml":                 "<not-this-one/>",
		"xl/_rels/workbook.xml.rels":      "<nor-this/>",
		"docProps/and/something/else.txt": "x",
	})
	r, err := NewReader(bytes.NewReader(content), "f", 0, receipts)
	check(t, err)
	defer r.Close()
	rows, err := all(r)
	check(t, err)
	same(t, rows, []numbered{{2, []string{"", "2026-11-23", "A", "3", "", ""}}})
}

func manyParts() map[string]string {
	parts := map[string]string{}
	for i := range 12_000 {
		parts[fmt.Sprintf("xl/a-part-with-a-long-name-%060d", i)] = ""
	}
	return parts
}

func TestSharedTextLargerThanMemory(t *testing.T) {
	var text strings.Builder
	const texts, each = 150_000, 100
	for i := range texts {
		fmt.Fprintf(&text, "<si><t>%0*d</t></si>", each, i*7919%texts)
	}
	content := archive(t, map[string]string{"a": text.String()})
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	check(t, err)
	in, err := openPart(z.File[0], 0)
	check(t, err)
	shared, err := readSharedText(in)
	check(t, err)
	if shared.file == nil || shared.count != texts {
		t.Fatalf("%d texts of %d, in a file: %v", shared.count, texts, shared.file != nil)
	}
	for _, i := range []int{0, 1, endsBlock - 1, endsBlock, 83_000, texts - 1} {
		got, ok, err := shared.get(i)
		if want := fmt.Sprintf("%0*d", each, i*7919%texts); got != want || !ok || err != nil {
			t.Errorf("text %d is %q, %v, %v", i, got, ok, err)
		}
	}
	if _, ok, _ := shared.get(texts); ok {
		t.Error("a text past the last")
	}
	check(t, shared.close())
	check(t, shared.close())
}
