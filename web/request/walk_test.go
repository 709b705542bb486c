package request_test

import (
	"net/http"
	"testing"
	"time"

	"everykit/civil"
	"everykit/store"
	"everykit/web/webtest"
)

type storeTx = store.Tx

// TestFromAskingToForgetting walks the whole way: ask, approve, send, look up, forget.
func TestFromAskingToForgetting(t *testing.T) {
	w := offering(t)
	first := w.LotOf("0116917")
	before := w.Shelf(first)
	reference := start(t, w).posted().sent()
	webtest.Says(t, state(t, w, reference), "We have it")
	c := w.As(webtest.Coordinator)
	path := only(t, w)
	c.Get("/requests").Is(t, http.StatusSeeOther, queue)
	list := c.Open(queue)
	list.Says(t, reference, "1 kit, injection, by post", "Asked for", "today")
	c.Get("/areas/"+barking+"/wrong").Is(t, http.StatusOK, "")
	list.Says(t, `href="/areas/`+barking+`/wrong"`)
	list.Lacks(t, canaryName, canaryStreet, canaryCode, canaryMail)
	open := c.Open(path)
	open.Says(t, canaryName, canaryStreet, canaryCode, canaryMail, "send this first", "Approve")
	open.Lacks(t, "NX7731") // a spray, which was not asked for
	deed(t, c, path, "approve").Says(t, "Approved.")
	webtest.Says(t, state(t, w, reference), "Agreed")
	lines := c.Open(path + "/label")
	lines.Says(t, canaryName+"<br>"+canaryStreet+"<br>Oxford<br>"+canaryCode, "If not delivered")
	for _, word := range []string{"aloxone", "kit ", canaryMail, "njection"} {
		webtest.Lacks(t, lines.Words(), word)
	}
	deed(t, c, path, "send").Says(t, "has left the shelf", "From the shelf of")
	if n := w.Shelf(first); n != before-1 {
		t.Errorf("%d kits are left of %d", n, before)
	}
	webtest.Says(t, state(t, w, reference), "Sent", "in the post")
	c.Open(queue).Lacks(t, reference)
	c.Open(queue+"?show=sent").Says(t, reference)
	webtest.Says(t, c.Open(path).Body, canaryName)
	w.Wait(13 * 24 * time.Hour)
	w.Must(w.Requests.Tick(t.Context()))
	c = w.As(webtest.Coordinator)
	webtest.Says(t, c.Open(path).Body, canaryName)
	w.Wait(2 * 24 * time.Hour)
	w.Must(w.Requests.Tick(t.Context()))
	c = w.As(webtest.Coordinator)
	gone := c.Open(path)
	gone.Says(t, "Deleted")
	gone.Lacks(t, canaryName, canaryStreet, canaryCode, canaryMail)
	c.Get(path+"/label").Is(t, http.StatusConflict, "", "The address was erased.")
	webtest.Says(t, state(t, w, reference), "Sent")
	for _, word := range []string{canaryName, canaryStreet, canaryCode, canaryMail} {
		if found(t, w, word) {
			t.Errorf("%q is in the database", word)
		}
	}
	webtest.Lacks(t, w.Log.String(), reference, "Canary", canaryCode)
}

// TestCollecting is asked for, put aside and collected; a worker at the place of collecting sees no other request.
func TestCollecting(t *testing.T) {
	w := offering(t)
	start(t, w).posted().sent()
	k := start(t, w).toWhere("collect")
	k.at.Says(t, w.Home.Name, w.Sister.Name)
	k.at.Lacks(t, `name="address"`, w.Across.Name)
	k.next("old_enough", "yes", "collect", "").is("where").at.Says(t, "Choose where to collect it.")
	reference := k.next("old_enough", "yes", "collect", itoa(w.Sister.ID)).is("check").sent()
	k.at.Says(t, w.Sister.Name)
	worker, sister := w.As(webtest.Worker), w.As(webtest.Neighbour)
	atHome, atSister := "/outlets/"+itoa(w.Home.ID)+"/requests", "/outlets/"+itoa(w.Sister.ID)+"/requests"
	worker.Get("/requests").Is(t, http.StatusSeeOther, atHome)
	sister.Get("/requests").Is(t, http.StatusSeeOther, atSister)
	list, err := w.Requests.Queue(t.Context(), w.Person(webtest.Worker), w.Home.Area, 0)
	w.Must(err)
	if len(list) != 2 {
		t.Fatalf("%d wait", len(list))
	}
	post, collect := list[0].ID.String(), list[1].ID.String()
	worker.Open(atHome).Says(t, post, collect)
	mine := sister.Open(atSister)
	mine.Says(t, collect)
	mine.Lacks(t, post, canaryName)
	other := sister.Get(atSister + "/" + barking + "/" + post)
	other.Lacks(t, canaryName)
	if other.Status == http.StatusOK {
		t.Error("a worker sees a request that is not theirs")
	}
	sister.Open(atSister+"/"+barking+"/"+collect).Lacks(t, "Pick and send", "Refuse", "Approve")
	done := deed(t, worker, atHome+"/"+barking+"/"+collect, "send")
	done.Says(t, "ready to be collected")
	done.Lacks(t, "Label to print")
	webtest.Says(t, state(t, w, reference), "Ready", w.Sister.Name)
	deed(t, sister, atSister+"/"+barking+"/"+collect, "gave").Says(t, "Collected.")
	webtest.Says(t, state(t, w, reference), "It was collected.")
	sister.Open(atSister+"?show=collected").Says(t, collect)
}

