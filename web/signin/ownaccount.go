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

	Digest bool   // their role has a daily e-mail
	Wants  string // "yes" if they asked for it
}

func ownAccount(v *desk.Visit) error {
	pv := v.View("Your account")
	pv.Flash = done(v, map[string]string{
		"password": "Your password is changed. Your other devices are signed out.",
		"pin":      "Your PIN is set.",
		"digest":   "You get one e-mail a day from now on, when something needs doing.",
		"quiet":    "You get no daily e-mail.",
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
	if b.Digest = hasDigest(v); b.Digest {
		wants, err := v.Expiry.Wants(v.Ctx(), v.Who)
		if err != nil {
			return err
		}
		if wants {
			b.Wants = "yes"
		}
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "account-own", pv)
}

// hasDigest reports whether there is a daily e-mail for somebody of this role.
func hasDigest(v *desk.Visit) bool {
	switch v.Who.Role {
	case staff.Worker, staff.Coordinator, staff.National:
		return true
	}
	return false
}

// wishDigest is the tick for the daily e-mail, or its being taken away.
func wishDigest(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	on := form.Get("digest") == "yes"
	if err := v.Expiry.Wish(v.Ctx(), v.Who, on); err != nil {
		return err
	}
	if on {
		return v.Go("/account?done=digest")
	}
	return v.Go("/account?done=quiet")
}
