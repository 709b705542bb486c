package notice

import (
	"net/http"
	"slices"

	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

type listBody struct {
	Write  bool
	Tables []heading
}

// heading is a table under words of its own.
type heading struct {
	Title string
	Table page.Table
}

// list is where work with notices begins: for a worker those of their outlets, for all others those they oversee.
func list(v *desk.Visit) error {
	pv := v.View("Notices")
	pv.Flash = saved[v.R.URL.Query().Get("saved")]
	b := listBody{Write: writes(v)}
	var err error
	if oversees(v) {
		b.Tables, err = overseen(v)
	} else {
		b.Tables, err = ofOutlets(v)
	}
	if err != nil {
		return err
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "list", pv)
}

// ofOutlets are the open notices of the outlets somebody works at, those with something left to do first.
func ofOutlets(v *desk.Visit) ([]heading, error) {
	places := workplaces(v)
	t := page.Table{
		Caption: "Open notices", Hide: true, Stack: true, Columns: page.Columns("Notice", "What to do", "Outlet", "Answer by", "#To check (kits)"),
		Empty: "There are no open notices for where you work.",
	}
	var all []notice.Told
	for _, o := range places {
		told, err := v.Notices.ForOutlet(v.Ctx(), o.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, told...)
	}
	slices.SortStableFunc(all, func(a, b notice.Told) int { return number(a.Done()) - number(b.Done()) })
	for _, told := range all {
		n := told.Notice
		cells := []page.Cell{
			page.LinkCell(title(n), OutletPath(n.ID, told.Outlet)).Under(n.Number), page.TagCell(actionTag(n.Action)),
			page.TextCell(outletName(v, told.Outlet)).Tagged(toldTag(told)), dueCell(n, v.Ledger.Today()), someKits(told.Unchecked),
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells, Quiet: told.Done()})
	}
	return []heading{{"", t}}, nil
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func someKits(n int) page.Cell {
	if n == 0 {
		return page.Cell{}
	}
	return page.CountCell(int64(n))
}

// overseen are the notices of an authority, or all of them, by how far they have come.
func overseen(v *desk.Visit) ([]heading, error) {
	all, err := v.Notices.List(v.Ctx(), notice.Filter{Area: onlyArea(v)})
	if err != nil {
		return nil, err
	}
	parts := []struct {
		state notice.State
		title string
		empty string
	}{
		{notice.Draft, "Drafts", ""},
		{notice.Published, "Open", "No notice is open."},
		{notice.Closed, "Closed", ""},
	}
	var list []heading
	for _, part := range parts {
		t := page.Table{Caption: part.title, Hide: true, Stack: true, Empty: part.empty, Columns: page.Columns("Notice", "What to do", "Issued")}
		if part.state == notice.Published {
			t.Columns = append(t.Columns, page.Columns("Answer by", "#Outlets told", "#Seen", "#Answered")...)
		}
		for _, n := range all {
			if n.State != part.state || (n.State == notice.Draft && !writes(v)) {
				continue
			}
			name := page.LinkCell(title(n), Path(n.ID)).Under(n.Number + ", " + n.Regulator)
			cells := []page.Cell{name, page.TagCell(actionTag(n.Action)), page.TextCell(n.IssuedOn.Words())}
			if n.State == notice.Published {
				said, err := stand(v, n)
				if err != nil {
					return nil, err
				}
				cells = append(cells, dueCell(n, v.Ledger.Today()), page.CountCell(int64(said.told)), page.CountCell(int64(said.seen)), answeredCell(said))
			}
			t.Rows = append(t.Rows, page.Row{Cells: cells})
		}
		if len(t.Rows) > 0 || part.empty != "" {
			list = append(list, heading{part.title, t})
		}
	}
	return list, nil
}

// standing is how many outlets were told, have seen it, and have nothing left to do.
type standing struct{ told, seen, done int }

// stand counts the outlets that somebody oversees.
func stand(v *desk.Visit, n *notice.Notice) (standing, error) {
	told, err := v.Notices.ToldIn(v.Ctx(), n.ID, onlyArea(v))
	return count(told, func(area int) bool { return seesArea(v, area) }), err
}

func count(told []notice.Told, sees func(area int) bool) standing {
	var s standing
	for _, t := range told {
		if !sees(t.Area) {
			continue
		}
		s.told++
		s.seen += number(!t.SeenAt.IsZero())
		s.done += number(t.Done())
	}
	return s
}

func answeredCell(s standing) page.Cell {
	c := page.CountCell(int64(s.done))
	if s.done < s.told {
		c = c.Tagged(page.Tag{Text: page.Number(int64(s.told-s.done)) + " missing", Tone: page.Soon})
	}
	return c
}
