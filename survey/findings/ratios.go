package findings

import (
	"fmt"
	"slices"

	"everykit/measure"
	"everykit/registry"
)

const perHundred = " kits for every 100 people estimated to use opiates"

// ratios writes coverage: pooled, the mean, by region, how many in which band, the best.
func (f *Findings) ratios() {
	t := f.t
	if !t.has("dispensed") && len(t.in.Counted) == 0 {
		return
	}
	ratios := ratiosOf(f.Coverage)
	if len(ratios) > 0 {
		f.nation(ratios)
		f.bands(ratios)
		f.regions()
	}
	f.undivided()
	f.treatment()
	f.deaths()
}

// row gives the pooled row and the mean of a nation or region.
func (f *Findings) row(kind, code string) (pool, mean *measure.Figure) {
	for i := range f.Coverage {
		switch r := &f.Coverage[i]; {
		case r.Kind != kind || r.Area != code:
		case r.Row == measure.Pooled:
			pool = r
		case r.Row == measure.Mean:
			mean = r
		}
	}
	return pool, mean
}

// what the ratios are of: authorities, or fewer ratios than that where some share an estimate.
func (f *Findings) ratioNoun(n, with int) string {
	if n == with {
		return many(n, "authority with kits and an estimate", "authorities with kits and an estimate")
	}
	return many(n, "ratio", "ratios")
}

func (f *Findings) nation(ratios []measure.Figure) {
	pool, mean := f.row(registry.Nation, "")
	shared := ""
	if len(ratios) < pool.With {
		shared = " (an estimate for several authorities together is one ratio)"
	}
	f.say(Sentence{
		Key: "coverage.pooled", Chapter: chapterKits, Label: "Coverage, pooled", Question: "dispensed", Count: pool.With, Base: pool.Of, Value: pool.Value, Of: asked.many,
		Text: fmt.Sprintf("Coverage in %s was %s%s: %s kits for %s people, in the %s with both numbers (pooled ratio).",
			f.Input.Nation, rate(*pool.Value), perHundred, whole(*pool.Numerator), whole(*pool.Denominator), many(pool.With, "authority", "authorities")),
	})
	f.say(Sentence{
		Key: "coverage.mean", Chapter: chapterKits, Label: "Coverage, mean of ratios", Question: "dispensed", Count: len(ratios), Base: pool.Of, Value: mean.Value, Of: asked.many,
		Text: fmt.Sprintf("The mean of the %s%s is %s. It gives a small authority the same weight as a large one.", many(len(ratios), "ratio", "ratios"), shared, rate(*mean.Value)),
	})
}

// bands writes how many are under 20, between 1 and 20, at 100, and which is the best.
func (f *Findings) bands(ratios []measure.Figure) {
	pool, _ := f.row(registry.Nation, "")
	of := f.ratioNoun(len(ratios), pool.With)
	within := func(low, high float64) (n int) {
		for _, r := range ratios {
			if *r.Value >= low && *r.Value < high {
				n++
			}
		}
		return n
	}
	band := func(key, label, words string, n int) {
		f.say(Sentence{
			Key: key, Chapter: chapterKits, Label: label, Question: "dispensed", Count: n, Base: len(ratios), Of: "ratios",
			Text: "Of the " + of + ", " + noneOr(n) + " " + plural(n, "was", "were") + " " + words + ".",
		})
	}
	band("coverage.under_20", "Coverage under 20", "under 20 kits per 100 people", within(0, 20))
	band("coverage.1_to_20", "Coverage from 1 to under 20", "from 1 to under 20", within(1, 20))
	band("coverage.target", "Coverage of 100 or more", "at 100 or more, one kit for each person", within(100, 1e300))
	best := slices.MaxFunc(ratios, func(a, b measure.Figure) int {
		switch {
		case *a.Value < *b.Value:
			return -1
		case *a.Value > *b.Value:
			return 1
		}
		return 0
	})
	var who []string
	for _, r := range ratios {
		if *r.Value == *best.Value {
			who = append(who, f.nameOf(r))
		}
	}
	if len(who) > few {
		return
	}
	slices.Sort(who)
	f.say(Sentence{
		Key: "coverage.best", Chapter: chapterKits, Label: "Highest coverage", Question: "dispensed", Count: len(who), Base: len(ratios), Value: best.Value, Of: "ratios",
		Text: fmt.Sprintf("The highest coverage was %s kits per 100 people, in %s.", rate(*best.Value), joined(who)),
	})
}

