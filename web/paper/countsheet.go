package paper

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// countedPrefix begins the name of the field that holds what was counted of a lot: counted.12.
const countedPrefix = "counted."

// countBody is the sheet on which kits are counted. What the books say is not on it: whoever knows the number finds it.
type countBody struct {
	Here, All string // this page; the same with lots that the books say are used up
	CountedOn civil.Date
	Lines     []countRow
	Saved     bool
}

type countRow struct {
	Field, Letter, Number, Product string
	Expiry                         string
	Tag                            *page.Tag
	Counted                        string
	Label                          string
}

// countSheet shows a count to be filled in: a fresh one, or one that was saved and not signed off.
func countSheet(v *desk.Visit) error {
	id, c, err := asked(v)
	if err != nil {
		return err
	}
	if c != nil && c.Signed() {
		return signedGone(v, id)
	}
	return showCountSheet(v, c, nil, nil)
}

// saveCount keeps what was counted and leads on to the page where it is signed off.
func saveCount(v *desk.Visit) error {
	id, c, err := asked(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	e := ledger.CountEntry{ID: id, Outlet: v.Outlet.ID, Counted: map[int]*int{}}
	faults := readCount(form, &e)
	err = faults.Err()
	if err == nil {
		err = v.Ledger.SaveCount(v.Ctx(), v.Who, e)
	}
	if err != nil {
		return showCountSheet(v, c, form, err)
	}
	return v.Go(path(v, "count", id.String(), "sign"))
}

// readCount reads the numbers of a sheet. A lot left blank was not counted, which is not nought.
func readCount(form url.Values, e *ledger.CountEntry) fault.List {
	var faults fault.List
	var err error
	if e.CountedOn, err = civil.ParseDate(form.Get("counted_on")); err != nil {
		faults = append(faults, fault.New(fault.Invalid, "write the day of this count").At("counted_on").Hint("for example 23/11/2026"))
	}
	any := false
	for _, field := range slices.Sorted(maps.Keys(form)) {
		rest, ok := strings.CutPrefix(field, countedPrefix)
		lot, err := strconv.Atoi(rest)
		if !ok || err != nil || lot < 1 {
			continue
		}
		text := strings.TrimSpace(form.Get(field))
		if text == "" {
			e.Counted[lot] = nil
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > ledger.MostKits {
			faults = append(faults, fault.New(fault.Invalid, "%.20q is not a number of kits", text).At(field).Hint("write 0 for none; leave it empty if you have not counted it"))
			continue
		}
		any = true
		e.Counted[lot] = &n
	}
	if !any && len(faults) == 0 {
		faults = append(faults, fault.New(fault.Invalid, "nothing was counted").Hint("write the number of kits beside at least one lot; nought is a number"))
	}
	return faults
}

func showCountSheet(v *desk.Visit, c *ledger.StockCount, form url.Values, cause error) error {
	pv := view(v, "Count")
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: "Counts", Href: path(v, "count")})
	if cause != nil && !pv.Fail(cause, form) {
		return cause
	}
	lots, err := v.Ledger.SheetLots(v.Ctx(), v.Outlet.ID, v.Ledger.Today())
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	b := countBody{Here: v.R.URL.Path, CountedOn: v.Ledger.Today(), Saved: c != nil}
	if q.Get("product") != "" {
		b.Here += "?product=" + url.QueryEscape(q.Get("product"))
	}
	if q.Get("all") == "" {
		b.All = v.R.URL.Path + "?all=yes"
	}
	counted := map[int]*int{}
	saved := map[int]bool{}
	if c != nil {
		b.CountedOn = c.CountedOn
		for _, l := range c.Lines {
			saved[l.Lot.ID], counted[l.Lot.ID] = true, l.Counted
		}
	}
	for _, l := range byExpiry(lots) {
		typed := form.Has(countedPrefix + strconv.Itoa(l.Lot.ID))
		listed := l.Shelf > 0 && (q.Get("product") == "" || (l.Product != nil && l.Product.Code == q.Get("product")))
		if c != nil && q.Get("all") == "" {
			listed = false // a saved count goes on with its own lots
		}
		if listed || saved[l.Lot.ID] || typed || q.Get("all") != "" {
			b.Lines = append(b.Lines, newCountRow(l, counted[l.Lot.ID], v.Ledger.Today()))
		}
	}
	pv.Body = b
	return render(v, cause, "countsheet", pv)
}

// byExpiry puts lots in the order of a well-kept shelf: first to expire first.
func byExpiry(lots []ledger.SheetLot) []ledger.SheetLot {
	slices.SortStableFunc(lots, func(a, b ledger.SheetLot) int {
		return cmp.Or(cmp.Compare(desk.ProductName(a.Product), desk.ProductName(b.Product)), cmp.Compare(a.Lot.Expiry.Last, b.Lot.Expiry.Last), cmp.Compare(a.Lot.Number, b.Lot.Number))
	})
	return lots
}

func newCountRow(l ledger.SheetLot, counted *int, today civil.Date) countRow {
	r := countRow{
		Field: countedPrefix + strconv.Itoa(l.Lot.ID), Letter: l.Letter, Number: l.Lot.Number, Product: desk.ProductName(l.Product),
		Expiry: expiryShort(l.Lot.Expiry), Label: "Counted, lot " + l.Lot.Number + ", " + desk.ProductName(l.Product),
	}
	if t, ok := page.ExpiryTag(l.Lot.Expiry, today); ok && l.Lot.Expiry.Known {
		r.Tag = &t
	}
	if counted != nil {
		r.Counted = strconv.Itoa(*counted)
	}
	return r
}
