// Package desk is what stands between the address of a page and its handler: who is asking, what place the address
// names, and whether this person may do that there.
//
// A folder of web declares its routes as a table of Route: pattern, scope, deed, handler. Mount turns each into a
// handler that reads the session, finds the outlet or area that the address names, asks staff whether the person may do
// the deed at that place, and only then calls the handler with a Visit that holds all of it. No handler checks rights by
// itself for the place in its address, and no route can be without a declaration: the test of package web walks every
// route with every role at its own and at others' places.
//
// Start reading at Route and Visit.
package desk

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"

	"everykit/bulletin"
	"everykit/bulletin/report"
	"everykit/document"
	"everykit/expiry"
	"everykit/fault"
	"everykit/ledger"
	"everykit/library"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/postcode"
	"everykit/registry"
	"everykit/reminder"
	"everykit/request"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/support"
	"everykit/survey"
	"everykit/web/page"
)

// App is the rooms that pages speak to. All fields but Log and Reminders are needed.
type App struct {
	DB        *store.DB
	Registry  *registry.Registry
	Ledger    *ledger.Ledger
	Staff     *staff.Staff
	Measures  *measure.Measures
	Notices   *notice.Notices
	Expiry    *expiry.Expiry
	Mail      *mail.Outbox
	Reminders *reminder.Reminders
	Surveys   *survey.Survey
	Support   *support.Support
	Cards     *scorecard.Scorecards
	Data      *opendata.Store
	Library   *library.Library
	Bulletins *bulletin.Bulletins
	Reports   *report.Reports
	Postcodes *postcode.Postcodes
	Requests  *request.Requests
	Printer   *document.Printer // makes PDFs
	Shell     *page.Shell
	Log       *slog.Logger
	Secure    bool   // cookies only over HTTPS: set where the site is served so, as it should be
	Proxied   bool   // a server in front names the browser's address in X-Forwarded-For
	Site      string // where people reach the pages, for codes on labels: "https://kits.example.org"; if empty, where the visitor does
}

// Scope is what place a route's address names, and so what the deed is asked about.
type Scope uint8

// The scopes.
const (
	Public   Scope = iota // anyone; no deed
	SignedIn              // anyone with an account, or a counter device; no deed
	AtOutlet              // {outlet}: the number of an outlet
	AtArea                // {area}: the code of an authority
	AtNation              // {nation}: the code of a nation, or the person's own where the pattern has none
	Anywhere              // the deed as such, at no place: for administrators
)

// Route is one address.
type Route struct {
	Pattern string // as http.ServeMux has it: "POST /outlets/{outlet}/give-out"
	Scope   Scope
	Deed    staff.Deed
	Handle  func(*Visit) error
	Inside  bool // Public, and yet made for staff: in English alone, and without the way to leave quickly
}

// Visit is one request by somebody who may make it.
type Visit struct {
	*App
	W      http.ResponseWriter
	R      *http.Request
	Who    staff.Person
	Snap   *registry.Snapshot
	Outlet *registry.Outlet // AtOutlet
	Area   *registry.Area   // AtOutlet: its authority; AtArea; AtNation: the nation
}

// Ctx is the request's context.
func (v *Visit) Ctx() context.Context { return v.R.Context() }

// View begins a page.
func (v *Visit) View(title string) page.View { return v.Shell.View(v.R, title) }

// Go sends the browser on with GET, as after a form that was saved, in the language it came in.
func (v *Visit) Go(to string) error {
	http.Redirect(v.W, v.R, v.Link(to), http.StatusSeeOther)
	return nil
}

// Form reads the form of a POST.
func (v *Visit) Form() (url.Values, error) {
	if err := v.R.ParseForm(); err != nil {
		return nil, fault.New(fault.Invalid, "this form cannot be read").Hint("go back, and send it again").Because(err)
	}
	return v.R.PostForm, nil
}

// May asks about a deed at the place of this visit.
func (v *Visit) May(d staff.Deed) bool { return v.Who.May(d, v.at()) }

func (v *Visit) at() staff.Place {
	switch {
	case v.Outlet != nil:
		return ledger.PlaceOf(v.Snap, v.Outlet)
	case v.Area != nil:
		return AreaPlace(v.Snap, v.Area)
	}
	return staff.Place{}
}

