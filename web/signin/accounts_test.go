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
	answers(t, v.Get("/accounts/new"), http.StatusOK, "", w.Home.Name, w.Sister.Name)
	lacks(t, v.Get("/accounts/new"), w.Across.Name, w.Abroad.Name)
	draft := form("name", "Newt Pond", "email", "newt@example.org", "password", "six wet newts swim", "outlets", strconv.Itoa(w.Sister.ID))

	bad := form("name", "", "email", "newt", "password", "x")
	got := v.Post("/accounts/new", bad)
	answers(t, got, http.StatusUnprocessableEntity, "", "This is not an e-mail address.", "A name has 1 to 100 characters.", "A worker needs at least one outlet.", `value="newt"`)

	got = v.Post("/accounts/new", draft)
	newt := find(t, w, "newt@example.org")
	answers(t, got, http.StatusSeeOther, "/accounts/"+strconv.Itoa(newt.ID)+"?done=new")
	if newt.Role != staff.Worker || newt.Area != w.Home.Area || len(newt.Outlets) != 1 || newt.Outlets[0].Outlet != w.Sister.ID {
		t.Errorf("the account is %+v", newt)
	}
	answers(t, v.Post("/accounts/new", draft), http.StatusConflict, "", "This e-mail address has an account already.", "Newt Pond")
	answers(t, w.As(webtest.Public).Post("/sign-in", form("email", "newt@example.org", "password", "six wet newts swim")), http.StatusSeeOther, "/outlets/"+strconv.Itoa(w.Sister.ID))

	here := "/accounts/" + strconv.Itoa(newt.ID)
	both := form("name", "Newt Lake", "email", "newt@example.org", "outlets", strconv.Itoa(w.Home.ID), "outlets", strconv.Itoa(w.Sister.ID))
	answers(t, v.Post(here+"/change", both), http.StatusSeeOther, here+"?done=changed")
	if newt = find(t, w, "newt@example.org"); newt.Name != "Newt Lake" || len(newt.Outlets) != 2 {
		t.Errorf("after the change it is %+v", newt)
	}
	answers(t, v.Post(here+"/pin", form("pin", "1111")), http.StatusUnprocessableEntity, "", "too easy to guess")
	answers(t, v.Post(here+"/pin", form("pin", "5093")), http.StatusSeeOther, here+"?done=pin")
	answers(t, v.Post(here+"/password", form("password", "five dry newts rest")), http.StatusSeeOther, here+"?done=password")

	signed := w.As(webtest.Public)
	answers(t, signed.Post("/sign-in", form("email", "newt@example.org", "password", "five dry newts rest")), http.StatusSeeOther, "/outlets")
	answers(t, v.Post(here+"/close", nil), http.StatusSeeOther, here+"?done=closed")
	answers(t, signed.Get("/account"), http.StatusSeeOther, "/sign-in?to=%2Faccount")
	answers(t, v.Get("/accounts"), http.StatusOK, "", "Newt Lake", "closed")
	answers(t, v.Post(here+"/open", nil), http.StatusSeeOther, here+"?done=open")
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
		answers(t, v.Post("/accounts/find", form("email", email)), http.StatusUnprocessableEntity, "", "There is no account with this e-mail address here.")
	}
	answers(t, v.Post("/accounts/find", form("email", webtest.Email(webtest.Worker))), http.StatusSeeOther, "/accounts/"+strconv.Itoa(w.Account(webtest.Worker)))
	lacks(t, v.Get("/accounts"), "Ada Minn", "Nat Reed", "Cora Cole@")
	lacks(t, v.Get("/accounts.csv"), "Ada Minn", "Nat Reed")
	lacks(t, v.Get("/accounts?area="+w.Area(w.Across).Code), "Extra")
}

func TestAdministratorMakesAnyAccount(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Administrator)
	answers(t, v.Get("/accounts/new"), http.StatusOK, "", "Coordinator", "Looks after all outlets")
	answers(t, v.Get("/accounts/new?role=coordinator"), http.StatusUnprocessableEntity, "", "Choose where this person works.")
	answers(t, v.Get("/accounts/new?role=national&area="+w.Area(w.Home).Code), http.StatusUnprocessableEntity, "", "is not a nation")
	got := v.Get("/accounts/new?role=worker&area=" + w.Area(w.Abroad).Code)
	answers(t, got, http.StatusOK, "", w.Abroad.Name)
	lacks(t, got, w.Home.Name)
	answers(t, v.Post("/accounts/new", form("role", "analyst", "area", w.Nation(w.Abroad).Code, "name", "Sco Lyst", "email", "sco@example.org", "password", "")), http.StatusUnprocessableEntity, "", "needs a password")
	answers(t, v.Post("/accounts/new", form("role", "analyst", "area", w.Nation(w.Abroad).Code, "name", "Sco Lyst", "email", "sco@example.org", "password", "six wet newts swim")),
		http.StatusSeeOther, "/accounts/"+strconv.Itoa(find(t, w, "sco@example.org").ID)+"?done=new")
	if a := find(t, w, "sco@example.org"); a.Role != staff.Analyst || a.Area != w.Nation(w.Abroad).ID {
		t.Errorf("the account is %+v", a)
	}
	own := "/accounts/" + strconv.Itoa(w.Account(webtest.Administrator))
	answers(t, v.Post(own+"/close", nil), http.StatusConflict, "", "You cannot close your own account.")
	moved := "/accounts/" + strconv.Itoa(w.Account(webtest.Worker)) + "/change"
	answers(t, v.Get(moved+"?step=role"), http.StatusOK, "", "National team")
	answers(t, v.Post(moved, form("role", "coordinator", "area", w.Area(w.Across).Code, "name", "Wanda Werk", "email", webtest.Email(webtest.Worker))), http.StatusSeeOther, strings.TrimSuffix(moved, "/change")+"?done=changed")
	if a := find(t, w, webtest.Email(webtest.Worker)); a.Role != staff.Coordinator || a.Area != w.Across.Area || len(a.Outlets) != 0 {
		t.Errorf("after the change it is %+v", a)
	}
}

func TestOutlets(t *testing.T) {
	w := webtest.New(t)
	got := w.As(webtest.Worker).Get("/outlets")
	answers(t, got, http.StatusOK, "", w.Home.Name)
	lacks(t, got, w.Sister.Name, w.Across.Name)
	got = w.As(webtest.Coordinator).Get("/outlets.csv")
	answers(t, got, http.StatusOK, "", "BD-01", "BD-02")
	lacks(t, got, "BT-01", "GG-01")
	v := w.As(webtest.National)
	answers(t, v.Get("/outlets"), http.StatusOK, "", w.Home.Name, w.Across.Name, "3 outlets")
	lacks(t, v.Get("/outlets"), w.Abroad.Name)
	got = v.Get("/outlets?q=VAN")
	answers(t, got, http.StatusOK, "", w.Across.Name, "1 outlet with")
	lacks(t, got, w.Home.Name)
	got = v.Get("/outlets?" + url.Values{"area": {w.Area(w.Home).Code}}.Encode())
	answers(t, got, http.StatusOK, "", w.Home.Name, w.Sister.Name)
	lacks(t, got, `href="/outlets/`+strconv.Itoa(w.Across.ID)+`"`)
	answers(t, v.Get("/outlets?area="+w.Area(w.Abroad).Code), http.StatusNotFound, "")
	answers(t, v.Get("/outlets?q=zzz"), http.StatusOK, "", "No outlet here has this name.")
}
