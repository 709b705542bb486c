package findings

import (
	"fmt"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/document"
	"everykit/measure"
	"everykit/survey"
)

// method says how the findings were made.
func (f *Findings) method() document.Chapter {
	in, t := f.Input, f.t
	def := measure.DefinitionOf(measure.Coverage)
	c := document.Chapter{Key: "method", Title: "Method and definitions"}
	add := func(b ...document.Block) { c.Blocks = append(c.Blocks, b...) }
	text := fmt.Sprintf("The questions of the round %s went to %s", in.Round.Key, many(len(t.authorities), "authority", "authorities"))
	if n := len(t.prisons); n > 0 {
		text += ", " + many(n, "prison", "prisons")
	}
	if n := len(t.young); n > 0 {
		text += ", " + many(n, "young offender institution", "young offender institutions")
	}
	if in.Round.SentOn != civil.None && in.Round.SentOn != 0 {
		text += " on " + in.Round.SentOn.Words()
	}
	add(document.Para{Text: text + ". Every sentence is made by rule from their answers."},
		document.Heading{Text: "Shares in words"},
		document.Para{Text: fmt.Sprintf("A share of %d or more answers is put in words, with the numbers beside them. \"A third\" is exactly that. \"Nearly\" is up to %d percentage points below and \"just over\" up to %d above; \"over\" is further above, and below the next. The fractions are %s. Shares of fewer answers are told as numbers alone.",
			fewest, int(100*within), int(100*within), fractionWords())},
		document.Heading{Text: "Answers that are no answer"},
		document.Para{Text: "Don't know, information not held, refused, left open and no reply are counted as what they are. They are in no share, and never counted as no or as nought. Where the questions before left one out, it counts as not asked."},
		document.Para{Text: "An authority that left open whether it provides, and gave a number of kits above nought, is taken to provide."},
		document.Heading{Text: "Coverage"},
		document.Para{Text: def.Counts}, document.Para{Text: def.Denominator}, document.Para{Text: def.Not},
		document.Para{Text: "Kits are the answer to the question on kits given out, except where the authority's outlets keep their ledger here: then they are counted. Nothing is divided by an estimate that is not there."},
	)
	if list := f.estimates(); len(list) > 0 {
		add(document.Para{Text: "Estimates used, published by " + in.AsOf.Words() + ":"}, document.Points{Items: list})
	}
	if clashes := f.clashes(); len(clashes) > 0 {
		add(document.Heading{Text: "Where answer and ledger differ"}, document.Points{Items: clashes})
	}
	if doubts := f.doubts(); len(doubts.Rows) > 0 {
		add(document.Heading{Text: "Doubts about answers"}, doubts)
	}
	return c
}

func fractionWords() string {
	var list []string
	for _, f := range fractions {
		list = append(list, f.words)
	}
	return joined(list)
}

// estimates names those that were used, each with how many authorities it stands under.
func (f *Findings) estimates() []string {
	n := map[string]int{}
	for _, r := range f.Coverage {
		if r.Row == measure.Own && r.Estimate != nil {
			n[r.Estimate.Words()]++
		}
	}
	var list []string
	for words, of := range n {
		list = append(list, words+": "+many(of, "authority", "authorities"))
	}
	slices.Sort(list)
	return list
}

func (f *Findings) clashes() []string {
	var list []string
	for _, r := range f.t.authorities {
		if k := f.t.kits(r.Area); k.note != "" {
			list = append(list, k.note)
		}
	}
	return list
}

// doubts lists what the checks of the round found, and whether it was explained: how, in the words of whoever answered, is
// not for everybody. What tells of answers that are not public stays away, and so does what staff only asked.
func (f *Findings) doubts() document.Table {
	t := document.Table{
		Key: "findings-doubts", Caption: "Doubts that the checks found", Columns: []document.Column{
			{Key: "authority", Label: "Authority"}, {Key: "doubt", Label: "Doubt"}, {Key: "explained", Label: "Explained"},
		},
	}
	for _, list := range [][]*survey.Reply{f.t.authorities, f.t.prisons, f.t.young} {
		for _, r := range list {
			for _, d := range r.Doubts {
				if q := f.t.questions[d.Question]; d.Private || d.Says == "" || d.Question != "" && (q == nil || q.Private) {
					continue
				}
				said := "no"
				if strings.TrimSpace(d.Explained) != "" {
					said = "yes"
				}
				t.Rows = append(t.Rows, document.Row{Cells: []string{r.Name, d.Says, said}})
			}
		}
	}
	return t
}
