package compose

import (
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/civil"
	"everykit/draw"
)

// split is a table of the parts of a whole: one row a word, with its share and its changes.
type split struct {
	total  string // ID whose parts they are, in the bulletin's period
	key    string // of the split
	table  string // key of the table
	words  string // what it shows
	head   string // over the first column
	shares bool   // a chart of shares over periods, in place of bars of this period
	nested bool   // the words overlap: no total row, no chart
	chart  bool
	title  func(largest string, of float64) string // finding, of the largest known part and its share
}

// moved puts an ID into another period.
func moved(id string, p civil.Period) string {
	parts := strings.Split(id, "|")
	if len(parts) > 2 {
		parts[2] = p.String()
	}
	return strings.Join(parts, "|")
}

// base is the figure that the parts are a share of, by the sum that has them; empty where no sum has.
func (b *book) base(total, key string) string {
	ids := b.parts[total][key]
	for _, whole := range sortedKeys(b.sums) {
		for _, s := range b.sums[whole] {
			if len(ids) > 0 && slices.Contains(s.Parts, ids[0]) && strings.HasPrefix(ids[0], whole) {
				return whole
			}
		}
	}
	for _, whole := range sortedKeys(b.sums) {
		for _, s := range b.sums[whole] {
			if len(ids) > 0 && slices.Contains(s.Parts, ids[0]) {
				return whole
			}
		}
	}
	return b.adding(total, key, ids)
}

// adding is the figure that parts come to, where the snapshot names no sum: all of a whole, or of reasons the repeats. Where a
// part is hidden they must come to no more than it.
func (b *book) adding(total, key string, ids []string) string {
	whole := total
	if key == "reason" {
		whole += "|supply=repeat"
	}
	all, known := b.value(whole)
	parts, secret := 0.0, false
	for _, id := range ids {
		v, ok := b.value(id)
		if !ok && !hidden(b.figures[id]) {
			return ""
		}
		parts, secret = parts+v, secret || !ok
	}
	if len(ids) > 0 && known && (parts == all || secret && parts < all) {
		return whole
	}
	return ""
}

// within finds the whole that is split by a key: all kits, or where only those of the community are split, those. Returns often
// tell of them alone.
func (b *book) within(total, key string) string {
	if community := total + "|channel=community"; len(b.parts[total][key]) == 0 && len(b.parts[community][key]) > 0 {
		return community
	}
	return total
}

// splitTable is the table, under a chart where one was asked for and enough is known; nothing where no part is known.
func (b *book) splitTable(s split) []content.Block {
	if whole := b.within(s.total, s.key); whole != s.total && !s.nested {
		s.total, s.words = whole, strings.Replace(s.words, "Kits", "Kits from "+b.words["community"], 1)
	}
	ids := b.parts[s.total][s.key]
	if len(ids) == 0 || !b.any(ids...) && !slices.ContainsFunc(ids, func(id string) bool { return hidden(b.figures[id]) }) {
		return nil
	}
	base := b.base(s.total, s.key)
	if s.nested {
		base = s.total
	}
	t := &content.Table{
		Key: s.table, Title: b.title(s.table, s.words), Subtitle: b.snap.Area.Name + ", " + span(b.period), Source: b.source(ids...),
		Columns: []content.Column{{Key: s.key, Label: s.head}, {Key: "kits", Label: "Kits, " + short(b.period), Unit: "kits", Numeric: true}},
	}
	if base != "" {
		t.Columns = append(t.Columns, content.Column{Key: "share", Label: "Share of all", Unit: "per cent", Numeric: true, Places: 1})
	}
	var against []civil.Period
	for _, p := range []civil.Period{b.last, b.year} {
		if p.IsZero() || !slices.ContainsFunc(ids, func(id string) bool { return b.figures[moved(id, p)] != nil }) {
			continue
		}
		against = append(against, p)
		t.Columns = append(t.Columns,
			content.Column{Key: "kits_" + slug(p), Label: "Kits, " + short(p), Unit: "kits", Numeric: true},
			content.Column{Key: "change_" + slug(p), Label: "Change on " + short(p), Unit: "kits", Numeric: true})
	}
	row := func(id, label string, total bool) content.Row {
		r := content.Row{Total: total, Cells: []content.Cell{{Text: label}, b.cell(id)}}
		if base != "" {
			r.Cells = append(r.Cells, b.share(id, base))
		}
		for _, p := range against {
			r.Cells = append(r.Cells, b.cell(moved(id, p)), b.change(id, moved(id, p)))
		}
		return r
	}
	var labels []string
	for _, id := range ids {
		labels = append(labels, word(s.key, lastWord(id)))
		t.Rows = append(t.Rows, row(id, labels[len(labels)-1], false))
	}
	if base != "" && b.figures[base] != nil {
		label := "All"
		if s.nested {
			label = "All community"
			t.Notes = append(t.Notes, "Rows may overlap: a row can be a part of another.")
		}
		t.Rows = append(t.Rows, row(base, label, true))
	}
	if left := b.left(base, s.key); !s.nested && left != nil && *left != 0 && !slices.ContainsFunc(ids, func(id string) bool { return lastWord(id) == notAttributed }) {
		n := *left
		t.Rows = slices.Insert(t.Rows, len(t.Rows)-1, content.Row{Cells: []content.Cell{{Text: "Not attributed"}, {Number: &n}}})
	}
	t.Notes = append(t.Notes, b.coverNotes(append([]string{base}, ids...)...)...)
	if !s.chart || s.nested {
		return []content.Block{t}
	}
	title := b.plainTitle(s, ids)
	if best, of, ok := b.largest(ids, base); ok && s.title != nil {
		title = s.title(inSentence(s.key, lastWord(best)), of)
	}
	subtitle := s.words + ", " + t.Subtitle
	if s.shares && len(against) > 0 {
		return b.shareChart(s, title, subtitle, ids, against, t)
	}
	return b.bars(s.table, title, subtitle, ids, labels, t)
}