// TestRefusing gives the reason to whoever asked, and takes nothing from the shelf.
func TestRefusing(t *testing.T) {
	w := offering(t)
	before := w.OnHand()
	reference := start(t, w).posted().sent()
	c, path := w.As(webtest.Coordinator), only(t, w)
	deed(t, c, path, "refuse", "why", " ").Is(t, http.StatusUnprocessableEntity, "", "Say why", `<details class="nhsuk-details" open>`)
	deed(t, c, path, "refuse", "why", "We have <b>no</b> more kits.").Says(t, "Refused.")
	webtest.Says(t, state(t, w, reference), "Not possible", "We have <b>no</b> more kits.")
	a := deed(t, c, path, "send")
	if a.Status < 400 || w.OnHand() != before {
		t.Errorf("what was refused is sent: %d, %d kits", a.Status, w.OnHand())
	}
}

// TestOtherLotAndDoubleClick picks another lot, and takes one kit however often it is pressed.
func TestOtherLotAndDoubleClick(t *testing.T) {
	w := offering(t)
	start(t, w).posted().sent()
	c, path := w.As(webtest.Coordinator), only(t, w)
	first, other := w.LotOf("0116917"), w.LotOf("0117002")
	before := w.Shelf(other)
	deed(t, c, path, "send", "lot", "77777").Is(t, http.StatusConflict, "", "not on the shelf")
	deed(t, c, path, "send", "lot", "x").Is(t, http.StatusUnprocessableEntity, "", "Choose a lot")
	form := c.Fill(path, "do", "send", "lot", itoa(other))
	for range 3 {
		if a := c.Post(path, form); a.Status != http.StatusSeeOther {
			t.Errorf("answers %d: %.400s", a.Status, a.Words())
		}
	}
	if w.Shelf(other) != before-1 || w.Shelf(first) != 24 {
		t.Errorf("%d of the lot are left, and %d of the first", w.Shelf(other), w.Shelf(first))
	}
	form.Set("do", "approve")
	c.Post(path, form).Is(t, http.StatusConflict, "")
}

// TestTakingBack withdraws by the reference, and erases at once.
func TestTakingBack(t *testing.T) {
	w := offering(t)
	reference := start(t, w).posted().sent()
	path, p, c := only(t, w), w.As(webtest.Public), w.As(webtest.Coordinator)
	shown := p.Post("/request/progress", values("reference", reference))
	shown.Says(t, "Take my request back")
	shown.Lacks(t, "Canary", canaryCode)
	p.Post("/request/progress", values("reference", reference, "do", "withdraw")).Is(t, http.StatusOK, "", "Taken back")
	p.Post("/request/progress", values("reference", reference, "do", "withdraw")).Is(t, http.StatusOK, "", "Taken back")
	c.Open(path).Lacks(t, canaryName, canaryStreet)
	p.Post("/request/progress", values("reference", "AAA-AAA-AAA")).Is(t, http.StatusUnprocessableEntity, "", "There is no request with this reference.", `value="AAA-AAA-AAA"`)
	p.Post("/request/progress", values("reference", "")).Is(t, http.StatusUnprocessableEntity, "")
	p.Post("/request/progress", values("reference", "<b>x</b>", "do", "withdraw")).Is(t, http.StatusUnprocessableEntity, "", "&lt;b&gt;")
	again := start(t, w).posted().sent()
	c.Open(queue).Says(t, again)
	deed(t, c, only(t, w), "send").Says(t, "left the shelf")
	p.Post("/request/progress", values("reference", again, "do", "withdraw")).Is(t, http.StatusConflict, "", "on its way")
}

