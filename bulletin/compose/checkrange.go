package compose

import (
	"math"
	"slices"

	"everykit/measure"
)

const (
	// deviations is how many robust standard deviations from the median of its own series a figure may lie.
	deviations = 3
	// enough is how many earlier figures a deviation is worked out from; of fewer, a factor is taken.
	enough = 4
	// factor is how many times more or less than before a figure may be.
	factor = 3
	// farOff is the least distance that is told: small numbers move.
	farOff = 30
	// robust makes the median of absolute deviations a standard deviation (of normal numbers).
	robust = 1.4826
	// leastSpread is the least deviation that is believed, as a part of the median.
	leastSpread = 0.05
)

// ranges tells figures outside their usual range: of the whole against their own series, of authorities against the period
// before and a year before.
func (k *checking) ranges() {
	whats := [][]string{{"dispensed"}, {"first_supplies"}, {"purchased"}, {"reach"}, {"live_coverage"}}
	for _, c := range splits["channel"].keys {
		whats = append(whats, []string{"dispensed", "channel=" + c})
	}
	for _, w := range whats {
		at := k.of(w[0], k.period, w[1:]...)
		now, ok := k.value(at)
		if !ok || k.partial(k.figures[at]) {
			continue
		}
		var before []float64
		for _, p := range series(k.period)[:len(series(k.period))-1] {
			id := k.of(w[0], p, w[1:]...)
			if v, ok := k.value(id); ok && !k.partial(k.figures[id]) {
				before = append(before, v)
			}
		}
		if w[0] == "reach" {
			k.falling(at, now, before)
			continue
		}
		if low, high, odd := unusual(now, before); odd {
			f := k.figures[at]
			k.find(Finding{
				Key: "range:" + at, What: k.figureName(f) + " in " + short(k.period) + ": " + k.told(f.Measure, now) + ", " + outside(low, high, func(v float64) string { return k.told(f.Measure, v) }) + ".", Where: at,
				Hint: "look whether an entry or a return is wrong; if the figure is right, waive this and say why it moved",
			})
		}
	}
	var areas []Finding
	for _, a := range k.authorities() {
		at := id("dispensed", a.Code, k.period)
		now, ok := k.value(at)
		if !ok || k.partial(k.figures[at]) {
			continue
		}
		var before []float64
		for _, p := range []string{id("dispensed", a.Code, k.last), id("dispensed", a.Code, k.year)} {
			if v, ok := k.value(p); ok && !k.partial(k.figures[p]) {
				before = append(before, v)
			}
		}
		if low, high, odd := unusual(now, before); odd {
			areas = append(areas, Finding{
				Key: "range:" + at, What: a.Name + " gave out " + many(now, "kit", "kits") + " in " + short(k.period) + ", " + outside(low, high, whole) + ".", Where: a.Name,
				Hint: "look whether an entry or a return is wrong; if the figure is right, waive this and say why it moved",
			})
		}
	}
	k.together("range", areas, "Kits given out are outside their usual range in many "+k.words["authorities"], "look whether entries or returns are wrong; if the figures are right, waive this and say why they moved")
}

// outside says which range a figure is not in.
func outside(low, high float64, write func(float64) string) string {
	if high == 0 {
		return "and there were none before"
	}
	return "outside the range that was to be expected, " + write(low) + " to " + write(high)
}

// told writes a value of a measure.
func (k *checking) told(what string, v float64) string {
	if measure.Key(what).IsRatio() {
		return whole1(v)
	}
	return whole(v)
}

// falling tells a reach that is less than before: it can only grow, but for a new estimate of the people.
func (k *checking) falling(at string, now float64, before []float64) {
	if len(before) == 0 || now >= before[len(before)-1] {
		return
	}
	k.find(Finding{
		Key: "range:" + at, What: "Reach fell from " + trimmed(before[len(before)-1]) + "% to " + trimmed(now) + "%. It can only grow, unless it is divided by another estimate of the people.", Where: at,
		Hint: "look at both figures and their estimates; if a new estimate is the reason, waive this and say so",
	})
}

// unusual says whether a count lies outside the range of earlier ones: more than three robust deviations from their median, or
// where there are few, more than three times as much or as little as any. Nothing is unusual within 30 of the range.
func unusual(now float64, before []float64) (low, high float64, odd bool) {
	if len(before) == 0 {
		return 0, 0, false
	}
	if len(before) < enough {
		low, high = slices.Min(before)/factor, slices.Max(before)*factor
	} else {
		m := median(before)
		var off []float64
		for _, v := range before {
			off = append(off, math.Abs(v-m))
		}
		spread := max(robust*median(off), leastSpread*m, math.Sqrt(max(m, 0)))
		low, high = max(m-deviations*spread, 0), m+deviations*spread
	}
	return low, high, now < low-farOff || now > high+farOff
}

func median(list []float64) float64 {
	s := slices.Clone(list)
	slices.Sort(s)
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}

const (
	// changedBy is the part of a figure from which a revision is told, and changedLeast the least of it.
	changedBy    = 0.05
	changedLeast = 30
	// changedPoints is that of a ratio, in its unit.
	changedPoints = 2
)

// history tells revisions that are large, and figures that were there and are not.
func (k *checking) history() {
	var areas []Finding
	for _, c := range k.changes() {
		if c.was.Value == nil || hidden(c.was) || hidden(c.is) {
			continue
		}
		what := k.figureName(c.is) + " in " + k.name(c.is.Area) + ", " + periodWords(c.is.Period) + ","
		f := Finding{Key: "history:" + c.id, Where: c.id, Hint: "look why it changed; if it is right, waive this with the reason. The chapter on revisions tells it"}
		if c.is.Value == nil {
			f.What = what + " was " + trimmedWhole(*c.was.Value) + " in " + editionName(c.edition) + ", and is not known any more (" + stateWords(c.is.State) + ")."
		} else {
			d := math.Abs(*c.is.Value - *c.was.Value)
			if measure.Key(c.is.Measure).IsRatio() && d < changedPoints || !measure.Key(c.is.Measure).IsRatio() && (d < changedLeast || d < changedBy*math.Abs(*c.was.Value)) {
				continue
			}
			f.Key += ":" + trimmedWhole(*c.is.Value)
			f.What = what + " was " + trimmedWhole(*c.was.Value) + " in " + editionName(c.edition) + ", and is " + trimmedWhole(*c.is.Value) + "."
		}
		if c.is.Area == k.area {
			k.find(f)
			continue
		}
		f.Where = what
		areas = append(areas, f)
	}
	k.together("history", areas, "Many figures of "+k.words["authorities"]+" are not what earlier editions gave", "look why they changed; if they are right, waive this with the reason")
}
