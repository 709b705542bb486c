package check

import (
	"net/http"
	"net/url"

	"everykit/reminder"
	"everykit/web/desk"
	"everykit/web/page"
)

// reminding is the page on which an address is left.
type reminding struct {
	Ready    bool
	Products []page.Option
	Product  string
	Lot      string
	Expiry   string
}

func remindForm(v *desk.Visit) error { return remindPage(v, v.R.URL.Query(), nil, nil) }

// remindPage shows the form, filled in from an address or as it was typed.
func remindPage(v *desk.Visit, from, typed url.Values, err error) error {
	pv := v.View(v.T("remind.title"))
	pv.Back = page.Link{Text: v.T("check.another"), Href: v.Link(at)}
	pv.Body = reminding{
		Ready: v.Reminders != nil && v.Reminders.Ready(), Products: productOptions(v),
		Product: from.Get("product"), Lot: from.Get("lot"), Expiry: from.Get("expiry"),
	}
	status := http.StatusOK
	if err != nil {
		if !pv.Fail(err, typed) {
			return err
		}
		status = page.Status(err)
	}
	return pages.Render(v.W, status, "remind", pv)
}

// remind takes an address. Where it goes on to says nothing of it.
func remind(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if v.Reminders == nil || !v.Reminders.Ready() {
		return v.Go(at + "/remind") // which says so
	}
	k, err := kitOf(v, form)
	if err == nil {
		err = v.Reminders.Ask(v.Ctx(), reminder.Asked{Email: form.Get("email"), Product: k.productID(), Lot: k.lot, Expiry: k.printed})
	}
	if err != nil {
		return remindPage(v, form, form, err)
	}
	return v.Go(at + "/remind/sent")
}

func sent(v *desk.Visit) error {
	pv := v.View(v.T("remind.sent-title"))
	pv.Public = true
	return pages.Render(v.W, http.StatusOK, "sent", pv)
}

// keeping is the page of a link.
type keeping struct {
	Waiting, Set bool
	Due          string
	Here         string
}

// kept shows what there is under a link, and changes nothing: programs that look through mail open links too, also the
// one for leaving.
func kept(v *desk.Visit) error {
	pv := v.View(v.T("remind.nothing-title"))
	b := keeping{Here: v.Link(reminder.LinkPath + url.PathEscape(v.R.PathValue("token")))}
	if v.Reminders != nil {
		k, err := v.Reminders.Read(v.Ctx(), v.R.PathValue("token"))
		if err != nil {
			return err
		}
		switch b.Due = v.Words().Date(k.DueOn); k.State {
		case reminder.Waiting:
			b.Waiting, pv.Title = true, v.T("remind.waiting-title")
		case reminder.Set:
			b.Set, pv.Title = true, v.T("remind.set-title")
		}
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "kept", pv)
}

// toKept leads on to what there is now.
func toKept(v *desk.Visit) error {
	return v.Go(reminder.LinkPath + url.PathEscape(v.R.PathValue("token")))
}

func confirm(v *desk.Visit) error {
	if v.Reminders != nil {
		if err := v.Reminders.Confirm(v.Ctx(), v.R.PathValue("token")); err != nil {
			return err
		}
	}
	return toKept(v)
}

func remove(v *desk.Visit) error {
	if v.Reminders != nil {
		if err := v.Reminders.Delete(v.Ctx(), v.R.PathValue("token")); err != nil {
			return err
		}
	}
	return toKept(v)
}
