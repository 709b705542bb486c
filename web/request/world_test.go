package request_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/registry"
	"everykit/request"
	"everykit/staff"
	"everykit/web/webtest"
)

// What a person types, which must be found nowhere else.
const (
	canaryName    = "Canary Nightingale"
	canaryStreet  = "7 Canary Wharfside"
	canaryCode    = "OX1 2JD"
	canaryMail    = "canary.person@example.net"
	canaryAddress = canaryStreet + "\nOxford\n" + canaryCode

	barking = "E09000002"
	barnet  = "E09000003"
	queue   = "/areas/" + barking + "/requests"
)

// offering is a world without a table of postcodes, in which Home's authority sends from Home, and has kits collected at Home and Sister.
func offering(t *testing.T, change ...func(*request.Offer)) *webtest.World {
	t.Helper()
	w := webtest.NewBare(t)
	w.Stock()
	o := request.Offer{Area: w.Home.Area, On: true, Post: true, Collect: true, Outlet: w.Home.ID, Collects: []int{w.Home.ID, w.Sister.ID}, Most: 2, KeepDays: 14, Note: "We post on Tuesdays.", Return: "PO Box 7, Barking"}
	for _, fn := range change {
		fn(&o)
	}
	w.Must(w.Requests.SetOffer(t.Context(), staff.Operator(), o))
	return w
}

// public makes an outlet one that anybody may know of.
func public(t *testing.T, w *webtest.World, o *registry.Outlet, phone string) {
	t.Helper()
	made := *o
	made.Public, made.Phone, made.Postcode = registry.Yes, phone, "IG11 7AA"
	_, err := w.Registry.PutOutlet(t.Context(), made)
	w.Must(err)
}

// walker asks by the pages, as a browser without scripts does.
type walker struct {
	t    *testing.T
	v    *webtest.Visitor
	at   webtest.Answer
	path string
}

func start(t *testing.T, w *webtest.World) *walker {
	t.Helper()
	k := &walker{t: t, v: w.As(webtest.Public), path: "/request"}
	k.at = k.v.Open(k.path)
	w.Wait(time.Minute)
	return k
}

// press fills in the page and presses a button.
func (k *walker) press(button string, with ...string) *walker {
	k.t.Helper()
	form := k.form(with...)
	form.Set("go", button)
	k.at = k.v.Post(k.path, form)
	if k.at.To != "" {
		k.t.Fatalf("the form leads on to %s", k.at.To)
	}
	return k
}

// form is what the page holds, with some answers.
func (k *walker) form(with ...string) url.Values {
	form := webtest.Held(k.at.Body)
	for i := 0; i < len(with); i += 2 {
		form.Set(with[i], with[i+1])
	}
	return form
}

func (k *walker) next(with ...string) *walker { k.t.Helper(); return k.press("next", with...) }

// is checks which page it is.
func (k *walker) is(page string) *walker {
	k.t.Helper()
	if got := webtest.Held(k.at.Body).Get("page"); got != page {
		k.t.Fatalf("this is page %q, not %q: %d %.600s", got, page, k.at.Status, k.at.Words())
	}
	return k
}

// toWhere goes to the fifth page.
func (k *walker) toWhere(how string) *walker {
	k.t.Helper()
	k.is("who").next("for", "me", "council", barking).is("kind").next("route", "injection").is("cards").next().is("how").next("how", how, "kits", "1")
	return k.is("where")
}

// posted goes to the last page, of a request by post.
func (k *walker) posted() *walker {
	k.t.Helper()
	return k.toWhere("post").next("old_enough", "yes", "name", canaryName, "address", canaryAddress, "contact", canaryMail).is("check")
}

var referenceIn = regexp.MustCompile(`id="reference"[^>]*>([^<]+)<`)

// sent sends it, and gives the reference.
func (k *walker) sent() string {
	k.t.Helper()
	k.press("send")
	m := referenceIn.FindStringSubmatch(k.at.Body)
	if k.at.Status != http.StatusOK || m == nil {
		k.t.Fatalf("there is no reference: %d %.900s", k.at.Status, k.at.Words())
	}
	return m[1]
}

// only is the address of the one request that waits.
func only(t *testing.T, w *webtest.World) string {
	t.Helper()
	list, err := w.Requests.Queue(t.Context(), staff.Operator(), w.Home.Area, 0)
	w.Must(err)
	if len(list) != 1 {
		t.Fatalf("%d requests wait", len(list))
	}
	return queue + "/" + list[0].ID.String()
}

// deed presses a button of a request's page.
func deed(t *testing.T, v *webtest.Visitor, path, do string, with ...string) webtest.Answer {
	t.Helper()
	form := url.Values{}
	for _, f := range webtest.Forms(v.Open(path).Body, path) { // each of its forms has the version; lot and why stand in one each
		for name, values := range f.Held {
			form[name] = values
		}
	}
	form.Set("do", do)
	for i := 0; i < len(with); i += 2 {
		form.Set(with[i], with[i+1])
	}
	a := v.Post(path, form)
	if a.Status == http.StatusSeeOther {
		return v.Open(a.To)
	}
	return a
}

// state is what a reference shows.
func state(t *testing.T, w *webtest.World, reference string) string {
	t.Helper()
	a := w.As(webtest.Public).Post("/request/progress", url.Values{"reference": {reference}})
	a.Is(t, http.StatusOK, "")
	return a.Words()
}

// found looks for words in the whole database and its log files.
func found(t *testing.T, w *webtest.World, word string) bool {
	t.Helper()
	var path string
	w.Must(w.DB.Read(t.Context(), func(tx *storeTx) error {
		var seq int
		var name string
		_, err := tx.Get(t.Context(), []any{&seq, &name, &path}, "PRAGMA database_list")
		return err
	}))
	files, err := filepath.Glob(path + "*")
	w.Must(err)
	if len(files) == 0 {
		t.Fatal("the database has no file")
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		w.Must(err)
		if strings.Contains(string(b), word) {
			return true
		}
	}
	return false
}

type offer = request.Offer

func itoa(n int) string { return strconv.Itoa(n) }

func values(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}