// TestOffer is switched on, changed and switched off by the coordinator.
func TestOffer(t *testing.T) {
	w := webtest.NewBare(t)
	c, path := w.As(webtest.Coordinator), "/areas/"+barking+"/offer"
	c.Open(path).Says(t, w.Home.Name, w.Sister.Name, `value="14"`)
	c.Open(path).Lacks(t, w.Across.Name)
	c.Refused(path, "on", "yes").Says(t, "Choose how people get a kit", "Choose the outlet")
	c.Refused(path, "most", "many").Says(t, "as a whole number")
	c.Refused(path, "keep_days", "0").Says(t, "Type 1 or more.")
	c.Refused(path, "on", "yes", "post", "yes", "outlet", itoa(w.Across.ID))
	stale := c.Fill(path)
	c.Saved(path, "on", "yes", "post", "yes", "outlet", itoa(w.Home.ID), "keep_days", "7", "note", "On Fridays").Says(t, "Saved.", "On Fridays")
	o, err := w.Requests.OfferOf(t.Context(), w.Home.Area)
	w.Must(err)
	if !o.On || !o.Post || o.Collect || o.Outlet != w.Home.ID || o.KeepDays != 7 || len(o.Collects) != 0 {
		t.Errorf("the offer is %+v", o)
	}
	c.Post(path, stale).Is(t, http.StatusConflict, "", "Somebody else has changed this")
	w.As(webtest.Elsewhere).Get(path).Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Get(path).Is(t, http.StatusForbidden, "")
}

// TestGapsAreCounted says so where nothing is offered, and counts it once a form.
func TestGapsAreCounted(t *testing.T) {
	w := offering(t)
	public(t, w, w.Across, "020 7946 0000")
	k := start(t, w).next("for", "someone", "council", barnet)
	k.at.Is(t, http.StatusOK, "", "Not offered here yet", w.Across.Name, `href="tel:02079460000"`, `href="/find"`, "call 999", `href="/find/outlet/`+itoa(w.Across.ID)+`"`)
	k.at.Lacks(t, w.Home.Name, "Page 2")
	gaps := func() (n int) {
		a, _ := w.Snap().AreaByCode(barnet)
		months, err := w.Requests.Gaps(t.Context(), a.ID, civil.MonthOf(2026, 1), civil.MonthOf(2026, 12))
		w.Must(err)
		for _, m := range months {
			n += m
		}
		return n
	}
	if n := gaps(); n != 1 {
		t.Errorf("%d gaps are counted", n)
	}
	fresh := start(t, w)
	form := fresh.form("for", "me", "council", barnet, "go", "next")
	for range 3 {
		fresh.v.Post("/request", form).Is(t, http.StatusOK, "", "Not offered here yet")
	}
	if n := gaps(); n != 2 {
		t.Errorf("%d gaps are counted", n)
	}
	w.As(webtest.Elsewhere).Open("/areas/"+barnet+"/offer").Says(t, "2 requests could not be met")
	w.As(webtest.Elsewhere).Open("/areas/"+barnet+"/requests").Says(t, "Nothing is offered", "Nobody is waiting.")
}

// TestTooYoung is led to a worker, whatever else was filled in, and counted.
func TestTooYoung(t *testing.T) {
	for _, how := range []string{"post", "collect"} {
		w := offering(t, func(o *offer) { o.Post, o.Collect, o.Most = how == "post", how == "collect", 1 })
		public(t, w, w.Home, "020 7946 0001")
		k := start(t, w).next("for", "me", "council", barking).next("route", "injection").is("cards").press("skip").is("where")
		k.at.Says(t, "Are you 16 or over?")
		k.next("old_enough", "").at.Is(t, http.StatusUnprocessableEntity, "", "Choose yes or no.")
		k.next("old_enough", "no").at.Is(t, http.StatusOK, "", "under 16", w.Home.Name, "020 7946 0001")
		k.at.Lacks(t, "16 or over")
		n := w.Ledger.Today()
		months, err := w.Requests.Gaps(t.Context(), w.Home.Area, n.Month(), n.Month())
		w.Must(err)
		if months[n.Month()] != 1 {
			t.Errorf("%s: the gaps are %v", how, months)
		}
		if list, _ := w.Requests.Queue(t.Context(), w.Person(webtest.Coordinator), w.Home.Area, 0); len(list) != 0 {
			t.Errorf("%s: %d are kept", how, len(list))
		}
	}
}
