package compose

import (
	"math"
	"strings"

	"everykit/civil"
	"everykit/measure"
)

// step is how large a change must be for its words: in per cent of what it was, the first that fits.
type step struct {
	percent  float64
	up, down string
}

// steps are the words for changes of counts. A change under the last of them is "much the same".
var steps = []step{
	{10, "up", "down"},
	{3, "slightly up", "slightly down"},
}

const (
	// fewest is the least change of a count that has a direction: fewer kits than a box or two say nothing.
	fewest = 10
	// leastPoints is the least change of a percentage, in points, and of a ratio, in its unit, that has one.
	leastPoints = 0.5
	// explains is how many times what is missing from a part of a total a change must be for a direction: months differ.
	explains = 2
	// tooMany is from where a percentage of change is left out: "up by 335%" is hard to read.
	tooMany = 100
)

// reading is a figure with what keeps it from being compared.
type reading struct {
	value   float64
	known   bool
	areas   bool    // part is of the authorities, not of the period
	part    string  // what it is for a part of: "two of its three months"
	missing float64 // about how much its parts lack, where it is a total of which a part is partial
	within  string  // which part that is, in a sentence without its full stop
	places  int
}

// read looks at a figure for a comparison.
func (b *book) read(id string) reading {
	v, ok := b.value(id)
	r := reading{value: v, known: ok}
	f := b.figures[id]
	if !ok {
		return r
	}
	key := measure.Key(f.Measure)
	if r.places = key.Places(); f.Numerator == nil && key.IsRatio() { // as it was published
		r.places = decimals(v)
	}
	if !b.partial(f) {
		b.inner(&r, id)
		return r
	}
	words, _, is := covers(f.Covers)
	switch {
	case is:
		r.part = words
	case f.With > 0 && f.With < f.Of:
		r.areas, r.part = true, whole(float64(f.With))+" of "+whole(float64(f.Of))+" "+b.words["authorities"]
	case f.With > 0 && f.Area == b.area:
		r.areas, r.part = true, "all "+b.words["authorities"]+", some of them in part"
	case f.Measure == "dispensed" && len(f.Split) == 0 && len(b.parts[id]["channel"]) > 0:
		r.part = "some of its channels"
	default:
		r.areas, r.part = f.Area == b.area, "part of what it should cover"
	}
	return r
}

// decimals is how many of at most two a published number was given with.
func decimals(v float64) int {
	for n := range 2 {
		if scale := math.Pow10(n); math.Abs(v*scale-math.Round(v*scale)) < 1e-6 {
			return max(n, 1)
		}
	}
	return 2
}

// inner looks whether a total has parts that are partial.
func (b *book) inner(r *reading, id string) {
	for _, list := range b.parts[id] {
		for _, part := range list {
			f := b.figures[part]
			words, lacks, is := covers(f.Covers)
			v, known := b.value(part)
			if !is || !known || !strings.HasPrefix(part, id+"|channel=") {
				continue
			}
			r.missing += v * lacks
			r.within = joined(nonEmpty(r.within, lowered(word("channel", lastWord(part)))+" figures for that "+b.unitOf(f.Period)+" cover "+words))
		}
	}
}

