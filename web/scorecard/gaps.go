package scorecard

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
	websupport "everykit/web/support"
)

type gapsBody struct {
	Years        []page.Option
	Year, Target string
	Says         string
	Jump         []page.Link
	Kinds        []kindShown
	File, At     string
}

// kindShown is the gaps of one kind.
type kindShown struct {
	Key, Title string
	Count      int
	Guides     []page.Link
	Table      page.Table
}

// usualTarget is the kits for each 100 people that recommendation 2 asks for.
const usualTarget = 100

// mostTarget is the largest target that the room takes: more is a slip of the finger.
const mostTarget = 1000

// aim is what the gaps and the plan are measured against.
type aim struct {
	year   civil.Period
	target float64
}

func gaps(v *desk.Visit) error {
	a, problem := aimOf(v)
	all, err := v.Cards.Gaps(v.Ctx(), v.Area.ID, a.year, a.target)
	if err != nil {
		return err
	}
	actions, err := openActions(v)
	if err != nil {
		return err
	}
	guides, err := websupport.Guides(v, v.Area.ID)
	if err != nil {
		return err
	}
	at := "/nation/" + v.Area.Code
	b := gapsBody{
		Years: yearOptions(v, a.year), Year: a.year.Slug(), Target: plain(a.target), At: at,
		File: at + "/gaps.csv?" + url.Values{"period": {a.year.Slug()}, "target": {plain(a.target)}}.Encode(),
	}
	authorities := map[int]bool{}
	for _, k := range support.GapKinds() {
		g := gapGrid(v, k, all, actions)
		if len(g.Rows) == 0 {
			continue
		}
		title := websupport.KindWords(k)
		b.Kinds = append(b.Kinds, kindShown{string(k), title, len(g.Rows), guides[k], g.Table("")})
		b.Jump = append(b.Jump, page.Link{Text: title + ": " + number(len(g.Rows)), Href: "#" + string(k)})
	}
	for _, g := range all {
		authorities[g.Area] = true
	}
	b.Says = page.Plural(int64(len(all)), "gap", "gaps") + " in " + page.Plural(int64(len(authorities)), "authority", "authorities") + "."
	if len(all) == 0 {
		b.Says = "No gap is known for this year and target."
	}
	pv := v.View("Gaps in " + v.Area.Name + ", " + figures.Name(a.year, v.Ledger.Today()))
	pv.Wide = true
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: at}, {Text: "Scorecard", Href: at + "/scorecard"}}
	status := http.StatusOK
	if problem != nil {
		pv.Fail(problem, url.Values{"target": {v.R.URL.Query().Get("target")}, "period": {a.year.Slug()}})
		status = page.Status(problem)
	}
	pv.Body = b
	return pages.Render(v.W, status, "gaps", pv)
}

// aimOf reads year and target of an address. A target that is none is a fault beside its field, and the usual one is shown.
func aimOf(v *desk.Visit) (aim, error) {
	a := aim{target: usualTarget}
	var err error
	if a.year, err = yearAsked(v, figures.LastYear(v.Ledger.Today())); err != nil {
		a.year = figures.LastYear(v.Ledger.Today())
		return a, err
	}
	n, err := readTarget(v.R.URL.Query().Get("target"))
	if err != nil {
		return a, err
	}
	if n > 0 {
		a.target = n
	}
	return a, nil
}

// readTarget reads a target; 0 where none is given.
func readTarget(s string) (float64, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", "")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n > 0 && n <= mostTarget) {
		return 0, fault.New(fault.Invalid, "a target is a number above 0 and up to %s", page.Number(mostTarget)).At("target").Hint("write 100 for one kit a person")
	}
	return n, nil
}

// plain writes a number without noughts at its end.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// actionKey is whose action it is, and on which kind of gap.
type actionKey struct {
	area int
	kind support.GapKind
}

// openActions are what is being done already.
func openActions(v *desk.Visit) (map[actionKey][]support.Action, error) {
	all, err := v.Support.Nation(v.Ctx(), v.Area.ID)
	of := map[actionKey][]support.Action{}
	for _, a := range all {
		if a.IsOpen() {
			of[actionKey{a.Area, a.Gap}] = append(of[actionKey{a.Area, a.Gap}], a)
		}
	}
	return of, err
}

