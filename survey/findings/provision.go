package findings

import "everykit/survey"

// The authorities that most sentences are about.
var (
	answering = noun{"authority that answered this", "authorities that answered this"}
	providing = noun{"authority that provides", "authorities that provide"}
	giving    = noun{"authority that provides and answered this", "authorities that provide and answered this"}
)

// provision writes how many provide, have plans, neither.
func (f *Findings) provision() {
	t := f.t
	if !t.has("provides") {
		return
	}
	all := t.repliers(t.authorities)
	var with share
	var without []*survey.Reply
	for _, r := range all {
		if yes, known := t.provides(r); known {
			with.of++
			if yes {
				with.n++
			} else {
				without = append(without, r)
			}
		}
	}
	f.share(finding{
		key: "provides.yes", chapter: chapterProvision, label: "Provide take-home naloxone", question: "provides", share: with, of: answering,
		one: "provides take-home naloxone", many: "provide take-home naloxone",
	})
	if len(without) > 0 && t.has("plans") {
		f.plans(without)
	}
	f.states(chapterProvision, "provides", "whether they provide it", which(all, func(r *survey.Reply) bool {
		_, known := t.provides(r)
		return !known || t.outcome(r, "provides") == given
	}), noun{"authority that replied", "authorities that replied"})
	f.share(finding{
		key: "policy.yes", chapter: chapterProvision, label: "Have a written policy", question: "policy", share: t.yesNo(all, "policy"), of: answering,
		one: "has a written policy on it", many: "have a written policy on it",
	})
	f.share(finding{
		key: "in_tender.yes", chapter: chapterProvision, label: "Named naloxone in the latest tender", question: "in_tender",
		share: t.yesNo(all, "in_tender"), of: noun{"authority that had a tender and answered this", "authorities that had a tender and answered this"},
		one: "named naloxone in its latest tender for drug services", many: "named naloxone in their latest tender for drug services",
	})
}

// plans parts those that do not provide.
func (f *Findings) plans(without []*survey.Reply) {
	t := f.t
	parts := []struct {
		key, label, one, many string
		holds                 func(yes, known bool) bool
	}{
		{"plans.yes", "Do not provide, have plans", "has plans to", "have plans to", func(yes, known bool) bool { return yes }},
		{"plans.no", "Neither provide nor plan", "has neither a programme nor plans", "have neither a programme nor plans", func(yes, known bool) bool { return known && !yes }},
		{"plans.unknown", "Do not provide, plans not known", "did not say whether it has plans", "did not say whether they have plans", func(yes, known bool) bool { return !known }},
	}
	for _, p := range parts {
		list := which(without, func(r *survey.Reply) bool { return p.holds(t.yes(r, "plans")) })
		if len(list) == 0 {
			continue
		}
		f.say(Sentence{
			Key: p.key, Chapter: chapterProvision, Label: p.label, Question: "plans", Count: len(list), Base: len(without), Of: "authorities that do not provide",
			Text: "Of the " + many(len(without), "authority that does not provide", "authorities that do not provide") + ", " + count(len(list)) + " " +
				plural(len(list), p.one, p.many) + named(names(list)) + ".",
		})
	}
}
