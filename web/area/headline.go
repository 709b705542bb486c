package area

import (
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/measure"
	"everykit/staff"
	"everykit/web/figures"
	"everykit/web/notice"
	"everykit/web/page"
)

// spaced writes a key as words: health_board is health board.
func spaced(key string) string { return strings.ReplaceAll(key, "_", " ") }

// headline is the large figures, what is said under them, and what needs somebody.
func headline(v *visit, b *body) error {
	given, err := v.figure(measure.Dispensed, v.period)
	if err != nil {
		return err
	}
	bought, err := v.figure(measure.Purchased, v.period)
	if err != nil {
		return err
	}
	cover, err := v.figure(measure.Coverage, v.coverageYear())
	if err != nil {
		return err
	}
	b.Figures = []page.Figure{
		beside(figures.Card("Dispensed, "+b.Name, given, v.today), given),
		beside(figures.Card("Purchased, "+b.Name, bought, v.today), bought),
		v.coverageCard(cover),
	}
	b.Estimate = estimate(cover)
	for _, f := range []*measure.Figure{given, bought, cover} {
		for _, n := range f.Notes {
			if !slices.Contains(b.Notes, n) { // three figures of one period often have the same to say
				b.Notes = append(b.Notes, n)
			}
		}
	}
	if b.Quarter, err = v.quarter(); err != nil {
		return err
	}
	return v.shelfCards(b)
}

// beside says where a number that was not counted here is from.
func beside(c page.Figure, f *measure.Figure) page.Figure {
	if f.Basis == measure.FromReturn {
		c.Beside = f.Source
	}
	return c
}

// coverageCard is coverage with its denominator, and the kits that stand beside it.
func (v *visit) coverageCard(f *measure.Figure) page.Figure {
	c := figures.Card("Coverage, "+figures.Name(f.Period, v.today), f, v.today)
	switch {
	case f.Numerator != nil && f.Denominator != nil:
		c.Beside = page.Kits(int64(*f.Numerator)) + " for " + page.Decimal(*f.Denominator, 0) + " people who use opiates"
		if f.Measure == measure.CoverageTreatment {
			c.Beside = page.Kits(int64(*f.Numerator)) + " for " + page.Decimal(*f.Denominator, 0) + " people in treatment"
		}
	case f.Numerator != nil:
		c.Beside = page.Kits(int64(*f.Numerator)) + " given out in the community"
	}
	if len(f.Group) > 1 {
		c.Beside += ", for " + strconv.Itoa(len(f.Group)) + " authorities together"
	}
	return c
}

// estimate names the denominator of a coverage: who was estimated, for when, published when, by whom.
func estimate(f *measure.Figure) []page.Fact {
	e := f.Estimate
	if e == nil {
		return nil
	}
	number := page.Decimal(e.Value, 0)
	if e.Low != nil && e.High != nil {
		number += " (" + page.Decimal(*e.Low, 0) + " to " + page.Decimal(*e.High, 0) + ")"
	}
	facts := []page.Fact{
		{Key: "Divided by", Value: page.TextCell(number + " " + strings.ToLower(e.Population.Words()[:1]) + e.Population.Words()[1:])},
		{Key: "Estimated for", Value: page.TextCell(e.Period.String())},
	}
	published := "Not known"
	if e.Published.Known() {
		published = e.Published.Words()
	}
	source := page.TextCell(e.Source)
	if strings.HasPrefix(e.Source, "https://") {
		source = page.LinkCell(e.Source, e.Source)
	}
	facts = append(facts, page.Fact{Key: "Published", Value: page.TextCell(published)}, page.Fact{Key: "Method", Value: page.TextCell(e.Method)},
		page.Fact{Key: "Source", Value: source})
	for _, s := range f.Beside {
		facts = append(facts, page.Fact{Key: s.Channel.Words() + ": not in it", Value: page.TextCell(page.Kits(int64(s.Kits)))})
	}
	return facts
}

// quarter is the last whole quarter in a sentence, for who came for that.
func (v *visit) quarter() (string, error) {
	p := figures.LastQuarter(v.today)
	if p == v.period {
		return "", nil
	}
	given, err := v.figure(measure.Dispensed, p)
	if err != nil {
		return "", err
	}
	bought, err := v.figure(measure.Purchased, p)
	if err != nil {
		return "", err
	}
	return "Last whole quarter, " + figures.Name(p, v.today) + ": " + said(given, "dispensed") + ", " + said(bought, "purchased") + ".", nil
}

// said is a figure in a sentence: 312 kits dispensed; dispensed: no reply.
func said(f *measure.Figure, verb string) string {
	if x, ok := figures.Known(f); ok {
		return page.Kits(int64(x)) + " " + verb
	}
	return verb + ": " + page.StateTag(f.State.String()).Text
}

