package outlet_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/web/webtest"
)

// Packs as a scanner reads them: prenoxad with a lot that was never here, and the lots of webtest.World.Stock. The nasal
// spray has no number in the registry of the tests until one is linked.
const (
	prenoxad = "0105026468663361"
	newPack  = "]d2" + prenoxad + "10AB1234\x1d17280300"
	firstLot = prenoxad + "17270630100116917"
	nextLot  = prenoxad + "17280331100117002"
	strange  = "0104006381333931172808311000123"
	receive  = "/outlets/1/receive"
)

// scan presses the scan button of a form with some fields changed.
func scan(v *webtest.Visitor, path, code string, with ...string) webtest.Answer {
	return v.Post(path, v.Fill(path, append([]string{"scan", "read", "code", code}, with...)...))
}

// again presses the scan button of a form that came back, or another button of the same name.
func again(v *webtest.Visitor, path string, a webtest.Answer, with ...string) webtest.Answer {
	form := webtest.Held(a.Body)
	form.Set("scan", "read")
	for i := 0; i < len(with); i += 2 {
		form.Set(with[i], with[i+1])
	}
	return v.Post(path, form)
}

// holds checks the fields of a form that came back.
func holds(t *testing.T, a webtest.Answer, want ...string) {
	t.Helper()
	form := webtest.Held(a.Body)
	for i := 0; i < len(want); i += 2 {
		if got := form.Get(want[i]); got != want[i+1] {
			t.Errorf("%s is %q, not %q", want[i], got, want[i+1])
		}
	}
}

func movements(t *testing.T, w *webtest.World) (n int) {
	t.Helper()
	w.Must(w.DB.Read(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Get(context.Background(), []any{&n}, "SELECT COUNT(*) FROM movement")
		return err
	}))
	return n
}

func TestScanFillsWhatIsEmptyAndSavesNothing(t *testing.T) {
	w := webtest.NewBare(t)
	worker := w.As(webtest.Worker)
	form := worker.Fill(receive, "scan", "read", "code", newPack, "kits", "20", "order", "PO-7", "note", "two boxes")
	a := worker.Post(receive, form)
	a.Is(t, http.StatusOK, "", "Prenoxad", "lot AB1234", "expires end of March 2028")
	holds(t, a, "product", "prenoxad", "lot", "AB1234", "expiry", "2028-03", "kits", "20", "order", "PO-7", "note", "two boxes", "id", form.Get("id"), "code", "")
	if n := movements(t, w); n != 0 {
		t.Errorf("a scan made %d entries", n)
	}
	saved := worker.Post(receive, webtest.Held(a.Body)) // the button that saves has no name
	if saved.Status != http.StatusSeeOther || saved.To != "/outlets/1/entries/"+form.Get("id") {
		t.Fatalf("saving what was scanned answers %d %s", saved.Status, saved.To)
	}
	if n := w.Shelf(w.LotOf("AB1234")); n != 20 {
		t.Errorf("%d on the shelf", n)
	}
}

func TestTwoCodesOfOnePackAddUp(t *testing.T) {
	w := webtest.NewBare(t)
	worker := w.As(webtest.Worker)
	a := scan(worker, receive, "5026468663361")
	a.Says(t, "It has no lot in it")
	holds(t, a, "product", "prenoxad", "lot", "", "expiry", "")
	a = again(worker, receive, a, "code", "(10)ab 1/2(17)280300")
	holds(t, a, "product", "prenoxad", "lot", "ab 1/2", "expiry", "2028-03")
	a = again(worker, receive, a, "code", "5026468663361") // and the first again takes nothing away
	holds(t, a, "product", "prenoxad", "lot", "ab 1/2", "expiry", "2028-03")
	a.Lacks(t, "The form says")
}

