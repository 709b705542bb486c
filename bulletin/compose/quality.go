package compose

import (
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/civil"
	"everykit/measure"
)

// actionWords say what a notice asks for.
var actionWords = map[string]string{
	"withdraw": "Take the kits away", "check": "Check the kits", "change_expiry": "The expiry date changes", "inform": "For information",
}

// notices are those issued in the period that touched the area.
func (b *book) notices() part {
	var p part
	if len(b.snap.Notices) == 0 {
		return p
	}
	p.say(many(float64(len(b.snap.Notices)), "notice about kits was", "notices about kits were") + " issued in " + span(b.period) + " that touched services here.")
	t := &content.Table{
		Key: "notices_in_period", Title: b.title("notices_in_period", "Notices about kits"), Subtitle: b.snap.Area.Name + ", " + span(b.period),
		Columns: []content.Column{
			{Key: "notice", Label: "Notice"},
			{Key: "issued", Label: "Issued"},
			{Key: "title", Label: "About"},
			{Key: "action", Label: "What to do"},
			{Key: "lots", Label: "Lots", Unit: "lots", Numeric: true},
			{Key: "outlets", Label: "Outlets told", Unit: "outlets", Numeric: true},
			{Key: "answered", Label: "Answered", Unit: "outlets", Numeric: true},
		},
		Source: "Notices of regulators, and answers of outlets as known on " + day(b.snap.AsOf) + ".",
	}
	for _, n := range b.snap.Notices {
		words := actionWords[n.Action]
		if words == "" {
			words = capital(strings.ReplaceAll(n.Action, "_", " "))
		}
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{
			{Text: strings.TrimSpace(n.Regulator + " " + n.Number)}, {Text: day(n.IssuedOn)}, {Text: n.Title}, {Text: words}, count(n.Lots), count(n.Outlets), count(n.Answered),
		}})
	}
	p.show(t)
	return p
}

func count(n int) content.Cell {
	v := float64(n)
	return content.Cell{Number: &v}
}

// quality says what is missing, partial, left over, hidden and waived.
func (b *book) quality() part {
	var p part
	p.say(b.missingWords())
	p.say(b.hiddenWords())
	p.say(b.leftoverWords())
	if b.snap.Kind != frozen.Local {
		p.show(b.silentTable()...)
	}
	p.show(b.partialTable()...)
	p.show(b.remainders()...)
	if len(b.in.Waived) > 0 {
		p.show(content.Heading{Text: "Checks that were let pass"}, content.Para{Text: "The program checks each bulletin. These checks found something; a person looked at it and let it pass, for the reason given."})
		var list []string
		for _, w := range b.in.Waived {
			list = append(list, strings.TrimSuffix(w.Check, ".")+". Reason: "+strings.TrimSuffix(w.Reason, ".")+".")
		}
		p.show(content.Points{Items: list})
	}
	return p
}

func (b *book) missingWords() string {
	if b.snap.Kind == frozen.Local {
		if i := slices.IndexFunc(b.snap.Silent, func(s frozen.Silent) bool { return s.Area == b.area }); i >= 0 {
			return "For this period something is missing: " + silentWhat(b.snap.Silent[i]) + "."
		}
		return "Nothing is known to be missing from the figures of this period."
	}
	if !b.silent() {
		return "No " + b.words["authority"] + " is known to be missing from the figures of this period."
	}
	if s := b.silentWords(); s != "" {
		return s + " What they gave out is in no figure here, so the true numbers may be higher."
	}
	return "The totals were given for the whole of " + b.snap.Area.Name + ". Figures of some " + b.words["authorities"] + " by themselves are missing."
}

// hiddenWords counts what is hidden and says why.
func (b *book) hiddenWords() string {
	n := 0
	for i := range b.snap.Figures {
		if hidden(&b.snap.Figures[i]) {
			n++
		}
	}
	if n == 0 {
		return "No figure in this bulletin is hidden."
	}
	return capital(many(float64(n), "figure is", "figures are")) + " hidden and shown as [c]: small numbers that could tell something about a person, and others that would give those away."
}

func (b *book) leftoverWords() string {
	left := b.left(b.of("dispensed", b.period), "channel")
	if left == nil || *left == 0 {
		return ""
	}
	return b.leftWords() + " The total was kept as it was given and not made to fit its parts."
}

// silentWhat says what is missing from an authority.
func silentWhat(s frozen.Silent) string {
	why := stateWords(s.Why)
	if len(s.Months) == 0 {
		return why
	}
	var list []string
	for _, m := range s.Months {
		if q, err := civil.ParsePeriod(m); err == nil {
			list = append(list, q.Words())
		} else {
			list = append(list, m)
		}
	}
	return why + ", " + joined(list)
}