// shelfCards are what is there today, whatever the period.
func (v *visit) shelfCards(b *body) error {
	now, err := v.figure(measure.OnHand, civil.FinancialYearOf(v.today))
	if err != nil {
		return err
	}
	s, err := v.Measures.ShelfOf(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	board, err := v.board()
	if err != nil {
		return err
	}
	onHand := figures.Card("On hand", now, v.today)
	if _, ok := figures.Known(now); !ok { // nothing was ever on a shelf here: no figure of shelves is known
		b.Shelf = []page.Figure{onHand}
		return nil
	}
	onHand.Beside = plain(s.Usable) + " usable, " + plain(s.Held) + " held, " + plain(s.Expired) + " expired"
	with := page.Figure{
		Label: "With people, at most", Value: plain(s.PeopleInDate), Unit: "kits in date", Definition: string(measure.OnHand),
		Beside: "Not every use or loss is told",
	}
	if past := s.People - s.PeopleInDate; past > 0 {
		with.Beside += "; " + plain(past) + " more are past their date"
	}
	soon := page.Figure{Label: "Usable, expiring in 90 days", Value: "0", Unit: "kits", Definition: string(measure.Expiring)}
	for _, w := range board.Within {
		if w.Days == 90 {
			soon.Value = plain(w.Usable)
			if w.Usable > 0 {
				soon.Tone = page.Soon
			}
		}
		if w.Days == 30 {
			soon.Beside = plain(w.Usable) + " of them in 30 days"
		}
	}
	b.Shelf = []page.Figure{onHand, with, soon}
	return v.attention(b, s)
}

func plain(n int) string { return page.Number(int64(n)) }

// task is one thing that needs somebody, and where.
type task struct {
	Tag   page.Tag
	Text  string
	Links []page.Link // outlets; without an address where they may not be opened
}

// attention lists what is wrong today.
func (v *visit) attention(b *body, s measure.Shelf) error {
	waiting, err := notice.InArea(v.Visit, v.Area.ID)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		b.Attention = append(b.Attention, task{w.Tag, w.Text, []page.Link{w.Link}})
	}
	rows, err := v.rows()
	if err != nil {
		return err
	}
	empty, expired, silent := task{Tag: page.Tag{Text: "no kits", Tone: page.Bad}}, task{Tag: page.Tag{Text: "expired", Tone: page.Bad}}, task{Tag: page.Tag{Text: "silent", Tone: page.Soon}}
	for _, r := range rows {
		link := page.Link{Text: r.Outlet.Name, Href: v.outletHref(r.Outlet)}
		open := r.Outlet.OpenOn(v.today)
		if open && r.LastEntry != 0 && r.Shelf.Usable == 0 {
			empty.Links = append(empty.Links, link)
		}
		if r.LastEntry != 0 && r.Shelf.Expired > 0 {
			expired.Links = append(expired.Links, link)
		}
		if open && r.LastEntry < v.today.Month()-1 {
			silent.Links = append(silent.Links, link)
		}
	}
	empty.Text = outlets(len(empty.Links), "has", "have") + " no usable kit"
	expired.Text = page.Kits(int64(s.Expired)) + " on shelves past their date, at " + outlets(len(expired.Links), "", "")
	silent.Text = outlets(len(silent.Links), "has", "have") + " made no entry since " + (v.today.Month() - 1).First().Words()
	for _, t := range []task{empty, expired, silent} {
		if len(t.Links) > 0 {
			t.Text = strings.TrimSpace(t.Text)
			b.Attention = append(b.Attention, t)
		}
	}
	return nil
}

func outlets(n int, one, many string) string {
	if n == 1 {
		return strings.TrimSpace("1 outlet " + one)
	}
	return strings.TrimSpace(strconv.Itoa(n) + " outlets " + many)
}

// silent names the people here whose daily e-mail the mail server refuses, for whoever can put their address right.
func silent(v *visit, b *body) error {
	if v.Expiry == nil || !v.May(staff.ManageWorkers) {
		return nil
	}
	all, err := v.Expiry.Bounced(v.Ctx(), v.Area.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	t := task{Tag: page.Tag{Text: "no e-mail", Tone: page.Soon}, Text: "The mail server refuses the daily e-mail of " + page.Plural(int64(len(all)), "person", "people") + ". Look at the address"}
	for _, one := range all {
		t.Links = append(t.Links, page.Link{Text: one.Name, Href: "/accounts/" + strconv.Itoa(one.Account)})
	}
	b.Attention = append(b.Attention, t)
	return nil
}
