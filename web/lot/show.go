package lot

import (
	"net/http"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/web/desk"
	"everykit/web/page"
)

type lotBody struct {
	Path       string
	Facts      []page.Fact
	Notices    []page.Fact
	Whole      page.Table
	Areas      page.Table
	Outlets    page.Table
	Deliveries page.Table
	Weeks      *page.Chart
	Joined     []joined
	Manage     bool
}

// joined is an entry that counts as this lot.
type joined struct {
	ID     int
	Number string
}

// saved are what the page says was just done.
var saved = map[string]string{
	"joined": "The two entries are one lot now. No movement was changed.",
	"parted": "The two entries are two lots again.",
}

// show is the page of a lot: where all of it went.
func show(v *desk.Visit) error {
	t, err := lotOf(v)
	if err != nil {
		return err
	}
	if t.alias() {
		return v.Go(Path(t.lot.ID))
	}
	return t.draw(nil)
}

// draw draws the page, with what was wrong with a form on it, if anything was.
func (t *traced) draw(cause error) error {
	pv := t.view("Lot " + t.lot.Number)
	pv.Crumbs = []page.Link{{Text: "Lots", Href: "/lots"}}
	pv.Wide = true
	pv.Flash = saved[t.R.URL.Query().Get("saved")]
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, nil) {
			return cause
		}
		status = page.Status(cause)
	}
	if err := t.trace(); err != nil {
		return err
	}
	sums, err := t.weeks()
	if err != nil {
		return err
	}
	b := lotBody{Path: Path(t.lot.ID), Whole: t.whole(sums.handedBack), Areas: t.byArea(), Outlets: t.byOutlet(), Manage: t.Who.May(staff.ManageRegistry, staff.Place{})}
	if b.Facts, err = t.facts(); err != nil {
		return err
	}
	if b.Notices, err = t.notices(); err != nil {
		return err
	}
	if b.Deliveries, err = t.deliveries(); err != nil {
		return err
	}
	b.Weeks = t.weeksChart(sums.weeks)
	for _, l := range t.family[1:] {
		b.Joined = append(b.Joined, joined{l.ID, l.Number})
	}
	pv.Body = b
	return pages.Render(t.W, status, "lot", pv)
}

// view begins a page of this lot.
func (t *traced) view(title string) page.View {
	pv := t.View(title)
	pv.Caption = desk.ProductName(t.product)
	pv.Crumbs = []page.Link{{Text: "Lots", Href: "/lots"}, {Text: "Lot " + t.lot.Number, Href: Path(t.lot.ID)}}
	return pv
}

// facts are what is known of the lot itself.
func (t *traced) facts() ([]page.Fact, error) {
	var list []page.Fact
	add := func(key string, c page.Cell) { list = append(list, page.Fact{Key: key, Value: c}) }
	if p := t.product; p != nil {
		c := page.TextCell(p.Name)
		if p.DosesPerKit > 0 {
			c = c.Under(page.Plural(int64(p.DosesPerKit), "dose", "doses") + " in a kit")
		}
		add("Product", c)
	}
	add("Lot number", page.TextCell(t.lot.Number).Under("as first typed from a pack"))
	add("Expires", expiryCell(t.lot, t.today).Under(precision(t.lot.Expiry)))
	changes, err := t.Ledger.ExpiryChanges(t.Ctx(), t.lot.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		add("Expiry changed", page.TextCell("From "+c.Was.Words()+" to "+c.Becomes.Words()).Under("by notice "+c.Number+", "+c.On.Words()))
	}
	if len(t.family) > 1 {
		var numbers []string
		for _, l := range t.family[1:] {
			numbers = append(numbers, l.Number)
		}
		add("Also typed as", page.TextCell(strings.Join(numbers, ", ")).Under("joined to this lot and counted with it"))
	}
	return list, nil
}

// precision says how exactly an expiry is printed.
func precision(e civil.Expiry) string {
	switch {
	case !e.Known:
		return ""
	case e.Day:
		return "a day is printed: it is good on that day"
	}
	return "a month is printed: it is good to the last day, " + e.Last.Words()
}

// expiryCell is a lot's expiry with how it stands.
func expiryCell(l ledger.Lot, today civil.Date) page.Cell {
	c := page.TextCell(strings.TrimSuffix(page.Sentence(l.Expiry.Words()), "."))
	if tag, ok := page.ExpiryTag(l.Expiry, today); ok {
		c = c.Tagged(tag)
		if !l.Expiry.Known {
			c.Text = ""
		}
	}
	return c
}

// notices are the open notices that name the lot, in words, and how many kits wait because of them.
func (t *traced) notices() ([]page.Fact, error) {
	open, err := t.Notices.OpenLots(t.Ctx(), t.ids()...)
	if err != nil {
		return nil, err
	}
	var list []page.Fact
	seen := map[int]bool{}
	for _, l := range t.family {
		for _, n := range open[l.ID] {
			if seen[n.ID] {
				continue
			}
			seen[n.ID] = true
			words := page.TextCell(n.Action.Words() + ": " + n.Title).Under(n.Action.Explain() + " Issued " + n.IssuedOn.Words() + ".")
			list = append(list, page.Fact{Key: "Notice " + n.Number, Value: words})
		}
	}
	waiting := 0
	err = t.DB.Read(t.Ctx(), func(tx *store.Tx) error {
		all, err := t.Ledger.UncheckedOf(t.Ctx(), tx, t.ids()...)
		for _, u := range all {
			waiting += u.Unchecked
		}
		return err
	})
	if waiting > 0 {
		list = append(list, page.Fact{Key: "Waiting to be checked", Value: page.TextCell(page.Kits(int64(waiting))).Under("of those on shelves, at all outlets")})
	}
	return list, err
}

// outletCell names an outlet and leads to what it did with the lot, for whoever may see that.
func (t *traced) outletCell(o *registry.Outlet) page.Cell {
	if t.Who.May(staff.SeeEntries, ledger.PlaceOf(t.Snap, o)) {
		return page.LinkCell(o.Name, Path(t.lot.ID)+"/outlets/"+strconv.Itoa(o.ID))
	}
	return page.TextCell(o.Name)
}
