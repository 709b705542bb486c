package notice

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/mail"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

type contactsBody struct {
	Rows []contactRow
	Back string
}

// contactRow is whom to write to for one organisation.
type contactRow struct {
	Provider string // empty: the authority itself
	Name     string
	Hint     string
	Email    string
	Field    string
}

func contactsForm(v *desk.Visit) error { return drawContacts(v, nil, nil) }

// saveContacts keeps those that were changed. Where one cannot be an address, none is kept.
func saveContacts(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	rows, err := contactRows(v)
	if err != nil {
		return err
	}
	var bad fault.List
	var changed []notice.Contact
	for _, r := range rows {
		email := strings.TrimSpace(form.Get(r.Field))
		if !form.Has(r.Field) || email == r.Email {
			continue
		}
		if email != "" && mail.CheckAddress(email) != nil {
			bad = append(bad, fault.New(fault.Invalid, "this is not an e-mail address").At(r.Field).Hint("write it like name@example.org"))
		}
		changed = append(changed, notice.Contact{Area: v.Area.ID, Provider: r.Provider, Email: email})
	}
	if err := bad.Err(); err != nil {
		return drawContacts(v, form, err)
	}
	for _, c := range changed {
		if err := v.Notices.PutContact(v.Ctx(), v.Who, c); err != nil {
			return err
		}
	}
	return v.Go(v.R.URL.Path + "?saved=contacts")
}

// contactRows are the authority itself, each organisation that runs an outlet in it, and those that an address is kept of.
func contactRows(v *desk.Visit) ([]contactRow, error) {
	known, err := v.Notices.Contacts(v.Ctx(), v.Area.ID)
	if err != nil {
		return nil, err
	}
	rows := []contactRow{{Name: v.Area.Name, Hint: "For the authority as a whole."}}
	outlets := map[string][]string{}
	var providers []string
	add := func(provider string) {
		if provider != "" && !slices.ContainsFunc(providers, func(p string) bool { return fold(p) == fold(provider) }) {
			providers = append(providers, provider)
		}
	}
	for _, o := range v.Snap.OutletsOf(v.Area.ID) {
		add(o.Provider)
		outlets[fold(o.Provider)] = append(outlets[fold(o.Provider)], o.Name)
	}
	for _, c := range known {
		add(c.Provider)
	}
	slices.Sort(providers)
	for _, p := range providers {
		r := contactRow{Provider: p, Name: p, Hint: "Runs no outlet here now."}
		if names := outlets[fold(p)]; len(names) > 0 {
			r.Hint = "Runs " + some(names) + "."
		}
		rows = append(rows, r)
	}
	for i := range rows {
		rows[i].Field = "contacts." + strconv.Itoa(i) + ".email"
		for _, c := range known {
			if fold(c.Provider) == fold(rows[i].Provider) {
				rows[i].Email = c.Email
			}
		}
	}
	return rows, nil
}

func drawContacts(v *desk.Visit, form url.Values, cause error) error {
	rows, err := contactRows(v)
	if err != nil {
		return err
	}
	pv := v.View("Who to write to")
	pv.Caption = v.Area.Name
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: "/areas/" + v.Area.Code}}
	pv.Flash = saved[v.R.URL.Query().Get("saved")]
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
	}
	pv.Body = contactsBody{Rows: rows, Back: "/areas/" + v.Area.Code}
	return pages.Render(v.W, status, "contacts", pv)
}
