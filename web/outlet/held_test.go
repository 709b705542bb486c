package outlet_test

import (
	"testing"

	"everykit/notice"
	"everykit/web/webtest"
)

// What a notice holds a worker does not put back: the page of the entry says who does, and offers no button.
func TestAWorkerDoesNotUndoTheHoldOfANotice(t *testing.T) {
	w := webtest.NewBare(t)
	w.Receive(w.Home, "prenoxad", "H1", "2028-01", 12, webtest.Today-9)
	w.Publish(w.NewNotice("W/1", notice.Withdraw, "H1"))
	card, err := w.Ledger.Card(t.Context(), w.Home.ID, w.LotOf("H1"), webtest.Today, webtest.Today)
	w.Must(err)
	if len(card.Lines) != 1 {
		t.Fatalf("%d entries today, want the hold", len(card.Lines))
	}
	at := w.Path("/entries/" + card.Lines[0].ID.String() + "/reverse")
	page := w.As(webtest.Worker).Open(at)
	page.Says(t, "A notice holds these kits")
	page.Lacks(t, `name="note"`)
	w.As(webtest.Coordinator).Open(at).Says(t, "Keep it", `name="note"`)
}
