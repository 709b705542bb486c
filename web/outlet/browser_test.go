package outlet_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/web/browser"
)

// busy fills the world with what a week brings.
func (w *world) busy() (entry, delivery string) {
	w.t.Helper()
	first, _, _ := w.stock()
	w.receive(w.harbour, w.prenoxad, "0115544", "2026-10", 7, today-200)
	w.receive(w.harbour, w.nyxoid, "NX7102", "15/12/2026", 6, today-150)
	w.receive(w.hostel, w.nyxoid, "NX7731", "31/08/2028", 20, today-20)
	sam, ali := w.as("sam"), w.as("ali")
	sam.saved("/outlets/1/write-off", "kits", "2", "lot", strconv.Itoa(first), "what", "hold")
	sam.saved("/outlets/1/send", "kits", "5", "lot", strconv.Itoa(first), "to", "2")
	ali.saved("/outlets/2/send", "kits", "10", "lot", ledgerLot(w.t, w, "NX7731"), "to", "1")
	sam.saved("/outlets/1/turned-away", "reason", "age")
	undone := sam.saved(giveOut, "kits", "2").to
	sam.saved(undone + "/reverse")
	entry = sam.saved(giveOut, "recipient", "person_at_risk", "supply", "repeat", "reason", "used_on_other", "trained", "yes", "occurred_on", (today - 1).String()).to
	_, link, _ := strings.Cut(sam.get("/outlets/1").body, `href="/outlets/1/arrive/`)
	link, _, _ = strings.Cut(link, `"`)
	return entry, "/outlets/1/arrive/" + link
}

// forms are the pages that open empty.
var forms = []string{"give-out", "receive", "send", "used", "handed-back", "write-off", "turned-away"}

func TestPagesAreUsableByAll(t *testing.T) {
	w := newWorld(t)
	entry, delivery := w.busy()
	b := browser.Start(t)
	b.Open(w.url + "/as/sam")
	list := []string{"/outlets/1", entry, entry + "/reverse", delivery}
	for _, f := range forms {
		list = append(list, "/outlets/1/"+f)
	}
	for _, path := range list {
		b.Check(w.url+path, http.StatusOK)
		b.SetWidth(320)
		b.Open(w.url + path)
		if b.Count("details.nhsuk-details") > 0 { // what is behind a fold must be right too
			browser.Eval[bool](b, `document.querySelectorAll('details.nhsuk-details').forEach(d => d.open = true) === undefined`)
			b.Fit()
		}
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := os.Getenv("EVERYKIT_PICTURES")
	if dir == "" {
		t.Skip("EVERYKIT_PICTURES names no folder")
	}
	w := newWorld(t)
	entry, delivery := w.busy()
	b := browser.Start(t)
	b.Open(w.url + "/as/sam")
	list := map[string]string{"shelf": "/outlets/1", "entry": entry, "reverse": entry + "/reverse", "arrive": delivery}
	for _, f := range forms {
		list[f] = "/outlets/1/" + f
	}
	for _, width := range browser.Widths {
		b.SetWidth(width)
		for name, path := range list {
			b.Open(w.url + path)
			b.Screenshot(filepath.Join(dir, name+"-"+strconv.Itoa(width)+".png"))
		}
		b.Open(w.url + giveOut)
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
	w := newWorld(t)
	first, second, _ := w.stock()
	b := browser.Start(t)
	b.Open(w.url + "/as/sam")
	b.Open(w.url + "/outlets/1")
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
	b.Open(w.url + giveOut)
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
	if a, c := w.shelf(w.harbour, first), w.shelf(w.harbour, second); a != 23 || c != 38 {
		t.Errorf("on the shelf: %d and %d", a, c)
	}
}

func TestGiveOutWithoutScripts(t *testing.T) {
	w := newWorld(t)
	first, second, _ := w.stock()
	b := browser.Start(t)
	b.DisableJS()
	b.Open(w.url + "/as/sam")
	b.Open(w.url + giveOut)
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
	if a, c := w.shelf(w.harbour, first), w.shelf(w.harbour, second); a != 24 || c != 10 {
		t.Errorf("on the shelf: %d and %d", a, c)
	}
}
