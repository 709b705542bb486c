package findings

import (
	"fmt"
	"math"

	"everykit/survey"
)

// recorded are the questions of recommendation 5 that are answered yes or no.
var recorded = []struct{ question, label, one, many, about string }{
	{"records_purchased", "Record kits purchased", "records how many kits are purchased", "record how many kits are purchased", "whether purchases are recorded"},
	{"records_dispensed", "Record kits dispensed", "records how many kits are dispensed", "record how many kits are dispensed", "whether kits dispensed are recorded"},
	{"monitors_expiry", "Monitor expiry dates", "monitors expiry dates", "monitor expiry dates", "whether expiry dates are monitored"},
	{"recalls", "Could reach every outlet that holds a lot", "could reach every outlet that holds a lot", "could reach every outlet that holds a lot", "whether they could reach every outlet that holds a lot"},
	{"reissues", "Reissue kits before they expire", "reissues kits before they expire", "reissue kits before they expire", "whether kits are reissued"},
}

// records writes whether kits purchased and dispensed are recorded, and expiry monitored, or not.
func (f *Findings) records() {
	t := f.t
	providers := t.providers()
	for _, q := range recorded {
		s := t.yesNo(providers, q.question)
		tail := ""
		if no := s.of - s.n; s.n > 0 && no > 0 {
			tail = "; " + count(no) + " " + plural(no, "does not", "do not")
			if q.question == "recalls" {
				tail = "; " + count(no) + " could not"
			}
		}
		f.share(finding{
			key: q.question + ".yes", chapter: chapterRecords, label: q.label, question: q.question, share: s, of: giving, one: q.one, many: q.many, tail: tail,
		})
		f.states(chapterRecords, q.question, q.about, providers, providing)
	}
	f.allThree(providers)
	f.purchased(providers)
	f.buyers(providers)
}

// allThree writes how many do all that the recommendation names.
func (f *Findings) allThree(providers []*survey.Reply) {
	t := f.t
	var s share
	for _, r := range providers {
		all, known := true, true
		for _, q := range recorded[:3] {
			yes, is := t.yes(r, q.question)
			all, known = all && yes, known && is
		}
		if known {
			s.of++
			if all {
				s.n++
			}
		}
	}
	f.share(finding{
		key: "records.all", chapter: chapterRecords, label: "Record both and monitor expiry", question: "monitors_expiry", share: s,
		of:  noun{"authority that provides and answered all three", "authorities that provide and answered all three"},
		one: "records both and monitors expiry dates", many: "record both and monitor expiry dates",
	})
}

// purchased writes how many gave kits purchased, and how these moved since the year before.
func (f *Findings) purchased(providers []*survey.Reply) {
	t := f.t
	if list := t.numbers(providers, "purchased"); len(list) > 0 {
		total := 0.0
		for _, v := range list {
			total += v
		}
		f.say(Sentence{
			Key: "purchased.total", Chapter: chapterRecords, Label: "Kits purchased", Question: "purchased", Count: len(list), Base: len(providers), Value: &total, Of: providing.many,
			Text: fmt.Sprintf("%s of the %s gave the number of kits purchased in %s: %s in all.",
				count(len(list)), many(len(providers), providing.one, providing.many), t.period(), many(int(math.Round(total)), "kit", "kits")),
		})
		f.states(chapterRecords, "purchased", "kits purchased", providers, providing)
	}
	var now, before float64
	n := 0
	for _, r := range providers {
		a, isA := t.number(r, "purchased")
		if b, isB := t.number(r, "purchased_before"); isA && isB {
			now, before, n = now+a, before+b, n+1
		}
	}
	if n > 0 {
		f.say(Sentence{
			Key: "purchased.change", Chapter: chapterRecords, Label: "Kits purchased by those that gave both years", Question: "purchased_before", Count: n, Base: len(providers), Value: &now, Of: providing.many,
			Text: fmt.Sprintf("The %s that gave numbers for both years purchased %s in the year before and %s in %s.",
				many(n, "authority", "authorities"), many(int(math.Round(before)), "kit", "kits"), whole(now), t.period()),
		})
	}
	f.share(finding{
		key: "plans_to_purchase.yes", chapter: chapterRecords, label: "Plan to purchase more", question: "plans_to_purchase", share: t.yesNo(providers, "plans_to_purchase"), of: giving,
		one: "plans to purchase more", many: "plan to purchase more",
	})
}

// buyer names who buys, for each option of the question "buys".
var buyer = map[string]string{
	"authority": "the authority itself", "provider": "the provider of services", "pharmacy": "pharmacies", "nhs_trust": "an NHS trust",
	"integrated_care_board": "an integrated care board", "police_commissioner": "a police and crime commissioner",
}

func (f *Findings) buyers(providers []*survey.Reply) {
	t := f.t
	if !t.has("buys") {
		return
	}
	for _, o := range t.questions["buys"].Options {
		words := buyer[o.Key]
		if words == "" {
			continue
		}
		f.share(finding{
			key: "buys." + o.Key, chapter: chapterRecords, label: "Bought by " + words, question: "buys", share: t.choosing(providers, "buys", o.Key), of: giving,
			one: "names " + words + " as a buyer of kits", many: "name " + words + " as a buyer of kits",
		})
	}
	f.states(chapterRecords, "buys", "who buys kits", providers, providing)
}
