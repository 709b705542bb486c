package notice_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/notice"
	"everykit/web/webtest"
)

func field(lot int, what string) string { return "lots." + strconv.Itoa(lot) + "." + what }

// TestACheckIsAnsweredAtAnOutlet is the whole of a notice that is no recall: barred, checked, given out, and seen by the
// coordinator.
func TestACheckIsAnsweredAtAnOutlet(t *testing.T) {
	w := webtest.NewBare(t)
	lot := w.Receive(w.Home, "prenoxad", "0116917", "2027-06", 6, webtest.Today-60)
	w.Receive(w.Sister, "prenoxad", "0116917", "2027-06", 9, webtest.Today-50)
	id := w.Publish(w.NewNotice("NatPSA/2022/009/MHRA", notice.Check, "0116917"))
	at := "/notices/" + strconv.Itoa(id)
	here := at + "/outlets/" + strconv.Itoa(w.Home.ID)
	v := w.As(webtest.Worker)

	v.Open("/notices").Says(t, "Needles may be missing", here, "not seen")
	v.Get(at).Is(t, http.StatusSeeOther, here)
	v.Refused(w.Path("/give-out"), "kits", "1", "lot", strconv.Itoa(lot)).Says(t, "NatPSA/2022/009/MHRA")
	a := v.Open(here)
	a.Says(t, "Check each one as the notice says.", "6 kits cannot be given out until you have checked them.", "You must see two needles", "I have seen this", field(lot, "good"))
	a.Lacks(t, "Release", "St Anne")
	a = v.Post(here+"/seen", nil)
	a.Is(t, http.StatusSeeOther, here+"?saved=seen")
	v.Open(a.To).Lacks(t, "I have seen this")

	send := func(with ...string) webtest.Answer {
		form := webtest.Forms(v.Open(here).Body, here)[0].Held
		for i := 0; i < len(with); i += 2 {
			form.Set(with[i], with[i+1])
		}
		return v.Post(here+"/answer", form)
	}
	send().Is(t, http.StatusUnprocessableEntity, "", "Say how many kits were good", `href="#`+field(lot, "good")+`"`)
	a = send(field(lot, "good"), "7", field(lot, "faulty"), "1", "note", "two boxes")
	a.Is(t, http.StatusConflict, "", "8 kits were checked, but only 6", `href="#`+field(lot, "good")+`"`, `value="7"`, "two boxes")
	send(field(lot, "good"), "five").Is(t, http.StatusUnprocessableEntity, "", "not a number of kits")
	form := webtest.Forms(v.Open(here).Body, here)[0].Held
	form.Set(field(lot, "good"), "5")
	form.Set(field(lot, "faulty"), "1")
	form.Set("note", "one torn")
	for range 2 { // sent twice it is one answer
		v.Post(here+"/answer", form).Is(t, http.StatusSeeOther, here+"?saved=answered")
	}
	v.Open(here+"?saved=answered").Says(t, "Thank you. Your answer is kept.", "You have answered. There is nothing left to do.", "5 good, 1 faulty", "one torn", webtest.Name(webtest.Worker))
	form.Set("note", "another")
	v.Post(here+"/answer", form).Is(t, http.StatusConflict, "")

	v.Saved(w.Path("/give-out"), "kits", "2").Says(t, "2 kits given out")
	if c := w.At(w.Home, lot); c[ledger.Shelf] != 3 || c[ledger.Spoiled] != 1 || c[ledger.People] != 2 {
		t.Errorf("the kits are %v", c)
	}
	c := w.As(webtest.Coordinator)
	c.Open("/notices").Says(t, "1 missing")
	a = c.Open(at)
	a.Says(t, "Harbour Street needle exchange", "St Anne’s hostel", "answered", "not seen")
	a.Lacks(t, "Barnet outreach van", "Close this notice", "Send it again", "/edit")
	c.Open("/areas/E09000002").Says(t, "1 outlet has something left to do", at)
	v.Open(w.Path("")).Lacks(t, "Needles may be missing")
}

// TestAWithdrawalIsAnsweredAndReleased has kits held, counted and put back by the coordinator.
func TestAWithdrawalIsAnsweredAndReleased(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	here := "/notices/" + strconv.Itoa(w.Publish(w.NewNotice("W/1", notice.Withdraw, "0116917"))) + "/outlets/" + strconv.Itoa(w.Home.ID)
	v := w.As(webtest.Worker)
	v.Open(here).Says(t, "Do not give out", "already set these kits aside", "24 kits held", "Put aside")
	form := webtest.Forms(v.Open(here).Body, here)[1].Held
	form.Set(field(first, "faulty"), "23")
	form.Set("replaced", "2")
	v.Post(here+"/answer", form).Is(t, http.StatusSeeOther, here+"?saved=answered")
	v.Open(here).Says(t, "23 kits put aside, 2 replaced")
	v.Post(here+"/release", url.Values{"id": {ledger.NewID().String()}, "lot": {strconv.Itoa(first)}, "kits": {"1"}}).Is(t, http.StatusForbidden, "")
	if w.Shelf(first) != 0 {
		t.Error("a worker released kits")
	}
	c := w.As(webtest.Coordinator)
	var back webtest.Form
	for _, f := range webtest.Forms(c.Open(here).Body, here) {
		if strings.HasSuffix(f.Action, "/release") {
			back = f
		}
	}
	for kits, status := range map[string]int{"": 422, "x": 422, "30": 409} {
		bad := url.Values{"id": {ledger.NewID().String()}, "lot": {strconv.Itoa(first)}, "kits": {kits}}
		c.Post(here+"/release", bad).Is(t, status, "")
	}
	c.Post(here+"/release", back.Held).Is(t, http.StatusSeeOther, here+"?saved=released")
	if n := w.Shelf(first); n != 24 {
		t.Errorf("%d kits are back on the shelf", n)
	}
}

