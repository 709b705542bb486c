package findings

import "everykit/survey"

// through says how kits go through a setting, for each option of the question "gives".
var through = map[string]string{
	"drug_treatment": "through drug treatment services", "needle_exchange": "through needle and syringe programmes", "pharmacy": "through community pharmacies",
	"hostel": "through hostels", "homeless_outreach": "through homeless outreach", "outreach": "through other outreach", "hospital": "through hospitals",
	"police_custody": "in police custody", "probation": "through probation services", "ambulance": "through ambulance services",
	"peer_network": "through peer networks", "family_service": "through services for families", "primary_care": "through GPs and other primary care",
	"post": "by post",
}

// to says who may have a kit, for each option of the question "recipients".
var to = map[string]string{
	"on_substitution": "people on opioid substitution treatment", "in_treatment": "other people in drug treatment",
	"not_in_treatment": "people who use opiates and are not in treatment", "needle_exchange": "people who come to needle and syringe programmes",
	"pharmacy_clients": "people who come to community pharmacies", "homeless": "people who are homeless", "leaving_prison": "people who leave prison",
	"family_friends": "family, friends and carers", "workers": "workers who may see an overdose",
}

// given writes where and to whom kits do not go.
func (f *Findings) given() {
	t := f.t
	providers := t.providers()
	f.missing(providers, "gives", "not given ", through, func(words string) (one, many, instead string) {
		return "does not give kits out " + words, "do not give kits out " + words, "give kits out " + words
	})
	f.states(chapterGiven, "gives", "where kits are given out", providers, providing)
	f.missing(providers, "recipients", "not given to ", to, func(words string) (one, many, instead string) {
		return "does not give kits to " + words, "do not give kits to " + words, "give kits to " + words
	})
	f.states(chapterGiven, "recipients", "who may have a kit", providers, providing)
	f.share(finding{
		key: "anyone.yes", chapter: chapterGiven, label: "Give a kit to anyone who asks", question: "anyone", share: t.yesNo(providers, "anyone"), of: giving,
		one: "gives a kit to anyone who asks for one", many: "give a kit to anyone who asks for one",
	})
	f.states(chapterGiven, "anyone", "whether anyone who asks may have one", providers, providing)
}

// missing writes, for each option of a question that may be ticked, how many did not tick it.
func (f *Findings) missing(of []*survey.Reply, question, label string, phrases map[string]string, say func(string) (one, many, instead string)) {
	t := f.t
	if !t.has(question) {
		return
	}
	for _, o := range t.questions[question].Options {
		if o.Alone || o.Key == "other" {
			continue
		}
		words := phrases[o.Key]
		if words == "" {
			words = "(" + o.Words + ")"
		}
		s := t.choosing(of, question, o.Key)
		s.n = s.of - s.n
		one, many, instead := say(words)
		f.share(finding{
			key: question + ".not." + o.Key, chapter: chapterGiven, label: capital(label + words), question: question, share: s, of: giving,
			one: one, many: many, instead: instead,
		})
	}
}
