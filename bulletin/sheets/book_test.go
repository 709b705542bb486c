package sheets_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"everykit/bulletin/content"
	"everykit/table"
)

// page is a sheet as a reader finds it.
type page struct {
	name   string
	cells  [][]string // numbers as they are stored
	number [][]bool
	tables []string // area of each marked table
	links  []string
}

func names(pages []page) (list []string) {
	for _, p := range pages {
		list = append(list, p.name)
	}
	return list
}

func readXLSX(t *testing.T, body []byte) (pages []page) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		p := page{name: name}
		if p.cells, err = f.GetRows(name, excelize.Options{RawCellValue: true}); err != nil {
			t.Fatal(err)
		}
		for i, r := range p.cells {
			var numbers []bool
			for j := range r {
				at, _ := excelize.CoordinatesToCellName(j+1, i+1)
				kind, err := f.GetCellType(name, at)
				if err != nil {
					t.Fatal(err)
				}
				numbers = append(numbers, kind == excelize.CellTypeUnset && r[j] != "" || kind == excelize.CellTypeNumber)
				if is, to, _ := f.GetCellHyperLink(name, at); is {
					p.links = append(p.links, to)
				}
			}
			p.number = append(p.number, numbers)
		}
		merged, err := f.GetMergeCells(name)
		if err != nil || len(merged) > 0 {
			t.Errorf("%s has merged cells %v %v", name, merged, err)
		}
		marked, err := f.GetTables(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range marked {
			p.tables = append(p.tables, m.Name+" "+m.Range)
		}
		pages = append(pages, p)
	}
	return pages
}

// readODS reads an OpenDocument spreadsheet as far as ours go.
func readODS(t *testing.T, body []byte) (pages []page) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(parts(t, body)["content.xml"]))
	attribute := func(e xml.StartElement, name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	var text *strings.Builder
	var stored string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return pages
		}
		if err != nil {
			t.Fatal(err)
		}
		p := &page{}
		if len(pages) > 0 {
			p = &pages[len(pages)-1]
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "table":
				pages = append(pages, page{name: attribute(e, "name")})
			case "table-row":
				p.cells, p.number = append(p.cells, nil), append(p.number, nil)
			case "table-cell":
				text, stored = &strings.Builder{}, ""
				if attribute(e, "value-type") == "float" {
					stored = attribute(e, "value")
				}
			case "s":
				n, _ := strconv.Atoi(attribute(e, "c"))
				text.WriteString(strings.Repeat(" ", n))
			case "a":
				p.links = append(p.links, attribute(e, "href"))
			case "database-range":
				from := attribute(e, "target-range-address")
				name, _, _ := strings.Cut(from, ".")
				i := slices.IndexFunc(pages, func(p page) bool { return p.name == name })
				pages[i].tables = append(pages[i].tables, attribute(e, "name")+" "+strings.ReplaceAll(from, name+".", ""))
			}
		case xml.EndElement:
			if e.Name.Local == "table-cell" {
				last := len(p.cells) - 1
				shown := text.String()
				if stored != "" {
					shown = stored
				}
				p.cells[last] = append(p.cells[last], shown)
				p.number[last] = append(p.number[last], stored != "")
				text = nil
			}
		case xml.CharData:
			if text != nil {
				text.Write(e)
			}
		}
	}
}

// oneLine is text as the page has it.
func oneLine(s string) string {
	return strings.NewReplacer("\t", " ", "\r", " ", "\n", " ", "\x00", "", "\x01", "", "\x7f", "", "\u0085", "", "\ufeff", "", "\ufffe", "").Replace(s)
}

// expected are the rows of a table as a sheet must have them, without its header, and which are numbers. marked says whether
// there is a column of marks.
func expected(tb *content.Table) (rows [][]string, numbers [][]bool, marked bool) {
	for _, r := range tb.Rows {
		for _, c := range r.Cells {
			for _, m := range c.Marks {
				marked = marked || m == content.Provisional || m == content.Revised
			}
		}
	}
	for _, r := range tb.Rows {
		var row, behind []string
		var is []bool
		for j, col := range tb.Columns {
			var c content.Cell
			if j < len(r.Cells) {
				c = r.Cells[j]
			}
			var marks []string
			for _, m := range []content.Mark{content.Provisional, content.Revised} {
				if slices.Contains(c.Marks, m) {
					marks = append(marks, "["+string(m)+"]")
				}
			}
			if marks != nil {
				behind = append(behind, strings.TrimSpace(col.Label+" "+strings.Join(marks, " ")))
			}
			switch {
			case c.Number != nil:
				row = append(row, strings.Replace(fmt.Sprintf("%.*f", col.Places, *c.Number), "-0.0", "0.0", 1))
			case slices.Contains(c.Marks, content.Suppressed):
				row = append(row, "[c]")
			case slices.Contains(c.Marks, content.NotThere):
				row = append(row, "[x]")
			default:
				row = append(row, table.Guard(oneLine(c.Text)))
			}
			is = append(is, c.Number != nil)
		}
		if marked {
			row, is = append(row, strings.Join(behind, "; ")), append(is, false)
		}
		rows, numbers = append(rows, row), append(numbers, is)
	}
	return rows, numbers, marked
}

