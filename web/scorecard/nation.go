package scorecard

import (
	"net/http"
	"strconv"

	"everykit/civil"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

type nationBody struct {
	Years, Orders, Regions, Recommendations, Verdicts []page.Option
	Year, Order, Region, Recommendation, Verdict      string

	Says    string
	Counts  page.Table
	Showing string
	Table   page.Table
	Rules   page.Table
	Version string
	Figure  string // where the picture of coverage is
	At      string // the nation
}

// nation is the table that the national team sorts by.
func nation(v *desk.Visit) error {
	c, err := asked(v)
	if err != nil {
		return err
	}
	cards, err := v.Cards.Nation(v.Ctx(), v.Area.ID, c.year)
	if err != nil {
		return err
	}
	shown := c.shown(v.Snap, cards)
	pv := v.View("Scorecard of " + v.Area.Name + ", " + figures.Name(c.year, v.Ledger.Today()))
	pv.Wide = true
	at := "/nation/" + v.Area.Code
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: at}}
	b := nationBody{
		Years: yearOptions(v, c.year), Orders: orderOptions(), Regions: regionOptions(v), Recommendations: recommendationOptions(), Verdicts: verdictOptions(),
		Year: c.year.Slug(), Order: c.order, Region: c.region, Verdict: c.verdict,
		Says: provides(cards), Counts: c.counts(cards), Showing: number(len(shown)) + " of " + number(len(cards)),
		Table: c.grid(v, shown).Table(at + "/scorecard.csv?" + c.query().Encode()), Rules: rulesTable(), Version: scorecard.Version,
		Figure: at + "?measure=coverage&period=" + c.year.Slug() + "#funnel", At: at,
	}
	if c.recommendation > 0 {
		b.Recommendation = strconv.Itoa(c.recommendation)
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "nation", pv)
}

func (c choice) shown(snap *registry.Snapshot, cards []scorecard.Card) []scorecard.Card {
	var list []scorecard.Card
	for _, one := range c.sorted(cards) {
		if c.takes(snap, one) {
			list = append(list, one)
		}
	}
	return list
}

// provides is the first finding of all: 142 of 152 provide; 3 plan to; 1 does not; of 6 it is not known.
func provides(cards []scorecard.Card) string {
	var does, plans, not, unknown int
	for _, c := range cards {
		switch l := c.Lines[0]; {
		case l.Plans:
			plans++
		case l.Verdict == scorecard.NotKnown:
			unknown++
		case l.Verdict == scorecard.NotMet:
			not++
		default:
			does++
		}
	}
	s := number(does) + " of " + number(len(cards)) + one(does, " provides", " provide") + " kits"
	if plans > 0 {
		s += "; " + number(plans) + one(plans, " plans to", " plan to")
	}
	if not > 0 {
		s += "; " + number(not) + one(not, " neither provides nor plans to", " neither provide nor plan to")
	}
	if unknown > 0 {
		s += "; of " + number(unknown) + " it is not known"
	}
	return s + "."
}

// counts is how many authorities have each verdict on each recommendation. Each number leads to those authorities.
func (c choice) counts(cards []scorecard.Card) page.Table {
	t := page.Table{Caption: "Authorities by recommendation and verdict", Hide: true, Stack: true, Columns: page.Columns("Recommendation")}
	for _, one := range verdicts {
		t.Columns = append(t.Columns, page.Column{Label: one.Words(), Numeric: true})
	}
	for i, words := range short {
		row := page.Row{Cells: []page.Cell{page.TextCell(strconv.Itoa(i+1) + ". " + words)}}
		for _, one := range verdicts {
			n := 0
			for _, card := range cards {
				if card.Lines[i].Verdict == one {
					n++
				}
			}
			cell := page.CountCell(int64(n))
			if n > 0 {
				to := choice{year: c.year, order: "name", recommendation: i + 1, verdict: one.String()}
				cell.Href = c.path + "?" + to.query().Encode() + "#authorities"
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// grid is the authorities with a verdict for each recommendation; where one recommendation was chosen, with the evidence of
// that one in place of the others.
func (c choice) grid(v *desk.Visit, cards []scorecard.Card) figures.Grid {
	g := figures.Grid{
		Caption: "Verdicts of each authority", Hide: true, Empty: "No authority is as you asked. Choose another verdict or region.",
		Columns: []figures.Column{{Label: "Authority"}}, Stack: c.recommendation > 0,
	}
	for i, words := range short {
		if c.recommendation == 0 || c.recommendation == i+1 {
			g.Columns = append(g.Columns, figures.Column{Label: strconv.Itoa(i+1) + ". " + words})
		}
	}
	if c.recommendation > 0 {
		g.Columns = append(g.Columns, figures.Column{Label: "Evidence"})
	}
	g.Columns = append(g.Columns, figures.Column{Label: "Met, of 6", Numeric: true})
	for _, one := range cards {
		area := v.Snap.Area(one.Area)
		if area == nil {
			continue
		}
		row := []figures.Cell{figures.Link(area.Name, "/areas/"+area.Code+"/scorecard?period="+c.year.Slug())}
		for i := range one.Lines {
			switch l := &one.Lines[i]; {
			case c.recommendation == 0:
				row = append(row, verdictCell(l))
			case c.recommendation == i+1:
				row = append(row, verdictCell(l), figures.Cell{Show: page.TextCell(l.Evidence).Under(from(l))})
			}
		}
		g.Rows = append(g.Rows, figures.Row{Cells: append(row, figures.Count(one.Count(scorecard.Met)))})
	}
	return g
}

// verdictCell is a verdict with what it turns on: the number for coverage, why nothing is known.
func verdictCell(l *scorecard.Line) figures.Cell {
	cell := page.TagCell(verdictTag(l.Verdict))
	switch {
	case l.Plans:
		cell = cell.Under("planned")
	case l.Verdict == scorecard.NotKnown && l.State != 0 && !l.State.HasNumber():
		cell = cell.Under(page.StateTag(l.State.String()).Text)
	case l.Recommendation == 2 && l.Value != nil:
		cell = cell.Under(page.Decimal(*l.Value, 0) + " per 100")
	}
	return figures.Cell{Show: cell}
}

// nationFile is the same cards, a line of each recommendation.
func nationFile(v *desk.Visit) error {
	c, err := asked(v)
	if err != nil {
		return err
	}
	cards, err := v.Cards.Nation(v.Ctx(), v.Area.ID, c.year)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, one := range c.shown(v.Snap, cards) {
		rows = append(rows, cardRows(v.Snap, one)...)
	}
	return figures.SendCSV(v, v.Area.Code+"-scorecard-"+c.year.Slug(), cardColumns, rows)
}

// running is the year that runs, in which there is still something to be done.
func running(v *desk.Visit) civil.Period { return civil.FinancialYearOf(v.Ledger.Today()) }
