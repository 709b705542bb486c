package signin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// rolePage is the first step of an administrator: which role, and where. Only then is it known which outlets to offer.
type rolePage struct {
	Action string
	Roles  []page.Option
	Role   string
	Areas  []page.Option
	Area   string
}

// draftPage is the second step, and the only one of a coordinator.
type draftPage struct {
	Action  string
	Cancel  string
	Role    string
	Area    string // code
	Where   string // role and place in words
	Other   string // the way back to the first step; none for a coordinator
	Name    string
	Email   string
	Outlets []page.Option
	Ticked  []string
	New     bool
	PINOnly bool // may be left without a password
}

// reach is the role and area that the account being written has, from the address or the form.
type reach struct {
	role staff.Role
	area *registry.Area // nil for an administrator
}

// reachOf reads what was chosen in the first step. A coordinator has nothing to choose.
func reachOf(v *desk.Visit, from url.Values) (reach, error) {
	if !everywhere(v) {
		a := v.Snap.Area(v.Who.Area)
		if a == nil {
			return reach{}, v.Who.Must(staff.ManageAccounts, staff.Place{})
		}
		return reach{staff.Worker, a}, v.Who.Must(staff.ManageWorkers, desk.AreaPlace(v.Snap, a))
	}
	role, err := staff.ParseRole(from.Get("role"))
	if err != nil {
		return reach{}, fault.New(fault.Invalid, "choose a role").At("role")
	}
	if role == staff.Administrator {
		return reach{role, nil}, nil
	}
	a, ok := v.Snap.AreaByCode(from.Get("area"))
	nation := role == staff.National || role == staff.Analyst
	switch {
	case !ok:
		return reach{}, fault.New(fault.Invalid, "choose where this person works").At("area")
	case nation != (a.Kind == registry.Nation):
		return reach{}, fault.New(fault.Invalid, "%s is not %s", a.Name, map[bool]string{true: "a nation", false: "an authority"}[nation]).At("area").
			Hint("workers and coordinators belong to an authority; the national team and analysts to a nation")
	}
	return reach{role, a}, nil
}

func (r reach) words() string {
	if r.area == nil {
		return roleWords(r.role)
	}
	return roleWords(r.role) + ", " + r.area.Name
}

// chooseRole shows the first step. err is what was wrong with what was chosen; nil the first time.
func chooseRole(v *desk.Visit, title, action string, chosen url.Values, err error) error {
	b := rolePage{Action: action, Areas: append([]page.Option{{Value: "", Label: "Nowhere in particular"}}, areaChoices(v)...), Role: chosen.Get("role"), Area: chosen.Get("area")}
	for _, r := range staff.Roles {
		b.Roles = append(b.Roles, page.Option{Value: r.String(), Label: roleWords(r), Hint: roleMeaning[r]})
	}
	pv := v.View(title)
	pv.Crumbs = []page.Link{{Text: "Accounts", Href: "/accounts"}}
	pv.Body = b
	if err != nil {
		return redraw(v, "account-role", pv, err, chosen)
	}
	return pages.Render(v.W, http.StatusOK, "account-role", pv)
}

// draftView is the form of an account with this reach.
func draftView(v *desk.Visit, title string, r reach, has []staff.Place) page.View {
	b := draftPage{Role: r.role.String(), Where: r.words(), Outlets: outletChoices(v, r, has)}
	if r.area != nil {
		b.Area = r.area.Code
	}
	for _, at := range has {
		b.Ticked = append(b.Ticked, strconv.Itoa(at.Outlet))
	}
	if len(b.Outlets) == 1 {
		b.Ticked = []string{b.Outlets[0].Value}
	}
	pv := v.View(title)
	pv.Crumbs = []page.Link{{Text: "Accounts", Href: "/accounts"}}
	pv.Body = b
	return pv
}

// outletChoices are the outlets a worker can have: those of the authority that are open, and those they have already.
func outletChoices(v *desk.Visit, r reach, has []staff.Place) []page.Option {
	if r.role != staff.Worker {
		return nil
	}
	today := v.Ledger.Today()
	list := slices.DeleteFunc(v.Snap.OutletsOf(r.area.ID), func(o *registry.Outlet) bool {
		return !o.OpenOn(today) && !slices.ContainsFunc(has, func(at staff.Place) bool { return at.Outlet == o.ID })
	})
	for _, at := range has {
		if o := v.Snap.Outlet(at.Outlet); o != nil && o.Area != r.area.ID {
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b *registry.Outlet) int { return strings.Compare(a.Name, b.Name) })
	var options []page.Option
	for _, o := range list {
		options = append(options, page.Option{Value: strconv.Itoa(o.ID), Label: o.Name, Hint: o.Kind.Words()})
	}
	return options
}

// draftOf reads the form. Outlets that are not known are left to staff to refuse.
func draftOf(v *desk.Visit, form url.Values, r reach) staff.Draft {
	d := staff.Draft{Email: form.Get("email"), Name: form.Get("name"), Role: r.role}
	if r.area != nil {
		d.Area = r.area.ID
	}
	if r.role != staff.Worker {
		return d
	}
	for _, text := range form["outlets"] {
		at := staff.Place{}
		if id, err := strconv.Atoi(text); err == nil {
			if o := v.Snap.Outlet(id); o != nil {
				at = staff.Place{Area: o.Area, Outlet: o.ID}
			}
		}
		d.Outlets = append(d.Outlets, at)
	}
	return d
}

func newAccount(v *desk.Visit) error {
	q := v.R.URL.Query()
	r, err := reachOf(v, q)
	switch {
	case everywhere(v) && (q.Get("role") == "" || err != nil):
		if q.Get("role") == "" {
			err = nil
		}
		return chooseRole(v, "Add an account", "/accounts/new", q, err)
	case err != nil:
		return err
	}
	return pages.Render(v.W, http.StatusOK, "account-form", newView(v, r))
}

func newView(v *desk.Visit, r reach) page.View {
	pv := draftView(v, "Add an account", r, nil)
	b := pv.Body.(draftPage)
	b.Action, b.Cancel, b.New, b.PINOnly = "/accounts/new", "/accounts", true, r.role == staff.Worker
	if everywhere(v) {
		b.Other = "/accounts/new"
	}
	pv.Body = b
	return pv
}

func addAccount(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	r, err := reachOf(v, form)
	if err != nil {
		return err
	}
	var id int
	if r.role != staff.Worker && form.Get("password") == "" {
		err = fault.New(fault.Invalid, "this person needs a password to sign in").At("password").Hint("choose one and tell them; they can change it")
	} else {
		id, err = v.Staff.Create(v.Ctx(), v.Who, draftOf(v, form, r), form.Get("password"))
	}
	if err != nil {
		return redraw(v, "account-form", newView(v, r), err, form)
	}
	return v.Go(accountPath(id) + "?done=new")
}
