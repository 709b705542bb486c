package findings

import (
	"math"
	"slices"

	"everykit/measure"
	"everykit/survey"
)

// kits writes how many gave a number of kits, and how many kits those are in all.
func (f *Findings) kits() {
	t := f.t
	providers := t.providers()
	if !t.has("dispensed") && len(t.in.Counted) == 0 || len(providers) == 0 {
		return
	}
	var with []*survey.Reply
	var all []float64
	total, ledger, clashes := 0.0, 0, []string(nil)
	for _, r := range providers {
		k := t.kits(r.Area)
		if k.note != "" {
			clashes = append(clashes, r.Name)
		}
		if k.kits == nil {
			continue
		}
		with = append(with, r)
		all = append(all, *k.kits)
		total += *k.kits
		if k.basis == measure.FromLedger {
			ledger++
		}
	}
	f.share(finding{
		key: "dispensed.given", chapter: chapterKits, label: "Gave the number of kits", question: "dispensed", share: share{len(with), len(providers)}, of: providing,
		one: "gave the number of kits given out in " + t.period(), many: "gave the number of kits given out in " + t.period(),
	})
	lack := which(providers, func(r *survey.Reply) bool { return !slices.Contains(with, r) })
	if why := t.count(lack, "dispensed").words(); why != "" {
		f.say(Sentence{
			Key: "dispensed.states", Chapter: chapterKits, Label: "No number of kits", Question: "dispensed", Count: len(lack), Base: len(providers), Of: providing.many,
			Text: "Of the " + count(len(providers)) + ", " + count(len(lack)) + " gave no number: " + why + ". " + plural(len(lack), "It is", "They are") + " not counted as nought.",
		})
	}
	if len(with) == 0 {
		return
	}
	f.say(Sentence{
		Key: "dispensed.total", Chapter: chapterKits, Label: "Kits given out in all", Question: "dispensed", Count: len(with), Base: len(providers), Value: &total, Of: providing.many,
		Text: "In all, " + many(int(math.Round(total)), "kit was", "kits were") + " given out in community settings by the " + many(len(with), "authority that gave a number", "authorities that gave numbers") + ".",
	})
	if none := len(which(with, func(r *survey.Reply) bool { return *t.kits(r.Area).kits == 0 })); none > 0 {
		f.say(Sentence{
			Key: "dispensed.none", Chapter: chapterKits, Label: "Gave out no kits", Question: "dispensed", Count: none, Base: len(with), Of: "authorities that gave numbers",
			Text: count(none) + " of the " + count(len(with)) + " that gave numbers gave out no kits" + named(names(which(with, func(r *survey.Reply) bool { return *t.kits(r.Area).kits == 0 }))) + ".",
		})
	}
	if len(with) > 2 {
		middle := median(all)
		f.say(Sentence{
			Key: "dispensed.middle", Chapter: chapterKits, Label: "Kits of the middle authority", Question: "dispensed", Count: len(with), Base: len(providers), Value: &middle, Of: providing.many,
			Text: "At least half of the " + count(len(with)) + " gave out " + rateOrWhole(middle) + " kits or fewer; the numbers go from " + whole(slices.Min(all)) + " to " + whole(slices.Max(all)) + ".",
		})
	}
	if ledger > 0 {
		f.say(Sentence{
			Key: "dispensed.ledger", Chapter: chapterKits, Label: "Counted in the ledger", Count: ledger, Base: len(with), Of: "authorities that gave numbers",
			Text: "Of the " + count(len(with)) + " numbers, " + count(ledger) + " " + plural(ledger, "was", "were") + " counted in the ledger of the authority's outlets; the others are answers.",
		})
	}
	if len(clashes) > 0 {
		f.say(Sentence{
			Key: "dispensed.clash", Chapter: chapterKits, Label: "Answer and ledger differ", Question: "dispensed", Count: len(clashes), Base: len(with), Of: "authorities that gave numbers",
			Text: "For " + count(len(clashes)) + " of the " + count(len(with)) + " the answer and the ledger differ" + named(clashes) + ". The two are not added; the part on method has both.",
		})
	}
}

// period is how the report writes the round's: 2017/18.
func (t *tally) period() string { return t.in.Round.Period.String() }

func median(list []float64) float64 {
	list = slices.Clone(list)
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}

// rateOrWhole writes whole numbers whole.
func rateOrWhole(v float64) string {
	if v == math.Trunc(v) {
		return whole(v)
	}
	return rate(v)
}
