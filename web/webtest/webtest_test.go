package webtest_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/staff"
	"everykit/web/browser"
	"everykit/web/desk"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

const aPage = `<form method="post" action="/sign-out"><input name="header"></form><main class="x"><h1>Words &amp; more</h1>
<form method="get" action="#below"><input name="q" value="not sent"></form>
<form method="post">
<input type="hidden" name="id" value="7"><input name="note" value="a &lt; b"><input name="off" value="1" disabled>
<input type="radio" name="lot" value="1 disabled"><input type="radio" name="lot" value="2" disabled>
<input type="radio" name="sex" value="f"><input type="radio" name="sex" value="m" checked>
<input type="checkbox" name="ticks" value="a" checked><input type="checkbox" name="ticks" value="b" checked><input type="checkbox" name="blank" value="c">
<textarea name="text">
first line</textarea><select name="to"><option value="">Choose</option><option value="2">Two</option></select>
<select name="reason"><option value="a">A</option><option value="b" selected>B</option></select>
<input type="file" name="file"><button name="do" value="save">Save</button></form></main><footer>below</footer>`

// TestHeldIsWhatABrowserSends reads a form with a field of each sort.
func TestHeldIsWhatABrowserSends(t *testing.T) {
	want := url.Values{"id": {"7"}, "note": {"a < b"}, "sex": {"m"}, "ticks": {"a", "b"}, "text": {"first line"}, "to": {""}, "reason": {"b"}}
	if got := webtest.Held(aPage); got.Encode() != want.Encode() {
		t.Errorf("it holds %v", got)
	}
	forms := webtest.Forms(aPage, "/here?q=1")
	if len(forms) != 2 || forms[0].Action != "/here" || forms[1].Action != "/here" || forms[1].File != "file" || !slices.Equal(forms[1].Words, []string{"note", "text"}) || !slices.Equal(forms[1].Choices["to"], []string{"", "2"}) {
		t.Errorf("the forms are %+v", forms)
	}
	filled := maps.Clone(want)
	filled["lot"], filled["blank"], filled["do"] = []string{"1 disabled"}, []string{"c"}, []string{"save"}
	if got := forms[1].Values; got.Encode() != filled.Encode() {
		t.Errorf("filled in it is %v", got)
	}
	if got := webtest.Held("<main><p>no form</p></main>"); len(got) != 0 {
		t.Errorf("no form holds %v", got)
	}
	if got := webtest.Words(aPage); !strings.HasPrefix(got, "Words & more ") || strings.Contains(got, "below") {
		t.Errorf("the words are %q", got)
	}
}

// failed counts what a test would have failed of.
type failed struct {
	testing.TB
	said []string
}

func (f *failed) Helper()                   {}
func (f *failed) Errorf(s string, a ...any) { f.said = append(f.said, fmt.Sprintf(s, a...)) }

// TestWhatIsAskedOfAnAnswerCanFail keeps Is, Says and Lacks honest.
func TestWhatIsAskedOfAnAnswerCanFail(t *testing.T) {
	a := webtest.Answer{Status: http.StatusOK, Body: aPage}
	for name, c := range map[string]struct {
		ask  func(testing.TB)
		want int
	}{
		"right":        {func(t testing.TB) { a.Is(t, http.StatusOK, "", "first line"); a.Lacks(t, "second line") }, 0},
		"status":       {func(t testing.TB) { a.Is(t, http.StatusSeeOther, "") }, 1},
		"address":      {func(t testing.TB) { a.Is(t, http.StatusOK, "/outlets") }, 1},
		"words":        {func(t testing.TB) { a.Is(t, http.StatusOK, "", "second line", "first line", "third line") }, 2},
		"not the word": {func(t testing.TB) { a.Lacks(t, "first line", "second line") }, 1},
	} {
		f := &failed{TB: t}
		if c.ask(f); len(f.said) != c.want {
			t.Errorf("%s fails of %q", name, f.said)
		}
	}
}

