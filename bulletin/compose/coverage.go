package compose

import (
	"html/template"
	"math"
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/draw"
	"everykit/measure"
	"everykit/stat"
)

// coverage is reach, live coverage and coverage, of the whole and of each authority.
func (b *book) coverage() part {
	var p part
	p.say(b.reachPoint())
	p.say(b.livePoint(), b.expectedWords())
	p.say(b.coveragePoint(), b.meanWords())
	p.say(b.treatmentWords())
	p.show(b.series(flow{key: "reach", what: "reach", unit: "per cent", places: 1, lines: true, words: "People at risk who had ever been given a kit", title: b.reachTitle()})...)
	if t := b.ratios(); t != nil {
		p.show(t)
	}
	p.show(b.byArea()...)
	return p
}

func (b *book) reachTitle() string {
	now, then := b.read(b.of("reach", b.period)), b.read(b.of("reach", b.last))
	if !now.known {
		return "Reach: no figure for " + short(b.period)
	}
	title := number(now.value, now.places) + "% of people at risk had ever been given a kit"
	if v, words := judgePoints(now, then); v == rose || v == fell {
		return title + ", " + words + " from " + number(then.value, then.places) + "% " + b.when(b.last)
	}
	return title + " by " + b.period.To.Words()
}

// expectedWords is what is left of the kits if they are lost at a steady rate.
func (b *book) expectedWords() string {
	f := b.figures[b.of("live_coverage", b.period)]
	if f == nil || f.Expected == nil || f.Value == nil || hidden(f) {
		return ""
	}
	return "If kits are lost or used at a steady rate that nobody tells us of, it is about " + whole1(*f.Expected) + "."
}

func (b *book) meanWords() string {
	now := b.read(b.of("coverage", b.fin, "row=mean"))
	if !now.known {
		return ""
	}
	return sentence("the mean of the "+b.words["authorities"]+"' own figures is "+whole1(now.value), b.partWords(now))
}

func (b *book) treatmentWords() string {
	now := b.read(b.of("coverage_treatment", b.fin))
	if !now.known {
		return ""
	}
	return sentence("for every 100 people in treatment for opiates that is "+whole1(now.value)+" kits", b.partWords(now))
}

// ratios is a table of the ratios of the whole: one row each, with its parts.
func (b *book) ratios() *content.Table {
	t := &content.Table{
		Key: "coverage_and_reach", Title: b.title("coverage_and_reach", "Coverage, reach and live coverage"), Subtitle: b.snap.Area.Name,
		Columns: []content.Column{
			{Key: "measure", Label: "Measure"},
			{Key: "period", Label: "Period"},
			{Key: "value", Label: "Value", Numeric: true, Places: 1},
			{Key: "low", Label: "Low", Numeric: true, Places: 1},
			{Key: "high", Label: "High", Numeric: true, Places: 1},
			{Key: "numerator", Label: "Kits or supplies", Numeric: true},
			{Key: "denominator", Label: "People", Unit: "people", Numeric: true},
		},
	}
	var ids []string
	known := false
	row := func(label string, p civil.Period, at string) {
		f := b.figures[at]
		if f == nil || p.IsZero() || !b.any(at) && !hidden(f) && p != b.period && p != b.fin { // a reader looks for the latest alone
			return
		}
		known = known || b.any(at)
		ids = append(ids, at)
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{
			{Text: label},
			{Text: short(p)},
			b.cell(at), b.part(at, func(f *frozen.Figure) *float64 { return f.Low }), b.part(at, func(f *frozen.Figure) *float64 { return f.High }),
			b.part(at, numerator), b.part(at, denominator),
		}})
	}
	for _, q := range []civil.Period{b.period, b.last, b.year} {
		row("Reach, per cent", q, b.of("reach", q))
	}
	for _, q := range []civil.Period{b.period, b.last, b.year} {
		row("Live coverage, at most, kits per 100 people", q, b.of("live_coverage", q))
	}
	for _, q := range []civil.Period{b.fin, b.finLast} {
		row("Coverage, kits per 100 people", q, b.of("coverage", q))
		for _, r := range []struct{ key, words string }{{"mean", "mean of the ratios"}, {"sum", "all kits over all people"}, {"pooled", "pooled"}, {"whole", "whole area"}, {"published", "as published"}, {"published_ratio", "as published"}} {
			row("Coverage, "+r.words, q, b.of("coverage", q, "row="+r.key))
		}
	}
	row("Kits per 100 people in treatment", b.fin, b.of("coverage_treatment", b.fin))
	if b.snap.Kind == frozen.Local {
		for _, a := range b.snap.Areas {
			if a.Code != b.area {
				row("Coverage of "+a.Name+", kits per 100 people", b.fin, id("coverage", a.Code, b.fin))
			}
		}
	}
	if !known {
		return nil
	}
	t.Source = b.source(ids...)
	bare(t, "low", "high", "numerator", "denominator")
	t.Notes = []string{"Kits are counted, not people: coverage can pass 100. A ratio that was published without its parts is shown without them."}
	return t
}

