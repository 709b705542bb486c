package lot

import (
	"cmp"
	"slices"

	"everykit/civil"
	"everykit/draw"
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// week is what happened to the lot in a week at the outlets that this person may see.
type week struct {
	monday                           civil.Date
	received, arrived, sent, givenTo int
}

// sums are what the movements of a lot sum to.
type sums struct {
	weeks      []week // those in which something happened, the first first
	handedBack int    // by people, everywhere
}

// weeks reads what happened week by week. What people handed back is counted over all outlets, for it is part of the whole.
func (t *traced) weeks() (sums, error) {
	var s sums
	counts, err := t.Ledger.TraceWeeks(t.Ctx(), t.ids()...)
	if err != nil {
		return s, err
	}
	by := map[civil.Date]*week{}
	for _, c := range counts {
		if c.Kind == ledger.KindHandBack {
			s.handedBack += c.Kits
		}
		if !t.sees(c.Outlet) {
			continue
		}
		w := by[c.Week]
		if w == nil {
			w = &week{monday: c.Week}
			by[c.Week] = w
		}
		switch c.Kind {
		case ledger.KindOpen, ledger.KindReceive:
			w.received += c.Kits
		case ledger.KindArrive:
			w.arrived += c.Kits
		case ledger.KindSend:
			w.sent += c.Kits
		case ledger.KindSupply:
			w.givenTo += c.Kits
		}
	}
	for _, w := range by {
		if w.received != 0 || w.arrived != 0 || w.sent != 0 || w.givenTo != 0 {
			s.weeks = append(s.weeks, *w)
		}
	}
	slices.SortFunc(s.weeks, func(a, b week) int { return cmp.Compare(a.monday, b.monday) })
	return s, nil
}

// mostWeeks is how many weeks the chart goes back from the last in which a kit was given out. The table has all.
const mostWeeks = 52

// weeksChart draws the kits given out by week; nil where nothing happened yet.
func (t *traced) weeksChart(weeks []week) *page.Chart {
	if len(weeks) == 0 {
		return nil
	}
	given := map[civil.Date]int{}
	first, last := civil.None, civil.None
	for _, w := range weeks {
		if given[w.monday] = w.givenTo; w.givenTo != 0 {
			if first == civil.None {
				first = w.monday
			}
			last = w.monday
		}
	}
	grid := t.weekRows(weeks)
	table := grid.Table(Path(t.lot.ID) + "/weeks.csv")
	if first == civil.None {
		return &page.Chart{Table: table, Open: true}
	}
	first = max(first, last-7*(mostWeeks-1))
	s := draw.Series{Name: "Given out"}
	c := draw.Chart{ID: "weeks", Title: "Kits given out, week by week", Unit: "kits", Subtitle: "At the outlets you see, weeks from " + first.Words() + " to " + last.Words()}
	for monday := first; monday <= last; monday += 7 {
		c.Labels = append(c.Labels, monday.Time().Format("2 Jan 2006"))
		s.Values = append(s.Values, float64(given[monday]))
	}
	c.Series = []draw.Series{s}
	chart := page.Drawing(draw.Columns(c), table)
	return &chart
}

func (t *traced) weekRows(weeks []week) figures.Grid {
	g := figures.Grid{
		File: t.file("weeks"), Caption: "What happened, week by week",
		Note: "Weeks begin on Monday. Weeks in which nothing happened are left out.",
		Columns: []figures.Column{
			{Key: "week", Label: "Week of"},
			{Key: "received", Label: "Received (kits)", Numeric: true},
			{Key: "arrived", Label: "Arrived from outlets (kits)", Numeric: true},
			{Key: "sent", Label: "Sent to outlets (kits)", Numeric: true},
			{Key: "given_out", Label: "Given out (kits)", Numeric: true},
		},
	}
	for _, w := range weeks {
		day := figures.Words(w.monday.Words())
		day.Raw = w.monday.String()
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{day, figures.Count(w.received), figures.Count(w.arrived), figures.Count(w.sent), figures.Count(w.givenTo)}})
	}
	return g
}

func weeksFile(v *desk.Visit) error {
	t, err := tracedOf(v)
	if err != nil {
		return err
	}
	s, err := t.weeks()
	if err != nil {
		return err
	}
	return t.weekRows(s.weeks).Send(v)
}
