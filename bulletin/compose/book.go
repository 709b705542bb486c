package compose

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/fault"
	"everykit/measure"
)

// book is a bulletin while it is written: its figures by ID, what earlier editions said, and its words.
type book struct {
	in       Input
	snap     *frozen.Snapshot
	template Template

	figures map[string]*frozen.Figure
	before  map[string]past // by ID, the last published edition that had the figure
	words   map[string]string
	names   map[string]string              // of areas by code
	parts   map[string]map[string][]string // by whole|key: IDs of the figures of a split, in order
	sums    map[string][]*frozen.Sum       // by total

	area     string // code: the nation, or of a local bulletin the authority
	period   civil.Period
	last     civil.Period // the one before
	year     civil.Period // the same a year earlier; zero of a bulletin for a year, where that is last
	fin      civil.Period // the latest financial year that had ended by the end of the period
	finLast  civil.Period
	chapters []content.Chapter
}

// past is what an earlier edition said.
type past struct {
	figure  *frozen.Figure
	edition Published
}

// seriesOf is how many periods a series has.
const (
	quartersOf = 9
	yearsOf    = 6
)

// open reads the snapshot into a book. A snapshot that cannot be one is a fault.
func open(in Input) (*book, error) {
	if in.Snapshot == nil {
		return nil, fault.New(fault.Invalid, "there is no snapshot to compose a bulletin of").Hint("draft the bulletin first: that freezes its figures")
	}
	p, err := civil.ParsePeriod(in.Snapshot.Period)
	if err != nil {
		return nil, fault.New(fault.Invalid, "the snapshot is of the period %q, which is none", in.Snapshot.Period).Hint("draft the bulletin again").At("period").Because(err)
	}
	b := &book{
		in: in, snap: in.Snapshot, template: in.Template, figures: map[string]*frozen.Figure{}, before: map[string]past{}, words: maps.Clone(usualWords),
		names: map[string]string{}, parts: map[string]map[string][]string{}, sums: map[string][]*frozen.Sum{}, area: in.Snapshot.Area.Code, period: p, last: p.Before(),
	}
	if len(b.template.Chapters) == 0 {
		b.template = Usual(b.snap.Kind, b.area)
	}
	if err := b.template.fault(); err != nil {
		return nil, err
	}
	maps.Copy(b.words, b.template.Words)
	b.year = yearBefore(p)
	b.fin = p
	if !p.IsFinancialYear() {
		b.fin = civil.FinancialYearOf(p.Last())
		if b.fin.Last() > p.Last() {
			b.fin = b.fin.Before()
		}
	}
	b.finLast = b.fin.Before()
	b.names[b.area] = b.snap.Area.Name
	for _, a := range b.snap.Areas {
		b.names[a.Code] = a.Name
	}
	for i := range b.snap.Figures {
		f := &b.snap.Figures[i]
		b.figures[f.ID] = f
		b.file(f)
	}
	b.sortParts()
	for i := range b.snap.Sums {
		s := &b.snap.Sums[i]
		b.sums[s.Total] = append(b.sums[s.Total], s)
	}
	for _, e := range in.Earlier {
		if e.Snapshot == nil {
			continue
		}
		for i := range e.Snapshot.Figures {
			f := &e.Snapshot.Figures[i]
			b.before[f.ID] = past{f, e}
		}
	}
	return b, b.known()
}

// known refuses what was written for a chapter that there is not.
func (b *book) known() error {
	for _, key := range slices.Sorted(maps.Keys(b.in.Commentary)) {
		if writers[key] == nil {
			return fault.New(fault.Invalid, "there is commentary for a chapter %q, which a bulletin does not have", key).Hint("write one of %s", strings.Join(Chapters(), ", ")).At(key)
		}
	}
	return nil
}

// yearBefore is the same period a year earlier; zero for a year.
func yearBefore(p civil.Period) civil.Period {
	if p.Months() >= 12 {
		return civil.Period{}
	}
	y := p
	for range 12 / p.Months() {
		y = y.Before()
	}
	return y
}

// series is the periods of a series that ends with one, oldest first.
func series(p civil.Period) []civil.Period {
	n := quartersOf
	if p.Months() >= 12 {
		n = yearsOf
	}
	list := make([]civil.Period, n)
	for i := n - 1; i >= 0; i-- {
		list[i] = p
		p = p.Before()
	}
	return list
}

