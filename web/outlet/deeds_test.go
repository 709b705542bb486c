package outlet_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/web/webtest"
)

func TestReceiveTakesAnyPrintedExpiryAndSaysItInWords(t *testing.T) {
	w := webtest.NewBare(t)
	worker := w.As(webtest.Worker)
	const path = "/outlets/1/receive"
	for printed, words := range map[string]string{"03/28": "end of March 2028", "2028-04": "end of April 2028", "15/05/2028": "15 May 2028", "280600": "end of June 2028"} {
		lot := "L" + strings.NewReplacer("/", "", "-", "").Replace(printed)
		a := worker.Saved(path, "kits", "12", "product", "prenoxad", "lot", lot, "expiry", printed, "unit_price", "£18.5", "order", "PO 7", "supplier", "Wholesale")
		a.Says(t, "12 kits received", lot, "Expires "+words, "£18.50", "PO 7", "60 doses")
	}
	a := worker.Saved(path, "kits", "3", "product", "nyxoid", "lot", "000123", "expiry", "", "opening", "yes")
	a.Says(t, "3 kits opening stock", "000123", "Expiry not known")
	worker.Refused(path, "kits", "3", "product", "", "lot", "", "expiry", "13/2028", "unit_price", "12.345").
		Says(t, "Choose the product.", "Copy the lot number", "is not an expiry date", "is not a price", `value="13/2028"`)
	worker.Saved(path, "kits", "3", "product", "nyxoid", "lot", " 000 123", "expiry", "2028-01").Says(t, "000123", "end of January 2028")
	worker.Refused(path, "kits", "3", "product", "nyxoid", "lot", "000123", "expiry", "2028-02").Says(t, "is known with expiry 2028-01, not 2028-02")
	a = worker.Get(path)
	a.Says(t, `<option value="L0328">Prenoxad prefilled syringe, expires end of March 2028</option>`)
}

func TestSendAndArrive(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker, neighbour := w.As(webtest.Worker), w.As(webtest.Neighbour)
	lot := strconv.Itoa(first)
	worker.Refused("/outlets/1/send", "kits", "5", "lot", lot).Says(t, "Choose the outlet they go to.")
	worker.Get("/outlets/1/send").Lacks(t, "Barnet outreach van", ">Harbour Street needle exchange</option>")
	a := worker.Saved("/outlets/1/send", "kits", "10", "lot", lot, "to", "2")
	a.Says(t, "10 kits sent", "Sent to", "St Anne’s hostel", "14 kits of this lot are left")
	worker.Get("/outlets/1").Says(t, "On the way from here")
	shelf := neighbour.Get("/outlets/2")
	shelf.Says(t, "On the way here", "10 kits (50 doses) of Prenoxad prefilled syringe, lot 0116917", "from Harbour Street needle exchange", "It has arrived")
	_, link, _ := strings.Cut(shelf.Body, `href="/outlets/2/arrive/`)
	link, _, _ = strings.Cut(link, `"`)
	link = "/outlets/2/arrive/" + link
	if form := neighbour.Fill(link); form.Get("good") != "10" || form.Get("broken") != "0" {
		t.Errorf("the form opens with %v", form)
	}
	neighbour.Refused(link, "good", "11").Says(t, "11 kits arrived but only 10 were sent")
	neighbour.Refused(link, "good", "").Says(t, "Say how many good kits came.")
	form := neighbour.Fill(link, "good", "7", "broken", "1")
	one, two := neighbour.Post(link, form), neighbour.Post(link, form)
	if one.Status != http.StatusSeeOther || two.To != one.To {
		t.Fatalf("arriving answers %d %s, then %d %s", one.Status, one.To, two.Status, two.To)
	}
	neighbour.Get(one.To).Says(t, "7 kits arrived", "Missing on arrival", ">2 kits</a>", "Arrived broken", ">1 kit</a>", "Sent by")
	if c := w.At(w.Sister, first); c[ledger.Shelf] != 7 || c[ledger.Spoiled] != 1 {
		t.Errorf("at the hostel: %v", c)
	}
	if a := neighbour.Get(link); a.Status != http.StatusNotFound {
		t.Errorf("an arrived delivery answers %d", a.Status)
	}
	neighbour.Get("/outlets/2").Lacks(t, "On the way here")
}

