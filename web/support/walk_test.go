package support_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/support"
	"everykit/web/webtest"
)

const (
	barking = "/areas/E09000002/support"
	barnet  = "/areas/E09000003"
	england = "/nation/E92000001/support"
)

// asked has the coordinator of Barking ask for kits, and gives the address of the ask.
func asked(t *testing.T, w *webtest.World, kits string) string {
	t.Helper()
	a := w.As(webtest.Coordinator).Saved(barking+"?gap=low_coverage", "help", "stock", "says", "Our hostel gives out ten a week.", "kits", kits)
	a.Says(t, "Your ask is with the national team.", "Our hostel gives out ten a week.")
	list, err := w.Support.Of(t.Context(), w.Home.Area)
	w.Must(err)
	if len(list) == 0 {
		t.Fatal("nothing was asked")
	}
	newest := list[0]
	for _, one := range list {
		if one.ID > newest.ID {
			newest = one
		}
	}
	return barking + "/" + strconv.Itoa(newest.ID)
}

// TestFromAskToArrival is the whole way of kits: an authority asks, the nation names another, that one sends, they arrive,
// and the ask is done.
func TestFromAskToArrival(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	w.Receive(w.Across, "prenoxad", "OLD1", "2026-12", 9, webtest.Today-60) // too short to carry
	lot := w.Receive(w.Across, "prenoxad", "0118001", "2028-03", 40, webtest.Today-60)
	at := asked(t, w, "10")

	n := w.As(webtest.National)
	n.Open(england).Says(t, "Waiting for an answer", `href="`+at+`"`, "Our hostel gives out ten a week.", "today", "Barking and Dagenham")
	n.Open(at).Says(t, "Find spare kits", webtest.Name(webtest.Coordinator))
	n.Open(at+"/spare").Says(t, `value="E09000003"`, "49 kits can be given out there")
	n.Open(at+"/spare").Lacks(t, `value="E09000002"`, "Glasgow")
	n.Refused(at+"/spare").Says(t, "Choose an authority", `href="#from"`)
	n.Saved(at+"/spare", "from", "E09000003", "note", "They are near").Says(t, "Its coordinator sends them", "Barnet", "They are near", "None has been sent yet")

	c := w.As(webtest.Elsewhere)
	give := strings.Replace(at, barking, barnet+"/give", 1)
	c.Open(barnet+"/support").Says(t, "Kits that others need from you", `href="`+give+`"`, "Our hostel gives out ten a week.")
	page := c.Open(give)
	page.Says(t, "Kits for Barking and Dagenham", "lot 0118001", "40 kits of", "Harbour Street needle exchange", `value="10"`)
	page.Lacks(t, "OLD1", "Barnet outreach van</option>")
	c.Refused(give).Says(t, `href="#stock"`, "Choose the kits")
	stock := strconv.Itoa(w.Across.ID) + "." + strconv.Itoa(lot)
	c.Refused(give, "stock", stock, "kits", "41").Says(t, `href="#kits"`, "40 kits")
	c.Refused(give, "stock", stock, "to", strconv.Itoa(w.Across.ID)).Says(t, `href="#to"`)
	c.Refused(give, "stock", strconv.Itoa(w.Home.ID)+".1").Says(t, `href="#stock"`)
	form := c.Fill(give, "stock", stock, "to", strconv.Itoa(w.Home.ID))
	for range 2 { // the same form twice is one delivery
		c.Post(give, form).Is(t, http.StatusSeeOther, give+"?saved=sent")
	}
	c.Open(give+"?saved=sent").Says(t, "The kits are on their way.", "10 kits from Barnet outreach van", "on the way")
	if kits := w.At(w.Across, lot); kits[ledger.Shelf] != 30 {
		t.Errorf("%d kits are left in Barnet", kits[ledger.Shelf])
	}
	w.As(webtest.Coordinator).Open(at).Says(t, "Under way", "on the way")

	coming, err := w.Ledger.Coming(t.Context(), w.Home)
	w.Must(err)
	if len(coming) != 1 {
		t.Fatalf("%d deliveries are on their way", len(coming))
	}
	w.As(webtest.Worker).Saved(w.Path("/arrive/E09000003/" + coming[0].ID.String()))
	if w.Shelf(lot) != 10 {
		t.Errorf("%d kits arrived", w.Shelf(lot))
	}
	w.As(webtest.Coordinator).Open(at).Says(t, "Done", "10 arrived", "10 kits arrived on 23 November 2026")
	n.Open(england).Says(t, "Every ask has been answered", "With 10 kits from other authorities", "Done or declined")
	c.Open(give).Lacks(t, "<form method=\"post\"")
	c.Open(barnet+"/support").Lacks(t, "Kits that others need from you")
}

