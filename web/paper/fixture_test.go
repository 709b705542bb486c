package paper_test

import (
	"os"
	"testing"

	"everykit/civil"
	"everykit/ledger"
	"everykit/web/browser"
	"everykit/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// stocked is a world with a full shelf, on which one lot has expired.
func stocked(t *testing.T) (w *webtest.World, first, second, spray, old int) {
	t.Helper()
	w = webtest.NewBare(t)
	old = w.Receive(w.Home, "prenoxad", "0109001", "2026-10", 3, webtest.Today-200)
	first, second, spray = w.Stock()
	return w, first, second, spray, old
}

// supply gives kits out, as the colleague of whoever looks at the pages.
func supply(t *testing.T, w *webtest.World, lot, kits int, on civil.Date) ledger.Entry {
	t.Helper()
	e := webtest.NewEntry(w.Home, kits, on)
	if err := w.Ledger.Supply(t.Context(), w.Person(webtest.Colleague), ledger.SupplyOf{Entry: e, Lot: lot, Recipient: ledger.PersonAtRisk, Supply: ledger.RepeatSupply, Reason: 2}); err != nil {
		t.Fatal(err)
	}
	return e
}

// idOn is the number that the form on a page carries.
func idOn(t *testing.T, body string) string {
	t.Helper()
	id := webtest.Held(body).Get("id")
	if id == "" {
		t.Fatal("the page has no form with a number of its own")
	}
	return id
}