// TestWorkbooks reads both back: one table a sheet, the same cells as the content, numbers as numbers.
func TestWorkbooks(t *testing.T) {
	c := sample()
	all := formats(c)
	for format, pages := range map[string][]page{"xlsx": readXLSX(t, all["bulletin.xlsx"]), "ods": readODS(t, all["bulletin.ods"])} {
		t.Run(format, func(t *testing.T) {
			if got := names(pages); !slices.Equal(got, []string{"Cover", "Contents", "Notes", "Table_1", "Table_2", "Table_3", "Table_4"}) {
				t.Fatalf("the sheets are %v", got)
			}
			for _, want := range []string{"National Naloxone Programme Scotland: July to September 2021", "Area: Scotland (S92000003)", "Period: 2021/22-Q2", "Published: 29 March 2022", "[c] hidden", "[p] provisional", "[x] not", "[r] revised", "Write to naloxone@example.org."} {
				if !slices.ContainsFunc(pages[0].cells, func(r []string) bool { return strings.HasPrefix(r[0], want) }) {
					t.Errorf("the cover does not say %q: %q", want, pages[0].cells)
				}
			}
			if got := pages[1].cells[3:]; fmt.Sprint(got[0]) != "[Table_1 Prisons gave out 399 kits Kits supplied, Scotland, by quarter]" || len(got) != 4 {
				t.Errorf("the contents are %q", got)
			}
			if len(pages[1].links) != 4 || !strings.Contains(pages[1].links[2], "Table_3") || strings.Contains(fmt.Sprint(pages[1].links), "http") {
				t.Errorf("the links of the contents are %q", pages[1].links)
			}
			if got := fmt.Sprintf("%q", pages[2].cells[3:]); got != `[["note 1" "Ambulance: two of three months." "Table 1, Table 2"] ["note 2" "'=1+1 is no formula." "Table 1"] ["note 3" "There was none." "Table 4"]]` {
				t.Errorf("the notes are %s", got)
			}
			for i, tb := range c.Tables() {
				checkSheet(t, tb, pages[3+i])
			}
		})
	}
	if got := readXLSX(t, all["bulletin.xlsx"])[3].cells[0][0]; got != "Table 1: Prisons gave out 399 kits [note 1] [note 2]" {
		t.Errorf("the first table's title is %q", got)
	}
}

func checkSheet(t *testing.T, tb *content.Table, p page) {
	t.Helper()
	rows, numbers, marked := expected(tb)
	columns := len(tb.Columns)
	if marked {
		columns++
	}
	top := len(p.cells) - len(rows) - 1
	head := p.cells[top]
	if len(head) != columns || marked != (head[columns-1] == "Marks") {
		t.Errorf("%s: the header is %q", p.name, head)
	}
	seen := map[string]bool{}
	for _, label := range head {
		if label == "" || seen[strings.ToLower(label)] {
			t.Errorf("%s: the header has %q", p.name, head)
		}
		seen[strings.ToLower(label)] = true
	}
	for i, r := range p.cells[:top] {
		if len(r) != 1 || r[0] == "" {
			t.Errorf("%s: row %d above the table is %q", p.name, i+1, r)
		}
	}
	for i := range rows {
		got, is := p.cells[top+1+i], p.number[top+1+i]
		for len(got) < columns { // excelize leaves empty ones off
			got, is = append(got, ""), append(is, false)
		}
		if !slices.Equal(got, rows[i]) {
			t.Errorf("%s, row %d is\n%q and not\n%q", p.name, i+1, got, rows[i])
		}
		if !slices.Equal(is, numbers[i]) {
			t.Errorf("%s, row %d: numbers are %v and not %v: %q", p.name, i+1, is, numbers[i], got)
		}
	}
	if len(rows) == 0 {
		if p.tables != nil || !strings.Contains(fmt.Sprint(p.cells), "nothing to show") {
			t.Errorf("%s: an empty table is %v %q", p.name, p.tables, p.cells)
		}
		return
	}
	end, _ := excelize.CoordinatesToCellName(columns, len(p.cells))
	if want := fmt.Sprintf("A%d:%s", top+1, end); len(p.tables) != 1 || !strings.HasSuffix(p.tables[0], " "+want) {
		t.Errorf("%s: the marked table is %q and not at %s", p.name, p.tables, want)
	}
}
