package request

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/registry"
	"everykit/request"
	"everykit/web/desk"
	"everykit/web/page"
)

// The pages, in their order. What has one answer only is left out.
const (
	who   = "who"
	kind  = "kind"
	cards = "cards"
	how   = "how"
	where = "where"
	check = "check"
)

var order = []string{who, kind, cards, how, where, check}

// fields are the questions of each page. All others of the form are carried along, hidden.
var fields = map[string][]string{
	who: {"for", "postcode", "council"}, kind: {"route"}, cards: {"trained"}, how: {"how", "kits"},
	where: {"old_enough", "collect", "name", "address", "contact"},
}

// always are carried by every page.
var always = []string{"id", "token"}

// mostForm bounds what a form may hold, in bytes: many times what its fields may.
const mostForm = 256 << 10

// walk is somebody's way through the pages.
type walk struct {
	*desk.Visit
	form   url.Values
	table  bool // postcodes can be looked up
	area   *registry.Area
	noArea error // why it is not known
	offer  request.Offer
	routes []registry.Route // of the kits that are sent from here
	minAge int
}

// readForm reads a form of the public; nil is one that is opened.
func readForm(v *desk.Visit) (url.Values, error) {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostForm)
	form, err := v.Form()
	var big *http.MaxBytesError
	if errors.As(err, &big) || fault.Is(err, fault.Invalid) && v.R.ContentLength > mostForm {
		return nil, fault.New(fault.Invalid, "%s", v.T("request.too-much")).Hint("%s", v.T("request.too-much-hint"))
	}
	return form, err
}

// enter finds out what a form is about.
func enter(v *desk.Visit, form url.Values) (*walk, error) {
	w := &walk{Visit: v, form: url.Values{}}
	for _, names := range fields {
		for _, name := range names {
			if form.Has(name) {
				w.form.Set(name, form.Get(name))
			}
		}
	}
	for _, name := range always {
		w.form.Set(name, form.Get(name))
	}
	n, err := v.Postcodes.Any(v.Ctx())
	if err != nil {
		return nil, err
	}
	w.table = n > 0
	if err := w.fresh(); err != nil {
		return nil, err
	}
	return w, w.find()
}

// fresh gives a form that has none its number and its token.
func (w *walk) fresh() error {
	if _, err := uuid.Parse(w.form.Get("id")); err != nil {
		w.form.Set("id", uuid.NewString())
	}
	if w.form.Get("token") != "" && len(w.form.Get("token")) < 200 {
		return nil
	}
	return w.newToken()
}

func (w *walk) newToken() error {
	token, err := w.Requests.FormToken(w.Ctx())
	w.form.Set("token", token)
	return err
}

// find looks for the authority, and what it offers. A council that was chosen from the list comes before the postcode.
func (w *walk) find() error {
	switch {
	case w.form.Get("council") != "":
		if a, ok := w.Snap.AreaByCode(w.form.Get("council")); ok && a.IsAuthority() && a.On(w.Ledger.Today()) {
			w.area = a
		} else {
			w.noArea = fault.New(fault.Invalid, "%s", w.T("request.council-choose")).At("council")
		}
	case !w.table:
		w.noArea = fault.New(fault.Invalid, "%s", w.T("request.council-choose")).At("council")
	default:
		id, err := w.Requests.AreaOf(w.Ctx(), w.form.Get("postcode"))
		if err != nil && fault.KindOf(err) == fault.Internal {
			return err
		}
		w.area, w.noArea = w.Snap.Area(id), err
		if err == nil && w.area == nil {
			w.noArea = fault.New(fault.Invalid, "%s", w.T("request.council-choose")).At("council")
		}
	}
	if w.area == nil {
		return nil
	}
	var err error
	if w.offer, err = w.Requests.OfferOf(w.Ctx(), w.area.ID); err != nil || !w.offer.On {
		return err
	}
	w.routes = routesOf(w.Snap, w.Snap.Outlet(w.offer.Outlet))
	w.minAge, err = w.Requests.MinAge(w.Ctx(), w.area.ID, routeIn(w.form.Get("route")))
	return err
}

