package bulletin_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/web/webtest"
)

// TestTheWholeWay is one bulletin in a browser: begun and written by one person, signed by another, published by itself at its
// time, and read by everybody.
func TestTheWholeWay(t *testing.T) {
	w := world(t)
	b := w.Browse(webtest.National)
	b.Open(w.URL + "/nation")
	b.Follow(`.ek-nav a[href="/nation/E92000001/bulletins"]`)
	b.Set("#period", slug)
	b.Follow(`form[action$="/bulletins"] button`)
	if got := b.Text(".ek-flash"); !strings.Contains(got, "figures are frozen") {
		t.Fatalf("after beginning: %q", got)
	}
	bench := strings.TrimPrefix(strings.Split(b.URL(), "?")[0], w.URL)
	id, err := strconv.Atoi(bench[strings.LastIndex(bench, "/")+1:])
	w.Must(err)
	public := w.As(webtest.Public)
	public.Get("/bulletins/"+slug).Is(t, http.StatusNotFound, "")

	b.Click("#chapter-main_points summary")
	b.Type("#note-main_points", "Barnet began in **August**.")
	b.Follow(`#chapter-main_points form[action$="/note"] button`)
	if got := b.Text("#chapter-main_points"); !strings.Contains(got, "Saved.") || !strings.Contains(got, "Barnet began in August.") {
		t.Fatalf("after a commentary: %.300q", got)
	}
	open, _, err := w.Bulletins.Check(t.Context(), id)
	w.Must(err)
	if len(open) == 0 {
		t.Fatal("a world in which 150 authorities say nothing has nothing to mend")
	}
	if got := b.Text("#checks ~ div"); !strings.Contains(got, open[0].What) {
		t.Errorf("the first finding is %q", got)
	}
	if got := b.Text("main"); strings.Contains(got, "I have read it: sign") || !strings.Contains(got, "somebody else must sign it") {
		t.Error("its author is offered to sign it")
	}
	b.Click(`.ek-scan summary`)
	b.Type("#reason-0", "It is a small world.")
	b.Follow(`.ek-scan form[action$="/waive"] button`)
	if got := b.Text("main"); !strings.Contains(got, "Let pass: It is a small world.") {
		t.Error("the reason is not shown")
	}
	if left, _, err := w.Bulletins.Check(t.Context(), id); err != nil || len(left) != len(open)-1 {
		t.Errorf("%d of %d findings are left: %v", len(left), len(open), err)
	}
	waiveAll(t, w, w.Person(webtest.National), id)
	b.Fit()

	author := w.As(webtest.National)
	again := author.Post(bench+"/sign", form(t, author.Open(bench).Body, "/note", "chapter", "main_points"))
	again.Is(t, http.StatusConflict, "", "somebody else must sign it")

	c := w.Browse(webtest.Analyst)
	c.SetWidth(390)
	c.Open(w.URL + bench)
	c.Set("#embargo_on", "2026-11-24")
	c.Type("#embargo_at", "09:30")
	c.Follow(`form[action$="/sign"] button`)
	if got := c.Text("main"); !strings.Contains(got, "It publishes itself on 24 November 2026, 9:30am") {
		t.Fatalf("after signing: %.600q", got)
	}
	c.Fit()
	w.Must(w.Bulletins.Tick(t.Context()))
	for _, path := range []string{"/bulletins/" + slug, "/bulletins/" + slug + "/1", "/bulletins/" + slug + "/bulletin.pdf", "/bulletins/" + slug + "/1/bulletin.json"} {
		public.Get(path).Is(t, http.StatusNotFound, "")
	}
	public.Open("/bulletins").Lacks(t, slug)
	public.Open("/bulletins/feed.atom").Lacks(t, slug)
	w.Wait(22 * time.Hour)
	w.Must(w.Bulletins.Tick(t.Context()))

	p := w.Browse(webtest.Public)
	p.SetWidth(390)
	p.Open(w.URL + "/bulletins")
	p.Follow("main table a")
	made, err := w.Bulletins.Content(t.Context(), id)
	w.Must(err)
	got := p.Text("main")
	for _, said := range []string{made.Title, "Barnet began in August.", "24 November 2026", "Main points", "20"} {
		if !strings.Contains(got, said) {
			t.Errorf("everybody reads nothing of %q", said)
		}
	}
	p.Fit()
	begins := map[string]string{"index.html": "<!doctype html>", "bulletin.pdf": "%PDF", "bulletin.xlsx": "PK", "bulletin.ods": "PK", "tables.zip": "PK", "bulletin.json": "{"}
	for _, name := range bulletin.FileNames {
		if p.Count(`main a[href$="/`+name+`"]`) == 0 {
			t.Errorf("%s is not offered", name)
		}
		if f := public.Open("/bulletins/" + slug + "/1/" + name); !strings.HasPrefix(f.Body, begins[name]) || len(f.Body) < 1000 {
			t.Errorf("%s begins with %.20q", name, f.Body)
		}
	}
}