// largest is the largest known part and its share; not where any part is unknown, for that may be larger.
func (b *book) largest(ids []string, base string) (id string, of float64, ok bool) {
	best := -1.0
	for _, one := range ids {
		v, known := b.value(one)
		if !known {
			return "", 0, false
		}
		if w := lastWord(one); v > best && w != notRecorded && w != notAttributed {
			id, best = one, v
		}
	}
	share := b.share(id, base)
	if share.Number == nil || len(share.Marks) > 0 {
		return "", 0, false
	}
	return id, *share.Number, true
}

// inSentence is a word of a split within a sentence; names of products stay as they are.
func inSentence(key, w string) string {
	if key == "product" {
		return word(key, w)
	}
	return lowered(word(key, w))
}

// plainTitle is a finding where it cannot be said which part is the largest, because one is hidden or not known: the largest of
// those that are shown, and no more than that.
func (b *book) plainTitle(s split, ids []string) string {
	title, most := s.words, -1.0
	for _, id := range ids {
		w := lastWord(id)
		if v, ok := b.value(id); ok && v > most && w != notRecorded && w != notAttributed {
			title, most = s.words+": "+inSentence(s.key, w)+", "+many(v, "kit", "kits"), v
		}
	}
	return title
}

// shareChart has a bar for each period, as long as its whole.
func (b *book) shareChart(s split, title, subtitle string, ids []string, against []civil.Period, t *content.Table) []content.Block {
	c := draw.Chart{ID: s.table + "_chart", Title: title, Subtitle: subtitle, Unit: "kits", Shares: true}
	for _, id := range ids {
		c.Series = append(c.Series, draw.Series{Name: word(s.key, lastWord(id))})
	}
	for _, p := range append([]civil.Period{b.period}, against...) {
		label := short(p)
		if slices.ContainsFunc(ids, func(id string) bool { return b.partial(b.figures[moved(id, p)]) }) {
			label = marked(label)
		}
		c.Labels = append(c.Labels, label)
		for j, id := range ids {
			v, state := b.point(moved(id, p))
			if lastWord(id) == notAttributed && b.figures[moved(id, p)] == nil {
				v = numberOf(b.leftCell(moved(b.base(s.total, s.key), p), s.key))
			}
			c.Series[j].Values, c.Series[j].States = append(c.Series[j].Values, v), append(c.Series[j].States, state)
		}
	}
	var names []string
	for _, one := range c.Series {
		names = append(names, lowered(one.Name))
	}
	c.Desc = "A bar of shares for each of " + joined(c.Labels) + ", made of: " + joined(names) + ". The table beneath has the same figures."
	return b.chart(c, draw.StackedBars, t)
}

// slug is a period in the key of a column.
func slug(p civil.Period) string { return strings.ReplaceAll(p.Slug(), "-", "_") }

// recipients says to whom kits went.
func (b *book) recipients() part {
	var p part
	total := b.within(b.of("dispensed", b.period), "recipient")
	at := total + "|recipient=person_at_risk"
	base := b.base(total, "recipient")
	if now := b.read(at); now.known {
		s := sentence(many(now.value, "kit", "kits")+plural(now.value, " was", " were")+" given to people at risk", since(now, b.read(moved(at, b.last)), b.when(b.last)))
		if share := b.share(at, base); share.Number != nil {
			s += " That is " + percent(*share.Number) + " of those that are counted here."
		}
		p.say(s)
	}
	p.show(b.splitTable(split{
		total: total, key: "recipient", table: "kits_by_recipient", words: "Kits given out by who was given them", head: "Given to", shares: true, chart: true,
		title: func(most string, of float64) string {
			return capital(percent(of)) + " of kits went to: " + most
		},
	})...)
	if len(p.shown) == 0 {
		p.said = nil
	}
	return p
}

