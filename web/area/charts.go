package area

import (
	"math"

	"everykit/civil"
	"everykit/draw"
	"everykit/measure"
	"everykit/registry"
	"everykit/web/figures"
	"everykit/web/page"
)

// chartMonths is how far back the chart by month goes.
const chartMonths = 24

// byMonth reads the whole months before this one, from the first of which anything is known. A silent month after that
// is there, as such.
func (v *visit) byMonth() ([]measure.MonthRow, error) {
	last := v.today.Month() - 1
	rows, err := v.Measures.AreaMonths(v.Ctx(), v.Area.ID, last-chartMonths+1, last)
	for len(rows) > 0 && !v.told(rows[0]).HasNumber() {
		rows = rows[1:]
	}
	return rows, err
}

// byMonthChart draws kits purchased and dispensed. A month in which no outlet said anything is a gap.
func (v *visit) byMonthChart() (*page.Chart, error) {
	rows, err := v.byMonth()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	bought, given := draw.Series{Name: "Purchased"}, draw.Series{Name: "Dispensed"}
	c := draw.Chart{ID: "by-month", Title: "Kits purchased and dispensed", Unit: "kits"}
	for _, r := range rows {
		c.Labels = append(c.Labels, axisMonth(r.Month))
		state, in, out := draw.State(""), float64(r.Purchased), float64(r.Dispensed)
		if !v.told(r).HasNumber() {
			state, in, out = draw.NoReply, math.NaN(), math.NaN()
		}
		bought.Values, bought.States = append(bought.Values, in), append(bought.States, state)
		given.Values, given.States = append(given.Values, out), append(given.States, state)
	}
	c.Subtitle = "By month, " + rows[0].Month.Words() + " to " + rows[len(rows)-1].Month.Words()
	c.Series = []draw.Series{given, bought}
	g := v.monthRows(rows)
	chart := page.Drawing(draw.Lines(c), g.Table(v.here("/by-month.csv")))
	return &chart, nil
}

// axisMonth is a month as charts have it, the year as its last word.
func axisMonth(m civil.Month) string { return m.First().Time().Format("Jan 2006") }

func byMonthGrid(v *visit) (figures.Grid, error) {
	rows, err := v.byMonth()
	return v.monthRows(rows), err
}

func (v *visit) monthRows(rows []measure.MonthRow) figures.Grid {
	g := figures.Grid{File: "by-month", Caption: "Kits purchased and dispensed by month", Columns: []figures.Column{
		{Key: "month"},
		{Label: "Month"},
		{Key: "state"},
		{Key: "purchased", Label: "Purchased (kits)", Numeric: true, Definition: string(measure.Purchased)},
		{Key: "dispensed", Label: "Dispensed (kits)", Numeric: true, Definition: string(measure.Dispensed)},
	}}
	for i := len(rows) - 1; i >= 0; i-- {
		r := rows[i]
		in, out := figures.Count(r.Purchased), figures.Count(r.Dispensed)
		state := v.told(r)
		if !state.HasNumber() {
			in, out = figures.Unknown("silent"), figures.Unknown("silent")
		}
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{
			figures.Raw(r.Month.String()), figures.Words(r.Month.Words()), figures.Raw(state.String()), in, out,
		}})
	}
	return g
}

// channelYears are the period and the one before it, which the chart of channels compares.
func (v *visit) channelYears() ([]civil.Period, [][]measure.ChannelRow, error) {
	periods := []civil.Period{v.period.Before(), v.period}
	var rows [][]measure.ChannelRow
	for _, p := range periods {
		list, err := v.Measures.Channels(v.Ctx(), v.Area.ID, p)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, list)
	}
	return periods, rows, nil
}

// channelsChart draws the kits given out by channel. None is drawn where no kit was given out in either period.
func (v *visit) channelsChart() (*page.Chart, error) {
	periods, rows, err := v.channelYears()
	if err != nil || len(used(rows)) == 0 {
		return nil, err
	}
	g := v.channelRows(periods, rows)
	c := draw.Chart{ID: "channels", Title: "Kits dispensed by channel", Subtitle: "The period and the one before it", Unit: "kits"}
	for i, p := range periods {
		if len(rows[i]) > 0 {
			c.Labels = append(c.Labels, figures.Name(p, v.today))
		}
	}
	for _, ch := range used(rows) {
		s := draw.Series{Name: ch.Words()}
		for i := range periods {
			if len(rows[i]) > 0 {
				s.Values = append(s.Values, float64(kitsBy(rows[i], ch)))
			}
		}
		c.Series = append(c.Series, s)
	}
	chart := page.Drawing(draw.StackedBars(c), g.Table(v.here("/channels.csv")))
	return &chart, nil
}

