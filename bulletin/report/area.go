package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"everykit/civil"
	"everykit/document"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// mostOutlets is how many outlets a report lists one by one; the rest stand in a row together.
const mostOutlets = 15

// areaReport is what a page about an authority is written from.
type areaReport struct {
	area     *registry.Area
	p        civil.Period
	today    civil.Date
	months   []measure.MonthRow // from the year before to the end of the period
	figures  [2][3]*measure.Figure
	left     [3]gone
	supplies measure.Supplies
	board    measure.ExpiryBoard
	shelf    measure.Shelf
	outlets  []outletLine
	covered  coverage
}

// outletLine is one outlet of an authority.
type outletLine struct {
	outlet      *registry.Outlet
	now, before sum
	silent      []civil.Month
	started     bool // had anything to say by the end of the period
}

// OfArea is one page about an authority's quarter, or another period of at most a year. NotFound if there is no such
// authority, Invalid if the period has not begun.
func (r *Reports) OfArea(ctx context.Context, area int, p civil.Period) (*document.Document, error) {
	var d *document.Document
	err := r.db.Moment(ctx, func(ctx context.Context) error {
		a, err := r.readArea(ctx, area, p)
		if err == nil {
			d = r.areaDocument(a)
		}
		return err
	})
	return d, err
}

