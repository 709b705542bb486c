package measure

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// returned is the returns of one area and measure that are in force: of each cell the latest vintage.
type returned struct {
	cells map[string]map[registry.Channel]*Return // by period and channel; channel 0 is the total
}

// readReturns reads totals by channel of one measure, as they were published by a day. As of today everything recorded
// is out, also what is only known to have come out this month or this year. First supplies are those to people at risk: a
// return that says so is taken before one that does not say to whom.
func readReturns(ctx context.Context, tx *store.Tx, areas []int, measure string, asOf, today civil.Date) (map[int]*returned, error) {
	byArea := map[int]*returned{}
	if len(areas) == 0 {
		return byArea, nil
	}
	in, args := idList(areas)
	recipient := "recipient = ''"
	if strings.HasPrefix(measure, "first_supplies") {
		recipient = "recipient IN ('', '" + ledger.PersonAtRisk.String() + "')"
	}
	var all []Return
	err := eachReturn(ctx, tx, func(t Return) error {
		if asOf >= today || t.Published.By(asOf) {
			all = append(all, t)
		}
		return nil
	}, "area IN ("+in+") AND measure = ? AND setting = '' AND "+recipient+" AND supply = '' AND reason = ''", append(args, measure)...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Return) int {
		return cmp.Or(strings.Compare(a.Recipient, b.Recipient), cmp.Compare(a.Published.Last(), b.Published.Last()), strings.Compare(string(a.Published), string(b.Published)))
	})
	for i := range all {
		t := &all[i]
		r := byArea[t.Area]
		if r == nil {
			r = &returned{cells: map[string]map[registry.Channel]*Return{}}
			byArea[t.Area] = r
		}
		p := t.Period.String()
		if r.cells[p] == nil {
			r.cells[p] = map[registry.Channel]*Return{}
		}
		if b := r.cells[p][t.Channel]; b != nil && b.Recipient == t.Recipient { // later vintages come later and take the place
			t.before = b
		}
		r.cells[p][t.Channel] = t
	}
	return byArea, nil
}

// answer is what the returns say of a period: its own, or else the sum of its quarters, or of its months. A part that
// is missing makes the sum a partial one.
func (r *returned) answer(s span, part func(registry.Channel) bool) (answer, bool) {
	return r.over(s, func(cells map[registry.Channel]*Return) (answer, bool) { return cellOf(cells, part) })
}

// over is answer with another way to read the channels of a period.
func (r *returned) over(s span, read func(map[registry.Channel]*Return) (answer, bool)) (answer, bool) {
	if r == nil {
		return answer{}, false
	}
	cell := func(p civil.Period) (answer, bool) {
		if cells := r.cells[p.String()]; len(cells) > 0 {
			return read(cells)
		}
		return answer{}, false
	}
	if ans, ok := cell(s.period); ok {
		return s.unfinished(ans), true
	}
	for _, parts := range [][]civil.Period{quartersOf(s.period), monthsOf(s.period)} {
		if ans, ok := sumOf(parts, cell); ok {
			return s.unfinished(ans), true
		}
	}
	return answer{}, false
}

// unfinished marks a number for a period that goes on.
func (s span) unfinished(a answer) answer {
	if s.running && a.kits != nil {
		a.state = Partial
	}
	return a
}

func sumOf(parts []civil.Period, cell func(civil.Period) (answer, bool)) (answer, bool) {
	var sum float64
	var whole answer
	with, known := 0, 0
	for _, p := range parts {
		ans, ok := cell(p)
		if !ok {
			continue
		}
		known++
		whole.notes = append(whole.notes, ans.notes...)
		whole.beside = addBeside(whole.beside, ans.beside)
		if whole.source == "" || ans.kits != nil && with == 0 {
			whole.source, whole.state = ans.source, ans.state
		}
		if ans.kits == nil {
			whole.note("%s: %s.", p, lower(ans.state.Words()))
			continue
		}
		with++
		sum += *ans.kits
		if ans.state == Partial {
			whole.state = Partial
		}
	}
	if known == 0 {
		return answer{}, false
	}
	if with == 0 {
		return whole, true
	}
	whole.kits, whole.basis = &sum, FromReturn
	switch {
	case with < len(parts) || whole.state == Partial:
		whole.state = Partial
		whole.note("The sum of %d of its %d parts.", with, len(parts))
	case sum == 0:
		whole.state = Zero
	default:
		whole.state = Reported
	}
	return whole, true
}

// cell is what the returns say of just one period.
func (r *returned) cell(p civil.Period, part func(registry.Channel) bool) (answer, bool) {
	if cells := r.cells[p.String()]; len(cells) > 0 {
		return cellOf(cells, part)
	}
	return answer{}, false
}

