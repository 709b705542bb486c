package paper_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/web/browser"
)

func (w *world) browse(name string) *browser.Browser {
	b := browser.Start(w.t)
	b.Open(w.url + "/as/" + name)
	return b
}

// busy is a world with a month of entries and a count that waits.
func busy(t *testing.T) (w *world, count string) {
	w = newWorld(t)
	first, second, spray, _ := w.stock()
	for i := range 14 {
		w.supply([]int{first, second, spray}[i%3], 1+i%3, today-20)
	}
	w.supply(second, 1, today)
	count = w.path("/count/" + ledger.NewID().String())
	w.as("sam").post(count, map[string][]string{"counted_on": {today.String()}, "counted." + strconv.Itoa(first): {"9"}, "counted." + strconv.Itoa(second): {"31"}})
	return w, count
}

// TestPagesFit asks axe about every page, with the script and without, on a phone and on a desk.
func TestPagesFit(t *testing.T) {
	w, count := busy(t)
	b := w.browse("joy")
	for _, path := range []string{w.path("/day-sheet"), w.path("/day-sheet/print"), w.path("/card"), w.path("/count"), count, count + "/sign"} {
		b.Check(w.url+path, http.StatusOK)
	}
	b.SetWidth(320)
	b.Open(w.url + w.path("/day-sheet"))
	b.Type(`[name="rows.1.kits"]`, "900")
	b.Follow(`button[value="save"]`)
	if !strings.Contains(b.Text("main"), "Row 1:") {
		t.Error("a refused sheet does not say why")
	}
	b.Fit()
}

// TestDaySheetByKeyboard types three rows without a mouse: Enter goes on, Ctrl and D copies.
func TestDaySheetByKeyboard(t *testing.T) {
	w := newWorld(t)
	first, _, _, _ := w.stock()
	b := w.browse("sam")
	b.Open(w.url + w.path("/day-sheet"))
	if f := b.Focused(); f != "#rows.1.kits" {
		t.Fatalf("the page begins at %s", f)
	}
	b.Press("2", "Tab", "B", "Tab", "R", "Enter")
	if f := b.Focused(); f != "#rows.2.kits" {
		t.Fatalf("Enter goes to %s at %s: %s", f, b.URL(), b.Text("main"))
	}
	b.Press("1", "Tab", "B", "Enter")
	b.Press("Ctrl+d")
	if v := b.Value(`[name="rows.3.kits"]`); v != "1" {
		t.Fatalf("Ctrl and D copies %q", v)
	}
	for range 12 {
		b.Press("Enter")
	}
	if f := b.Focused(); !strings.Contains(f, "Save the sheet") {
		t.Fatalf("after the last row comes %s", f)
	}
	b.PressAndWait("Enter")
	if !strings.Contains(b.Text(".ek-flash"), "3 rows") {
		t.Error(b.Text("main"))
	}
	if got := w.at(first)[ledger.Shelf]; got != 20 {
		t.Errorf("%d kits are left", got)
	}
}

// TestDaySheetWithoutScript is the same with JavaScript off.
func TestDaySheetWithoutScript(t *testing.T) {
	w := newWorld(t)
	first, _, _, _ := w.stock()
	b := w.browse("sam")
	b.DisableJS()
	b.Open(w.url + w.path("/day-sheet"))
	b.Type(`[name="rows.1.kits"]`, "2")
	b.Follow(`button[value="more"]`)
	if v := b.Value(`[name="rows.1.kits"]`); v != "2" {
		t.Fatalf("more rows lost %q", v)
	}
	b.Type(`[name="rows.30.kits"]`, "1")
	b.PressAndWait("Enter")
	if got := w.at(first)[ledger.Shelf]; got != 21 {
		t.Errorf("%d kits are left", got)
	}
}

// TestTheBlankSheetIsOnePage: what lies over the counter is one sheet of A4, landscape, with all its rows.
func TestTheBlankSheetIsOnePage(t *testing.T) {
	w, _ := busy(t)
	b := w.browse("sam")
	b.Open(w.url + w.path("/day-sheet/print"))
	pdf, sheets := b.PDF()
	if sheets != 1 || !bytes.Contains(pdf, []byte("/MediaBox [0 0 841")) {
		t.Errorf("it takes %d sheets, or is not landscape", sheets)
	}
}