// breaks of coverage are fixed, so that two bulletins can be laid side by side.
var (
	coverageBreaks  = []float64{10, 20, 50, 100}
	coverageClasses = []string{"under 10", "10 to under 20", "20 to under 50", "50 to under 100", "100 and over"}
)

// fewestHexes is from how many areas a map of hexagons says more than its table.
const fewestHexes = 8

// byArea is coverage and reach of each authority: a map and a funnel over their table.
func (b *book) byArea() []content.Block {
	list := b.authorities()
	if len(list) == 0 {
		return nil
	}
	at := func(a frozen.Area) string { return id("coverage", a.Code, b.fin) }
	has := func(what string, p civil.Period) bool {
		return slices.ContainsFunc(list, func(a frozen.Area) bool { return b.any(id(what, a.Code, p)) })
	}
	covered, reached, live := has("coverage", b.fin), has("reach", b.period), has("live_coverage", b.period)
	if !covered && !reached && !live {
		return nil
	}
	t := &content.Table{
		Key: "coverage_by_area", Title: b.title("coverage_by_area", "Coverage and reach by "+b.words["authority"]), Subtitle: b.snap.Area.Name + ", " + b.fin.String(),
		Columns: []content.Column{{Key: "area", Label: capital(b.words["authority"])}},
	}
	average, pooled := b.value(b.of("coverage", b.fin))
	if covered {
		t.Columns = append(t.Columns,
			content.Column{Key: "kits", Label: "Kits, " + b.fin.String(), Unit: "kits", Numeric: true}, content.Column{Key: "people", Label: "People", Unit: "people", Numeric: true},
			content.Column{Key: "coverage", Label: "Coverage, " + b.fin.String(), Unit: "kits per 100 people", Numeric: true, Places: 1})
		if pooled {
			t.Columns = append(t.Columns, content.Column{Key: "lies", Label: "Against chance"})
			t.Notes = append(t.Notes, "Against chance: where the coverage lies against what chance alone would leave at that size round the average. Kits are given out by habit and by need as well as by chance: it is a reason to ask, not a verdict.")
		}
	}
	if reached {
		t.Columns = append(t.Columns, content.Column{Key: "reach", Label: "Reach, " + short(b.period), Unit: "per cent", Numeric: true, Places: 1})
	}
	if live {
		t.Columns = append(t.Columns, content.Column{Key: "live_coverage", Label: "Live coverage, at most, " + short(b.period), Unit: "kits per 100 people", Numeric: true, Places: 1})
	}
	var ids []string
	row := func(code string, total bool) {
		r := content.Row{Total: total, Cells: []content.Cell{{Text: b.name(code)}}}
		if at := id("coverage", code, b.fin); covered {
			ids = append(ids, at)
			r.Cells = append(r.Cells, b.part(at, numerator), b.part(at, denominator), b.cell(at))
			if pooled {
				r.Cells = append(r.Cells, b.liesCell(at, average, total))
			}
		}
		if reached {
			r.Cells = append(r.Cells, b.cell(id("reach", code, b.period)))
		}
		if live {
			r.Cells = append(r.Cells, b.cell(id("live_coverage", code, b.period)))
		}
		t.Rows = append(t.Rows, r)
	}
	for _, a := range list {
		row(a.Code, false)
	}
	row(b.area, true)
	t.Source = b.source(ids...)
	var blocks []content.Block
	if covered {
		blocks = append(blocks, b.coverageMap(list, at, t)...)
		if pooled {
			blocks = append(blocks, b.funnel(list, at, average, t)...)
		}
	}
	return append(blocks, t)
}

var lieWords = [5]string{"far below", "below", "as by chance", "above", "far above"}

