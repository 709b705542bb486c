package area

import (
	"net/http"

	"everykit/civil"
	"everykit/measure"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// monthsBody is what the page of outlets by month brings.
type monthsBody struct {
	Periods []page.Option
	Period  string
	Name    string
	Table   page.Table
}

// months is each outlet by each month.
func months(v *desk.Visit) error {
	w, err := visited(v)
	if err != nil {
		return err
	}
	list, err := w.Measures.OutletMonths(w.Ctx(), w.Area.ID, w.period.From, w.period.To)
	if err != nil {
		return err
	}
	view := w.View("Kits given out by outlet and month")
	view.Caption = w.Area.Name
	view.Wide = true
	view.Crumbs = append(w.crumbs(), page.Link{Text: w.Area.Name, Href: w.here("")})
	view.Body = monthsBody{
		Periods: figures.Choices(figures.Recent(w.today, 5, 0), w.period, w.called), Period: w.period.Slug(),
		Name: figures.Long(w.period, w.today), Table: w.matrix(list).Table(w.here("/months.csv")),
	}
	return pages.Render(w.W, http.StatusOK, "months", view)
}

// told says what is known of a month: the state of the number of kits given out in it.
func (v *visit) told(m measure.MonthRow) measure.State {
	switch {
	case m.Entries == 0 && !m.Nil:
		return measure.NoReply
	case m.Month >= v.today.Month():
		return measure.Partial
	case m.Dispensed == 0:
		return measure.Zero
	}
	return measure.Counted
}

// matrix is the table of the page: a row an outlet, a column a month.
func (v *visit) matrix(list []measure.OutletMonths) figures.Grid {
	g := figures.Grid{
		Caption: "Kits given out by each outlet, month by month, " + figures.Name(v.period, v.today), Hide: true,
		Empty: "This authority has no outlets here yet.",
		Note: "Silent: the outlet made no entry in that month and did not confirm that there was nothing. How many kits went out is not known; it is not nought. " +
			"Sums are over the outlets and months that are known.",
		Columns: []figures.Column{{Label: "Outlet"}},
	}
	for m := v.period.From; m <= v.period.To; m++ {
		g.Columns = append(g.Columns, figures.Column{Label: m.Short(), Numeric: true})
	}
	g.Columns = append(g.Columns, figures.Column{Label: "In all (kits)", Numeric: true, Definition: string(measure.Dispensed)})
	total := make([]tally, v.period.Months()+1)
	for _, o := range list {
		var all tally
		cells := []figures.Cell{figures.Link(o.Outlet.Name, v.outletHref(o.Outlet))}
		for i, m := range o.Months {
			if m.Month > v.today.Month() {
				cells = append(cells, figures.Cell{})
				continue
			}
			one := tally{m.Dispensed, v.told(m).HasNumber()}
			cells = append(cells, one.cell())
			all.add(one)
			total[i].add(one)
		}
		total[len(total)-1].add(all)
		g.Rows = append(g.Rows, figures.Row{Cells: append(cells, all.cell()), Quiet: !all.known})
	}
	if len(list) < 2 {
		return g
	}
	last := figures.Row{Cells: []figures.Cell{figures.Words("All outlets")}, Total: true}
	for i, t := range total {
		c := t.cell()
		if i < v.period.Months() && v.period.From+civil.Month(i) > v.today.Month() {
			c = figures.Cell{}
		}
		last.Cells = append(last.Cells, c)
	}
	g.Rows = append(g.Rows, last)
	return g
}

// tally is a sum of what is known, and whether anything is.
type tally struct {
	kits  int
	known bool
}

func (t *tally) add(u tally) {
	if u.known {
		t.kits, t.known = t.kits+u.kits, true
	}
}

func (t tally) cell() figures.Cell {
	if !t.known {
		return figures.Unknown("silent")
	}
	return figures.Count(t.kits)
}

// monthsFile is the matrix as a file: a row for each outlet and month, so that the reason for a missing number stands
// beside it.
func monthsFile(v *visit) (figures.Grid, error) {
	list, err := v.Measures.OutletMonths(v.Ctx(), v.Area.ID, v.period.From, v.period.To)
	if err != nil {
		return figures.Grid{}, err
	}
	g := figures.Grid{File: "months-" + v.period.Slug(), Columns: []figures.Column{
		{Key: "outlet"}, {Key: "name"}, {Key: "month"}, {Key: "state"}, {Key: "given_out"},
	}}
	for _, o := range list {
		for _, m := range o.Months {
			if m.Month > v.today.Month() {
				continue
			}
			state, kits := v.told(m), figures.Cell{}
			if state.HasNumber() {
				kits = figures.Count(m.Dispensed)
			}
			g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{
				figures.Raw(o.Outlet.Code), figures.Raw(o.Outlet.Name), figures.Raw(m.Month.String()), figures.Raw(state.String()), kits,
			}})
		}
	}
	return g, nil
}
