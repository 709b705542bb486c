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
	Measures   []pill
	Measure    measure.Key
	Sort       string
	Periods    []page.Option
	Period     string
	Says       string // the definition in a sentence
	Figures    []page.Figure
	Map        template.HTML
	Missing    []missing
	Sorts      []pill
	Table      page.Table
	Regions    page.Table
	HasRegions bool
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
	all, err := v.Measures.Nation(v.Ctx(), v.Area.ID, c.measure, c.period)
	if err != nil {
		return err
	}
	list, above := part(v.Snap, v.Area, all)
	file := "/nation/" + v.Area.Code + "/figures.csv?" + c.query().Encode()
	under := regions(v.Snap, c, v.Area, above)
	w := v.View(heading(c, v.Area))
	w.Wide = true
	w.Body = body{
		Measures: c.measures(), Measure: c.measure, Sort: c.sort, Periods: c.options(), Period: c.period.Slug(),
		Says: measure.DefinitionOf(c.measure).Counts, Figures: cards(c, v.Area, list, above),
		Map: drawing(v.Snap, c, v.Area, list), Missing: without(c, list), Sorts: c.orders(len(under.Rows) > 0),
		Table: authorities(c, v.Area, list).Table(file), Regions: under.Table(file), HasRegions: len(under.Rows) > 0,
		Others: others(v), Expiry: "/nation/" + v.Area.Code + "/expiry",
	}
	return pages.Render(v.W, http.StatusOK, "nation", w)
}

// file is the same figures, those of regions and of the nation last.
func file(v *desk.Visit) error {
	c, err := asked(v)
	if err != nil {
		return err
	}
	all, err := v.Measures.Nation(v.Ctx(), v.Area.ID, c.measure, c.period)
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i := range all {
		rows[i] = all[i].Cells()
	}
	return figures.SendCSV(v, v.Area.Code+"-"+string(c.measure)+"-"+c.period.Slug(), measure.Columns, rows)
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
		if f.Numerator != nil && f.Denominator != nil {
			made.Beside = page.Kits(int64(*f.Numerator)) + " for " + page.Decimal(*f.Denominator, 0) + " people in " + from
		}
	case measure.Mean:
		made.Label = nation.Name + ", mean of ratios"
		made.Beside = "The mean of " + from + ", small and large alike"
	case measure.Published:
		made.Label = nation.Name + ", as published"
		made.Beside = f.Source
	default:
		made.Beside = "The sum of " + from
	}
	if f.State == measure.Partial { // said beside it: it is the sum of so many authorities
		made.State = ""
	}
	return made
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
