package find_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"everykit/request"
	"everykit/web/webtest"
)

func offer(w *webtest.World) request.Offer {
	return request.Offer{Area: w.Home.Area, On: true, Post: true, Outlet: w.Home.ID, Most: 1, KeepDays: 14}
}

// TestSomethingIsWrong goes from the form to the authority's page and out of it again.
func TestSomethingIsWrong(t *testing.T) {
	w := world(t)
	public, at := w.As(webtest.Public), "/find/outlet/"+itoa(w.Home.ID)
	public.Open(at).Says(t, `href="`+at+`/wrong"`, emergency)
	form := public.Fill(at+"/wrong", "what", "It has moved <b>away</b>.")
	public.Post(at+"/wrong", form).Is(t, http.StatusConflict, "", "There is a problem", "It has moved &lt;b&gt;away")
	form = public.Fill(at+"/wrong", "what", "It has moved <b>away</b>.")
	w.Wait(request.MinFormAge + time.Second)
	public.Post(at+"/wrong", form).Is(t, http.StatusSeeOther, at+"/thanks")
	public.Post(at+"/wrong", form).Is(t, http.StatusSeeOther, at+"/thanks") // the same form twice is one
	public.Post(at+"/wrong", url.Values{"what": {"The phone is dead."}, "token": form["token"]}).Is(t, http.StatusConflict, "", "This form was sent before", "The phone is dead.")
	public.Get(at+"/thanks").Is(t, http.StatusOK, "", "Thank you", emergency)
	public.Get(at).Lacks(t, "It has moved")
	for _, bad := range []string{"", "   ", strings.Repeat("x", 1001), strings.Repeat("é", 1<<19)} {
		if a := public.Post(at+"/wrong", url.Values{"what": {bad}, "token": form["token"]}); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%.10q is taken: %d", bad, a.Status)
		}
	}
	public.Post("/find/outlet/"+itoa(w.Abroad.ID)+"/wrong", form).Is(t, http.StatusNotFound, "")

	c := w.As(webtest.Coordinator)
	page := c.Open("/areas/E09000002/wrong")
	page.Says(t, "It has moved &lt;b&gt;away&lt;/b&gt;.", "Harbour Street", "Sent on 23 November 2026", "Last confirmed: 1 September 2026", "Last confirmed: Never")
	page.Lacks(t, "Barnet outreach", "Clyde")
	if n := strings.Count(page.Body, `name="report"`); n != 1 {
		t.Errorf("%d reports", n)
	}
	w.As(webtest.Elsewhere).Post("/areas/E09000003/wrong", url.Values{"report": {"1"}}).Is(t, http.StatusNotFound, "")
	c.Open("/areas/E09000002/wrong").Says(t, "It has moved")
	c.Post("/areas/E09000002/wrong", url.Values{"report": {"x"}}).Is(t, http.StatusUnprocessableEntity, "", "Say which report is settled")
	c.Post("/areas/E09000002/wrong", url.Values{"report": {"1"}}).Is(t, http.StatusSeeOther, "/areas/E09000002/wrong?saved=settled")
	c.Open("/areas/E09000002/wrong?saved=settled").Says(t, "No report is open", "The report is settled")
}

// TestConfirm says that what is known of an outlet is true today, and changes nothing else of it.
func TestConfirm(t *testing.T) {
	w := world(t)
	c, before := w.As(webtest.Coordinator), *w.Snap().Outlet(w.Home.ID)
	c.Post("/areas/E09000002/confirmed", url.Values{"outlet": {itoa(w.Home.ID)}}).Is(t, http.StatusSeeOther, "/areas/E09000002/wrong?saved=confirmed")
	c.Open("/areas/E09000002/wrong?saved=confirmed").Says(t, "Last confirmed: 23 November 2026", "confirmed as of today")
	w.As(webtest.Public).Open("/find/outlet/"+itoa(w.Home.ID)).Says(t, "last confirmed on 23 November 2026")
	after := *w.Snap().Outlet(w.Home.ID)
	if after.ConfirmedOn != webtest.Today || after.Phone != before.Phone || after.Requires != before.Requires {
		t.Errorf("it is %+v, and was %+v", after, before)
	}
	for _, id := range []string{itoa(w.Across.ID), "0"} {
		c.Post("/areas/E09000002/confirmed", url.Values{"outlet": {id}}).Is(t, http.StatusNotFound, "")
	}
	for _, id := range []string{"x", ""} {
		c.Post("/areas/E09000002/confirmed", url.Values{"outlet": {id}}).Is(t, http.StatusUnprocessableEntity, "", "Say which outlet is confirmed")
	}
	if w.Snap().Outlet(w.Across.ID).ConfirmedOn == webtest.Today {
		t.Error("an outlet of another authority was confirmed")
	}
	for _, who := range []string{webtest.Worker, webtest.Neighbour, webtest.Elsewhere, webtest.Analyst, webtest.National} {
		w.As(who).Post("/areas/E09000002/confirmed", url.Values{"outlet": {itoa(w.Sister.ID)}}).Is(t, http.StatusForbidden, "")
		w.As(who).Get("/areas/E09000002/wrong").Is(t, http.StatusForbidden, "")
	}
	w.As(webtest.Public).Get("/areas/E09000002/wrong").Is(t, http.StatusSeeOther, "/sign-in?to=%2Fareas%2FE09000002%2Fwrong")
}
