package front_test

import (
	"errors"
	"html"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/language"
	"everykit/library"
	"everykit/web/browser"
	"everykit/web/desk"
	"everykit/web/front"
	"everykit/web/research"
	"everykit/web/webtest"
)

// seed is what the page that this began with has on it: the report, the research, and the way to suggest more.
var seed = []string{
	"Finding a Needle in a Haystack: Take-Home Naloxone in England 2017/18",
	"Characteristics of post-overdose outreach programs and municipal-level opioid overdose in Massachusetts",
	"National naloxone programme Scotland",
	"Does naloxone provision lead to increased substance use?",
	"Take-Home Naloxone and the Prevention of Deaths from Heroin Overdose",
	"Do naloxone access laws affect perceived risk of heroin use?",
	"Impacts of overdose",
}

func TestEverythingTheSeedHas(t *testing.T) {
	w := webtest.New(t)
	a := w.As(webtest.Public).Open("/")
	words := a.Words()
	for _, s := range append(seed, research.Recommendations[:]...) {
		if !strings.Contains(words, s) {
			t.Errorf("the front page lacks %q", s)
		}
	}
	for _, s := range []string{"Latest research", "Highlights", "Recommendation 6", "Do you know of research that should be here?", "Today: "} {
		if !strings.Contains(words, s) {
			t.Errorf("the front page lacks %q", s)
		}
	}
	a.Says(t, `action="/find"`, `name="place"`, `href="/request"`, `href="/check"`, `href="/report"`, `href="/report#recommendation-3"`, `href="/research"`, `href="/research/suggest"`,
		`href="/bulletins"`, `href="/data"`, `href="/after"`, `href="/state"`, `href="/state/S92000003"`, `href="/sign-in"`, "Exit this page", `class="draw draw-map"`)
	a.Lacks(t, "style=", "onclick", "<iframe", webtest.Name(webtest.Worker), `method="get"`)
	own := strings.ReplaceAll(strings.ToLower(a.Body), "addiction", "") // names of journals
	for _, word := range []string{"addict", "abuser", "junkie", "clean "} {
		if strings.Contains(own, word) {
			t.Errorf("it says %q", word)
		}
	}
	title, _, _ := strings.Cut(a.Body[strings.Index(a.Body, "<title>"):], "</title>")
	for _, telling := range []string{"Naloxone", "naloxone", "overdose", "drug"} { // it stands in the history of a shared phone
		if strings.Contains(title, telling) {
			t.Errorf("the title says %q", telling)
		}
	}
}

// TestFirstAid keeps what is said of an overdose under its version: whoever changes a word here changes the version, and
// has it approved again.
func TestFirstAid(t *testing.T) {
	w := webtest.New(t)
	got := w.As(webtest.Public).Open("/")
	got.Says(t, "Call 999. Say that the person is not responding.", "If there is a naloxone kit, give it as its leaflet shows.",
		"Do what the 999 operator tells you.", "Stay until the ambulance comes, also if the person wakes up. Naloxone wears off.",
		"Wording overdose/1.", "Not yet approved by a clinician.")
	if at := strings.Index(got.Body, "Call 999."); at > strings.Index(got.Body, `id="find"`) {
		t.Error("what to do stands below the first question")
	}
}

func TestTheSameBytesForEverybody(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	for _, path := range []string{"/", "/state", "/state/S92000003", "/robots.txt"} {
		first := v.Open(path)
		tag, h := first.Header.Get("ETag"), first.Header
		if len(tag) < 10 || strings.HasPrefix(tag, "W/") || h.Get("Set-Cookie") != "" || h.Get("Cache-Control") != "public, max-age=60" || strings.Join(h.Values("Vary"), "|") != "Accept-Encoding" {
			t.Errorf("%s: %v", path, h)
		}
		for _, who := range webtest.Everybody {
			if got := w.As(who).Open(path); got.Body != first.Body || got.Header.Get("ETag") != tag || got.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s differs for %s", path, who)
			}
		}
		if same := v.Do(http.MethodGet, path, nil, "If-None-Match", tag); same.Status != http.StatusNotModified || same.Body != "" {
			t.Errorf("%s again: %d with %d bytes", path, same.Status, len(same.Body))
		}
		if asked := v.Open(path + "?who=zebra"); asked.Body != first.Body || strings.Contains(asked.Body, "zebra") {
			t.Errorf("%s depends on what is asked", path)
		}
		w.Wait(2 * time.Minute) // it is made again, of the same data
		if again := v.Open(path); again.Header.Get("ETag") != tag {
			t.Errorf("%s is made of the same data and differs", path)
		}
	}
	v.Get("/state/E08000025").Is(t, http.StatusNotFound, "")
	v.Get("/state/nowhere").Is(t, http.StatusNotFound, "")
	v.Get("/state/s92000003").Is(t, http.StatusNotFound, "")
}

// TestChangesAppear gives kits out: the numbers are those of before for a quarter of an hour, and then the new ones. What is new in
// the library is there at once.
func TestChangesAppear(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	before, table := v.Open("/"), v.Open("/state")
	w.As(webtest.Worker).Saved(w.Path("/give-out"), "kits", "7")
	w.Wait(14 * time.Minute)
	if v.Open("/").Body != before.Body || v.Open("/state").Body != table.Body {
		t.Error("the numbers were read again before their time")
	}
	w.Wait(2 * time.Minute)
	after := v.Open("/")
	if after.Body == before.Body || after.Header.Get("ETag") == before.Header.Get("ETag") || v.Open("/state").Body == table.Body {
		t.Error("kits were given out, and the pages say the same as before")
	}

	it := &library.Item{Kind: library.Study, Title: "A made-up study <of kits>", Authors: []library.Name{{Family: "Reed"}}, Year: 2026, State: library.Accepted}
	after.Lacks(t, "A made-up study")
	w.Must(w.Library.Add(t.Context(), w.Person(webtest.National), it))
	w.Must(w.Library.Accept(t.Context(), w.Person(webtest.National), it.Key))
	v.Open("/").Says(t, "A made-up study &lt;of kits&gt;")
	w.Must(w.Library.Hide(t.Context(), w.Person(webtest.National), it.Key))
	v.Open("/").Lacks(t, "A made-up study")
}

