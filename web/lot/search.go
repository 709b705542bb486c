package lot

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"everykit/gs1"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// mostFound bounds the list of lots found: whoever gets more types more of the number.
const mostFound = 50

type searchBody struct {
	Typed string
	Asked bool
	Table page.Table
}

// search finds lots by what is printed on a pack or said by its code.
func search(v *desk.Visit) error {
	pv := v.View("Find a lot")
	b := searchBody{Typed: strings.TrimSpace(v.R.URL.Query().Get("q"))}
	if b.Typed != "" {
		found, err := find(v, b.Typed)
		if err != nil {
			return err
		}
		b.Asked = true
		if b.Table, err = foundTable(v, found); err != nil {
			return err
		}
	}
	pv.Form = url.Values{"q": {b.Typed}}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "search", pv)
}

// find gives the lots that a text may mean, each joined lot once. A code that was scanned names one number, and the product
// too where it is known; anything else is part of a number.
func find(v *desk.Visit, typed string) ([]ledger.Lot, error) {
	found, scanned, err := scannedLots(v, typed)
	if !scanned && err == nil {
		found, err = v.Ledger.SearchLots(v.Ctx(), typed, mostFound+1)
	}
	if err != nil {
		return nil, err
	}
	var heads []ledger.Lot
	seen := map[int]bool{}
	for _, l := range found {
		if seen[l.Head()] {
			continue
		}
		seen[l.Head()] = true
		if l.JoinedTo != 0 {
			if l, err = v.Ledger.Lot(v.Ctx(), l.Head()); err != nil {
				return nil, err
			}
		}
		heads = append(heads, l)
	}
	return heads, nil
}

// scannedLots reads a text as a code. It is one only if it says a lot: a number that is printed on a pack is none.
func scannedLots(v *desk.Visit, typed string) (found []ledger.Lot, scanned bool, err error) {
	if known, err := v.Ledger.LotsNumbered(v.Ctx(), 0, typed); err != nil || len(known) > 0 {
		return known, len(known) > 0, err
	}
	code, err := gs1.Parse(typed, v.Ledger.Today())
	var question *gs1.Question
	readings := []gs1.Code{code}
	if errors.As(err, &question) {
		readings = question.Readings // each is looked for: none is guessed
	} else if err != nil {
		return nil, false, nil // an ordinary number, or a part of one
	}
	for _, c := range readings {
		if c.Lot == "" {
			continue
		}
		scanned = true
		some, err := v.Ledger.LotsNumbered(v.Ctx(), productOf(v, c.GTIN), c.Lot)
		if err != nil {
			return nil, true, err
		}
		found = append(found, some...)
	}
	return found, scanned, nil
}

// productOf is the product that has a GTIN; 0 if none is known.
func productOf(v *desk.Visit, gtin string) int {
	if gtin == "" {
		return 0
	}
	for _, p := range v.Snap.Products() {
		if own, err := gs1.GTIN(p.GTIN); err == nil && own == gtin {
			return p.ID
		}
	}
	return 0
}

func foundTable(v *desk.Visit, found []ledger.Lot) (page.Table, error) {
	t := page.Table{
		Caption: "Lots found", Hide: true, Stack: true, Empty: "No lot has this in its number. Look at the pack again: the number is near the expiry date.",
		Columns: page.Columns("Lot", "Expires", "#On shelves (kits)", "#Held (kits)", "#With people (kits)"),
		Note:    "Kits at the outlets that you may see. With people is at most: not every use or loss is told.",
	}
	if len(found) > mostFound {
		found, t.Note = found[:mostFound], "Only the first are shown: type more of the number. "+t.Note
	}
	for _, l := range found {
		family, err := v.Ledger.Family(v.Ctx(), l.ID)
		if err != nil {
			return t, err
		}
		of := &traced{Visit: v, lot: l, family: family}
		if err := of.trace(); err != nil {
			return t, err
		}
		var here ledger.Counts
		for _, p := range of.rows {
			here = here.Plus(p.Counts)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.LinkCell(l.Number, Path(l.ID)).Under(desk.ProductName(v.Snap.Product(l.Product))), expiryCell(l, v.Ledger.Today()),
			page.CountCell(int64(here[ledger.Shelf])), page.CountCell(int64(here.HeldAll())), page.CountCell(int64(here[ledger.People])),
		}})
	}
	return t, nil
}
