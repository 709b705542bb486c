package lot

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// joinBody is the page that joins another entry to a lot: first it is searched, then both are shown, then it is done.
type joinBody struct {
	Path  string
	Typed string
	Asked bool
	Found page.Table
	Other int // the entry to be joined; 0 while none is chosen
	Both  page.Table
}

// joinForm finds the other entry, and shows both side by side before anything is done.
func joinForm(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	other, _ := strconv.Atoi(v.R.URL.Query().Get("other"))
	return t.drawJoin(other, nil)
}

// join records that another entry is this lot.
func join(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	other, err := strconv.Atoi(form.Get("other"))
	if err != nil || other < 1 {
		return t.drawJoin(0, fault.New(fault.Invalid, "choose the entry that is the same lot").At("q"))
	}
	if slices.Contains(t.ids(), other) {
		return t.drawJoin(0, fault.New(fault.Refused, "this entry is joined to the lot already").At("q").Hint("nothing more is needed"))
	}
	if err := v.Ledger.JoinLots(v.Ctx(), v.Who, other, t.lot.ID); err != nil {
		return t.drawJoin(other, err)
	}
	return v.Go(Path(t.lot.ID) + "?saved=joined")
}

// part undoes a join.
func part(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	entry, err := strconv.Atoi(form.Get("entry"))
	if err != nil || !slices.Contains(t.ids()[1:], entry) {
		return t.draw(fault.New(fault.Refused, "this entry is not joined to the lot").Hint("look at the lot again: somebody may have parted them just now"))
	}
	if err := v.Ledger.PartLot(v.Ctx(), v.Who, entry); err != nil {
		return t.draw(err)
	}
	return v.Go(Path(t.lot.ID) + "?saved=parted")
}

// drawJoin draws the page, with what was wrong, if anything was.
func (t *traced) drawJoin(other int, cause error) error {
	pv := t.view("Join another entry to lot " + t.lot.Number)
	b := joinBody{Path: Path(t.lot.ID), Typed: strings.TrimSpace(t.R.URL.Query().Get("q"))}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, nil) {
			return cause
		}
		status = page.Status(cause)
	}
	pv.Form = url.Values{"q": {b.Typed}}
	if other > 0 {
		that, err := t.Ledger.Lot(t.Ctx(), other)
		if err != nil {
			return err
		}
		b.Other = other
		if b.Both, err = t.both(that); err != nil {
			return err
		}
	} else if b.Typed != "" {
		found, err := t.Ledger.SearchLots(t.Ctx(), b.Typed, mostFound)
		if err != nil {
			return err
		}
		b.Asked, b.Found = true, t.mayJoin(found)
	}
	pv.Body = b
	return pages.Render(t.W, status, "join", pv)
}

// mayJoin are entries of the same product that might be this lot.
func (t *traced) mayJoin(found []ledger.Lot) page.Table {
	tab := page.Table{
		Caption: "Other entries of this product", Hide: true, Stack: true, Columns: page.Columns("Lot", "Expires"),
		Empty: "No other lot of this product has this in its number.",
	}
	for _, l := range found {
		if l.Product != t.lot.Product || slices.Contains(t.ids(), l.ID) {
			continue
		}
		tab.Rows = append(tab.Rows, page.Row{Cells: []page.Cell{page.LinkCell(l.Number, Path(t.lot.ID)+"/join?other="+strconv.Itoa(l.ID)), expiryCell(l, t.today)}})
	}
	return tab
}

// both shows the two entries side by side.
func (t *traced) both(that ledger.Lot) (page.Table, error) {
	tab := page.Table{
		Caption: "The two entries", Hide: true, Stack: true,
		Columns: page.Columns("Lot", "Product", "Expires", "#Outlets", "#Received (kits)", "#On shelves (kits)", "#With people (kits)"),
	}
	for i, l := range []ledger.Lot{t.lot, that} {
		rows, err := t.Ledger.Trace(t.Ctx(), l.ID)
		if err != nil {
			return tab, err
		}
		var c ledger.Counts
		for _, r := range rows {
			c = c.Plus(r.Counts)
		}
		sub := "stays, and stands for both"
		if i == 1 {
			sub = "will be counted under " + t.lot.Number
		}
		tab.Rows = append(tab.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(l.Number).Under(sub), page.TextCell(desk.ProductName(t.Snap.Product(l.Product))), expiryCell(l, t.today),
			page.CountCell(int64(len(rows))), page.CountCell(int64(c.Received())), page.CountCell(int64(c[ledger.Shelf])), page.CountCell(int64(c[ledger.People])),
		}})
	}
	return tab, nil
}