// AreaPlace is an authority or a nation as a place.
func AreaPlace(snap *registry.Snapshot, a *registry.Area) staff.Place {
	n := snap.NationOf(a.ID)
	if n != nil && n.ID == a.ID {
		return staff.Place{Nation: a.ID}
	}
	at := staff.Place{Area: a.ID}
	if n != nil {
		at.Nation = n.ID
	}
	return at
}

// Mount adds routes to a mux.
func (a *App) Mount(mux *http.ServeMux, routes ...Route) {
	for _, route := range routes {
		h := a.Shell.Handle(func(w http.ResponseWriter, r *http.Request) error { return a.serve(route, w, r) })
		if route.Scope == Public && !route.Inside {
			h = page.ForEverybody(h)
		} else {
			h = a.Shell.InEnglishAlone(h)
		}
		mux.Handle(route.Pattern, h)
	}
}

func (a *App) serve(route Route, w http.ResponseWriter, r *http.Request) error {
	snap, err := a.Registry.Now(r.Context())
	if err != nil {
		return err
	}
	v := &Visit{App: a, W: w, R: r, Who: PersonOf(r), Snap: snap}
	if route.Scope == Public {
		return route.Handle(v)
	}
	if err, unknown := r.Context().Value(unknownKey{}).(error); unknown {
		return err
	}
	if !v.Who.SignedIn() {
		return v.Go(signInFor(r))
	}
	if route.Scope == SignedIn {
		return route.Handle(v)
	}
	missing := v.find(route)
	if v.Who.NeedsPIN() && route.Deed != staff.SeeOutlet {
		return v.Go("/counter?to=" + url.QueryEscape(backTo(r)))
	}
	if err := v.Who.Must(route.Deed, v.at()); err != nil {
		return err
	}
	if missing != nil {
		return missing
	}
	return route.Handle(v)
}

// find reads the place that an address names. What is wrong with it is told only to whoever may do the deed anyway.
func (v *Visit) find(route Route) error {
	switch route.Scope {
	case AtOutlet:
		id, err := strconv.Atoi(v.R.PathValue("outlet"))
		if o := v.Snap.Outlet(id); err == nil && o != nil {
			v.Outlet, v.Area = o, v.Snap.Area(o.Area)
			return nil
		}
		return fault.New(fault.NotFound, "there is no such outlet")
	case AtArea:
		if area, ok := v.Snap.AreaByCode(v.R.PathValue("area")); ok {
			v.Area = area
			return nil
		}
		return fault.New(fault.NotFound, "there is no such authority")
	case AtNation:
		v.Area = v.nation()
		if v.Area == nil {
			return fault.New(fault.NotFound, "there is no such nation")
		}
	}
	return nil
}

// nation is the one the address names, else the person's own, else the first that has outlets.
func (v *Visit) nation() *registry.Area {
	if code := v.R.PathValue("nation"); code != "" {
		if area, ok := v.Snap.AreaByCode(code); ok && v.Snap.NationOf(area.ID) == area {
			return area
		}
		return nil
	}
	if v.Who.Area != 0 {
		return v.Snap.NationOf(v.Who.Area)
	}
	for _, o := range v.Snap.Outlets() {
		if n := v.Snap.NationOf(o.Area); n != nil {
			return n
		}
	}
	if all := v.Snap.Nations(); len(all) > 0 {
		return all[0]
	}
	return nil
}

// signInFor leads to the sign-in page and back.
func signInFor(r *http.Request) string {
	to := backTo(r)
	if to == "/" {
		return "/sign-in"
	}
	return "/sign-in?to=" + url.QueryEscape(to)
}

// backTo is where to go on after signing in: the page itself, or for a form that was sent the page that shows it.
func backTo(r *http.Request) string { return r.URL.Path }

// LocalPath gives a path of this site that a form or address asked to go on to, or another one if it is none: nobody is
// ever sent elsewhere.
func LocalPath(to, otherwise string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || len(to) < 1 || to[0] != '/' || (len(to) > 1 && (to[1] == '/' || to[1] == '\\')) {
		return otherwise
	}
	return to
}