// TestWhoSeesWhichAnswers keeps the outlets of others, and their numbers, out of every page.
func TestWhoSeesWhichAnswers(t *testing.T) {
	w := webtest.NewBare(t)
	for i, o := range w.Snap().Outlets() {
		w.Receive(o, "prenoxad", "0116917", "2027-06", 10*(i+1), webtest.Today-60)
	}
	at := "/notices/" + strconv.Itoa(w.Publish(w.NewNotice("C/1", notice.Check, "0116917")))
	outlet := func(id int) string { return at + "/outlets/" + strconv.Itoa(id) }

	w.As(webtest.Worker).Get(at+"/effect.csv").Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Get(at+"/outlets.csv").Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Get(outlet(w.Sister.ID)).Is(t, http.StatusForbidden, "")
	w.As(webtest.Neighbour).Get(at).Is(t, http.StatusSeeOther, outlet(w.Sister.ID))
	c := w.As(webtest.Coordinator)
	for _, path := range []string{at, at + "/effect.csv", at + "/outlets.csv"} {
		c.Open(path).Lacks(t, "Barnet", "BT-01", "Clyde", "GG-01", "Leith")
	}
	n := w.As(webtest.National)
	n.Open(at).Says(t, "Barnet outreach van", "Elsewhere", "2 authorities that you do not see one by one", "150")
	n.Open(at).Lacks(t, "Clyde", "Leith")
	n.Open(at+"/effect.csv").Says(t, "elsewhere,90,90,0")
	n.Open(at+"/outlets.csv").Lacks(t, "GG-01")
	draft, err := w.Notices.Save(t.Context(), w.Person(webtest.National), w.NewNotice("C/2", notice.Withdraw, "0116917"))
	w.Must(err)
	seen := n.Open("/notices/" + strconv.Itoa(draft) + "/publish")
	seen.Says(t, "150 kits on shelves will be held at once", "2 outlets that you do not see one by one", "Barnet outreach van")
	seen.Lacks(t, "Clyde", "Leith")
	n.Get(outlet(w.Abroad.ID)).Is(t, http.StatusForbidden, "")
	n.Open(outlet(w.Home.ID)).Lacks(t, "/answer", "/seen", "Release")
	w.As(webtest.Analyst).Open(at).Lacks(t, "Close this notice", "Make a drill")
	w.As(webtest.Device).Get(at).Is(t, http.StatusSeeOther, "/counter?to="+url.QueryEscape(at))
	w.As(webtest.Acting).Get(at).Is(t, http.StatusSeeOther, outlet(w.Home.ID))
	w.As(webtest.Public).Get(at).Is(t, http.StatusSeeOther, "/sign-in?to="+url.QueryEscape(at))
}

// TestAnOutletWithNothingSaysSo answers where no kit is left, and where the notice only informs.
func TestAnOutletWithNothingSaysSo(t *testing.T) {
	w := webtest.NewBare(t)
	w.Receive(w.Home, "prenoxad", "0116917", "2027-06", 1, webtest.Today-60)
	v := w.As(webtest.Worker)
	v.Saved(w.Path("/give-out"), "kits", "1")
	for _, action := range []notice.Action{notice.Check, notice.Withdraw, notice.Inform} {
		here := "/notices/" + strconv.Itoa(w.Publish(w.NewNotice(action.String(), action, "0116917"))) + "/outlets/" + strconv.Itoa(w.Home.ID)
		a := v.Open(here)
		press := "I have looked"
		if action == notice.Inform {
			press = "I have read this"
		}
		a.Says(t, "none of these kits are here now", press)
		form := webtest.Forms(a.Body, here)[1].Held
		v.Post(here+"/answer", form).Is(t, http.StatusSeeOther, here+"?saved=answered")
		v.Open(here).Says(t, "You have answered.")
	}
	never := "/notices/" + strconv.Itoa(w.Publish(w.NewNotice("N/1", notice.Inform, "NEVER1"))) + "/outlets/" + strconv.Itoa(w.Home.ID)
	v.Get(never).Is(t, http.StatusNotFound, "", "This outlet was not told of this notice")
}
