package measure

import (
	"fmt"

	"everykit/civil"
	"everykit/registry"
)

// answer is what is known of the kits of one area, or of whatever else a measure counts, before it becomes a figure.
type answer struct {
	kits   *float64
	of     *float64 // the whole that kits is a part of; only of a share
	likely *float64 // of live coverage: the kits that are likely to be left
	state  State
	basis  Basis
	source string
	notes  []string
	beside []Beside
}

func (a *answer) note(format string, args ...any) {
	a.notes = append(a.notes, fmt.Sprintf(format, args...))
}

// span is the months of a period that can be counted as of a day.
type span struct {
	period  civil.Period
	to      civil.Month // the last one counted; before period.From if none is
	running bool        // the period had not ended
}

// spanOf bounds a period by the as-of day. The counts are by whole months: the running month is counted as far as it has
// been entered, and a month that an earlier as-of day cuts in two is left out.
func spanOf(p civil.Period, asOf, today civil.Date) span {
	s := span{p, p.To, asOf < p.Last()}
	if s.running {
		s.to = asOf.Month()
		if asOf < today && asOf != s.to.Last() {
			s.to--
		}
	}
	return s
}

func (s span) months() int { return int(s.to-s.period.From) + 1 }

// fromLedger says what an area's ledger answers for a span. told is false where it is silent.
func (r *reading) fromLedger(a *registry.Area, f *flow, part func(registry.Channel) bool) (ans answer, told bool) {
	s := r.span
	switch {
	case f.active != 0:
		sum := f.sum(part)
		ans = answer{kits: number(sum), state: Counted, basis: FromLedger, source: "ledger"}
		if sum == 0 {
			ans.state = Zero
		}
		if f.began > s.period.From {
			ans.note("The ledger of %s begins in %s.", a.Name, f.began.Words())
		}
		if silent := s.months() - f.toldMonths() - max(0, int(min(f.began, s.to+1)-s.period.From)); silent > 0 {
			ans.note("In %d of %d months there is neither an entry nor a confirmed nil.", silent, s.months())
		}
	case f.nils != 0:
		ans = answer{kits: number(0), state: Zero, basis: FromLedger, source: "ledger: confirmed nil"}
		if n := f.toldMonths(); n < s.months() {
			ans.state = Partial
			ans.note("Confirmed nil in %d of %d months; in the others there is silence.", n, s.months())
		}
	default:
		return r.silent(a, f), false
	}
	if s.running && ans.state.HasNumber() {
		ans.state = Partial
		ans.note("The period had not ended: counted to the end of %s, as far as it was entered.", s.to.Words())
	}
	return ans, true
}

// silent says why the ledger of an area has nothing for the period.
func (r *reading) silent(a *registry.Area, f *flow) answer {
	open := r.openOutlets(a.ID)
	switch {
	case open == 0:
		return answer{state: NotAsked}
	case f.began > r.span.period.To:
		ans := answer{state: NotAsked}
		ans.note("The ledger of %s begins later, in %s.", a.Name, f.began.Words())
		return ans
	}
	ans := answer{state: NoReply, source: fmt.Sprintf("ledger: %s, no entry", count(open, "outlet", "outlets"))}
	return ans
}

// notYet is the answer of an area whose ledger has no stock on a day: it has none, or begins later.
func (r *reading) notYet(a *registry.Area, f *flow, day civil.Date) (ans answer, silent bool) {
	switch {
	case f.began == 0:
		return r.silent(a, f), true
	case f.began.First() > day:
		ans := answer{state: NotAsked}
		ans.note("The ledger of %s begins later, in %s.", a.Name, f.began.Words())
		return ans, true
	}
	return answer{}, false
}

// openOutlets counts an area's outlets, those of areas whose place it took among them, that had not closed before the
// period.
func (r *reading) openOutlets(area int) int {
	n := 0
	for _, id := range r.scope.ledgers(area) {
		for _, o := range r.snap.OutletsOf(id) {
			if o.OpenOn(r.period.First()) {
				n++
			}
		}
	}
	return n
}

// settle takes the ledger's answer or the return's, never both: where the ledger speaks it is taken, and what the return
// says is told beside it.
func settle(ledger answer, told bool, ret answer, returned bool) answer {
	switch {
	case !returned:
		return ledger
	case !told, ledger.state == Partial && ledger.source != "ledger" && ret.kits != nil: // some nil months are less than a total
		return ret
	}
	switch {
	case ret.kits == nil:
		ledger.note("A return says: %s (%s).", lower(ret.state.Words()), ret.source)
	case *ret.kits == *ledger.kits:
		ledger.note("A return says the same (%s).", ret.source)
	default:
		ledger.source += "; a return says " + Number(ret.kits)
		ledger.note("A return says %s (%s). The ledger is taken; the two are not added.", Number(ret.kits), ret.source)
	}
	return ledger
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
