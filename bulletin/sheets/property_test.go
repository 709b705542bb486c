package sheets_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"everykit/bulletin/content"
	"everykit/table"
)

// drawTables makes a bulletin of any tables that content.Fault lets pass.
func drawTables(t *rapid.T) *content.Content {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom(odd), rapid.StringMatching(`[ _x0-9A-F=]{0,12}`))
	c := &content.Content{Title: text.Draw(t, "title"), Language: "en-GB", Slug: "s", Area: "a", Chapters: []content.Chapter{{Key: "tables"}}}
	for n := range rapid.IntRange(0, 3).Draw(t, "tables") {
		tb := &content.Table{Number: n + 1, Key: fmt.Sprint("k", n, text.Draw(t, "key")), Title: text.Draw(t, "title"), Subtitle: text.Draw(t, "subtitle"), Source: text.Draw(t, "source")}
		for range rapid.IntRange(0, 2).Draw(t, "notes") {
			tb.Notes = append(tb.Notes, text.Draw(t, "note"))
		}
		for range rapid.IntRange(1, 4).Draw(t, "columns") {
			tb.Columns = append(tb.Columns, content.Column{Key: text.Draw(t, "key"), Label: text.Draw(t, "label"), Numeric: rapid.Bool().Draw(t, "numeric"), Places: rapid.IntRange(-1, 8).Draw(t, "places")})
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			row := content.Row{Total: rapid.Bool().Draw(t, "total")}
			for range rapid.IntRange(0, len(tb.Columns)).Draw(t, "cells") {
				marks := rapid.SliceOfNDistinct(rapid.SampledFrom([]content.Mark{"p", "r"}), 0, 2, rapid.ID).Draw(t, "marks")
				var cell content.Cell
				switch rapid.IntRange(0, 3).Draw(t, "kind") {
				case 0:
					cell = content.Cell{Marks: append(marks, rapid.SampledFrom([]content.Mark{"c", "x"}).Draw(t, "instead"))}
				case 1:
					cell = content.Cell{Text: text.Draw(t, "text"), Marks: marks}
				default:
					cell = content.Cell{Number: number(rapid.Float64Range(-1e12, 1e12).Draw(t, "number")), Marks: marks}
				}
				row.Cells = append(row.Cells, cell)
			}
			tb.Rows = append(tb.Rows, row)
		}
		c.Chapters[0].Blocks = append(c.Chapters[0].Blocks, tb)
	}
	return c
}

// TestAnyTables writes any tables and reads them back: both workbooks have the same cells, each what the page shows but for
// commas and marks behind it, and the CSVs have them too.
func TestAnyTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := drawTables(r)
		if err := c.Fault(); err != nil {
			r.Fatal(err)
		}
		all := formats(c)
		xlsx, ods := readXLSX(t, all["bulletin.xlsx"]), readODS(t, all["bulletin.ods"])
		if len(xlsx) != 3+len(c.Tables()) || len(ods) != len(xlsx) {
			r.Fatalf("%d and %d sheets for %d tables", len(xlsx), len(ods), len(c.Tables()))
		}
		files, d := unpack(t, c)
		for i, tb := range c.Tables() {
			marked := len(ods[3+i].cells[len(ods[3+i].cells)-1]) > len(tb.Columns)
			csv := rowsOf(t, files[d.Resources[i].Path])
			for n, row := range tb.Rows {
				at := len(ods[3+i].cells) - len(tb.Rows) + n
				one, two := ods[3+i].cells[at], xlsx[3+i].cells
				field := 0
				for j, col := range tb.Columns {
					cell := row.Cell(j)
					want := table.Guard(clean(cell.Plain(col.Places)))
					if one[j] != want {
						r.Fatalf("table %d, row %d, column %d: ODS has %q and not %q", i+1, n+1, j+1, one[j], want)
					}
					got := ""
					if at < len(two) && j < len(two[at]) { // what is empty at the end is left off
						got = two[at][j]
					}
					if got != want {
						r.Fatalf("table %d, row %d, column %d: XLSX has %q and not %q", i+1, n+1, j+1, got, want)
					}
					shown := csv[n+1][field]
					if field++; field < len(csv[0]) && d.Resources[i].Schema.Fields[field].Title == strings.TrimSpace(col.Label+" marks") {
						shown, field = shown+" "+csv[n+1][field], field+1
					}
					if strings.TrimSpace(shown) != strings.TrimSpace(table.Guard(clean(cell.Plain(col.Places)))+" "+cell.Behind()) {
						r.Fatalf("table %d, row %d, column %d: CSV has %q", i+1, n+1, j+1, shown)
					}
					if cell.Behind() != "" && !marked {
						r.Fatalf("table %d, row %d: the marks are nowhere", i+1, n+1)
					}
				}
			}
		}
	})
}

// clean is text as a file has it.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0, r == '\ufeff', r >= 0xfff0 && r <= 0xfffc, r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// TestTooLong cuts what no cell holds, and no more.
func TestTooLong(t *testing.T) {
	c := sample()
	tb := c.Tables()[0]
	tb.Rows[0].Cells[0].Text = strings.Repeat("é", 40_000)
	tb.Rows[1].Cells[0].Text = strings.Repeat("é", 32_000)
	tb.Columns[1].Label = strings.Repeat("long ", 100)
	all := formats(c)
	for format, pages := range map[string][]page{"xlsx": readXLSX(t, all["bulletin.xlsx"]), "ods": readODS(t, all["bulletin.ods"])} {
		rows := pages[3].cells[len(pages[3].cells)-7:]
		if n := len([]rune(rows[1][0])); n > 32_767 || n < 32_000 || !strings.HasSuffix(rows[1][0], "…") {
			t.Errorf("%s: a long text has %d letters", format, n)
		}
		if rows[2][0] != tb.Rows[1].Cells[0].Text {
			t.Errorf("%s: a text that has room was changed", format)
		}
		if n := len([]rune(rows[0][1])); n > 255 {
			t.Errorf("%s: a label has %d letters", format, n)
		}
	}
}