// TestConflict has two people write in one chapter: the second gets back what they typed beside what the first has saved, and
// can save it then.
func TestConflict(t *testing.T) {
	w := world(t)
	id := drafted(t, w)
	one, two := w.As(webtest.National), w.As(webtest.Analyst)
	first := form(t, one.Open(bench(id)).Body, "/note", "chapter", "main_points")
	second := form(t, two.Open(bench(id)).Body, "/note", "chapter", "main_points")
	first.Set("note-main_points", "What one has written.")
	second.Set("note-main_points", "What two has written.")
	one.Post(bench(id)+"/note", first).Is(t, http.StatusSeeOther, bench(id)+"?saved=note&at=main_points#chapter-main_points")
	refused := two.Post(bench(id)+"/note", second)
	refused.Is(t, http.StatusConflict, "", "since you opened it", "What two has written.", "Somebody else has saved this meanwhile", "What one has written.")
	again := form(t, refused.Body, "/note", "chapter", "main_points")
	if again.Get("note-main_points") != "What two has written." {
		t.Fatalf("the form holds %q", again.Get("note-main_points"))
	}
	two.Post(bench(id)+"/note", again).Is(t, http.StatusSeeOther, bench(id)+"?saved=note&at=main_points#chapter-main_points")
	e, err := w.Bulletins.Get(t.Context(), w.Person(webtest.National), id)
	w.Must(err)
	if e.Commentary["main_points"] != "What two has written." {
		t.Errorf("stored is %q", e.Commentary["main_points"])
	}

	stale := form(t, one.Open(bench(id)).Body, "/note", "chapter", "main_points")
	stale.Set("note-main_points", "Too late.")
	admin := w.Person(webtest.Administrator)
	w.Must(w.Bulletins.Sign(t.Context(), admin, id, version(t, w, id), noTime))
	late := one.Post(bench(id)+"/note", stale)
	late.Is(t, http.StatusConflict, "", "is signed", "Too late.", "This was not saved")
	if e, err = w.Bulletins.Get(t.Context(), admin, id); err != nil || e.Commentary["main_points"] != "What two has written." {
		t.Errorf("a signed bulletin says %q: %v", e.Commentary["main_points"], err)
	}
}

// TestRefusals sends each form with something wrong in it: it comes back with what was typed and why.
func TestRefusals(t *testing.T) {
	w := world(t)
	v := w.As(webtest.National)
	begin := form(t, v.Open("/nation/bulletins").Body, england)
	begin.Set("as_of", "yesterday")
	v.Post(england, begin).Is(t, http.StatusUnprocessableEntity, "", "This is no day", "yesterday")
	begin.Set("as_of", "")
	begin.Set("period", "2026-27-q3")
	v.Post(england, begin).Says(t, "nhsuk-error-summary")
	id := drafted(t, w)
	begin.Set("period", slug)
	v.Post(england, begin).Is(t, http.StatusConflict, "", "There is a draft already")

	page := v.Open(bench(id)).Body
	readers := form(t, page, "/invite")
	readers.Set("who_1", "The minister’s office")
	readers.Set("email_1", "no address")
	v.Post(bench(id)+"/invite", readers).Is(t, http.StatusUnprocessableEntity, "", "The minister’s office", "This is not an e-mail address", `href="#email_1"`, `href="#why_1"`)
	order := form(t, page, "/arrange")
	order.Set("place-main_points", "first")
	v.Post(bench(id)+"/arrange", order).Is(t, http.StatusUnprocessableEntity, "", "whole number from 1", `href="#place-main_points"`, `value="first"`)
	long := form(t, page, "/note", "chapter", "main_points")
	long.Set("note-main_points", strings.Repeat("kits ", bulletin.MostNote/5+1))
	v.Post(bench(id)+"/note", long).Is(t, http.StatusUnprocessableEntity, "", `href="#note-main_points"`, "kits kits")
	drop := form(t, page, "/drop")
	drop.Set("version", "0")
	v.Post(bench(id)+"/drop", drop).Is(t, http.StatusConflict, "", "since you opened it")

	a := w.As(webtest.Analyst)
	sign := form(t, a.Open(bench(id)).Body, "/sign")
	for _, x := range [][3]string{{"2026-11-24", "soon", "embargo_at"}, {"next week", "09:30", "embargo_on"}, {"2026-11-22", "09:30", "embargo_on"}, {"", "09:30", "embargo_on"}, {"2026-11-24", "", "embargo_at"}, {"2036-11-24", "09:30", "embargo_on"}} {
		sign.Set("embargo_on", x[0])
		sign.Set("embargo_at", x[1])
		a.Post(bench(id)+"/sign", sign).Is(t, http.StatusUnprocessableEntity, "", `href="#`+x[2]+`"`)
	}
	v.Post(bench(id)+"/publish", drop).Is(t, http.StatusConflict, "", "is not signed")
	issue(t, w, id)
	page = v.Open(bench(id)).Body
	wrong := form(t, page, "/correct")
	wrong.Set("what", "Barnet")
	v.Post(england+"/correct", wrong).Is(t, http.StatusUnprocessableEntity, "", "Barnet", `href="#why"`)
	webtest.Lacks(t, page, "/note", "/arrange", "/waive", "/drop", "/sign\"")
}