func cellOf(cells map[registry.Channel]*Return, part func(registry.Channel) bool) (answer, bool) {
	all := part(registry.Prison)
	total := cells[0]
	if t := cells[registry.Community]; !all && total != nil && total.Value == nil && t != nil && t.Value != nil {
		total = nil // what was given out in the community is known without it
	}
	if total != nil && (all || total.Value == nil) {
		return total.answer(), true
	}
	ans := sumChannels(cells, part)
	if !all {
		ans.beside = besideOf(cells)
	}
	// A total whose community part was not told apart: what is known to be elsewhere is taken off.
	if _, split := cells[registry.Community]; total != nil && !split {
		elsewhere := ans.beside
		ans = total.answer()
		ans.beside = elsewhere
		rest := *total.Value
		for _, b := range ans.beside {
			rest -= float64(b.Kits)
		}
		switch {
		case rest < 0:
			ans.note("The kits of its prisons and ambulances are more than its total.")
			return answer{state: NotProvided, source: ans.source, notes: ans.notes, beside: ans.beside}, true
		case rest == 0 && ans.state == Reported:
			ans.state = Zero
		}
		ans.kits = &rest
		if len(ans.beside) == 0 {
			ans.note("The return does not split its total by channel: all of it is taken as given out in the community.")
		}
	}
	return ans, ans.state != 0
}

// sumChannels adds up the channels of a return that are part of a figure.
func sumChannels(cells map[registry.Channel]*Return, part func(registry.Channel) bool) answer {
	var ans answer
	var names []string
	sum, with := 0.0, 0
	for _, c := range registry.Channels() {
		t := cells[c]
		if t == nil || !part(c) {
			continue
		}
		one := t.answer()
		names = append(names, lower(c.Words()))
		ans.notes = append(ans.notes, one.notes...)
		if ans.state == 0 || one.state == Partial || (one.kits != nil && with == 0) {
			ans.state, ans.source = one.state, one.source
		}
		if one.kits == nil {
			ans.note("%s: %s.", c.Words(), lower(one.state.Words()))
			continue
		}
		with++
		sum += *one.kits
	}
	if with == 0 {
		return ans
	}
	ans.kits, ans.basis = &sum, FromReturn
	switch {
	case with < len(names) || ans.state == Partial:
		ans.state = Partial
	case sum == 0:
		ans.state = Zero
	default:
		ans.state = Reported
	}
	ans.note("The sum of what was told by channel: %s.", strings.Join(names, ", "))
	return ans
}

func besideOf(cells map[registry.Channel]*Return) []Beside {
	var list []Beside
	for _, c := range registry.Channels() {
		if t := cells[c]; t != nil && !inCommunity(c) && t.Value != nil {
			list = append(list, Beside{c, int(*t.Value)})
		}
	}
	return list
}

func addBeside(list, more []Beside) []Beside {
	for _, b := range more {
		i := slices.IndexFunc(list, func(x Beside) bool { return x.Channel == b.Channel })
		if i < 0 {
			list = append(list, b)
		} else {
			list[i].Kits += b.Kits
		}
	}
	return list
}

// answer is what one return says.
func (t *Return) answer() answer {
	ans := answer{kits: t.Value, state: t.State, source: t.words()}
	if t.Value != nil {
		ans.basis = FromReturn
	}
	if t.State == Partial && t.CoversOf > 0 {
		ans.note("The return covers %d of %d parts of %s.", t.Covered, t.CoversOf, t.Period)
	}
	if b := t.before; b != nil && Number(b.Value) != Number(t.Value) {
		was := Number(b.Value)
		if b.Value == nil {
			was = lower(b.State.Words())
		}
		ans.note("Revised: it was %s before.", was)
	}
	return ans
}

// words names a return in a line.
func (t *Return) words() string {
	s := "return"
	if t.Source != "" {
		s += ": " + t.Source
	}
	if t.Published.Known() {
		s += fmt.Sprintf(" (%s)", t.Published.Words())
	}
	return s
}

func quartersOf(p civil.Period) []civil.Period {
	if !p.IsFinancialYear() {
		return nil
	}
	var list []civil.Period
	for q := 1; q <= 4; q++ {
		list = append(list, civil.Quarter(int(p.From)/12, q))
	}
	return list
}

func monthsOf(p civil.Period) []civil.Period {
	if p.Months() == 1 {
		return nil
	}
	var list []civil.Period
	for m := p.From; m <= p.To; m++ {
		list = append(list, civil.MonthPeriod(m))
	}
	return list
}

// lower begins words with a small letter, for the middle of a sentence.
func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
