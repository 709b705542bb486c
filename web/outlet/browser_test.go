package outlet_test

import (
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// busy fills the world with what a week brings.
func busy(t *testing.T, w *webtest.World) (entry, delivery string) {
	t.Helper()
	first, _, _ := w.Stock()
	w.Receive(w.Home, "prenoxad", "0115544", "2026-10", 7, webtest.Today-200)
	w.Receive(w.Home, "nyxoid", "NX7102", "15/12/2026", 6, webtest.Today-150)
	w.Receive(w.Sister, "nyxoid", "NX7731", "31/08/2028", 20, webtest.Today-20)
	worker, neighbour := w.As(webtest.Worker), w.As(webtest.Neighbour)
	worker.Saved("/outlets/1/write-off", "kits", "2", "lot", strconv.Itoa(first), "what", "hold")
	worker.Saved("/outlets/1/send", "kits", "5", "lot", strconv.Itoa(first), "to", "2")
	neighbour.Saved("/outlets/2/send", "kits", "10", "lot", strconv.Itoa(w.LotOf("NX7731")), "to", "1")
	worker.Saved("/outlets/1/turned-away", "reason", "age")
	undone := worker.Saved(giveOut, "kits", "2").To
	worker.Saved(undone + "/reverse")
	entry = worker.Saved(giveOut, "recipient", "person_at_risk", "supply", "repeat", "reason", "used_on_other", "trained", "yes", "occurred_on", (webtest.Today - 1).String()).To
	_, link, _ := strings.Cut(worker.Get("/outlets/1").Body, `href="/outlets/1/arrive/`)
	link, _, _ = strings.Cut(link, `"`)
	return entry, "/outlets/1/arrive/" + link
}

// forms are the pages that open empty.
var forms = []string{"give-out", "receive", "send", "used", "handed-back", "write-off", "turned-away"}

func TestPagesAreUsableByAll(t *testing.T) {
	w := webtest.NewBare(t)
	entry, delivery := busy(t, w)
	b := w.Browse(webtest.Worker)
	list := []string{"/outlets/1", entry, entry + "/reverse", delivery}
	for _, f := range forms {
		list = append(list, "/outlets/1/"+f)
	}
	for _, path := range list {
		b.Check(w.URL+path, http.StatusOK)
		b.SetWidth(320)
		b.Open(w.URL + path)
		if b.Count("details.nhsuk-details") > 0 { // what is behind a fold must be right too
			browser.Eval[bool](b, `document.querySelectorAll('details.nhsuk-details').forEach(d => d.open = true) === undefined`)
			b.Fit()
		}
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := webtest.NewBare(t)
	entry, delivery := busy(t, w)
	b := w.Browse(webtest.Worker)
	list := map[string]string{"shelf": "/outlets/1", "entry": entry, "reverse": entry + "/reverse", "arrive": delivery}
	for _, f := range forms {
		list[f] = "/outlets/1/" + f
	}
	w.Pictures(b, dir, list)
	for _, width := range browser.Widths {
		b.SetWidth(width)
		b.Open(w.URL + giveOut)
		b.Type("#kits", "99")
		b.Follow(".ek-actions button")
		b.Screenshot(filepath.Join(dir, "refused-"+strconv.Itoa(width)+".png"))
	}
}

// onKits waits until the form has put the keyboard on its first question, which it does a moment after it is loaded.
func onKits(t *testing.T, b *browser.Browser) {
	t.Helper()
	for range 200 {
		if b.Focused() == "#kits" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the form opens on %q", b.Focused())
}

func TestGiveOutWithTheKeyboardAlone(t *testing.T) {
	w := webtest.NewBare(t)
	first, second, _ := w.Stock()
	b := w.Browse(webtest.Worker)
	b.Open(w.URL + "/outlets/1")
	for range 30 { // by Tab to the largest button
		if strings.HasPrefix(b.Focused(), "a Give out") && strings.Contains(b.Focused(), "to give") {
			break
		}
		b.Press("Tab")
	}
	b.PressAndWait("Enter")
	onKits(t, b)
	b.PressAndWait("Enter") // one kit of the proposed lot, today
	if got := b.Text("h1"); got != "1 kit given out" {
		t.Fatalf("after Enter: %q", got)
	}
	b.Open(w.URL + giveOut)
	onKits(t, b)
	b.Press("2", "Tab", "Tab") // typed over the 1, then over the plus to the lots
	if got := b.Focused(); got != "#lot" {
		t.Fatalf("after the number comes %q", got)
	}
	b.Press("Down", "Tab")
	if got := b.Focused(); got != "#pick_reason" {
		t.Fatalf("after another lot comes %q, not the question why", got)
	}
	b.Press("Down")
	b.Press("Shift+Tab")
	b.PressAndWait("Enter")
	if got := b.Text("h1"); got != "2 kits given out" {
		t.Fatalf("after another lot: %q at %s", got, b.URL())
	}
	if a, c := w.Shelf(first), w.Shelf(second); a != 23 || c != 38 {
		t.Errorf("on the shelf: %d and %d", a, c)
	}
}

func TestGiveOutWithoutScripts(t *testing.T) {
	w := webtest.NewBare(t)
	first, second, _ := w.Stock()
	b := browser.Start(t)
	b.DisableJS()
	b.Open(w.WayIn(webtest.Worker))
	b.Open(w.URL + giveOut)
	if b.Attribute("#kits", "value") != "1" {
		t.Error("the number is not filled in")
	}
	b.Type("#kits", "30")
	b.Follow(".ek-actions button")
	if got := b.Text(".nhsuk-error-summary"); !strings.Contains(got, "30 asked, 24 there, 6 short") || !strings.Contains(got, "0116917") {
		t.Errorf("the refusal says %q", got)
	}
	if b.Value("#kits") != "30" {
		t.Error("the number typed is gone")
	}
	b.Click(`label[for="lot"]`) // the next lot is now the one to give
	b.Follow(".ek-actions button")
	if got := b.Text("h1"); got != "30 kits given out" {
		t.Fatalf("after the next try: %q", got)
	}
	if a, c := w.Shelf(first), w.Shelf(second); a != 24 || c != 10 {
		t.Errorf("on the shelf: %d and %d", a, c)
	}
}