// TestWaysToAnswer answers four asks: with guidance, with a call, with no, and with a plan.
func TestWaysToAnswer(t *testing.T) {
	w := webtest.NewBare(t)
	n, c := w.As(webtest.National), w.As(webtest.Coordinator)

	at := asked(t, w, "")
	n.Refused(at, "do", "guidance", "guide", "no-such-page").Says(t, `href="#guide"`, "Choose a page of guidance", "<details class=\"nhsuk-details\" open>")
	n.Saved(at, "do", "guidance", "guide", "starting-provision", "guide_note", "This is how Barnet began:").Says(t, "The guidance is sent.", "Under way", `href="/guidance/starting-provision"`, "This is how Barnet began:")
	c.Open(at).Says(t, `href="/guidance/starting-provision"`, "Under way")
	c.Open("/guidance/starting-provision").Says(t, "Decide who leads")

	at = asked(t, w, "")
	n.Refused(at, "do", "call").Says(t, `href="#call_on"`, "Say on which day")
	n.Refused(at, "do", "call", "call_on", "2026-11-01").Says(t, "This day has passed")
	n.Refused(at, "do", "call", "call_on", "soon").Says(t, `href="#call_on"`)
	n.Saved(at, "do", "call", "call_on", "2026-11-30", "call_note", "About the hostel").Says(t, "The call is planned.", "Planned", "30 November 2026", "About the hostel", webtest.Name(webtest.National))

	at = asked(t, w, "")
	n.Refused(at, "do", "declined").Says(t, `href="#reason"`, "Say why")
	n.Saved(at, "do", "declined", "reason", "You had forty last week.").Says(t, "Declined", "You had forty last week.")
	c.Open(at).Says(t, "Declined", "You had forty last week.")
	c.Open(at).Lacks(t, `value="changed"`) // what is over is not for the authority to open again
	n.Saved(at, "do", "changed", "state", "asked").Says(t, "The change is kept.", "Opened again")

	at = asked(t, w, "12")
	n.Refused(at, "do", "changed", "state", "planned").Says(t, `href="#owner"`)
	n.Refused(at, "do", "changed", "state", "planned", "owner", strconv.Itoa(w.Account(webtest.National)), "owner_not", "Somebody").Says(t, `href="#owner_not"`)
	n.Refused(at, "do", "changed", "state", "planned", "owner", strconv.Itoa(w.Account(webtest.Worker)), "due_on", "2026-12-01").Says(t, "This account cannot own the action")
	n.Refused(at, "do", "changed", "kits", "many").Says(t, `href="#kits"`)
	n.Refused(at, "do", "elf").Says(t, "Nothing was done")
	n.Saved(at, "do", "changed", "state", "planned", "owner_not", "Director of public health", "due_on", "2026-12-01", "kits", "20", "note", "Agreed by phone").
		Says(t, "Director of public health", "1 December 2026", "Agreed by phone", "Planned for 1 December 2026")
	c.Saved(at, "do", "changed", "state", "done", "note", "They came by van").Says(t, "Done", "They came by van")
}

// TestTwoPeopleAtOnce changes an action on a page that is no longer how it stands.
func TestTwoPeopleAtOnce(t *testing.T) {
	w := webtest.NewBare(t)
	at := asked(t, w, "")
	n := w.As(webtest.National)
	form := n.Fill(at, "do", "changed", "state", "asked", "note", "Mine")
	w.As(webtest.Administrator).Saved(at, "do", "changed", "state", "asked", "note", "First")
	a := n.Post(at, form)
	a.Is(t, http.StatusConflict, "", "Somebody else has changed this action", "First")
	again := webtest.Held(a.Body)
	again.Set("do", "changed")
	again.Set("state", "asked")
	again.Set("note", "Mine")
	n.Post(at, again).Is(t, http.StatusSeeOther, at+"?saved=changed")
	n.Open(at).Says(t, "First", "Mine")
}

