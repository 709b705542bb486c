package document_test

import (
	"fmt"
	"strings"
	"testing"

	"everykit/document"
)

// TestWideTable prints thirteen columns without Chromium: smaller letters, and no number or word is broken.
func TestWideTable(t *testing.T) {
	tb := document.Table{Caption: "Wide", Columns: []document.Column{{Label: "Board"}}}
	row := document.Row{Cells: []string{"Bournemouth, Christchurch and Poole"}}
	for i := range 12 {
		tb.Columns = append(tb.Columns, document.Column{Label: fmt.Sprintf("September %d", 2010+i), Numeric: true})
		row.Cells = append(row.Cells, fmt.Sprintf("%d,456 [p] [r]", 100+i))
	}
	tb.Rows = []document.Row{row}
	narrow := document.Table{Caption: "Narrow", Columns: tb.Columns[:2], Rows: []document.Row{{Cells: []string{"Orkney", "7"}}}}
	pdf := plain(t, &document.Document{Chapters: []document.Chapter{{Title: "A", Blocks: []document.Block{tb, narrow}}}})
	said := " " + strings.Join(words(t, pdf), " ") + " "
	for _, cell := range append(row.Cells[1:], "Bournemouth,", "Christchurch", "September", "Orkney") {
		if number, _, _ := strings.Cut(cell, " "); !strings.Contains(said, " "+number+" ") {
			t.Errorf("%q is broken: %s", number, said)
		}
	}
}
