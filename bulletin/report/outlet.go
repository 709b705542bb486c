package report

import (
	"context"
	"fmt"
	"strconv"

	"everykit/civil"
	"everykit/document"
	"everykit/fault"
	"everykit/measure"
	"everykit/registry"
	"everykit/store"
)

// outletReport is what a page about an outlet is written from.
type outletReport struct {
	outlet    *registry.Outlet
	area      *registry.Area
	p         civil.Period
	today     civil.Date
	months    []measure.MonthRow // from the year before to the end of the period
	heard     measure.Heard
	left      [3]gone // now, before, a year before
	entries   entries
	shelf     shelf
	undated   []undated
	areaGiven sum
	covered   coverage
}

// OfOutlet is one page about an outlet's quarter, or another period of at most a year. NotFound if there is no such outlet,
// Invalid if the period has not begun.
func (r *Reports) OfOutlet(ctx context.Context, outlet int, p civil.Period) (*document.Document, error) {
	var d *document.Document
	err := r.db.Moment(ctx, func(ctx context.Context) error {
		o, err := r.readOutlet(ctx, outlet, p)
		if err == nil {
			d = r.outletDocument(o)
		}
		return err
	})
	return d, err
}

func (r *Reports) readOutlet(ctx context.Context, outlet int, p civil.Period) (*outletReport, error) {
	o := &outletReport{p: p, today: r.today()}
	if err := begun(p, o.today); err != nil {
		return nil, err
	}
	snap, err := r.reg.Now(ctx)
	if err != nil {
		return nil, err
	}
	if o.outlet = snap.Outlet(outlet); o.outlet == nil {
		return nil, fault.New(fault.NotFound, "there is no such outlet")
	}
	o.area = snap.Area(o.outlet.Area)
	from := min(yearBack(p).From, p.Before().From)
	all, err := r.measures.OutletMonths(ctx, o.area.ID, from, p.To)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if one.Outlet.ID == outlet {
			o.months = one.Months
		}
	}
	whole, err := r.measures.AreaMonths(ctx, o.area.ID, p.From, p.To)
	if err != nil {
		return nil, err
	}
	o.areaGiven = sumOf(whole, p)
	seen, err := r.measures.HeardFrom(ctx, o.area.ID)
	if err != nil {
		return nil, err
	}
	o.heard = seen[outlet]
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		for i, q := range []civil.Period{p, p.Before(), yearBack(p)} {
			if o.left[i], err = readGone(ctx, tx, []int{o.area.ID}, outlet, q); err != nil {
				return err
			}
		}
		if o.entries, err = readEntries(ctx, tx, o.outlet, p); err != nil {
			return err
		}
		if o.shelf, err = readShelf(ctx, tx, o.outlet, o.today); err != nil {
			return err
		}
		o.undated, err = readUndated(ctx, tx, snap, o.outlet)
		return err
	})
	if err != nil {
		return nil, err
	}
	o.covered, err = r.readCoverage(ctx, snap, o.area, p)
	return o, err
}

func (o *outletReport) silent() []civil.Month {
	return silentIn(o.months, o.p, o.heard.First, o.outlet.OpenOn, o.today)
}

func (r *Reports) outletDocument(o *outletReport) *document.Document {
	now, before, year := sumOf(o.months, o.p), sumOf(o.months, o.p.Before()), sumOf(o.months, yearBack(o.p))
	d := begin(o.outlet.Name, o.p, o.today)
	d.Meta = append(d.Meta, document.Pair{Name: "Authority", Value: o.area.Name})
	title, isStore := finding("You", "have", now, before, o.p), o.outlet.Kind == registry.Store
	if isStore && now.known > 0 { // which gives nothing out: it is there to send
		title = "You sent " + kits(now.out) + " to other outlets"
		if now.whole() && before.whole() {
			title += ", " + change(now.out, before.out, "the "+span(o.p)+" before")
		}
	}
	first := document.Chapter{Key: "given", Title: title, Blocks: []document.Block{
		document.Para{Text: thanks(now, o.p) + " " + notForOthers},
		glance(o.p, now, before, year, o.left),
	}}
	next, expires := r.chapter(choose(o.facts())), expiringSoon(o.shelf.months, o.shelf.expired, o.today)
	if isStore {
		d.Chapters = []document.Chapter{first, next, expires, o.gaps()}
		return d
	}
	first.Blocks = append(first.Blocks, byMonth(o.p, o.months, o.today, o.outlet.Name)...)
	d.Chapters = []document.Chapter{first, next, firstAndRepeat(o.entries.Supplies), expires, o.gaps()}
	if share := o.share(now); len(share.Blocks) > 0 {
		d.Chapters = append(d.Chapters, share)
	}
	return d
}

// thanks begins a report.
func thanks(now sum, p civil.Period) string {
	if now.known == 0 {
		return "Nothing is recorded here for " + name(p) + " yet. It is not too late: an entry can be made for a day that is past."
	}
	return "Thank you for recording this. Every entry helps to see where kits are missing."
}

