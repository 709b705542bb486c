package area

import (
	"strconv"

	"everykit/measure"
	"everykit/web/figures"
	"everykit/web/page"
)

// spoke says of each outlet whether anything is known of it in the period: an entry, or a word that there was none.
func (v *visit) spoke() (map[int]bool, error) {
	list, err := v.Measures.OutletMonths(v.Ctx(), v.Area.ID, v.period.From, v.period.To)
	told := map[int]bool{}
	for _, o := range list {
		for _, m := range o.Months {
			if v.told(m).HasNumber() {
				told[o.Outlet.ID] = true
			}
		}
	}
	return told, err
}

func outletColumns(more ...figures.Column) []figures.Column {
	return append([]figures.Column{{Key: "outlet"}, {Key: "name", Label: "Outlet"}, {Key: "kind"}}, more...)
}

func (v *visit) outletCells(r measure.OutletRow) []figures.Cell {
	name := figures.Link(r.Outlet.Name, v.outletHref(r.Outlet))
	name.Show = name.Show.Under(r.Outlet.Kind.Words())
	if !r.Outlet.OpenOn(v.today) {
		name.Show = name.Show.Tagged(page.Tag{Text: "closed", Tone: page.Quiet})
	}
	return []figures.Cell{figures.Raw(r.Outlet.Code), name, figures.Raw(r.Outlet.Kind.String())}
}

// flowsGrid is what came in and went out of each outlet in the period.
func flowsGrid(v *visit) (figures.Grid, error) {
	rows, err := v.rows()
	if err != nil {
		return figures.Grid{}, err
	}
	spoke, err := v.spoke()
	if err != nil {
		return figures.Grid{}, err
	}
	g := figures.Grid{
		File: "in-and-out-" + v.period.Slug(), Caption: "In and out of each outlet, " + figures.Name(v.period, v.today), Hide: true,
		Empty: "This authority has no outlets here yet.",
		Columns: outletColumns(
			figures.Column{Key: "given_out", Label: "Given out (kits)", Numeric: true, Definition: string(measure.Dispensed)},
			figures.Column{Key: "received", Label: "Received from suppliers (kits)", Numeric: true, Definition: string(measure.Purchased)},
			figures.Column{Key: "arrived", Label: "Arrived from outlets (kits)", Numeric: true},
			figures.Column{Key: "sent", Label: "Sent to outlets (kits)", Numeric: true}),
	}
	if v.closer {
		g.Columns = append(g.Columns, figures.Column{Key: "turned_away", Label: "Turned away (people)", Numeric: true})
	}
	g.Columns = append(g.Columns, figures.Column{Key: "silent_months", Label: "Months without a word", Numeric: true})
	var sum [5]int
	for _, r := range rows {
		cells := v.outletCells(r)
		numbers := []int{r.Dispensed, r.Purchased, r.In, r.Out}
		if v.closer {
			numbers = append(numbers, people(r.TurnedAway))
		}
		for i, n := range numbers {
			if sum[i] += n; !spoke[r.Outlet.ID] {
				cells = append(cells, figures.Unknown("not known"))
				continue
			}
			cells = append(cells, figures.Count(n))
		}
		silent := r.SilentMonths
		if !spoke[r.Outlet.ID] {
			silent = v.wholeMonths() // also those before its first entry
		}
		g.Rows = append(g.Rows, figures.Row{Cells: append(cells, v.silence(silent)), Quiet: !spoke[r.Outlet.ID]})
	}
	if len(rows) > 1 && len(spoke) > 0 {
		total := []figures.Cell{{}, figures.Words("All outlets"), {}}
		for i := range len(g.Columns) - 4 {
			total = append(total, figures.Count(sum[i]))
		}
		g.Rows = append(g.Rows, figures.Row{Cells: append(total, figures.Cell{}), Total: true})
	}
	return g, nil
}