// ageSex is the people that kits were given to by age and sex.
func (b *book) ageSex() part {
	var p part
	total := b.of("dispensed", b.period)
	share := func(most string, of float64) string { return capital(percent(of)) + " of kits: " + most }
	p.show(b.splitTable(split{total: total, key: "age", table: "kits_by_age", words: "Kits given out by age", head: "Age", chart: true, title: share})...)
	p.show(b.splitTable(split{total: total, key: "sex", table: "kits_by_sex", words: "Kits given out by sex", head: "Sex", chart: true, shares: true, title: share})...)
	if len(p.shown) > 0 {
		p.say("Age and sex are of the person who was given the kit, where they were recorded. A service may give a kit without asking for either.")
	}
	return p
}

// repeats is first and repeat supplies, and why they were repeats.
func (b *book) repeats() part {
	var p part
	total := b.of("dispensed", b.period)
	p.say(b.repeatsPoint(), b.firstWords())
	p.show(b.series(flow{
		key: "first_supplies", what: "first_supplies", unit: "people", words: "People given a kit for the first time", title: b.firstTitle(),
	})...)
	p.show(b.splitTable(split{
		total: total, key: "supply", table: "kits_first_or_repeat", words: "Kits given out as a first kit or a repeat", head: "First or repeat", shares: true, chart: true,
		title: func(most string, of float64) string { return capital(percent(of)) + " of kits: " + most },
	})...)
	p.show(b.splitTable(split{total: b.of("supplies", b.period), key: "supply", table: "supplies_first_or_repeat", words: "Supplies that were first or repeat", head: "First or repeat"})...)
	p.show(b.splitTable(split{
		total: total, key: "reason", table: "kits_by_reason", words: "Repeat kits by why they were needed", head: "Why", chart: true,
		title: func(most string, of float64) string {
			return capital(percent(of)) + " of repeat kits: " + most
		},
	})...)
	for _, block := range p.shown {
		if t, is := block.(*content.Table); is && t.Key == "supplies_first_or_repeat" {
			for i := range t.Columns {
				t.Columns[i].Label = strings.Replace(t.Columns[i].Label, "Kits, ", "Supplies, ", 1)
				t.Columns[i].Key = strings.Replace(t.Columns[i].Key, "kits", "supplies", 1)
				if t.Columns[i].Unit == "kits" {
					t.Columns[i].Unit = "supplies"
				}
			}
			t.Notes = append(t.Notes, "One supply may be of several kits.")
		}
	}
	return p
}

func (b *book) firstWords() string {
	now := b.read(b.of("first_supplies", b.period))
	if !now.known {
		return ""
	}
	return sentence(many(now.value, "person was", "people were")+" given a kit for the first time in "+span(b.period), b.history("first_supplies")) + partTail(now)
}

func (b *book) firstTitle() string {
	now, then := b.read(b.of("first_supplies", b.period)), b.read(b.of("first_supplies", b.last))
	if !now.known {
		return "People given a kit for the first time: no figure for " + short(b.period)
	}
	title := many(now.value, "person was", "people were") + " given a kit for the first time"
	if v, words := judge(now, then); v == rose || v == fell {
		return title + ", " + words + " from " + whole(then.value) + " " + b.when(b.last)
	}
	return title + " in " + span(b.period)
}

// products are which kits were given out.
func (b *book) products() part {
	var p part
	total := b.of("dispensed", b.period)
	blocks := b.splitTable(split{
		total: total, key: "product", table: "kits_by_product", words: "Kits given out by product", head: "Product", chart: true,
		title: func(most string, of float64) string { return capital(percent(of)) + " of kits: " + most },
	})
	if len(blocks) == 0 {
		return p
	}
	forms := map[string]string{}
	for _, product := range b.snap.Products {
		forms[product.Name] = capital(strings.ReplaceAll(product.Form, "_", " ")) + ", " + strings.ReplaceAll(product.Route, "_", " ")
	}
	if t, is := blocks[len(blocks)-1].(*content.Table); is {
		t.Columns = slices.Insert(t.Columns, 1, content.Column{Key: "form", Label: "Form and route"})
		for i, r := range t.Rows {
			t.Rows[i].Cells = slices.Insert(r.Cells, 1, content.Cell{Text: strings.Trim(forms[r.Cell(0).Text], ", ")})
		}
	}
	ids := b.parts[total]["product"]
	if best, of, ok := b.largest(ids, b.base(total, "product")); ok {
		p.say(sentence(lastWord(best) + " was given out most: " + percent(of) + " of kits"))
	}
	p.show(blocks...)
	return p
}