func (r *Reports) readArea(ctx context.Context, area int, p civil.Period) (*areaReport, error) {
	a := &areaReport{p: p, today: r.today()}
	if err := begun(p, a.today); err != nil {
		return nil, err
	}
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	if a.area = snap.Area(area); a.area == nil || !a.area.IsAuthority() {
		return nil, fault.New(fault.NotFound, "there is no such authority")
	}
	before, year := p.Before(), yearBack(p)
	from := min(year.From, before.From)
	if a.months, err = r.measures.AreaMonths(ctx, area, from, p.To); err != nil {
		return nil, err
	}
	for i, k := range []measure.Key{measure.Dispensed, measure.Purchased} {
		lines, err := r.measures.Series(ctx, k, area, []civil.Period{p, before, year})
		if err != nil {
			return nil, err
		}
		for j := range lines[0].Figures {
			a.figures[i][j] = &lines[0].Figures[j]
		}
	}
	if a.supplies, err = r.measures.SuppliesOf(ctx, area, p); err != nil {
		return nil, err
	}
	if a.board, err = r.measures.ExpiryOf(ctx, area); err != nil {
		return nil, err
	}
	if a.shelf, err = r.measures.ShelfOf(ctx, area); err != nil {
		return nil, err
	}
	if err := r.readLines(ctx, a, before, from); err != nil {
		return nil, err
	}
	ids := measure.LedgersFor(snap, a.area, a.today)
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		for i, q := range []civil.Period{p, before, year} {
			var err error
			if a.left[i], err = readGone(ctx, tx, ids, 0, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.covered, err = r.readCoverage(ctx, snap, a.area, p)
	return a, err
}

func (r *Reports) readLines(ctx context.Context, a *areaReport, before civil.Period, from civil.Month) error {
	list, err := r.measures.OutletMonths(ctx, a.area.ID, min(from, before.From), a.p.To)
	if err != nil {
		return err
	}
	seen, err := r.measures.HeardFrom(ctx, a.area.ID)
	if err != nil {
		return err
	}
	for _, o := range list {
		line := outletLine{outlet: o.Outlet, now: sumOf(o.Months, a.p), before: sumOf(o.Months, before)}
		first := seen[o.Outlet.ID].First
		line.started = first != 0 && first <= a.p.To || line.now.known > 0
		line.silent = silentIn(o.Months, a.p, first, o.Outlet.OpenOn, a.today)
		if line.started && (line.now.known > 0 || line.before.known > 0 || len(line.silent) > 0) {
			a.outlets = append(a.outlets, line)
		}
	}
	slices.SortStableFunc(a.outlets, func(x, y outletLine) int {
		return cmp.Or(cmp.Compare(y.now.given, x.now.given), cmp.Compare(x.outlet.Code, y.outlet.Code))
	})
	return nil
}

func (r *Reports) areaDocument(a *areaReport) *document.Document {
	d := begin(a.area.Name, a.p, a.today)
	now, before, year := sumOf(a.months, a.p), sumOf(a.months, a.p.Before()), sumOf(a.months, yearBack(a.p))
	title := finding(a.area.Name, "has", now, before, a.p)
	if a.returned() {
		title = a.finding()
	}
	first := document.Chapter{Key: "given", Title: title, Blocks: []document.Block{
		document.Para{Text: a.thanks() + " " + notForOthers},
	}}
	if a.returned() {
		first.Blocks = append(first.Blocks, a.told())
	}
	if now.known+before.known+year.known > 0 { // the ledger has something to say, beside what returns say
		first.Blocks = append(first.Blocks, glance(a.p, now, before, year, a.left))
		first.Blocks = append(first.Blocks, byMonth(a.p, a.months, a.today, a.area.Name)...)
	}
	d.Chapters = []document.Chapter{first, r.chapter(choose(a.facts()))}
	if len(a.outlets) > 0 {
		d.Chapters = append(d.Chapters, a.lines(), firstAndRepeat(a.supplies), a.expiring())
	}
	if blocks := a.covered.blocks(a.area); blocks != nil {
		c := document.Chapter{Key: "coverage", Title: "Coverage in " + a.covered.year.String(), Blocks: blocks}
		if a.covered.own.Value != nil && a.covered.nation != nil {
			c.Title = "Your coverage is " + one(*a.covered.own.Value) + " and " + a.covered.nationName + "’s is " + one(*a.covered.nation.Value)
		}
		d.Chapters = append(d.Chapters, c)
	}
	return d
}

// whole reports whether a figure is a number of all of its period.
func whole(f *measure.Figure) bool { return f.Value != nil && f.State != measure.Partial }

// returned reports whether a return says something of the period that the ledger does not: then the figures of room measure
// are told, which choose between the two.
func (a *areaReport) returned() bool {
	f := a.figures[0][0]
	return f.Value != nil && f.Basis&measure.FromReturn != 0
}

// finding is the first title where a return has told.
func (a *areaReport) finding() string {
	now, before := a.figures[0][0], a.figures[0][1]
	switch {
	case whole(now) && whole(before):
		return fmt.Sprintf("%s gave out %s, %s", a.area.Name, kits(int(*now.Value)), change(int(*now.Value), int(*before.Value), "the "+span(a.p)+" before"))
	case !whole(now):
		return fmt.Sprintf("%s gave out %s in the part of %s that is known", a.area.Name, kits(int(*now.Value)), name(a.p))
	}
	return fmt.Sprintf("%s gave out %s", a.area.Name, kits(int(*now.Value)))
}

func (a *areaReport) thanks() string {
	if a.figures[0][0].Value == nil {
		return "Nothing is recorded for " + name(a.p) + " yet. It is not too late: entries and returns can be made for a time that is past."
	}
	return "Thank you, and thank everybody who recorded this. Every entry helps to see where kits are missing."
}

// told is the table of the authority's own figures, whether counted in the ledger or sent as a return.
func (a *areaReport) told() document.Table {
	t := document.Table{Key: "figures", Caption: "What the bulletin counts for you, " + name(a.p), Columns: threeSpans(a.p)}
	for i, k := range []measure.Key{measure.Dispensed, measure.Purchased} {
		row := document.Row{Cells: []string{k.Words()}}
		for _, f := range a.figures[i] {
			cell := "not known"
			if f.Value != nil {
				cell = plain(int(*f.Value))
				if f.State == measure.Partial {
					cell += " [p]"
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
		f := a.figures[i][0]
		if f.Value == nil {
			t.Notes = append(t.Notes, k.Words()+", this "+span(a.p)+": "+lower(f.State.Words())+".")
		}
		t.Notes = append(t.Notes, f.Notes...)
	}
	t.Source = a.figures[0][0].Source
	if t.Source == "" {
		t.Source = recordedHere
	}
	return compared(a.p, t)
}

// lines is the table of outlets, those that gave out most first.
func (a *areaReport) lines() document.Chapter {
	t := document.Table{
		Key: "outlets", Caption: "Kits given out by each outlet, " + name(a.p),
		Columns: []document.Column{
			{Key: "outlet", Label: "Outlet"},
			{Key: "kits", Label: "This " + span(a.p), Numeric: true},
			{Key: "before", Label: "The " + span(a.p) + " before", Numeric: true},
			{Key: "silent", Label: "Silent months"},
		},
	}
	silent, rest := 0, sum{}
	for i, l := range a.outlets {
		if len(l.silent) > 0 {
			silent++
		}
		if i >= mostOutlets && len(a.outlets) > mostOutlets+1 {
			rest.given += l.now.given
			rest.bought += l.before.given
			continue
		}
		t.Rows = append(t.Rows, document.Row{Cells: []string{l.outlet.Name, l.now.cell(l.now.given), l.before.cell(l.before.given), monthList(l.silent)}})
	}
	if more := len(a.outlets) - len(t.Rows); more > 0 {
		t.Rows = append(t.Rows, document.Row{Cells: []string{count(more, "other outlet", "other outlets"), plain(rest.given), plain(rest.bought), ""}})
	}
	t.Notes = []string{"[p]: some months of the " + span(a.p) + " are not known. A silent month has no entry, and nobody confirmed that there was nothing: it is not nought."}
	c := document.Chapter{Key: "outlets", Title: fmt.Sprintf("%s told us about every month", count(len(a.outlets), "outlet", "outlets")), Blocks: []document.Block{t}}
	if silent > 0 {
		c.Title = fmt.Sprintf("%d of %s %s silent in at least one month", silent, count(len(a.outlets), "outlet", "outlets"), map[bool]string{true: "was", false: "were"}[silent == 1])
		c.Blocks = append([]document.Block{document.Para{Text: "Where there was nothing to record, the outlet can say so on its page under “Months without an entry”. Then it counts as none."}}, t)
	}
	return c
}

func (a *areaReport) expiring() document.Chapter {
	months := make([]measure.ExpiryMonth, soonMonths)
	for i := range months {
		months[i].Month = a.today.Month() + civil.Month(i)
		if i < len(a.board.Months) {
			months[i] = a.board.Months[i]
		}
	}
	return expiringSoon(months, a.shelf.Expired, a.today)
}

func (a *areaReport) facts() facts {
	supplies, _ := supplied(a.supplies)
	f := facts{
		home: "/areas/" + a.area.Code, area: true, expired: a.shelf.Expired, supplies: supplies, recipients: missing(a.supplies.Recipient),
		firsts: missing(a.supplies.First), noStock: a.left[0].noStock, usable: a.shelf.Usable, peoplePast: a.shelf.People - a.shelf.PeopleInDate, belowCover: a.covered.below(),
	}
	for _, w := range a.board.Within {
		if w.Days == 90 {
			f.within90 = w.Usable
		}
	}
	for _, l := range a.outlets {
		if len(l.silent) > 0 {
			f.silentAt++
		}
	}
	return f
}
