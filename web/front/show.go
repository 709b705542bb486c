package front

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/library"
	"everykit/measure"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
	"everykit/web/research"
)

// frontPage is the front door.
type frontPage struct {
	Advice   notice.Wording // what to do at an overdose, as short as it can be
	Nation   string         // whose numbers are on it; empty if there is none
	Known    string         // how many areas have a number
	Figures  []page.Figure
	Map      template.HTML
	State    string
	Others   []page.Link
	Read     string
	Report   reportPart
	Latest   []item
	Chosen   []item
	Bulletin *bulletinPart
}

// reportPart is the report and its recommendations.
type reportPart struct {
	Title, About    string
	Href            string
	Nation, Year    string
	Recommendations []recommendation
}

type recommendation struct {
	Number        int
	Words, Stands string
	Href          string
}

// item is one of the library in a list. All but its kind is English data.
type item struct {
	Title, Href, Kind, About, Text, Why string
}

type bulletinPart struct {
	Title, Href, Published string
}

// reportKey is the report in the library.
const reportKey = "release-2017-18"

func front(v *desk.Visit) error { return answer(v, drawFront) }

func drawFront(v *desk.Visit, r *reading, w http.ResponseWriter) error {
	texts, err := notice.Wordings(v.Ctx(), v.DB)
	if err != nil {
		return err
	}
	b := frontPage{Advice: texts["overdose"], State: v.Link(statePath), Read: v.T("front.read-at", "date", r.today)}
	if len(r.nations) > 0 {
		n := r.nations[0]
		b.Nation, b.Figures, b.Map, b.Others = n.area.Name, cards(v, n, r.today), n.draw(v), links(v, r, n)
		b.Known = v.T("front.known", "count", n.known, "of", len(n.areas))
	}
	if err := b.Report.fill(v, r); err != nil {
		return err
	}
	if err := b.research(v); err != nil {
		return err
	}
	if b.Bulletin, err = newest(v); err != nil {
		return err
	}
	pv := v.View(v.T("front.title"))
	pv.Public, pv.Body = true, b
	return pages.Render(w, http.StatusOK, "front", pv)
}

// newest is the bulletin that came out last; nil if none has.
func newest(v *desk.Visit) (*bulletinPart, error) {
	all, err := v.Bulletins.List(v.Ctx())
	if err != nil || len(all) == 0 {
		return nil, err
	}
	e := &all[0]
	for i := range all {
		if all[i].PublishedAt.After(e.PublishedAt) {
			e = &all[i]
		}
	}
	return &bulletinPart{Title: e.Title, Href: v.Link("/bulletins/" + e.Slug), Published: v.T("front.published", "date", e.PublishedOn)}, nil
}

// fill reads the report from the library, and where the areas stand on its recommendations today.
func (p *reportPart) fill(v *desk.Visit, r *reading) error {
	p.Href, p.Nation, p.Year = v.Link("/report"), r.nation, r.year.String()
	it, err := v.Library.Item(v.Ctx(), reportKey)
	switch {
	case err == nil:
		p.Title, p.About = it.Title, first(it.Summary)
	case !fault.Is(err, fault.NotFound): // somebody may have taken it off the shelf
		return err
	}
	for i, words := range research.Recommendations {
		n, s := i+1, r.standings[i]
		rec := recommendation{Number: n, Words: words, Href: p.Href + "#recommendation-" + strconv.Itoa(n), Stands: v.T("front.stands-unknown")}
		if s.All > s.NotKnown {
			rec.Stands = v.T("front.stands", "met", s.Met, "all", s.All, "partly", s.Partly, "not", s.NotMet, "unknown", s.NotKnown)
		}
		p.Recommendations = append(p.Recommendations, rec)
	}
	return nil
}

// research reads the latest of the library, and what is highlighted.
func (b *frontPage) research(v *desk.Visit) error {
	latest, _, err := v.Library.Latest(v.Ctx(), 1)
	if err != nil {
		return err
	}
	for i := range latest {
		b.Latest = append(b.Latest, itemOf(v, &latest[i]))
	}
	chosen, err := v.Library.Highlights(v.Ctx())
	if err != nil {
		return err
	}
	for i := range chosen[:min(len(chosen), mostChosen)] {
		it := itemOf(v, &chosen[i].Item)
		it.Why = chosen[i].Words
		b.Chosen = append(b.Chosen, it)
	}
	return nil
}

// mostChosen is how many highlights the front page has.
const mostChosen = 3

func itemOf(v *desk.Visit, it *library.Item) item {
	var about []string
	if it.Year != 0 {
		about = append(about, strconv.Itoa(it.Year))
	}
	if s := it.Journal; s != "" {
		about = append(about, s)
	} else if s := it.Publisher; s != "" {
		about = append(about, s)
	}
	return item{
		Title: it.Title, Href: v.Link(research.Path(it.Key)), Kind: v.T("research.kind-" + it.Kind.String()),
		About: strings.Join(about, " · "), Text: first(it.Summary),
	}
}

// mostText is how long a summary may be here, in letters; its own page has all of it.
const mostText = 400

// first is the first paragraph of a text, cut at a word where it is long.
func first(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if r := []rune(text); len(r) > mostText {
		text = string(r[:mostText])
		if i := strings.LastIndexByte(text, ' '); i > 0 {
			text = text[:i]
		}
		text += " …"
	}
	return text
}

// cards are the numbers of a nation.
func cards(v *desk.Visit, n *nation, today civil.Date) []page.Figure {
	words, of := v.Words(), len(n.areas)
	year, now := n.year.String(), n.running.String()
	coverage := page.Figure{Label: v.T("front.coverage-"+n.at.String(), "year", year), Definition: string(measure.Coverage), Unit: v.T("front.kits")}
	if f := n.coverage; f != nil {
		if x, ok := figures.Known(f); ok && f.Numerator != nil && f.Denominator != nil {
			coverage.Value = words.Decimal(x, measure.Coverage.Places())
			coverage.Beside = v.T("front.coverage-of", "count", f.With, "of", f.Of, "kits", int64(*f.Numerator), "people", int64(*f.Denominator))
		} else {
			coverage.Beside = v.T("front.is-" + f.State.String())
		}
	}
	kits := func(label string, f *measure.Figure) page.Figure {
		c := page.Figure{Label: label, Definition: string(measure.Dispensed), Unit: v.T("front.kits")}
		if f == nil {
			return c
		}
		if x, ok := figures.Known(f); ok {
			c.Value, c.Beside = words.Number(int64(x)), v.T("front.dispensed-of", "count", f.With, "of", f.Of)
		} else {
			c.Beside = v.T("front.is-" + f.State.String())
		}
		return c
	}
	return []page.Figure{
		coverage,
		kits(v.T("front.dispensed", "year", year), n.dispensed),
		kits(v.T("front.dispensed-so-far", "year", now), n.soFar),
		{Label: v.T("front.outlets"), Value: words.Number(int64(n.places)), Beside: v.T("front.outlets-of", "count", n.placesIn, "of", of, "date", today)},
	}
}

// links lead to the other nations.
func links(v *desk.Visit, r *reading, but *nation) []page.Link {
	var list []page.Link
	for _, n := range r.nations {
		if n != but {
			list = append(list, page.Link{Text: n.area.Name, Href: v.Link(statePath + "/" + n.area.Code)})
		}
	}
	return list
}
