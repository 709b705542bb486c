package request

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/registry"
	"everykit/request"
	"everykit/web/desk"
	"everykit/web/page"
)

type offerBody struct {
	Outlets  []page.Option
	Collects []page.Option
	Unmet    int // requests of the last twelve months that could not be met
	Queue    string
}

func offerForm(v *desk.Visit) error { return drawOffer(v, nil, nil) }

func drawOffer(v *desk.Visit, form url.Values, wrong error) error {
	o, err := v.Requests.OfferOf(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	month := v.Ledger.Today().Month()
	gaps, err := v.Requests.Gaps(v.Ctx(), v.Area.ID, month-11, month)
	if err != nil {
		return err
	}
	b := offerBody{Outlets: []page.Option{{Label: "Choose one"}}, Queue: AreaPath(v.Area)}
	for _, n := range gaps {
		b.Unmet += n
	}
	for _, out := range sendersOf(v) {
		option := page.Option{Value: strconv.Itoa(out.ID), Label: out.Name}
		b.Outlets, b.Collects = append(b.Outlets, option), append(b.Collects, option)
	}
	pv := v.View("Kits that people ask for")
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: "/areas/" + v.Area.Code}, {Text: "Requests", Href: AreaPath(v.Area)}}
	pv.Form = heldOffer(o)
	status := http.StatusOK
	if wrong == nil {
		if v.R.URL.Query().Get("saved") != "" {
			pv.Flash = "Saved."
		}
	} else {
		form.Set("version", pv.Form.Get("version"))
		if !pv.Fail(wrong, form) {
			return wrong
		}
		status = page.Status(wrong)
		for i, e := range pv.Errors {
			if e.Field == "version" {
				pv.Errors[i].Field = ""
			}
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "offer", pv)
}

// sendersOf are the outlets that may send for an authority: its own, and those that serve all of a nation around it.
func sendersOf(v *desk.Visit) []*registry.Outlet {
	today := v.Ledger.Today()
	list := slices.Clone(v.Snap.OutletsOf(v.Area.ID))
	for _, a := range v.Snap.Ancestors(v.Area.ID) {
		for _, o := range v.Snap.Outlets() {
			if o.Area == a.ID {
				list = append(list, o)
			}
		}
	}
	list = slices.DeleteFunc(list, func(o *registry.Outlet) bool { return !o.OpenOn(today) })
	slices.SortStableFunc(list, func(a, b *registry.Outlet) int { return strings.Compare(a.Name, b.Name) })
	return slices.Compact(list)
}

// heldOffer is what the form holds before anybody types.
func heldOffer(o request.Offer) url.Values {
	form := url.Values{
		"most": {strconv.Itoa(max(o.Most, 1))}, "keep_days": {strconv.Itoa(o.KeepDays)}, "note": {o.Note}, "return": {o.Return}, "version": {strconv.Itoa(o.Version)},
	}
	if o.KeepDays == 0 {
		form.Set("keep_days", strconv.Itoa(request.KeepDays))
	}
	for name, yes := range map[string]bool{"on": o.On, "post": o.Post, "collect": o.Collect} {
		if yes {
			form.Set(name, "yes")
		}
	}
	if o.Outlet != 0 {
		form.Set("outlet", strconv.Itoa(o.Outlet))
	}
	for _, id := range o.Collects {
		form.Add("collects", strconv.Itoa(id))
	}
	return form
}

func saveOffer(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	var bad fault.List
	whole := func(field, what string) int {
		n, err := strconv.Atoi(strings.TrimSpace(form.Get(field)))
		if err != nil {
			bad = append(bad, fault.New(fault.Invalid, "type %s as a whole number", what).At(field))
		}
		return n
	}
	o := request.Offer{
		Area: v.Area.ID, On: form.Get("on") == "yes", Post: form.Get("post") == "yes", Collect: form.Get("collect") == "yes",
		Most: whole("most", "how many kits"), KeepDays: whole("keep_days", "how many days"), Note: form.Get("note"), Return: form.Get("return"), Version: versionIn(form),
	}
	for field, n := range map[string]int{"most": o.Most, "keep_days": o.KeepDays} {
		if n == 0 && !slices.ContainsFunc(bad, func(f *fault.Error) bool { return f.Field == field }) {
			bad = append(bad, fault.New(fault.Invalid, "type 1 or more").At(field))
		}
	}
	o.Outlet, _ = strconv.Atoi(form.Get("outlet"))
	for _, s := range form["collects"] {
		id, _ := strconv.Atoi(s)
		o.Collects = append(o.Collects, id)
	}
	if err = bad.Err(); err == nil {
		err = v.Requests.SetOffer(v.Ctx(), v.Who, o)
	}
	if err != nil {
		return drawOffer(v, form, err)
	}
	return v.Go(OfferPath(v.Area) + "?saved=yes")
}
