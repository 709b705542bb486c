package research_test

import (
	"strings"
	"testing"
	"time"

	"everykit/library"
	"everykit/web/webtest"
)

// TestFromSuggestionToShelf is one suggestion in a browser: somebody sends it, the team takes it up, fills it in and accepts it; then it
// is in the latest, in the feed, and found. Its sender reads what became of it. The public's part needs no script.
func TestFromSuggestionToShelf(t *testing.T) {
	w := webtest.NewBare(t)
	p := w.Browse(webtest.Public)
	p.BlockScript(true)
	p.SetWidth(390)
	p.Open(w.URL + "/research")
	p.Follow(`main a[href="/research/suggest"]`)
	p.Type("#title", "Peer supply of naloxone in Gwent")
	p.Type("#why", "It is about peers.")
	p.Type("#email", "somebody@example.org")
	w.Wait(library.MinFormAge + time.Second)
	p.Follow("main form button")
	reference := p.Text("main dd strong")
	if len(reference) != 14 || !strings.Contains(p.Text("main"), "We have not read it yet.") {
		t.Fatalf("after sending: %q", p.Text("main"))
	}
	p.Fit()

	b := w.Browse(webtest.National)
	b.Open(w.URL + "/nation/research")
	b.Follow(`a[href="/nation/research/suggestions"]`)
	b.Follow("main table a")
	if got := b.Text("main"); !strings.Contains(got, "It is about peers.") || !strings.Contains(got, "somebody@example.org") {
		t.Fatalf("the suggestion says %q", got)
	}
	b.Type("#note", "Thank you.")
	b.Follow(`button[value="take"]`)
	if got := b.Text(".ek-flash"); !strings.Contains(got, "Taken up") {
		t.Fatalf("after taking it up: %q", got)
	}
	b.Type("#summary", "People who have been there give kits to others.")
	b.Click(`input[value="peer supply"]`)
	b.Follow(`form[action^="/nation/research/items/"]:not([action$="/state"]) button[type="submit"]`)
	if got := b.Text(".ek-flash"); !strings.Contains(got, "Saved.") {
		t.Fatalf("after saving: %q", got)
	}
	if w.As(webtest.Public).Get("/research/peer-supply-of-naloxone-in-gwent-undated").Status != 404 {
		t.Error("everybody reads it before it is accepted")
	}
	b.Follow(`button[value="accept"]`)
	b.Fit()

	p.Open(w.URL + "/research")
	if got := p.Text("#latest ~ article a"); got != "Peer supply of naloxone in Gwent" {
		t.Errorf("the latest is %q", got)
	}
	p.Type("#q", "gwent")
	p.Follow("main form button")
	if !strings.Contains(p.URL(), "q=gwent") || p.Text("#latest") != "1 found" || !strings.Contains(p.Text("main"), "People who have been there") {
		t.Errorf("a search shows %q", p.Text("main"))
	}
	p.Fit()
	p.Follow("#latest ~ article a")
	if got := p.Text("main"); !strings.Contains(got, "Kits from peers") || strings.Contains(got, "It is about peers.") {
		t.Errorf("its page says %q", got)
	}
	w.As(webtest.Public).Open("/research/feed.atom").Says(t, "Peer supply of naloxone in Gwent")
	p.Open(w.URL + "/research/suggested")
	p.Type("#reference", reference)
	p.Follow("main form button")
	if got := p.Text("main"); !strings.Contains(got, "It is on the website.") || !strings.Contains(got, "Thank you.") || strings.Contains(p.URL(), reference) {
		t.Errorf("%s says %q", p.URL(), got)
	}
}
