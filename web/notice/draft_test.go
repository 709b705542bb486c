package notice_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/civil"
	"everykit/notice"
	"everykit/web/webtest"
)

// TestADraftIsWrittenSeenAndPublished goes the way of somebody in the national team who pastes lots out of a letter.
func TestADraftIsWrittenSeenAndPublished(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	v := w.As(webtest.National)
	v.Open("/notices").Says(t, "No notice is open.", `href="/notices/new"`)
	product := strconv.Itoa(w.Product("prenoxad"))

	a := v.Refused("/notices/new", "do", "save")
	a.Says(t, `href="#number"`, `href="#title"`, `href="#issued_on"`, `href="#action"`, "Name at least one lot", "Must be filled in")

	form := v.Fill("/notices/new", "do", "paste", "number", "NatPSA/2022/009/MHRA", "paste_product", product, "paste", "0116917\n0117002 2028-02\nA/1\tsoon\n")
	a = v.Post("/notices/new", form)
	a.Is(t, http.StatusUnprocessableEntity, "", "Line 3", `value="0116917"`, `value="2028-02"`)
	form = webtest.Held(a.Body)
	if left := form.Get("paste"); left != "A/1\tsoon" {
		t.Errorf("in the box is left %q", left)
	}
	if form.Get("number") != "NatPSA/2022/009/MHRA" || form.Get("lines.1.product") != product || form.Get("lines.1.lot") != "0117002" {
		t.Errorf("the form holds %v", form)
	}
	for name, value := range map[string]string{
		"paste": "", "regulator": "MHRA", "issued_on": "2022-11-10", "title": "Needles may be missing", "action": "check", "level": "people", "class": "2",
		"text": "Hold the kit to the light.", "source": "https://example.org/n", "do": "save", "lines.2.lot": "ZZ9", "lines.2.product": product, "lines.2.expiry": "2031-13",
	} {
		form.Set(name, value)
	}
	a = v.Post("/notices/new", form)
	a.Is(t, http.StatusUnprocessableEntity, "", `id="lines.2.expiry-error"`, `href="#lines.2.expiry"`)
	form = webtest.Held(a.Body)
	form.Set("lines.2.expiry", "")
	form.Set("do", "save")
	a = v.Post("/notices/new", form)
	if a.Status != http.StatusSeeOther {
		t.Fatalf("the draft is not taken: %.900s", a.Words())
	}
	at, _, _ := strings.Cut(a.To, "?")
	v.Open(a.To).Says(t, "The draft is saved. Nobody has been told.", "ZZ9", "Check in place", at+"/publish")
	w.As(webtest.Worker).Get(at).Is(t, http.StatusNotFound, "")
	w.As(webtest.Coordinator).Open("/notices").Lacks(t, "Needles may be missing")
	if n := w.OnHand(); n != 94 {
		t.Errorf("a draft moved kits: %d on hand", n)
	}

	a = v.Open(at + "/edit")
	if got := webtest.Held(a.Body); got.Get("lines.2.lot") != "ZZ9" || got.Get("class") != "2" || got.Get("issued_on") != "2022-11-10" {
		t.Errorf("the form of the draft holds %v", got)
	}
	v.Open(at+"/publish").Says(t, "64 kits on shelves will not be given out until each outlet has checked them.", "1 outlet will see it", "1 lot has never been received here: ZZ9", "Expiry dates that differ")
	v.Post(at+"/publish", nil).Is(t, http.StatusUnprocessableEntity, "", "Nothing was published")
	v.Saved(at+"/publish").Says(t, "The notice is published.", "Not answered", "Harbour Street needle exchange", "not seen", "Where the kits are")
	v.Get(at+"/publish").Is(t, http.StatusSeeOther, at)
	v.Get(at+"/edit").Is(t, http.StatusSeeOther, at)
	s, err := w.Ledger.Stock(t.Context(), w.Home.ID)
	w.Must(err)
	if s.Four().Usable != 30 || s.Four().OnHand != 94 || w.Shelf(first) != 24 {
		t.Errorf("the shelf is %+v", s.Four())
	}
}

// TestPastedLotsAreNeverLostBySaving saves without pressing the button that takes them in.
func TestPastedLotsAreNeverLostBySaving(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Administrator)
	to := v.Saved("/notices/new", "do", "save", "number", "W/1", "regulator", "NOMA", "issued_on", "2026-11-20", "title", "Leaks", "action", "withdraw",
		"paste_product", strconv.Itoa(w.Product("nyxoid")), "paste", "lot\nN1\nN2 2027-01")
	to.Says(t, "N1", "N2", "Withdraw")
	more := v.Post("/notices/new", v.Fill("/notices/new", "do", "rows"))
	if more.Status != http.StatusOK || !strings.Contains(more.Body, `name="lines.12.lot"`) {
		t.Errorf("more rows: %d", more.Status)
	}
	at, _, _ := strings.Cut(to.To, "?")
	v.Post(at+"/drop", nil).Is(t, http.StatusUnprocessableEntity, "")
	v.Post(at+"/drop", url.Values{"sure": {"yes"}}).Is(t, http.StatusSeeOther, "/notices?saved=dropped")
	v.Get(at).Is(t, http.StatusNotFound, "")
}

// TestAShorterDateIsAskedTwice publishes a change that puts lots past their date.
func TestAShorterDateIsAskedTwice(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	n := w.NewNotice("X/1", notice.ChangeExpiry, "0116917")
	n.Lines[0].NewExpiry, _ = civil.ParseExpiry("2026-01")
	id, err := w.Notices.Save(t.Context(), w.Person(webtest.National), n)
	w.Must(err)
	at := "/notices/" + strconv.Itoa(id)
	v := w.As(webtest.National)
	v.Open(at+"/publish").Says(t, "0116917: end of January 2026")
	v.Refused(at+"/publish").Says(t, `href="#shortened"`, "0116917")
	v.Saved(at+"/publish", "shortened", "yes").Says(t, "The notice is published.")
}

// TestANoticeIsClosedAndPractised closes one, and makes a drill of it.
func TestANoticeIsClosedAndPractised(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	at := "/notices/" + strconv.Itoa(w.Publish(w.NewNotice("W/1", notice.Withdraw, "0116917")))
	v := w.As(webtest.National)
	v.Refused(at+"/close", "why", " ").Says(t, "Say why the notice is closed")
	v.Saved(at+"/close", "why", "All are back").Says(t, "The notice is closed.", "All are back")
	v.Get(at+"/close").Is(t, http.StatusSeeOther, at)
	if w.Shelf(first) != 0 {
		t.Error("closing put kits back on the shelf")
	}
	a := v.Post(at+"/drill", nil)
	drill, _, _ := strings.Cut(a.To, "?")
	v.Open(a.To).Says(t, "marked as a drill", "Drill: Draft", `href="`+at+`"`)
	v.Open(drill+"/publish").Says(t, "No kit is held", "Start the drill")
	v.Saved(drill+"/publish").Says(t, "This is a drill.")
	v.Open(at).Says(t, `href="`+drill+`"`)
	w.As(webtest.Worker).Open(w.Path("")).Says(t, "Drill")
}