// silentTable lists who is missing.
func (b *book) silentTable() []content.Block {
	if len(b.snap.Silent) == 0 {
		return nil
	}
	t := &content.Table{
		Key: "missing", Title: b.title("missing", "Whose figures are missing, whole or in part"), Subtitle: b.snap.Area.Name + ", " + span(b.period),
		Columns: []content.Column{{Key: "area", Label: capital(b.words["authority"])}, {Key: "months", Label: "Months missing"}, {Key: "why", Label: "Why"}},
		Source:  "Records of outlets and returns, as known on " + day(b.snap.AsOf) + ".",
	}
	list := slices.Clone(b.snap.Silent)
	slices.SortStableFunc(list, func(x, y frozen.Silent) int { return strings.Compare(b.name(x.Area), b.name(y.Area)) })
	for _, s := range list {
		months := "All"
		if len(s.Months) > 0 {
			months = strings.TrimPrefix(silentWhat(frozen.Silent{Months: s.Months, Why: s.Why}), stateWords(s.Why)+", ")
		}
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{{Text: b.name(s.Area)}, {Text: months}, {Text: capital(stateWords(s.Why))}}})
	}
	return []content.Block{t}
}

// partialTable lists the figures for a part of their period.
func (b *book) partialTable() []content.Block {
	t := &content.Table{
		Key: "partial_figures", Title: b.title("partial_figures", "Figures for a part of their period or of the "+b.words["authorities"]), Subtitle: b.snap.Area.Name,
		Columns: []content.Column{{Key: "figure", Label: "Figure"}, {Key: "period", Label: "Period"}, {Key: "covers", Label: "Covers"}},
	}
	for i := range b.snap.Figures {
		f := &b.snap.Figures[i]
		if f.Area != b.area || !b.partial(f) {
			continue
		}
		r := b.read(f.ID)
		what := r.part
		if what == "" || r.areas && (len(f.Split) > 0 || strings.Contains(f.ID, "|row=")) { // the total says it for its parts
			continue
		}
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{{Text: b.figureName(f)}, {Text: periodWords(f.Period)}, {Text: capital(what)}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []content.Block{t}
}

// figureName names a figure in words: Kits dispensed, ambulance.
func (b *book) figureName(f *frozen.Figure) string {
	name := capital(strings.ReplaceAll(f.Measure, "_", " "))
	switch f.Measure {
	case "dispensed":
		name = "Kits given out"
	case "purchased":
		name = "Kits bought"
	case "deaths":
		name = "Opioid-related deaths"
	case "supplies":
		name = "Supplies"
	default:
		if key, err := measure.ParseKey(f.Measure); err == nil {
			name = key.Words()
		}
	}
	for _, s := range f.Split {
		name += ", " + lowered(word(s.Key, s.Word))
	}
	if i := strings.Index(f.ID, "|row="); i >= 0 && len(f.Split) == 0 {
		name += ", " + f.ID[i+len("|row="):]
	}
	return name
}

// remainders are totals that are not the sum of their parts.
func (b *book) remainders() []content.Block {
	t := &content.Table{
		Key: "remainders", Title: b.title("remainders", "Totals that are not the sum of their parts"), Subtitle: b.snap.Area.Name,
		Columns: []content.Column{
			{Key: "figure", Label: "Total"}, {Key: "period", Label: "Period"}, {Key: "total", Label: "Total", Numeric: true}, {Key: "parts", Label: "Sum of its parts", Numeric: true}, {Key: "left", Label: "Left over", Numeric: true},
		},
	}
	t.Columns[0].Label, t.Columns[2].Label = "Figure", "Total"
	for i := range b.snap.Sums {
		s := &b.snap.Sums[i]
		f := b.figures[s.Total]
		v, known := b.value(s.Total)
		if f == nil || f.Area != b.area || !known || s.Remainder == nil || *s.Remainder == 0 || slices.ContainsFunc(s.Parts, func(id string) bool { return hidden(b.figures[id]) }) {
			continue
		}
		sum, left := v-*s.Remainder, *s.Remainder
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{
			{Text: b.figureName(f) + b.by(s)}, {Text: periodWords(f.Period)}, {Number: &v, Figure: s.Total, Marks: b.marks(f)}, {Number: &sum}, {Number: &left},
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.Notes = []string{"A total is kept as it was given. It is never made to fit its parts."}
	return []content.Block{t}
}

// by says how a sum is split: " by channel".
func (b *book) by(s *frozen.Sum) string {
	for _, id := range s.Parts {
		f := b.figures[id]
		if f == nil {
			continue
		}
		if f.Area != b.area {
			return " by " + b.words["authority"]
		}
		if n := len(f.Split); n > 0 {
			return " by " + f.Split[n-1].Key
		}
	}
	return ""
}

// change is a figure that an earlier edition gave otherwise.
type change struct {
	id      string
	was, is *frozen.Figure
	edition Published
}

// changes are all of them, by ID.
func (b *book) changes() []change {
	var list []change
	for _, id := range sortedKeys(b.figures) {
		if p, there := b.before[id]; there && differs(p.figure, b.figures[id]) {
			list = append(list, change{id, p.figure, b.figures[id], p.edition})
		}
	}
	return list
}

// revisions is every figure that is not what the last edition that had it said.
func (b *book) revisions() part {
	var p part
	if len(b.in.Earlier) == 0 {
		p.say("This is the first bulletin here, so nothing is revised.")
		return p
	}
	list := b.changes()
	if len(list) == 0 {
		p.say("No figure differs from what an earlier edition gave.")
		return p
	}
	p.say(many(float64(len(list)), "figure is", "figures are")+" not what the last edition that had "+plural(float64(len(list)), "it", "them")+" gave: entries and returns came in late, or were put right. Earlier editions stay as they were published.", plural(float64(len(list)), "It is", "They are")+" marked [r] in the tables.")
	counts := b.revisionTable("revised_counts", "Revised numbers", 0, list, func(c change) bool { return !measure.Key(c.is.Measure).IsRatio() })
	ratios := b.revisionTable("revised_ratios", "Revised ratios", 2, list, func(c change) bool { return measure.Key(c.is.Measure).IsRatio() })
	p.show(counts...)
	p.show(ratios...)
	return p
}

func (b *book) revisionTable(key, title string, places int, list []change, of func(change) bool) []content.Block {
	t := &content.Table{
		Key: key, Title: b.title(key, title), Subtitle: b.snap.Area.Name + ", as known on " + day(b.snap.AsOf),
		Columns: []content.Column{
			{Key: "figure", Label: "Figure"},
			{Key: "area", Label: "Area"},
			{Key: "period", Label: "Period"},
			{Key: "was", Label: "Was", Numeric: true, Places: places},
			{Key: "is", Label: "Is", Numeric: true, Places: places},
			{Key: "change", Label: "Change", Numeric: true, Places: places},
			{Key: "edition", Label: "Was in"},
			{Key: "state", Label: "State"},
		},
	}
	for _, c := range list {
		if !of(c) {
			continue
		}
		is := b.cell(c.id)
		is.Marks = slices.DeleteFunc(slices.Clone(is.Marks), func(m content.Mark) bool { return m == content.Revised })
		was := content.Cell{}
		switch {
		case hidden(c.was):
			was.Marks = []content.Mark{content.Suppressed}
		case c.was.Value == nil:
			was.Marks = []content.Mark{content.NotThere}
		default:
			v := *c.was.Value
			was.Number = &v
		}
		moved := content.Cell{Marks: []content.Mark{content.NotThere}}
		switch {
		case hidden(c.was) || hidden(c.is):
			moved.Marks = []content.Mark{content.Suppressed}
		case was.Number != nil && is.Number != nil:
			d := *is.Number - *was.Number
			moved = content.Cell{Number: &d}
		}
		state := ""
		if c.was.State != c.is.State {
			state = "Was: " + stateWords(c.was.State) + ". Is: " + stateWords(c.is.State) + "."
		}
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{
			{Text: b.figureName(c.is)}, {Text: b.name(c.is.Area)}, {Text: periodWords(c.is.Period)}, was, is, moved, {Text: capital(strings.TrimPrefix(editionName(c.edition), "the "))}, {Text: state},
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []content.Block{t}
}

// said is what a person wrote, as a sentence: with a capital, and one mark at its end.
func said(text string) string {
	text = capital(strings.TrimSpace(text))
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return strings.TrimSuffix(text, ".") + "."
}

// corrections say what was put right in which edition of this bulletin, and why.
func (b *book) corrections() part {
	var p part
	for _, c := range b.in.Correction {
		when := ""
		if c.On != "" {
			when = " (" + day(c.On) + ")"
		}
		p.say("Edition " + strconv.Itoa(c.Edition) + when + ": " + said(c.What) + " Why: " + said(c.Why))
	}
	return p
}