func TestSendToAnotherAuthority(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	const path = "/outlets/1/send"
	form := worker.Fill(path, "kits", "4", "lot", strconv.Itoa(first), "elsewhere", "barnet", "do", "outlets", "note", "By van")
	a := worker.Post(path, form)
	if a.Status != http.StatusOK {
		t.Fatalf("listing outlets answers %d", a.Status)
	}
	a.Says(t, "Barnet outreach van (Barnet)", "By van")
	a.Lacks(t, "There is a problem")
	again := webtest.Held(a.Body)
	again.Set("to", strconv.Itoa(w.Across.ID))
	again.Set("do", "send")
	if a = worker.Post(path, again); a.Status != http.StatusSeeOther {
		t.Fatalf("sending answers %d: %s", a.Status, a.Words())
	}
	worker.Get(a.To).Says(t, "Barnet outreach van")
	worker.Refused(path, "elsewhere", "Nowhereshire", "do", "outlets").Says(t, "No authority is called")
}

func TestUsedIsNeverRefusedForWantOfALot(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	worker.Saved(giveOut, "kits", "2")
	const path = "/outlets/1/used"
	worker.Saved(path, "lot", "0116917", "doses", "2", "outcome", "survived", "ambulance", "yes", "place", "street").
		Says(t, "1 kit used", "Survived", "Street or public place", "with people → used")
	worker.Saved(path).Says(t, "kept as a report")
	worker.Saved(path, "lot", "UNKNOWN1", "product", "nyxoid").Says(t, "Lot as told: UNKNOWN1.", "Nyxoid")
	if c := w.At(w.Home, first); c[ledger.People] != 1 || c[ledger.Used] != 1 || c[ledger.Shelf] != 22 {
		t.Errorf("places: %v", c)
	}
	worker.Refused(path, "whose", "staff").Says(t, "Say which lot was used.")
	worker.Refused(path, "whose", "staff", "lot", "UNKNOWN1").Says(t, "No lot UNKNOWN1 was ever here")
	worker.Saved(path, "whose", "staff", "lot", " 0116 917 ").Says(t, "1 kit used by staff", "21 kits of this lot are left")
}

func TestKitsOfAnotherOutletAreOnTheRecord(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	w.As(webtest.Worker).Saved(giveOut, "kits", "2")
	neighbour := w.As(webtest.Neighbour)
	a := neighbour.Saved("/outlets/2/used", "lot", "0116917")
	a.Says(t, "1 kit used", "Given out by", "Harbour Street needle exchange")
	neighbour.Get("/outlets/2").Says(t, "1 kit used")
	neighbour.Saved(a.To + "/reverse")
	neighbour.Get(a.To).Says(t, "the entry that reverses it")
	if c := w.At(w.Home, first); c[ledger.People] != 2 {
		t.Errorf("places: %v", c)
	}
}

func TestNothingUsable(t *testing.T) {
	w := webtest.NewBare(t)
	old := w.Receive(w.Home, "prenoxad", "OLD9", "2026-10", 7, webtest.Today-200)
	worker := w.As(webtest.Worker)
	worker.Get(giveOut).Says(t, "Nothing on this shelf may be given out today.", "Not to be given out: expired")
	link := "/outlets/1/write-off?what=expired&amp;lot=" + strconv.Itoa(old) + "&amp;kits=7"
	worker.Get("/outlets/1").Says(t, link)
	worker.Saved(strings.ReplaceAll(link, "&amp;", "&")).Says(t, "7 kits destroyed", "Expired.")
}

func TestHandedBackNeverGoesOnTheShelf(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	worker.Saved(giveOut, "kits", "3")
	const path = "/outlets/1/handed-back"
	worker.Saved(path, "lot", "0116917", "reason", "expiring").Says(t, "1 kit handed back", "About to expire.")
	worker.Saved(path, "lot", "0116917", "what", "lost", "reason", "stolen").Says(t, "1 kit lost", "Stolen.")
	worker.Saved(path, "lot", "").Says(t, "kept as a report")
	if c := w.At(w.Home, first); c[ledger.Shelf] != 21 || c[ledger.Spoiled] != 1 || c[ledger.People] != 1 || c[ledger.Lost] != 1 {
		t.Errorf("places: %v", c)
	}
}