// id names a figure: measure|area|period and then the splits, each key=word.
func id(what, area string, p civil.Period, split ...string) string {
	return strings.Join(append([]string{what, area, p.String()}, split...), "|")
}

// of is the ID of a figure of the bulletin's own area.
func (b *book) of(what string, p civil.Period, split ...string) string {
	return id(what, b.area, p, split...)
}

// file keeps a figure under the whole that it is a part of.
func (b *book) file(f *frozen.Figure) {
	at := strings.LastIndexByte(f.ID, '|')
	if at < 0 || len(f.Split) == 0 {
		return
	}
	key, _, is := strings.Cut(f.ID[at+1:], "=")
	if !is {
		return
	}
	if b.parts[f.ID[:at]] == nil {
		b.parts[f.ID[:at]] = map[string][]string{}
	}
	b.parts[f.ID[:at]][key] = append(b.parts[f.ID[:at]][key], f.ID)
}

func (b *book) sortParts() {
	for _, keys := range b.parts {
		for key, list := range keys {
			slices.SortFunc(list, func(x, y string) int {
				wx, wy := lastWord(x), lastWord(y)
				if d := place(key, wx) - place(key, wy); d != 0 {
					return d
				}
				return strings.Compare(wx, wy)
			})
		}
	}
}

// lastWord is the word of the last split of an ID.
func lastWord(id string) string {
	_, w, _ := strings.Cut(id[strings.LastIndexByte(id, '|')+1:], "=")
	return w
}

// value is a figure's number, if it is known and not hidden.
func (b *book) value(id string) (float64, bool) {
	f := b.figures[id]
	if f == nil || f.Value == nil || hidden(f) {
		return 0, false
	}
	return *f.Value, true
}

// any reports whether one of several figures has a number.
func (b *book) any(ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { _, ok := b.value(id); return ok })
}

func hidden(f *frozen.Figure) bool { return f != nil && f.State == measure.Suppressed.String() }

// partial reports whether a figure is for a part: of its period, or of the authorities.
func (b *book) partial(f *frozen.Figure) bool {
	switch {
	case f == nil || f.Value == nil || hidden(f):
		return false
	case f.State == measure.Partial.String() || f.Covers != "":
		return true
	case f.Area == b.area && f.Period == b.period.String() && f.With > 0 && b.silent(): // a sum over authorities, of whom some are silent
		return true
	case f.Area != b.area && f.Period == b.period.String():
		return slices.ContainsFunc(b.snap.Silent, func(s frozen.Silent) bool { return s.Area == f.Area })
	}
	return false
}

// silent reports whether an authority of a nation is missing, whole or in part.
func (b *book) silent() bool {
	return slices.ContainsFunc(b.snap.Silent, func(s frozen.Silent) bool { return s.Area != b.area })
}

// revised reports whether the last published edition that had a figure said something else.
func (b *book) revised(f *frozen.Figure) bool {
	if f == nil {
		return false
	}
	p, is := b.before[f.ID]
	return is && differs(p.figure, f)
}

func differs(was, is *frozen.Figure) bool {
	return was.State != is.State || (was.Value == nil) != (is.Value == nil) || was.Value != nil && *was.Value != *is.Value
}

// marks are what stands behind a figure, or in its place.
func (b *book) marks(f *frozen.Figure) []content.Mark {
	var list []content.Mark
	switch {
	case hidden(f):
		list = append(list, content.Suppressed)
	case f == nil || f.Value == nil:
		list = append(list, content.NotThere)
	case b.partial(f):
		list = append(list, content.Provisional)
	}
	if b.revised(f) {
		list = append(list, content.Revised)
	}
	return list
}

// cell shows a figure.
func (b *book) cell(id string) content.Cell {
	f := b.figures[id]
	c := content.Cell{Marks: b.marks(f)}
	if f == nil {
		return c
	}
	c.Figure = id
	if v, ok := b.value(id); ok {
		c.Number = &v
	}
	return c
}

// part shows one of a figure's own parts: its numerator, denominator, low or high.
func (b *book) part(id string, pick func(*frozen.Figure) *float64) content.Cell {
	f := b.figures[id]
	if hidden(f) {
		return content.Cell{Marks: []content.Mark{content.Suppressed}}
	}
	if f == nil || pick(f) == nil {
		return content.Cell{Marks: []content.Mark{content.NotThere}}
	}
	v := *pick(f)
	return content.Cell{Number: &v}
}

func numerator(f *frozen.Figure) *float64   { return f.Numerator }
func denominator(f *frozen.Figure) *float64 { return f.Denominator }