// TestAnAskOfNobodyElse looks for an action under another authority, and as people who may not.
func TestAnAskOfNobodyElse(t *testing.T) {
	w := webtest.NewBare(t)
	at := asked(t, w, "5")
	number := at[strings.LastIndex(at, "/"):]
	n := w.As(webtest.National)
	n.Get(barnet+"/support"+number).Is(t, http.StatusNotFound, "")
	n.Get(barnet+"/support"+number+"/spare").Is(t, http.StatusNotFound, "")
	n.Post(barnet+"/support"+number, nil).Is(t, http.StatusNotFound, "")
	n.Get(barking+"/999").Is(t, http.StatusNotFound, "")
	n.Get(barking+"/x").Is(t, http.StatusNotFound, "")
	n.Get("/areas/S08000031/support").Is(t, http.StatusForbidden, "")
	n.Get("/nation/S92000003/support").Is(t, http.StatusForbidden, "")
	w.As(webtest.Administrator).Get("/areas/E12000007/support").Is(t, http.StatusNotFound, "")

	c := w.As(webtest.Coordinator)
	c.Get(at+"/spare").Is(t, http.StatusForbidden, "")
	c.Get(england).Is(t, http.StatusForbidden, "")
	c.Post(at, c.Fill(at, "do", "call", "call_on", "2026-11-30")).Is(t, http.StatusForbidden, "")
	c.Get("/areas/E09000002/give"+number).Is(t, http.StatusNotFound, "") // nobody has asked it for kits

	e := w.As(webtest.Elsewhere)
	e.Get(at).Is(t, http.StatusForbidden, "")
	e.Post(at, nil).Is(t, http.StatusForbidden, "")
	e.Get(barnet+"/give"+number).Is(t, http.StatusNotFound, "")
	e.Post(barnet+"/give"+number, nil).Is(t, http.StatusNotFound, "")

	analyst := w.As(webtest.Analyst).Open(at)
	analyst.Says(t, "Our hostel gives out ten a week.")
	analyst.Lacks(t, webtest.Name(webtest.Coordinator), "<form method")
	w.As(webtest.Analyst).Post(barking, nil).Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Get(barking).Is(t, http.StatusForbidden, "")
	w.As(webtest.Public).Get(at).Is(t, http.StatusSeeOther, "/sign-in?to="+strings.ReplaceAll(at, "/", "%2F"))
}

// TestAsking sends forms that are not right, and one twice.
func TestAsking(t *testing.T) {
	w := webtest.NewBare(t)
	c := w.As(webtest.Coordinator)
	a := c.Refused(barking)
	a.Says(t, `href="#gap"`, `href="#help"`, `href="#says"`)
	c.Refused(barking+"?gap=silent", "help", "call", "says", "x", "kits", "-3").Says(t, `href="#kits"`)
	c.Refused(barking+"?gap=silent", "help", "call", "says", strings.Repeat("x", support.MostWords+1)).Says(t, `href="#says"`, "longer than")
	c.Refused(barking+"?gap=silent", "help", "call", "says", "x", "key", "none").Says(t, "came without its own number")
	c.Refused(barking+"?gap=silent", "help", "call", "says", "<script>alert(1)</script>", "kits", "x").Lacks(t, "<script>alert")
	form := c.Fill(barking+"?gap=silent", "help", "call", "says", "Ring us")
	c.Post(barking, form).Is(t, http.StatusSeeOther, barking+"?saved=asked")
	c.Post(barking, form).Is(t, http.StatusSeeOther, barking+"?saved=asked")
	form.Set("says", "Ring us twice")
	c.Post(barking, form).Is(t, http.StatusConflict, "")
	if list, err := w.Support.Of(t.Context(), w.Home.Area); err != nil || len(list) != 1 {
		t.Errorf("%d asks, %v", len(list), err)
	}
	at := barking + "/1"
	c.Refused(at, "do", "withdrawn").Says(t, `href="#reason"`)
	c.Saved(at, "do", "withdrawn", "reason", "We found some").Says(t, "The ask is withdrawn.", "We found some")

	n := w.As(webtest.National)
	n.Refused(barking+"?gap=silent", "help", "call", "says", "x", "due_on", "2026-13-01").Says(t, `href="#due_on"`)
	n.Saved(barking+"?gap=no_outlet&kits=40&help=stock", "says", "Open one in the hospital", "owner", strconv.Itoa(w.Account(webtest.National)), "due_on", "2026-12-24").
		Says(t, "Planned", "24 December 2026", "No public outlet", "40")
	file := n.Open(england + ".csv").Body
	if !strings.HasPrefix(file, "action,area,name,gap,says,help,kits,state,asked_on,due_on,owner\n") || !strings.Contains(file, ",no_outlet,Open one in the hospital,stock,40,planned,2026-11-23,2026-12-24,"+webtest.Name(webtest.National)) {
		t.Errorf("the file is %s", file)
	}
	if file := w.As(webtest.Analyst).Open(england + ".csv").Body; strings.Contains(file, webtest.Name(webtest.National)) {
		t.Error("an analyst is told who")
	}
}
