package bulletin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"everykit/bulletin"
	"everykit/web/webtest"
)

var (
	aLink = regexp.MustCompile(`/bulletins/subscribed/[0-9a-z-]+`)
	early = regexp.MustCompile(`/early/[0-9a-z-]+`)
)

// TestLetters is a subscription from the form to leaving.
func TestLetters(t *testing.T) {
	w := world(t)
	v := w.As(webtest.Public)
	ask := func(email string) webtest.Answer {
		sent := form(t, v.Open("/bulletins").Body, "/subscribe")
		sent.Set("email", email)
		return v.Post("/bulletins/subscribe", sent)
	}
	ask("no address").Is(t, http.StatusUnprocessableEntity, "", "This is not an e-mail address", `value="no address"`)
	v.Open("/bulletins").Lacks(t, "no address")
	thanks := ask("reader@example.org")
	thanks.Is(t, http.StatusSeeOther, "/bulletins/subscribe/sent")
	v.Open(thanks.To).Says(t, "If the address is right")
	found := inLetters(t, w, aLink)
	if len(found) == 0 {
		t.Fatal("no link was sent")
	}
	link := found[0]
	ask("reader@example.org").Is(t, http.StatusSeeOther, thanks.To) // known by now: it is told the same
	for range 2 {                                                   // to open it changes nothing, also as mail programs open the link for leaving
		p := v.Open(link)
		p.Says(t, "Do you want these e-mails?")
		v.Open(link+"/leave").Says(t, "Do you want these e-mails?")
		if p.Header.Get("Cache-Control") != "no-store" || !strings.Contains(p.Header.Get("X-Robots-Tag"), "noindex") || p.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("the page of a link may be kept: %v", p.Header)
		}
	}
	v.Post(link+"/confirm", nil).Is(t, http.StatusSeeOther, link)
	v.Open(link).Says(t, "You get an e-mail about each bulletin")
	published(t, w)
	if n := len(inLetters(t, w, regexp.MustCompile(`List-Unsubscribe-Post: List-Unsubscribe=One-Click`))); n < 1 {
		t.Error("no letter can be stopped with one click")
	}
	links := inLetters(t, w, aLink)
	last := links[len(links)-1]
	v.Post(last+"/leave", url.Values{"List-Unsubscribe": {"One-Click"}}).Is(t, http.StatusSeeOther, last)
	v.Open(last).Says(t, "Nothing is kept here")
	v.Open(link).Says(t, "Nothing is kept here")
	v.Post(link+"/leave", nil).Is(t, http.StatusSeeOther, link)
	v.Post(link+"/confirm", nil).Is(t, http.StatusSeeOther, link)
	v.Open("/bulletins/subscribed/nothing").Says(t, "Nothing is kept here")
	webtest.Lacks(t, w.Log.String(), "reader@example.org", strings.TrimPrefix(link, "/bulletins/subscribed/"))
}

// TestEarlyAccess follows the link of somebody with early access, before and after publication.
func TestEarlyAccess(t *testing.T) {
	w := world(t)
	id := drafted(t, w)
	v := w.As(webtest.National)
	readers := form(t, v.Open(bench(id)).Body, "/invite")
	readers.Set("who_1", "Office of the minister")
	readers.Set("why_1", "To answer questions in parliament")
	readers.Set("email_1", "office@example.org")
	v.Post(bench(id)+"/invite", readers).Is(t, http.StatusSeeOther, bench(id)+"?saved=invite#early")
	waiveAll(t, w, w.Person(webtest.National), id)
	if found := inLetters(t, w, early); len(found) != 0 {
		t.Fatalf("%v is sent before it is signed", found)
	}
	a := w.As(webtest.Analyst)
	sign := form(t, a.Open(bench(id)).Body, "/sign")
	sign.Set("embargo_on", "2026-11-24")
	sign.Set("embargo_at", "9:30")
	a.Post(bench(id)+"/sign", sign).Is(t, http.StatusSeeOther, bench(id)+"?saved=sign#publish")
	found := inLetters(t, w, early)
	if len(found) == 0 {
		t.Fatal("no link was sent")
	}
	public := w.As(webtest.Public)
	p := public.Open(found[0])
	p.Says(t, "Under embargo until 24 November 2026, 9:30am", "Do not share it", `id="main_points"`)
	p.Lacks(t, "office@example.org", `href="/bulletins/`+slug)
	if p.Header.Get("Cache-Control") != "no-store" || !strings.Contains(p.Header.Get("X-Robots-Tag"), "noindex") || p.Header.Get("ETag") != "" {
		t.Errorf("the page may be kept: %v", p.Header)
	}
	w.Check(webtest.Public, found[0])
	public.Get(found[0]+"x").Is(t, http.StatusNotFound, "")
	public.Get("/bulletins/"+slug).Is(t, http.StatusNotFound, "")
	w.Wait(day)
	w.Must(w.Bulletins.Tick(t.Context()))
	public.Get(found[0]).Is(t, http.StatusNotFound, "", "/bulletins")
	public.Open("/bulletins/"+slug).Lacks(t, "Under embargo", "office@example.org")
	webtest.Lacks(t, w.Log.String(), "office@example.org", strings.TrimPrefix(found[0], "/early/"))
}

// TestPagesForEverybody runs axe at both widths, with the script and without.
func TestPagesForEverybody(t *testing.T) {
	w := world(t)
	w.Must(w.Bulletins.Subscribe(t.Context(), "reader@example.org"))
	link := inLetters(t, w, aLink)[0]
	w.Check(webtest.Public, "/bulletins", link, "/bulletins/subscribe/sent")
	id := drafted(t, w)
	who := w.Person(webtest.National)
	w.Must(w.Bulletins.Invite(t.Context(), who, id, version(t, w, id), []bulletin.Reader{{Who: "Office of the minister", Why: "Questions in parliament"}}))
	w.Check(webtest.National, "/nation/bulletins", bench(id), bench(id)+"?at=main_points", bench(id)+"/preview")
	w.Check(webtest.Coordinator, "/areas/"+w.Area(w.Home).Code+"/bulletins")
	w.Must(w.Bulletins.Sign(t.Context(), w.Person(webtest.Analyst), id, version(t, w, id), noTime))
	w.Check(webtest.National, bench(id))
	w.Must(w.Bulletins.Publish(t.Context(), who, id, version(t, w, id)))
	corrected(t, w)
	w.Check(webtest.Public, "/bulletins", "/bulletins/"+slug, "/bulletins/"+slug+"/1")
	w.Check(webtest.National, bench(id))
	open, _, err := w.Bulletins.Check(t.Context(), id)
	if err != nil || len(open) != 0 {
		t.Errorf("a published edition has %d findings: %v", len(open), err)
	}
}
