package signin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/registry"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/figures"
	"everykit/web/page"
)

// accountList is the page of accounts.
type accountList struct {
	Areas []page.Option // an administrator chooses among them
	Area  string
	Said  string
	Table page.Table
	Pager page.Pager
}

// everywhere reports whether a person looks after every account, not only an authority's workers.
func everywhere(v *desk.Visit) bool { return v.Who.May(staff.ManageAccounts, staff.Place{}) }

// theirs are the accounts a person looks after, of one area if asked so. Nobody else gets past it.
func theirs(v *desk.Visit) ([]staff.Account, *registry.Area, error) {
	if !everywhere(v) {
		a := v.Snap.Area(v.Who.Area)
		if a == nil {
			return nil, nil, v.Who.Must(staff.ManageAccounts, staff.Place{})
		}
		list, err := v.Staff.Accounts(v.Ctx(), v.Who, desk.AreaPlace(v.Snap, a))
		return list, a, err
	}
	code := v.R.URL.Query().Get("area")
	if code == "" {
		list, err := v.Staff.Accounts(v.Ctx(), v.Who, staff.Place{})
		return list, nil, err
	}
	a, ok := v.Snap.AreaByCode(code)
	if !ok {
		return nil, nil, fault.New(fault.NotFound, "there is no such authority")
	}
	list, err := v.Staff.Accounts(v.Ctx(), v.Who, staff.Place{Area: a.ID})
	return list, a, err
}

func accounts(v *desk.Visit) error {
	pv, err := accountsView(v)
	if err != nil {
		return err
	}
	return pages.Render(v.W, http.StatusOK, "accounts", pv)
}

func accountsView(v *desk.Visit) (page.View, error) {
	list, area, err := theirs(v)
	if err != nil {
		return page.View{}, err
	}
	b := accountList{Said: page.Plural(int64(len(list)), "account", "accounts")}
	pv := v.View("Accounts")
	if area != nil {
		pv.Caption = area.Name
	}
	if everywhere(v) {
		b.Areas = append([]page.Option{{Value: "", Label: "Everywhere"}}, areaChoices(v)...)
		if area != nil {
			b.Area = area.Code
		}
	}
	shown, pager := part(list, "Accounts", v.R.URL)
	b.Table, b.Pager = accountGrid(v, shown).Table("/accounts.csv"+query(v.R.URL)), pager
	pv.Body = b
	return pv, nil
}

func accountsFile(v *desk.Visit) error {
	list, _, err := theirs(v)
	if err != nil {
		return err
	}
	return accountGrid(v, list).Send(v)
}

// findAccount looks an account up by its e-mail address, which is in the body of the form and never in an address.
func findAccount(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if _, _, err := theirs(v); err != nil {
		return err
	}
	a, err := v.Staff.Find(v.Ctx(), v.Who, form.Get("email"))
	if fault.Is(err, fault.NotFound) {
		pv, missing := accountsView(v)
		if missing != nil {
			return missing
		}
		none := fault.New(fault.Invalid, "there is no account with this e-mail address here").At("email").Hint("check the spelling")
		return redraw(v, "accounts", pv, none, form)
	}
	if err != nil {
		return err
	}
	return v.Go(accountPath(a.ID))
}

func accountPath(id int) string { return "/accounts/" + strconv.Itoa(id) }

// areaChoices are the areas an account can belong to: nations first, then authorities by name.
func areaChoices(v *desk.Visit) []page.Option {
	today := v.Ledger.Today()
	var list []*registry.Area
	for _, a := range v.Snap.Areas() {
		if a.Kind != registry.Region && a.On(today) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b *registry.Area) int {
		if (a.Kind == registry.Nation) != (b.Kind == registry.Nation) {
			if a.Kind == registry.Nation {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	options := make([]page.Option, len(list))
	for i, a := range list {
		options[i] = page.Option{Value: a.Code, Label: a.Name}
	}
	return options
}

func accountGrid(v *desk.Visit, list []staff.Account) figures.Grid {
	g := figures.Grid{
		File: "accounts", Caption: "Accounts", Hide: true, Stack: true, Empty: "There are no accounts here yet.",
		Columns: []figures.Column{{Key: "name", Label: "Name"}, {Key: "email", Label: "E-mail address"}, {Key: "role", Label: "Role"}, {Key: "area", Label: "Where"}, {Key: "outlets"}, {Key: "signs_in", Label: "Signs in with"}, {Key: "state"}},
	}
	now := v.DB.Now()
	for _, a := range list {
		name := figures.Link(a.Name, accountPath(a.ID))
		state := "open"
		if !a.DisabledAt.IsZero() {
			state = "closed"
			name.Show = name.Show.Tagged(page.Tag{Text: "closed", Tone: page.Quiet})
		}
		where := figures.Words("Everywhere")
		if at := v.Snap.Area(a.Area); at != nil {
			where = figures.Words(at.Name)
		}
		works := worksAt(v, a)
		where.Show = where.Show.Under(works)
		with := figures.Words(signsInWith(a))
		if a.HasPassword {
			with.Show = with.Show.Under("Last: " + ago(now, a.SignedInAt))
		}
		role := figures.Words(roleWords(a.Role))
		role.Raw = a.Role.String()
		g.Rows = append(g.Rows, figures.Row{Quiet: state == "closed", Cells: []figures.Cell{name, figures.Words(a.Email), role, where, figures.Raw(works), with, figures.Raw(state)}})
	}
	return g
}

// worksAt names a worker's outlets in one line, or says how many there are.
func worksAt(v *desk.Visit, a staff.Account) string {
	if len(a.Outlets) > 3 {
		return strconv.Itoa(len(a.Outlets)) + " outlets"
	}
	var ids []int
	for _, at := range a.Outlets {
		ids = append(ids, at.Outlet)
	}
	return outletNames(v.Snap, ids)
}

func signsInWith(a staff.Account) string {
	switch {
	case a.HasPassword && a.HasPIN:
		return "Password and PIN"
	case a.HasPassword:
		return "Password"
	case a.HasPIN:
		return "PIN at a counter"
	}
	return "Nothing yet"
}
