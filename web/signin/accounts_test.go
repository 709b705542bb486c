package signin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/staff"
	"everykit/web/webtest"
)

// find gives the account with an address, as the operator of the machine sees it.
func find(t *testing.T, w *webtest.World, email string) staff.Account {
	t.Helper()
	a, err := w.Staff.Find(t.Context(), staff.Operator(), email)
	if err != nil {
		t.Fatalf("%s: %v", email, err)
	}
	return a
}

func TestCoordinatorAddsAWorker(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Coordinator)
	v.Get("/accounts/new").Is(t, http.StatusOK, "", w.Home.Name, w.Sister.Name)
	v.Get("/accounts/new").Lacks(t, w.Across.Name, w.Abroad.Name)
	draft := form("name", "Newt Pond", "email", "newt@example.org", "password", "six wet newts swim", "outlets", strconv.Itoa(w.Sister.ID))

	bad := form("name", "", "email", "newt", "password", "x")
	got := v.Post("/accounts/new", bad)
	got.Is(t, http.StatusUnprocessableEntity, "", "This is not an e-mail address.", "A name has 1 to 100 characters.", "A worker needs at least one outlet.", `value="newt"`)

	got = v.Post("/accounts/new", draft)
	newt := find(t, w, "newt@example.org")
	got.Is(t, http.StatusSeeOther, "/accounts/"+strconv.Itoa(newt.ID)+"?done=new")
	if newt.Role != staff.Worker || newt.Area != w.Home.Area || len(newt.Outlets) != 1 || newt.Outlets[0].Outlet != w.Sister.ID {
		t.Errorf("the account is %+v", newt)
	}
	v.Post("/accounts/new", draft).Is(t, http.StatusConflict, "", "This e-mail address has an account already.", "Newt Pond")
	w.As(webtest.Public).Post("/sign-in", form("email", "newt@example.org", "password", "six wet newts swim")).Is(t, http.StatusSeeOther, "/outlets/"+strconv.Itoa(w.Sister.ID))

	here := "/accounts/" + strconv.Itoa(newt.ID)
	both := form("name", "Newt Lake", "email", "newt@example.org", "outlets", strconv.Itoa(w.Home.ID), "outlets", strconv.Itoa(w.Sister.ID))
	v.Post(here+"/change", both).Is(t, http.StatusSeeOther, here+"?done=changed")
	if newt = find(t, w, "newt@example.org"); newt.Name != "Newt Lake" || len(newt.Outlets) != 2 {
		t.Errorf("after the change it is %+v", newt)
	}
	v.Post(here+"/pin", form("pin", "1111")).Is(t, http.StatusUnprocessableEntity, "", "too easy to guess")
	v.Post(here+"/pin", form("pin", "5093")).Is(t, http.StatusSeeOther, here+"?done=pin")
	v.Post(here+"/password", form("password", "five dry newts rest")).Is(t, http.StatusSeeOther, here+"?done=password")

	signed := w.As(webtest.Public)
	signed.Post("/sign-in", form("email", "newt@example.org", "password", "five dry newts rest")).Is(t, http.StatusSeeOther, "/outlets")
	v.Post(here+"/close", nil).Is(t, http.StatusSeeOther, here+"?done=closed")
	signed.Get("/account").Is(t, http.StatusSeeOther, "/sign-in?to=%2Faccount")
	v.Get("/accounts").Is(t, http.StatusOK, "", "Newt Lake", "closed")
	v.Post(here+"/open", nil).Is(t, http.StatusSeeOther, here+"?done=open")
}

// TestCoordinatorGoesNoFurther sends what the forms of a coordinator do not offer.
func TestCoordinatorGoesNoFurther(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Coordinator)
	v.Post("/accounts/new", form("name", "Sly", "email", "sly@example.org", "password", "six wet newts swim", "outlets", strconv.Itoa(w.Home.ID), "role", "administrator", "area", w.Area(w.Across).Code))
	if a := find(t, w, "sly@example.org"); a.Role != staff.Worker || a.Area != w.Home.Area {
		t.Errorf("a coordinator made %+v", a)
	}
	got := v.Post("/accounts/new", form("name", "Sly", "email", "sly2@example.org", "password", "six wet newts swim", "outlets", strconv.Itoa(w.Across.ID)))
	if _, err := w.Staff.Find(t.Context(), staff.Operator(), "sly2@example.org"); err == nil || got.Status != http.StatusForbidden {
		t.Errorf("a coordinator made a worker of another authority's outlet: %d", got.Status)
	}
	for _, email := range []string{webtest.Email(webtest.Administrator), webtest.Email(webtest.National), "nobody@example.org"} {
		v.Post("/accounts/find", form("email", email)).Is(t, http.StatusUnprocessableEntity, "", "There is no account with this e-mail address here.")
	}
	v.Post("/accounts/find", form("email", webtest.Email(webtest.Worker))).Is(t, http.StatusSeeOther, "/accounts/"+strconv.Itoa(w.Account(webtest.Worker)))
	v.Get("/accounts").Lacks(t, "Ada Minn", "Nat Reed", "Cora Cole@")
	v.Get("/accounts.csv").Lacks(t, "Ada Minn", "Nat Reed")
	v.Get("/accounts?area="+w.Area(w.Across).Code).Lacks(t, "Extra")
}

