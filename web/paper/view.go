package paper

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/page"
)

// view begins a page of this outlet.
func view(v *desk.Visit, title string) page.View {
	pv := v.View(title)
	pv.Caption = v.Outlet.Name
	home := desk.Home(v.Snap, v.Who)
	switch {
	case v.Area != nil && home == "/areas/"+v.Area.Code:
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: v.Area.Name, Href: home})
	case home == "/outlets":
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: "My outlets", Href: home})
	}
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: v.Outlet.Name, Href: desk.OutletPath(v.Outlet.ID)})
	return pv
}

// path is the address of a page of this outlet: path(v, "card"), path(v, "count", id).
func path(v *desk.Visit, parts ...string) string {
	return desk.OutletPath(v.Outlet.ID) + "/" + strings.Join(parts, "/")
}

// withDay adds the day to an address.
func withDay(to string, day civil.Date) string { return to + "?day=" + day.String() }

// dayOf is the day that an address or form asks for, or another one if it holds none that can be read.
func dayOf(values url.Values, field string, otherwise civil.Date) civil.Date {
	if d, err := civil.ParseDate(values.Get(field)); err == nil {
		return d
	}
	return otherwise
}

// dosesPerKit is how many doses a kit holds; 0 where it is not known.
func dosesPerKit(p *registry.Product) int64 {
	if p == nil {
		return 0
	}
	return int64(p.DosesPerKit)
}

// lotWords names a lot on one line, its letter first so that a key finds it in a list.
func lotWords(l ledger.SheetLot, today civil.Date) string {
	words := l.Letter + " · " + l.Lot.Number + " · " + expiryShort(l.Lot.Expiry)
	if l.Lot.Expiry.Past(today) {
		words += " expired"
	}
	return words + " · " + desk.ProductName(l.Product)
}

// expiryShort is an expiry as packs have it: 02/2028, or 15/02/2028 where a day is printed.
func expiryShort(e civil.Expiry) string {
	if !e.Known {
		return "expiry not known"
	}
	year, month, day := e.Last.Parts()
	if e.Day {
		return fmt.Sprintf("%02d/%02d/%d", day, int(month), year)
	}
	return fmt.Sprintf("%02d/%d", int(month), year)
}

// number is an entry's number as it is shown: the end of its id, which tells the entries of one card apart.
func number(id uuid.UUID) string { return strings.ToUpper(id.String()[28:]) }

// entryPath is the address of an entry of this outlet.
func entryPath(v *desk.Visit, id uuid.UUID) string { return path(v, "entries", id.String()) }

// names gives the names of accounts; what has no account was taken in from a file on the machine itself.
func names(v *desk.Visit, accounts ...int) (func(int) string, error) {
	known, err := v.Staff.Names(v.Ctx(), accounts...)
	return func(id int) string {
		if n, ok := known[id]; ok {
			return n
		}
		return "from a file"
	}, err
}

// render draws a page; where a form could not be saved its cause gives the status.
func render(v *desk.Visit, cause error, name string, pv page.View) error {
	status := http.StatusOK
	if cause != nil {
		status = page.Status(cause)
	}
	return pages.Render(v.W, status, name, pv)
}

// csvFile begins a file of an outlet's rows.
func csvFile(v *desk.Visit, name string, columns ...string) *table.Writer {
	v.W.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.W.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	v.W.Header().Set("X-Content-Type-Options", "nosniff")
	v.W.Header().Set("Cache-Control", "no-store")
	return table.NewWriter(v.W, columns...)
}