func TestScanAsksWhereTheFormSaysSomethingElse(t *testing.T) {
	w := webtest.NewBare(t)
	worker := w.As(webtest.Worker)
	a := scan(worker, receive, newPack, "lot", "ab 1234", "expiry", "11/2027")
	a.Is(t, http.StatusOK, "", "The form says expiry end of November 2027. The code says expiry end of March 2028.")
	holds(t, a, "product", "", "lot", "ab 1234", "expiry", "11/2027", "code", newPack) // nothing of what may be another pack
	a = again(worker, receive, a, "scan", "all")
	holds(t, a, "product", "prenoxad", "lot", "ab 1234", "expiry", "2028-03", "code", "")
	a.Lacks(t, "The form says")

	a = scan(worker, receive, newPack, "product", "nyxoid", "lot", "77", "kits", "9")
	a.Says(t, "The form says Nyxoid 1.8mg nasal spray single-dose, lot 77. The code says Prenoxad", ", lot AB1234. Is it another pack?")
	holds(t, a, "product", "nyxoid", "lot", "77", "expiry", "")
	holds(t, again(worker, receive, a, "scan", "all"), "product", "prenoxad", "lot", "AB1234", "expiry", "2028-03", "kits", "9")

	a = scan(worker, receive, newPack, "expiry", "whenever") // what cannot be read is not wiped either
	holds(t, a, "expiry", "whenever", "lot", "")
	a.Says(t, "The form says expiry whenever.")
	a = scan(worker, receive, newPack, "product", "prenoxad", "lot", "AB 1234", "expiry", "31/03/2028") // the same, otherwise written
	holds(t, a, "lot", "AB 1234", "expiry", "31/03/2028", "code", "")
	a.Lacks(t, "The form says")
}

func TestScanOfNothingOrNonsense(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	worker := w.As(webtest.Worker)
	for _, path := range []string{receive, giveOut} {
		for code, want := range map[string]string{
			"": "No code was scanned yet", "  ": "No code was scanned yet", "5026468663362": "wrong check digit",
			strings.Repeat("0105026468663361", 200): "too long for a code", "hello<b>": "&#34;hello&lt;b&gt;&#34;",
		} {
			before := movements(t, w)
			a := scan(worker, path, code, "kits", "3", "lot", "")
			if a.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %.20q answers %d", path, code, a.Status)
			}
			a.Says(t, want, `id="code-error"`)
			holds(t, a, "kits", "3")
			if movements(t, w) != before {
				t.Errorf("%s: %.20q saved something", path, code)
			}
		}
	}
}

// A scanner that loses the separators may leave two readings: they are shown, and none is taken.
func TestAmbiguousCodeIsAsked(t *testing.T) {
	w := webtest.NewBare(t)
	worker := w.As(webtest.Worker)
	a := scan(worker, receive, prenoxad+"10ABC21123")
	a.Is(t, http.StatusOK, "", "more than one way", "Prenoxad prefilled syringe, lot ABC, serial number 123.", "Prenoxad prefilled syringe, lot ABC21123.")
	holds(t, a, "product", "", "lot", "")
	values := buttons(a.Body)
	if len(values) < 2 {
		t.Fatalf("the buttons are %q", values)
	}
	for _, value := range values {
		if !strings.Contains(value, "(21)123") {
			continue
		}
		a = again(worker, receive, a, "scan", value)
		holds(t, a, "product", "prenoxad", "lot", "ABC")
		return
	}
	t.Errorf("no button has the reading with a serial number: %q", values)
}

// buttons are the values of the questions of a box.
func buttons(body string) []string {
	var values []string
	_, said, _ := strings.Cut(body, "data-scan-said")
	said, _, _ = strings.Cut(said, "<details")
	for _, b := range strings.Split(said, `name="scan" value="`)[1:] {
		value, _, _ := strings.Cut(b, `"`)
		values = append(values, value)
	}
	return values
}

func TestGiveOutPicksTheScannedLot(t *testing.T) {
	w := webtest.NewBare(t)
	first, second, spray := w.Stock()
	worker := w.As(webtest.Worker)
	a := scan(worker, giveOut, nextLot)
	a.Is(t, http.StatusOK, "", "lot 0117002 is picked", "Say below why this lot: another lot is due first")
	holds(t, a, "lot", strconv.Itoa(second), "kits", "1", "code", "")
	a = again(worker, giveOut, a, "code", nextLot)
	a.Says(t, "2 kits of Prenoxad")
	holds(t, a, "lot", strconv.Itoa(second), "kits", "2")
	a = again(worker, giveOut, a, "code", firstLot) // another lot in the same entry
	a.Says(t, "One entry is of one lot", "Give out lot 0116917")
	holds(t, a, "lot", strconv.Itoa(second), "kits", "2", "code", firstLot)
	a = again(worker, giveOut, a, "scan", "lot")
	holds(t, a, "lot", strconv.Itoa(first), "kits", "2", "code", "")
	if w.Shelf(first)+w.Shelf(second) != 64 {
		t.Error("scanning moved kits")
	}
	saved := worker.Post(giveOut, webtest.Held(a.Body))
	if saved.Status != http.StatusSeeOther || w.Shelf(first) != 22 || w.Shelf(second) != 40 || w.Shelf(spray) != 30 {
		t.Errorf("saving answers %d; on the shelf %d, %d, %d", saved.Status, w.Shelf(first), w.Shelf(second), w.Shelf(spray))
	}
}

