package findings

import (
	"fmt"
	"slices"

	"everykit/document"
	"everykit/draw"
	"everykit/survey"
)

// Compare sets two rounds side by side, the earlier first as given: only what both asked, each number with its base, and
// apart from that the kits of the authorities that gave numbers in both, so that who answered does not look like a change.
func Compare(a, b *Findings) document.Document {
	one, two := a.Input.Round, b.Input.Round
	left, right := one.Period.String(), two.Period.String()
	if left == right {
		left, right = one.Key, two.Key
	}
	d := document.Document{
		Title: fmt.Sprintf("Take-home naloxone in %s: %s beside %s", b.Input.Nation, left, right), Language: "en-GB", Made: max(a.Input.AsOf, b.Input.AsOf),
		Meta: []document.Pair{{Name: left, Value: one.Title}, {Name: right, Value: two.Title}},
	}
	d.Chapters = append(d.Chapters, document.Chapter{Key: "summary", Title: "What changed", Blocks: []document.Block{changes(a, b, left, right)}})
	for _, p := range parts {
		t := sideBySide(a, b, p.key, left, right)
		if len(t.Rows) > 0 {
			t.Caption = p.title + ": " + left + " beside " + right
			d.Chapters = append(d.Chapters, document.Chapter{Key: p.key, Title: p.title, Blocks: []document.Block{t}})
		}
	}
	d.Chapters = append(d.Chapters, document.Chapter{Key: "authorities", Title: "Authorities", Blocks: []document.Block{coverages(a, b, left, right)}},
		document.Chapter{Key: "method", Title: "How to read this", Blocks: []document.Block{
			document.Para{Text: "Only questions that both rounds asked are set side by side. Each number has its base: \"45 of 138\" is of those who answered in that round, and the two rounds may have been answered by others."},
			document.Para{Text: fmt.Sprintf("A change is in percentage points, and only where both bases are %d or more. A dash: the round has no such finding, because nobody gave that answer or nobody was asked for it.", fewest)},
			document.Para{Text: leftOut(one, two, left, right)},
		}})
	return d
}

// sideBySide is the findings of one chapter that rest on nothing but what both rounds asked.
func sideBySide(a, b *Findings, chapter, left, right string) document.Table {
	t := document.Table{
		Key: "compare-" + chapter, Columns: []document.Column{
			{Key: "finding", Label: "Finding"}, {Key: "a", Label: left}, {Key: "b", Label: right}, {Key: "change", Label: "Change", Numeric: true},
		},
		Notes: []string{"Source: answers to the rounds " + a.Input.Round.Key + " and " + b.Input.Round.Key},
	}
	done := map[string]bool{}
	for _, list := range [][]Sentence{a.Sentences, b.Sentences} {
		for _, s := range list {
			if s.Chapter != chapter || done[s.Key] || s.Base == 0 || s.Question != "" && !(a.t.has(s.Question) && b.t.has(s.Question)) {
				continue
			}
			done[s.Key] = true
			x, isX := a.Sentence(s.Key)
			y, isY := b.Sentence(s.Key)
			row := document.Row{Cells: []string{s.Label, "–", "–", "–"}}
			if isX {
				row.Cells[1] = x.short()
			}
			if isY {
				row.Cells[2] = y.short()
			}
			if isX && isY {
				row.Cells[3] = change(x, y)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// short is a sentence for a table, with its base.
func (s Sentence) short() string {
	if s.Value == nil {
		return share{s.Count, s.Base}.short()
	}
	return rateOrWhole(*s.Value) + fmt.Sprintf(" (%s of %s)", count(s.Count), count(s.Base))
}

// change is what lies between two of the same finding.
func change(x, y Sentence) string {
	switch {
	case x.Value != nil && y.Value != nil:
		return signed(*y.Value-*x.Value, "")
	case x.Value != nil || y.Value != nil || x.Base < fewest || y.Base < fewest:
		return "–"
	}
	return signed(100*float64(y.Count)/float64(y.Base)-100*float64(x.Count)/float64(x.Base), " points")
}

func signed(v float64, unit string) string {
	words := draw.Number(v, 1)
	if words == "0.0" || words == "−0.0" {
		return "none"
	}
	if v > 0 {
		words = "+" + words
	}
	return words + unit
}

// changes tells what moved among the authorities that both rounds have.
func changes(a, b *Findings, left, right string) document.Points {
	var p document.Points
	var begun, ended []string
	var kits, before float64
	n, shared := 0, 0
	for _, r := range b.t.authorities {
		was := a.t.of[r.Area]
		if was == nil {
			continue
		}
		shared++
		yes, known := b.t.provides(r)
		did, told := a.t.provides(was)
		switch {
		case known && told && yes && !did:
			begun = append(begun, r.Name)
		case known && told && !yes && did:
			ended = append(ended, r.Name)
		}
		if x, y := a.t.kits(r.Area).kits, b.t.kits(r.Area).kits; x != nil && y != nil {
			before, kits, n = before+*x, kits+*y, n+1
		}
	}
	say := func(format string, args ...any) { p.Items = append(p.Items, fmt.Sprintf(format, args...)) }
	say("%s asked in both rounds.", many(shared, "authority was", "authorities were"))
	if len(begun) > 0 {
		say("%s that answered no in %s provided it in %s%s.", many(len(begun), "authority", "authorities"), left, right, named(begun))
	}
	if len(ended) > 0 {
		say("%s that provided it in %s answered no in %s%s.", many(len(ended), "authority", "authorities"), left, right, named(ended))
	}
	if n > 0 {
		say("The %s that gave numbers in both rounds gave out %s kits in %s and %s in %s.", many(n, "authority", "authorities"), whole(before), left, whole(kits), right)
	}
	return p
}

// coverages has the coverage of each authority in both rounds.
func coverages(a, b *Findings, left, right string) document.Table {
	t := document.Table{
		Key: "compare-coverage", Caption: "Kits per 100 people estimated to use opiates", Columns: []document.Column{
			{Key: "authority", Label: "Authority"}, {Key: "a", Label: left, Numeric: true}, {Key: "b", Label: right, Numeric: true},
		},
		Notes: []string{"Each with the estimate that its own round took."},
	}
	cells := map[int][2]string{}
	name := map[int]string{}
	for i, f := range []*Findings{a, b} {
		for _, r := range f.Coverage {
			if r.AreaID == 0 {
				continue
			}
			c, has := cells[r.AreaID]
			if !has {
				c = [2]string{"not asked", "not asked"}
			}
			if c[i] = stateWords(r.State); r.Value != nil {
				c[i] = rate(*r.Value)
			}
			cells[r.AreaID], name[r.AreaID] = c, r.Name
		}
	}
	var ids []int
	for id := range cells {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y int) int {
		if name[x] != name[y] {
			if name[x] < name[y] {
				return -1
			}
			return 1
		}
		return x - y
	})
	for _, id := range ids {
		t.Rows = append(t.Rows, document.Row{Cells: []string{name[id], cells[id][0], cells[id][1]}})
	}
	return t
}

// leftOut names the questions that only one of the rounds asked.
func leftOut(one, two *survey.Round, left, right string) string {
	only := func(x, y *survey.Round) int {
		n := 0
		for _, q := range x.Questions {
			if !slices.ContainsFunc(y.Questions, func(o survey.Question) bool { return o.Key == q.Key }) {
				n++
			}
		}
		return n
	}
	return fmt.Sprintf("%s only in %s and %s only in %s: these are left out.",
		many(only(one, two), "question was asked", "questions were asked"), left, count(only(two, one)), right)
}
