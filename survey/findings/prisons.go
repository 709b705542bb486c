package findings

import (
	"math"

	"everykit/disclosure"
	"everykit/survey"
)

// prisons writes what prisons and young offender institutions answered, each told apart. Their kits are in no coverage:
// who commissions a prison is not the area round it.
func (f *Findings) prisons() {
	f.inside("prison", f.t.prisons, "prison", "prisons")
	f.inside("young", f.t.young, "young offender institution", "young offender institutions")
}

// fewestInside is how many institutions a sum of their kits must be of to be told, and leastInside how many kits it must be
// if any: a smaller one would tell of a single institution, where few people are.
const (
	fewestInside = 3
	leastInside  = disclosure.Threshold
)

// kitsInside sums what institutions with a programme gave out on release. told is false where nobody gave a number or where
// the sum may not be told.
func (t *tally) kitsInside(list []*survey.Reply) (sum float64, n int, told bool) {
	with := which(t.repliers(list), func(r *survey.Reply) bool { yes, _ := t.yes(r, "prison_programme"); return yes })
	kits := t.numbers(with, "prison_dispensed")
	for _, v := range kits {
		sum += v
	}
	return sum, len(kits), len(kits) >= fewestInside && (sum == 0 || sum >= leastInside)
}

func (f *Findings) inside(key string, list []*survey.Reply, one, more string) {
	t := f.t
	if len(list) == 0 || !t.has("prison_programme") {
		return
	}
	answered := t.repliers(list)
	f.share(finding{
		key: key + ".answered", chapter: chapterPrisons, label: capital(more) + " that answered", share: share{len(answered), len(list)},
		of: noun{one + " that was asked", more + " that were asked"}, one: "answered", many: "answered",
	})
	of := noun{one + " that answered this", more + " that answered this"}
	f.share(finding{
		key: key + ".programme", chapter: chapterPrisons, label: capital(more) + " with a programme", question: "prison_programme", share: t.yesNo(answered, "prison_programme"), of: of,
		one: "gives out kits on release", many: "give out kits on release",
	})
	f.stated(key, "prison_programme", "whether kits are given out on release", answered, noun{one + " that answered", more + " that answered"})
	with := which(answered, func(r *survey.Reply) bool { yes, _ := t.yes(r, "prison_programme"); return yes })
	without := which(answered, func(r *survey.Reply) bool { yes, known := t.yes(r, "prison_programme"); return known && !yes })
	f.share(finding{
		key: key + ".plans", chapter: chapterPrisons, label: capital(more) + " without one that have plans", question: "prison_plans", share: t.yesNo(without, "prison_plans"),
		of: noun{one + " without a programme", more + " without a programme"}, one: "has plans for one", many: "have plans for one",
	})
	if total, n, told := t.kitsInside(list); told {
		f.say(Sentence{
			Key: key + ".kits", Chapter: chapterPrisons, Label: "Kits given on release, " + more, Question: "prison_dispensed", Count: n, Base: len(with), Value: &total, Of: more + " with a programme",
			Text: count(n) + " of the " + many(len(with), one+" with a programme", more+" with a programme") + " gave a number of kits: " +
				many(int(math.Round(total)), "kit was", "kits were") + " given out on release in " + t.period() + ". They are in no authority's coverage.",
		})
	}
	offered := noun{one + " with a programme", more + " with a programme"}
	for _, o := range []struct{ key, one, many string }{
		{"everyone", "offers a kit to everyone", "offer a kit to everyone"},
		{"at_risk", "offers a kit to people at risk", "offer a kit to people at risk"},
		{"on_request", "gives a kit to those who ask", "give a kit to those who ask"},
	} {
		f.share(finding{
			key: key + ".offer." + o.key, chapter: chapterPrisons, label: capital(more) + ": " + o.many, question: "prison_offer",
			share: t.choosing(with, "prison_offer", o.key), of: offered, one: o.one, many: o.many,
		})
	}
	f.share(finding{
		key: key + ".trains", chapter: chapterPrisons, label: capital(more) + " that train people", question: "prison_trains", share: t.yesNo(with, "prison_trains"), of: offered,
		one: "trains people before release", many: "train people before release",
	})
}

// stated is states under a key of its own, since prisons and young offender institutions have the same questions.
func (f *Findings) stated(key, question, about string, of []*survey.Reply, what noun) {
	before := len(f.Sentences)
	f.states(chapterPrisons, question, about, of, what)
	for i := range f.Sentences[before:] {
		f.Sentences[before+i].Key = key + "." + f.Sentences[before+i].Key
	}
}