// silence is how many whole months of the period an outlet let pass without an entry or a confirmed nil month.
func (v *visit) silence(months int) figures.Cell {
	n := v.wholeMonths()
	if n == 0 {
		return figures.Unknown("no month is over yet")
	}
	c := figures.Cell{Raw: strconv.Itoa(months), Show: page.TextCell(strconv.Itoa(months) + " of " + strconv.Itoa(n))}
	if months > 0 {
		c.Show = page.TagCell(page.Tag{Text: c.Show.Text, Tone: page.Soon})
	}
	return c
}

// shelvesGrid is what is at each outlet today.
func shelvesGrid(v *visit) (figures.Grid, error) {
	rows, err := v.rows()
	if err != nil {
		return figures.Grid{}, err
	}
	kits := func(key, label string) figures.Column {
		return figures.Column{Key: key, Label: label + " (kits)", Numeric: true}
	}
	g := figures.Grid{
		File: "outlets-" + v.today.String(), Caption: "Shelves of each outlet, " + v.today.Words(), Hide: true,
		Empty: "This authority has no outlets here yet.",
		Note:  "On hand is held, expired and usable kits together. With people is at most: not every use or loss is told.",
		Columns: outletColumns(kits("usable", "Usable"), kits("held", "Held"), kits("expired", "Expired"), kits("on_hand", "On hand"),
			kits("expiring_90_days", "Usable, expiring in 90 days"), kits("with_people", "With people, in date"),
			figures.Column{Key: "last_entry", Label: "Last entry"}),
	}
	g.Columns[6].Definition, g.Columns[7].Definition = string(measure.OnHand), string(measure.Expiring)
	for _, r := range rows {
		cells := v.outletCells(r)
		s := r.Shelf
		if r.LastEntry == 0 {
			for range 6 {
				cells = append(cells, figures.Unknown("not known"))
			}
			g.Rows = append(g.Rows, figures.Row{Cells: append(cells, figures.Unknown("never")), Quiet: true})
			continue
		}
		cells = append(cells, figures.Count(s.Usable), figures.Count(s.Held), toned(s.Expired, page.Bad), figures.Count(s.OnHand),
			toned(r.Expiring90, page.Soon), figures.Count(s.PeopleInDate),
			figures.Cell{Raw: r.LastEntry.String(), Show: page.TextCell(r.LastEntry.Words())})
		if s.Usable == 0 && r.Outlet.OpenOn(v.today) {
			cells[3].Show = page.TagCell(page.Tag{Text: "none", Tone: page.Bad})
		}
		g.Rows = append(g.Rows, figures.Row{Cells: cells})
	}
	return g, nil
}

// toned is a count in a colour where there is any.
func toned(n int, tone page.Tone) figures.Cell {
	c := figures.Count(n)
	if n > 0 {
		c.Show = page.TagCell(page.Tag{Text: c.Show.Text, Tone: tone})
	}
	return c
}

func people(list []measure.Reason) int {
	n := 0
	for _, r := range list {
		n += r.People
	}
	return n
}

// turnedAwayGrid is why people got no kit, of the whole authority.
func turnedAwayGrid(v *visit) (figures.Grid, error) {
	list, err := v.Measures.TurnedAway(v.Ctx(), v.Area.ID, v.period)
	if err != nil {
		return figures.Grid{}, err
	}
	g := figures.Grid{
		File: "turned-away-" + v.period.Slug(), Caption: "Turned away, " + figures.Name(v.period, v.today), Hide: true, Stack: true,
		Empty: "Nobody was recorded as turned away. It may have happened without being recorded.",
		Note:  "People who asked for a kit and got none, where an outlet recorded it.",
		Columns: []figures.Column{
			{Key: "reason"},
			{Label: "Why"},
			{Key: "people", Label: "People", Numeric: true},
			{Key: "kits", Label: "Kits asked for", Numeric: true},
		},
	}
	for _, r := range list {
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{
			figures.Raw(r.Reason.String()), figures.Words(r.Reason.Words()), figures.Count(r.People), figures.Count(r.Kits),
		}})
	}
	return g, nil
}
