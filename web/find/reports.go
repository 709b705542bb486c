package find

import (
	"net/http"
	"strconv"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// told is a report as the authority reads it.
type told struct {
	ID   int
	Name string
	Href string
	What string
	On   string
}

// listed is an outlet of the authority and when it was last confirmed.
type listed struct {
	ID        int
	Name      string
	Href      string
	Confirmed string
	Today     bool
}

// reading is the page on which an authority reads what people said, and confirms its outlets.
type reading struct {
	At      string
	Confirm string // where outlets are confirmed; empty for whoever may not
	Reports []told
	Outlets []listed
}

func reports(v *desk.Visit) error { return reportsPage(v, nil) }

func reportsPage(v *desk.Visit, wrong error) error {
	list, err := v.Requests.Reports(v.Ctx(), v.Who, v.Area.ID)
	if err != nil {
		return err
	}
	home := "/areas/" + v.Area.Code
	pv := v.View("What people say is wrong")
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: home}}
	switch v.R.URL.Query().Get("saved") {
	case "settled":
		pv.Flash = "The report is settled."
	case "confirmed":
		pv.Flash = "The details are confirmed as of today."
	}
	status := http.StatusOK
	if wrong != nil {
		if !pv.Fail(wrong, nil) {
			return wrong
		}
		status = page.Status(wrong)
	}
	b := reading{At: home + "/wrong"}
	if v.May(staff.ManageArea) {
		b.Confirm = home + "/confirmed"
	}
	k := lookUp(v)
	for _, r := range list {
		t := told{ID: r.ID, What: r.What, On: v.Ledger.Day(r.At).Words(), Name: "An outlet that is no longer there"}
		if o := v.Snap.Outlet(r.Outlet); o != nil {
			t.Name = o.Name
		}
		if k.byID[r.Outlet] != nil {
			t.Href = Path(r.Outlet)
		}
		b.Reports = append(b.Reports, t)
	}
	today := v.Ledger.Today()
	for _, o := range v.Snap.OutletsOf(v.Area.ID) {
		if o.Public != registry.Yes || !o.OpenOn(today) {
			continue
		}
		l := listed{ID: o.ID, Name: o.Name, Confirmed: "Never", Today: o.ConfirmedOn == today}
		if o.ConfirmedOn != civil.None {
			l.Confirmed = o.ConfirmedOn.Words()
		}
		if k.byID[o.ID] != nil {
			l.Href = Path(o.ID)
		}
		b.Outlets = append(b.Outlets, l)
	}
	pv.Body = b
	return pages.Render(v.W, status, "reports", pv)
}

// settle marks a report as done.
func settle(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(form.Get("report"))
	if err != nil {
		return reportsPage(v, fault.New(fault.Invalid, "say which report is settled").Hint("press the button beside it"))
	}
	if err := v.Requests.Settle(v.Ctx(), v.Who, v.Area.ID, id); err != nil {
		return err
	}
	return v.Go("/areas/" + v.Area.Code + "/wrong?saved=settled")
}

// confirm says that what is known of an outlet is true today.
func confirm(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(form.Get("outlet"))
	if err != nil {
		return reportsPage(v, fault.New(fault.Invalid, "say which outlet is confirmed").Hint("press the button beside it"))
	}
	o := v.Snap.Outlet(id)
	if o == nil || o.Area != v.Area.ID {
		return fault.New(fault.NotFound, "there is no such outlet")
	}
	if err := v.Registry.ConfirmOutlet(v.Ctx(), id, v.Ledger.Today()); err != nil {
		return reportsPage(v, err)
	}
	return v.Go("/areas/" + v.Area.Code + "/wrong?saved=confirmed")
}
