package words

import (
	"everykit/measure"
	"everykit/web/desk"
	"everykit/web/page"
)

// entry is one thing that is defined. Key is its anchor.
type entry struct {
	Key     string
	Name    string
	Version string
	Lead    string
	Facts   []page.Fact
}

// glossary is the page of definitions.
type glossary struct {
	Measures []entry
	Terms    []entry
	States   []entry
}

// terms are the words that stand beside figures and are no measures themselves.
var terms = []entry{
	{Key: "kit", Name: "Kit and dose", Lead: "A kit is one pack, as it is handed to a person. It is what is counted. A kit holds one or more doses; they are shown beside and never added to kits."},
	{Key: "on_shelf", Name: "On hand, held, expired and usable", Lead: "On hand is every kit at an outlet. Held ones are set aside: by a notice, handed back, or damaged. Expired ones are past their last day. Usable ones are all the others: what can be given out today. On hand is held, expired and usable together."},
	{Key: "expired", Name: "Expiry", Lead: "A kit that says 11/2026 may be used until 30 November 2026. Orange means 90 days or fewer are left, red that the day is past. The words beside say the same."},
	{Key: "turned_away", Name: "Turned away", Lead: "Somebody asked for a kit and got none, and why. Nothing about the person is kept."},
	{Key: "financial_year", Name: "Financial year and quarter", Lead: "A financial year runs from April to March: 2025/26 ends on 31 March 2026. Its first quarter is April to June."},
	{Key: "limits", Name: "Low and high ends", Lead: "Some figures are estimates or come from few events. The low and high ends say between what numbers the true one is likely to lie. Each figure says where its ends come from: the interval that was published with an estimate of people, or a 95 per cent limit worked out here."},
	{Key: "average", Name: "Pooled ratio and mean of ratios", Lead: "The pooled ratio of a nation is all kits over all people, of the authorities that have both numbers. The mean of ratios takes each authority’s ratio once, small and large alike. They differ, so each has its name. What somebody else published stands beside them under its own name."},
	{Key: "funnel", Name: "Far from the average", Lead: "In a small authority chance moves a figure further than in a large one. The lines of the drawing show how far. An authority outside them is further from the average than chance is likely to take it. That is a reason to ask why. It is no list of best and worst."},
	{Key: "areas", Name: "Areas as they stood on a day", Lead: "Authorities change: some are joined, some are parted. A figure is for the authorities as they stood on the last day of its period, unless the page says another day. What cannot be told apart is left as it was."},
	{Key: "late", Name: "Day it happened and day it was entered", Lead: "Every record has both. A figure counts a kit on the day it happened. A late entry changes the figures of its own day."},
}

func definitions(v *desk.Visit) error {
	b := glossary{Terms: terms}
	for _, d := range measure.Definitions() {
		b.Measures = append(b.Measures, defined(d))
	}
	for _, s := range measure.States() {
		b.States = append(b.States, entry{Key: "state_" + s.String(), Name: s.Words(), Lead: s.Meaning()})
	}
	pv := v.View(v.T("definitions.title"))
	pv.Body = b
	return show(v, "definitions", pv)
}

// defined is a measure as the page has it: no line for what it does not say.
func defined(d measure.Definition) entry {
	e := entry{Key: string(d.Key), Name: d.Name, Version: d.Version, Lead: d.Counts}
	for _, line := range [][2]string{
		{"Unit", d.Unit}, {"What is divided", d.Numerator}, {"By what", d.Denominator}, {"Where it comes from", d.Source}, {"What it is not", d.Not}, {"Who counts it so", d.UsedBy},
	} {
		if line[1] != "" {
			e.Facts = append(e.Facts, page.Fact{Key: line[0], Value: page.TextCell(page.Sentence(line[1]))})
		}
	}
	return e
}
