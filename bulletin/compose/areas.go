package compose

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/registry"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// areas is what each authority gave out, with its changes, and by channel.
func (b *book) areas() part {
	var p part
	list := b.authorities()
	at := func(a frozen.Area, q civil.Period, split ...string) string {
		return id("dispensed", a.Code, q, split...)
	}
	known := 0
	for _, a := range list {
		if b.any(at(a, b.period)) {
			known++
		}
	}
	if known == 0 {
		return p
	}
	p.say(b.areasWords(list, known))
	p.show(b.areaTable(list), b.areaChannels(list))
	p.shown = slices.DeleteFunc(p.shown, func(x content.Block) bool { t, is := x.(*content.Table); return is && t == nil })
	return p
}

// areasWords says how many gave figures, and who gave out most more and most fewer kits than before.
func (b *book) areasWords(list []frozen.Area, known int) string {
	s := []string{fmt.Sprintf("Figures are known for %s of %s %s.", whole(float64(known)), whole(float64(len(list))), b.words["authorities"])}
	if known == len(list) {
		s[0] = fmt.Sprintf("Figures are known for all %s %s.", whole(float64(known)), b.words["authorities"])
	}
	up, down := 0, 0
	for _, a := range list {
		switch v, _ := judge(b.read(id("dispensed", a.Code, b.period)), b.read(id("dispensed", a.Code, b.last))); v {
		case rose:
			up++
		case fell:
			down++
		}
	}
	if up+down > 0 {
		s = append(s, fmt.Sprintf("More kits than %s were given out in %s of them and fewer in %s; a change of under %d kits or %.0f%% counts as neither.",
			b.when(b.last), whole(float64(up)), whole(float64(down)), fewest, steps[len(steps)-1].percent))
	}
	return strings.Join(s, " ")
}

// areaTable has the kits of each authority and their changes.
func (b *book) areaTable(list []frozen.Area) *content.Table {
	t := &content.Table{
		Key: "kits_by_area", Title: b.title("kits_by_area", "Kits given out by "+b.words["authority"]), Subtitle: b.snap.Area.Name + ", " + span(b.period),
		Columns: []content.Column{{Key: "area", Label: capital(b.words["authority"])}, {Key: "code", Label: "Code"}, {Key: "kits", Label: "Kits, " + short(b.period), Unit: "kits", Numeric: true}},
	}
	var against []civil.Period
	for _, q := range []civil.Period{b.last, b.year} {
		if q.IsZero() || !b.any(b.of("dispensed", q)) && !slices.ContainsFunc(list, func(a frozen.Area) bool { return b.any(id("dispensed", a.Code, q)) }) {
			continue
		}
		against = append(against, q)
		t.Columns = append(t.Columns, content.Column{Key: "kits_" + slug(q), Label: "Kits, " + short(q), Unit: "kits", Numeric: true},
			content.Column{Key: "change_" + slug(q), Label: "Change on " + short(q), Unit: "kits", Numeric: true})
	}
	var ids []string
	row := func(code string) content.Row {
		now := id("dispensed", code, b.period)
		ids = append(ids, now)
		r := content.Row{Cells: []content.Cell{{Text: b.name(code)}, {Text: code}, b.cell(now)}}
		for _, q := range against {
			then := id("dispensed", code, q)
			r.Cells = append(r.Cells, b.cell(then), b.change(now, then))
		}
		return r
	}
	for _, a := range list {
		t.Rows = append(t.Rows, row(a.Code))
	}
	if left := b.areaLeft(); left != nil && *left != 0 {
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{{Text: "Not attributed to " + article(b.words["authority"])}, {}, {Number: left}}})
	}
	if b.figures[b.of("dispensed", b.period)] != nil {
		total := row(b.area)
		total.Total = true
		t.Rows = append(t.Rows, total)
	}
	t.Source = b.source(ids...)
	return t
}

func article(noun string) string {
	if noun != "" && strings.Contains("aeio", noun[:1]) {
		return "an " + noun
	}
	return "a " + noun
}

// areaLeft is what is left of the nation's kits after its authorities'; nil if that is not known.
func (b *book) areaLeft() *float64 {
	for _, s := range b.sums[b.of("dispensed", b.period)] {
		if slices.ContainsFunc(s.Parts, func(part string) bool { return hidden(b.figures[part]) }) {
			continue
		}
		if s.Remainder != nil && slices.ContainsFunc(s.Parts, func(part string) bool { return b.figures[part] != nil && b.figures[part].Area != b.area }) {
			v := *s.Remainder
			return &v
		}
	}
	return nil
}

// areaChannels has the kits of each authority by channel.
func (b *book) areaChannels(list []frozen.Area) *content.Table {
	t := &content.Table{
		Key: "kits_by_area_and_channel", Title: b.title("kits_by_area_and_channel", "Kits given out by "+b.words["authority"]+" and channel"), Subtitle: b.snap.Area.Name + ", " + span(b.period),
		Columns: []content.Column{{Key: "area", Label: capital(b.words["authority"])}},
	}
	var keys []string
	for _, c := range registry.Channels() {
		if slices.ContainsFunc(list, func(a frozen.Area) bool {
			return b.figures[id("dispensed", a.Code, b.period, "channel="+c.String())] != nil
		}) {
			keys = append(keys, c.String())
			t.Columns = append(t.Columns, content.Column{Key: c.String(), Label: c.Words(), Unit: "kits", Numeric: true})
		}
	}
	if len(keys) == 0 {
		return nil
	}
	left := slices.ContainsFunc(list, func(a frozen.Area) bool {
		v := b.left(id("dispensed", a.Code, b.period), "channel")
		return v != nil && *v != 0
	})
	if left {
		t.Columns = append(t.Columns, content.Column{Key: notAttributed, Label: "Not attributed", Unit: "kits", Numeric: true})
	}
	t.Columns = append(t.Columns, content.Column{Key: "total", Label: "Total", Unit: "kits", Numeric: true})
	var ids []string
	row := func(code string) content.Row {
		total := id("dispensed", code, b.period)
		r := content.Row{Cells: []content.Cell{{Text: b.name(code)}}}
		for _, key := range keys {
			r.Cells = append(r.Cells, b.cell(total+"|channel="+key))
		}
		if left {
			r.Cells = append(r.Cells, b.leftCell(total, "channel"))
		}
		ids = append(ids, total)
		r.Cells = append(r.Cells, b.cell(total))
		return r
	}
	for _, a := range list {
		t.Rows = append(t.Rows, row(a.Code))
	}
	if b.figures[b.of("dispensed", b.period)] != nil {
		total := row(b.area)
		total.Total = true
		t.Rows = append(t.Rows, total)
	}
	t.Source = b.source(ids...)
	return t
}
