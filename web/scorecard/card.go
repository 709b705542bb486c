package scorecard

import (
	"net/http"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
	websupport "everykit/web/support"
)

// cardBody is the sheet that an authority's director reads in a minute.
type cardBody struct {
	Years   []page.Option
	Year    string
	Says    string // the sheet in a sentence
	Lines   []lineShown
	Rules   page.Table
	Version string
	File    string
	Help    string // the authority's asks and actions
	Page    string // the authority's own page
}

// lineShown is one recommendation on the sheet.
type lineShown struct {
	Number   int
	Title    string
	Tag      page.Tag
	Planned  bool
	Evidence string
	From     string // day and source of the evidence
	Next     string
	Guides   []page.Link
	Ask      page.Link
}

func card(v *desk.Visit) error {
	c, year, err := cardAsked(v)
	if err != nil {
		return err
	}
	guides, err := websupport.Guides(v, v.Area.ID)
	if err != nil {
		return err
	}
	found, err := v.Cards.Gaps(v.Ctx(), v.Area.ID, year, usualTarget)
	if err != nil {
		return err
	}
	b := cardBody{
		Years: yearOptions(v, year), Year: year.Slug(), Says: inOne(&c), Rules: rulesTable(), Version: scorecard.Version,
		File: "/areas/" + v.Area.Code + "/scorecard.csv?period=" + year.Slug(), Help: websupport.AreaPath(v.Area), Page: "/areas/" + v.Area.Code,
	}
	for i := range c.Lines {
		b.Lines = append(b.Lines, lineOf(v, &c.Lines[i], found, guides))
	}
	pv := v.View("Scorecard, " + figures.Name(year, v.Ledger.Today()))
	pv.Caption = v.Area.Name
	pv.Crumbs = cardCrumbs(v)
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "card", pv)
}

// cardAsked reads the card that an address asks for: of the last year that is complete unless it names one.
func cardAsked(v *desk.Visit) (scorecard.Card, civil.Period, error) {
	if !v.Area.IsAuthority() {
		return scorecard.Card{}, civil.Period{}, fault.New(fault.NotFound, "%s is not the area of one authority", v.Area.Name).Hint("see the page of its nation")
	}
	year, err := yearAsked(v, figures.LastYear(v.Ledger.Today()))
	if err != nil {
		return scorecard.Card{}, year, err
	}
	c, err := v.Cards.Of(v.Ctx(), v.Area.ID, year)
	return c, year, err
}

func cardCrumbs(v *desk.Visit) []page.Link {
	var list []page.Link
	if n := v.Snap.NationOf(v.Area.ID); n != nil && v.Who.May(staff.SeeScorecard, desk.AreaPlace(v.Snap, n)) {
		list = append(list, page.Link{Text: n.Name, Href: "/nation/" + n.Code}, page.Link{Text: "Scorecard", Href: "/nation/" + n.Code + "/scorecard"})
	}
	return append(list, page.Link{Text: v.Area.Name, Href: "/areas/" + v.Area.Code})
}

// inOne says the sheet in a sentence: 3 of 6 recommendations are met; 1 partly; 2 not known.
func inOne(c *scorecard.Card) string {
	n := c.Count(scorecard.Met)
	s := number(n) + " of 6 recommendations " + one(n, "is", "are") + " met"
	for _, k := range []struct {
		of    scorecard.Verdict
		words string
	}{{scorecard.Partly, "partly met"}, {scorecard.NotMet, "not met"}, {scorecard.NotKnown, "not known"}} {
		if n := c.Count(k.of); n > 0 {
			s += "; " + number(n) + " " + k.words
		}
	}
	return s + "."
}

func number(n int) string { return page.Number(int64(n)) }

func one(n int, single, many string) string {
	if n == 1 {
		return single
	}
	return many
}

// mostGuides bounds the guidance beside a line: the sheet is read in a minute.
const mostGuides = 2

// lineOf is a line with what comes next: for whoever meets it, nothing.
func lineOf(v *desk.Visit, l *scorecard.Line, found []scorecard.Gap, guides map[support.GapKind][]page.Link) lineShown {
	s := lineShown{Number: l.Recommendation, Title: l.Title, Tag: verdictTag(l.Verdict), Planned: l.Plans, Evidence: l.Evidence, From: from(l)}
	if l.Verdict == scorecard.Met || l.Recommendation < 1 || l.Recommendation > 6 {
		return s
	}
	s.Next = next(l, found)
	for _, k := range kinds[l.Recommendation-1] {
		for _, g := range guides[k] {
			if len(s.Guides) < mostGuides && !slices.Contains(s.Guides, g) {
				s.Guides = append(s.Guides, g)
			}
		}
	}
	if v.May(staff.AskSupport) {
		s.Ask = page.Link{Text: "Ask for help", Href: askPath(v, l)}
		if v.May(staff.GiveSupport) {
			s.Ask.Text = "Plan an action"
		}
	}
	return s
}

