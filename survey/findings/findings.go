package findings

import (
	"everykit/measure"
	"everykit/survey"
)

// Findings is what a round found.
type Findings struct {
	Input     Input
	Sentences []Sentence       // in the order of the report
	Coverage  []measure.Figure // of each authority that was asked, by code; then regions and the nation, each with its pooled ratio and its mean

	t *tally
}

// Sentence is one finding in words, with the numbers that it stands on.
type Sentence struct {
	Key      string // gives.not.needle_exchange: the same in every round
	Chapter  string // key of its chapter
	Text     string
	Label    string   // what it is about, in a few words, for a table
	Question string   // key of the question it stands on; "" if it stands on none
	Count    int      // how many; for a ratio or a sum, of how many authorities it is
	Base     int      // of how many
	Value    *float64 // of a ratio or a sum: kits per 100 people, kits
	Of       string   // what Base counts, in words
}

// The chapters of the report.
const (
	chapterWho          = "who"
	chapterProvision    = "provision"
	chapterKits         = "coverage"
	chapterGiven        = "given"
	chapterRequirements = "requirements"
	chapterRecords      = "records"
	chapterHelp         = "help"
	chapterPrisons      = "prisons"
)

// Compose writes the findings from its input and nothing else.
func Compose(in Input) *Findings {
	f := &Findings{Input: in}
	f.t = newTally(in)
	f.t.f = f
	f.who()
	f.provision()
	f.Coverage = f.t.coverage()
	f.kits()
	f.ratios()
	f.given()
	f.requirements()
	f.records()
	f.help()
	f.prisons()
	return f
}

// Sentence gives one by its key; false if the round has none.
func (f *Findings) Sentence(key string) (Sentence, bool) {
	for _, s := range f.Sentences {
		if s.Key == key {
			return s, true
		}
	}
	return Sentence{}, false
}

func (f *Findings) say(s Sentence) { f.Sentences = append(f.Sentences, s) }

// finding is a sentence about a share before it is written.
type finding struct {
	key, chapter, label, question string
	share                         share
	of                            noun
	one, many                     string // what follows the share, for one and for many: "asks for a referral", "ask for a referral"
	instead                       string // the opposite of a denial, for many: "none do not" becomes "all do"
	tail                          string // after that, before the full stop
}

// share writes a sentence about one; nothing where nobody answered.
func (f *Findings) share(s finding) {
	if s.share.of == 0 {
		return
	}
	words, alone := s.share.lead(s.of)
	verb := s.many
	switch {
	case alone:
		verb = s.one
	case s.instead != "" && (s.share.n == 0 || s.share.n == s.share.of):
		words, _ = share{s.share.of - s.share.n, s.share.of}.lead(s.of)
		verb = s.instead
	}
	f.say(Sentence{
		Key: s.key, Chapter: s.chapter, Label: s.label, Question: s.question, Count: s.share.n, Base: s.share.of, Of: s.of.many,
		Text: words + " " + verb + s.tail + ".",
	})
}

// states tells, of those who were to answer a question, how many gave no answer to it and why.
func (f *Findings) states(chapter, question, about string, of []*survey.Reply, what noun) {
	if !f.t.has(question) || len(of) == 0 {
		return
	}
	c := f.t.count(of, question)
	if c.without() == 0 {
		return
	}
	f.say(Sentence{
		Key: question + ".states", Chapter: chapter, Label: "No answer: " + about, Question: question, Count: c.without(), Base: len(of), Of: what.many,
		Text: "Of the " + many(len(of), what.one, what.many) + ", " + count(c.without()) + " gave no answer to " + about + ": " + c.words() +
			". " + plural(c.without(), "It is", "They are") + " in none of these shares.",
	})
}
