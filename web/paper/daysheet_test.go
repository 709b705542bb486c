package paper_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"everykit/ledger"
	"everykit/web/webtest"
)

// sheet is a day's paper as a browser sends it: cells as "3.kits=2".
func sheet(id string, cells ...string) url.Values {
	form := url.Values{"id": {id}, "rows": {"15"}, "occurred_on": {webtest.Today.String()}, "do": {"save"}}
	for _, c := range cells {
		name, value, _ := strings.Cut(c, "=")
		form.Set("rows."+name, value)
	}
	return form
}

func TestDaySheetSavesAllRowsOnce(t *testing.T) {
	w, first, second, _, _ := stocked(t)
	worker := w.As(webtest.Worker)
	body := worker.Open(w.Path("/day-sheet")).Body
	webtest.Says(t, body, "B · 0116917 · 06/2027", "A · 0109001 · 10/2026 expired", "Print a blank sheet")
	lot := func(n int) string { return strconv.Itoa(n) }
	form := sheet(idOn(t, body),
		"1.kits=2", "1.lot="+lot(first), "1.recipient=person_at_risk", "1.supply=repeat", "1.reason=lost", "1.trained=yes",
		"2.kits=1", "2.lot="+lot(first), "2.kind=used",
		"3.kits=1", "3.lot="+lot(first), "3.kind=back",
		"5.lot=", "5.kind=away", "5.reason=no_stock",
		"7.kits=3", "7.lot="+lot(second), "7.note=stall at the market",
		"9.lot="+lot(first)) // proposed and left: empty
	for range 2 {
		a := worker.Post(w.Path("/day-sheet"), form)
		if a.Status != http.StatusSeeOther || !strings.HasPrefix(a.To, w.Path("/card?from=2026-11-23&to=2026-11-23&saved=5")) {
			t.Fatalf("saving answers %d %s", a.Status, a.To)
		}
		if c := w.At(w.Home, first); c[ledger.Shelf] != 22 || c[ledger.People] != 0 || c[ledger.Used] != 1 || c[ledger.Spoiled] != 1 {
			t.Fatalf("first lot: %v", c)
		}
		if c := w.At(w.Home, second); c[ledger.Shelf] != 37 {
			t.Fatalf("second lot: %v", c)
		}
	}
	card := worker.Open(w.Path("/card?from=2026-11-23&to=2026-11-23&saved=5")).Body
	webtest.Says(t, card, "The day sheet is saved: 5 rows", "person at risk, repeat, lost", "Turned away", "no stock", "stall at the market", webtest.Name(webtest.Worker))
	form.Set("rows.1.kits", "4")
	a := worker.Post(w.Path("/day-sheet"), form)
	if a.Status != http.StatusConflict {
		t.Errorf("the same sheet with other content answers %d", a.Status)
	}
	a.Says(t, "Row 1: ", "s number was used before", `id="rows.1.kits-error"`)
}

