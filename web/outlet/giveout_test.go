package outlet_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/web/webtest"
)

const giveOut = "/outlets/1/give-out"

func TestGiveOutProposesTheLotAndShowsWhatIsLeft(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	form := worker.Fill(giveOut)
	if form.Get("kits") != "1" || form.Get("lot") != strconv.Itoa(first) || form.Get("occurred_on") != webtest.Today.String() {
		t.Fatalf("the form opens with %v", form)
	}
	a := worker.Post(giveOut, form)
	if a.Status != http.StatusSeeOther || a.To != "/outlets/1/entries/"+form.Get("id") {
		t.Fatalf("saving answers %d %s %s", a.Status, a.To, a.Body)
	}
	receipt := worker.Get(a.To)
	for _, want := range []string{"1 kit given out", "lot 0116917", "23 kits of this lot are left", webtest.Name(webtest.Worker), "Give out another", "Reverse this", "5 doses"} {
		if !strings.Contains(receipt.Body, want) {
			t.Errorf("the receipt does not say %q", want)
		}
	}
	if n := w.Shelf(first); n != 23 {
		t.Errorf("%d on the shelf", n)
	}
	if fresh := worker.Fill(giveOut); fresh.Get("id") == form.Get("id") || fresh.Get("id") == "" {
		t.Error("a fresh form has the number of an old one")
	}
}

func TestSameFormTwiceIsOneEntry(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	form := worker.Fill(giveOut, "kits", "3", "client_code", "AB12")
	one, two := worker.Post(giveOut, form), worker.Post(giveOut, form)
	if one.Status != http.StatusSeeOther || two.Status != http.StatusSeeOther || one.To != two.To {
		t.Errorf("answers %+v and %+v", one, two)
	}
	if n := w.Shelf(first); n != 21 {
		t.Errorf("%d on the shelf, not 21", n)
	}
	form.Set("kits", "4")
	if a := worker.Post(giveOut, form); a.Status != http.StatusConflict || !strings.Contains(a.Body, "was used before") || !strings.Contains(a.Body, `value="4"`) {
		t.Errorf("another body under the same number answers %d", a.Status)
	}
	if n := w.Shelf(first); n != 21 {
		t.Errorf("a conflict moved kits: %d on the shelf", n)
	}
}

func TestRefusalBeyondTheShelfKeepsWhatWasTyped(t *testing.T) {
	w := webtest.NewBare(t)
	first, _, _ := w.Stock()
	worker := w.As(webtest.Worker)
	form := worker.Fill(giveOut, "kits", "30", "note", "At the <market> event", "recipient", "family_or_friend", "sex", "female")
	a := worker.Post(giveOut, form)
	if a.Status != http.StatusConflict {
		t.Fatalf("answers %d", a.Status)
	}
	for _, want := range []string{"0116917", "Harbour Street needle exchange", "23 November 2026", "30 asked, 24 there, 6 short", "At the &lt;market&gt; event", `<details class="nhsuk-details" open>`, "There are not enough kits"} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	again := webtest.Held(a.Body)
	for _, f := range []string{"id", "kits", "lot", "occurred_on", "recipient", "sex"} {
		if again.Get(f) != form.Get(f) {
			t.Errorf("%s was %q and came back as %q", f, form.Get(f), again.Get(f))
		}
	}
	if n := w.Shelf(first); n != 24 {
		t.Errorf("a refusal moved kits: %d", n)
	}
	again.Set("kits", "24")
	again.Set("note", "")
	if a := worker.Post(giveOut, again); a.Status != http.StatusSeeOther {
		t.Errorf("the next right try answers %d", a.Status)
	}
}

func TestLotOutOfTurnNeedsAReason(t *testing.T) {
	w := webtest.NewBare(t)
	_, second, spray := w.Stock()
	short := w.Receive(w.Home, "nyxoid", "SHORT1", "2026-12", 5, webtest.Today-100)
	worker := w.As(webtest.Worker)
	for _, lot := range []int{second, short} {
		form := worker.Fill(giveOut, "lot", strconv.Itoa(lot))
		a := worker.Post(giveOut, form)
		if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "Say why lot") || !strings.Contains(a.Body, `id="pick_reason-error"`) {
			t.Errorf("lot %d without a reason answers %d", lot, a.Status)
		}
		again := webtest.Held(a.Body)
		again.Set("pick_reason", "asked")
		if a = worker.Post(giveOut, again); a.Status != http.StatusSeeOther {
			t.Fatalf("lot %d with a reason answers %d", lot, a.Status)
		}
		if receipt := worker.Get(a.To); !strings.Contains(receipt.Body, "The person asked for this kind") {
			t.Error("the reason is not on the entry")
		}
	}
	// The other product's own first lot is nobody's turn taken, and a late entry is not asked.
	if a := worker.Post(giveOut, worker.Fill(giveOut, "lot", strconv.Itoa(spray))); a.Status != http.StatusSeeOther {
		t.Errorf("the first lot of another product answers %d", a.Status)
	}
	if a := worker.Post(giveOut, worker.Fill(giveOut, "lot", strconv.Itoa(second), "occurred_on", (webtest.Today-1).String())); a.Status != http.StatusSeeOther {
		t.Errorf("a late entry answers %d", a.Status)
	}
	// More kits than the first lot has: the next one is then the one to give, and no reason is wanted.
	if a := worker.Post(giveOut, worker.Fill(giveOut, "lot", strconv.Itoa(second), "kits", "30")); a.Status != http.StatusSeeOther {
		t.Errorf("30 kits of the second lot answer %d", a.Status)
	}
}

