package expiry_test

import (
	"crypto/sha256"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/web/webtest"
)

func sum(s string) []byte {
	h := sha256.Sum256([]byte(s))
	return h[:]
}

func TestReissue(t *testing.T) {
	w := newWorld(t)
	w.give(w.Home, w.soon, 2, webtest.Today-150)
	worker := w.As(webtest.Worker)
	a := worker.Open(w.Path("/reissue"))
	a.Says(t, "OLD1</a>", "SOON1</a>", "At most 6 kits", "expired", "expires soon", `href="/lots/`+strconv.Itoa(w.old)+`"`, "March 2026", w.Path("/reissue/poster"), w.Path("/give-out"))
	a.Lacks(t, "KEEP1", "BUSY1", "NODATE")
	rows, err := csv.NewReader(strings.NewReader(worker.Open(w.Path("/reissue.csv")).Body)).ReadAll()
	w.Must(err)
	if len(rows) != 3 || !slices.Equal(rows[1], []string{"nyxoid", "OLD1", "2026-10", "expired", "", "BD-01", "4", "2026-03", "2026-03"}) {
		t.Errorf("the file holds %v", rows)
	}
	a = worker.Open(w.Path("/reissue/poster"))
	a.Says(t, "OLD1", "SOON1", "Bring it to Harbour Street needle exchange", "Call 999", "If this is the only kit, use it")
	a.Lacks(t, "KEEP1", "at most", "4 kits")

	a = w.As(webtest.Coordinator).Open(w.area() + "/reissue")
	a.Says(t, "OLD1</a>", "Harbour Street needle exchange (4)")
	w.As(webtest.Coordinator).Open(w.area()+"/reissue/poster").Says(t, "Bring it to where you got it")
	w.As(webtest.Neighbour).Open("/outlets/2/reissue").Lacks(t, "OLD1")

	// A new kit for an old one takes it off the list.
	for range 4 {
		worker.Saved(w.Path("/give-out"), "reason", "expired", "replaces_lot", "OLD1", "brought_back", "yes").Says(t, "recorded as handed back")
	}
	worker.Open(w.Path("/reissue")).Lacks(t, "OLD1")
}

// wish ticks the box on the page of the account.
func wish(t *testing.T, v *webtest.Visitor) {
	t.Helper()
	v.Post("/account/digest", v.Fill("/account", "digest", "yes")).Is(t, http.StatusSeeOther, "/account?done=digest")
}

func TestTheDailyEmailIsAskedForAndStopped(t *testing.T) {
	w := newWorld(t)
	worker := w.As(webtest.Worker)
	if form := worker.Fill("/account"); form.Get("digest") != "" {
		t.Error("it is ticked before anybody asked")
	}
	if all := w.letters(t); len(all) != 0 {
		t.Errorf("%d letters to nobody who asked", len(all))
	}
	wish(t, worker)
	worker.Open("/account?done=digest").Says(t, "You get one e-mail a day from now on")
	if form := worker.Fill("/account"); form.Get("digest") != "yes" {
		t.Error("it is not ticked")
	}
	all := w.letters(t)
	if len(all) != 1 || len(w.letters(t)) != 1 {
		t.Fatalf("%d letters", len(all))
	}
	webtest.Says(t, all[0], "worker@example.org", "OLD1", "List-Unsubscribe-Post: List-Unsubscribe=One-Click")
	m := offLink.FindStringSubmatch(all[0])
	if m == nil {
		t.Fatalf("there is no link in\n%s", all[0])
	}
	// Opening it changes nothing, whoever does.
	public := w.As(webtest.Public)
	a := public.Open(m[1])
	a.Says(t, "Stop the daily e-mail?")
	a.Lacks(t, "worker", "Wanda", "example.org")
	if form := worker.Fill("/account"); form.Get("digest") != "yes" {
		t.Fatal("opening the link stopped it")
	}
	public.Post(m[1], nil).Is(t, http.StatusSeeOther, m[1]+"?done=yes")
	public.Open(m[1]+"?done=yes").Says(t, "The daily e-mail is stopped")
	if form := worker.Fill("/account"); form.Get("digest") != "" {
		t.Error("the button did not stop it")
	}
	// A mail program leaves with one request and is led nowhere.
	wish(t, worker)
	public.Post(m[1], url.Values{"List-Unsubscribe": {"One-Click"}}).Is(t, http.StatusOK, "", "The daily e-mail is stopped")
	if form := worker.Fill("/account"); form.Get("digest") != "" {
		t.Error("the mail program did not stop it")
	}
	public.Post("/digest/off/guessed", nil).Is(t, http.StatusNotFound, "", "not known any more")
	// Unticked.
	wish(t, worker)
	form := worker.Fill("/account")
	form.Del("digest")
	worker.Post("/account/digest", form).Is(t, http.StatusSeeOther, "/account?done=quiet")
	if form := worker.Fill("/account"); form.Get("digest") != "" {
		t.Error("it is ticked still")
	}
	if strings.Contains(w.Log.String(), "example.org") {
		t.Error("the log holds an address")
	}
	// Who has none is not asked.
	w.As(webtest.Analyst).Open("/account").Lacks(t, "one e-mail a day")
	w.As(webtest.Administrator).Open("/account").Lacks(t, "one e-mail a day")
}

func TestRefusedAddressesAreToldToWhoeverCanMendThem(t *testing.T) {
	w := newWorld(t)
	w.refuse(webtest.Worker)
	w.refuse(webtest.National)
	link := "/accounts/" + strconv.Itoa(w.Account(webtest.Worker))
	w.As(webtest.Coordinator).Open(w.area()).Says(t, "refuses the daily e-mail of 1 person", `href="`+link+`">Wanda Werk</a>`)
	for _, who := range []string{webtest.National, webtest.Analyst} {
		w.As(who).Open(w.area()).Lacks(t, "Wanda", "refuses the daily e-mail")
		w.As(who).Open("/nation/expiry").Lacks(t, "Nat Reed</a>", "refuses the daily e-mail")
	}
	w.As(webtest.Administrator).Open("/nation/expiry").Says(t, "refuses the daily e-mail of 1 person", "Nat Reed</a>")
	w.As(webtest.Elsewhere).Open("/areas/"+w.Area(w.Across).Code).Lacks(t, "Wanda")
}
