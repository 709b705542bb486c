package research_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/library"
	"everykit/web/webtest"
)

const shelf = "/nation/research"

// form finds the form of a page that is sent to an address.
func form(t *testing.T, body, action string) url.Values {
	t.Helper()
	for _, f := range webtest.Forms(body, "") {
		if f.Action == action && f.Method == "POST" && f.Held.Has("title") == !strings.HasSuffix(action, "/join") && !strings.HasSuffix(action, "/highlight") {
			return f.Held
		}
	}
	for _, f := range webtest.Forms(body, "") {
		if f.Action == action {
			return f.Held
		}
	}
	t.Fatalf("there is no form for %s", action)
	return nil
}

// TestWhoKeepsTheShelf: the national team and administrators, and nobody else; nobody else is told what there is.
func TestWhoKeepsTheShelf(t *testing.T) {
	w := webtest.NewBare(t)
	for who, status := range map[string]int{
		webtest.Public: http.StatusSeeOther, webtest.Worker: http.StatusForbidden, webtest.Coordinator: http.StatusForbidden, webtest.National: http.StatusOK,
		webtest.Administrator: http.StatusOK, webtest.Acting: http.StatusForbidden,
	} {
		v := w.As(who)
		for _, path := range []string{shelf, shelf + "/new", shelf + "/file", shelf + "/suggestions", shelf + "/items/tse-2022"} {
			if a := v.Get(path); a.Status != status {
				t.Errorf("%s gets %d at %s", who, a.Status, path)
			}
		}
	}
	v := w.As(webtest.National)
	v.Get(shelf+"/items/no-such").Is(t, http.StatusNotFound, "")
	v.Get(shelf+"/suggestions/AAAA-BBBB-CCCC").Is(t, http.StatusNotFound, "")
}

// TestAddByTyping: proposed is not public, refused keeps what was typed, and a work that is here is not made twice.
func TestAddByTyping(t *testing.T) {
	w := webtest.NewBare(t)
	v, p := w.As(webtest.National), w.As(webtest.Public)
	f := form(t, v.Open(shelf+"/new").Body, shelf+"/new")
	f.Set("title", "A new <b>study</b>")
	f.Set("authors", "Bird, SM\r\nStrang, J\r\nand others")
	f.Set("year", "soon")
	f.Set("doi", "not one")
	f.Set("kind", "teapot")
	f["topics"] = []string{"prisons", "grief and loss"}
	f["recommendations"] = []string{"2", "6"}
	bad := v.Post(shelf+"/new", f)
	bad.Is(t, http.StatusUnprocessableEntity, "", "This is no year.", "Choose what kind of research it is.", `value="soon"`, "A new &lt;b&gt;study&lt;/b&gt;", `value="grief and loss" checked`)
	f.Set("year", "2024")
	f.Set("kind", "review")
	v.Post(shelf+"/new", f).Is(t, http.StatusUnprocessableEntity, "", "This is not a DOI.", `value="not one"`)
	f.Set("doi", "https://doi.org/10.5555/New.1")
	f.Set("do", "add")
	a := v.Post(shelf+"/new", f)
	a.Is(t, http.StatusSeeOther, shelf+"/items/bird-2024?done=added")
	v.Open(a.To).Says(t, "proposed", "Accept it", "Bird, SM; Strang, J; and others", "10.5555/new.1")
	p.Get("/research/bird-2024").Is(t, http.StatusNotFound, "")
	p.Open("/research").Lacks(t, "A new ")
	v.Open(shelf).Says(t, "A new ", "Proposed (1)")
	again := v.Post(shelf+"/new", f)
	again.Is(t, http.StatusConflict, "", "is here already, as bird-2024", "A new &lt;b&gt;study&lt;/b&gt;")
	v.Post(shelf+"/items/bird-2024/state", url.Values{"do": {"accept"}}).Is(t, http.StatusSeeOther, shelf+"/items/bird-2024?done=accepted")
	p.Open("/research/bird-2024").Says(t, "A new study", "Prisons", "Grief and loss", "and others", `href="/report#recommendation-6"`)
	v.Post(shelf+"/items/bird-2024/state", url.Values{"do": {"sell"}}).Is(t, http.StatusUnprocessableEntity, "")
	v.Post(shelf+"/items/bird-2024/state", url.Values{"do": {"hide"}})
	p.Get("/research/bird-2024").Is(t, http.StatusNotFound, "")

	p.Open("/research/suggest").Lacks(t, "A new")
	v.Open(shelf+"/new").Lacks(t, "Look it up") // nobody is asked from here
	v.Post(shelf+"/new", url.Values{"do": {"look"}, "number": {"10.1111/add.15682"}}).Is(t, http.StatusConflict, "", "Type in what you know")
}