// lies says where a coverage lies between the limits of chance: -2 to 2.
func lies(value, people, average float64) (int, bool) {
	inner, ok := stat.Funnel(average, people, measure.Coverage.Per(), stat.Level95)
	outer, also := stat.Funnel(average, people, measure.Coverage.Per(), stat.Level998)
	switch {
	case !ok || !also:
		return 0, false
	case value < outer.Low:
		return -2, true
	case value < inner.Low:
		return -1, true
	case value > outer.High:
		return 2, true
	case value > inner.High:
		return 1, true
	}
	return 0, true
}

func (b *book) liesCell(at string, average float64, total bool) content.Cell {
	v, ok := b.value(at)
	f := b.figures[at]
	if total || !ok || f.Denominator == nil {
		return content.Cell{}
	}
	if n, ok := lies(v, *f.Denominator, average); ok {
		return content.Cell{Text: lieWords[n+2]}
	}
	return content.Cell{}
}

// coverageMap is a hexagon for each authority; none where fewer than eight are known to lie anywhere.
func (b *book) coverageMap(list []frozen.Area, at func(frozen.Area) string, t *content.Table) []content.Block {
	var placed []draw.Place
	located, known, under := 0, 0, 0
	for _, a := range list {
		p := draw.Place{Code: a.Code, Name: a.Name, Lat: notKnown, Lon: notKnown}
		if a.Lat != nil && a.Lon != nil {
			p.Lat, p.Lon = *a.Lat, *a.Lon
			located++
		}
		placed = append(placed, p)
		if v, ok := b.value(at(a)); ok {
			known++
			if v < coverageBreaks[1] {
				under++
			}
		}
	}
	if located < fewestHexes {
		return nil
	}
	const key = "coverage_map"
	m := draw.Map{
		ID: key, Unit: "kits per 100 people", Ranges: coverageClasses, Source: t.Source,
		Title:    b.title(key, "Coverage was under "+whole(coverageBreaks[1])+" kits per 100 people in "+whole(float64(under))+" of "+whole(float64(known))+" "+b.words["authorities"]+" with a figure"),
		Subtitle: "Kits given out in the community for every 100 " + b.words["risk"] + ", " + b.fin.String() + ". Each hexagon is one of the " + b.words["authorities"] + ", set near its neighbours.",
		Desc:     "A map of hexagons by class of coverage. Coverage is known for " + whole(float64(known)) + " of " + whole(float64(len(list))) + " " + b.words["authorities"] + ". The table beneath has the number of each.",
	}
	for _, cell := range draw.Hexes(placed) {
		h := draw.HexCell{Cell: cell}
		code := id("coverage", cell.Code, b.fin)
		if v, ok := b.value(code); ok {
			h.Class, h.Value = draw.ClassOf(v, coverageBreaks), whole(v)
			if b.partial(b.figures[code]) {
				h.State = draw.Partial
			}
		} else if f := b.figures[code]; f != nil {
			h.State = draw.State(f.State)
		}
		m.Cells = append(m.Cells, h)
	}
	return []content.Block{&content.Picture{
		Key: key, Title: m.Title, Subtitle: m.Subtitle, Source: m.Source, Alt: m.Desc, Table: t.Key, Markup: reachable(draw.HexMap(m), m.Title),
	}}
}

// funnelSteps is at how many sizes the limits are worked out: enough for a smooth line.
const funnelSteps = 24

// funnel draws coverage against what chance alone would leave; none with fewer than two authorities.
func (b *book) funnel(list []frozen.Area, at func(frozen.Area) string, average float64, t *content.Table) []content.Block {
	const key = "coverage_funnel"
	f := draw.FunnelChart{
		ID: key, Subtitle: "Kits given out in the community for every 100 " + b.words["risk"] + ", " + b.fin.String() + ", against how many people that is", Source: t.Source,
		Unit: "kits per 100 people", SizeUnit: "people", Decimals: 1, Average: average, AverageWords: b.snap.Area.Name + ": " + whole1(average),
	}
	var low, high []string
	largest := 0.0
	for _, a := range list {
		v, ok := b.value(at(a))
		fig := b.figures[at(a)]
		if !ok || fig.Denominator == nil {
			continue
		}
		n, ok := lies(v, *fig.Denominator, average)
		if !ok {
			continue
		}
		switch n {
		case -2:
			low = append(low, a.Name)
		case 2:
			high = append(high, a.Name)
		}
		largest = max(largest, *fig.Denominator)
		f.Points = append(f.Points, draw.FunnelPoint{Name: a.Name, Size: *fig.Denominator, Value: v, Out: n})
	}
	if len(f.Points) < 2 {
		return nil
	}
	for i := 1; i <= funnelSteps; i++ {
		part := float64(i) / funnelSteps
		size := largest * 1.1 * part * part // close together where the limits turn most
		if size < 1 {
			continue
		}
		inner, ok := stat.Funnel(average, size, measure.Coverage.Per(), stat.Level95)
		outer, also := stat.Funnel(average, size, measure.Coverage.Per(), stat.Level998)
		if ok && also && !math.IsInf(outer.High, 0) {
			f.Band = append(f.Band, draw.FunnelBand{Size: size, Low: inner.Low, High: inner.High, LowOuter: outer.Low, HighOuter: outer.High})
		}
	}
	f.Title = b.title(key, "Coverage lies far below the average in "+whole(float64(len(low)))+" of "+whole(float64(len(f.Points)))+" "+b.words["authorities"]+" and far above it in "+whole(float64(len(high))))
	f.Desc = f.Described() + " The table beneath has the same figures."
	return []content.Block{&content.Picture{
		Key: key, Title: f.Title, Subtitle: f.Subtitle, Source: f.Source, Alt: f.Desc, Table: t.Key, Markup: template.HTML(draw.Slim(draw.Funnel(f))), // draw escapes what it is given
	}}
}

