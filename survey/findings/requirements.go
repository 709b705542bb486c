package findings

import (
	"fmt"
	"slices"

	"everykit/survey"
)

// asks says what is asked for before a kit is given, for each option of the question "requires".
var asks = map[string]string{
	"referral": "a referral", "appointment": "an appointment", "assessment": "an assessment first", "in_treatment": "the person to be in treatment",
	"training": "training first", "identification": "proof of identity", "local_address": "a local address", "name": "a name",
}

// adult is the age from which a product licensed for everybody may have been kept to adults.
const adult = 18

// requirements writes what is asked of people before they get a kit.
func (f *Findings) requirements() {
	t := f.t
	providers := t.providers()
	if t.has("requires") {
		ask := func(key, label, words string, options ...string) {
			f.share(finding{
				key: key, chapter: chapterRequirements, label: label, question: "requires", share: t.choosing(providers, "requires", options...), of: giving,
				one: "asks for " + words, many: "ask for " + words,
			})
		}
		ask("requires.referral_or_appointment", "A referral, an appointment or both", "a referral, an appointment or both", "referral", "appointment")
		for _, o := range t.questions["requires"].Options {
			if o.Alone || o.Key == "other" {
				continue
			}
			words := asks[o.Key]
			if words == "" {
				words = "(" + o.Words + ")"
			}
			ask("requires."+o.Key, capital(words), words, o.Key)
		}
		f.share(finding{
			key: "requires.none", chapter: chapterRequirements, label: "No requirement", question: "requires", share: t.choosing(providers, "requires", "none"), of: giving,
			one: "asks for nothing", many: "ask for nothing",
		})
		f.states(chapterRequirements, "requires", "what they ask for", providers, providing)
	}
	f.mostKits(providers)
	f.lowestAge(providers)
	f.training(providers)
}

// mostKits writes how many kits one person may have.
func (f *Findings) mostKits(providers []*survey.Reply) {
	list := f.t.numbers(providers, "most_kits")
	if len(list) == 0 {
		return
	}
	var one, two, more int
	for _, n := range list {
		switch {
		case n <= 1:
			one++
		case n <= 2:
			two++
		default:
			more++
		}
	}
	f.say(Sentence{
		Key: "most_kits.one", Chapter: chapterRequirements, Label: "At most one kit for a person", Question: "most_kits", Count: one, Base: len(list), Of: giving.many,
		Text: fmt.Sprintf("Of the %s that named the most kits a person may have, %s named one, %s two and %s more; the highest number is %s.",
			many(len(list), "authority", "authorities"), count(one), count(two), count(more), whole(slices.Max(list))),
	})
	f.states(chapterRequirements, "most_kits", "the most kits a person may have", providers, providing)
}

// lowestAge writes from which age a person may have one.
func (f *Findings) lowestAge(providers []*survey.Reply) {
	list := f.t.numbers(providers, "age")
	if len(list) == 0 {
		return
	}
	n := 0
	for _, age := range list {
		if age >= adult {
			n++
		}
	}
	f.say(Sentence{
		Key: "age.18", Chapter: chapterRequirements, Label: "Lowest age 18 or over", Question: "age", Count: n, Base: len(list), Of: giving.many,
		Text: fmt.Sprintf("Of the %s that named a lowest age, %s named 18 or over; the lowest named is %s and the highest %s.",
			many(len(list), "authority", "authorities"), count(n), whole(slices.Min(list)), whole(slices.Max(list))),
	})
	f.states(chapterRequirements, "age", "the lowest age", providers, providing)
}

// trained are whom training is for, for each option of the question "trains".
var trained = map[string]string{
	"people_at_risk": "people at risk", "family_friends": "family and friends", "workers": "workers", "pharmacists": "pharmacists", "police": "the police",
}

// training writes who is trained.
func (f *Findings) training(providers []*survey.Reply) {
	t := f.t
	if !t.has("trains") {
		return
	}
	for _, o := range t.questions["trains"].Options {
		if o.Alone || o.Key == "other" {
			continue
		}
		words := trained[o.Key]
		if words == "" {
			words = "(" + o.Words + ")"
		}
		f.share(finding{
			key: "trains." + o.Key, chapter: chapterRequirements, label: "Train " + words, question: "trains", share: t.choosing(providers, "trains", o.Key), of: giving,
			one: "trains " + words, many: "train " + words,
		})
	}
	f.states(chapterRequirements, "trains", "whom they train", providers, providing)
	if !t.has("trainer") {
		return
	}
	for _, o := range t.questions["trainer"].Options {
		if words := trainer[o.Key]; words != "" {
			f.share(finding{
				key: "trainer." + o.Key, chapter: chapterRequirements, label: "Trained by " + words, question: "trainer", share: t.choosing(providers, "trainer", o.Key), of: giving,
				one: "has training given by " + words, many: "have training given by " + words,
			})
		}
	}
	f.states(chapterRequirements, "trainer", "who trains", providers, providing)
}

// trainer names who trains, for each option of the question "trainer".
var trainer = map[string]string{
	"provider": "the provider of services", "authority": "the authority itself", "peers": "peers", "maker": "a maker of kits",
}

// numbers are the answers to a question about a number.
func (t *tally) numbers(of []*survey.Reply, question string) []float64 {
	var list []float64
	for _, r := range of {
		if v, is := t.number(r, question); is {
			list = append(list, v)
		}
	}
	return list
}
