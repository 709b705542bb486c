package outlet_test

import (
	"net/http"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/staff"
	"everykit/web/webtest"
)

// carried gives out kits of an old lot, so that there are some to replace.
func carried(t *testing.T, w *webtest.World, product, number string, kits int) int {
	t.Helper()
	lot := w.Receive(w.Home, product, number, "2026-12", kits+5, webtest.Today-300)
	w.Must(w.Ledger.Supply(t.Context(), staff.Operator(), ledger.SupplyOf{Entry: webtest.NewEntry(w.Home, kits, webtest.Today-250), Lot: lot}))
	return lot
}

func TestReplacingMovesTheEarlierKit(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	old := carried(t, w, "prenoxad", "OLD 7", 9)
	worker := w.As(webtest.Worker)
	worker.Open(giveOut).Says(t, "Does it replace an earlier kit? (optional)", "Lot of the earlier kit", "They brought it back")
	for _, c := range []struct {
		reason, back, words string
		to                  ledger.Place
	}{
		{"used_on_other", "", "1 kit of lot OLD 7 is now recorded as used.", ledger.Used},
		{"stolen", "", "recorded as lost.", ledger.Lost},
		{"expired", "", "recorded as destroyed.", ledger.Destroyed},
		{"expired", "yes", "recorded as handed back, and held.", ledger.Spoiled},
		{"", "yes", "recorded as handed back, and held.", ledger.Spoiled},
		{"spare", "", "Nothing says where the earlier kit of lot old7 went, so it was not moved.", ledger.Nowhere},
	} {
		before := w.At(w.Home, old)
		got := worker.Saved(giveOut, "reason", c.reason, "replaces_lot", "old7", "brought_back", c.back)
		got.Says(t, c.words, "1 kit given out", "Repeat")
		after := w.At(w.Home, old)
		if c.to == ledger.Nowhere {
			if after != before {
				t.Errorf("%s: kits moved from %v to %v", c.reason, before, after)
			}
			continue
		}
		if after[c.to] != before[c.to]+1 || after[ledger.People] != before[ledger.People]-1 {
			t.Errorf("%s, back %q: %v became %v", c.reason, c.back, before, after)
		}
	}
	// Another lot's kits are as they were: each supply took one of its own and moved nothing else.
	if n := w.Shelf(old); n != 5 {
		t.Errorf("%d of the old lot on the shelf", n)
	}
}

func TestReplacingIsReversedWithItsSupply(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	old := carried(t, w, "prenoxad", "OLD7", 2)
	worker := w.As(webtest.Worker)
	form := worker.Fill(giveOut, "reason", "lost", "replaces_lot", "OLD7")
	for range 2 { // twice the same form is one supply and one earlier kit
		worker.Post(giveOut, form).Is(t, http.StatusSeeOther, "/outlets/1/entries/"+form.Get("id"))
	}
	if c := w.At(w.Home, old); c[ledger.Lost] != 1 || c[ledger.People] != 1 {
		t.Fatalf("the same form twice: %v", c)
	}
	at := "/outlets/1/entries/" + form.Get("id")
	worker.Open(at+"/reverse").Says(t, "The entry of the earlier kit that it replaced is reversed with it")
	worker.Saved(at + "/reverse")
	if c := w.At(w.Home, old); c[ledger.Lost] != 0 || c[ledger.People] != 2 {
		t.Errorf("after the reversal: %v", c)
	}
	worker.Open(at).Lacks(t, "is now recorded as lost")

	// The earlier kit alone may be reversed too, and the receipt says so.
	got := worker.Saved(giveOut, "reason", "lost", "replaces_lot", "OLD7")
	_, link, _ := strings.Cut(got.Body, `recorded as lost. <a class="nhsuk-link" href="`)
	link, _, _ = strings.Cut(link, `"`)
	worker.Open(link).Says(t, "1 kit lost")
	worker.Saved(link + "/reverse")
	worker.Open(got.To).Says(t, "of lot OLD7 has been reversed")
	worker.Open(got.To).Lacks(t, "is now recorded as lost")
	worker.Open(got.To+"/reverse").Says(t, "unless that has been done already")
}

func TestLotOfTheEarlierKitNotKnown(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	worker := w.As(webtest.Worker)
	got := worker.Saved(giveOut, "reason", "expired", "replaces_lot", "NEVER<1>")
	got.Says(t, "We do not know lot NEVER&lt;1&gt; of the earlier kit. It is kept as typed, and no kit was moved.", "Replaces lot")
	got.Lacks(t, "not in the record yet", "earlier=here")
	got = worker.Saved(giveOut, "replaces_lot", "NEVER1", "brought_back", "yes")
	got.Says(t, "kept as typed", "it is not in the record yet", `href="/outlets/1/handed-back"`)
	got = worker.Saved(giveOut, "brought_back", "yes") // nothing can be read on it any more
	got.Says(t, "it is not in the record yet", "Repeat")
	got.Lacks(t, "kept as typed")

	// Nobody here gave one out: it is kept as a report.
	lot := w.Receive(w.Home, "prenoxad", "FULL1", "2027-12", 5, webtest.Today-9)
	worker.Saved(giveOut, "reason", "used_on_self", "replaces_lot", "FULL1").Says(t, "recorded as used. No outlet here had one")
	if c := w.At(w.Home, lot); c[ledger.Used] != 0 || c[ledger.Shelf] != 5 {
		t.Errorf("a report moved kits: %v", c)
	}

	// One that another outlet gave out leaves that outlet's count.
	other := w.Receive(w.Sister, "prenoxad", "SIS1", "2027-12", 5, webtest.Today-9)
	w.Must(w.Ledger.Supply(t.Context(), staff.Operator(), ledger.SupplyOf{Entry: webtest.NewEntry(w.Sister, 2, webtest.Today-5), Lot: other}))
	worker.Saved(giveOut, "reason", "used_on_self", "replaces_lot", "SIS1").Says(t, "It had been given out by St Anne’s hostel.")
	if c := w.At(w.Sister, other); c[ledger.People] != 1 {
		t.Errorf("at the other outlet: %v", c)
	}
}

