package signin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// onPage is how many rows a long list shows at once.
const onPage = 50

// outletList is the page of outlets.
type outletList struct {
	Areas  []page.Option // to choose from; none where there is one authority only
	Area   string
	Search bool
	Text   string
	Said   string
	Table  page.Table
	Pager  page.Pager
}

// asked is what the address of a list asks for: an authority, or a part of a name.
type asked struct {
	area *registry.Area
	text string
}

func askedOf(v *desk.Visit) (asked, error) {
	q := v.R.URL.Query()
	a := asked{text: strings.TrimSpace(q.Get("q"))}
	if code := q.Get("area"); code != "" {
		area, ok := v.Snap.AreaByCode(code)
		if !ok || !slices.Contains(areasFor(v), area) {
			return a, fault.New(fault.NotFound, "there is no such authority")
		}
		a.area = area
	}
	return a, nil
}

// areasFor are the areas with outlets that a person may see, of which they choose one.
func areasFor(v *desk.Visit) []*registry.Area {
	var list []*registry.Area
	for _, a := range v.Snap.Areas() {
		if len(v.Snap.OutletsOf(a.ID)) > 0 && v.Who.May(staff.SeeOutlet, desk.AreaPlace(v.Snap, a)) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b *registry.Area) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// found lists the outlets a person may see that are asked for, by name, those that are closed last.
func found(v *desk.Visit, q asked) []*registry.Outlet {
	today := v.Ledger.Today()
	text := strings.ToLower(q.text)
	list := slices.DeleteFunc(v.Snap.Outlets(), func(o *registry.Outlet) bool {
		return (q.area != nil && o.Area != q.area.ID) || !named(o, text) || !v.Who.May(staff.SeeOutlet, ledger.PlaceOf(v.Snap, o))
	})
	slices.SortStableFunc(list, func(a, b *registry.Outlet) int {
		if shut := a.OpenOn(today); shut != b.OpenOn(today) {
			if shut {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return list
}

func named(o *registry.Outlet, text string) bool {
	return text == "" || strings.Contains(strings.ToLower(o.Name), text) || strings.Contains(strings.ToLower(o.Provider), text) || strings.EqualFold(o.Code, text)
}

// mayList keeps out who may see no outlet at all.
func mayList(v *desk.Visit) error {
	switch v.Who.Role {
	case staff.Analyst, staff.Nobody:
		if v.Who.Counter == 0 {
			return v.Who.Must(staff.SeeOutlet, staff.Place{})
		}
	}
	return nil
}

func outlets(v *desk.Visit) error {
	if err := mayList(v); err != nil {
		return err
	}
	q, err := askedOf(v)
	if err != nil {
		return err
	}
	all := found(v, q)
	b := outletList{Text: q.text}
	pv := v.View("Outlets")
	switch v.Who.Role {
	case staff.National, staff.Administrator:
		b.Areas = []page.Option{{Value: "", Label: "All authorities"}}
		for _, a := range areasFor(v) {
			b.Areas = append(b.Areas, page.Option{Value: a.Code, Label: a.Name})
		}
		if q.area != nil {
			b.Area, pv.Caption = q.area.Code, q.area.Name
		}
	case staff.Worker:
		pv.Title = "My outlets"
	default:
		if a := v.Snap.Area(v.Who.Area); a != nil {
			pv.Caption = a.Name
		}
	}
	b.Search = b.Areas != nil || q.text != "" || len(all) > 10
	b.Said = page.Plural(int64(len(all)), "outlet", "outlets")
	if q.text != "" {
		b.Said += " with “" + q.text + "” in the name"
	}
	shown, pager := part(all, "Outlets", v.R.URL)
	g := outletGrid(v, shown)
	b.Table, b.Pager = g.Table("/outlets.csv"+query(v.R.URL)), pager
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "outlets", pv)
}

func outletsFile(v *desk.Visit) error {
	if err := mayList(v); err != nil {
		return err
	}
	q, err := askedOf(v)
	if err != nil {
		return err
	}
	return outletGrid(v, found(v, q)).Send(v)
}

func outletGrid(v *desk.Visit, list []*registry.Outlet) figures.Grid {
	g := figures.Grid{
		File: "outlets", Caption: "Outlets", Hide: true, Stack: true, Empty: "No outlet here has this name.",
		Columns: []figures.Column{{Key: "code"}, {Key: "name", Label: "Outlet"}, {Key: "kind", Label: "Kind"}, {Key: "authority", Label: "Authority"}, {Key: "provider", Label: "Run by"}, {Key: "closed_on"}},
	}
	today := v.Ledger.Today()
	for _, o := range list {
		name := figures.Link(o.Name, desk.OutletPath(o.ID))
		name.Show = name.Show.Under(o.Code)
		closed := ""
		if !o.OpenOn(today) {
			name.Show = name.Show.Tagged(page.Tag{Text: "closed", Tone: page.Quiet})
			closed = o.ClosedOn.String()
		}
		area := figures.Words("")
		if a := v.Snap.Area(o.Area); a != nil {
			area = figures.Words(a.Name)
		}
		kind := figures.Words(o.Kind.Words())
		kind.Raw = o.Kind.String()
		g.Rows = append(g.Rows, figures.Row{Quiet: closed != "", Cells: []figures.Cell{figures.Raw(o.Code), name, kind, area, figures.Words(o.Provider), figures.Raw(closed)}})
	}
	return g
}

// part is one page of a long list, with the way to the others.
func part[T any](all []T, label string, at *url.URL) ([]T, page.Pager) {
	count := (len(all) + onPage - 1) / onPage
	n, err := strconv.Atoi(at.Query().Get("page"))
	if err != nil || n < 1 || n > count {
		n = 1
	}
	pager := page.Paginate(label, n, count, at)
	if count == 0 {
		return nil, pager
	}
	return all[(n-1)*onPage : min(n*onPage, len(all))], pager
}

// query is what an address asks for without the number of the page, to be put behind another.
func query(at *url.URL) string {
	q := at.Query()
	q.Del("page")
	q.Del("done")
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// placeOf is the outlet of a visit as a place.
func placeOf(v *desk.Visit) staff.Place { return ledger.PlaceOf(v.Snap, v.Outlet) }
