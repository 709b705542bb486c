package outlet_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
)

// saved posts a form that is to be taken, and gives the page it leads to.
func (p *person) saved(path string, with ...string) answer {
	p.w.t.Helper()
	a := p.post(path, p.fill(path, with...))
	if a.status != http.StatusSeeOther {
		p.w.t.Fatalf("%s answers %d: %s", path, a.status, mainOf(a.body))
	}
	to := a.to
	a = p.get(to)
	if a.status != http.StatusOK {
		p.w.t.Fatalf("%s leads to %s, which answers %d", path, to, a.status)
	}
	a.to = to
	return a
}

// refused posts a form that is not to be taken, and gives what it says.
func (p *person) refused(path string, with ...string) answer {
	p.w.t.Helper()
	a := p.post(path, p.fill(path, with...))
	if a.status < 400 || a.status > 499 {
		p.w.t.Fatalf("%s answers %d", path, a.status)
	}
	return a
}

func mainOf(body string) string {
	_, in, _ := strings.Cut(body, "<main")
	in, _, _ = strings.Cut(in, "</main>")
	return in
}

func (a answer) says(t *testing.T, words ...string) {
	t.Helper()
	for _, want := range words {
		if !strings.Contains(a.body, want) {
			t.Errorf("not said: %q in %s", want, mainOf(a.body))
		}
	}
}

func (a answer) silent(t *testing.T, words ...string) {
	t.Helper()
	for _, not := range words {
		if strings.Contains(a.body, not) {
			t.Errorf("said: %q", not)
		}
	}
}

func TestReceiveTakesAnyPrintedExpiryAndSaysItInWords(t *testing.T) {
	w := newWorld(t)
	sam := w.as("sam")
	const path = "/outlets/1/receive"
	for printed, words := range map[string]string{"03/28": "end of March 2028", "2028-04": "end of April 2028", "15/05/2028": "15 May 2028", "280600": "end of June 2028"} {
		lot := "L" + strings.NewReplacer("/", "", "-", "").Replace(printed)
		a := sam.saved(path, "kits", "12", "product", "prenoxad", "lot", lot, "expiry", printed, "unit_price", "£18.5", "order", "PO 7", "supplier", "Wholesale")
		a.says(t, "12 kits received", lot, "Expires "+words, "£18.50", "PO 7", "60 doses")
	}
	a := sam.saved(path, "kits", "3", "product", "nyxoid", "lot", "000123", "expiry", "", "opening", "yes")
	a.says(t, "3 kits opening stock", "000123", "Expiry not known")
	sam.refused(path, "kits", "3", "product", "", "lot", "", "expiry", "13/2028", "unit_price", "12.345").
		says(t, "Choose the product.", "Copy the lot number", "is not an expiry date", "is not a price", `value="13/2028"`)
	sam.saved(path, "kits", "3", "product", "nyxoid", "lot", " 000 123", "expiry", "2028-01").says(t, "000123", "end of January 2028")
	sam.refused(path, "kits", "3", "product", "nyxoid", "lot", "000123", "expiry", "2028-02").says(t, "is known with expiry 2028-01, not 2028-02")
	a = sam.get(path)
	a.says(t, `<option value="L0328">Prenoxad prefilled syringe, expires end of March 2028</option>`)
}

func TestSendAndArrive(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam, ali := w.as("sam"), w.as("ali")
	lot := strconv.Itoa(first)
	sam.refused("/outlets/1/send", "kits", "5", "lot", lot).says(t, "Choose the outlet they go to.")
	sam.get("/outlets/1/send").silent(t, "Barnet outreach van", ">Harbour Street needle exchange</option>")
	a := sam.saved("/outlets/1/send", "kits", "10", "lot", lot, "to", "2")
	a.says(t, "10 kits sent", "Sent to", "St Anne’s hostel", "14 kits of this lot are left")
	sam.get("/outlets/1").says(t, "On the way from here")
	shelf := ali.get("/outlets/2")
	shelf.says(t, "On the way here", "10 kits (50 doses) of Prenoxad prefilled syringe, lot 0116917", "from Harbour Street needle exchange", "It has arrived")
	_, link, _ := strings.Cut(shelf.body, `href="/outlets/2/arrive/`)
	link, _, _ = strings.Cut(link, `"`)
	link = "/outlets/2/arrive/" + link
	if form := ali.fill(link); form.Get("good") != "10" || form.Get("broken") != "0" {
		t.Errorf("the form opens with %v", form)
	}
	ali.refused(link, "good", "11").says(t, "11 kits arrived but only 10 were sent")
	ali.refused(link, "good", "").says(t, "Say how many good kits came.")
	form := ali.fill(link, "good", "7", "broken", "1")
	one, two := ali.post(link, form), ali.post(link, form)
	if one.status != http.StatusSeeOther || two.to != one.to {
		t.Fatalf("arriving answers %d %s, then %d %s", one.status, one.to, two.status, two.to)
	}
	ali.get(one.to).says(t, "7 kits arrived", "Missing on arrival", ">2 kits</a>", "Arrived broken", ">1 kit</a>", "Sent by")
	if c := w.at(w.hostel, first); c[ledger.Shelf] != 7 || c[ledger.Spoiled] != 1 {
		t.Errorf("at the hostel: %v", c)
	}
	if a := ali.get(link); a.status != http.StatusNotFound {
		t.Errorf("an arrived delivery answers %d", a.status)
	}
	ali.get("/outlets/2").silent(t, "On the way here")
}

