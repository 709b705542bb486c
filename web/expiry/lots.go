package expiry

import (
	"net/url"
	"strconv"
	"strings"

	"everykit/expiry"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// lotsOnPage bounds the list of lots on one page.
const lotsOnPage = 50

// pill is one choice of which lots to show.
type pill struct {
	Text, Href string
	Here       bool
}

// choices are which lots the list can show, the first being the one it opens with.
var choices = []struct {
	key, words string
	has        func(expiry.LotRow) bool
}{
	{"", "All with stock", stocked},
	{"expired", "Expired", func(l expiry.LotRow) bool { return l.State == expiry.Expired && stocked(l) }},
	{"soon", "90 days or fewer", func(l expiry.LotRow) bool { return l.State == expiry.Soon && stocked(l) }},
	{"unused", "Will expire unused", func(l expiry.LotRow) bool { return l.Unused > 0 }},
	{"unknown", "Date not known", func(l expiry.LotRow) bool { return l.State == expiry.Unknown && stocked(l) }},
	{"people", "With people", func(l expiry.LotRow) bool { return l.People > 0 }},
}

func stocked(l expiry.LotRow) bool { return l.Shelf+l.Held > 0 }

// lots puts the chosen part of the lots on the page.
func (p *place) lots(b *expiry.Board, body *boardBody) {
	chosen := 0
	for i, c := range choices {
		if c.key != "" && c.key == p.R.URL.Query().Get("show") {
			chosen = i
		}
	}
	for i, c := range choices {
		n := 0
		for _, l := range b.Lots {
			if c.has(l) {
				n++
			}
		}
		to := p.R.URL.Path + "#lots"
		if c.key != "" {
			to = p.R.URL.Path + "?show=" + c.key + "#lots"
		}
		body.Pills = append(body.Pills, pill{c.words + ": " + number(n), to, i == chosen})
	}
	var list []expiry.LotRow
	for _, l := range b.Lots {
		if choices[chosen].has(l) {
			list = append(list, l)
		}
	}
	n, _ := strconv.Atoi(p.R.URL.Query().Get("page"))
	count := max(1, (len(list)+lotsOnPage-1)/lotsOnPage)
	n = max(1, min(n, count))
	from := (n - 1) * lotsOnPage
	body.Lots = p.lotTable(b, list[from:min(len(list), from+lotsOnPage)])
	body.Pager = page.Paginate("Lots", n, count, &url.URL{Path: p.R.URL.Path, RawQuery: p.R.URL.RawQuery})
}

// lotTable is lots with how they stand, the first to expire first.
func (p *place) lotTable(b *expiry.Board, list []expiry.LotRow) page.Table {
	t := page.Table{
		Caption: "Lots, the first to expire first", Hide: true, Stack: true, CSV: p.path + "/expiry.csv", Empty: "There is no such lot here.",
		Note:    "What will expire unused is not counted of kits that have expired already, or whose date is not known.",
		Columns: page.Columns("Lot", "Expires", "State", "#On shelves (kits)", "#Held (kits)", "#Will expire unused (kits)", "#With people (kits)"),
	}
	does := false
	for _, l := range list {
		does = does || p.writeOffLot(l) != ""
	}
	switch {
	case p.Outlet == nil:
		t.Columns = append(t.Columns, page.Column{Label: "Outlets with stock", Numeric: true})
	case does:
		t.Columns = append(t.Columns, page.Column{Label: "To do"})
	}
	for _, l := range list {
		unused := page.CountCell(int64(l.Unused))
		if l.State == expiry.Expired || l.State == expiry.Unknown {
			unused = page.Cell{}
		}
		cells := []page.Cell{
			page.LinkCell(l.Lot.Number, lotPath(l.Lot.ID)).Under(desk.ProductName(l.Product)), expires(l.Lot), p.state(l),
			page.CountCell(int64(l.Shelf)), page.CountCell(int64(l.Held)), unused, page.CountCell(int64(l.People)),
		}
		switch {
		case p.Outlet == nil:
			cells = append(cells, page.CountCell(int64(l.Outlets)))
		case does && p.writeOffLot(l) != "":
			cells = append(cells, page.LinkCell("Write off "+page.Kits(int64(l.Shelf)), p.writeOffLot(l)))
		case does:
			cells = append(cells, page.Cell{})
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return t
}

func lotPath(id int) string { return "/lots/" + strconv.Itoa(id) }

// expires is a lot's last day in words.
func expires(l ledger.Lot) page.Cell {
	if !l.Expiry.Known {
		return page.TextCell("Not known")
	}
	return page.TextCell(strings.TrimSuffix(page.Sentence(l.Expiry.Words()), "."))
}

// state says how near a lot's last day is, with how many days, and that a notice bars it.
func (p *place) state(l expiry.LotRow) page.Cell {
	t, near := page.ExpiryTag(l.Lot.Expiry, p.Ledger.Today())
	if !near {
		t = page.Tag{Text: strings.ToLower(l.State.Words()), Tone: page.Good}
	}
	c := page.TagCell(t)
	if l.Lot.Barred != 0 {
		c = c.Under("Named by a notice")
	}
	return c
}

// lotsFile is all lots of the board as a file, whichever the page shows.
func lotsFile(p *place) error {
	b, err := p.Expiry.Board(p.Ctx(), p.scope)
	if err != nil {
		return err
	}
	out := figures.BeginCSV(p.Visit, p.code+"-expiry-"+b.Today.String(), "product", "lot", "expiry", "state", "on_shelves", "held", "will_expire_unused", "with_people", "outlets_with_stock")
	for _, l := range b.Lots {
		product := ""
		if l.Product != nil {
			product = l.Product.Code
		}
		err := out.Write(product, l.Lot.Number, l.Lot.Expiry.String(), l.State.String(), strconv.Itoa(l.Shelf), strconv.Itoa(l.Held),
			strconv.Itoa(l.Unused), strconv.Itoa(l.People), strconv.Itoa(l.Outlets))
		if err != nil {
			return err
		}
	}
	return out.Close()
}