func TestExpiredLotIsShownGreyedAndRefused(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	old := w.Receive(w.Home, "prenoxad", "OLD9", "2026-10", 7, webtest.Today-200)
	worker := w.As(webtest.Worker)
	a := worker.Get(giveOut)
	if !strings.Contains(a.Body, "Not to be given out: expired end of October 2026") || !strings.Contains(a.Body, `value="`+strconv.Itoa(old)+`" disabled`) {
		t.Error("the expired lot is not shown with its reason")
	}
	late := worker.Get(giveOut + "?occurred_on=" + (webtest.Today - 2).String())
	if strings.Contains(late.Body, `value="`+strconv.Itoa(old)+`" disabled`) || webtest.Held(late.Body).Get("occurred_on") != (webtest.Today-2).String() {
		t.Error("the expired lot cannot be chosen for an earlier day")
	}
	form := worker.Fill(giveOut, "lot", strconv.Itoa(old))
	if a = worker.Post(giveOut, form); a.Status != http.StatusConflict || !strings.Contains(a.Body, "Lot OLD9 expired") || !strings.Contains(a.Body, "31 October 2026") {
		t.Errorf("an expired lot answers %d", a.Status)
	}
	if n := w.Shelf(old); n != 7 {
		t.Errorf("%d of the expired lot on the shelf", n)
	}
	// What has happened is kept, and flagged.
	form.Set("occurred_on", (webtest.Today - 2).String())
	if a = worker.Post(giveOut, form); a.Status != http.StatusSeeOther {
		t.Fatalf("a late entry answers %d", a.Status)
	}
	if receipt := worker.Get(a.To); !strings.Contains(receipt.Body, "expired when supplied") || !strings.Contains(receipt.Body, "2 days later") {
		t.Error("the flags are not on the entry")
	}
}

func TestBadAnswersAreAllNamedAtOnce(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	worker := w.As(webtest.Worker)
	form := worker.Fill(giveOut, "kits", "-2", "lot", "", "occurred_on", "31/02/2026", "recipient", "elf")
	a := worker.Post(giveOut, form)
	for _, want := range []string{"is not a number of kits", "Choose the lot.", "is not a day", "Choose one from the list."} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("not said: %q", want)
		}
	}
	if a.Status != http.StatusUnprocessableEntity {
		t.Errorf("answers %d", a.Status)
	}
	for _, kits := range []string{"0", "", "1e3", "1.5", "100001", "99999999999999999999"} {
		if a := worker.Post(giveOut, worker.Fill(giveOut, "kits", kits)); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, `id="kits-error"`) {
			t.Errorf("%q kits answer %d", kits, a.Status)
		}
	}
	if a := worker.Post(giveOut, worker.Fill(giveOut, "occurred_on", (webtest.Today+1).String())); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "in the future") {
		t.Errorf("tomorrow answers %d", a.Status)
	}
	form = worker.Fill(giveOut, "id", "")
	a = worker.Post(giveOut, form)
	if again := webtest.Held(a.Body); a.Status != http.StatusUnprocessableEntity || again.Get("id") == "" {
		t.Errorf("a form without a number answers %d and comes back with %q", a.Status, again.Get("id"))
	}
}

func TestClientCodeIsNeverSeenAgain(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	worker := w.As(webtest.Worker)
	const canary = "CANARY77"
	a := worker.Post(giveOut, worker.Fill(giveOut, "client_code", canary, "supply", ""))
	if a.Status != http.StatusSeeOther || strings.Contains(a.To, canary) {
		t.Fatalf("saving answers %d %s", a.Status, a.To)
	}
	receipt := worker.Get(a.To)
	if !strings.Contains(receipt.Body, "First kit") || !strings.Contains(receipt.Body, "only a mark of it is kept") {
		t.Error("the receipt does not tell a first kit from the code")
	}
	second := worker.Post(giveOut, worker.Fill(giveOut, "client_code", strings.ToLower(canary)))
	if body := worker.Get(second.To).Body; !strings.Contains(body, "Repeat") {
		t.Error("the same code again is not a repeat")
	}
	for _, path := range []string{"", "/shelf.csv", "/entries.csv", "/give-out", "/deliveries.csv"} {
		if body := worker.Get("/outlets/1" + path).Body; strings.Contains(strings.ToUpper(body), canary) {
			t.Errorf("the code is on %s", path)
		}
	}
	for _, body := range []string{receipt.Body, w.Log.String()} {
		if strings.Contains(strings.ToUpper(body), canary) {
			t.Error("the code got out")
		}
	}
	m, err := w.Ledger.Card(context.Background(), 1, 0, webtest.Today, webtest.Today)
	w.Must(err)
	for _, line := range m.Lines {
		if line.Kind == ledger.KindSupply && (len(line.Client) == 0 || strings.Contains(string(line.Client), canary)) {
			t.Error("what is kept is not a mark")
		}
	}
}