func TestDaySheetIsAllOrNothing(t *testing.T) {
	w, first, second, _, old := stocked(t)
	worker := w.As(webtest.Worker)
	lot := func(n int) string { return strconv.Itoa(n) }
	id := idOn(t, worker.Open(w.Path("/day-sheet")).Body)
	for _, c := range []struct {
		name  string
		cells []string
		says  []string
		at    string
	}{
		{"beyond the shelf", []string{"1.kits=20", "1.lot=" + lot(first), "2.kits=9", "2.lot=" + lot(first)}, []string{"29 asked, 24 there, 5 short", "0116917", "23 November 2026"}, "rows.2.kits"},
		{"expired today", []string{"1.kits=1", "1.lot=" + lot(second), "4.kits=1", "4.lot=" + lot(old)}, []string{"Row 4", "expired"}, "rows.4.lot"},
		{"no number", []string{"1.kits=1", "1.lot=" + lot(second), "3.kits=two", "3.lot=" + lot(first)}, []string{"“two”"}, "rows.3.kits"},
		{"no kits", []string{"2.recipient=worker", "2.lot=" + lot(first)}, []string{"Row 2: write how many kits"}, "rows.2.kits"},
		{"no lot", []string{"2.kits=1", "2.lot="}, []string{"Row 2: choose the lot"}, "rows.2.lot"},
		{"unknown lot", []string{"2.kits=1", "2.lot=9999"}, []string{"Row 2: there is no such lot"}, "rows.2.lot"},
		{"why turned away", []string{"6.kind=away", "6.kits=1"}, []string{"Row 6: choose why no kit was given"}, "rows.6.reason"},
		{"another's reason", []string{"6.kind=away", "6.reason=lost"}, []string{"Row 6"}, "rows.6.reason"},
		{"words that would be lost", []string{"6.kind=used", "6.kits=1", "6.recipient=worker"}, []string{"Row 6: leave this empty"}, "rows.6.recipient"},
		{"not a kind", []string{"6.kind=given away", "6.kits=1"}, []string{"choose what happened"}, "rows.6.kind"},
		{"empty", nil, []string{"No row was filled in"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			form := sheet(id, append(c.cells, "8.note=typed with care", "8.kits=1", "8.lot="+lot(second))...)
			if c.cells == nil {
				form = sheet(id)
			}
			a := worker.Post(w.Path("/day-sheet"), form)
			if a.Status < 400 || a.Status >= 500 {
				t.Fatalf("answers %d", a.Status)
			}
			body := strings.NewReplacer("&#34;", "“", "&#39;", "’").Replace(a.Body)
			for _, s := range c.says {
				s = strings.ReplaceAll(s, "”", "“")
				if !strings.Contains(strings.ToLower(body), strings.ToLower(s)) {
					t.Errorf("the page lacks %q", s)
				}
			}
			if c.at != "" {
				a.Says(t, `aria-describedby="`+c.at+`-error"`, `href="#`+c.at+`"`, "typed with care")
			}
			if idOn(t, a.Body) != id {
				t.Error("the sheet came back with another number")
			}
			if got := w.Shelf(first) + w.Shelf(second); got != 64 {
				t.Errorf("something was saved: %d kits on the shelf", got)
			}
		})
	}
	form := sheet(id, "1.kits=1", "1.lot="+lot(first), "2.kits=1", "2.lot="+lot(first))
	form.Set("occurred_on", (webtest.Today + 1).String())
	a := worker.Post(w.Path("/day-sheet"), form)
	if strings.Count(a.Body, "is in the future") != 2 { // in the summary and beside the field, once
		t.Errorf("a sheet of tomorrow says so %d times", strings.Count(a.Body, "is in the future"))
	}
}

func TestDaySheetOfAnEarlierDay(t *testing.T) {
	w, _, _, _, old := stocked(t)
	worker := w.As(webtest.Worker)
	form := sheet(idOn(t, worker.Open(w.Path("/day-sheet?day=2026-11-03")).Body), "1.kits=1", "1.lot="+strconv.Itoa(old))
	form.Set("occurred_on", "03/11/2026")
	if a := worker.Post(w.Path("/day-sheet"), form); a.Status != http.StatusSeeOther {
		t.Fatalf("a late entry of what happened answers %d", a.Status)
	}
	worker.Open(w.Path("/card?from=2026-11-01&to=2026-11-30")).Says(t, "expired when given out", "20 days late")
}

func TestDaySheetMoreRows(t *testing.T) {
	w, first, _, _, _ := stocked(t)
	worker := w.As(webtest.Worker)
	form := sheet(idOn(t, worker.Open(w.Path("/day-sheet")).Body), "2.kits=7", "2.note=kept", "2.lot="+strconv.Itoa(first))
	form.Set("do", "more")
	a := worker.Post(w.Path("/day-sheet"), form)
	if a.Status != http.StatusOK {
		t.Fatalf("more rows: %d", a.Status)
	}
	a.Says(t, `name="rows.30.kits"`, `value="kept"`, `value="7"`, `name="rows" value="30"`, fmt.Sprintf(`value="%s"`, form.Get("id")))
	a.Lacks(t, "rows.31.", "There is a problem")
	if w.Shelf(first) != 24 {
		t.Error("asking for rows saved something")
	}
}

func TestDaySheetPrintsBlank(t *testing.T) {
	w, first, _, _, _ := stocked(t)
	supply(t, w, first, 24, webtest.Today-1)
	body := w.As(webtest.Worker).Open(w.Path("/day-sheet/print?day=2026-11-24")).Body
	webtest.Says(t, body, "24 November 2026", "0117002", "expired: do not give out", "used on somebody else", ">15<")
	webtest.Lacks(t, body, "0116917", ">16<", "<input")
}

func TestOthersSheetsAreClosed(t *testing.T) {
	w, _, _, _, _ := stocked(t)
	neighbour := w.As(webtest.Neighbour)
	for _, path := range []string{"/day-sheet", "/day-sheet/print", "/card", "/card.csv", "/count"} {
		if a := neighbour.Get(w.Path(path)); a.Status != http.StatusForbidden {
			t.Errorf("%s answers %d to somebody from another outlet", path, a.Status)
		}
	}
	if a := neighbour.Post(w.Path("/day-sheet"), sheet(ledger.NewID().String(), "1.kits=1", "1.lot=1")); a.Status != http.StatusForbidden {
		t.Errorf("posting answers %d", a.Status)
	}
}
