package paper

import (
	"net/http"

	"everykit/civil"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// printedRows is how many rows fit on one sheet of A4 with the lots and the codes.
const printedRows = 18

// printBody is the blank sheet.
type printBody struct {
	Back    string
	Day     civil.Date
	Lots    []printLot
	Rows    []int
	Legends []legend
}

type printLot struct {
	Letter, Product, Number, Expiry string
	Kits                            int
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
	b := printBody{Back: withDay(path(v, "day-sheet"), day), Day: day, Legends: []legend{
		{"Who for", recipientCodes}, {"First or repeat", firstCodes}, {"Why a repeat", reasonCodes}, {"Why turned away", awayCodes},
	}}
	for _, l := range lots {
		if n := onSheet(l, day, today); n > 0 {
			p := printLot{Letter: l.Letter, Product: productName(l.Product), Number: l.Lot.Number, Expiry: expiryShort(l.Lot.Expiry), Kits: n}
			if l.Lot.Expiry.Past(day) {
				p.Tag = &page.Tag{Text: "expired: do not give out", Tone: page.Bad}
			}
			b.Lots = append(b.Lots, p)
		}
	}
	for n := range printedRows {
		b.Rows = append(b.Rows, n+1)
	}
	pv := view(v, "Day sheet")
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
