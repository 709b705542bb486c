package support

import (
	"cmp"
	"slices"

	"everykit/civil"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// part is some of the actions under a heading of their own.
type part struct {
	Key, Title string
	Count      int
	Table      page.Table
}

// parts sorts actions into those that wait for an answer, the longest waiting first; those that somebody has in hand, by
// the day they are due; and those that are over, the last asked first.
func parts(list []support.Action) (waiting, inHand, over []support.Action) {
	for _, a := range list {
		switch {
		case a.State == support.Asked:
			waiting = append(waiting, a)
		case a.IsOpen():
			inHand = append(inHand, a)
		default:
			over = append(over, a)
		}
	}
	slices.SortStableFunc(waiting, func(a, b support.Action) int { return a.AskedAt.Compare(b.AskedAt) })
	slices.SortStableFunc(inHand, func(a, b support.Action) int { return cmp.Compare(due(a), due(b)) })
	slices.SortStableFunc(over, func(a, b support.Action) int { return b.AskedAt.Compare(a.AskedAt) })
	return waiting, inHand, over
}

// due is a day to sort by: what has none comes last.
func due(a support.Action) civil.Date {
	if a.DueOn == civil.None {
		return 1<<31 - 1
	}
	return a.DueOn
}

// lister makes tables of actions for one visitor.
type lister struct {
	*desk.Visit
	people people
	areas  bool // of many authorities: each row names its own
}

func newLister(v *desk.Visit, list []support.Action, areas bool) (lister, error) {
	p, err := peopleOf(v, accountsOf(list)...)
	return lister{v, p, areas}, err
}

// grid is actions as a table and as a file. The page leaves out what the heading says: the state of those that wait.
func (l lister) grid(caption, empty string, list []support.Action, waiting bool) figures.Grid {
	g := figures.Grid{
		Caption: caption, Hide: true, Stack: true, Empty: empty,
		Columns: []figures.Column{{Key: "action"}, {Key: "area"}, {Key: "name"}, {Key: "gap", Label: "Gap"}, {Key: "says"}},
	}
	if l.areas {
		g.Columns[2].Label = "Authority"
	}
	g.Columns = append(g.Columns, figures.Column{Key: "help", Label: "Help asked for"}, figures.Column{Key: "kits", Label: "Kits", Numeric: true},
		figures.Column{Key: "state"}, figures.Column{Key: "asked_on", Label: "Asked"}, figures.Column{Key: "due_on"}, figures.Column{Key: "owner"})
	if !waiting {
		n := len(g.Columns)
		g.Columns[n-4].Label, g.Columns[n-2].Label, g.Columns[n-1].Label = "State", "Due", "Who"
	}
	for _, a := range list {
		if row, ok := l.row(a); ok {
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}

func (l lister) row(a support.Action) (figures.Row, bool) {
	area := l.Snap.Area(a.Area)
	if area == nil {
		return figures.Row{}, false
	}
	gap := figures.Cell{Raw: string(a.Gap), Show: page.LinkCell(KindWords(a.Gap), ActionPath(area, a.ID)).Under(a.Says)}
	help := figures.Cell{Raw: helpKey(a.Help), Show: page.TextCell(helpWords(a.Help))}
	kits := figures.Cell{Show: kitsCell(a.Kits)}
	if a.Kits > 0 {
		kits.Raw = figures.Count(a.Kits).Raw
	}
	asked := figures.Cell{Raw: l.Ledger.Day(a.AskedAt).String(), Show: askedOn(l.Visit, a)}
	dueOn := figures.Cell{Show: dueCell(a, l.Ledger.Today())}
	if a.DueOn != civil.None {
		dueOn.Raw = a.DueOn.String()
	}
	who := figures.Words(l.people.owner(a))
	if who.Raw == "" {
		who = figures.Unknown("nobody yet")
	}
	return figures.Row{Cells: []figures.Cell{
		figures.Count(a.ID), figures.Raw(area.Code), figures.Link(area.Name, AreaPath(area)), gap, figures.Raw(a.Says), help, kits,
		{Raw: stateKey(a.State), Show: page.TagCell(StateTag(a.State))},
		asked, dueOn, who,
	}}, true
}

func helpKey(h support.Help) string {
	for _, one := range helps {
		if one.help == h {
			return one.key
		}
	}
	return ""
}

func stateKey(s support.State) string {
	for _, one := range states {
		if one.state == s {
			return one.key
		}
	}
	return ""
}

// headings are the parts of a list, each with its table; only the first two are said to be empty.
func (l lister) headings(list []support.Action) []part {
	waiting, inHand, over := parts(list)
	made := []part{
		{"waiting", "Waiting for an answer", len(waiting), l.grid("Waiting for an answer, the longest first", "Nothing is waiting for an answer.", waiting, true).Table("")},
		{"in-hand", "Planned and under way", len(inHand), l.grid("Planned and under way, the first due first", "Nothing is planned or under way.", inHand, false).Table("")},
	}
	if len(over) > 0 {
		made = append(made, part{"over", "Done or declined", len(over), l.grid("Done or declined, the last asked first", "", over, false).Table("")})
	}
	return made
}
