package outlet_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
)

const giveOut = "/outlets/1/give-out"

func TestGiveOutProposesTheLotAndShowsWhatIsLeft(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	form := sam.fill(giveOut)
	if form.Get("kits") != "1" || form.Get("lot") != strconv.Itoa(first) || form.Get("occurred_on") != today.String() {
		t.Fatalf("the form opens with %v", form)
	}
	a := sam.post(giveOut, form)
	if a.status != http.StatusSeeOther || a.to != "/outlets/1/entries/"+form.Get("id") {
		t.Fatalf("saving answers %d %s %s", a.status, a.to, a.body)
	}
	receipt := sam.get(a.to)
	for _, want := range []string{"1 kit given out", "lot 0116917", "23 kits of this lot are left", "Sam Okafor", "Give out another", "Reverse this", "5 doses"} {
		if !strings.Contains(receipt.body, want) {
			t.Errorf("the receipt does not say %q", want)
		}
	}
	if n := w.shelf(w.harbour, first); n != 23 {
		t.Errorf("%d on the shelf", n)
	}
	if fresh := sam.fill(giveOut); fresh.Get("id") == form.Get("id") || fresh.Get("id") == "" {
		t.Error("a fresh form has the number of an old one")
	}
}

func TestSameFormTwiceIsOneEntry(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	form := sam.fill(giveOut, "kits", "3", "client_code", "AB12")
	one, two := sam.post(giveOut, form), sam.post(giveOut, form)
	if one.status != http.StatusSeeOther || two.status != http.StatusSeeOther || one.to != two.to {
		t.Errorf("answers %+v and %+v", one, two)
	}
	if n := w.shelf(w.harbour, first); n != 21 {
		t.Errorf("%d on the shelf, not 21", n)
	}
	form.Set("kits", "4")
	if a := sam.post(giveOut, form); a.status != http.StatusConflict || !strings.Contains(a.body, "was used before") || !strings.Contains(a.body, `value="4"`) {
		t.Errorf("another body under the same number answers %d", a.status)
	}
	if n := w.shelf(w.harbour, first); n != 21 {
		t.Errorf("a conflict moved kits: %d on the shelf", n)
	}
}

func TestRefusalBeyondTheShelfKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	first, _, _ := w.stock()
	sam := w.as("sam")
	form := sam.fill(giveOut, "kits", "30", "note", "At the <market> event", "recipient", "family_or_friend", "sex", "female")
	a := sam.post(giveOut, form)
	if a.status != http.StatusConflict {
		t.Fatalf("answers %d", a.status)
	}
	for _, want := range []string{"0116917", "Harbour Street needle exchange", "23 November 2026", "30 asked, 24 there, 6 short", "At the &lt;market&gt; event", `<details class="nhsuk-details" open>`, "There are not enough kits"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	again := held(a.body)
	for _, f := range []string{"id", "kits", "lot", "occurred_on", "recipient", "sex"} {
		if again.Get(f) != form.Get(f) {
			t.Errorf("%s was %q and came back as %q", f, form.Get(f), again.Get(f))
		}
	}
	if n := w.shelf(w.harbour, first); n != 24 {
		t.Errorf("a refusal moved kits: %d", n)
	}
	again.Set("kits", "24")
	again.Set("note", "")
	if a := sam.post(giveOut, again); a.status != http.StatusSeeOther {
		t.Errorf("the next right try answers %d", a.status)
	}
}

func TestLotOutOfTurnNeedsAReason(t *testing.T) {
	w := newWorld(t)
	_, second, spray := w.stock()
	short := w.receive(w.harbour, w.nyxoid, "SHORT1", "2026-12", 5, today-100)
	sam := w.as("sam")
	for _, lot := range []int{second, short} {
		form := sam.fill(giveOut, "lot", strconv.Itoa(lot))
		a := sam.post(giveOut, form)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Say why lot") || !strings.Contains(a.body, `id="pick_reason-error"`) {
			t.Errorf("lot %d without a reason answers %d", lot, a.status)
		}
		again := held(a.body)
		again.Set("pick_reason", "asked")
		if a = sam.post(giveOut, again); a.status != http.StatusSeeOther {
			t.Fatalf("lot %d with a reason answers %d", lot, a.status)
		}
		if receipt := sam.get(a.to); !strings.Contains(receipt.body, "The person asked for this kind") {
			t.Error("the reason is not on the entry")
		}
	}
	// The other product's own first lot is nobody's turn taken, and a late entry is not asked.
	if a := sam.post(giveOut, sam.fill(giveOut, "lot", strconv.Itoa(spray))); a.status != http.StatusSeeOther {
		t.Errorf("the first lot of another product answers %d", a.status)
	}
	if a := sam.post(giveOut, sam.fill(giveOut, "lot", strconv.Itoa(second), "occurred_on", (today-1).String())); a.status != http.StatusSeeOther {
		t.Errorf("a late entry answers %d", a.status)
	}
	// More kits than the first lot has: the next one is then the one to give, and no reason is wanted.
	if a := sam.post(giveOut, sam.fill(giveOut, "lot", strconv.Itoa(second), "kits", "30")); a.status != http.StatusSeeOther {
		t.Errorf("30 kits of the second lot answer %d", a.status)
	}
}

