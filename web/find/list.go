package find

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// asking is the page with the form.
type asking struct {
	Table   bool // postcodes can be looked up
	Only    []page.Option
	Kinds   []page.Option
	Choices []page.Option // where a name can mean several places
	Nations []nation
	Lang    string
}

// nation is the authorities of one, to choose from.
type nation struct {
	Name  string
	Areas []page.Link
}

func ask(v *desk.Visit) error { return askPage(v, lookUp(v), nil, nil, nil) }

// askPage is the form, with what went wrong with it, or what may have been meant.
func askPage(v *desk.Visit, k *known, typed url.Values, choices []choice, wrong error) error {
	pv := v.View(v.T("find.title"))
	pv.Locate, pv.Public, pv.Form = true, typed == nil, typed
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, typed) {
			return wrong
		}
		status = page.Status(wrong)
	}
	if len(choices) > 0 {
		pv.Title = v.T("find.which")
	}
	pv.Body = asking{
		Table: k.table, Only: onlyOptions(v), Kinds: kindOptions(v), Choices: options(choices), Nations: nations(v, k), Lang: pv.InEnglish(),
	}
	return pages.Render(v.W, status, "find", pv)
}

func onlyOptions(v *desk.Visit) []page.Option {
	return []page.Option{
		{Value: "open", Label: v.T("find.only-open")},
		{Value: "walk-in", Label: v.T("find.only-walk-in")},
		{Value: "no-name", Label: v.T("find.only-no-name")},
		{Value: "step-free", Label: v.T("find.only-step-free")},
	}
}

func kindOptions(v *desk.Visit) []page.Option {
	return []page.Option{{Label: v.T("find.kind-any")}, {Value: "nasal", Label: v.T("find.kind-nasal")}, {Value: "injection", Label: v.T("find.kind-injection")}}
}

// nations are the authorities to choose from, of those nations that have any outlet the public may know.
func nations(v *desk.Visit, k *known) []nation {
	some := map[int]bool{}
	for _, p := range k.places {
		if p.nation != nil {
			some[p.nation.ID] = true
		}
	}
	var list []nation
	for _, n := range v.Snap.Nations() {
		if !some[n.ID] {
			continue
		}
		of := nation{Name: n.Name}
		for _, a := range v.Snap.AuthoritiesOf(n.ID, k.day) {
			of.Areas = append(of.Areas, page.Link{Text: a.Name, Href: v.Link(AreaPath(a.Code))})
		}
		slices.SortFunc(of.Areas, func(a, b page.Link) int { return strings.Compare(a.Text, b.Text) })
		list = append(list, of)
	}
	return list
}

// find answers the form. Nothing is kept, so there is nothing to go on to: the answer is the page itself.
func find(v *desk.Visit) error {
	form, err := formOfVisit(v)
	if err != nil {
		return err
	}
	k, a := lookUp(v), filters(form)
	choices, err := a.where(v, k, form)
	if err != nil || len(choices) > 0 {
		return askPage(v, k, form, choices, err)
	}
	return listPage(v, k, a, form)
}

// area is the page of an authority's outlets: the same for everybody.
func area(v *desk.Visit) error {
	k := lookUp(v)
	a := filters(nil)
	a.most = len(k.places)
	of, ok := v.Snap.AreaByCode(v.R.PathValue("area"))
	if !ok || !of.IsAuthority() || !of.On(k.day) {
		return fault.New(fault.NotFound, "%s", v.T("find.no-area")).Hint("%s", v.T("find.no-area-hint"))
	}
	a.area = of
	return listPage(v, k, a, nil)
}

// listing is the page with the answer.
type listing struct {
	Lang    string
	Area    string // the authority whose outlets these are
	Code    string
	Near    string // what they are near to
	Rough   bool
	Located bool
	Lat     string
	Lon     string
	Cards   []card
	Found   string
	More    bool // there are more to show
	Far     bool // the nearest is not near
	None    bool // there is none in this authority, and the nearest ones are shown
	Filters bool // something was left out that nobody told
	Post    bool // the authority sends kits
	Some    bool // it is not known which authority it is, and some send kits
	Only    []page.Option
	Kinds   []page.Option
}

// listPage draws what was found. form is nil on the pages of authorities, which are the same for everybody.
func listPage(v *desk.Visit, k *known, a asked, form url.Values) error {
	c := clock{v.DB.Now(), v.Ledger.Zone()}
	var nation *registry.Area
	if a.area != nil {
		nation = v.Snap.NationOf(a.area.ID)
	}
	list, all := k.search(a, c, nation)
	pv := v.View(v.T("find.near-title"))
	b := listing{
		Lang: pv.InEnglish(), Near: a.near, Located: a.located, Only: onlyOptions(v), Kinds: kindOptions(v),
		Filters: a.open || a.walkIn || a.noName || a.stepFree || a.form != 0, Post: a.area != nil && k.posts[a.area.ID],
	}
	for _, posts := range k.posts {
		b.Some = b.Some || posts && a.area == nil
	}
	if a.located {
		b.Lat, b.Lon, b.Rough = coordinate(a.lat), coordinate(a.lon), a.rough
		b.Far = len(list) == 0 || !list[0].far || list[0].metres > nearby
	} else {
		b.Area, b.Code = a.area.Name, a.area.Code
		pv.Title, pv.Caption, pv.TitleLang = v.T("find.area-title"), a.area.Name, ""
		b.None = len(list) == 0
		if b.None && a.area.Lat != nil && a.area.Lon != nil {
			near := a
			near.lat, near.lon, near.located, near.rough, near.most = rounded(*a.area.Lat), rounded(*a.area.Lon), true, true, few
			a.rough = true
			list, all = k.search(near, c, nation)
		}
	}
	for _, f := range list {
		b.Cards = append(b.Cards, k.cardOf(v.Words(), f, a, c))
	}
	b.More = a.located && all > len(list) && len(list) < many
	b.Found = v.T("find.found", "count", len(list))
	pv.Back = page.Link{Text: v.T("find.again"), Href: v.Link(at)}
	pv.Public, pv.Form, pv.Body = form == nil, form, b
	return pages.Render(v.W, http.StatusOK, "list", pv)
}

func coordinate(degrees float64) string { return strconv.FormatFloat(degrees, 'f', 3, 64) }
