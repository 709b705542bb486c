package signin

import (
	"net/http"
	"net/url"
	"strconv"

	"everykit/fault"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// counterPage is the list of names on a counter device.
type counterPage struct {
	To     string
	Names  []page.Option
	Acting string // who acts now
	Shelf  string
}

// counter is for what only a counter device has.
func counter(handle func(*desk.Visit) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		if v.Who.Counter == 0 {
			return v.Go(desk.Home(v.Snap, v.Who))
		}
		return handle(v)
	}
}

func counterForm(v *desk.Visit) error {
	pv, err := counterView(v, v.R.URL.Query().Get("to"))
	if err != nil {
		return err
	}
	return pages.Render(v.W, http.StatusOK, "counter", pv)
}

func counterView(v *desk.Visit, to string) (page.View, error) {
	people, err := v.Staff.CounterPeople(v.Ctx(), v.Who.Counter)
	if err != nil {
		return page.View{}, err
	}
	pv := v.View("Who are you?")
	b := counterPage{To: desk.LocalPath(to, ""), Shelf: desk.OutletPath(v.Who.Counter)}
	for _, p := range people {
		b.Names = append(b.Names, page.Option{Value: strconv.Itoa(p.ID), Label: p.Name})
	}
	if !v.Who.NeedsPIN() {
		b.Acting = v.Who.Name
	}
	if o := v.Snap.Outlet(v.Who.Counter); o != nil {
		pv.Caption = o.Name
	}
	pv.Body = b
	return pv, nil
}

func act(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(form.Get("account"))
	if err != nil {
		err = fault.New(fault.Invalid, "choose your name").At("account")
	} else {
		err = v.Staff.Act(v.Ctx(), desk.Token(v.R), id, form.Get("pin"))
	}
	if err != nil {
		pv, missing := counterView(v, form.Get("to"))
		if missing != nil {
			return missing
		}
		return redraw(v, "counter", pv, err, url.Values{"account": form["account"], "to": form["to"]})
	}
	to := desk.LocalPath(form.Get("to"), "")
	if to == "" || to == "/" {
		to = desk.OutletPath(v.Who.Counter)
	}
	return v.Go(to)
}

func stop(v *desk.Visit) error {
	if err := v.Staff.StopActing(v.Ctx(), desk.Token(v.R)); err != nil {
		return err
	}
	return v.Go("/counter")
}

// endDevice makes a counter device an ordinary one again.
func endDevice(v *desk.Visit) error {
	if err := v.Staff.SignOut(v.Ctx(), desk.Token(v.R)); err != nil {
		return err
	}
	v.SetToken(v.W, "", 0)
	return v.Go("/sign-in?done=out")
}

// devicePage is what is said before a device becomes the counter device of an outlet.
type devicePage struct {
	People []staff.Colleague // who can act there
	HasPIN bool              // whoever asks is one of them
	Worker bool
	Home   string
	Here   string
}

func deviceForm(v *desk.Visit) error {
	people, err := v.Staff.CounterPeople(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return err
	}
	b := devicePage{People: people, Home: desk.OutletPath(v.Outlet.ID), Here: desk.OutletPath(v.Outlet.ID) + "/counter", Worker: v.Who.Role == staff.Worker}
	for _, p := range people {
		b.HasPIN = b.HasPIN || p.ID == v.Who.ID
	}
	pv := v.View("Shared counter device")
	pv.Caption = v.Outlet.Name
	pv.Crumbs = []page.Link{{Text: v.Outlet.Name, Href: b.Home}}
	pv.Flash = done(v, map[string]string{"closed": "All counter devices of this outlet are signed out."})
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "counter-device", pv)
}

func openDevice(v *desk.Visit) error {
	token, err := v.Staff.OpenCounter(v.Ctx(), v.Who, placeOf(v), device(v))
	if err != nil {
		return err
	}
	v.SetToken(v.W, token, staff.CounterFor)
	return v.Go("/counter")
}

func closeDevices(v *desk.Visit) error {
	if err := v.Staff.CloseCounters(v.Ctx(), v.Who, placeOf(v)); err != nil {
		return err
	}
	return v.Go(desk.OutletPath(v.Outlet.ID) + "/counter?done=closed")
}
