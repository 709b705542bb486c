package findings

import (
	"fmt"

	"everykit/document"
	"everykit/survey"
)

// main are the findings that the first chapter repeats, where the round has them.
var main = []string{
	"who.nobody", "who.answered", "who.silent", "provides.yes", "plans.yes", "plans.no", "dispensed.given", "dispensed.total", "coverage.pooled",
	"coverage.mean", "coverage.under_20", "coverage.best", "gives.not.needle_exchange", "gives.not.pharmacy", "gives.not.homeless_outreach",
	"recipients.not.on_substitution", "recipients.not.pharmacy_clients", "recipients.not.family_friends", "requires.referral_or_appointment",
	"requires.assessment", "requires.none", "records_purchased.yes", "records_dispensed.yes", "monitors_expiry.yes", "prison.programme", "young.programme",
}

// parts are the chapters between the summary and the method, with what the report recommended on each.
var parts = []struct{ key, title, recommends string }{
	{chapterWho, "Who answered", ""},
	{chapterProvision, "Is it provided everywhere?", "Recommendation 1: take-home naloxone should be provided in every local authority."},
	{chapterKits, "Kits given out and coverage", "Recommendation 2: at least one kit should be given out for every person who uses opiates."},
	{chapterGiven, "Where and to whom kits are given", "Recommendation 3: anyone who asks should be able to have a kit, and above all people at risk of an overdose or likely to see one."},
	{chapterRequirements, "What people must do to get a kit", "Recommendation 4: requirements that are not needed should be taken away."},
	{chapterRecords, "What is recorded", "Recommendation 5: kits purchased and dispensed should be recorded, and expiry dates monitored, so that kits can be recalled and reissued."},
	{chapterHelp, "The help authorities ask for", "Recommendation 6: there should be support and guidance for local authorities from the nation."},
	{chapterPrisons, "Prisons and young offender institutions", ""},
}

// Document is the report.
func (f *Findings) Document() document.Document {
	in := f.Input
	d := document.Document{
		Title: fmt.Sprintf("Take-home naloxone in %s, %s", in.Nation, in.Round.Period), Subtitle: in.Round.Title, Language: "en-GB", Made: in.AsOf,
		Meta: []document.Pair{
			{Name: "Period", Value: in.Round.Period.String() + ", " + in.Round.Period.Words()},
			{Name: "Source", Value: "answers of " + many(len(f.t.repliers(f.t.authorities)), "authority", "authorities") + " to the round " + in.Round.Key},
			{Name: "As of", Value: in.AsOf.Words()},
		},
	}
	d.Chapters = append(d.Chapters, document.Chapter{Key: "summary", Title: "Main points", Blocks: f.summary()})
	for _, p := range parts {
		points := f.points(p.key)
		if len(points.Items) == 0 {
			continue
		}
		c := document.Chapter{Key: p.key, Title: p.title}
		if p.recommends != "" {
			c.Blocks = append(c.Blocks, document.Para{Text: p.recommends})
		}
		c.Blocks = append(c.Blocks, points)
		c.Blocks = append(c.Blocks, f.drawings(p.key)...)
		d.Chapters = append(d.Chapters, c)
	}
	d.Chapters = append(d.Chapters, f.method())
	if len(f.t.authorities) > 0 {
		d.Chapters = append(d.Chapters, f.answers())
	}
	return d
}

// summary is the main points, with a word where answers may still come.
func (f *Findings) summary() []document.Block {
	var blocks []document.Block
	if f.Input.Round.State == survey.Open {
		blocks = append(blocks, document.Para{Text: "The round is still open: answers may come, and these findings may change."})
	}
	var p document.Points
	for _, key := range main {
		if s, is := f.Sentence(key); is {
			p.Items = append(p.Items, s.Text)
		}
	}
	return append(blocks, p)
}

func (f *Findings) points(chapter string) (p document.Points) {
	for _, s := range f.Sentences {
		if s.Chapter == chapter {
			p.Items = append(p.Items, s.Text)
		}
	}
	return p
}

// drawings are the charts of a chapter, each with its table beneath.
func (f *Findings) drawings(chapter string) []document.Block {
	switch chapter {
	case chapterProvision:
		return f.provisionChart()
	case chapterKits:
		return append(f.regionChart(), f.hexMap()...)
	case chapterGiven:
		return append(f.optionChart("gives", through), f.optionChart("recipients", to)...)
	case chapterRequirements:
		return f.requirementChart()
	case chapterRecords:
		return f.recordChart()
	case chapterPrisons:
		return f.prisonTable()
	}
	return nil
}

// source is what stands under charts and tables.
func (f *Findings) source() string {
	return "answers to the round " + f.Input.Round.Key
}
