package signin

import (
	"net/http"

	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// ownPage is what a person sees of their own account.
type ownPage struct {
	Facts []page.Fact
	Links []page.Link
}

func ownAccount(v *desk.Visit) error {
	pv := v.View("Your account")
	pv.Flash = done(v, map[string]string{
		"password": "Your password is changed. Your other devices are signed out.",
		"pin":      "Your PIN is set.",
	})
	b := ownPage{Facts: []page.Fact{
		{Key: "Name", Value: page.TextCell(v.Who.Name)},
		{Key: "E-mail address", Value: page.TextCell(v.Who.Email)},
		{Key: "Role", Value: page.TextCell(roleWords(v.Who.Role)).Under(roleMeaning[v.Who.Role])},
	}}
	if a := v.Snap.Area(v.Who.Area); a != nil {
		b.Facts = append(b.Facts, page.Fact{Key: areaWord(v.Who.Role), Value: page.TextCell(a.Name)})
	}
	if v.Who.Role == staff.Worker {
		b.Facts = append(b.Facts, page.Fact{Key: "Outlets", Value: page.TextCell(outletNames(v.Snap, v.Who.Outlets))})
	}
	b.Links = append(b.Links, page.Link{Text: "Change your password", Href: "/password"})
	if v.Who.Role == staff.Worker {
		b.Links = append(b.Links, page.Link{Text: "Set your PIN for shared counters", Href: "/pin"})
	}
	b.Links = append(b.Links, page.Link{Text: "See where you are signed in", Href: "/sessions"})
	for _, id := range v.Who.Outlets {
		if o := v.Snap.Outlet(id); o != nil {
			b.Links = append(b.Links, page.Link{Text: "Make this device the counter device of " + o.Name, Href: desk.OutletPath(id) + "/counter"})
		}
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "account-own", pv)
}