func TestLotOfTheEarlierKitOfSeveralProducts(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	syringe, spray := carried(t, w, "prenoxad", "TWIN1", 3), carried(t, w, "nyxoid", "TWIN1", 3)
	worker := w.As(webtest.Worker)
	form := worker.Fill(giveOut, "reason", "used_on_self", "replaces_lot", "twin1")
	got := worker.Post(giveOut, form)
	got.Is(t, http.StatusUnprocessableEntity, "", "Say which product the earlier kit is.", "More than one has a lot twin1.", `id="replaces_product-error"`, `value="nyxoid"`)
	if w.At(w.Home, syringe)[ledger.People] != 3 || w.At(w.Home, spray)[ledger.People] != 3 {
		t.Error("a question moved kits")
	}
	again := webtest.Held(got.Body)
	if again.Get("replaces_lot") != "twin1" || again.Get("reason") != "used_on_self" {
		t.Errorf("what was typed is gone: %v", again)
	}
	again.Set("replaces_product", "nyxoid")
	worker.Post(giveOut, again).Is(t, http.StatusSeeOther, "/outlets/1/entries/"+form.Get("id"))
	if w.At(w.Home, syringe)[ledger.People] != 3 || w.At(w.Home, spray)[ledger.People] != 2 {
		t.Error("the answer moved the wrong kit")
	}
	form = worker.Fill(giveOut, "reason", "used_on_self", "replaces_lot", "twin1", "replaces_product", "none")
	worker.Post(giveOut, form).Is(t, http.StatusSeeOther, "/outlets/1/entries/"+form.Get("id"))
	form = worker.Fill(giveOut, "replaces_lot", "twin1", "replaces_product", "elf")
	worker.Post(giveOut, form).Is(t, http.StatusUnprocessableEntity, "", `id="replaces_product-error"`)
	if w.At(w.Home, syringe)[ledger.People] != 3 || w.At(w.Home, spray)[ledger.People] != 2 {
		t.Error("none of these moved one of them")
	}
}

func TestLotOfTheEarlierKitScanned(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	syringe := carried(t, w, "prenoxad", "TWIN1", 3)
	carried(t, w, "nyxoid", "TWIN1", 3)
	worker := w.As(webtest.Worker)
	for n, code := range []string{prenoxad + "17261231" + "10TWIN1\x1d21SERIAL99", "(01)05026468663361(17)261231(10)TWIN1(21)SERIAL99"} {
		got := worker.Saved(giveOut, "reason", "lost", "replaces_lot", code)
		got.Says(t, "1 kit of lot TWIN1 is now recorded as lost.", "TWIN1")
		got.Lacks(t, "SERIAL99") // it could tell one pack, and so one person, from all others
		if w.At(w.Home, syringe)[ledger.People] != 2-n {
			t.Errorf("the kit of the code %q was not moved", code)
		}
	}
	// A product that is not known is asked about, never guessed.
	worker.Refused(giveOut, "reason", "lost", "replaces_lot", "(01)04012345678901(10)TWIN1").Says(t, "The code does not say it")
	// A number that looks like the beginning of a code is a number.
	ten := carried(t, w, "nyxoid", "AB1", 2)
	worker.Saved(giveOut, "reason", "lost", "replaces_lot", "10AB1").Says(t, "We do not know lot 10AB1")
	if w.At(w.Home, ten)[ledger.People] != 2 {
		t.Error("a guess moved a kit")
	}
}

func TestFirstKitReplacesNone(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	old := carried(t, w, "prenoxad", "OLD7", 2)
	worker := w.As(webtest.Worker)
	for _, with := range [][]string{{"replaces_lot", "OLD7"}, {"brought_back", "yes"}} {
		worker.Refused(giveOut, append(with, "supply", "first")...).Says(t, "A first kit replaces none.", `id="supply-error"`)
	}
	worker.Refused(giveOut, "reason", "lost", "supply", "first").Says(t, `id="reason-error"`)
	if w.At(w.Home, old)[ledger.People] != 2 {
		t.Error("a refusal moved a kit")
	}
}

// TestReplacingInABrowser replaces a kit with the form as people see it.
func TestReplacingInABrowser(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	old := carried(t, w, "prenoxad", "OLD7", 2)
	b := w.Browse(webtest.Worker)
	b.SetWidth(320)
	b.Open(w.URL + giveOut)
	b.Click("form > details:has(#replaces_lot) > summary")
	b.Fit()
	b.Set("#reason", "used_on_other")
	b.Type("#replaces_lot", "old7")
	b.Follow(".ek-actions button")
	if got := b.Text("main"); !strings.Contains(got, "1 kit of lot OLD7 is now recorded as used.") {
		t.Errorf("the receipt says %q", got)
	}
	if c := w.At(w.Home, old); c[ledger.Used] != 1 || c[ledger.People] != 1 {
		t.Errorf("kits are at %v", c)
	}
	b.Check(b.URL(), http.StatusOK)
}