// TestAPageFromEndToEnd is what the comment of the package tells to do.
func TestAPageFromEndToEnd(t *testing.T) {
	w := webtest.NewBare(t)
	if n := w.OnHand(); n != 0 || w.Lot != 0 {
		t.Fatalf("a bare world has %d kits", n)
	}
	lot, second, _ := w.Stock()
	v := w.As(webtest.Worker)
	v.Open(w.Path("/give-out")).Says(t, "How many kits?")
	a := v.Saved(w.Path("/give-out"), "kits", "2")
	a.Says(t, "2 kits given out")
	if !strings.HasPrefix(a.To, w.Path("/entries/")) {
		t.Errorf("saving leads to %s", a.To)
	}
	v.Refused(w.Path("/give-out"), "kits", "99").Says(t, "22 there")
	v.Get(w.Path("/no-such-page")).Is(t, http.StatusNotFound, "")
	w.As(webtest.Neighbour).Get(w.Path("/give-out")).Is(t, http.StatusForbidden, "")
	w.As(webtest.Elsewhere).Get(w.Path("")).Is(t, http.StatusForbidden, "")
	w.As(webtest.Colleague).Open(w.Path("")).Says(t, webtest.Name(webtest.Colleague))
	if n := w.Shelf(lot); n != 22 || w.Shelf(second) != 40 || w.OnHand() != 92 || w.LotOf("0116917") != lot {
		t.Errorf("%d are left of the lot, %d of the next, %d in all", n, w.Shelf(second), w.OnHand())
	}
	w.Check(webtest.Worker, w.Path("/give-out"))
}

// TestTimeGoesByOnlyWhenItIsToldTo moves the clock over midnight and back.
func TestTimeGoesByOnlyWhenItIsToldTo(t *testing.T) {
	w := webtest.NewBare(t)
	for _, c := range []struct {
		by   time.Duration
		days int
	}{{0, 0}, {12 * time.Hour, 1}, {-24 * time.Hour, 0}, {-time.Hour, -1}, {13 * time.Hour, 0}} {
		if w.Wait(c.by); int(w.Ledger.Today()-webtest.Today) != c.days {
			t.Errorf("after %v it is %s", c.by, w.Ledger.Today())
		}
	}
}

// TestAFolderIsTriedBeforeItIsJoined serves a route that the site does not have, behind the same guards, beside one it has.
func TestAFolderIsTriedBeforeItIsJoined(t *testing.T) {
	say := func(v *desk.Visit) error {
		_, err := v.W.Write([]byte("only here: " + v.Who.Name))
		return err
	}
	w := webtest.NewBare(t,
		desk.Route{Pattern: "GET /outlets/{outlet}/only-here", Scope: desk.AtOutlet, Deed: staff.SeeOutlet, Handle: say},
		desk.Route{Pattern: "POST /outlets/{outlet}/only-here", Scope: desk.AtOutlet, Deed: staff.MoveKits, Handle: say},
		desk.Route{Pattern: "GET /definitions", Scope: desk.Public, Handle: say})
	at := w.Path("/only-here")
	w.As(webtest.Worker).Get(at).Is(t, http.StatusOK, "", "only here: "+webtest.Name(webtest.Worker))
	w.As(webtest.Neighbour).Get(at).Is(t, http.StatusForbidden, "")
	w.As(webtest.Public).Get(at).Is(t, http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(at))
	w.As(webtest.Public).Open("/definitions").Lacks(t, "only here")
	w.As(webtest.Worker).Do(http.MethodPost, at, nil, "Sec-Fetch-Site", "cross-site").Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Post(at, nil).Is(t, http.StatusOK, "", "only here")
}

// TestWhatIsMadeLater asks for bulletins, requests and research twice: they are made once, and are what they are said to be.
func TestWhatIsMadeLater(t *testing.T) {
	w := webtest.New(t)
	e, again := w.Editions(), w.Editions()
	if *e != *again || e.First == e.Corrected || e.Draft == e.Signed {
		t.Errorf("the bulletins are %+v, and then %+v", *e, *again)
	}
	v := w.As(webtest.Public)
	v.Open("/bulletins/"+e.Slug).Says(t, "/bulletins/"+e.Slug+"/1")
	for _, slug := range []string{e.HiddenAs, e.SignedAs} {
		v.Get("/bulletins/"+slug).Is(t, http.StatusNotFound, "")
	}
	v.Open("/bulletins/"+e.LocalSlug).Lacks(t, webtest.EarlyReader)
	v.Open(e.Early).Says(t, "Under embargo")
	v.Open(e.Link).Says(t, "Do you want these e-mails?")
	asked := w.Asked()
	reference := w.Suggested()
	if *asked != *w.Asked() || reference != w.Suggested() {
		t.Error("something is made twice")
	}
	request := "/areas/" + w.Area(w.Home).Code + "/requests/" + asked.ID.String()
	w.As(webtest.Coordinator).Open(request).Says(t, webtest.RequestName, asked.Reference)
	w.As(webtest.National).Get(request).Is(t, http.StatusForbidden, "")
	w.As(webtest.National).Open("/nation/research/suggestions/"+reference).Says(t, webtest.SuggestedAt)
	if int(w.Ledger.Today()-webtest.Today) != 0 {
		t.Errorf("it is %s", w.Ledger.Today())
	}
}