func TestSendToAnotherAuthority(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	const path = "/outlets/1/send"
	form := sam.fill(path, "kits", "4", "lot", strconv.Itoa(first), "elsewhere", "barnet", "do", "outlets", "note", "By van")
	a := sam.post(path, form)
	if a.status != http.StatusOK {
		t.Fatalf("listing outlets answers %d", a.status)
	}
	a.says(t, "Barnet outreach van (Barnet)", "By van")
	a.silent(t, "There is a problem")
	again := held(a.body)
	again.Set("to", strconv.Itoa(w.far.ID))
	again.Set("do", "send")
	if a = sam.post(path, again); a.status != http.StatusSeeOther {
		t.Fatalf("sending answers %d: %s", a.status, mainOf(a.body))
	}
	sam.get(a.to).says(t, "Barnet outreach van")
	sam.refused(path, "elsewhere", "Nowhereshire", "do", "outlets").says(t, "No authority is called")
}

func TestUsedIsNeverRefusedForWantOfALot(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	sam.saved(giveOut, "kits", "2")
	const path = "/outlets/1/used"
	sam.saved(path, "lot", "0116917", "doses", "2", "outcome", "survived", "ambulance", "yes", "place", "street").
		says(t, "1 kit used", "Survived", "Street or public place", "with people → used")
	sam.saved(path).says(t, "kept as a report")
	sam.saved(path, "lot", "UNKNOWN1", "product", "nyxoid").says(t, "Lot as told: UNKNOWN1.", "Nyxoid")
	if c := w.at(w.harbour, first); c[ledger.People] != 1 || c[ledger.Used] != 1 || c[ledger.Shelf] != 22 {
		t.Errorf("places: %v", c)
	}
	sam.refused(path, "whose", "staff").says(t, "Say which lot was used.")
	sam.refused(path, "whose", "staff", "lot", "UNKNOWN1").says(t, "No lot UNKNOWN1 was ever here")
	sam.saved(path, "whose", "staff", "lot", " 0116 917 ").says(t, "1 kit used by staff", "21 kits of this lot are left")
}

func TestKitsOfAnotherOutletAreOnTheRecord(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	w.as("sam").saved(giveOut, "kits", "2")
	ali := w.as("ali")
	a := ali.saved("/outlets/2/used", "lot", "0116917")
	a.says(t, "1 kit used", "Given out by", "Harbour Street needle exchange")
	ali.get("/outlets/2").says(t, "1 kit used")
	ali.saved(a.to + "/reverse")
	ali.get(a.to).says(t, "the entry that reverses it")
	if c := w.at(w.harbour, first); c[ledger.People] != 2 {
		t.Errorf("places: %v", c)
	}
}

func TestNothingUsable(t *testing.T) {
	w := newWorld(t)
	old := w.receive(w.harbour, w.prenoxad, "OLD9", "2026-10", 7, today-200)
	sam := w.as("sam")
	sam.get(giveOut).says(t, "Nothing on this shelf may be given out today.", "Not to be given out: expired")
	link := "/outlets/1/write-off?what=expired&amp;lot=" + strconv.Itoa(old) + "&amp;kits=7"
	sam.get("/outlets/1").says(t, link)
	sam.saved(strings.ReplaceAll(link, "&amp;", "&")).says(t, "7 kits destroyed", "Expired.")
}

func TestHandedBackNeverGoesOnTheShelf(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	sam.saved(giveOut, "kits", "3")
	const path = "/outlets/1/handed-back"
	sam.saved(path, "lot", "0116917", "reason", "expiring").says(t, "1 kit handed back", "About to expire.")
	sam.saved(path, "lot", "0116917", "what", "lost", "reason", "stolen").says(t, "1 kit lost", "Stolen.")
	sam.saved(path, "lot", "").says(t, "kept as a report")
	if c := w.at(w.harbour, first); c[ledger.Shelf] != 21 || c[ledger.Spoiled] != 1 || c[ledger.People] != 1 || c[ledger.Lost] != 1 {
		t.Errorf("places: %v", c)
	}
}

