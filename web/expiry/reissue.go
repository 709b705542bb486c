package expiry

import (
	"net/http"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/expiry"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

type reissueBody struct {
	Table  page.Table
	Kits   int
	Poster string
	Give   string
	Board  string
}

// reissue is the list of lots of which people should be offered a new kit.
func reissue(p *place) error {
	due, err := p.Expiry.Reissue(p.Ctx(), p.scope)
	if err != nil {
		return err
	}
	b := reissueBody{Poster: p.path + "/reissue/poster", Board: p.path + "/expiry", Table: page.Table{
		Caption: "Lots due for reissue, the most urgent first", Hide: true, Stack: true, CSV: p.path + "/reissue.csv",
		Empty:   "People carry no kit from here that should be replaced now, as far as the record knows.",
		Columns: page.Columns("Lot", "Why", "Expires", "#Still out, at most (kits)", "Given out"),
		Note:    "Still out is at most: not every use, loss or hand-back is told.",
	}}
	if p.Outlet == nil {
		b.Table.Columns = append(b.Table.Columns, page.Column{Label: "By"})
	} else {
		b.Give = p.path + "/give-out"
	}
	for _, d := range due {
		b.Kits += d.People
		cells := []page.Cell{
			page.LinkCell(d.Lot.Number, lotPath(d.Lot.ID)).Under(desk.ProductName(d.Product)), why(d), expires(d.Lot),
			page.CountCell(int64(d.People)), page.TextCell(given(d.First, d.Last)),
		}
		if p.Outlet == nil {
			cells = append(cells, page.TextCell(givers(d.Outlets)))
		}
		b.Table.Rows = append(b.Table.Rows, page.Row{Cells: cells})
	}
	pv := p.view("Kits to replace")
	pv.Body = b
	return pages.Render(p.W, http.StatusOK, "reissue", pv)
}

// why is the reason, with the notices that ask for it.
func why(d expiry.Due) page.Cell {
	tone := page.Bad
	if d.Why == expiry.ExpiresSoon {
		tone = page.Soon
	}
	c := page.TagCell(page.Tag{Text: strings.ToLower(d.Why.Words()), Tone: tone})
	var numbers []string
	for _, n := range d.Notices {
		numbers = append(numbers, n.Number)
	}
	if len(numbers) > 0 {
		c = c.Under("Notice " + strings.Join(numbers, ", "))
	}
	return c
}

// given says between which months kits were given out.
func given(first, last civil.Month) string {
	switch {
	case first == 0:
		return "Not known"
	case first == last:
		return first.Words()
	}
	return first.Words() + " to " + last.Words()
}

// mostGivers bounds the outlets that are named in one line.
const mostGivers = 4

func givers(list []expiry.DueOutlet) string {
	var words []string
	for i, o := range list {
		if i == mostGivers {
			words = append(words, page.Plural(int64(len(list)-i), "other outlet", "other outlets"))
			break
		}
		words = append(words, o.Outlet.Name+" ("+number(o.People)+")")
	}
	return strings.Join(words, ", ")
}

// reissueFile is the same list as a file, a row for each lot at each outlet.
func reissueFile(p *place) error {
	due, err := p.Expiry.Reissue(p.Ctx(), p.scope)
	if err != nil {
		return err
	}
	out := figures.BeginCSV(p.Visit, p.code+"-reissue-"+p.Ledger.Today().String(), "product", "lot", "expiry", "why", "notices", "outlet", "still_out_at_most", "first_given_out", "last_given_out")
	for _, d := range due {
		product := ""
		if d.Product != nil {
			product = d.Product.Code
		}
		var numbers []string
		for _, n := range d.Notices {
			numbers = append(numbers, n.Number)
		}
		for _, o := range d.Outlets {
			err := out.Write(product, d.Lot.Number, d.Lot.Expiry.String(), d.Why.String(), strings.Join(numbers, " "), o.Outlet.Code, strconv.Itoa(o.People), monthKey(o.First), monthKey(o.Last))
			if err != nil {
				return err
			}
		}
	}
	return out.Close()
}

func monthKey(m civil.Month) string {
	if m == 0 {
		return ""
	}
	return m.String()
}

// mostOnPoster is how many lots one poster names: more are not read.
const mostOnPoster = 24

type posterBody struct {
	Lots  []posterLot
	More  int
	Where string
}

// posterLot is one lot as the poster has it.
type posterLot struct{ Number, Words string }

// poster is the same lots for the people who carry them, to be printed and put on the wall.
func poster(p *place) error {
	due, err := p.Expiry.Reissue(p.Ctx(), p.scope)
	if err != nil {
		return err
	}
	var b posterBody
	if p.Outlet != nil {
		b.Where = p.name
	}
	for _, d := range due[:min(len(due), mostOnPoster)] {
		words := desk.ProductName(d.Product)
		if d.Lot.Expiry.Known {
			words += ", " + d.Lot.Expiry.Words()
		}
		b.Lots = append(b.Lots, posterLot{d.Lot.Number, words})
	}
	b.More = len(due) - len(b.Lots)
	pv := p.view("Look at your naloxone kit")
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Kits to replace", Href: p.path + "/reissue"})
	pv.Body = b
	return pages.Render(p.W, http.StatusOK, "poster", pv)
}
