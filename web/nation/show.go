package nation

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// body is what the page brings.
type body struct {
	Families   []pill
	Measures   []pill
	Measure    measure.Key
	Sort       string
	Periods    []page.Option
	Period     string
	Says       string // the definition in a sentence
	Figures    []page.Figure
	Vintage    vintage
	Current    bool
	Map        template.HTML
	Funnel     *against
	Missing    []missing
	Sorts      []pill
	Table      page.Table
	Regions    page.Table
	HasRegions bool
	Home       string      // the path of the nation
	Expiry     string      // the board of what expires
	Others     []page.Link // other nations that the person may see
}

// missing is the authorities that have one state in place of a number.
type missing struct {
	Tag     page.Tag
	Count   int
	Meaning string
	Areas   []page.Link
}

func show(v *desk.Visit) error {
	c, err := asked(v)
	if err != nil {
		return err
	}
	all, err := c.figures(v, c.measure)
	if err != nil {
		return err
	}
	list, above := part(v.Snap, v.Area, all)
	file := "/nation/" + v.Area.Code + "/figures.csv?" + c.query().Encode()
	under := regions(v.Snap, c, v.Area, above)
	cards := cards(c, v.Area, list, above)
	if c.measure == measure.Coverage || c.measure == measure.CoverageTreatment {
		other, err := otherDenominator(v, c)
		if err != nil {
			return err
		}
		cards = append(cards, other...)
	}
	w := v.View(heading(c, v.Area))
	w.Wide = true
	w.Body = body{
		Families: c.families(), Vintage: c.vintage(v), Current: c.current, Funnel: funnel(c, v.Area, list, above), Measures: c.measures(), Measure: c.measure, Sort: c.sort, Periods: c.options(), Period: c.period.Slug(),
		Says: measure.DefinitionOf(c.measure).Counts, Figures: cards,
		Map: drawing(v.Snap, c, v.Area, list), Missing: without(c, list), Sorts: c.orders(len(under.Rows) > 0),
		Table: authorities(c, v.Area, list).Table(file), Regions: under.Table(file), HasRegions: len(under.Rows) > 0,
		Others: others(v), Home: "/nation/" + v.Area.Code, Expiry: "/nation/" + v.Area.Code + "/expiry",
	}
	return pages.Render(v.W, http.StatusOK, "nation", w)
}

// file is the same figures, those of regions and of the nation last.
func file(v *desk.Visit) error {
	c, err := asked(v)
	if err != nil {
		return err
	}
	all, err := c.figures(v, c.measure)
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i := range all {
		rows[i] = all[i].Cells()
	}
	return figures.SendCSV(v, v.Area.Code+"-"+string(c.measure)+"-"+c.period.Slug(), measure.Columns, rows)
}

// otherDenominator is the same kits over the other number of people, for who looks at a coverage: people who use opiates, or
// people in treatment.
func otherDenominator(v *desk.Visit, c choice) ([]page.Figure, error) {
	k := measure.CoverageTreatment
	if c.measure == k {
		k = measure.Coverage
	}
	all, err := c.figures(v, k)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if f := &all[i]; f.AreaID == v.Area.ID && f.Row == measure.Pooled {
			made := card(c, v.Area, f)
			made.Label, made.Href = f.Measure.Words()+", pooled ratio", c.to(k)
			return []page.Figure{made}, nil
		}
	}
	return nil, nil
}

// cards are the nation's own rows, each with its name, and how many authorities are in them.
func cards(c choice, nation *registry.Area, list []authority, above []*measure.Figure) []page.Figure {
	var made []page.Figure
	for _, f := range above {
		if f.AreaID != nation.ID {
			continue
		}
		made = append(made, card(c, nation, f))
	}
	known := 0
	var words []string
	for _, m := range without(c, list) {
		words = append(words, strconv.Itoa(m.Count)+" "+m.Tag.Text)
	}
	for _, a := range list {
		if _, ok := figures.Known(a.figure); ok {
			known++
		}
	}
	return append(made, page.Figure{
		Label: "Authorities with a number", Value: strconv.Itoa(known), Unit: "of " + strconv.Itoa(len(list)),
		Beside: strings.Join(words, ", "),
	})
}

func card(c choice, nation *registry.Area, f *measure.Figure) page.Figure {
	made := figures.Card(nation.Name, f, c.today)
	if f.Value == nil {
		return made
	}
	from := page.Plural(int64(f.With), "authority", "authorities")
	switch f.Row {
	case measure.Pooled:
		made.Label = nation.Name + ", pooled ratio"
		if f.Measure.IsShare() {
			made.Label = nation.Name + ", all together"
		}
		made.Beside = over(f) + " in " + from
	case measure.Mean:
		made.Label = nation.Name + ", mean of ratios"
		made.Beside = "The mean of " + from + ", small and large alike"
	case measure.Published:
		made.Label = nation.Name + ", as published"
		made.Beside = f.Source
		if f.Measure.IsRatio() {
			made.Label, made.Beside = nation.Name+", from published parts", over(f)+"; "+f.Source
		}
	case measure.PublishedRatio:
		made.Label, made.Beside = nation.Name+", published ratio", f.Source
	case measure.Whole:
		made.Label, made.Beside = nation.Name+", over its own estimate", over(f)+"; "+f.Source
	default:
		made.Beside = "The sum of " + from
	}
	if r := figures.Range(f); r != "" {
		made.Beside += "; " + r
	}
	if f.Expected != nil {
		made.Beside = figures.Capital(f.ExpectedWords()) + ". " + made.Beside
	}
	if f.State == measure.Partial { // said beside it: it is the sum of so many authorities
		made.State = ""
	}
	return made
}

// over is a ratio in its parts: 58 kits for 861 people.
func over(f *measure.Figure) string {
	if f.Numerator == nil || f.Denominator == nil {
		return ""
	}
	_, top, bottom := f.Measure.Heads()
	words := func(n float64, what string) string { return page.Decimal(n, 0) + " " + strings.ToLower(what) }
	if f.Measure.IsShare() {
		return page.Decimal(*f.Numerator, 0) + " of " + words(*f.Denominator, bottom)
	}
	return words(*f.Numerator, top) + " for " + words(*f.Denominator, bottom)
}

// without groups the authorities that have no number by the state they have instead, in the order of the states.
func without(c choice, list []authority) []missing {
	var groups []missing
	for _, s := range measure.States() {
		g := missing{Tag: page.StateTag(s.String()), Meaning: s.Meaning()}
		for _, a := range list {
			if _, ok := figures.Known(a.figure); !ok && a.figure.State == s {
				g.Areas = append(g.Areas, page.Link{Text: a.area.Name, Href: a.href(c)})
			}
		}
		if g.Count = len(g.Areas); g.Count > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// others are the other nations that this person may see.
func others(v *desk.Visit) []page.Link {
	var list []page.Link
	for _, n := range v.Snap.Nations() {
		if n.ID != v.Area.ID && v.Who.May(staff.SeeNation, desk.AreaPlace(v.Snap, n)) {
			list = append(list, page.Link{Text: n.Name, Href: "/nation/" + n.Code})
		}
	}
	return list
}