func TestWriteOff(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	lot := strconv.Itoa(first)
	worker, coordinator := w.As(webtest.Worker), w.As(webtest.Coordinator)
	const path = "/outlets/1/write-off"
	worker.Refused(path, "kits", "1", "lot", lot).Says(t, "Say what happened.")
	worker.Saved(path, "kits", "2", "lot", lot, "what", "hold", "reason", "Box torn").Says(t, "2 kits held", "Box torn")
	worker.Saved(path, "kits", "1", "lot", lot, "what", "spoil")
	worker.Saved(path, "kits", "1", "lot", lot, "what", "lost").Says(t, "1 kit lost")
	worker.Saved(path, "kits", "3", "lot", lot, "what", "found").Says(t, "3 kits found")
	worker.Saved(path, "kits", "1", "lot", lot, "what", "damaged", "where", "held").Says(t, "1 kit destroyed", "Damaged or faulty.")
	if c := w.At(w.Home, first); c[ledger.Shelf] != 23 || c[ledger.Held] != 2 || c[ledger.Spoiled] != 0 || c[ledger.Destroyed] != 1 {
		t.Errorf("places: %v", c)
	}
	worker.Refused(path, "kits", "1", "lot", lot, "what", "lost", "where", "held").Says(t, "is for kits on the shelf")
	if a := worker.Post(path, worker.Fill(path, "kits", "2", "lot", lot, "what", "release")); a.Status != http.StatusForbidden {
		t.Errorf("a worker's release answers %d", a.Status)
	}
	coordinator.Saved(path, "kits", "2", "lot", lot, "what", "release").Says(t, "2 kits released", "25 kits of this lot are left")
	worker.Refused(path, "kits", "26", "lot", lot, "what", "give_back").Says(t, "26 asked, 25 there, 1 short")
	worker.Saved(path, "kits", "25", "lot", lot, "what", "give_back")
	// A lot that has run out is not in the list, and can still be found.
	worker.Saved(path, "kits", "1", "lot", "", "other_lot", "0116917", "what", "found").Says(t, "1 kit found", "1 kit of this lot is left")
	worker.Refused(path, "kits", "1", "lot", "", "other_lot", "ZZZ", "what", "found").Says(t, "No lot ZZZ is known")
	if form := worker.Fill(path + "?what=expired&lot=" + lot + "&kits=4"); form.Get("what") != "expired" || form.Get("lot") != lot || form.Get("kits") != "4" {
		t.Errorf("an address that proposes opens with %v", form)
	}
}

func TestTurnedAwayIsOneTap(t *testing.T) {
	w := webtest.NewBare(t)
	worker := w.As(webtest.Worker)
	const path = "/outlets/1/turned-away"
	worker.Saved(path, "reason", "requirement").Says(t, "1 kit asked for, and not given", "A requirement was not met")
	worker.Refused(path).Says(t, "Choose why no kit was given.")
	worker.Get("/outlets/1").Says(t, "1 kit asked for, and not given")
}

func TestReverse(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	entry := worker.Saved(giveOut, "kits", "5").To
	path := entry + "/reverse"
	worker.Get(path).Says(t, "Reverse this entry?", "5 kits given out")
	form := worker.Fill(path, "note", "Wrong lot")
	a := worker.Post(path, form)
	if again := worker.Post(path, form); a.Status != http.StatusSeeOther || again.To != a.To {
		t.Errorf("reversing answers %d %s, then %d %s", a.Status, a.To, again.Status, again.To)
	}
	worker.Get(a.To).Says(t, "5 kits given out: reversed", "a reversal", "Wrong lot", "the entry it undoes")
	worker.Get(entry).Says(t, "reversed", "the entry that reverses it")
	worker.Get(entry).Lacks(t, ">Reverse this<")
	worker.Get(path).Says(t, "has been reversed already")
	shelf := worker.Get("/outlets/1")
	shelf.Says(t, "5 kits given out: reversed")
	shelf.Lacks(t, ">Reverse<")
	if n := w.Shelf(first); n != 24 {
		t.Errorf("%d on the shelf", n)
	}
	receipt := worker.Saved("/outlets/1/receive", "kits", "4", "product", "prenoxad", "lot", "R1", "expiry", "2029-01").To
	lot := strconv.Itoa(w.LotOf("R1"))
	worker.Saved(giveOut, "lot", lot, "kits", "3", "pick_reason", "other")
	worker.Refused(receipt+"/reverse").Says(t, "cannot be reversed", "given out of 3 kits")
}