// gapGrid is the gaps of one kind, the greatest first as the room has them; of every kind if it is empty.
func gapGrid(v *desk.Visit, kind support.GapKind, all []scorecard.Gap, actions map[actionKey][]support.Action) figures.Grid {
	g := figures.Grid{
		Caption: websupport.KindWords(kind), Hide: true, Stack: true,
		Columns: []figures.Column{
			{Key: "kind"},
			{Key: "area"},
			{Key: "name", Label: "Authority"},
			{Key: "says", Label: "Gap"},
			{Key: "close", Label: "To close it"},
			{Key: "kits", Label: "Kits", Numeric: true},
			{Key: "cost", Label: "Cost", Numeric: true},
			{Key: "since", Label: "Since"},
			{Key: "actions", Label: "Being done"},
		},
	}
	for _, gap := range all {
		area := v.Snap.Area(gap.Area)
		if area == nil || (kind != "" && gap.Kind != kind) {
			continue
		}
		g.Rows = append(g.Rows, figures.Row{Cells: []figures.Cell{
			figures.Raw(string(gap.Kind)), figures.Raw(area.Code), figures.Link(area.Name, "/areas/"+area.Code+"/scorecard"), figures.Words(gap.Says), figures.Words(gap.Close),
			orNothing(countCell(gap.Kits, "")), orNothing(moneyCell(gap.Cost, "")), orNothing(dayCell(gap.Since, "")), doingCell(v, gap, actions[actionKey{gap.Area, gap.Kind}]),
		}})
	}
	dropEmpty(&g)
	return g
}

// dropEmpty takes the columns off the page in which no row has anything: a gap that kits do not close has no kits and no cost.
func dropEmpty(g *figures.Grid) {
	for i, c := range g.Columns {
		if !slices.ContainsFunc(g.Rows, func(r figures.Row) bool { return r.Cells[i] != (figures.Cell{}) }) {
			if g.Columns[i].Label = ""; c.Key == "cost" && g.Columns[i-1].Label != "" {
				g.Note = "No price of a kit is recorded, so no cost is shown."
			}
		}
	}
}

// orNothing leaves a cell out where there is nothing to say.
func orNothing(c figures.Cell) figures.Cell {
	if c.Raw == "" {
		return figures.Cell{}
	}
	return c
}

// doingCell is what is being done about a gap already, and the way to do something.
func doingCell(v *desk.Visit, gap scorecard.Gap, doing []support.Action) figures.Cell {
	area := v.Snap.Area(gap.Area)
	raw := ""
	for i, a := range doing {
		if i > 0 {
			raw += " "
		}
		raw += strconv.Itoa(a.ID)
	}
	if len(doing) > 0 {
		first := doing[0]
		cell := page.LinkCell(websupport.StateTag(first.State).Text, websupport.ActionPath(area, first.ID))
		if first.DueOn != civil.None {
			cell = cell.Under("by " + first.DueOn.Words())
		}
		if len(doing) > 1 {
			cell = page.LinkCell(number(len(doing))+" actions", websupport.AreaPath(area))
		}
		return figures.Cell{Raw: raw, Show: cell}
	}
	if !v.Who.May(staff.GiveSupport, desk.AreaPlace(v.Snap, v.Area)) {
		return figures.Unknown("nothing yet")
	}
	kits := 0
	if gap.Kits != nil {
		kits = *gap.Kits
	}
	return figures.Cell{Show: page.LinkCell("Plan an action", websupport.AskPath(area, gap.Kind, kits))}
}

func gapsFile(v *desk.Visit) error {
	a, err := aimOf(v)
	if err != nil {
		return err
	}
	all, err := v.Cards.Gaps(v.Ctx(), v.Area.ID, a.year, a.target)
	if err != nil {
		return err
	}
	actions, err := openActions(v)
	if err != nil {
		return err
	}
	g := gapGrid(v, "", all, actions)
	g.File = v.Area.Code + "-gaps-" + a.year.Slug()
	return g.Send(v)
}