// worked is a cell made of figures: with a number where all of them are known, hidden where one is hidden, marked provisional where
// one is.
func (b *book) worked(v func(x []float64) (float64, bool), ids ...string) content.Cell {
	var c content.Cell
	var x []float64
	part, lost := false, false
	for _, id := range ids {
		f := b.figures[id]
		if hidden(f) {
			return content.Cell{Marks: []content.Mark{content.Suppressed}}
		}
		n, ok := b.value(id)
		lost = lost || !ok
		part = part || b.partial(f)
		x = append(x, n)
	}
	if !lost {
		if n, ok := v(x); ok {
			c.Number = &n
			if part {
				c.Marks = []content.Mark{content.Provisional}
			}
			return c
		}
	}
	return content.Cell{Marks: []content.Mark{content.NotThere}}
}

// change is what a figure is more than another.
func (b *book) change(now, then string) content.Cell {
	return b.worked(func(x []float64) (float64, bool) { return x[0] - x[1], true }, now, then)
}

// share is a figure as a percentage of another.
func (b *book) share(part, whole string) content.Cell {
	return b.worked(func(x []float64) (float64, bool) { return 100 * x[0] / x[1], x[1] > 0 }, part, whole)
}

// title is a person's title of a picture or table, or else ours.
func (b *book) title(key, ours string) string {
	if t := strings.TrimSpace(b.in.Titles[key]); t != "" {
		return t
	}
	return ours
}

// fill puts words into the placeholders of a template's text.
func (b *book) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		switch key := found[1 : len(found)-1]; key {
		case "area":
			return b.snap.Area.Name
		case "period":
			return short(b.period)
		case "span":
			return span(b.period)
		case "before":
			return span(b.last)
		case "as_of":
			return day(b.snap.AsOf)
		case "year":
			return b.fin.String()
		case "unit":
			return unit(b.period)
		default:
			return b.words[key]
		}
	})
}

// name is an area's, or its code where no name is known.
func (b *book) name(code string) string {
	if n := b.names[code]; n != "" {
		return n
	}
	return code
}

// authorities are those of a nation's tables, by name; none in a local bulletin.
func (b *book) authorities() []frozen.Area {
	if b.snap.Kind == frozen.Local {
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(b.snap.Areas), func(a frozen.Area) bool { return a.Code == b.area })
	slices.SortStableFunc(list, func(x, y frozen.Area) int {
		if d := strings.Compare(x.Name, y.Name); d != 0 {
			return d
		}
		return strings.Compare(x.Code, y.Code)
	})
	return list
}

// What the source of a figure begins with: of one that was told in a return, whoever told it stands behind it.
const (
	fromReturn = "return"
	fromLedger = "ledger"
)

// source names where figures come from, in a line: the one that all of them have, or what kind they are of.
func (b *book) source(ids ...string) string {
	var said string
	first, same, ledger, told := true, true, false, false
	for _, id := range ids {
		f := b.figures[id]
		if !b.any(id) {
			continue
		}
		source, returned := f.Source, f.Source == fromReturn
		if rest, is := strings.CutPrefix(f.Source, fromReturn+": "); is {
			source, returned = rest, true
		}
		if f.Source == fromReturn || strings.HasPrefix(f.Source, fromLedger) { // words of the program, not of whoever told it
			source = ""
		}
		switch {
		case returned, f.State == measure.Reported.String(), f.State == measure.Partial.String() && f.Covers != "":
			told = true
		default:
			ledger = true
		}
		if first {
			said, first = source, false
		}
		same = same && source == said
	}
	const longest = 140
	asOf := ", as known on " + day(b.snap.AsOf) + "."
	switch {
	case same && said != "" && said[0] >= '0' && said[0] <= '9': // how many authorities are in it
		return "Records of outlets, or totals that were reported (" + said + ")" + asOf
	case same && said != "" && len(said) <= longest:
		return capital(strings.TrimSuffix(said, ".")) + asOf
	case told && ledger:
		return "Records of outlets and reported totals" + asOf
	case told:
		return "Reported and published totals" + asOf
	}
	return "Records of outlets" + asOf
}

// editionName says which edition it was.
func editionName(e Published) string {
	p, err := civil.ParsePeriod(e.Period)
	name := e.Period
	if err == nil {
		name = short(p)
	}
	return "the bulletin for " + name + ", edition " + strconv.Itoa(e.Edition)
}