func nonEmpty(list ...string) []string {
	var kept []string
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// unitOf names what a period is by its name.
func (b *book) unitOf(period string) string {
	if p, err := civil.ParsePeriod(period); err == nil {
		return unit(p)
	}
	return "period"
}

// verdict is what may be said of a change.
type verdict uint8

const (
	unknown verdict = iota // one of the two is not known
	unsure                 // one of them is for a part of its period
	equal
	same // much the same
	little
	rose
	fell
)

// judge compares two readings of a count.
func judge(now, then reading) (verdict, string) {
	d := now.value - then.value
	v, why := compared(now, then, d)
	if v != rose {
		return v, why
	}
	percent := math.Inf(1)
	if then.value != 0 {
		percent = math.Abs(100 * d / then.value)
	}
	switch {
	case percent < steps[len(steps)-1].percent:
		return same, ""
	case math.Abs(d) < fewest:
		return little, ""
	}
	for _, s := range steps {
		if percent >= s.percent {
			if d > 0 {
				return rose, s.up
			}
			return fell, s.down
		}
	}
	return same, ""
}

// judgePoints compares two readings of a ratio.
func judgePoints(now, then reading) (verdict, string) {
	d := now.value - then.value
	v, why := compared(now, then, d)
	switch {
	case v != rose:
		return v, why
	case math.Abs(d) < leastPoints-1e-9:
		return same, ""
	case d > 0:
		return rose, "up"
	}
	return fell, "down"
}

// compared says whether two readings can be compared at all: rose stands for yes.
func compared(now, then reading, d float64) (verdict, string) {
	switch {
	case !now.known || !then.known:
		return unknown, ""
	case now.part != "" || then.part != "":
		return unsure, ""
	case now.missing+then.missing > 0 && math.Abs(d) <= explains*(now.missing+then.missing):
		return unsure, ""
	case d == 0:
		return equal, ""
	}
	return rose, ""
}

// since is what follows a count: "up by 1,856 (35%) from 5,363 the quarter before". Empty if nothing can be said.
func since(now, then reading, when string) string {
	v, words := judge(now, then)
	was := whole(then.value)
	switch v {
	case unknown:
		return ""
	case unsure:
		return "against " + was + " " + when + unsureWords(now, then)
	case equal:
		return "the same as " + when
	case same:
		return "much the same as " + when + " (" + was + ")"
	case little:
		return "against " + was + " " + when
	}
	by := whole(math.Abs(now.value - then.value))
	if then.value == 0 {
		return words + " from none " + when
	}
	if percent := math.Abs(100 * (now.value - then.value) / then.value); percent < tooMany {
		by += " (" + number(percent, 0) + "%)"
	}
	return words + " by " + by + " from " + was + " " + when
}

// unsureWords says why two figures cannot be compared.
func unsureWords(now, then reading) string {
	switch {
	case now.areas || then.areas:
		return ", from incomplete figures"
	case then.part != "" && now.part != "":
		return ", each for a part (" + joined([]string{now.part, then.part}) + "), so the two cannot be compared"
	case then.part != "":
		return ", for " + then.part + ", so the two cannot be compared"
	case now.part != "":
		return ", but the new figure is for " + now.part + ", so the two cannot be compared"
	}
	return ", which cannot be compared: " + joined(nonEmpty(now.within, then.within))
}

// inShort is the same in brackets, for a list of counts: " (up from 752 the quarter before)"; the first of a list says when for
// those after it. What cannot be compared gets its number and why, and no direction.
func inShort(now, then reading, when string) string {
	v, words := judge(now, then)
	was := strings.TrimSpace(whole(then.value) + " " + when)
	switch v {
	case unknown:
		return ""
	case unsure:
		if then.part != "" && !then.areas {
			was += ", for " + then.part
		}
		return " (" + was + ")"
	case equal:
		return strings.TrimSuffix(" (the same as "+when, " as ") + ")"
	case same:
		return " (much the same as " + was + ")"
	case little:
		return " (" + was + ")"
	}
	return " (" + words + " from " + was + ")"
}

// points is what follows a ratio: "up around 2 points from 59.3% the quarter before". per is what stands behind a value ("%"), of
// what a change is counted in ("point", "points").
func points(now, then reading, when, per, one, more string) string {
	v, words := judgePoints(now, then)
	was := number(then.value, then.places) + per
	switch v {
	case unknown:
		return ""
	case unsure:
		return "against " + was + " " + when + unsureWords(now, then)
	case equal:
		return "the same as " + when
	case same:
		return "much the same as " + when + " (" + was + ")"
	}
	d := math.Round(math.Abs(now.value - then.value))
	if d < 1 {
		d = 1
	}
	return words + " around " + many(d, one, more) + " from " + was + " " + when
}

// when names a period beside the bulletin's: "the quarter before", "a year before".
func (b *book) when(p civil.Period) string {
	if p == b.last {
		return "the " + unit(p) + " before"
	}
	return "a year before"
}

// history is since against the period before and against a year before, for one figure.
func (b *book) history(what string, split ...string) string {
	now, last, year := b.read(b.of(what, b.period, split...)), b.read(b.of(what, b.last, split...)), reading{}
	if !b.year.IsZero() {
		year = b.read(b.of(what, b.year, split...))
	}
	if !now.known {
		return ""
	}
	if now.areas || last.areas || year.areas { // each would need the same words behind it
		var list []string
		for _, r := range []struct {
			reading
			when string
		}{{last, b.when(b.last)}, {year, b.when(b.year)}} {
			if r.known {
				list = append(list, whole(r.value)+" "+r.when)
			}
		}
		if len(list) == 0 {
			return ""
		}
		return "against " + joined(list) + unsureWords(reading{areas: true}, reading{})
	}
	return strings.Join(nonEmpty(since(now, last, b.when(b.last)), since(now, year, b.when(b.year))), ", and ")
}