func TestExpiredLotIsShownGreyedAndRefused(t *testing.T) {
	w := newWorld(t)
	w.stock()
	old := w.receive(w.harbour, w.prenoxad, "OLD9", "2026-10", 7, today-200)
	sam := w.as("sam")
	a := sam.get(giveOut)
	if !strings.Contains(a.body, "Not to be given out: expired end of October 2026") || !strings.Contains(a.body, `value="`+strconv.Itoa(old)+`" disabled`) {
		t.Error("the expired lot is not shown with its reason")
	}
	late := sam.get(giveOut + "?occurred_on=" + (today - 2).String())
	if strings.Contains(late.body, `value="`+strconv.Itoa(old)+`" disabled`) || held(late.body).Get("occurred_on") != (today-2).String() {
		t.Error("the expired lot cannot be chosen for an earlier day")
	}
	form := sam.fill(giveOut, "lot", strconv.Itoa(old))
	if a = sam.post(giveOut, form); a.status != http.StatusConflict || !strings.Contains(a.body, "Lot OLD9 expired") || !strings.Contains(a.body, "31 October 2026") {
		t.Errorf("an expired lot answers %d", a.status)
	}
	if n := w.shelf(w.harbour, old); n != 7 {
		t.Errorf("%d of the expired lot on the shelf", n)
	}
	// What has happened is kept, and flagged.
	form.Set("occurred_on", (today - 2).String())
	if a = sam.post(giveOut, form); a.status != http.StatusSeeOther {
		t.Fatalf("a late entry answers %d", a.status)
	}
	if receipt := sam.get(a.to); !strings.Contains(receipt.body, "expired when supplied") || !strings.Contains(receipt.body, "2 days later") {
		t.Error("the flags are not on the entry")
	}
}

func TestBadAnswersAreAllNamedAtOnce(t *testing.T) {
	w := newWorld(t)
	w.stock()
	sam := w.as("sam")
	form := sam.fill(giveOut, "kits", "-2", "lot", "", "occurred_on", "31/02/2026", "recipient", "elf")
	a := sam.post(giveOut, form)
	for _, want := range []string{"is not a number of kits", "Choose the lot.", "is not a day", "Choose one from the list."} {
		if !strings.Contains(a.body, want) {
			t.Errorf("not said: %q", want)
		}
	}
	if a.status != http.StatusUnprocessableEntity {
		t.Errorf("answers %d", a.status)
	}
	for _, kits := range []string{"0", "", "1e3", "1.5", "100001", "99999999999999999999"} {
		if a := sam.post(giveOut, sam.fill(giveOut, "kits", kits)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="kits-error"`) {
			t.Errorf("%q kits answer %d", kits, a.status)
		}
	}
	if a := sam.post(giveOut, sam.fill(giveOut, "occurred_on", (today+1).String())); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "in the future") {
		t.Errorf("tomorrow answers %d", a.status)
	}
	form = sam.fill(giveOut, "id", "")
	a = sam.post(giveOut, form)
	if again := held(a.body); a.status != http.StatusUnprocessableEntity || again.Get("id") == "" {
		t.Errorf("a form without a number answers %d and comes back with %q", a.status, again.Get("id"))
	}
}

func TestClientCodeIsNeverSeenAgain(t *testing.T) {
	w := newWorld(t)
	w.stock()
	sam := w.as("sam")
	const canary = "CANARY77"
	a := sam.post(giveOut, sam.fill(giveOut, "client_code", canary, "supply", ""))
	if a.status != http.StatusSeeOther || strings.Contains(a.to, canary) {
		t.Fatalf("saving answers %d %s", a.status, a.to)
	}
	receipt := sam.get(a.to)
	if !strings.Contains(receipt.body, "First kit") || !strings.Contains(receipt.body, "only a mark of it is kept") {
		t.Error("the receipt does not tell a first kit from the code")
	}
	second := sam.post(giveOut, sam.fill(giveOut, "client_code", strings.ToLower(canary)))
	if body := sam.get(second.to).body; !strings.Contains(body, "Repeat") {
		t.Error("the same code again is not a repeat")
	}
	for _, path := range []string{"", "/shelf.csv", "/entries.csv", "/give-out", "/deliveries.csv"} {
		if body := sam.get("/outlets/1" + path).body; strings.Contains(strings.ToUpper(body), canary) {
			t.Errorf("the code is on %s", path)
		}
	}
	for _, body := range []string{receipt.body, w.log.String()} {
		if strings.Contains(strings.ToUpper(body), canary) {
			t.Error("the code got out")
		}
	}
	m, err := w.app.Ledger.Card(context.Background(), 1, 0, today, today)
	w.must(err)
	for _, line := range m.Lines {
		if line.Kind == ledger.KindSupply && (len(line.Client) == 0 || strings.Contains(string(line.Client), canary)) {
			t.Error("what is kept is not a mark")
		}
	}
}