func TestWriteOff(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	lot := strconv.Itoa(first)
	sam, kay := w.as("sam"), w.as("kay")
	const path = "/outlets/1/write-off"
	sam.refused(path, "kits", "1", "lot", lot).says(t, "Say what happened.")
	sam.saved(path, "kits", "2", "lot", lot, "what", "hold", "reason", "Box torn").says(t, "2 kits held", "Box torn")
	sam.saved(path, "kits", "1", "lot", lot, "what", "spoil")
	sam.saved(path, "kits", "1", "lot", lot, "what", "lost").says(t, "1 kit lost")
	sam.saved(path, "kits", "3", "lot", lot, "what", "found").says(t, "3 kits found")
	sam.saved(path, "kits", "1", "lot", lot, "what", "damaged", "where", "held").says(t, "1 kit destroyed", "Damaged or faulty.")
	if c := w.at(w.harbour, first); c[ledger.Shelf] != 23 || c[ledger.Held] != 2 || c[ledger.Spoiled] != 0 || c[ledger.Destroyed] != 1 {
		t.Errorf("places: %v", c)
	}
	sam.refused(path, "kits", "1", "lot", lot, "what", "lost", "where", "held").says(t, "is for kits on the shelf")
	if a := sam.post(path, sam.fill(path, "kits", "2", "lot", lot, "what", "release")); a.status != http.StatusForbidden {
		t.Errorf("a worker's release answers %d", a.status)
	}
	kay.saved(path, "kits", "2", "lot", lot, "what", "release").says(t, "2 kits released", "25 kits of this lot are left")
	sam.refused(path, "kits", "26", "lot", lot, "what", "give_back").says(t, "26 asked, 25 there, 1 short")
	sam.saved(path, "kits", "25", "lot", lot, "what", "give_back")
	// A lot that has run out is not in the list, and can still be found.
	sam.saved(path, "kits", "1", "lot", "", "other_lot", "0116917", "what", "found").says(t, "1 kit found", "1 kit of this lot is left")
	sam.refused(path, "kits", "1", "lot", "", "other_lot", "ZZZ", "what", "found").says(t, "No lot ZZZ is known")
	if form := sam.fill(path + "?what=expired&lot=" + lot + "&kits=4"); form.Get("what") != "expired" || form.Get("lot") != lot || form.Get("kits") != "4" {
		t.Errorf("an address that proposes opens with %v", form)
	}
}

func TestTurnedAwayIsOneTap(t *testing.T) {
	w := newWorld(t)
	sam := w.as("sam")
	const path = "/outlets/1/turned-away"
	sam.saved(path, "reason", "requirement").says(t, "1 kit asked for, and not given", "A requirement was not met")
	sam.refused(path).says(t, "Choose why no kit was given.")
	sam.get("/outlets/1").says(t, "1 kit asked for, and not given")
}

func TestReverse(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	entry := sam.saved(giveOut, "kits", "5").to
	path := entry + "/reverse"
	sam.get(path).says(t, "Reverse this entry?", "5 kits given out")
	form := sam.fill(path, "note", "Wrong lot")
	a := sam.post(path, form)
	if again := sam.post(path, form); a.status != http.StatusSeeOther || again.to != a.to {
		t.Errorf("reversing answers %d %s, then %d %s", a.status, a.to, again.status, again.to)
	}
	sam.get(a.to).says(t, "5 kits given out: reversed", "a reversal", "Wrong lot", "the entry it undoes")
	sam.get(entry).says(t, "reversed", "the entry that reverses it")
	sam.get(entry).silent(t, ">Reverse this<")
	sam.get(path).says(t, "has been reversed already")
	shelf := sam.get("/outlets/1")
	shelf.says(t, "5 kits given out: reversed")
	shelf.silent(t, ">Reverse<")
	if n := w.shelf(w.harbour, first); n != 24 {
		t.Errorf("%d on the shelf", n)
	}
	receipt := sam.saved("/outlets/1/receive", "kits", "4", "product", "prenoxad", "lot", "R1", "expiry", "2029-01").to
	lot := ledgerLot(t, w, "R1")
	sam.saved(giveOut, "lot", lot, "kits", "3", "pick_reason", "other")
	sam.refused(receipt+"/reverse").says(t, "cannot be reversed", "given out of 3 kits")
}

