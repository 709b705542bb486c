package expiry

import (
	"embed"
	"strconv"

	"everykit/expiry"
	"everykit/fault"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

//go:embed *.html
var files embed.FS

var pages = page.MustParse(files, "*.html")

// Routes are the addresses of this folder.
var Routes = []desk.Route{
	outlet("GET /outlets/{outlet}/expiry", board),
	outlet("GET /outlets/{outlet}/expiry.csv", lotsFile),
	outlet("GET /outlets/{outlet}/reissue", reissue),
	outlet("GET /outlets/{outlet}/reissue.csv", reissueFile),
	outlet("GET /outlets/{outlet}/reissue/poster", poster),
	{Pattern: "GET /outlets/{outlet}/move", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: moveForm},
	{Pattern: "POST /outlets/{outlet}/move", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: move},

	authority("GET /areas/{area}/expiry", board),
	authority("GET /areas/{area}/expiry.csv", lotsFile),
	authority("GET /areas/{area}/reissue", reissue),
	authority("GET /areas/{area}/reissue.csv", reissueFile),
	authority("GET /areas/{area}/reissue/poster", poster),

	nation("GET /nation/expiry", board),
	nation("GET /nation/{nation}/expiry", board),
	nation("GET /nation/{nation}/expiry.csv", lotsFile),

	{Pattern: "GET " + expiry.OffPath + "{token}", Scope: desk.Public, Handle: offForm},
	{Pattern: "POST " + expiry.OffPath + "{token}", Scope: desk.Public, Handle: off},
}

// place is where a board is of: an outlet, an authority or a nation.
type place struct {
	*desk.Visit
	scope expiry.Scope
	name  string
	code  string // in the names of files
	path  string // of the place's own page: "/outlets/7"
}

func outlet(pattern string, handle func(*place) error) desk.Route {
	return desk.Route{Pattern: pattern, Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: func(v *desk.Visit) error {
		return handle(&place{v, expiry.OfOutlet(v.Outlet.ID), v.Outlet.Name, "outlet-" + strconv.Itoa(v.Outlet.ID), desk.OutletPath(v.Outlet.ID)})
	}}
}

func authority(pattern string, handle func(*place) error) desk.Route {
	return desk.Route{Pattern: pattern, Scope: desk.AtArea, Deed: staff.SeeArea, Handle: func(v *desk.Visit) error {
		if !v.Area.IsAuthority() {
			return fault.New(fault.NotFound, "%s is not the area of one authority", v.Area.Name).Hint("see the page of its nation")
		}
		return handle(&place{v, expiry.OfArea(v.Area.ID), v.Area.Name, v.Area.Code, "/areas/" + v.Area.Code})
	}}
}

func nation(pattern string, handle func(*place) error) desk.Route {
	return desk.Route{Pattern: pattern, Scope: desk.AtNation, Deed: staff.SeeNation, Handle: func(v *desk.Visit) error {
		return handle(&place{v, expiry.OfArea(v.Area.ID), v.Area.Name, v.Area.Code, "/nation/" + v.Area.Code})
	}}
}

// ofNation reports whether the place is a nation.
func (p *place) ofNation() bool { return p.Outlet == nil && !p.Area.IsAuthority() }

// view begins a page of this place.
func (p *place) view(title string) page.View {
	pv := p.View(title)
	pv.Caption = p.name
	if n := p.Snap.NationOf(p.Area.ID); n != nil && !p.ofNation() && p.Who.May(staff.SeeNation, desk.AreaPlace(p.Snap, n)) {
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: n.Name, Href: "/nation/" + n.Code})
	}
	if p.Outlet != nil && p.Who.May(staff.SeeArea, desk.AreaPlace(p.Snap, p.Area)) {
		pv.Crumbs = append(pv.Crumbs, page.Link{Text: p.Area.Name, Href: "/areas/" + p.Area.Code})
	}
	pv.Crumbs = append(pv.Crumbs, page.Link{Text: p.name, Href: p.path})
	return pv
}