// TestDeeds goes through what the walk leaves out: order and titles, early access, the signature taken back, a draft dropped.
func TestDeeds(t *testing.T) {
	w := world(t)
	id := drafted(t, w)
	v := w.As(webtest.National)
	page := v.Open(bench(id)).Body
	order := form(t, page, "/arrange")
	order.Set("out-glossary", "yes")
	v.Post(bench(id)+"/arrange", order).Is(t, http.StatusSeeOther, bench(id)+"?saved=arrange#order")
	whole := v.Open(bench(id) + "/preview")
	whole.Says(t, `id="main_points"`, "Not published yet")
	whole.Lacks(t, `id="glossary"`)
	c, err := w.Bulletins.Content(t.Context(), id)
	w.Must(err)
	key := c.Tables()[0].Key
	title := form(t, v.Open(bench(id)).Body, "/title", "key", key)
	title.Set("title-"+key, "What the nation gave out")
	v.Post(bench(id)+"/title", title)
	v.Open(bench(id)+"/preview").Says(t, "What the nation gave out")
	for name, kind := range mediaTypes {
		f := v.Open(bench(id) + "/files/" + name)
		if f.Type != kind[0] || len(f.Body) < 500 || f.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("the draft as %s is %s, %d bytes, %s", name, f.Type, len(f.Body), f.Header.Get("Cache-Control"))
		}
	}
	v.Get(bench(id)+"/files/body.html").Is(t, http.StatusNotFound, "")
	v.Post(bench(id)+"/refreeze", form(t, v.Open(bench(id)).Body, "/refreeze")).Is(t, http.StatusSeeOther, bench(id)+"?saved=refreeze#figures")
	waiveAll(t, w, w.Person(webtest.National), id)
	a := w.As(webtest.Analyst)
	a.Post(bench(id)+"/sign", form(t, a.Open(bench(id)).Body, "/sign")).Is(t, http.StatusSeeOther, bench(id)+"?saved=sign#publish")
	back := form(t, a.Open(bench(id)).Body, "/unsign")
	a.Post(bench(id)+"/unsign", back).Is(t, http.StatusUnprocessableEntity, "", `href="#unsign_why"`)
	back.Set("unsign_why", "A name is wrong")
	a.Post(bench(id)+"/unsign", back).Is(t, http.StatusSeeOther, bench(id)+"?saved=unsign#sign")
	v.Open(bench(id)).Says(t, "A name is wrong", webtest.Name(webtest.Analyst))
	v.Post(bench(id)+"/drop", form(t, v.Open(bench(id)).Body, "/drop")).Is(t, http.StatusSeeOther, england+"?saved=drop")
	v.Get(bench(id)).Is(t, http.StatusNotFound, "")
	v.Open("/nation/bulletins").Lacks(t, bench(id))
}

// TestWhoMay looks at drafts as others do.
func TestWhoMay(t *testing.T) {
	w := world(t)
	id := drafted(t, w)
	here := "/areas/" + w.Area(w.Home).Code + "/bulletins"
	w.As(webtest.Coordinator).Open(here)
	local, err := w.Bulletins.Draft(t.Context(), w.Person(webtest.Coordinator), bulletin.DraftOf{Area: w.Area(w.Home).Code, Period: quarter})
	w.Must(err)
	w.As(webtest.Coordinator).Open(here + "/" + strconv.Itoa(local))
	w.As(webtest.National).Open(here + "/" + strconv.Itoa(local))
	w.As(webtest.Administrator).Open(bench(id))
	for _, x := range []struct {
		who, path string
		status    int
	}{
		{webtest.Coordinator, bench(id), http.StatusForbidden},
		{webtest.Coordinator, "/nation/bulletins", http.StatusForbidden},
		{webtest.Coordinator, here + "/" + strconv.Itoa(id), http.StatusNotFound},
		{webtest.Coordinator, here + "/99", http.StatusNotFound},
		{webtest.Elsewhere, here, http.StatusForbidden},
		{webtest.Worker, bench(id), http.StatusForbidden},
		{webtest.National, here + "/" + strconv.Itoa(id), http.StatusNotFound},
		{webtest.National, bench(local), http.StatusNotFound},
		{webtest.National, bench(99), http.StatusNotFound},
		{webtest.National, england + "/0", http.StatusNotFound},
		{webtest.National, england + "/x", http.StatusNotFound},
		{webtest.National, "/nation/S92000003/bulletins", http.StatusForbidden},
		{webtest.Administrator, "/nation/S92000003/bulletins", http.StatusOK},
		{webtest.Administrator, "/nation/nowhere/bulletins", http.StatusNotFound},
		{webtest.Public, bench(id), http.StatusSeeOther},
		{webtest.Public, bench(id) + "/files/bulletin.json", http.StatusSeeOther},
		{webtest.Public, "/early/" + strconv.Itoa(id), http.StatusNotFound},
	} {
		if got := w.As(x.who).Get(x.path); got.Status != x.status {
			t.Errorf("%s at %s: %d, not %d", x.who, x.path, got.Status, x.status)
		}
	}
}
