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

// accountPage is one account as whoever looks after it sees it.
type accountPage struct {
	Facts  []page.Fact
	Here   string
	Open   bool
	Own    bool // theirs: its password and PIN are changed on their own page
	Worker bool
}

// account finds the account that an address names, for whoever looks after it. To others it reads as one that is not
// there.
func account(handle func(*desk.Visit, staff.Account) error) func(*desk.Visit) error {
	return func(v *desk.Visit) error {
		list, _, err := theirs(v)
		if err != nil {
			return err
		}
		id, err := strconv.Atoi(v.R.PathValue("account"))
		for _, a := range list {
			if err == nil && a.ID == id {
				return handle(v, a)
			}
		}
		return fault.New(fault.NotFound, "there is no such account here")
	}
}

func showAccount(v *desk.Visit, a staff.Account) error {
	pv := accountView(v, a)
	pv.Flash = done(v, map[string]string{
		"new": "The account is made.", "changed": "The account is changed.", "password": "The new password is set. Tell it to them.",
		"pin": "The new PIN is set. Tell it to them.", "out": "Signed out everywhere.", "closed": "The account is closed.", "open": "The account is open again.",
	})
	return pages.Render(v.W, http.StatusOK, "account", pv)
}

func accountView(v *desk.Visit, a staff.Account) page.View {
	now := v.DB.Now()
	b := accountPage{Here: accountPath(a.ID), Open: a.DisabledAt.IsZero(), Own: a.ID == v.Who.ID, Worker: a.Role == staff.Worker}
	state := page.TagCell(page.Tag{Text: "open", Tone: page.Good})
	if !b.Open {
		state = page.TagCell(page.Tag{Text: "closed", Tone: page.Quiet}).Under(ago(now, a.DisabledAt))
	}
	b.Facts = []page.Fact{
		{Key: "State", Value: state},
		{Key: "E-mail address", Value: page.TextCell(a.Email)},
		{Key: "Role", Value: page.TextCell(roleWords(a.Role)).Under(roleMeaning[a.Role])},
	}
	if at := v.Snap.Area(a.Area); at != nil {
		b.Facts = append(b.Facts, page.Fact{Key: areaWord(a.Role), Value: page.TextCell(at.Name)})
	}
	if b.Worker {
		var ids []int
		for _, at := range a.Outlets {
			ids = append(ids, at.Outlet)
		}
		b.Facts = append(b.Facts, page.Fact{Key: "Works at", Value: page.TextCell(outletNames(v.Snap, ids))})
	}
	b.Facts = append(b.Facts,
		page.Fact{Key: "Signs in with", Value: page.TextCell(signsInWith(a))},
		page.Fact{Key: "Last signed in", Value: page.TextCell(ago(now, a.SignedInAt))})
	pv := v.View(a.Name)
	pv.Caption = "Account"
	pv.Crumbs = []page.Link{{Text: "Accounts", Href: "/accounts"}}
	pv.Body = b
	return pv
}

func changeForm(v *desk.Visit, a staff.Account) error {
	q := v.R.URL.Query()
	here := accountPath(a.ID) + "/change"
	r, err := standing(v, a), error(nil)
	if everywhere(v) && q.Get("step") != "" {
		if q.Get("step") == "role" {
			chosen := url.Values{"role": {r.role.String()}}
			if r.area != nil {
				chosen.Set("area", r.area.Code)
			}
			return chooseRole(v, "Change an account", here, chosen, nil)
		}
		if r, err = reachOf(v, q); err != nil {
			return chooseRole(v, "Change an account", here, q, err)
		}
	}
	return pages.Render(v.W, http.StatusOK, "account-form", changeView(v, a, r))
}

// standing is the reach an account has now.
func standing(v *desk.Visit, a staff.Account) reach { return reach{a.Role, v.Snap.Area(a.Area)} }

func changeView(v *desk.Visit, a staff.Account, r reach) page.View {
	has := a.Outlets
	if r.area == nil || r.area.ID != a.Area {
		has = nil
	}
	pv := draftView(v, "Change an account", r, has)
	b := pv.Body.(draftPage)
	b.Name, b.Email, b.Cancel, b.Action = a.Name, a.Email, accountPath(a.ID), accountPath(a.ID)+"/change"
	if everywhere(v) {
		b.Other = b.Action + "?step=role"
	}
	pv.Body = b
	return pv
}

func changeAccount(v *desk.Visit, a staff.Account) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	r, err := reachOf(v, form)
	if err != nil {
		return err
	}
	if err := v.Staff.Change(v.Ctx(), v.Who, a.ID, draftOf(v, form, r)); err != nil {
		return redraw(v, "account-form", changeView(v, a, r), err, form)
	}
	return v.Go(accountPath(a.ID) + "?done=changed")
}

func givePassword(v *desk.Visit, a staff.Account) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.Staff.SetPassword(v.Ctx(), v.Who, a.ID, form.Get("password")); err != nil {
		return redraw(v, "account", accountView(v, a), err, form)
	}
	return v.Go(accountPath(a.ID) + "?done=password")
}

func givePIN(v *desk.Visit, a staff.Account) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.Staff.SetPIN(v.Ctx(), v.Who, a.ID, form.Get("pin")); err != nil {
		return redraw(v, "account", accountView(v, a), err, form)
	}
	return v.Go(accountPath(a.ID) + "?done=pin")
}

// deedOn runs something that has no form to be shown again.
func deedOn(v *desk.Visit, a staff.Account, err error, done string) error {
	if err != nil {
		return redraw(v, "account", accountView(v, a), err, url.Values{})
	}
	return v.Go(accountPath(a.ID) + "?done=" + done)
}

func signOutEverywhere(v *desk.Visit, a staff.Account) error {
	return deedOn(v, a, v.Staff.RevokeAll(v.Ctx(), v.Who, a.ID), "out")
}

func closeAccount(v *desk.Visit, a staff.Account) error {
	return deedOn(v, a, v.Staff.Disable(v.Ctx(), v.Who, a.ID), "closed")
}

func reopenAccount(v *desk.Visit, a staff.Account) error {
	return deedOn(v, a, v.Staff.Enable(v.Ctx(), v.Who, a.ID), "open")
}