func TestGiveOutKeepsALotThatSomebodyChose(t *testing.T) {
	w := webtest.NewBare(t)
	first, second, spray := w.Stock()
	worker := w.As(webtest.Worker)
	a := scan(worker, giveOut, firstLot, "lot", strconv.Itoa(spray))
	a.Says(t, "Nyxoid nasal spray, lot NX7731 is picked. The code says Prenoxad")
	holds(t, a, "lot", strconv.Itoa(spray))
	a = scan(worker, giveOut, "5026468663361") // two lots of it are here
	a.Says(t, "has no lot in it: choose the lot that is on the pack")
	holds(t, a, "lot", strconv.Itoa(first))
	w.Must(w.Ledger.WriteOff(context.Background(), staff.Operator(), ledger.WriteOff{Entry: webtest.NewEntry(w.Home, 24, webtest.Today), Lot: first, From: ledger.Shelf, To: ledger.Destroyed}))
	a = scan(worker, giveOut, "5026468663361") // and now one
	a.Says(t, "look that the pack is of lot 0117002")
	holds(t, a, "lot", strconv.Itoa(second))
	a = again(worker, giveOut, a, "code", "5026468663361")
	holds(t, a, "lot", strconv.Itoa(second), "kits", "2")
}

func TestOnePackTwiceIsOnePack(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	pack := func(serial string) string { return "]d2" + firstLot + "\x1d21" + serial }
	a := scan(worker, giveOut, pack("S1"))
	a = again(worker, giveOut, a, "code", pack("S2"))
	holds(t, a, "lot", strconv.Itoa(first), "kits", "2")
	for _, serial := range []string{"S1", "S2"} {
		a = again(worker, giveOut, a, "code", pack(serial))
		a.Says(t, "was scanned before")
		holds(t, a, "kits", "2")
	}
}

func TestGiveOutSaysWhyALotCannotBePicked(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	expired := w.Receive(w.Home, "prenoxad", "0115544", "2026-10", 7, webtest.Today-200)
	worker := w.As(webtest.Worker)
	old := prenoxad + "17261031100115544"
	a := scan(worker, giveOut, old)
	a.Says(t, "Not to be given out: expired end of October 2026")
	if got := webtest.Held(a.Body).Get("lot"); got == strconv.Itoa(expired) {
		t.Error("an expired lot was picked")
	}
	a = scan(worker, giveOut, old, "occurred_on", (webtest.Today - 60).String()) // what has happened may be entered
	holds(t, a, "lot", strconv.Itoa(expired))
	a = scan(worker, giveOut, newPack)
	a.Says(t, "Lot AB1234 of Prenoxad", "is not on this shelf", receive)
	a = scan(worker, giveOut, prenoxad+"17270731100116917")
	a.Says(t, "recorded here with expiry end of June 2027, and the code says 31 July 2027", "Nothing was changed")
	lot, err := w.Ledger.Lot(context.Background(), w.LotOf("0116917"))
	w.Must(err)
	if lot.Expiry.String() != "2027-06" {
		t.Errorf("the expiry is now %s", lot.Expiry)
	}
	if a := w.As(webtest.Neighbour).Post("/outlets/1/scan", url.Values{"code": {firstLot}, "scan": {"read"}}); a.Status != http.StatusForbidden {
		t.Errorf("a worker of another outlet is answered %d", a.Status)
	}
}

