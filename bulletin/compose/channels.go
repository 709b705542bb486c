package compose

import (
	"math"
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/civil"
	"everykit/draw"
	"everykit/measure"
	"everykit/registry"
)

// introduction says what the bulletin is about and what it stands on.
func (b *book) introduction() part {
	var p part
	p.say("It has the figures as they were known on "+day(b.snap.AsOf)+".", b.compareWords())
	p.say("A number that could tell something about a person is hidden, and so is what would give it away. A figure that nobody gave is never counted as none.")
	return p
}

// compareWords says against what figures are compared.
func (b *book) compareWords() string {
	if b.year.IsZero() {
		return "Figures are compared with " + short(b.last) + ", the " + unit(b.period) + " before."
	}
	return "Figures are compared with the " + unit(b.period) + " before (" + span(b.last) + ") and with the same " + unit(b.period) + " a year before (" + span(b.year) + ")."
}

// channel is the chapter of one way kits go out.
func (b *book) channel(key string) part {
	var p part
	at := b.of("dispensed", b.period, "channel="+key)
	now := b.read(at)
	who := capital(b.words[key])
	total := b.of("dispensed", b.period)
	switch f := b.figures[at]; {
	case !now.known && !b.any(total) && !slices.ContainsFunc(series(b.period), func(q civil.Period) bool { return b.any(b.of("dispensed", q, "channel="+key)) }):
		return p // nothing is known at all: the main points say so
	case hidden(f):
		p.say("The number of kits that " + b.words[key] + " gave out in " + span(b.period) + " is hidden.")
	case !now.known && f != nil:
		p.say("It is not known how many kits " + b.words[key] + " gave out in " + span(b.period) + ": " + stateWords(f.State) + ".")
	case !now.known:
		p.say("It is not known how many kits " + b.words[key] + " gave out in " + span(b.period) + ".")
	case now.value == 0:
		p.say(who + " gave out no kits in " + span(b.period) + ".")
	default:
		s := sentence(who+" gave out "+many(now.value, "kit", "kits")+" in "+span(b.period), b.history("dispensed", "channel="+key))
		if share := b.share(at, total); share.Number != nil && len(share.Marks) == 0 {
			s += " That is " + percent(*share.Number) + " of all kits."
		}
		p.say(s, partSentence(now))
	}
	p.show(b.series(flow{
		key: "kits_" + key, what: "dispensed", split: []string{"channel=" + key}, unit: "kits",
		words: "Kits given out by " + b.words[key], title: b.found(who+" gave out", "dispensed", "channel="+key),
	})...)
	if key == "community" {
		if s := b.settingWords("of the community kits, "); s != "" {
			p.say(s)
		}
		p.show(b.splitTable(split{total: at, key: "setting", table: "kits_by_setting", words: "Kits given out in the community, by kind of service", head: "Kind of service", nested: true})...)
	}
	return p
}

// partSentence says what a figure is for a part of.
func partSentence(r reading) string {
	if r.part == "" {
		return ""
	}
	return "This covers " + r.part + "."
}

// found is a title that states the latest figure of a series and its change.
func (b *book) found(who, what string, split ...string) string {
	now, then := b.read(b.of(what, b.period, split...)), b.read(b.of(what, b.last, split...))
	if !now.known {
		return who + ": no figure for " + short(b.period)
	}
	title := who + " " + many(now.value, "kit", "kits")
	if now.part != "" {
		title += " in " + now.part
	}
	switch v, words := judge(now, then); v {
	case rose, fell:
		return title + ", " + words + " from " + whole(then.value) + " " + b.when(b.last)
	case equal:
		return title + ", the same as " + b.when(b.last)
	case same:
		return title + ", much the same as " + b.when(b.last)
	}
	return title + " in " + span(b.period)
}

// otherChannels are post, peer networks and the rest, where anything is known of them.
func (b *book) otherChannels() part {
	var p part
	var list []string
	for _, key := range lesser[3:] {
		now := b.read(b.of("dispensed", b.period, "channel="+key))
		if !b.anyOf(key) {
			continue
		}
		switch {
		case now.known:
			list = append(list, sentence(b.words[key]+" gave out "+many(now.value, "kit", "kits"), since(now, b.read(b.of("dispensed", b.last, "channel="+key)), b.when(b.last)))+partTail(now))
		default:
			list = append(list, "It is not known how many kits "+b.words[key]+" gave out.")
		}
	}
	if len(list) > 0 {
		p.say(list...)
		p.show(b.otherTable())
	}
	return p
}

