package paper

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// countsBody is the page from which counts are begun and gone on with.
type countsBody struct {
	Here    string
	Open    []openCount
	Begin   []page.Deed
	Expired []expiredLot
	Today   civil.Date
}

type openCount struct {
	Words, Sheet, Sign string
}

// expiredLot is a lot that one button writes off before anybody counts it.
type expiredLot struct {
	ID, Lot, Words string
	Kits           int
}

// counts lists the counts that wait, and begins new ones.
func counts(v *desk.Visit) error { return showCounts(v, nil, nil) }

func showCounts(v *desk.Visit, form url.Values, cause error) error {
	pv := view(v, "Count the shelf")
	if cause != nil && !pv.Fail(cause, form) {
		return cause
	}
	stock, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return err
	}
	open, err := v.Ledger.OpenCounts(v.Ctx(), v.Outlet.Area, v.Outlet.ID)
	if err != nil {
		return err
	}
	b := countsBody{Here: path(v, "count"), Begin: beginnings(path(v, "count", ledger.NewID().String()), stock), Today: stock.Today}
	var who []int
	for _, c := range open {
		who = append(who, c.CountedBy)
	}
	by, err := names(v, who...)
	if err != nil {
		return err
	}
	for _, c := range open {
		here := path(v, "count", c.ID.String())
		b.Open = append(b.Open, openCount{Words: c.CountedOn.Words() + ", counted by " + by(c.CountedBy), Sheet: here, Sign: here + "/sign"})
	}
	for _, l := range stock.Lines {
		if n := l.Expired(stock.Today); n > 0 {
			b.Expired = append(b.Expired, expiredLot{
				ID: ledger.NewID().String(), Lot: strconv.Itoa(l.Lot.ID), Kits: n,
				Words: desk.ProductName(l.Product) + ", lot " + l.Lot.Number + ", expired " + l.Lot.Expiry.Words(),
			})
		}
	}
	if n, err := strconv.Atoi(v.R.URL.Query().Get("destroyed")); err == nil && n > 0 && cause == nil {
		pv.Flash = page.Kits(int64(n)) + " written off as expired."
	}
	pv.Body = b
	return render(v, cause, "counts", pv)
}

// beginnings are the ways to begin a count: everything, or one product of several.
func beginnings(here string, stock ledger.Stock) []page.Deed {
	lots := map[string]int{}
	words := map[string]string{}
	all := 0
	for _, l := range stock.Lines {
		if l.Counts[ledger.Shelf] > 0 {
			all++
			if l.Product != nil {
				lots[l.Product.Code]++
				words[l.Product.Code] = desk.ProductName(l.Product)
			}
		}
	}
	deeds := []page.Deed{{Label: "Count everything", Hint: page.Plural(int64(all), "lot", "lots") + " on the shelf", Href: here, First: true}}
	if len(lots) < 2 {
		return deeds
	}
	var codes []string
	for c := range lots {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	for _, c := range codes {
		deeds = append(deeds, page.Deed{Label: words[c], Hint: page.Plural(int64(lots[c]), "lot", "lots"), Href: here + "?product=" + url.QueryEscape(c)})
	}
	return deeds
}

// writeOffExpired takes an expired lot off the shelf in one step, so that nobody counts what must go.
func writeOffExpired(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	id, err := uuid.Parse(form.Get("id"))
	lot, lotErr := strconv.Atoi(form.Get("lot"))
	kits, kitsErr := strconv.Atoi(form.Get("kits"))
	if err != nil || lotErr != nil || kitsErr != nil {
		return showCounts(v, form, fault.New(fault.Invalid, "this form cannot be read").Hint("press the button again"))
	}
	err = v.Ledger.WriteOff(v.Ctx(), v.Who, ledger.WriteOff{
		Entry: ledger.Entry{ID: id, OccurredOn: v.Ledger.Today(), Outlet: v.Outlet.ID, Kits: kits},
		Lot:   lot, From: ledger.Shelf, To: ledger.Destroyed, Reason: "expired",
	})
	if err != nil {
		return showCounts(v, form, err)
	}
	return v.Go(path(v, "count") + "?destroyed=" + strconv.Itoa(kits))
}

// asked finds the count that the address names; nil if it is not saved yet.
func asked(v *desk.Visit) (uuid.UUID, *ledger.StockCount, error) {
	none := fault.New(fault.NotFound, "there is no such count")
	id, err := uuid.Parse(v.R.PathValue("count"))
	if err != nil || id == uuid.Nil {
		return id, nil, none
	}
	c, err := v.Ledger.Count(v.Ctx(), v.Who, v.Outlet.Area, id)
	if fault.Is(err, fault.NotFound) {
		return id, nil, nil
	}
	if err == nil && c.Outlet != v.Outlet.ID {
		return id, nil, none
	}
	return id, c, err
}

// countCSV is the lines of a count as a file.
func countCSV(v *desk.Visit) error {
	id, c, err := asked(v)
	if err != nil {
		return err
	}
	if c == nil {
		return fault.New(fault.NotFound, "there is no such count")
	}
	out := csvFile(v, "count-"+v.Outlet.Code+"-"+c.CountedOn.String(), "count", "counted_on", "product", "lot", "expiry", "books", "counted", "difference")
	for _, l := range c.Lines {
		counted, difference := "", ""
		if l.Counted != nil {
			counted, difference = strconv.Itoa(*l.Counted), strconv.Itoa(l.Difference())
		}
		code := ""
		if p := v.Snap.Product(l.Lot.Product); p != nil {
			code = p.Code
		}
		if err := out.Write(id.String(), c.CountedOn.String(), code, l.Lot.Number, l.Lot.Expiry.String(), strconv.Itoa(l.Books), counted, difference); err != nil {
			return err
		}
	}
	return out.Close()
}

// signedGone leads from the sheet of a count that is signed off to what it found.
func signedGone(v *desk.Visit, id uuid.UUID) error {
	return v.Go(path(v, "count", id.String(), "sign"))
}
