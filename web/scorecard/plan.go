package scorecard

import (
	"net/http"
	"net/url"
	"strconv"

	"everykit/measure"
	"everykit/scorecard"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

type planBody struct {
	Years      []page.Option
	Year       string
	By, Target string
	Bys        []page.Option
	Says       string
	Table      page.Table
	Terms      []term
	At         string
}

// term is a column of the plan in words.
type term struct{ Name, Meaning string }

// usualPerDeath is the number of kits for each death that Bird, Parmar and Strang (2015) ask for; 9 is the least they name.
const usualPerDeath = 20

// goal reads what an address aims at: ?by=people&target=100 or ?by=deaths&target=20.
func goal(v *desk.Visit) (by string, t scorecard.Target, problem error) {
	n, problem := readTarget(v.R.URL.Query().Get("target"))
	if v.R.URL.Query().Get("by") == "deaths" {
		if n == 0 {
			n = usualPerDeath
		}
		return "deaths", scorecard.Target{PerDeath: n}, problem
	}
	if n == 0 {
		n = usualTarget
	}
	return "people", scorecard.Target{Per100: n}, problem
}

// aimed is the number that a plan aims at.
func aimed(t scorecard.Target) string { return plain(t.Per100 + t.PerDeath) }

func plan(v *desk.Visit) error {
	year := running(v)
	by, t, problem := goal(v)
	p, err := v.Cards.Plan(v.Ctx(), v.Area.ID, year, t)
	if err != nil {
		return err
	}
	at := "/nation/" + v.Area.Code
	b := planBody{
		By: by, Target: aimed(t), At: at,
		Bys:  []page.Option{{Value: "people", Label: "For each 100 people"}, {Value: "deaths", Label: "For each death"}},
		Says: planWords(p),
	}
	g := planGrid(v, p)
	b.Table = g.Table(at + "/plan.csv?" + url.Values{"by": {by}, "target": {b.Target}}.Encode())
	for _, d := range scorecard.PlanDefinition {
		b.Terms = append(b.Terms, term{d.Term, d.Words})
	}
	pv := v.View("Kits needed in " + v.Area.Name + ", " + figures.Plain(year))
	pv.Wide = true
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: at}, {Text: "Scorecard", Href: at + "/scorecard"}}
	status := http.StatusOK
	if problem != nil {
		pv.Fail(problem, url.Values{"target": {v.R.URL.Query().Get("target")}, "by": {by}})
		status = page.Status(problem)
	}
	pv.Body = b
	return pages.Render(v.W, status, "plan", pv)
}

// planWords is the plan in a sentence.
func planWords(p scorecard.Plan) string {
	if p.Total.ToBuy == nil || p.With == 0 {
		return "Nothing can be worked out: of no authority is all known that a plan needs."
	}
	s := page.Kits(int64(*p.Total.ToBuy)) + " to buy"
	if p.Total.Cost != nil {
		s += ", for " + money(*p.Total.Cost)
	}
	s += ", in " + number(p.With) + " of " + page.Plural(int64(len(p.Rows)), "authority", "authorities") + "."
	if left := len(p.Rows) - p.With; left > 0 {
		s += " Of the other " + number(left) + " it is not known; the table says why."
	}
	return s
}

// planGrid is each authority with every number of its plan, and all of them together.
func planGrid(v *desk.Visit, p scorecard.Plan) figures.Grid {
	who := "People"
	if p.Target.PerDeath > 0 {
		who = "Deaths"
	}
	g := figures.Grid{
		File: v.Area.Code + "-plan-" + p.Year.Slug(), Caption: "Kits needed by authority", Hide: true, Empty: "There are no authorities here yet.",
		Columns: []figures.Column{{Key: "area"}, {Key: "name", Label: "Authority"}, {Key: "state"}},
	}
	for _, c := range [][2]string{
		{"people", who},
		{"wanted", "Wanted (kits)"},
		{"given", "Given (kits)"},
		{"to_be_replaced", "To be replaced (kits)"},
		{"to_give", "To give (kits)"},
		{"on_hand", "On hand (kits)"},
		{"will_expire", "Will expire (kits)"},
		{"to_buy", "To buy (kits)"},
		{"cost", "Cost"},
	} {
		g.Columns = append(g.Columns, figures.Column{Key: c[0], Label: c[1], Numeric: true})
	}
	g.Columns = append(g.Columns, figures.Column{Key: "source"})
	for _, n := range p.Rows {
		area := v.Snap.Area(n.Area)
		if area == nil {
			continue
		}
		name := figures.Link(area.Name, "/areas/"+area.Code+"/scorecard?period="+p.Year.Slug())
		if n.ToBuy == nil {
			name.Show = name.Show.Tagged(page.StateTag(n.State.String()))
		}
		cells := append([]figures.Cell{figures.Raw(area.Code), name, figures.Raw(n.State.String())}, needCells(n)...)
		g.Rows = append(g.Rows, figures.Row{Cells: append(cells, figures.Raw(n.Source)), Quiet: n.ToBuy == nil})
	}
	if p.With > 0 {
		cells := append([]figures.Cell{{}, figures.Words(number(p.With) + " of " + strconv.Itoa(len(p.Rows)) + " authorities"), {}}, needCells(p.Total)...)
		g.Rows = append(g.Rows, figures.Row{Cells: append(cells, figures.Cell{}), Total: true})
	}
	return g
}

// needCells are the terms of a row. What is not known is said so: a nought is a nought.
func needCells(n scorecard.Need) []figures.Cell {
	const why = "not known"
	people := figures.Unknown(why)
	if n.People != nil {
		people = figures.Cell{Raw: measure.Number(n.People), Show: page.TextCell(page.Decimal(*n.People, 0))}
	}
	return []figures.Cell{
		people, countCell(n.Wanted, why), countCell(n.Given, why), countCell(n.ExpectedUsed, why), countCell(n.ToGive, why), countCell(n.OnHand, why),
		countCell(n.Expiring, why), countCell(n.ToBuy, why), moneyCell(n.Cost, costWhy(n)),
	}
}

// costWhy is why there is no cost: without the kits there is none, and without a price.
func costWhy(n scorecard.Need) string {
	if n.ToBuy == nil {
		return "not known"
	}
	return "no price"
}

func planFile(v *desk.Visit) error {
	_, t, err := goal(v)
	if err != nil {
		return err
	}
	p, err := v.Cards.Plan(v.Ctx(), v.Area.ID, running(v), t)
	if err != nil {
		return err
	}
	return planGrid(v, p).Send(v)
}
