package paper_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/web/webtest"
)

// busy is a world with a month of entries and a count that waits.
func busy(t *testing.T) (w *webtest.World, count string) {
	t.Helper()
	w, first, second, spray, _ := stocked(t)
	for i := range 14 {
		supply(t, w, []int{first, second, spray}[i%3], 1+i%3, webtest.Today-20)
	}
	supply(t, w, second, 1, webtest.Today)
	count = w.Path("/count/" + ledger.NewID().String())
	w.As(webtest.Worker).Post(count, map[string][]string{"counted_on": {webtest.Today.String()}, "counted." + strconv.Itoa(first): {"9"}, "counted." + strconv.Itoa(second): {"31"}})
	return w, count
}

// TestPagesFit asks axe about every page, with the script and without, on a phone and on a desk.
func TestPagesFit(t *testing.T) {
	w, count := busy(t)
	b := w.Check(webtest.Colleague, w.Path("/day-sheet"), w.Path("/day-sheet/print"), w.Path("/card"), w.Path("/count"), count, count+"/sign")
	b.SetWidth(320)
	b.Open(w.URL + w.Path("/day-sheet"))
	b.Type(`[name="rows.1.kits"]`, "900")
	b.Follow(`button[value="save"]`)
	if !strings.Contains(b.Text("main"), "Row 1:") {
		t.Error("a refused sheet does not say why")
	}
	b.Fit()
}

// TestDaySheetByKeyboard types three rows without a mouse: Enter goes on, Ctrl and D copies.
func TestDaySheetByKeyboard(t *testing.T) {
	w, first, _, _, _ := stocked(t)
	b := w.Browse(webtest.Worker)
	b.Open(w.URL + w.Path("/day-sheet"))
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
	if got := w.Shelf(first); got != 20 {
		t.Errorf("%d kits are left", got)
	}
}

// TestDaySheetWithoutScript is the same with JavaScript off.
func TestDaySheetWithoutScript(t *testing.T) {
	w, first, _, _, _ := stocked(t)
	b := w.Browse(webtest.Worker)
	b.DisableJS()
	b.Open(w.URL + w.Path("/day-sheet"))
	b.Type(`[name="rows.1.kits"]`, "2")
	b.Follow(`button[value="more"]`)
	if v := b.Value(`[name="rows.1.kits"]`); v != "2" {
		t.Fatalf("more rows lost %q", v)
	}
	b.Type(`[name="rows.30.kits"]`, "1")
	b.PressAndWait("Enter")
	if got := w.Shelf(first); got != 21 {
		t.Errorf("%d kits are left", got)
	}
}

// TestTheBlankSheetIsOnePage: what lies over the counter is one sheet of A4, landscape, with all its rows.
func TestTheBlankSheetIsOnePage(t *testing.T) {
	w, _ := busy(t)
	w.Shell.Demo = false // a real site: that strip takes room
	b := w.Browse(webtest.Worker)
	b.Open(w.URL + w.Path("/day-sheet/print"))
	pdf, sheets := b.PDF()
	if sheets != 1 || !bytes.Contains(pdf, []byte("/MediaBox [0 0 841")) {
		t.Errorf("it takes %d sheets, or is not landscape", sheets)
	}
}