func TestUnknownCodeIsLinkedByAnAdministrator(t *testing.T) {
	w := webtest.NewBare(t)
	p := *w.Snap().Product(w.Product("nyxoid"))
	p.GTIN = ""
	_, err := w.Registry.PutProduct(context.Background(), p)
	w.Must(err)
	a := scan(w.As(webtest.Worker), receive, strange)
	a.Says(t, "We do not know this code (GTIN 04006381333931)", "Choose the product by hand, and tell the coordinator")
	a.Lacks(t, "/scan/product")
	holds(t, a, "product", "", "lot", "00123", "expiry", "2028-08-31")
	admin := w.As(webtest.Administrator)
	a = scan(admin, receive, strange)
	const at = "/scan/product?gtin=04006381333931&to=%2Foutlets%2F1%2Freceive"
	a.Says(t, `href="`+strings.ReplaceAll(at, "&", "&amp;")+`"`)
	admin.Refused(at, "product", "", "sure", "yes").Says(t, "Choose the product from the list.")
	admin.Refused(at, "product", "nyxoid").Says(t, "Say that you have looked at the pack.")
	admin.Refused(at, "product", "prenoxad", "sure", "yes").Says(t, "has the code 5026468663361 already")
	if of, ok := w.Snap().FindProduct("4006381333931"); ok {
		t.Fatalf("the code is linked to %s already", of.Code)
	}
	admin.Saved(at, "product", "nyxoid", "sure", "yes").Says(t, "is Nyxoid", "Go back")
	if of, ok := w.Snap().FindProduct("4006381333931"); !ok || of.Code != "nyxoid" || of.Name != p.Name || of.DosesPerKit != p.DosesPerKit {
		t.Errorf("the code is linked to %+v", of)
	}
	holds(t, scan(w.As(webtest.Worker), receive, strange), "product", "nyxoid")
	admin.Open("/scan/product?gtin=04006381333931").Lacks(t, `name="sure"`)
	for bad, want := range map[string]string{"": "is not a product number", "1": "is not a product number", "4006381333932": "wrong check digit"} {
		admin.Refused("/scan/product?gtin="+bad, "product", "nyxoid", "sure", "yes").Says(t, want, `id="gtin-error"`)
	}
	w.Check(webtest.Administrator, "/scan/product?gtin=04006381333932&to=/outlets/1", "/scan/product?gtin=04006381333931&to=/outlets/1")
}

// asked is what the script gets.
type asked struct {
	Code, Wrong string
	Fill        map[string]string
	Said        []string
	Asks        []struct{ Text, Press, Value string }
	Links       []struct{ Text, Href string }
}

func ask(t *testing.T, v *webtest.Visitor, path string, with ...string) asked {
	t.Helper()
	form := url.Values{"scan": {"read"}}
	for i := 0; i < len(with); i += 2 {
		form.Set(with[i], with[i+1])
	}
	a := v.Post(path, form)
	if a.Status != http.StatusOK || a.Type != "application/json" || a.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s answers %d %s: %s", path, a.Status, a.Type, a.Body)
	}
	var got asked
	if err := json.Unmarshal([]byte(a.Body), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestScriptIsAnsweredTheSame(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker, public := w.As(webtest.Worker), w.As(webtest.Public)
	got := ask(t, public, "/scan", "code", newPack)
	if got.Fill["product"] != "prenoxad" || got.Fill["lot"] != "AB1234" || got.Fill["expiry"] != "2028-03" || got.Wrong != "" || len(got.Asks) != 0 {
		t.Errorf("answers %+v", got)
	}
	got = ask(t, public, "/scan", "code", newPack, "lot", "OTHER")
	if _, wiped := got.Fill["lot"]; wiped || len(got.Asks) != 1 || got.Asks[0].Value != "all" || got.Code != newPack {
		t.Errorf("answers %+v", got)
	}
	if got = ask(t, public, "/scan", "code", "?"); got.Wrong == "" || len(got.Fill) != 0 {
		t.Errorf("answers %+v", got)
	}
	wrong := prenoxad + "17270731100116917"
	if said := strings.Join(ask(t, public, "/scan", "code", wrong).Said, " "); strings.Contains(said, "recorded here") {
		t.Errorf("the public is told what the ledger has: %s", said)
	}
	if said := strings.Join(ask(t, worker, "/scan", "code", wrong).Said, " "); !strings.Contains(said, "recorded here") {
		t.Errorf("a worker is not told: %s", said)
	}
	id := strconv.Itoa(first)
	got = ask(t, worker, "/outlets/1/scan", "code", firstLot, "kits", "1", "lot", id, "scanned", id)
	if got.Fill["kits"] != "2" || got.Fill["scanned"] != id {
		t.Errorf("answers %+v", got)
	}
	got = ask(t, w.As(webtest.Administrator), "/scan", "code", strange, "at", "//evil.example")
	if len(got.Links) != 1 || strings.Contains(got.Links[0].Href, "evil") {
		t.Errorf("answers %+v", got.Links)
	}
	if strings.Contains(w.Log.String(), "AB1234") {
		t.Error("what was scanned is in the log")
	}
	if w.Snap().Product(w.Product("nyxoid")).Form == registry.Form(0) {
		t.Error("a product lost its form")
	}
}
