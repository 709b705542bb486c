package area

import (
	"net/http"

	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// body is what the page brings.
type body struct {
	Periods   []page.Option
	Period    string
	Name      string // of the period
	Figures   []page.Figure
	Notes     []string
	Quarter   string
	Attention []task
	Shelf     []page.Figure
	Shelves   page.Table
	Flows     page.Table
	Charts    []page.Chart
	Further   []page.Figure
	All       page.Table
	Supplies  page.Table
	Turned    page.Table
	Asked     page.Table
	AskedBy   page.Table
	Before    page.Table  // of the authorities whose place it took; without rows if it took no other's
	After     []page.Link // those that took its place
	Ended     string      // its last day
	Estimate  []page.Fact
	Months    string
	Home      string // the path of this page
	Expiry    string
	Reissue   string
	File      string
	Wrong     string // where the public's reports are; empty for who may not see them
	Contacts  string // where the addresses for notices are; empty for who may not change them
}

func show(v *desk.Visit) error {
	w, err := visited(v)
	if err != nil {
		return err
	}
	b := body{
		Periods: figures.Choices(figures.Recent(w.today, 4, 8), w.period, w.called), Period: w.period.Slug(),
		Name: figures.Name(w.period, w.today), Months: w.here("/months"), File: w.here("/figures.csv"),
		Home: "/areas/" + w.Area.Code, Expiry: "/areas/" + w.Area.Code + "/expiry", Reissue: "/areas/" + w.Area.Code + "/reissue",
	}
	if v.May(staff.ManageArea) {
		b.Contacts = w.here("/contacts")
	}
	if v.May(staff.OfferRequests) {
		b.Wrong = "/areas/" + w.Area.Code + "/wrong"
	}
	for _, part := range []func(*visit, *body) error{headline, changed, further, silent, shelves, charts, tables} {
		if err := part(w, &b); err != nil {
			return err
		}
	}
	view := w.View(w.Area.Name)
	view.Wide = true
	view.Crumbs = w.crumbs()
	view.Caption = w.kind()
	view.Body = b
	return pages.Render(w.W, http.StatusOK, "area", view)
}

// crumbs lead up to the nation, for whoever may see it.
func (v *visit) crumbs() []page.Link {
	n := v.Snap.NationOf(v.Area.ID)
	if n == nil || !v.Who.May(staff.SeeNation, desk.AreaPlace(v.Snap, n)) {
		return nil
	}
	return []page.Link{{Text: n.Name, Href: "/nation/" + n.Code}}
}

// kind says what sort of area this is, and where.
func (v *visit) kind() string {
	words := "Authority"
	if v.Area.Kind != "authority" {
		words = figures.Capital(spaced(v.Area.Kind))
	}
	for _, a := range v.Snap.Ancestors(v.Area.ID) {
		if a.Kind == registry.Region || a.Kind == registry.Nation {
			return words + " in " + a.Name
		}
	}
	return words
}

func shelves(v *visit, b *body) error {
	g, err := shelvesGrid(v)
	if err != nil {
		return err
	}
	b.Shelves = g.Table(v.here("/outlets.csv"))
	flows, err := flowsGrid(v)
	b.Flows = flows.Table(v.here("/in-and-out.csv"))
	return err
}

func charts(v *visit, b *body) error {
	monthly, err := v.byMonthChart()
	if err != nil {
		return err
	}
	if monthly != nil {
		b.Charts = append(b.Charts, *monthly)
	}
	board, err := v.board()
	if err != nil {
		return err
	}
	if len(board.Months) > 0 {
		b.Charts = append(b.Charts, v.expiringChart(board))
	}
	channels, err := v.channelsChart()
	if channels != nil {
		b.Charts = append(b.Charts, *channels)
	}
	return err
}

func tables(v *visit, b *body) error {
	turned, err := turnedAwayGrid(v)
	if err != nil {
		return err
	}
	asked, err := requirementsGrid(v)
	if err != nil {
		return err
	}
	by, err := askedGrid(v)
	if err != nil {
		return err
	}
	supplies, err := suppliesGrid(v)
	b.Turned, b.Asked, b.AskedBy = turned.Table(v.here("/turned-away.csv")), asked.Table(v.here("/requirements.csv")), by.Table(v.here("/requirements-by-outlet.csv"))
	b.Supplies = supplies.Table(v.here("/supplies.csv"))
	return err
}

// figuresFile is the authority's figures of the period, in the columns that "everykit figures" promises.
func figuresFile(v *desk.Visit) error {
	w, err := visited(v)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, k := range measure.Keys() {
		p := w.period
		if k.Yearly() && !k.For(p.Months(), p.IsFinancialYear()) {
			p = w.coverageYear()
		}
		f, err := w.figure(k, p)
		if err != nil {
			return err
		}
		rows = append(rows, f.Cells())
	}
	return figures.SendCSV(v, w.Area.Code+"-figures-"+w.period.Slug(), measure.Columns, rows)
}
