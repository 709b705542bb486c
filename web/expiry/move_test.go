package expiry_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/web/webtest"
)

var moveLink = regexp.MustCompile(`href="(/outlets/1/move\?[^"]*)"`)

// proposal is the address at which the first proposal from Home is confirmed.
func proposal(t *testing.T, a webtest.Answer) string {
	t.Helper()
	m := moveLink.FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("there is no proposal: %.900s", a.Words())
	}
	return html.UnescapeString(m[1])
}

func TestAProposalBecomesATransferOnce(t *testing.T) {
	w := newWorld(t)
	coordinator := w.As(webtest.Coordinator)
	at := proposal(t, coordinator.Open(w.area()+"/expiry"))
	form := coordinator.Fill(at)
	n, _ := strconv.Atoi(form.Get("kits"))
	if n < 10 || form.Get("lot") != strconv.Itoa(w.keep) || form.Get("to") != strconv.Itoa(w.Sister.ID) {
		t.Fatalf("the form holds %v", form)
	}
	if w.At(w.Home, w.keep)[ledger.Transit] != 0 {
		t.Fatal("looking at a proposal moved kits")
	}
	coordinator.Open(at).Says(t, "KEEP1", "Harbour Street needle exchange", "St Anne’s hostel", "gives out about", "Confirm and send")
	for range 2 {
		coordinator.Post(w.Path("/move"), form).Is(t, http.StatusSeeOther, w.Path("/entries/"+form.Get("id")))
	}
	if c := w.At(w.Home, w.keep); c[ledger.Transit] != n || c[ledger.Shelf] != 40-n {
		t.Errorf("after sending the same form twice: %v", c)
	}
	coordinator.Open(w.Path("/entries/"+form.Get("id"))).Says(t, strconv.Itoa(n)+" kits sent", "Sent to", "St Anne’s hostel", "Moved so that it is used in time")
	w.As(webtest.Neighbour).Open("/outlets/2").Says(t, "On the way here", "lot KEEP1")

	// It is no proposal any more: a fresh form for as much is refused, says why, and moves nothing.
	form.Set("id", ledger.NewID().String())
	a := coordinator.Post(w.Path("/move"), form)
	if a.Status != http.StatusConflict {
		t.Errorf("a proposal that is gone answers %d", a.Status)
	}
	a.Says(t, "Nothing was sent", "Look at the proposals again", `href="`+w.area()+`/expiry"`)
	a.Lacks(t, "Confirm and send")
	coordinator.Open(at).Says(t, "This proposal does not hold any more", "Nothing was sent")
	if c := w.At(w.Home, w.keep); c[ledger.Transit] != n {
		t.Errorf("a refusal moved kits: %v", c)
	}
	coordinator.Open(w.area()+"/expiry").Lacks(t, "/move?")
}

func TestAProposalThatChangedIsRefused(t *testing.T) {
	w := newWorld(t)
	worker := w.As(webtest.Worker)
	at := proposal(t, worker.Open(w.Path("/expiry")))
	form := worker.Fill(at)
	n, _ := strconv.Atoi(form.Get("kits"))

	more := url.Values{"id": form["id"], "to": form["to"], "lot": form["lot"], "kits": {strconv.Itoa(n + 1)}}
	a := worker.Post(w.Path("/move"), more)
	a.Is(t, http.StatusConflict, "", `id="kits-error"`, "Confirm and send")
	if got := webtest.Held(a.Body); got.Get("kits") != strconv.Itoa(n+1) || got.Get("id") != form.Get("id") {
		t.Errorf("what was typed is gone: %v", got)
	}
	for _, bad := range []url.Values{
		{"id": form["id"], "to": form["to"], "lot": form["lot"], "kits": {"0"}},
		{"id": form["id"], "to": form["to"], "lot": form["lot"], "kits": {"two"}},
		{"to": form["to"], "lot": form["lot"], "kits": {"2"}},
		{},
	} {
		if a := worker.Post(w.Path("/move"), bad); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%v answers %d", bad, a.Status)
		}
	}
	abroad := url.Values{"id": {ledger.NewID().String()}, "to": {strconv.Itoa(w.Across.ID)}, "lot": form["lot"], "kits": {"2"}}
	worker.Post(w.Path("/move"), abroad).Is(t, http.StatusConflict, "", "belongs to another authority")

	// The kits went elsewhere meanwhile.
	worker.Saved(w.Path("/write-off"), "what", "destroyed", "lot", strconv.Itoa(w.keep), "kits", "38")
	a = worker.Post(w.Path("/move"), form)
	a.Is(t, http.StatusConflict, "", "would now be left over at Harbour Street", "Nothing was sent")
	if c := w.At(w.Home, w.keep); c[ledger.Transit] != 0 {
		t.Errorf("refusals moved kits: %v", c)
	}

	// Whose kits they are not may not.
	w.As(webtest.Neighbour).Get(at).Is(t, http.StatusForbidden, "")
	w.As(webtest.National).Post(w.Path("/move"), form).Is(t, http.StatusForbidden, "")
	w.As(webtest.Elsewhere).Post(w.Path("/move"), form).Is(t, http.StatusForbidden, "")
}

func TestFewerKitsMayBeMoved(t *testing.T) {
	w := newWorld(t)
	worker := w.As(webtest.Worker)
	at := proposal(t, worker.Open(w.Path("/expiry")))
	worker.Open(at).Lacks(t, "about 13") // the other outlet's rate
	form := worker.Fill(at, "kits", "2")
	worker.Post(w.Path("/move"), form).Is(t, http.StatusSeeOther, w.Path("/entries/"+form.Get("id")))
	if c := w.At(w.Home, w.keep); c[ledger.Transit] != 2 {
		t.Errorf("%v", c)
	}
	form.Set("kits", "3")
	worker.Post(w.Path("/move"), form).Is(t, http.StatusConflict, "", "was sent before, for other kits")
}

// TestACoordinatorMovesKitsInABrowser goes all the way by what is on the page.
func TestACoordinatorMovesKitsInABrowser(t *testing.T) {
	w := newWorld(t)
	b := w.Browse(webtest.Coordinator)
	b.SetWidth(320)
	b.Open(w.URL + w.area())
	b.Follow(`main a[href$="/expiry"]`)
	if got := b.Text("#moves + .ek-cards"); !strings.Contains(got, "KEEP1") || !strings.Contains(got, "gives out about") {
		t.Fatalf("the proposals are %q", got)
	}
	b.Follow(".ek-cards a.nhsuk-button")
	n, _ := strconv.Atoi(b.Value("#kits"))
	b.Follow(".ek-actions button")
	if got := b.Text("h1"); got != strconv.Itoa(n)+" kits sent" {
		t.Fatalf("after confirming: %q at %s", got, b.URL())
	}
	if c := w.At(w.Home, w.keep); c[ledger.Transit] != n || n == 0 {
		t.Errorf("%v", c)
	}
}