// deaths sets kits beside opioid-related deaths.
func (b *book) deaths() part {
	var p part
	var years []civil.Period
	for i := range b.snap.Figures {
		f := &b.snap.Figures[i]
		q, err := civil.ParsePeriod(f.Period)
		if err != nil || f.Area != b.area || len(f.Split) > 0 || f.Measure != "deaths" && f.Measure != "kits_per_death" || slices.Contains(years, q) || strings.Contains(f.ID, "|row=") || !b.any(f.ID) {
			continue
		}
		years = append(years, q)
	}
	if len(years) == 0 {
		return p
	}
	slices.SortFunc(years, func(x, y civil.Period) int {
		if x.From != y.From {
			return int(x.From - y.From)
		}
		return strings.Compare(x.String(), y.String())
	})
	t := &content.Table{
		Key: "deaths_and_kits", Title: b.title("deaths_and_kits", "Opioid-related deaths and kits for each death"), Subtitle: b.snap.Area.Name + ", " + fromTo(years[0], years[len(years)-1]),
		Columns: []content.Column{{Key: "year", Label: "Year"}, {Key: "deaths", Label: "Deaths", Unit: "deaths", Numeric: true}, {Key: "kits_per_death", Label: "Kits for each death", Unit: "kits", Numeric: true, Places: 1}},
		Notes:   []string{"A year such as 2020/21 is April to March, one such as 2020 January to December. Nine kits for each death is the least that a programme should give out, and 20 is what to aim for (Bird, Parmar and Strang, 2015)."},
	}
	c := draw.Chart{ID: "deaths_and_kits_chart", Subtitle: "Opioid-related deaths, " + t.Subtitle, Unit: "deaths"}
	line := draw.Series{Name: "Opioid-related deaths"}
	var ids, dead []string
	for _, q := range years {
		d, k := b.of("deaths", q), b.of("kits_per_death", q)
		ids = append(ids, d, k)
		if b.any(d) {
			dead = append(dead, d)
			v, _ := b.value(d)
			c.Labels, line.Values = append(c.Labels, short(q)), append(line.Values, v)
		}
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{{Text: short(q)}, b.cell(d), b.cell(k)}})
	}
	t.Source = b.source(ids...)
	p.say(b.deathsPoint())
	if len(dead) == 0 {
		p.show(t)
		return p
	}
	at := b.figures[dead[len(dead)-1]]
	now := b.read(at.ID)
	s := sentence("in "+short(mustPeriod(at.Period))+", "+many(now.value, "opioid-related death was", "opioid-related deaths were")+" registered in "+b.snap.Area.Name,
		since(now, b.read(b.of("deaths", mustPeriod(at.Period).Before())), "the year before"))
	p.say(s, "Many things move the number of deaths; kits are one of them.")
	if len(dead) < 2 {
		p.show(t)
		return p
	}
	c.Title = many(now.value, "opioid-related death", "opioid-related deaths") + " in " + short(mustPeriod(at.Period))
	c.Series = []draw.Series{line}
	p.show(b.chart(c, draw.Columns, t)...)
	return p
}

// mustPeriod reads a period that has been read before.
func mustPeriod(s string) civil.Period {
	p, _ := civil.ParsePeriod(s)
	return p
}
