package report

import (
	"everykit/civil"
	"everykit/document"
	"everykit/fault"
	"everykit/mail"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// Reports makes the report of a quarter for each outlet and authority that gave data: what your data showed. Make one with
// New; it is safe for use by many goroutines.
type Reports struct {
	db       *store.DB
	reg      *registry.Registry
	measures *measure.Measures
	outbox   *mail.Outbox
	today    func() civil.Date
	site     string
	base     string // what stands before an address in a report: nothing, or for paper the site
}

// New makes the room. site is where people reach the pages, for letters and for what is printed. The ledger and the
// accounts are read in the tables of their rooms, within the transactions of this one.
func New(db *store.DB, reg *registry.Registry, measures *measure.Measures, outbox *mail.Outbox, today func() civil.Date, site string) *Reports {
	return &Reports{db: db, reg: reg, measures: measures, outbox: outbox, today: today, site: site}
}

// Paper makes reports whose links name the site, for a PDF: on a page they are paths.
func (r *Reports) Paper() *Reports {
	paper := *r
	paper.base = r.site
	return &paper
}

// begun refuses a period of which nothing can be known yet, and one too long to be a page.
func begun(p civil.Period, today civil.Date) error {
	switch {
	case p.IsZero() || p.Months() > 12:
		return fault.New(fault.Invalid, "a report is about a year, a quarter or a month").Hint("choose one, such as 2021/22-Q2").At("period")
	case p.First() > today:
		return fault.New(fault.Invalid, "%s has not begun", name(p)).Hint("choose a period before it").At("period")
	}
	return nil
}

// begin makes the frame of a report: what it is about, and who must not get it.
func begin(title string, p civil.Period, today civil.Date) *document.Document {
	d := &document.Document{
		Title: "What your data showed", Subtitle: title + ", " + nameOn(p, today), Made: today,
		Meta: []document.Pair{{Name: "Period", Value: p.String() + ": " + p.Words()}, {Name: "Read on", Value: today.Words()}},
	}
	return d
}

// notForOthers stands at the head of every report.
const notForOthers = "This page is for the people who recorded these numbers. Small numbers are not hidden in it: do not publish it or pass it on."

// yearEnded is the latest financial year that has ended by the end of a period: that of coverage.
func yearEnded(p civil.Period) civil.Period {
	y := civil.FinancialYearOf(p.Last())
	if y.Last() > p.Last() {
		return y.Before()
	}
	return y
}

// yearBack is the same period a year earlier.
func yearBack(p civil.Period) civil.Period {
	for range 12 / p.Months() {
		p = p.Before()
	}
	return p
}