// knows is a Finder that knows one work.
type knows struct{ library.Item }

func (k knows) Find(_ context.Context, number string) (*library.Item, error) {
	if number != k.DOI {
		return nil, fault.New(fault.NotFound, "nobody knows a work with this number").Hint("check it, or type in what you know")
	}
	it := k.Item
	return &it, nil
}

// TestLookUp: what is found fills the form, and is not stored before it is sent; also where a suggestion is taken up.
func TestLookUp(t *testing.T) {
	w := webtest.NewBare(t)
	w.Library.FindWith(knows{library.Item{Title: "Known elsewhere", Kind: library.Review, Year: 2020, DOI: "10.5555/known", Authors: []library.Name{{Family: "Wheatear", Given: "A"}}}})
	v, p := w.As(webtest.National), w.As(webtest.Public)
	v.Post(shelf+"/new", url.Values{"do": {"look"}, "number": {"10.5555/other"}}).Is(t, http.StatusConflict, "", "Nobody knows a work with this number.", `value="10.5555/other"`)
	found := v.Post(shelf+"/new", url.Values{"do": {"look"}, "number": {"10.5555/known"}})
	found.Is(t, http.StatusOK, "", "Found.", "Known elsewhere", "Wheatear, A", `<option value="review" selected>`)
	if _, n, err := w.Library.List(t.Context(), w.Person(webtest.National), 0, 1); err != nil || n != 19 {
		t.Errorf("%d items, %v", n, err)
	}
	var held url.Values
	for _, f := range webtest.Forms(found.Body, "") {
		if f.Held.Has("title") {
			held = f.Held
		}
	}
	held.Set("do", "public")
	v.Post(shelf+"/new", held).Is(t, http.StatusSeeOther, shelf+"/items/wheatear-2020?done=public")
	p.Open("/research/wheatear-2020").Says(t, "Known elsewhere")

	a := p.Post("/research/suggest", typed(w, p, "link", "https://doi.org/10.5555/other"))
	at := shelf + "/suggestions/" + a.To[strings.Index(a.To, "=")+1:]
	v.Open(at).Says(t, "Look it up and take it up")
	v.Post(at, url.Values{"do": {"look"}, "note": {"Kept"}}).Is(t, http.StatusConflict, "", "Nobody knows a work with this number.", "Kept")
	a = p.Post("/research/suggest", typed(w, p, "link", "10.5555/known"))
	at = shelf + "/suggestions/" + a.To[strings.Index(a.To, "=")+1:]
	v.Post(at, url.Values{"do": {"look"}}).Is(t, http.StatusSeeOther, shelf+"/items/wheatear-2020?done=taken")
}

// TestConflict: the second of two who change an item gets back what they typed, beside what the first has saved, and may save it then.
func TestConflict(t *testing.T) {
	w := webtest.NewBare(t)
	one, two := w.As(webtest.National), w.As(webtest.Administrator)
	const at = shelf + "/items/tse-2022"
	first, second := form(t, one.Open(at).Body, at), form(t, two.Open(at).Body, at)
	if first.Get("title") == "" || first.Get("version") == "" || first.Get("n") != "7 studies, 2,578 participants" {
		t.Fatalf("the form holds %v", first)
	}
	one.Post(at, first).Is(t, http.StatusSeeOther, at+"?done=saved") // unchanged
	first.Set("summary", "What one has written.")
	second.Set("summary", "What two has written.")
	one.Post(at, first).Is(t, http.StatusSeeOther, at+"?done=saved")
	refused := two.Post(at, second)
	refused.Is(t, http.StatusConflict, "", "Somebody else has saved this meanwhile", "What one has written.", "What two has written.")
	again := form(t, refused.Body, at)
	if again.Get("summary") != "What two has written." || again.Get("version") == second.Get("version") {
		t.Fatalf("the form holds %v", again)
	}
	two.Post(at, again).Is(t, http.StatusSeeOther, at+"?done=saved")
	w.As(webtest.Public).Open("/research/tse-2022").Says(t, "What two has written.")
	again.Set("title", "")
	again.Set("note", "Kept though.")
	one.Post(at, again).Is(t, http.StatusUnprocessableEntity, "", "There is no title.", "Kept though.")
}