// routesOf are the ways in which the kits of an outlet are given to a body; both where it is not known what it has.
func routesOf(snap *registry.Snapshot, o *registry.Outlet) []registry.Route {
	var list []registry.Route
	if o != nil {
		for _, g := range o.Gives {
			if p, ok := snap.FindProduct(g); ok && (p.Route == registry.Intranasal || p.Route == registry.Intramuscular) {
				list = append(list, p.Route)
			} else {
				return []registry.Route{registry.Intranasal, registry.Intramuscular}
			}
		}
	}
	if list == nil {
		return []registry.Route{registry.Intranasal, registry.Intramuscular}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// lacks reports whether a page has nothing to ask.
func (w *walk) lacks(page string) bool {
	if !w.offer.On { // not known yet
		return false
	}
	switch page {
	case kind:
		return len(w.routes) < 2
	case how:
		return w.offer.Post != w.offer.Collect && w.offer.Most == 1
	}
	return false
}

// beside is the page after one, or before it.
func (w *walk) beside(page string, by int) string {
	for i := slices.Index(order, page) + by; i >= 0 && i < len(order); i += by {
		if !w.lacks(order[i]) {
			return order[i]
		}
	}
	return who
}

// begin is the first page.
func begin(v *desk.Visit) error {
	if !v.Requests.Ready() {
		return drawNone(&walk{Visit: v}, http.StatusOK)
	}
	w, err := enter(v, url.Values{})
	if err != nil {
		return err
	}
	return w.draw(who, nil)
}

// step takes one page, and shows the next.
func step(v *desk.Visit) error {
	if !v.Requests.Ready() {
		return drawNone(&walk{Visit: v}, http.StatusOK)
	}
	form, err := readForm(v)
	if err != nil {
		return err
	}
	w, err := enter(v, form)
	if err != nil {
		return err
	}
	from, go_ := form.Get("page"), form.Get("go")
	if !slices.Contains(order, from) {
		from = who
	}
	if from == cards {
		w.form.Set("trained", map[bool]string{true: "no", false: "yes"}[go_ == "skip"])
	}
	switch {
	case go_ == "back":
		return w.draw(w.beside(from, -1), nil)
	case go_ == "send":
		return w.send()
	case slices.Contains(order, go_):
		return w.draw(go_, nil)
	}
	if from == where && w.young() {
		return w.tooYoung()
	}
	if bad := w.wrong(from); bad != nil {
		return w.draw(from, bad)
	}
	return w.draw(w.beside(from, 1), nil)
}

// young reports whether somebody said that they are younger than the kit is licensed for.
func (w *walk) young() bool {
	return w.offer.On && w.minAge > 0 && w.form.Get("old_enough") == "no"
}

// send takes the request, after all pages were looked at once more.
func (w *walk) send() error {
	if w.wrong(who) == nil && !w.offer.On { // it was switched off meanwhile
		return w.draw(check, nil)
	}
	for _, p := range order {
		if bad := w.wrong(p); bad != nil {
			return w.draw(p, bad)
		}
	}
	reference, err := w.Requests.Ask(w.Ctx(), w.form.Get("token"), w.ask())
	switch {
	case err != nil:
		return w.back(err)
	case reference == "":
		return drawNone(w, http.StatusOK)
	}
	return w.done(reference)
}

// back shows the page that a fault belongs to.
func (w *walk) back(err error) error {
	list := fault.Of(err)
	for _, f := range list {
		switch f.Field {
		case "old_enough":
			return w.drawYoung()
		case "token":
			if err := w.newToken(); err != nil {
				return err
			}
		case "id":
			w.form.Del("id")
			if err := w.fresh(); err != nil {
				return err
			}
		}
		for _, p := range order {
			if slices.Contains(fields[p], f.Field) {
				return w.draw(p, err)
			}
		}
	}
	return w.draw(check, err)
}

// ask is what the form says.
func (w *walk) ask() request.Ask {
	kits, _ := strconv.Atoi(w.form.Get("kits"))
	collect, _ := strconv.Atoi(w.form.Get("collect"))
	a := request.Ask{
		Area: w.area.ID, Postcode: w.form.Get("postcode"), For: forIn[w.form.Get("for")], Route: routeIn(w.form.Get("route")), Kits: kits, How: w.way(), Collect: collect,
		Name: w.form.Get("name"), Address: w.form.Get("address"), Contact: w.form.Get("contact"),
		OldEnough: w.form.Get("old_enough") == "yes", Trained: w.form.Get("trained") == "yes",
	}
	a.ID, _ = uuid.Parse(w.form.Get("id")) // fresh has made sure of it
	if w.lacks(kind) {
		a.Route = 0
	}
	return a
}

var forIn = map[string]request.For{"me": request.Myself, "someone": request.SomeoneIKnow, "work": request.Work}

func routeIn(key string) registry.Route {
	switch key {
	case "nasal":
		return registry.Intranasal
	case "injection":
		return registry.Intramuscular
	}
	return 0
}

// way is how the kit is to come: the only one there is, where there is one.
func (w *walk) way() request.How {
	switch {
	case !w.offer.Post:
		return request.ToCollect
	case !w.offer.Collect:
		return request.ByPost
	}
	switch w.form.Get("how") {
	case "post":
		return request.ByPost
	case "collect":
		return request.ToCollect
	}
	return 0
}

// tooYoung counts that a kit was wanted for which somebody is too young, and says where to go instead. Whatever was typed is not
// needed for it: the count is made from a request without a person, which the room counts and does not keep.
func (w *walk) tooYoung() error {
	a := request.Ask{ID: uuid.New(), Area: w.area.ID, For: w.ask().For, Route: w.ask().Route, How: request.ToCollect}
	if places := w.offer.Places(); len(places) > 0 {
		a.Collect = places[0]
	} else {
		a.How, a.Name, a.Address = request.ByPost, "-", "-\n"+w.Snap.Outlet(w.offer.Outlet).Postcode
	}
	if err := w.count(w.Ctx(), a); err != nil {
		return err
	}
	return w.drawYoung()
}

// count has a request counted that cannot be met. A form that came back too fast, or one of too many, is not counted, and whoever sent
// it gets the same answer.
func (w *walk) count(ctx context.Context, a request.Ask) error {
	_, err := w.Requests.Ask(ctx, w.form.Get("token"), a)
	if err != nil && fault.KindOf(err) == fault.Internal {
		return err
	}
	return nil
}

// draw shows a page of the form, with what is wrong with it.
func (w *walk) draw(at string, wrong error) error {
	if at != who {
		if w.noArea != nil || w.wrong(who) != nil {
			at, wrong = who, w.wrong(who)
		} else if !w.offer.On {
			if err := w.count(w.Ctx(), request.Ask{ID: uuid.New(), Area: w.area.ID, Kits: 1}); err != nil {
				return err
			}
			return drawNone(w, http.StatusOK)
		}
	}
	pv := w.View(w.title(at))
	pv.Form = w.form
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, w.form) {
			if fault.KindOf(wrong) != fault.NotFound && fault.KindOf(wrong) != fault.Unavailable {
				return wrong
			}
			said := fault.List{}
			for _, f := range fault.Of(wrong) { // a postcode that is not in the table, or too many at once: the form stays
				e := fault.New(fault.Refused, "%s", f.Message).At(f.Field)
				said = append(said, e.Hint("%s", f.Next))
			}
			pv.Fail(said, w.form)
		}
		status = page.Status(wrong)
		for i, e := range pv.Errors {
			if !slices.Contains(fields[at], e.Field) {
				pv.Errors[i].Field = ""
			}
		}
	}
	pv.Body = w.body(at, wrong)
	return pages.Render(w.W, status, at, pv)
}

// title is a question, and says nothing of what is asked for: the history of a shared phone keeps it.
func (w *walk) title(at string) string {
	if at == where && w.way() == request.ToCollect {
		return w.T("request.title-collect")
	}
	return w.T("request.title-" + at)
}
