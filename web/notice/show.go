package notice

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// showBody is the page of a notice.
type showBody struct {
	Path   string
	Facts  []page.Fact
	Text   []string // paragraphs
	Lots   page.Table
	Drills []page.Link
	Copies page.Link // of a drill: what it copies

	Draft, Open, Write, Drill bool

	Mine    []page.Deed // outlets where this person answers
	Effect  page.Table
	Said    page.Table
	Outlets page.Table
	Figures []page.Figure
	Links   page.Table
	Raised  page.Table
	Mail    []mailed
	Mailing []page.Fact
}

// saved are what a page says was just done.
var saved = map[string]string{
	"draft":     "The draft is saved. Nobody has been told.",
	"published": "The notice is published. The outlets see it now, and the letters are on their way.",
	"already":   "This notice had been published already. Nothing was done twice.",
	"closed":    "The notice is closed.",
	"dropped":   "The draft is deleted.",
	"drill":     "This is a copy, marked as a drill. Change what you like, then publish it.",
	"again":     "The letter is sent again.",
	"seen":      "Thank you. We know that you have seen it.",
	"answered":  "Thank you. Your answer is kept.",
	"released":  "The kits are back on the shelf.",
	"contacts":  "The addresses are saved.",
}

// show is the page of a notice: for a worker the way to their outlet, for all others what became of it.
func show(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	b := showBody{Path: Path(n.ID), Draft: n.State == notice.Draft, Open: n.Open(), Write: writes(v), Drill: n.Drill, Facts: facts(v, n), Text: paragraphs(n.Text), Lots: lotsTable(v, n)}
	if !oversees(v) {
		told, err := myOutlets(v, n)
		if err != nil {
			return err
		}
		if len(told) == 1 && len(workplaces(v)) == 1 {
			return v.Go(OutletPath(n.ID, told[0].Outlet))
		}
		for _, t := range told {
			b.Mine = append(b.Mine, page.Deed{Label: outletName(v, t.Outlet), Hint: capital(toldTag(t).Text), Href: OutletPath(n.ID, t.Outlet)})
		}
	} else if !b.Draft {
		for _, part := range []func(*desk.Visit, *notice.Notice, *showBody) error{effects, answers, ways} {
			if err := part(v, n, &b); err != nil {
				return err
			}
		}
	}
	if err := related(v, n, &b); err != nil {
		return err
	}
	pv := v.View(title(n))
	pv.Caption = "Notice " + n.Number
	pv.Crumbs = []page.Link{{Text: "Notices", Href: "/notices"}}
	pv.Wide = oversees(v)
	pv.Flash = saved[v.R.URL.Query().Get("saved")]
	if n.Drill && !b.Draft {
		pv.Warning = "This is a drill. No kits are held back, and nothing is wrong with them."
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "notice", pv)
}

// myOutlets are the outlets of this person that were told.
func myOutlets(v *desk.Visit, n *notice.Notice) ([]notice.Told, error) {
	var mine []notice.Told
	byArea := map[int][]notice.Told{}
	for _, o := range workplaces(v) {
		if _, read := byArea[o.Area]; !read {
			told, err := v.Notices.ToldIn(v.Ctx(), n.ID, o.Area)
			if err != nil {
				return nil, err
			}
			byArea[o.Area] = told
		}
		for _, t := range byArea[o.Area] {
			if t.Outlet == o.ID {
				mine = append(mine, t)
			}
		}
	}
	return mine, nil
}

// paragraphs parts a text at its empty lines.
func paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

func lotPath(id int) string { return "/lots/" + strconv.Itoa(id) }

// mostCards is how many lots become cards on a phone: more stay a table, which is shorter.
const mostCards = 6

// lotsTable is the lots that a notice names.
func lotsTable(v *desk.Visit, n *notice.Notice) page.Table {
	t := page.Table{Caption: "Lots of this notice", Hide: true, Stack: len(n.Lines) <= mostCards, Columns: page.Columns("Lot")}
	several := slices.ContainsFunc(n.Lines, func(l notice.Line) bool { return l.Product != n.Lines[0].Product })
	if several {
		t.Columns = append(t.Columns, page.Column{Label: "Product"})
	} else if len(n.Lines) > 0 {
		t.Note = "All are " + desk.ProductName(v.Snap.Product(n.Lines[0].Product)) + ". "
	}
	dated := slices.ContainsFunc(n.Lines, func(l notice.Line) bool { return l.Expiry.Known })
	if dated {
		t.Columns = append(t.Columns, page.Column{Label: "Expiry in the notice"})
	} else {
		t.Note += "The notice gives no expiry dates."
	}
	if n.Action == notice.ChangeExpiry {
		t.Columns = append(t.Columns, page.Column{Label: "New expiry"})
	}
	for _, l := range n.Lines {
		number := page.TextCell(l.Number)
		if l.Lot != 0 && v.Who.SignedIn() {
			number = page.LinkCell(l.Number, lotPath(l.Lot))
		}
		cells := []page.Cell{number}
		if several {
			cells = append(cells, page.TextCell(desk.ProductName(v.Snap.Product(l.Product))))
		}
		if dated {
			cells = append(cells, expiryCell(l.Expiry))
		}
		if n.Action == notice.ChangeExpiry {
			cells = append(cells, expiryCell(l.NewExpiry))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return t
}

// related leads from a drill to its notice, and for those who write notices from a notice to its drills.
func related(v *desk.Visit, n *notice.Notice, b *showBody) error {
	if n.Of != 0 {
		of, err := v.Notices.Get(v.Ctx(), n.Of)
		if err != nil {
			return err
		}
		b.Copies = page.Link{Text: "The notice that this drill copies", Href: Path(of.ID)}
		return nil
	}
	if !b.Write {
		return nil
	}
	all, err := v.Notices.List(v.Ctx(), notice.Filter{})
	for _, d := range all {
		if d.Of == n.ID {
			b.Drills = append(b.Drills, page.Link{Text: "Drill, " + d.IssuedOn.Words() + ": " + strings.ToLower(d.State.Words()), Href: Path(d.ID)})
		}
	}
	return err
}