func TestSilentMonthIsConfirmed(t *testing.T) {
	w := webtest.NewBare(t)
	w.Receive(w.Home, "prenoxad", "A1", "2028-01", 5, webtest.Today-100) // August
	worker := w.As(webtest.Worker)
	a := worker.Get("/outlets/1")
	a.Says(t, "Months without an entry", "September 2026", "October 2026")
	a.Lacks(t, "July 2026", `value="2026-11"`, `value="2026-08"`)
	form := map[string][]string{"month": {"2026-09"}}
	if a := worker.Post("/outlets/1/nil-month", form); a.Status != http.StatusSeeOther {
		t.Fatalf("confirming answers %d", a.Status)
	}
	a = worker.Get("/outlets/1?saved=nil")
	a.Says(t, "The month is confirmed", "October 2026")
	a.Lacks(t, `value="2026-09"`)
	for month, want := range map[string]int{"2026-08": http.StatusConflict, "2026-11": http.StatusUnprocessableEntity, "x": http.StatusUnprocessableEntity} {
		if a := worker.Post("/outlets/1/nil-month", map[string][]string{"month": {month}}); a.Status != want {
			t.Errorf("%s answers %d", month, a.Status)
		}
	}
}

func TestNobodySeesAnotherOutlet(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker, neighbour, coordinator, national := w.As(webtest.Worker), w.As(webtest.Neighbour), w.As(webtest.Coordinator), w.As(webtest.National)
	entry := worker.Saved(giveOut).To
	for _, path := range []string{"/outlets/1", "/outlets/1/shelf.csv", giveOut, entry, entry + "/reverse", "/outlets/99"} {
		if a := neighbour.Get(path); a.Status != http.StatusForbidden || strings.Contains(a.Body, "Harbour") {
			t.Errorf("%s answers a stranger %d", path, a.Status)
		}
	}
	if a := neighbour.Get(strings.Replace(entry, "/outlets/1/", "/outlets/2/", 1)); a.Status != http.StatusNotFound {
		t.Errorf("another outlet's entry under one's own address answers %d", a.Status)
	}
	if a := neighbour.Post(giveOut, worker.Fill(giveOut)); a.Status != http.StatusForbidden {
		t.Errorf("a stranger's supply answers %d", a.Status)
	}
	if a := coordinator.Get("/outlets/1"); a.Status != http.StatusOK || !strings.Contains(a.Body, "Barking and Dagenham") {
		t.Errorf("the coordinator is answered %d", a.Status)
	}
	shelf := national.Get("/outlets/1")
	if shelf.Status != http.StatusOK {
		t.Errorf("the national team is answered %d", shelf.Status)
	}
	shelf.Lacks(t, `href="/outlets/1/give-out"`, ">Reverse<")
	if a := national.Get(giveOut); a.Status != http.StatusForbidden {
		t.Errorf("the national team's form answers %d", a.Status)
	}
	if n := w.Shelf(first); n != 23 {
		t.Errorf("%d on the shelf", n)
	}
}

func TestShelfAndItsFile(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	w.Receive(w.Home, "prenoxad", "OLD9", "2026-10", 7, webtest.Today-200)
	w.Receive(w.Home, "nyxoid", "SOON1", "15/12/2026", 6, webtest.Today-200)
	worker := w.As(webtest.Worker)
	a := worker.Get("/outlets/1")
	a.Says(t, "100 kits to give", "Within 30 days", "Lot SOON1", "expired 23 days ago", "expires in 22 days", "/definitions#onhand", "Harbour Trust", "Training first", "Drug treatment service, 2015")
	file := worker.Get("/outlets/1/shelf.csv")
	for _, line := range []string{
		"outlet,product,lot,expiry,usable_kits,usable_doses,held_kits,expired_kits,on_hand_kits\n",
		"BD-01,prenoxad,OLD9,2026-10,0,0,0,7,7\n", "BD-01,nyxoid,SOON1,2026-12-15,6,12,0,0,6\n", "BD-01,prenoxad,0116917,2027-06,24,120,0,0,24\n",
	} {
		if !strings.Contains(file.Body, line) {
			t.Errorf("%q is not in the file:\n%s", line, file.Body)
		}
	}
	if lines := strings.Count(file.Body, "\n"); lines != 6 {
		t.Errorf("%d lines", lines)
	}
	w.As(webtest.Worker).Get("/outlets/2") // refused, and told nothing
	empty := w.As(webtest.Neighbour).Get("/outlets/2")
	empty.Says(t, "There is nothing on this shelf.", "Nothing here to give")
	w.As(webtest.Neighbour).Get("/outlets/2/give-out").Says(t, "There is nothing on this shelf.", "/outlets/2/turned-away")
}