// TestNumbers compares the page with what the rooms say. What is not known is never nought.
func TestNumbers(t *testing.T) {
	w := webtest.New(t)
	a := w.As(webtest.Public).Open("/state")
	for _, area := range w.Snap().AuthoritiesOf(w.Nation(w.Home).ID, webtest.Today) {
		if !strings.Contains(a.Body, html.EscapeString(area.Name)) {
			t.Errorf("%s is not in the table", area.Name)
		}
	}
	a.Says(t, "Kits given out in England", "Not asked", "does not mean nought")
	rows := strings.Split(a.Body[strings.Index(a.Body, `id="areas"`):], "<tr")
	for _, row := range rows {
		row, _, _ = strings.Cut(row, "</tr>")
		if said := webtest.Words("<tr" + row); strings.Contains(said, "Not asked") && strings.ContainsAny(said, "0123456789") {
			t.Errorf("an area that was not asked has a number: %s", said)
		}
	}
	w.As(webtest.Public).Open("/state/S92000003").Says(t, "Kits given out in Scotland", "Kits for every 100 people with problem drug use")
}

// TestACrowd asks for a page that has to be made again from many sides at once: each is given the one before or the new one.
func TestACrowd(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	before := v.Open("/").Body
	w.As(webtest.Worker).Saved(w.Path("/give-out"), "kits", "1")
	w.Wait(16 * time.Minute)
	bodies := make([]string, 40)
	var all sync.WaitGroup
	for i := range bodies {
		all.Go(func() { bodies[i] = v.Get("/").Body })
	}
	all.Wait()
	after := v.Open("/").Body
	if after == before {
		t.Error("the page was not made again")
	}
	for i, b := range bodies {
		if b != before && b != after {
			t.Errorf("request %d was given %d bytes that are neither page", i, len(b))
		}
	}
}

// TestWhenNothingCanBeRead breaks a page after it was served once: the last one goes on being served. One that never was is an
// error.
func TestWhenNothingCanBeRead(t *testing.T) {
	says, broken := "first", error(nil)
	w := webtest.NewBare(t, desk.Route{Pattern: "GET /made", Scope: desk.Public, Handle: front.Answering(func(w http.ResponseWriter) error {
		_, _ = io.WriteString(w, says)
		return broken
	})})
	v := w.As(webtest.Public)
	broken = errors.New("the disk is gone")
	if got := v.Get("/made"); got.Status != http.StatusInternalServerError || strings.Contains(got.Body, "disk") {
		t.Errorf("it answers %d", got.Status)
	}
	broken = nil
	v.Get("/made").Is(t, http.StatusOK, "", "first")
	says, broken = "second", errors.New("the disk is gone")
	w.Wait(2 * time.Minute)
	if got := v.Get("/made"); got.Status != http.StatusOK || got.Body != "first" {
		t.Errorf("it answers %d %q", got.Status, got.Body)
	}
	broken = nil
	if got := v.Get("/made"); got.Body != "second" {
		t.Errorf("it is well again and answers %q", got.Body)
	}
}

// budget is the most that a page may have with all that it loads, compressed.
const budget = 50_000

// TestInABrowser opens the pages at both widths, with and without our script: axe finds nothing and nothing sticks out. Nothing is
// loaded from elsewhere, and all of it is within the budget.
func TestInABrowser(t *testing.T) {
	w := webtest.New(t)
	b := w.Check(webtest.Public, "/", "/state", "/state/S92000003")
	b.Open(w.URL + "/")
	for _, loaded := range browser.Eval[[]string](b, `performance.getEntriesByType('resource').map(e => e.name)`) {
		if !strings.HasPrefix(loaded, w.URL+"/") {
			t.Errorf("the page loads %s", loaded)
		}
	}
	bytes := browser.Eval[int](b, `performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((n, e) => n + e.encodedBodySize, 0)`)
	if bytes < 5_000 || bytes > budget {
		t.Errorf("the page has %d bytes with all that it loads", bytes)
	}
	if got := browser.Eval[string](b, "document.cookie"); got != "" {
		t.Errorf("a cookie is set: %q", got)
	}
	b.DisableJS()
	b.Open(w.URL + "/")
	b.Follow(`main a[href="/state"]`)
	if !strings.Contains(b.Text("h1"), "England") {
		t.Errorf("the link leads to %s", b.URL())
	}
}

// TestAnotherLanguage has every word of the page but what is English data, and bytes of its own.
func TestAnotherLanguage(t *testing.T) {
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	w := webtest.New(t)
	english, other := w.As(webtest.Public).Open("/"), w.As(webtest.Administrator).Open("/xx/")
	other.Says(t, `lang="`+p.Tag+`"`, `href="/xx/research"`, `href="/xx/state"`, `action="/xx/find"`, html.EscapeString(p.T("front.latest")))
	other.Lacks(t, ">Latest research<", `href="/research"`, webtest.Name(webtest.Administrator))
	if again := w.As(webtest.Public).Open("/"); again.Body != english.Body || again.Body == other.Body {
		t.Error("the languages are mixed up")
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w, _ := webtest.NewDemo(t, 0.3)
	w.Pictures(w.Browse(webtest.Public), dir, map[string]string{"front": "/", "state": "/state"})
}
