package notice

import (
	"cmp"
	"slices"

	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// seenEffect is the table of effects as somebody may see it: authorities of theirs one by one, all others as one row.
type seenEffect struct {
	rows      []notice.EffectRow // by name
	elsewhere notice.EffectRow
	others    int // authorities in elsewhere
	total     notice.EffectRow
}

func effectOf(v *desk.Visit, n *notice.Notice) (seenEffect, error) {
	e, err := v.Notices.Effect(v.Ctx(), n.ID, onlyArea(v))
	s := seenEffect{total: e.Total}
	for _, r := range e.Rows {
		if seesArea(v, r.Area) {
			s.rows = append(s.rows, r)
		} else {
			s.elsewhere, s.others = sum(s.elsewhere, r), s.others+1
		}
	}
	slices.SortFunc(s.rows, func(a, b notice.EffectRow) int { return cmp.Compare(areaName(v, a.Area), areaName(v, b.Area)) })
	return s, err
}

func sum(a, b notice.EffectRow) notice.EffectRow {
	for i, c := range kitColumns {
		*c.at(&a) += *kitColumns[i].at(&b)
	}
	for i, c := range saidColumns {
		*c.at(&a) += *saidColumns[i].at(&b)
	}
	return a
}

// effectColumn is a number of a row.
type effectColumn struct {
	key, label string
	at         func(*notice.EffectRow) *int
}

// kitColumns are where kits are. The first is the sum of the eight after it; the last two are parts of others.
var kitColumns = []effectColumn{
	{"received_kits", "Received", func(r *notice.EffectRow) *int { return &r.Received }},
	{"shelf_kits", "Shelf", func(r *notice.EffectRow) *int { return &r.Shelf }},
	{"held_kits", "Held", func(r *notice.EffectRow) *int { return &r.Held }},
	{"transit_kits", "On the way", func(r *notice.EffectRow) *int { return &r.Transit }},
	{"people_kits", "With people", func(r *notice.EffectRow) *int { return &r.People }},
	{"used_kits", "Used", func(r *notice.EffectRow) *int { return &r.Used }},
	{"destroyed_kits", "Destroyed", func(r *notice.EffectRow) *int { return &r.Destroyed }},
	{"returned_kits", "Returned", func(r *notice.EffectRow) *int { return &r.Returned }},
	{"lost_kits", "Lost", func(r *notice.EffectRow) *int { return &r.Lost }},
	{"unchecked_kits", "Of shelf: to check", func(r *notice.EffectRow) *int { return &r.Unchecked }},
	{"handed_back_kits", "Of all: handed back", func(r *notice.EffectRow) *int { return &r.HandedBack }},
}

// saidColumns are outlets, and kits as outlets answered.
var saidColumns = []effectColumn{
	{"outlets_told", "Told", func(r *notice.EffectRow) *int { return &r.Told }},
	{"outlets_seen", "Seen", func(r *notice.EffectRow) *int { return &r.Seen }},
	{"outlets_answered", "Answered", func(r *notice.EffectRow) *int { return &r.Answered }},
	{"good_kits", "Good (kits)", func(r *notice.EffectRow) *int { return &r.Good }},
	{"faulty_kits", "Faulty (kits)", func(r *notice.EffectRow) *int { return &r.Faulty }},
	{"replaced_kits", "Replaced (kits)", func(r *notice.EffectRow) *int { return &r.Replaced }},
}

// grid is some columns of the table of effects.
func (s seenEffect) grid(v *desk.Visit, caption string, columns []effectColumn) figures.Grid {
	g := figures.Grid{Caption: caption, Hide: true, Columns: []figures.Column{{Key: "authority"}, {Label: "Authority"}}, Empty: "No outlet ever had one of these lots."}
	for _, c := range columns {
		g.Columns = append(g.Columns, figures.Column{Key: c.key, Label: c.label, Numeric: true})
	}
	row := func(code, name string, r notice.EffectRow) figures.Row {
		cells := []figures.Cell{figures.Raw(code), figures.Words(name)}
		for _, c := range columns {
			cells = append(cells, figures.Count(*c.at(&r)))
		}
		return figures.Row{Cells: cells}
	}
	for _, r := range s.rows {
		code := ""
		if a := v.Snap.Area(r.Area); a != nil {
			code = a.Code
		}
		g.Rows = append(g.Rows, row(code, areaName(v, r.Area), r))
	}
	if s.others > 0 {
		r := row("elsewhere", "Elsewhere", s.elsewhere)
		r.Quiet = true
		r.Cells[1].Show = r.Cells[1].Show.Under(page.Plural(int64(s.others), "authority", "authorities") + " that you do not see one by one")
		g.Rows = append(g.Rows, r)
	}
	if len(g.Rows) > 1 {
		r := row("", "All", s.total)
		r.Total = true
		g.Rows = append(g.Rows, r)
	}
	return g
}

// effects puts the table of effects on the page, and what sums it up.
func effects(v *desk.Visit, n *notice.Notice, b *showBody) error {
	s, err := effectOf(v, n)
	if err != nil {
		return err
	}
	columns, said := kitColumns, slices.Clone(saidColumns)
	if n.Action != notice.Check {
		columns = slices.Delete(slices.Clone(columns), 9, 10) // nothing waits to be checked
	}
	if n.Action == notice.Withdraw {
		said[4].label = "Set aside (kits)"
	}
	kits := s.grid(v, "Where the kits of these lots are, in kits", columns)
	kits.Note = "In kits. Received is the sum of the eight columns after it. Kits that people handed back are counted where they are now."
	b.Effect = kits.Table(Path(n.ID) + "/effect.csv")
	b.Said = s.grid(v, "What outlets said", said).Table("")
	if n.Drill {
		b.Effect.Note = "This is a drill: where the kits are is as it is without it. " + b.Effect.Note
	}
	t := s.total
	missing := page.Figure{Label: "Not answered", Value: page.Number(int64(t.Told - t.Answered)), Unit: "outlets", Href: "#outlets", Beside: "of " + page.Number(int64(t.Told)) + " told", Tone: page.Good}
	if t.Told > t.Answered {
		missing.Tone = page.Soon
	}
	b.Figures = []page.Figure{missing}
	if n.Action == notice.Check && n.Bars() {
		b.Figures = append(b.Figures, page.Figure{Label: "To be checked", Value: page.Number(int64(t.Unchecked)), Unit: "kits", Beside: "of " + page.Number(int64(t.Shelf)) + " on shelves"})
	} else {
		b.Figures = append(b.Figures, page.Figure{Label: "Still on shelves", Value: page.Number(int64(t.Shelf)), Unit: "kits"})
	}
	b.Figures = append(b.Figures,
		page.Figure{Label: "Held", Value: page.Number(int64(t.Held)), Unit: "kits", Beside: "Set aside; not to be given out"},
		page.Figure{Label: "With people", Value: page.Number(int64(t.People)), Unit: "kits", Beside: "At most: not every use or loss is told"})
	return nil
}

// effectFile is the same table as a file.
func effectFile(v *desk.Visit) error {
	if err := mustOversee(v); err != nil {
		return err
	}
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	s, err := effectOf(v, n)
	if err != nil {
		return err
	}
	g := s.grid(v, "", slices.Concat(kitColumns, saidColumns))
	g.File = fileName(v, n, "effect")
	return g.Send(v)
}
