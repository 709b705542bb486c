package paper

import (
	"net/http"

	"everykit/civil"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// rowsFor is how many rows fit on one sheet of A4 beside that many lots: as many as the page has on which they are typed
// in, fewer where the lots take their room. A row is 7.4 mm high, enough to write in by hand; a lot is 4.4 mm.
func rowsFor(lots int) int { return max(8, min(firstRows, firstRows-(lots-9)*44/74)) }

// printBody is the blank sheet.
type printBody struct {
	Day     civil.Date
	Lots    []printLot
	Rows    []int
	Legends []legend
}

type printLot struct {
	Letter, Product, Number, Expiry string
	Kits                            int
	Doses                           int64 // in a kit; 0 where it is not known
	Tag                             *page.Tag
}

type legend struct {
	Title string
	Codes []code
}

// printDaySheet shows a blank sheet for a day, to be printed: the lots of the shelf with their letters, rows to write in,
// and what the codes mean.
func printDaySheet(v *desk.Visit) error {
	today := v.Ledger.Today()
	day := dayOf(v.R.URL.Query(), "day", today)
	lots, err := v.Ledger.SheetLots(v.Ctx(), v.Outlet.ID, day)
	if err != nil {
		return err
	}
	b := printBody{Day: day, Legends: []legend{
		{"Who for", recipientCodes}, {"First or repeat", firstCodes}, {"Why a repeat", reasonCodes}, {"Why turned away", awayCodes},
	}}
	for _, l := range lots {
		if n := onSheet(l, day, today); n > 0 {
			p := printLot{Letter: l.Letter, Product: desk.ProductName(l.Product), Number: l.Lot.Number, Expiry: expiryShort(l.Lot.Expiry), Kits: n, Doses: dosesPerKit(l.Product)}
			if l.Lot.Expiry.Past(day) {
				p.Tag = &page.Tag{Text: "expired: do not give out", Tone: page.Bad}
			}
			b.Lots = append(b.Lots, p)
		}
	}
	for n := range rowsFor(len(b.Lots)) {
		b.Rows = append(b.Rows, n+1)
	}
	pv := view(v, "Day sheet")
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Day sheet", Href: withDay(path(v, "day-sheet"), day)})
	pv.Wide = true
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "dayprint", pv)
}

// onSheet is how many kits of a lot the sheet of a day begins with: those that are there now, or for a day that is over
// those with which it began and those that came.
func onSheet(l ledger.SheetLot, day, today civil.Date) int {
	if day >= today {
		return l.Shelf
	}
	return l.Opening + max(0, l.Moved)
}