func TestAdministratorMakesAnyAccount(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Administrator)
	v.Get("/accounts/new").Is(t, http.StatusOK, "", "Coordinator", "Looks after all outlets")
	v.Get("/accounts/new?role=coordinator").Is(t, http.StatusUnprocessableEntity, "", "Choose where this person works.")
	v.Get("/accounts/new?role=national&area="+w.Area(w.Home).Code).Is(t, http.StatusUnprocessableEntity, "", "is not a nation")
	got := v.Get("/accounts/new?role=worker&area=" + w.Area(w.Abroad).Code)
	got.Is(t, http.StatusOK, "", w.Abroad.Name)
	got.Lacks(t, w.Home.Name)
	v.Post("/accounts/new", form("role", "analyst", "area", w.Nation(w.Abroad).Code, "name", "Sco Lyst", "email", "sco@example.org", "password", "")).Is(t, http.StatusUnprocessableEntity, "", "needs a password")
	v.Post("/accounts/new", form("role", "analyst", "area", w.Nation(w.Abroad).Code, "name", "Sco Lyst", "email", "sco@example.org", "password", "six wet newts swim")).Is(t,
		http.StatusSeeOther, "/accounts/"+strconv.Itoa(find(t, w, "sco@example.org").ID)+"?done=new")
	if a := find(t, w, "sco@example.org"); a.Role != staff.Analyst || a.Area != w.Nation(w.Abroad).ID {
		t.Errorf("the account is %+v", a)
	}
	own := "/accounts/" + strconv.Itoa(w.Account(webtest.Administrator))
	v.Post(own+"/close", nil).Is(t, http.StatusConflict, "", "You cannot close your own account.")
	moved := "/accounts/" + strconv.Itoa(w.Account(webtest.Worker)) + "/change"
	v.Get(moved+"?step=role").Is(t, http.StatusOK, "", "National team")
	v.Post(moved, form("role", "coordinator", "area", w.Area(w.Across).Code, "name", webtest.Name(webtest.Worker), "email", webtest.Email(webtest.Worker))).Is(t, http.StatusSeeOther, strings.TrimSuffix(moved, "/change")+"?done=changed")
	if a := find(t, w, webtest.Email(webtest.Worker)); a.Role != staff.Coordinator || a.Area != w.Across.Area || len(a.Outlets) != 0 {
		t.Errorf("after the change it is %+v", a)
	}
}

func TestOutlets(t *testing.T) {
	w := webtest.New(t)
	got := w.As(webtest.Worker).Get("/outlets")
	got.Is(t, http.StatusOK, "", w.Home.Name)
	got.Lacks(t, w.Sister.Name, w.Across.Name)
	got = w.As(webtest.Coordinator).Get("/outlets.csv")
	got.Is(t, http.StatusOK, "", "BD-01", "BD-02")
	got.Lacks(t, "BT-01", "GG-01")
	v := w.As(webtest.National)
	v.Get("/outlets").Is(t, http.StatusOK, "", w.Home.Name, w.Across.Name, "3 outlets")
	v.Get("/outlets").Lacks(t, w.Abroad.Name)
	got = v.Get("/outlets?q=VAN")
	got.Is(t, http.StatusOK, "", w.Across.Name, "1 outlet with")
	got.Lacks(t, w.Home.Name)
	got = v.Get("/outlets?" + url.Values{"area": {w.Area(w.Home).Code}}.Encode())
	got.Is(t, http.StatusOK, "", w.Home.Name, w.Sister.Name)
	got.Lacks(t, `href="/outlets/`+strconv.Itoa(w.Across.ID)+`"`)
	v.Get("/outlets?area="+w.Area(w.Abroad).Code).Is(t, http.StatusNotFound, "")
	v.Get("/outlets?q=zzz").Is(t, http.StatusOK, "", "No outlet here has this name.")
}