// TestHighlightsAndJoining goes through both forms, with what is wrong and what is right.
func TestHighlightsAndJoining(t *testing.T) {
	w := webtest.NewBare(t)
	v, p := w.As(webtest.National), w.As(webtest.Public)
	const at = shelf + "/items/kimmel-2023"
	v.Post(at+"/highlight", url.Values{"from": {"tomorrow"}, "place": {"first"}, "words": {"Why not"}}).Is(t, http.StatusUnprocessableEntity, "", "This is no day.", "The place is a number from 1.", "Why not", `value="tomorrow"`)
	v.Post(at+"/highlight", url.Values{"from": {"2026-12-01"}, "until": {"2026-11-01"}}).Is(t, http.StatusUnprocessableEntity, "", "The last day is before the first.")
	p.Open("/research").Lacks(t, "Why not")
	v.Post(at+"/highlight", url.Values{"place": {"1"}, "words": {"Read <this> first"}, "until": {"2026-12-31"}}).Is(t, http.StatusSeeOther, at+"?done=highlighted")
	if got := keysIn(p.Open("/research").Body, "highlights"); len(got) != 3 {
		t.Errorf("highlighted are %v", got)
	}
	p.Open("/research").Says(t, "Read &lt;this&gt; first")
	v.Open(at).Says(t, "It is highlighted", `value="2026-12-31"`, `value="Read &lt;this&gt; first"`)
	v.Open(shelf).Says(t, "31 December 2026")
	v.Post(at+"/highlight", url.Values{"do": {"end"}}).Is(t, http.StatusSeeOther, at+"?done=ended")
	p.Open("/research").Lacks(t, "Read &lt;this&gt; first")

	v.Post(at+"/join", url.Values{"key": {""}}).Is(t, http.StatusUnprocessableEntity, "", "Type the address of the other.")
	v.Post(at+"/join", url.Values{"key": {"no-such"}}).Is(t, http.StatusUnprocessableEntity, "", "There is no such research here.")
	v.Post(at+"/join", url.Values{"key": {"kimmel-2023"}}).Is(t, http.StatusUnprocessableEntity, "", "cannot be joined with itself")
	v.Post(at+"/join", url.Values{"key": {"https://kits.example.org/research/xuan-2023?x=1"}}).Is(t, http.StatusSeeOther, at+"?done=joined")
	p.Get("/research/xuan-2023").Is(t, http.StatusMovedPermanently, "/research/kimmel-2023")
	v.Get(shelf+"/items/xuan-2023").Is(t, http.StatusSeeOther, at)
}

// TestQueue: each of the three decisions, once; what is missing for one is said.
func TestQueue(t *testing.T) {
	w := webtest.NewBare(t)
	v, p := w.As(webtest.National), w.As(webtest.Public)
	send := func(title string) string {
		a := p.Post("/research/suggest", typed(w, p, "title", title))
		return a.To[strings.Index(a.To, "=")+1:]
	}
	one, two := send("Does naloxone provision lead to increased substance use"), send("A shop for shoes")
	v.Open(shelf).Says(t, `href="/nation/research/suggestions">2`)
	v.Open(shelf+"/suggestions").Says(t, "A shop for shoes", one, two)
	at := shelf + "/suggestions/" + one
	v.Open(at).Says(t, "Is it one of these?", `value="tse-2022"`)
	v.Post(at, url.Values{"do": {"known"}}).Is(t, http.StatusUnprocessableEntity, "", "Choose which one it is")
	v.Post(at, url.Values{"do": {"known"}, "other": {"no-such"}, "note": {"Kept"}}).Is(t, http.StatusUnprocessableEntity, "", "There is no such research here.", "Kept")
	v.Post(at, url.Values{"do": {"known"}, "key": {"tse-2022"}}).Is(t, http.StatusSeeOther, shelf+"/suggestions?done=known")
	p.Post("/research/suggested", url.Values{"reference": {one}}).Says(t, "We have this research already.", `href="/research/tse-2022"`)
	v.Post(at, url.Values{"do": {"take"}}).Is(t, http.StatusConflict, "", "somebody has decided on this suggestion already"[1:])
	at = shelf + "/suggestions/" + two
	v.Post(at, url.Values{"do": {"decline"}}).Is(t, http.StatusUnprocessableEntity, "", "Say why, in words its sender can read.")
	v.Post(at, url.Values{"do": {"decline"}, "note": {"It is about shoes."}}).Is(t, http.StatusSeeOther, shelf+"/suggestions?done=declined")
	p.Post("/research/suggested", url.Values{"reference": {two}}).Says(t, "We did not take it up.", "It is about shoes.")
	v.Open(shelf+"/suggestions").Lacks(t, "A shop for shoes")
	v.Open(shelf+"/suggestions?show=declined").Says(t, "A shop for shoes")
	v.Open(at).Lacks(t, "Take it up")
}

