package notice

import (
	"everykit/civil"
	"everykit/notice"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// Banner is a notice that still asks something of an outlet, as the page of its shelf shows it.
type Banner struct {
	Asks  string // "Check kits"
	Title string
	What  string // kits that wait, and by when
	Href  string // where it is read and answered; empty for whoever may not
}

// AtOutlet gives the notices with something left to do at the outlet of a visit, the most urgent first.
func AtOutlet(v *desk.Visit) ([]Banner, error) {
	told, err := v.Notices.ForOutlet(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return nil, err
	}
	var list []Banner
	for _, t := range told {
		if t.Done() {
			continue
		}
		n := t.Notice
		b := Banner{Asks: n.Action.Asks(), Title: n.Title}
		if n.Drill {
			b.Asks = "Drill: " + b.Asks
		}
		switch {
		case t.Unchecked > 0:
			b.What = page.Kits(int64(t.Unchecked)) + " to check before you give them out. "
		case n.Action == notice.Withdraw && !n.Drill && t.Kits > 0:
			b.What = page.Kits(int64(t.Kits)) + " here: do not give them out. "
		}
		switch {
		case n.Overdue(v.Ledger.Today()):
			b.What += "An answer was due by " + n.DueOn.Words() + "."
		case n.DueOn != civil.None:
			b.What += "Answer by " + n.DueOn.Words() + "."
		}
		if v.May(staff.SeeNotices) || v.Who.NeedsPIN() {
			b.Href = OutletPath(n.ID, v.Outlet.ID)
		}
		list = append(list, b)
	}
	return list, nil
}

// Waiting is one line about a notice that outlets of an authority have still to answer, for the page of the authority.
type Waiting struct {
	Tag  page.Tag
	Text string
	Link page.Link
}

// InArea gives the open notices that outlets of an authority have still to answer, one line each.
func InArea(v *desk.Visit, area int) ([]Waiting, error) {
	if !v.May(staff.SeeNotices) {
		return nil, nil
	}
	all, err := v.Notices.List(v.Ctx(), notice.Filter{Area: area, States: []notice.State{notice.Published}})
	if err != nil {
		return nil, err
	}
	var list []Waiting
	for _, n := range all {
		told, err := v.Notices.ToldIn(v.Ctx(), n.ID, area)
		if err != nil {
			return nil, err
		}
		s := count(told, func(int) bool { return true })
		if s.done == s.told {
			continue
		}
		w := Waiting{
			Tag: actionTag(n.Action), Text: page.Plural(int64(s.told-s.done), "outlet has", "outlets have") + " something left to do",
			Link: page.Link{Text: "Notice " + n.Number, Href: Path(n.ID)},
		}
		if n.Drill {
			w.Tag = page.Tag{Text: "Drill", Tone: page.Cool}
		}
		list = append(list, w)
	}
	return list, nil
}