func channelsGrid(v *visit) (figures.Grid, error) {
	periods, rows, err := v.channelYears()
	return v.channelRows(periods, rows), err
}

func (v *visit) channelRows(periods []civil.Period, rows [][]measure.ChannelRow) figures.Grid {
	g := figures.Grid{
		File: "channels-" + v.period.Slug(), Caption: "Kits dispensed by channel",
		Note:    "Kits from prisons and ambulances are never in an authority’s coverage.",
		Columns: []figures.Column{{Key: "channel"}, {Label: "Channel"}},
	}
	for _, p := range periods {
		g.Columns = append(g.Columns, figures.Column{Key: p.String(), Label: figures.Name(p, v.today) + " (kits)", Numeric: true, Definition: string(measure.Dispensed)})
	}
	for _, ch := range used(rows) {
		cells := []figures.Cell{figures.Raw(ch.String()), figures.Words(ch.Words())}
		for i := range periods {
			if len(rows[i]) == 0 { // nothing is known of the period, or nothing was given out: either way no channel has a share
				cells = append(cells, figures.Unknown("no supplies"))
				continue
			}
			cells = append(cells, figures.Count(kitsBy(rows[i], ch)))
		}
		g.Rows = append(g.Rows, figures.Row{Cells: cells})
	}
	return g
}

// used are the channels by which any kit went out, in their order.
func used(rows [][]measure.ChannelRow) []registry.Channel {
	var list []registry.Channel
	for _, ch := range registry.Channels() {
		for _, r := range rows {
			if kitsBy(r, ch) != 0 {
				list = append(list, ch)
				break
			}
		}
	}
	return list
}

func kitsBy(rows []measure.ChannelRow, ch registry.Channel) int {
	n := 0
	for _, r := range rows {
		if r.Channel == ch {
			n += r.Kits
		}
	}
	return n
}

// boardMonths is how far ahead the chart of expiry goes; what lies beyond is one row of its table.
const boardMonths = 18

// expiringChart draws usable kits on shelves by the month of their last day.
func (v *visit) expiringChart(b measure.ExpiryBoard) page.Chart {
	c := draw.Chart{ID: "expiring", Title: "Usable kits on shelves, by the month in which they expire", Unit: "kits"}
	s := draw.Series{Name: "On shelves"}
	for _, m := range b.Months[:min(len(b.Months), boardMonths)] {
		c.Labels = append(c.Labels, axisMonth(m.Month))
		s.Values = append(s.Values, float64(m.Usable))
	}
	c.Subtitle = "As the shelves are today, " + v.today.Words()
	c.Series = []draw.Series{s}
	return page.Drawing(draw.Columns(c), v.expiryRows(b).Table(v.here("/expiring.csv")))
}

func expiringGrid(v *visit) (figures.Grid, error) {
	b, err := v.board()
	return v.expiryRows(b), err
}

func (v *visit) expiryRows(b measure.ExpiryBoard) figures.Grid {
	g := figures.Grid{
		File: "expiring-" + v.today.String(), Caption: "Kits by the month in which they expire",
		Note: "With people is at most: not every use or loss is told.",
		Columns: []figures.Column{
			{Key: "month", Label: "Expire"},
			{Key: "on_shelves", Label: "On shelves (kits)", Numeric: true, Definition: string(measure.Expiring)},
			{Key: "held", Label: "Held (kits)", Numeric: true},
			{Key: "with_people", Label: "With people (kits)", Numeric: true},
		},
	}
	add := func(raw, words string, m measure.ExpiryMonth) {
		if m.Usable == 0 && m.Held == 0 && m.People == 0 {
			return
		}
		name := figures.Words(words)
		name.Raw = raw
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{name, figures.Count(m.Usable), figures.Count(m.Held), figures.Count(m.People)}})
	}
	add("expired", "Already expired", b.Expired)
	for _, m := range b.Months {
		add(m.Month.String(), m.Month.Words(), m)
	}
	add("", "Not known", b.Unknown)
	return g
}