// from is the day and the source of the evidence.
func from(l *scorecard.Line) string {
	var parts []string
	if l.On != civil.None {
		parts = append(parts, l.On.Words())
	}
	if l.Source != "" {
		parts = append(parts, l.Source)
	}
	return strings.Join(parts, "; ")
}

// askPath leads to the form to ask for help, with the gap that the line is about. Where nobody answered, that is silence.
func askPath(v *desk.Visit, l *scorecard.Line) string {
	switch list := kinds[l.Recommendation-1]; {
	case l.Verdict == scorecard.NotKnown && l.State == measure.NoReply:
		return websupport.AskPath(v.Area, support.NoReply, 0)
	case len(list) > 0:
		return websupport.AskPath(v.Area, list[0], 0)
	}
	return websupport.AreaPath(v.Area) + "#ask"
}

// next says what an authority does about a line that is not met: what would close its gap, with the numbers, where the line
// and the gap are of one thing; else the step itself.
func next(l *scorecard.Line, found []scorecard.Gap) string {
	if l.Verdict == scorecard.NotKnown {
		return nextUnknown(l)
	}
	for _, g := range found {
		if l.Recommendation != 5 && slices.Contains(kinds[l.Recommendation-1], g.Kind) && g.Kind != support.NoOutlet {
			return g.Close
		}
	}
	switch l.Recommendation {
	case 1:
		if l.Plans {
			return "Set the day on which it begins, and name the outlets."
		}
		return "Name who leads, and the first outlets to give kits out."
	case 2:
		return "Give out more kits, where people at risk already come."
	case 3:
		return "Offer kits to everybody who may need one, also through outlets that anybody can walk into."
	case 4:
		return "Take away what is asked for before a kit is given."
	case 5:
		return "Record kits bought, kits given out and expiry dates, all three, at every outlet."
	}
	return "Give each gap an owner and a day."
}

func nextUnknown(l *scorecard.Line) string {
	switch {
	case l.State == measure.NoDenominator:
		return "Ask the national team for an estimate of the people."
	case l.Recommendation == 3 || l.Recommendation == 4:
		return "Say for each outlet who may have a kit and what it asks for, or answer the survey."
	case l.Recommendation == 6:
		return "Look at the gaps, and ask for help with them."
	}
	return "Record kits here, or answer the survey."
}

// rulesTable is what makes a verdict.
func rulesTable() page.Table {
	t := page.Table{Caption: "How a verdict is made", Hide: true, Stack: true, Columns: page.Columns("Recommendation", "Met", "Partly met", "Not met", "Read from")}
	for _, r := range scorecard.Rules() {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(number(r.Recommendation) + ". " + r.Title), page.TextCell(r.Met), page.TextCell(r.Partly), page.TextCell(r.NotMet), page.TextCell(r.From),
		}})
	}
	return t
}

// cardColumns are those of a card in files, for one authority and for a nation.
var cardColumns = []string{"area", "name", "period", "recommendation", "title", "verdict", "evidence", "on", "value", "state", "plans", "source", "rules"}

func cardRows(snap *registry.Snapshot, c scorecard.Card) [][]string {
	var rows [][]string
	area := snap.Area(c.Area)
	if area == nil {
		return nil
	}
	for _, l := range c.Lines {
		on, plans := "", "no"
		if l.On != civil.None {
			on = l.On.String()
		}
		if l.Plans {
			plans = "yes"
		}
		rows = append(rows, []string{
			area.Code, area.Name, c.Year.String(), number(l.Recommendation), l.Title, l.Verdict.String(), l.Evidence, on, measure.Number(l.Value),
			l.State.String(), plans, l.Source, scorecard.Version,
		})
	}
	return rows
}

func cardFile(v *desk.Visit) error {
	c, year, err := cardAsked(v)
	if err != nil {
		return err
	}
	return figures.SendCSV(v, v.Area.Code+"-scorecard-"+year.Slug(), cardColumns, cardRows(v.Snap, c))
}
