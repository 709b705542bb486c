package compose

import (
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin/content"
	"everykit/civil"
	"everykit/measure"
)

// part is what a chapter's writer gives: what is said, and the tables and pictures that stand under the commentary.
type part struct{ said, shown []content.Block }

func (p *part) say(sentences ...string) {
	if text := strings.Join(nonEmpty(sentences...), " "); text != "" {
		p.said = append(p.said, content.Para{Text: text})
	}
}

func (p *part) show(blocks ...content.Block) { p.shown = append(p.shown, blocks...) }

func (p *part) empty() bool { return len(p.said) == 0 && len(p.shown) == 0 }

// writers are the chapters by key.
var writers = map[string]func(*book) part{
	"introduction": (*book).introduction, "main_points": (*book).mainPoints,
	"community":              func(b *book) part { return b.channel("community") },
	"prison":                 func(b *book) part { return b.channel("prison") },
	"community_prescription": func(b *book) part { return b.channel("community_prescription") },
	"ambulance":              func(b *book) part { return b.channel("ambulance") },
	"other_channels":         (*book).otherChannels, "combined": (*book).combined, "recipients": (*book).recipients, "age_sex": (*book).ageSex,
	"repeats": (*book).repeats, "products": (*book).products, "areas": (*book).areas, "coverage": (*book).coverage, "deaths": (*book).deaths,
	"notices": (*book).notices, "quality": (*book).quality, "revisions": (*book).revisions, "corrections": (*book).corrections,
	"glossary": (*book).glossary, "tables": (*book).tables, "metadata": (*book).metadata, "early_access": (*book).earlyAccess, "contact": (*book).contact,
}

// Compose writes the bulletin. What cannot be one is fault.Invalid: no snapshot, commentary for a chapter that a bulletin does
// not have, a template with a placeholder that nothing fills.
func Compose(in Input) (*content.Content, error) {
	b, err := open(in)
	if err != nil {
		return nil, err
	}
	c := &content.Content{
		Title: b.fill(b.template.Title), Language: "en-GB", Slug: in.Slug, Edition: in.Edition, Draft: in.Draft, PublishedOn: in.PublishedOn,
		Area: b.area, AreaName: b.snap.Area.Name, Period: b.snap.Period,
	}
	for _, t := range b.template.Chapters {
		if t.Out {
			continue
		}
		p := writers[t.Key](b)
		commentary := strings.TrimSpace(in.Commentary[t.Key])
		if p.empty() && commentary == "" {
			continue
		}
		ch := content.Chapter{Key: t.Key, Title: b.fill(t.Title)}
		if t.Intro != "" {
			ch.Blocks = append(ch.Blocks, content.Para{Text: b.fill(t.Intro)})
		}
		ch.Blocks = append(ch.Blocks, p.said...)
		if commentary != "" {
			ch.Blocks = append(ch.Blocks, content.Commentary{Source: commentary})
		}
		ch.Blocks = append(ch.Blocks, p.shown...)
		b.chapters = append(b.chapters, ch)
	}
	c.Chapters = b.chapters
	c.Subtitle = b.subtitle()
	c.Meta = b.meta()
	numberTables(c)
	c.Figures = b.allFigures()
	c.Definitions = b.definitions()
	return c, c.Fault()
}

// subtitle is the finding that matters most, in a line.
func (b *book) subtitle() string {
	if v, ok := b.value(b.of("dispensed", b.period)); ok {
		return whole(v) + " take-home naloxone " + plural(v, "kit", "kits") + " given out in " + b.snap.Area.Name + ", " + span(b.period)
	}
	return b.snap.Area.Name + ", " + span(b.period)
}

// meta is what stands under the title.
func (b *book) meta() []content.Pair {
	list := []content.Pair{{Name: "Period", Value: short(b.period) + " (" + span(b.period) + ")"}}
	if b.in.PublishedOn != "" {
		list = append(list, content.Pair{Name: "Published", Value: day(b.in.PublishedOn)})
	}
	if b.in.Edition > 0 {
		list = append(list, content.Pair{Name: "Edition", Value: strconv.Itoa(b.in.Edition)})
	}
	return append(list, content.Pair{Name: "Figures as known on", Value: day(b.snap.AsOf)})
}

// numberTables numbers the tables and writes the list of them.
func numberTables(c *content.Content) {
	var list []string
	for i, t := range c.Tables() {
		t.Number = i + 1
		list = append(list, "Table "+strconv.Itoa(t.Number)+": "+t.Title)
	}
	ch := c.Chapter("tables")
	if ch == nil {
		return
	}
	at := slices.IndexFunc(ch.Blocks, func(b content.Block) bool { p, is := b.(content.Points); return is && p.Items == nil })
	switch {
	case at < 0:
	case len(list) > 0:
		ch.Blocks[at] = content.Points{Items: list}
	default:
		ch.Blocks[at] = content.Para{Text: "There are no tables in this bulletin."}
	}
}

// tables keeps the place for the list, which is written when all tables have their numbers.
func (b *book) tables() part {
	return part{said: []content.Block{content.Points{}}}
}

// allFigures are the snapshot's, as bulletin.json has them.
func (b *book) allFigures() []content.Figure {
	list := make([]content.Figure, 0, len(b.snap.Figures))
	for i := range b.snap.Figures {
		f := &b.snap.Figures[i]
		out := content.Figure{
			ID: f.ID, Measure: f.Measure, Definition: f.Definition, Area: f.Area, AreaName: b.name(f.Area), Period: f.Period, State: f.State,
			Covers: f.Covers, Marks: b.marks(f), Source: f.Source,
		}
		var split []string
		for _, s := range f.Split {
			split = append(split, s.Key+"="+s.Word)
		}
		out.Split = strings.Join(split, "|")
		if hidden(f) {
			out.Source, out.Covers = "", "" // a source may tell what a return had said
		} else {
			out.Value, out.Numerator, out.Denominator, out.Low, out.High = f.Value, f.Numerator, f.Denominator, f.Low, f.High
		}
		if was, is := b.before[f.ID]; is && differs(was.figure, f) && !hidden(was.figure) {
			out.Was = was.figure.Value
		}
		list = append(list, out)
	}
	slices.SortStableFunc(list, func(x, y content.Figure) int { return strings.Compare(x.ID, y.ID) })
	return list
}

func (b *book) definitions() []content.Definition {
	var list []content.Definition
	for _, d := range b.snap.Definitions {
		list = append(list, content.Definition{
			Version: d.Version, Name: d.Name, Unit: d.Unit, Counts: d.Counts, Numerator: d.Numerator, Denominator: d.Denominator, Source: d.Source, Not: d.Not,
		})
	}
	return list
}

// stateWords says why there is no number.
func stateWords(state string) string {
	if s, err := measure.ParseState(state); err == nil && s != 0 {
		return lowered(s.Words())
	}
	return "not known"
}

// periodWords names a period by its name as files write it.
func periodWords(name string) string {
	if p, err := civil.ParsePeriod(name); err == nil {
		return short(p)
	}
	return name
}