// finding is the first title: how many kits were given out, and how that compares.
func finding(who, have string, now, before sum, p civil.Period) string {
	switch {
	case now.known == 0:
		return fmt.Sprintf("%s %s nothing recorded for %s", who, have, name(p))
	case now.whole() && before.whole():
		return fmt.Sprintf("%s gave out %s, %s", who, kits(now.given), change(now.given, before.given, "the "+span(p)+" before"))
	case !now.whole():
		return fmt.Sprintf("%s gave out %s in the %d of %d months that are known", who, kits(now.given), now.known, now.months)
	}
	return fmt.Sprintf("%s gave out %s", who, kits(now.given))
}

func (o *outletReport) facts() facts {
	supplies, _ := supplied(o.entries.Supplies)
	return facts{
		home: "/outlets/" + strconv.Itoa(o.outlet.ID), silent: o.silent(), expired: o.shelf.expired, within90: o.shelf.within90, undated: len(o.undated),
		supplies: supplies, recipients: missing(o.entries.Recipient), firsts: missing(o.entries.First), late: o.entries.late, noStock: o.left[0].noStock,
		usable: o.shelf.usable, peoplePast: o.shelf.peoplePast,
	}
}

// gaps says what is missing or looks wrong.
func (o *outletReport) gaps() document.Chapter {
	var items []string
	silent := o.silent()
	if len(silent) > 0 {
		items = append(items, "Nothing is recorded for "+monthList(silent)+". Silence is not nought: if there was nothing to record, confirm it on the outlet’s page under “Months without an entry”.")
	}
	supplies, _ := supplied(o.entries.Supplies)
	for _, m := range []struct {
		n    int
		what string
	}{{missing(o.entries.Recipient), "who the kit was for"}, {missing(o.entries.First), "whether it was a first kit or a repeat"}} {
		if m.n > 0 {
			items = append(items, fmt.Sprintf("%s of %s do not say %s.", plain(m.n), count(supplies, "supply", "supplies"), m.what))
		}
	}
	switch n := o.entries.late; {
	case n > 1 && n == supplies:
		items = append(items, fmt.Sprintf("All %s were entered more than %d days after the day. Late is fine, and better than never.", count(n, "supply", "supplies"), lateAfter))
	case n > 0:
		items = append(items, fmt.Sprintf("%s entered more than %d days after the day. Late is fine, and better than never.", count(n, "supply was", "supplies were"), lateAfter))
	}
	if n := o.entries.expired; n > 0 {
		items = append(items, fmt.Sprintf("%s of a lot that was past its last day. Check that lot and day are right.", count(n, "supply was", "supplies were")))
	}
	if n := o.entries.barred; n > 0 {
		items = append(items, fmt.Sprintf("%s of a lot that a notice had stopped. Check that lot and day are right.", count(n, "supply was", "supplies were")))
	}
	for i, u := range o.undated {
		if i == 5 {
			items = append(items, count(len(o.undated)-i, "more lot has", "more lots have")+" no expiry date.")
			break
		}
		items = append(items, fmt.Sprintf("Lot %s of %s (%s on the shelf) has no expiry date.", u.number, u.product, kits(u.kits)))
	}
	c := document.Chapter{Key: "gaps", Title: "Nothing is missing, and nothing looks wrong", Blocks: []document.Block{document.Para{Text: "Every month that is over has an entry or was confirmed as none, and every supply says who it was for."}}}
	switch {
	case len(items) > 0:
		c.Title, c.Blocks = "What is missing or looks wrong: "+count(len(items), "thing", "things"), []document.Block{document.Points{Items: items}}
	case o.heard.First == 0 || o.heard.First > o.p.To:
		c.Title, c.Blocks = "Nothing was recorded here yet", []document.Block{document.Para{Text: "This outlet had made no entry by the end of " + o.p.To.Words() + "."}}
	}
	return c
}

// share is the part of the whole that this outlet gave.
func (o *outletReport) share(now sum) document.Chapter {
	c := document.Chapter{Key: "share", Title: "Part of " + o.area.Name}
	if now.known > 0 && o.areaGiven.given > 0 {
		c.Title = fmt.Sprintf("%s of the kits given out in %s were yours", percent(now.given, o.areaGiven.given), o.area.Name)
		if now.given == 0 {
			c.Title = "None of the kits given out in " + o.area.Name + " was yours"
		}
		c.Title = sentence(c.Title)
		c.Blocks = append(c.Blocks, document.Para{Text: fmt.Sprintf("All outlets of %s together recorded %s given out in %s.", o.area.Name, kits(o.areaGiven.given), name(o.p))})
	}
	c.Blocks = append(c.Blocks, o.covered.blocks(o.area)...)
	return c
}

// sentence begins with a capital.
func sentence(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}