// nameOf names whom a ratio is for.
func (f *Findings) nameOf(r measure.Figure) string {
	if len(r.Group) == 0 {
		return r.Name
	}
	var list []string
	for _, id := range f.Input.Estimates[r.AreaID].Areas {
		list = append(list, f.Input.Areas[id].Name)
	}
	slices.Sort(list)
	return joined(list) + " together"
}

func (f *Findings) regions() {
	list := f.t.regions()
	if len(list) < 2 {
		return
	}
	for _, a := range list {
		pool, mean := f.row(registry.Region, a.Region)
		text := fmt.Sprintf("%s: no coverage is known; %s.", a.RegionName, many(pool.Of, "authority was asked", "authorities were asked"))
		if pool.Value != nil {
			text = fmt.Sprintf("%s: %s kits per 100 people in the %s of %s with both numbers (pooled; %s kits, %s people). The mean of ratios is %s.",
				a.RegionName, rate(*pool.Value), count(pool.With), many(pool.Of, "authority", "authorities"), whole(*pool.Numerator), whole(*pool.Denominator), rate(*mean.Value))
		}
		f.say(Sentence{
			Key: "coverage.region." + a.Region, Chapter: chapterKits, Label: "Coverage, " + a.RegionName, Question: "dispensed",
			Count: pool.With, Base: pool.Of, Value: pool.Value, Of: "authorities of the region", Text: text,
		})
	}
}

// undivided tells of kits that no estimate stands under.
func (f *Findings) undivided() {
	var list []string
	with, waiting := 0, []string(nil)
	for _, r := range f.Coverage {
		if r.Row != measure.Own {
			continue
		}
		own := f.t.kits(r.AreaID).kits != nil
		if own {
			with++
		}
		switch {
		case r.State == measure.NoDenominator:
			list = append(list, r.Name)
		case own && r.Value == nil && len(r.Group) > 0:
			waiting = append(waiting, r.Name)
		}
	}
	if n := len(list); n > 0 {
		f.say(Sentence{
			Key: "coverage.no_estimate", Chapter: chapterKits, Label: "No estimate to divide by", Count: n, Base: with, Of: "authorities that gave numbers",
			Text: "For " + count(n) + " of the " + count(with) + " that gave numbers there is no estimate of people who use opiates" + named(list) + ". Their kits are in the total; they have no coverage.",
		})
	}
	if n := len(waiting); n > 0 {
		f.say(Sentence{
			Key: "coverage.group", Chapter: chapterKits, Label: "Shared estimate, kits of the others not known", Count: n, Base: with, Of: "authorities that gave numbers",
			Text: "For " + count(n) + " of the " + count(with) + " that gave numbers the estimate is for several authorities together, of which not all gave a number" + named(waiting) + ". They have no coverage.",
		})
	}
}

// pairs adds up kits and another number over the providers that gave both.
func (t *tally) pairs(question string) (kits, other float64, n int) {
	for _, r := range t.providers() {
		k := t.kits(r.Area)
		if v, is := t.number(r, question); is && k.kits != nil {
			kits, other, n = kits+*k.kits, other+v, n+1
		}
	}
	return kits, other, n
}

func (f *Findings) treatment() {
	kits, people, n := f.t.pairs("clients")
	if people <= 0 {
		return
	}
	v := 100 * kits / people
	f.say(Sentence{
		Key: "coverage.treatment", Chapter: chapterKits, Label: "Kits per 100 people in treatment for opiates", Question: "clients", Count: n, Base: len(f.t.providers()), Value: &v, Of: providing.many,
		Text: fmt.Sprintf("There were %s kits for every 100 people in treatment for opiates: %s kits and %s people, in the %s that gave both. Kits go to anybody, not only to people in treatment.",
			rate(v), whole(kits), whole(people), many(n, "authority", "authorities")),
	})
}

func (f *Findings) deaths() {
	kits, deaths, n := f.t.pairs("deaths")
	if deaths <= 0 {
		return
	}
	v := kits / deaths
	f.say(Sentence{
		Key: "kits.per_death", Chapter: chapterKits, Label: "Kits per opioid-related death", Question: "deaths", Count: n, Base: len(f.t.providers()), Value: &v, Of: providing.many,
		Text: fmt.Sprintf("There were %s kits for each opioid-related death: %s kits and %s deaths, in the %s that gave both. Researchers name 9 as the least and 20 as the aim.",
			rate(v), whole(kits), whole(deaths), many(n, "authority", "authorities")),
	})
}
