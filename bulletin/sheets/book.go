package sheets

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"everykit/table"
)

// book is a workbook before it is written in a format.
type book struct {
	title, language string
	subject         string // what of, and when: of the document's properties
	day             string // 2022-03-29; empty if there is none
	sheets          []*sheet
}

// sheet is one worksheet. Its rows begin at 1, without gaps.
type sheet struct {
	name   string
	widths []int // of the columns, in letters
	rows   []row
	marked *marked // the table on it, nil if there is none
}

// marked is where a table stands: its header row, from 0, and how many rows and columns it has with the header.
type marked struct {
	name                 string
	top, height, columns int
}

type row []cell

// style is how a cell looks, and what it is for who cannot see it.
type style uint8

const (
	plain     style = iota
	title           // the sheet's, heading 1
	heading         // heading 2
	head            // of a column
	headRight       // of a column of numbers
	headInset       // of a column of words beside others
	inset           // a word beside others: a little off the numbers before it
	sumInset
	right // a mark in place of a number
	sum   // of a row of totals
	sumRight
	line // a line above a table: not wrapped
	link
	styles // how many there are
)

// cell is text, or a number where number is not empty. A number is as it is shown, without commas, in places decimals.
type cell struct {
	text   string
	number string
	places int
	style  style
	to     string // what a link leads to: #Notes, or an address
}

// most letters that a cell of a workbook holds.
const mostText = 32_767

// clean is text as the page has it: on one line, and without what XML cannot hold. What is too long for a cell is cut.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r), r == '\ufeff', r >= 0xfff0 && r <= 0xfffc, r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if len(s) > mostText && utf8.RuneCountInString(s) > mostText-1 {
		s = string([]rune(s)[:mostText-2]) + "…" // and an apostrophe
	}
	return s
}

// safe is clean text that no spreadsheet runs.
func safe(s string) string { return table.Guard(clean(s)) }

func words(st style, s string) cell { return cell{text: safe(s), style: st} }

func linked(text, to string) cell { return cell{text: safe(text), style: link, to: to} }

// add puts a row of one cell at the end.
func (s *sheet) add(st style, text string) {
	s.rows = append(s.rows, row{words(st, text)})
}

// fit gives the columns of a table on the sheet a width by what is in them, and those that have none the least.
func (s *sheet) fit(least, most int) {
	from := 0
	if s.marked != nil {
		from = s.marked.top
	}
	for i, r := range s.rows[from:] {
		for len(s.widths) < len(r) {
			s.widths = append(s.widths, least)
		}
		for j, c := range r {
			n := utf8.RuneCountInString(c.text) + utf8.RuneCountInString(c.number) + 3
			if i == 0 && s.marked != nil { // a head may be wrapped, but not within a word
				n = 0
				for _, w := range strings.Fields(c.text) {
					n = max(n, utf8.RuneCountInString(w)+3)
				}
			}
			s.widths[j] = min(max(s.widths[j], n), most)
		}
	}
}

// tall is how many lines the row needs in columns of those widths.
func (r row) tall(widths []int) int {
	most := 1
	for i, c := range r {
		if i >= len(widths) || c.style == line || c.style == link {
			continue
		}
		lines, used := 1, 0
		for _, w := range strings.Fields(c.text) {
			n := utf8.RuneCountInString(w)
			if used > 0 && used+n > widths[i] {
				lines, used = lines+1, 0
			}
			used += n + 1
			for used > widths[i] { // a word longer than the column is broken
				lines, used = lines+1, used-widths[i]
			}
		}
		most = max(most, lines)
	}
	return most
}

// letters names a column, from 0, as sheets do.
func letters(i int) string {
	s := string(rune('A' + i%26))
	if i >= 26 {
		s = letters(i/26-1) + s
	}
	return s
}

// at is a cell's address, from 0.
func at(row, column int) string { return letters(column) + strconv.Itoa(row+1) }

// area is where the table stands: A5:F20.
func (m *marked) area() string { return at(m.top, 0) + ":" + at(m.top+m.height-1, m.columns-1) }
