package notice

import (
	"strconv"
	"strings"
	"time"

	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// fileName is the name of a file about a notice, without its ending.
func fileName(v *desk.Visit, n *notice.Notice, what string) string {
	return "notice-" + strconv.Itoa(n.ID) + "-" + what + "-" + v.Ledger.Today().String()
}

// toldGrid is the outlets that somebody oversees, those with something left to do first.
func toldGrid(v *desk.Visit, n *notice.Notice) (figures.Grid, error) {
	g := figures.Grid{
		File: fileName(v, n, "outlets"), Caption: "Outlets that were told", Hide: true, Empty: "No outlet was told.",
		Columns: []figures.Column{
			{Key: "outlet"},
			{Key: "authority"},
			{Label: "Outlet"},
			{Key: "told_on", Label: "Told"},
			{Key: "seen_on", Label: "Seen"},
			{Key: "answered_on", Label: "Answered"},
			{Key: "good_kits", Label: "Good (kits)", Numeric: true},
			{Key: "faulty_kits", Label: "Faulty (kits)", Numeric: true},
			{Key: "replaced_kits", Label: "Replaced (kits)", Numeric: true},
			{Key: "here_kits", Label: "There now (kits)", Numeric: true},
			{Key: "unchecked_kits", Label: "To check (kits)", Numeric: true},
			{Key: "by_link"},
			{Label: "How to reach them"},
		},
	}
	if n.Action == notice.Withdraw {
		g.Columns[7].Label = "Set aside (kits)"
	}
	told, err := v.Notices.ToldIn(v.Ctx(), n.ID, onlyArea(v))
	if err != nil {
		return g, err
	}
	book := contactBook{v: v}
	for _, t := range told {
		if !seesArea(v, t.Area) {
			continue
		}
		code, area := "", ""
		if o := v.Snap.Outlet(t.Outlet); o != nil {
			code = o.Code
		}
		if a := v.Snap.Area(t.Area); a != nil {
			area = a.Code
		}
		contact := page.Cell{}
		if !t.Done() {
			if contact, err = book.of(t); err != nil {
				return g, err
			}
		}
		name := figures.Link(outletName(v, t.Outlet), OutletPath(n.ID, t.Outlet))
		name.Show = name.Show.Tagged(toldTag(t)).Under(areaName(v, t.Area))
		g.Rows = append(g.Rows, figures.Row{Quiet: t.Done(), Cells: []figures.Cell{
			figures.Raw(code), figures.Raw(area), name, dayCell(v, t.ToldAt), dayCell(v, t.SeenAt), dayCell(v, t.AnsweredAt),
			figures.Count(t.Checked), figures.Count(t.Faulty), figures.Count(t.Replaced), figures.Count(t.Kits), figures.Count(t.Unchecked),
			figures.Raw(strconv.FormatBool(t.Linked)),
			{Show: contact},
		}})
	}
	return g, nil
}

// dayCell is the day of an instant, empty where it has not come.
func dayCell(v *desk.Visit, t time.Time) figures.Cell {
	if t.IsZero() {
		return figures.Unknown("not yet")
	}
	day := v.Ledger.Day(t)
	return figures.Cell{Raw: day.String(), Show: page.TextCell(day.Time().Format("2\u00a0Jan\u00a02006"))}
}

// contactBook finds how to reach outlets, reading each authority's contacts once.
type contactBook struct {
	v     *desk.Visit
	known map[int]map[string]string // by authority and provider
}

func (b *contactBook) of(t notice.Told) (page.Cell, error) {
	o := b.v.Snap.Outlet(t.Outlet)
	if o == nil {
		return page.Cell{}, nil
	}
	if o.Phone != "" {
		return page.LinkCell(o.Phone, "tel:"+strings.ReplaceAll(o.Phone, " ", "")), nil
	}
	email := o.Email
	if email == "" {
		if err := b.read(t.Area); err != nil {
			return page.Cell{}, err
		}
		if email = b.known[t.Area][fold(o.Provider)]; email == "" {
			email = b.known[t.Area][""]
		}
	}
	if email == "" {
		return page.Cell{Sub: "not known"}, nil
	}
	return page.LinkCell(email, "mailto:"+email), nil
}

func (b *contactBook) read(area int) error {
	if b.known[area] != nil {
		return nil
	}
	if b.known == nil {
		b.known = map[int]map[string]string{}
	}
	all, err := b.v.Notices.Contacts(b.v.Ctx(), area)
	b.known[area] = map[string]string{}
	for _, c := range all {
		b.known[area][fold(c.Provider)] = c.Email
	}
	return err
}

// fold is how names of providers are compared: without case or spaces.
func fold(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// answers puts the outlets on the page.
func answers(v *desk.Visit, n *notice.Notice, b *showBody) error {
	g, err := toldGrid(v, n)
	if err != nil {
		return err
	}
	if n.Action != notice.Check { // no kit is good or waits: fewer columns, easier to read
		g = without(g, "good_kits", "unchecked_kits")
	}
	if n.Action == notice.Inform || n.Action == notice.ChangeExpiry {
		g = without(g, "faulty_kits", "replaced_kits")
	}
	if more := len(g.Rows) - mostShown; more > 0 {
		g.Rows = g.Rows[:mostShown]
		g.Note = "And " + page.Plural(int64(more), "more outlet", "more outlets") + ": see the file."
	}
	b.Outlets = g.Table(Path(n.ID) + "/outlets.csv")
	return nil
}

// without leaves columns out of the page.
func without(g figures.Grid, keys ...string) figures.Grid {
	for i, c := range g.Columns {
		for _, k := range keys {
			if c.Key == k {
				g.Columns[i].Label = ""
			}
		}
	}
	return g
}

// toldFile is the outlets as a file.
func toldFile(v *desk.Visit) error {
	if err := mustOversee(v); err != nil {
		return err
	}
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	g, err := toldGrid(v, n)
	if err != nil {
		return err
	}
	return g.Send(v)
}

// ways are the other ways by which somebody was told: personal links, what went up, letters.
func ways(v *desk.Visit, n *notice.Notice, b *showBody) error {
	links, err := v.Notices.Links(v.Ctx(), n.ID, onlyArea(v))
	if err != nil {
		return err
	}
	b.Links = page.Table{Caption: "Told by a personal link", Hide: true, Stack: true, Columns: page.Columns("To", "About", "Sent", "Opened", "Answered")}
	areas := map[int]bool{}
	for _, l := range links {
		if !seesArea(v, l.Area) {
			continue
		}
		areas[l.Area] = true
		var names []string
		for _, o := range l.Outlets {
			names = append(names, outletName(v, o))
		}
		about := page.TextCell(some(names))
		if len(names) == 0 {
			about = page.Cell{Sub: "the whole authority"}
		}
		b.Links.Rows = append(b.Links.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(l.Kind.Words()).Under(areaName(v, l.Area)), about, on(v, l.MadeAt, ""), on(v, l.OpenedAt, "not yet"), on(v, l.AnsweredAt, "not yet"),
		}})
	}
	raised, err := v.Notices.Raised(v.Ctx(), n.ID)
	if err != nil {
		return err
	}
	b.Raised = page.Table{Caption: "Passed on because an answer was late", Hide: true, Stack: true, Columns: page.Columns("To", "On", "#Not answered then", "#Letters")}
	for _, r := range raised {
		if !seesArea(v, r.Area) {
			continue
		}
		to := "The coordinators"
		if r.Step > 1 {
			to = "The nation"
		}
		b.Raised.Rows = append(b.Raised.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(to).Under(areaName(v, r.Area)), on(v, r.At, ""), page.CountCell(int64(r.Outlets)), page.CountCell(int64(r.Letters)),
		}})
	}
	told, err := v.Notices.ToldIn(v.Ctx(), n.ID, onlyArea(v))
	if err != nil {
		return err
	}
	for _, t := range told {
		if seesArea(v, t.Area) {
			areas[t.Area] = true
		}
	}
	if v.Who.Area != 0 {
		areas[v.Who.Area] = true // letters to the nation's own people
	}
	return letters(v, n, b, areas)
}