const ris = "TY  - JOUR\nAU  - Wheatear, A\nTI  - A study from a file\nPY  - 2022\nDO  - 10.5555/file.1\nZZ  - what is this\nER  - \n" +
	"TY  - JOUR\nTI  - Does naloxone access laws\nDO  - 10.1111/add.15682\nPMID- 1\nER  - \nTY  - JOUR\nAU  - Nobody\nER  - \n"

// TestFiles: a file is looked at, then taken in, once, by who sent it.
func TestFiles(t *testing.T) {
	w := webtest.NewBare(t)
	v, p := w.As(webtest.National), w.As(webtest.Public)
	a := v.Upload(shelf+"/file", url.Values{"state": {"accepted"}}, "file", "refs.ris", ris)
	a.Is(t, http.StatusOK, "", "Nothing is stored yet.", "A study from a file", "Here already, as kelly-vuolo-2021", "There is no title.", "refs.ris")
	p.Open("/research?q=wheatear").Lacks(t, "A study from a file")
	take := webtest.Held(a.Body)
	w.As(webtest.Administrator).Post(shelf+"/file/take", take).Is(t, http.StatusConflict, "", "not waiting any more")
	v.Post(shelf+"/file/take", take).Is(t, http.StatusOK, "", "The file is taken in")
	p.Open("/research?q=wheatear").Says(t, "A study from a file")
	v.Post(shelf+"/file/take", take).Is(t, http.StatusConflict, "", "not waiting any more")
	if _, n, err := w.Library.List(t.Context(), w.Person(webtest.National), library.Accepted, 1); err != nil || n != 20 {
		t.Errorf("%d items, %v", n, err)
	}
	for name, text := range map[string]string{"empty": "", "no file of ours": "\x00\x01\x02PNG", "prose": "Dear team, please add this."} {
		a := v.Upload(shelf+"/file", url.Values{"state": {"accepted"}}, "file", "x", text)
		if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, `value="accepted" checked`) {
			t.Errorf("%s answers %d: %.200s", name, a.Status, a.Words())
		}
	}
	v.Upload(shelf+"/file", nil, "file", "big", strings.Repeat("TY  - JOUR\n", 2<<20)).Is(t, http.StatusUnprocessableEntity, "", "larger than 16 MB")
	v.Post(shelf+"/file", url.Values{"state": {"accepted"}}).Is(t, http.StatusUnprocessableEntity, "", "cannot be read")
}

// TestStaffPagesAreClean opens them at both widths.
func TestStaffPagesAreClean(t *testing.T) {
	w := webtest.NewBare(t)
	p := w.As(webtest.Public)
	a := p.Post("/research/suggest", typed(w, p, "title", "Take-home naloxone in England", "link", "https://example.org/x", "why", "One.\n\nTwo.", "email", "a@example.org"))
	w.Check(webtest.National, shelf, shelf+"?show=all", shelf+"?q=naloxone", shelf+"/new", shelf+"/file", shelf+"/suggestions", shelf+"/suggestions/"+a.To[strings.Index(a.To, "=")+1:], shelf+"/items/tse-2022",
		shelf+"/items/impacts-of-overdose")
}
