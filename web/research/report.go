package research

import (
	"net/http"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// Standing is how the authorities of a nation stand on one recommendation.
type Standing struct{ Met, Partly, NotMet, NotKnown, All int }

// reportNation is the nation that the report is about.
const reportNation = "E92000001"

// Standings are those of the six recommendations, in order, in the last whole financial year, as staff see them first: of a part
// of a year every coverage looks low. They are of the nation that the report is about.
func Standings(v *desk.Visit) (all [6]Standing, nation *registry.Area, year civil.Period, err error) {
	year = figures.LastYear(v.Ledger.Today())
	nation, ok := v.Snap.AreaByCode(reportNation)
	if !ok {
		return all, nil, year, fault.New(fault.NotFound, "there is no such nation")
	}
	cards, err := v.Cards.Nation(v.Ctx(), nation.ID, year)
	for _, c := range cards {
		for i, l := range c.Lines {
			all[i].All++
			switch l.Verdict {
			case scorecard.Met:
				all[i].Met++
			case scorecard.Partly:
				all[i].Partly++
			case scorecard.NotMet:
				all[i].NotMet++
			default:
				all[i].NotKnown++
			}
		}
	}
	return all, nation, year, err
}

// theReport is the page of the report.
type theReport struct {
	Title, About    string
	Item            string // the report on the shelf
	Read            string // where it can be read
	Findings        []string
	Nation, Year    string
	Recommendations []recommendation
	Table           page.Table
}

type recommendation struct {
	Number int
	Plain  string
	Words  string
	Stands string
	Of     Standing
	Items  []page.Link
	More   string
}

// mostBearing is how many items stand with each recommendation.
const mostBearing = 3

// report sets out the report and its recommendations, each with where the nation stands on it and what research bears on it.
func report(v *desk.Visit) error {
	return kept(v, brief, func(w http.ResponseWriter) error { return drawReport(v, w) })
}

func drawReport(v *desk.Visit, w http.ResponseWriter) error {
	b := theReport{Title: reportTitle, About: reportAbout}
	it, err := v.Library.Item(v.Ctx(), reportKey)
	switch {
	case err == nil:
		b.Item, b.Read, b.Findings = v.Link(Path(it.Key)), it.Link, lines(it.Summary)
	case !fault.Is(err, fault.NotFound):
		return err
	}
	all, nation, year, err := Standings(v)
	if err != nil {
		return err
	}
	b.Nation, b.Year = nation.Name, year.String()
	b.Table = page.Table{Caption: v.T("report.stands-title"), Hide: true, Stack: true, Columns: []page.Column{
		{Label: v.T("report.recommendation")},
		{Label: v.T("report.met"), Numeric: true},
		{Label: v.T("report.partly"), Numeric: true},
		{Label: v.T("report.not-met"), Numeric: true},
		{Label: v.T("report.not-known"), Numeric: true},
	}}
	for i, words := range Recommendations {
		n, s := i+1, all[i]
		r := recommendation{Number: n, Plain: recommendationName(v, n), Words: words, Of: s, More: v.Link(at + "?bears=" + strconv.Itoa(n))}
		if s.All == s.NotKnown {
			r.Stands = v.T("report.stands-unknown")
		} else {
			r.Stands = v.T("report.stands", "met", s.Met, "all", s.All, "partly", s.Partly, "not", s.NotMet, "unknown", s.NotKnown)
		}
		items, err := v.Library.Bearing(v.Ctx(), n, mostBearing+1) // one of which is the report itself
		if err != nil {
			return err
		}
		for j := range items {
			if items[j].Key != reportKey && len(r.Items) < mostBearing {
				r.Items = append(r.Items, linkOf(v, &items[j]))
			}
		}
		b.Recommendations = append(b.Recommendations, r)
		row := page.Row{Cells: []page.Cell{page.LinkCell(numbered(v, n), "#recommendation-"+strconv.Itoa(n))}}
		for _, k := range []int{s.Met, s.Partly, s.NotMet, s.NotKnown} {
			row.Cells = append(row.Cells, page.TextCell(v.Words().Number(int64(k))))
		}
		b.Table.Rows = append(b.Table.Rows, row)
	}
	pv := v.View(v.T("report.title"))
	pv.Public, pv.Body = true, b
	return pages.Render(w, http.StatusOK, "report", pv)
}

func linkOf(v *desk.Visit, it *library.Item) page.Link {
	s := it.Title
	if it.Year != 0 {
		s += " (" + strconv.Itoa(it.Year) + ")"
	}
	return page.Link{Text: s, Href: v.Link(Path(it.Key))}
}

// afterBody is the page of what helps afterwards.
type afterBody struct {
	Places  []place
	Reading []card
}

// place is one that supports families and friends.
type place struct {
	Name, Where string
	Phone       page.Cell
}

// mostPlaces is how many places the page names.
const mostPlaces = 20

// after is what to do after somebody was brought round, and after a death.
func after(v *desk.Visit) error {
	return kept(v, brief, func(w http.ResponseWriter) error { return drawAfter(v, w) })
}

func drawAfter(v *desk.Visit, w http.ResponseWriter) error {
	var b afterBody
	today := v.Ledger.Today()
	for _, o := range v.Snap.Outlets() {
		if o.Kind != registry.FamilyService || o.Public != registry.Yes || !o.OpenOn(today) || len(b.Places) == mostPlaces {
			continue
		}
		p := place{Name: o.Name}
		if o.Phone != "" {
			p.Phone = page.LinkCell(o.Phone, "tel:"+tel(o.Phone))
		}
		if a := v.Snap.Area(o.Area); a != nil {
			p.Where = a.Name
		}
		b.Places = append(b.Places, p)
	}
	found, err := v.Library.Search(v.Ctx(), library.Query{Topic: library.Grief})
	if err != nil {
		return err
	}
	for i := range found.Hits {
		b.Reading = append(b.Reading, cardOf(v, &found.Hits[i], false))
	}
	pv := v.View(v.T("after.title"))
	pv.Public, pv.Body = true, b
	return pages.Render(w, http.StatusOK, "after", pv)
}

// tel is a telephone number as an address has it.
func tel(phone string) string {
	s := ""
	for _, r := range phone {
		if r >= '0' && r <= '9' || r == '+' && s == "" {
			s += string(r)
		}
	}
	return s
}
