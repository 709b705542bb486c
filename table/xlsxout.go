package table

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"everykit/fault"
)

// What a sheet holds at most.
const (
	mostRows = 1_048_576
	mostText = 32_767 // letters of a cell
)

// XLSX writes a workbook of one sheet, row by row, in constant memory. The same rows make the same bytes. Whole and
// decimal numbers and dates such as 2026-11-23 become numbers and dates, so that people can add and sort them, wherever
// they read back as the same text; everything else, a lot "0116917" among it, stays text. The header stays in view.
type XLSX struct {
	zip     *zip.Writer
	w       *bufio.Writer // the sheet
	letters []string      // of the columns: A, B, ... AA
	row     int           // the last one written, the header being 1
	err     error
}

// NewXLSX begins the workbook and writes the header. A failure of that is told by the next Write or Close. The sheet's
// name loses the characters that a workbook does not allow, and what is past 31 letters.
func NewXLSX(w io.Writer, sheet string, columns ...string) *XLSX {
	x := &XLSX{zip: zip.NewWriter(w)}
	for i := range columns {
		x.letters = append(x.letters, columnLetters(i))
	}
	var name bytes.Buffer
	appendXML(&name, sheetName(sheet))
	for _, part := range [][2]string{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", rootRels},
		{"xl/workbook.xml", fmt.Sprintf(workbookXML, name.String())},
		{"xl/_rels/workbook.xml.rels", workbookRels},
		{"xl/styles.xml", stylesXML},
	} {
		if x.err == nil {
			x.err = x.part(part[0], part[1])
		}
	}
	if x.err == nil {
		var sheet io.Writer
		sheet, x.err = x.zip.Create("xl/worksheets/sheet1.xml")
		x.w = bufio.NewWriterSize(sheet, 64<<10)
	}
	if x.err == nil {
		x.w.WriteString(sheetHead)
		x.err = x.line(columns, headerStyle)
	}
	return x
}

func (x *XLSX) part(name, content string) error {
	w, err := x.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(w, content)
	}
	return err
}

// Write writes one row. It must have a cell for each column. A row that a sheet cannot hold is refused.
func (x *XLSX) Write(cells ...string) error {
	if x.err != nil {
		return x.err
	}
	if len(cells) != len(x.letters) {
		return wrongWidth(len(cells), len(x.letters))
	}
	if x.row >= mostRows {
		return fault.New(fault.Refused, "a sheet holds no more than %s rows", grouped(mostRows)).Hint("take the table as CSV, or a part of it")
	}
	for _, c := range cells {
		if len(c) > mostText && utf8.RuneCountInString(c) > mostText {
			return fault.New(fault.Refused, "a cell of a sheet holds no more than %s letters", grouped(mostText)).Hint("take the table as CSV")
		}
	}
	x.err = x.line(cells, textStyle)
	return x.err
}

// Rows is the number of rows written, the header not counted.
func (x *XLSX) Rows() int { return max(0, x.row-1) }

// Close ends the workbook.
func (x *XLSX) Close() error {
	if x.err != nil {
		return x.err
	}
	x.w.WriteString(sheetTail)
	if x.err = x.w.Flush(); x.err == nil {
		x.err = x.zip.Close()
	}
	return x.err
}

// Positions in cellXfs of stylesXML.
const (
	textStyle   = 0
	headerStyle = 1
	dateStyle   = 2
)

// line writes a row. Every cell says where it is: the format does not ask for that, but some readers do.
func (x *XLSX) line(cells []string, style int) error {
	number := strconv.Itoa(x.row + 1)
	x.w.WriteString(`<row r="` + number + `">`)
	for i, c := range cells {
		if c == "" {
			continue
		}
		x.w.WriteString(`<c r="`)
		x.w.WriteString(x.letters[i])
		x.w.WriteString(number)
		switch date := sheetDate(c); {
		case style == textStyle && sheetNumber(c):
			x.w.WriteString(`"><v>`)
			x.w.WriteString(c)
			x.w.WriteString("</v></c>")
		case style == textStyle && date != 0:
			fmt.Fprintf(x.w, `" s="%d"><v>%d</v></c>`, dateStyle, date)
		default:
			fmt.Fprintf(x.w, `" s="%d" t="inlineStr"><is><t xml:space="preserve">`, style)
			appendXML(x.w, Guard(c))
			x.w.WriteString("</t></is></c>")
		}
	}
	_, err := x.w.WriteString("</row>\n")
	if err == nil {
		x.row++
	}
	return err
}

// columnLetters names a column, from 0, as sheets do.
func columnLetters(i int) string {
	s := string(rune('A' + i%26))
	if i >= 26 {
		s = columnLetters(i/26-1) + s
	}
	return s
}

// sheetNumber tells text that a number of a sheet gives back unchanged, and that a sheet shows in full: at most eleven
// digits, none of them a leading nought or a last nought after the point.
func sheetNumber(s string) bool {
	if len(s) > 12 || !plainNumber(s) || s[0] == '+' {
		return false
	}
	f, err := strconv.ParseFloat(s, 64)
	return err == nil && strconv.FormatFloat(f, 'f', -1, 64) == s && len(strings.Trim(s, "-.")) <= 11 && s != "-0"
}

// sheetDate gives the number by which a sheet knows a date written 2026-11-23; 0 if s is none, or one before March
// 1900, where sheets count a day that never was.
func sheetDate(s string) int {
	if len(s) != len(time.DateOnly) || s[4] != '-' {
		return 0
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0
	}
	if n := int((t.Unix() - dayZero.Unix()) / daySecs); n > leapDay {
		return n
	}
	return 0
}

// xmlWriter is what both bufio.Writer and bytes.Buffer can do.
type xmlWriter interface {
	WriteString(string) (int, error)
	WriteRune(rune) (int, error)
}

// appendXML writes text into XML. Characters that XML cannot hold, and carriage returns, which it would change, are
// written as _x000D_, the way workbooks have for them; text that looks like that has its underscore written so.
// Bytes that are not UTF-8 become U+FFFD.
func appendXML(w xmlWriter, s string) {
	for i, r := range s {
		switch {
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '>':
			w.WriteString("&gt;")
		case r == '"':
			w.WriteString("&quot;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF, r == '_' && escaped(s[i:]):
			w.WriteString(fmt.Sprintf("_x%04X_", r))
		default:
			w.WriteRune(r)
		}
	}
}

// escaped tells text that begins like _x000D_.
func escaped(s string) bool {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// sheetName makes a name that a workbook allows.
func sheetName(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) {
			return -1
		}
		return r
	}, s), "' ")
	if letters := []rune(s); len(letters) > 31 {
		s = string(letters[:31])
	}
	if s == "" {
		return "Sheet1"
	}
	return s
}