// otherTable has the channels of one chapter over the periods of the series.
func (b *book) otherTable() *content.Table {
	t := &content.Table{Key: "kits_other_channels", Title: b.title("kits_other_channels", "Kits given out by post, peer networks and other ways, by "+unit(b.period)), Columns: []content.Column{{Key: "period", Label: capital(unit(b.period))}}}
	var keys []string
	for _, key := range lesser[3:] {
		if b.anyOf(key) {
			keys = append(keys, key)
			t.Columns = append(t.Columns, content.Column{Key: key, Label: word("channel", key), Unit: "kits", Numeric: true})
		}
	}
	var ids []string
	list := b.started(series(b.period), func(p civil.Period) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return b.any(b.of("dispensed", p, "channel="+key)) })
	})
	for _, p := range list {
		row := content.Row{Cells: []content.Cell{{Text: short(p)}}}
		for _, key := range keys {
			at := b.of("dispensed", p, "channel="+key)
			ids = append(ids, at)
			row.Cells = append(row.Cells, b.cell(at))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Subtitle = b.snap.Area.Name + ", " + fromTo(list[0], b.period)
	t.Source, t.Notes = b.source(ids...), b.coverNotes(ids...)
	return t
}

func partTail(r reading) string {
	if s := partSentence(r); s != "" {
		return " " + s
	}
	return ""
}

// anyOf reports whether any kits went out by a channel in any period of the series.
func (b *book) anyOf(key string) bool {
	return slices.ContainsFunc(series(b.period), func(q civil.Period) bool {
		v, ok := b.value(b.of("dispensed", q, "channel="+key))
		return ok && v > 0
	})
}

// combined is all channels together over the periods of the series.
func (b *book) combined() part {
	var p part
	now := b.read(b.of("dispensed", b.period))
	if !now.known {
		return p
	}
	p.say(sentence("all together, "+many(now.value, "kit", "kits")+plural(now.value, " was", " were")+" given out in "+span(b.period), b.history("dispensed")), partSentence(now), b.leftWords())
	if bought, was := b.read(b.of("purchased", b.period)), b.read(b.of("purchased", b.last)); bought.known && bought.value+was.value > 0 {
		p.say(sentence("services bought "+many(bought.value, "kit", "kits")+" in "+span(b.period), since(bought, was, b.when(b.last))), partSentence(bought))
	}
	p.show(b.stacked()...)
	return p
}

// column is one of the stacked chart's: a channel, the others together, or what is left over.
type column struct {
	key, words string
	channels   []string
}

// columns are those of which anything is known. As many colours can be told apart as there are places here, so post, peer networks
// and the rest stand together.
func (b *book) columns() []column {
	var list []column
	var rest column
	for _, c := range registry.Channels() {
		switch key := c.String(); {
		case !slices.ContainsFunc(series(b.period), func(q civil.Period) bool { return b.figures[b.of("dispensed", q, "channel="+key)] != nil }):
		case slices.Contains(lesser[3:], key):
			rest.channels = append(rest.channels, key)
		default:
			list = append(list, column{key, c.Words(), []string{key}})
		}
	}
	if len(rest.channels) == 1 {
		rest.key, rest.words = rest.channels[0], word("channel", rest.channels[0])
		list = append(list, rest)
	} else if len(rest.channels) > 1 {
		var names []string
		for _, key := range rest.channels {
			names = append(names, lowered(word("channel", key)))
		}
		rest.key, rest.words = "others", capital(joined(names))
		list = append(list, rest)
	}
	return list
}

// stacked is the chart of all channels, and its table.
func (b *book) stacked() []content.Block {
	total := func(p civil.Period) string { return b.of("dispensed", p) }
	list := b.started(series(b.period), func(p civil.Period) bool { return b.any(total(p)) })
	cols := b.columns()
	if len(list) == 0 {
		return nil
	}
	t := &content.Table{
		Key: "kits_by_channel", Title: b.title("kits_by_channel", "Kits given out by channel and "+unit(b.period)), Subtitle: b.snap.Area.Name + ", " + fromTo(list[0], b.period),
		Columns: []content.Column{{Key: "period", Label: capital(unit(b.period))}},
	}
	c := draw.Chart{ID: "kits_by_channel_chart", Subtitle: "Kits given out by channel, " + t.Subtitle, Unit: "kits", Title: b.stackedTitle()}
	for _, col := range cols {
		t.Columns = append(t.Columns, content.Column{Key: col.key, Label: col.words, Unit: "kits", Numeric: true})
		c.Series = append(c.Series, draw.Series{Name: col.words})
	}
	t.Columns = append(t.Columns, content.Column{Key: notAttributed, Label: "Not attributed", Unit: "kits", Numeric: true}, content.Column{Key: "total", Label: "Total", Unit: "kits", Numeric: true})
	leftover := draw.Series{Name: "Not attributed"}
	var ids []string
	for _, p := range list {
		c.Labels = append(c.Labels, short(p))
		row := content.Row{Cells: []content.Cell{{Text: short(p)}}}
		for j, col := range cols {
			var parts []string
			for _, key := range col.channels {
				if at := b.of("dispensed", p, "channel="+key); b.figures[at] != nil || len(col.channels) == 1 {
					parts = append(parts, at)
				}
			}
			ids = append(ids, parts...)
			cell := b.worked(sum, parts...)
			if len(col.channels) == 1 {
				cell = b.cell(parts[0])
			}
			row.Cells = append(row.Cells, cell)
			c.Series[j].Values = append(c.Series[j].Values, numberOf(cell))
			c.Series[j].States = append(c.Series[j].States, b.stateOf(parts))
		}
		left := b.leftCell(total(p), "channel")
		row.Cells = append(row.Cells, left, b.cell(total(p)))
		leftover.Values = append(leftover.Values, numberOf(left))
		leftover.States = append(leftover.States, "")
		t.Rows = append(t.Rows, row)
		ids = append(ids, total(p))
	}
	t.Notes = append(b.coverNotes(ids...), "Not attributed: what is left of the total after all channels. A total is kept as it was given, also where its parts come to less.")
	t.Source = b.source(ids...)
	if slices.ContainsFunc(leftover.Values, func(v float64) bool { return v > 0 || math.IsNaN(v) }) {
		c.Series = append(c.Series, leftover)
	}
	if len(cols) == 0 {
		return []content.Block{t}
	}
	var names []string
	for _, one := range c.Series {
		names = append(names, lowered(one.Name))
	}
	c.Desc = "Bars by " + unit(b.period) + " from " + fromTo(list[0], b.period) + ", each made of the kits by channel: " + joined(names) + ". " + b.stackedTitle() + ". The table beneath has the same figures."
	return b.chart(c, draw.StackedBars, t)
}

func sum(x []float64) (float64, bool) {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s, len(x) > 0
}

func numberOf(c content.Cell) float64 {
	if c.Number == nil {
		return notKnown
	}
	return *c.Number
}

// stateOf is why there is no number of one of several figures.
func (b *book) stateOf(ids []string) draw.State {
	for _, id := range ids {
		if v, state := b.point(id); math.IsNaN(v) {
			return state
		}
	}
	return ""
}

// leftCell is what is left over of a total: a figure where it is one, nought where the parts add up, else not available.
func (b *book) leftCell(total, split string) content.Cell {
	if at := total + "|" + split + "=" + notAttributed; b.figures[at] != nil {
		return b.cell(at)
	}
	f := b.figures[total]
	whole := f == nil || f.State != measure.Partial.String() || f.With > 0 // a total made of those channels that were told leaves nothing over
	if v := b.left(total, split); v != nil && whole {
		n := *v
		return content.Cell{Number: &n}
	}
	return content.Cell{Marks: []content.Mark{content.NotThere}}
}

// stackedTitle states which channel gave out most.
func (b *book) stackedTitle() string {
	total := b.of("dispensed", b.period)
	most, best := "", 0.0
	for _, id := range b.parts[total]["channel"] {
		if v, ok := b.value(id); ok && v > best && !strings.HasSuffix(id, notAttributed) {
			most, best = id, v
		}
	}
	if share := b.share(most, total); share.Number != nil && len(share.Marks) == 0 {
		return capital(b.words[lastWord(most)]) + " gave out " + percent(*share.Number) + " of the kits in " + short(b.period)
	}
	if v, ok := b.value(total); ok {
		return many(v, "kit", "kits") + " given out in " + short(b.period)
	}
	return "Kits given out by channel"
}