func ledgerLot(t *testing.T, w *world, number string) string {
	t.Helper()
	all, err := w.app.Ledger.Lots(context.Background(), 0)
	w.must(err)
	for _, l := range all {
		if l.Number == number {
			return strconv.Itoa(l.ID)
		}
	}
	t.Fatalf("no lot %s", number)
	return ""
}

func TestSilentMonthIsConfirmed(t *testing.T) {
	w := newWorld(t)
	w.receive(w.harbour, w.prenoxad, "A1", "2028-01", 5, today-100) // August
	sam := w.as("sam")
	a := sam.get("/outlets/1")
	a.says(t, "Months without an entry", "September 2026", "October 2026")
	a.silent(t, "July 2026", `value="2026-11"`, `value="2026-08"`)
	form := map[string][]string{"month": {"2026-09"}}
	if a := sam.post("/outlets/1/nil-month", form); a.status != http.StatusSeeOther {
		t.Fatalf("confirming answers %d", a.status)
	}
	a = sam.get("/outlets/1?saved=nil")
	a.says(t, "The month is confirmed", "October 2026")
	a.silent(t, `value="2026-09"`)
	for month, want := range map[string]int{"2026-08": http.StatusConflict, "2026-11": http.StatusUnprocessableEntity, "x": http.StatusUnprocessableEntity} {
		if a := sam.post("/outlets/1/nil-month", map[string][]string{"month": {month}}); a.status != want {
			t.Errorf("%s answers %d", month, a.status)
		}
	}
}

func TestNobodySeesAnotherOutlet(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam, ali, kay, nat := w.as("sam"), w.as("ali"), w.as("kay"), w.as("nat")
	entry := sam.saved(giveOut).to
	for _, path := range []string{"/outlets/1", "/outlets/1/shelf.csv", giveOut, entry, entry + "/reverse", "/outlets/99"} {
		if a := ali.get(path); a.status != http.StatusForbidden || strings.Contains(a.body, "Harbour") {
			t.Errorf("%s answers a stranger %d", path, a.status)
		}
	}
	if a := ali.get(strings.Replace(entry, "/outlets/1/", "/outlets/2/", 1)); a.status != http.StatusNotFound {
		t.Errorf("another outlet's entry under one's own address answers %d", a.status)
	}
	if a := ali.post(giveOut, sam.fill(giveOut)); a.status != http.StatusForbidden {
		t.Errorf("a stranger's supply answers %d", a.status)
	}
	if a := kay.get("/outlets/1"); a.status != http.StatusOK || !strings.Contains(a.body, "Barking and Dagenham") {
		t.Errorf("the coordinator is answered %d", a.status)
	}
	shelf := nat.get("/outlets/1")
	if shelf.status != http.StatusOK {
		t.Errorf("the national team is answered %d", shelf.status)
	}
	shelf.silent(t, `href="/outlets/1/give-out"`, ">Reverse<")
	if a := nat.get(giveOut); a.status != http.StatusForbidden {
		t.Errorf("the national team's form answers %d", a.status)
	}
	if n := w.shelf(w.harbour, first); n != 23 {
		t.Errorf("%d on the shelf", n)
	}
}

func TestShelfAndItsFile(t *testing.T) {
	w := newWorld(t)
	w.stock()
	w.receive(w.harbour, w.prenoxad, "OLD9", "2026-10", 7, today-200)
	w.receive(w.harbour, w.nyxoid, "SOON1", "15/12/2026", 6, today-200)
	sam := w.as("sam")
	a := sam.get("/outlets/1")
	a.says(t, "100 kits to give", "Within 30 days", "Lot SOON1", "expired 23 days ago", "expires in 22 days", "/definitions#onhand", "Harbour Trust", "Training first", "Drug treatment service, 2015")
	file := sam.get("/outlets/1/shelf.csv")
	for _, line := range []string{
		"outlet,product,lot,expiry,usable_kits,usable_doses,held_kits,expired_kits,on_hand_kits\n",
		"BD-01,prenoxad,OLD9,2026-10,0,0,0,7,7\n", "BD-01,nyxoid,SOON1,2026-12-15,6,12,0,0,6\n", "BD-01,prenoxad,0116917,2027-06,24,120,0,0,24\n",
	} {
		if !strings.Contains(file.body, line) {
			t.Errorf("%q is not in the file:\n%s", line, file.body)
		}
	}
	if lines := strings.Count(file.body, "\n"); lines != 6 {
		t.Errorf("%d lines", lines)
	}
	w.as("sam").get("/outlets/2") // refused, and told nothing
	empty := w.as("ali").get("/outlets/2")
	empty.says(t, "There is nothing on this shelf.", "Nothing here to give")
	w.as("ali").get("/outlets/2/give-out").says(t, "There is nothing on this shelf.", "/outlets/2/turned-away")
}
