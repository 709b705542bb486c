package lot

import (
	"strconv"

	"everykit/ledger"
	"everykit/web/page"
)

// ends are the places that kits of a lot can be in, in the order of a row, with their heads.
var ends = []struct {
	label, where string
	of           func(ledger.Counts) int
}{
	{"Shelf", "On shelves", func(c ledger.Counts) int { return c[ledger.Shelf] }},
	{"Held", "Held", func(c ledger.Counts) int { return c.HeldAll() }},
	{"On the way", "On the way between outlets", func(c ledger.Counts) int { return c[ledger.Transit] }},
	{"With people", "With people", func(c ledger.Counts) int { return c[ledger.People] }},
	{"Used", "Used", func(c ledger.Counts) int { return c[ledger.Used] }},
	{"Destroyed", "Destroyed", func(c ledger.Counts) int { return c[ledger.Destroyed] }},
	{"Returned", "Returned to the supplier", func(c ledger.Counts) int { return c[ledger.Returned] }},
	{"Lost", "Lost", func(c ledger.Counts) int { return c[ledger.Lost] }},
}

// whole is where all kits of the lot are, over every outlet there is. It adds up.
func (t *traced) whole(handedBack int) page.Table {
	tab := page.Table{Caption: "Where all kits of this lot are", Hide: true, Stack: true, Columns: page.Columns("Where", "#Kits", "#Doses")}
	row := func(where, sub string, kits int) page.Row {
		doses := page.Cell{Sub: "not known"}
		if t.product != nil && t.product.DosesPerKit > 0 {
			doses = page.CountCell(int64(t.doses(kits)))
		}
		return page.Row{Cells: []page.Cell{page.TextCell(where).Under(sub), page.CountCell(int64(kits)), doses}}
	}
	for _, e := range ends {
		sub := ""
		if e.label == "With people" {
			sub = "still out, at most: not every use or loss is told"
		}
		tab.Rows = append(tab.Rows, row(e.where, sub, e.of(t.total)))
	}
	sub := page.Kits(int64(-t.total[ledger.Supplier])) + " from suppliers"
	if n := -t.total[ledger.Outside]; n != 0 {
		sub += ", " + page.Kits(int64(n)) + " from stock before this ledger began, or handed back from elsewhere"
	}
	last := row("Received in all", sub, t.total.Received())
	last.Total = true
	tab.Rows = append(tab.Rows, last)
	if handedBack != 0 {
		tab.Note = "Handed back by people: " + page.Kits(int64(handedBack)) + " of these, counted where they are now: held, destroyed or returned."
	}
	return tab
}

// mostRows bounds the outlets on the page; the file has all.
const mostRows = 200

// countCells are a row's numbers, what was received first.
func countCells(c ledger.Counts) []page.Cell {
	cells := []page.Cell{page.CountCell(int64(c.Received()))}
	for _, e := range ends {
		cells = append(cells, page.CountCell(int64(e.of(c))))
	}
	return cells
}

func countColumns(first string) []page.Column {
	cols := []page.Column{{Label: first}, {Label: "Received (kits)", Numeric: true}}
	for _, e := range ends {
		cols = append(cols, page.Column{Label: e.label, Numeric: true})
	}
	return cols
}

// closing adds what is elsewhere and the sum of all.
func (t *traced) closing(tab *page.Table) {
	if t.others > 0 {
		first := page.TextCell("Elsewhere").Under(page.Plural(int64(t.others), "outlet", "outlets") + " that you do not see one by one")
		tab.Rows = append(tab.Rows, page.Row{Quiet: true, Cells: append([]page.Cell{first}, countCells(t.elsewhere)...)})
	}
	if len(tab.Rows) > 0 {
		tab.Rows = append(tab.Rows, page.Row{Total: true, Cells: append([]page.Cell{page.TextCell("All of the lot")}, countCells(t.total)...)})
	}
}

// byArea is the lot by authority, where this person sees more than one.
func (t *traced) byArea() page.Table {
	tab := page.Table{Caption: "By authority", Columns: countColumns("Authority")}
	var names []string
	sums := map[string]ledger.Counts{}
	for _, p := range t.rows {
		name := p.areaName()
		if _, ok := sums[name]; !ok {
			names = append(names, name)
		}
		sums[name] = sums[name].Plus(p.Counts)
	}
	if len(names) < 2 {
		return tab
	}
	for _, name := range names {
		tab.Rows = append(tab.Rows, page.Row{Cells: append([]page.Cell{page.TextCell(name)}, countCells(sums[name])...)})
	}
	t.closing(&tab)
	return tab
}

// byOutlet is the lot by outlet.
func (t *traced) byOutlet() page.Table {
	tab := page.Table{
		Caption: "By outlet", Columns: countColumns("Outlet"), CSV: Path(t.lot.ID) + "/trace.csv",
		Empty: "No outlet has received any of this lot.",
		Note:  "Received is the sum of the other columns. What an outlet sent on is counted where it is now.",
	}
	for _, p := range t.rows[:min(len(t.rows), mostRows)] {
		c := t.outletCell(p.outlet).Under(p.areaName())
		tab.Rows = append(tab.Rows, page.Row{Quiet: p.Received() == 0, Cells: append([]page.Cell{c}, countCells(p.Counts)...)})
	}
	if len(t.rows) > mostRows {
		var rest ledger.Counts
		for _, p := range t.rows[mostRows:] {
			rest = rest.Plus(p.Counts)
		}
		more := page.TextCell(page.Plural(int64(len(t.rows)-mostRows), "more outlet", "more outlets")).Under("one by one in the file")
		tab.Rows = append(tab.Rows, page.Row{Cells: append([]page.Cell{more}, countCells(rest)...)})
	}
	t.closing(&tab)
	return tab
}

// file is the name of a file about the lot, without its ending.
func (t *traced) file(what string) string {
	return "lot-" + plain(t.lot.Number) + "-" + strconv.Itoa(t.lot.ID) + "-" + what + "-" + t.today.String()
}

// plain leaves of a lot's number what may stand in a file's name.
func plain(number string) string {
	b := []byte(number)
	for i, c := range b {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			b[i] = '_'
		}
	}
	return string(b)
}
