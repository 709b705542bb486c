package support

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"everykit/expiry"
	"everykit/fault"
	"everykit/registry"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

// spareBody is the page on which the national team chooses who is asked for kits.
type spareBody struct {
	Says  []string
	Areas []page.Option
	Held  string // the version of the action that the page was made on
	Back  string
}

// mostAreas bounds the list of authorities with kits to spare: those after them have little.
const mostAreas = 25

func spare(v *desk.Visit) error { return drawSpare(v, nil, nil) }

// askAnother names the authority that is to give kits. Its coordinator finds that among its own asks, and sends them: a
// national team moves no kits.
func askAnother(v *desk.Visit) error {
	a, _, err := actionOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	from, ok := v.Snap.AreaByCode(form.Get("from"))
	if !ok || v.Snap.NationOf(from.ID) != v.Snap.NationOf(a.Area) {
		return drawSpare(v, form, fault.New(fault.Invalid, "choose an authority").At("from"))
	}
	a.From, a.Help, a.Version = from.ID, support.Stock, versionIn(form)
	if err := v.Support.Change(v.Ctx(), v.Who, *a, strings.TrimSpace(from.Name+". "+strings.TrimSpace(form.Get("note")))); err != nil {
		return drawSpare(v, form, err)
	}
	return v.Go(ActionPath(v.Area, a.ID) + "?saved=from")
}

func drawSpare(v *desk.Visit, form url.Values, cause error) error {
	a, _, err := actionOf(v)
	if err != nil {
		return err
	}
	path := ActionPath(v.Area, a.ID)
	if !a.IsOpen() && cause == nil {
		return v.Go(path)
	}
	b := spareBody{Says: paragraphs(a.Says), Back: path, Held: versionOf(a)}
	if b.Areas, err = withKits(v, a); err != nil {
		return err
	}
	pv := v.View("Who has kits to spare?")
	pv.Caption = v.Area.Name
	pv.Crumbs = append(up(v, false), page.Link{Text: KindWords(a.Gap), Href: path})
	status := http.StatusOK
	if cause != nil {
		form.Set("version", b.Held)
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		onlyFields(&pv, "from", "note")
	}
	pv.Body = b
	return pages.Render(v.W, status, "spare", pv)
}

// withKits are the authorities of the nation with kits on their shelves: first those whose kits would be left over and would
// be used here, then those with most that will expire unused, then those with most.
func withKits(v *desk.Visit, a *support.Action) ([]page.Option, error) {
	nation := v.Snap.NationOf(a.Area)
	if nation == nil {
		return nil, nil
	}
	offers, err := v.Expiry.Proposals(v.Ctx(), nation.ID)
	if err != nil {
		return nil, err
	}
	fits := map[int]int{}
	for _, m := range offers {
		if m.To.Area == a.Area {
			fits[m.From.Area] += m.Kits
		}
	}
	board, err := v.Expiry.Board(v.Ctx(), expiry.OfArea(nation.ID))
	if err != nil {
		return nil, err
	}
	usable := func(r expiry.AreaRow) int { return r.InDate.Shelf + r.Soon.Shelf }
	rows := slices.DeleteFunc(slices.Clone(board.Areas), func(r expiry.AreaRow) bool { return r.Area.ID == a.Area || usable(r) == 0 })
	slices.SortStableFunc(rows, func(x, y expiry.AreaRow) int {
		return cmp.Or(cmp.Compare(fits[y.Area.ID], fits[x.Area.ID]), cmp.Compare(y.All().Unused, x.All().Unused), cmp.Compare(usable(y), usable(x)))
	})
	var list []page.Option
	for _, r := range rows[:min(len(rows), mostAreas)] {
		list = append(list, page.Option{Value: r.Area.Code, Label: r.Area.Name, Hint: spareWords(fits[r.Area.ID], r.All().Unused, usable(r))})
	}
	return list, nil
}

// spareWords says what an authority could do without.
func spareWords(fits, unused, usable int) string {
	s := page.Kits(int64(usable)) + " can be given out there; none would be left over."
	switch {
	case unused >= usable:
		s = page.Kits(int64(usable)) + " can be given out there; all of them would expire first."
	case unused > 0:
		s = page.Kits(int64(usable)) + " can be given out there; " + number(unused) + " of them would expire first."
	}
	if fits > 0 {
		s += " " + number(fits) + " would be used here in time."
	}
	return s
}

// areaName names an area that an action speaks of.
func areaName(snap *registry.Snapshot, id int) string {
	if a := snap.Area(id); a != nil {
		return a.Name
	}
	return ""
}
