package paper_test

import (
	"context"
	"encoding/csv"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/ledger"
	"everykit/web/webtest"
)

func TestCardRunsItsBalance(t *testing.T) {
	w, first, _, _, _ := stocked(t)
	w.Wait(-20 * 24 * time.Hour)
	supply(t, w, first, 2, webtest.Today-20)
	w.Wait(20 * 24 * time.Hour)
	wrong := supply(t, w, first, 5, webtest.Today-1)
	w.Must(w.Ledger.Reverse(context.Background(), w.Person(webtest.Worker), ledger.Reversal{ID: ledger.NewID(), Area: w.Home.Area, Of: wrong.ID, Note: "typed twice"}))
	supply(t, w, first, 1, webtest.Today)
	worker := w.As(webtest.Worker)
	body := worker.Open(w.Path("/card")).Body
	webtest.Says(t, body, "Stock card, November 2026", "Opening balance", "Closing balance", "ek-row--struck", "reversed", "Reversal of: given out", "typed twice", "1 day late",
		webtest.Name(webtest.Colleague), webtest.Name(webtest.Worker), `/entries/`+wrong.ID.String(), "October 2026", "used on somebody else")
	webtest.Lacks(t, body, "December 2026", "Received") // what came in October is in the opening balance
	if a := worker.Get(w.Path("/card?from=2026-11-30&to=2026-11-01")); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "ends before it begins") {
		t.Errorf("a range from its end answers %d", a.Status)
	}
	if a := worker.Get(w.Path("/card?from=soon")); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none answers %d", a.Status)
	}

	rows, err := csv.NewReader(strings.NewReader(worker.Open(w.Path("/card.csv?from=2026-11-01&to=2026-11-30&lot=" + strconv.Itoa(first))).Body)).ReadAll()
	w.Must(err)
	if got := len(rows); got != 6 { // heads, opening, four lines
		t.Fatalf("the file has %d rows", got)
	}
	balance, err := strconv.Atoi(rows[1][9])
	w.Must(err)
	if balance != 24 {
		t.Errorf("opening balance %d", balance)
	}
	for _, r := range rows[2:] {
		in, _ := strconv.Atoi(r[7])
		out, _ := strconv.Atoi(r[8])
		if balance += in - out; strconv.Itoa(balance) != r[9] {
			t.Errorf("after %v the balance is %d", r, balance)
		}
	}
	if balance != 21 {
		t.Errorf("closing balance %d", balance)
	}
}

func TestCountInTwoSteps(t *testing.T) {
	w, first, second, spray, _ := stocked(t)
	worker, colleague := w.As(webtest.Worker), w.As(webtest.Colleague)
	list := worker.Open(w.Path("/count")).Body
	webtest.Says(t, list, "Count everything", "4 lots", "Nyxoid nasal spray", "Expired: take these off the shelf first", "0109001")
	sheetAt := regexp.MustCompile(`/outlets/\d+/count/[0-9a-f-]{36}`).FindString(list)
	body := worker.Open(sheetAt).Body
	webtest.Says(t, body, "0116917", "0117002", "NX7731", "0109001", "expired")
	webtest.Lacks(t, body, ">24<", `value="24"`, ">40<") // whoever counts does not see the books
	field := func(lot int) string { return "counted." + strconv.Itoa(lot) }
	form := map[string][]string{"counted_on": {webtest.Today.String()}, field(first): {"23"}, field(second): {"41"}, field(spray): {""}}
	bad := map[string][]string{"counted_on": {webtest.Today.String()}, field(first): {"a few"}}
	if a := worker.Post(sheetAt, bad); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, `value="a few"`) {
		t.Errorf("a few: %d", a.Status)
	}
	if a := worker.Post(sheetAt, map[string][]string{"counted_on": {webtest.Today.String()}, field(first): {""}}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("nothing counted: %d", a.Status)
	}
	a := worker.Post(sheetAt, form)
	if a.Status != http.StatusSeeOther || a.To != sheetAt+"/sign" {
		t.Fatalf("saving answers %d %s", a.Status, a.To)
	}
	worker.Open(w.Path("/count")).Says(t, "Waiting to be signed off", "counted by "+webtest.Name(webtest.Worker))
	body = worker.Open(a.To).Body
	webtest.Says(t, body, "1 kit missing", "1 kit more", "not counted", "You counted this yourself", "Nobody else is here today")
	if r := worker.Post(a.To, nil); r.Status != http.StatusConflict || w.Shelf(first) != 24 {
		t.Errorf("signing one's own count answers %d", r.Status)
	}
	w.Wait(time.Hour)
	supply(t, w, first, 2, webtest.Today)
	colleague.Open(a.To).Says(t, "1 entry for the day of the count or before came in after it was saved")
	if r := w.As(webtest.Neighbour).Post(a.To, nil); r.Status != http.StatusForbidden {
		t.Errorf("a stranger signs: %d", r.Status)
	}
	for range 2 { // the second click changes nothing
		if r := colleague.Post(a.To, nil); r.Status != http.StatusSeeOther {
			t.Fatalf("signing answers %d", r.Status)
		}
	}
	body = colleague.Open(a.To).Body
	webtest.Says(t, body, "Count signed off", webtest.Name(webtest.Colleague))
	webtest.Lacks(t, body, "<form method=\"post\" action=\"/outlets")
	if got := w.Shelf(first); got != 23 {
		t.Errorf("first lot %d", got)
	}
	if got := w.Shelf(second); got != 41 {
		t.Errorf("second lot %d", got)
	}
	if got := w.Shelf(spray); got != 30 {
		t.Errorf("what was not counted has %d", got)
	}
	colleague.Open(sheetAt+"/lines.csv").Says(t, "0117002,2028-03,40,41,1", "NX7731,2028-08-31,30,,")
	if r := colleague.Get(sheetAt); r.Status != http.StatusSeeOther {
		t.Errorf("the sheet of a signed count answers %d", r.Status)
	}
	if v, err := w.Ledger.Verify(context.Background(), nil); err != nil || len(v.Differences) > 0 {
		t.Errorf("verify: %v %v", v.Differences, err)
	}
}

func TestExpiredGoInOneStep(t *testing.T) {
	w, _, _, _, old := stocked(t)
	worker := w.As(webtest.Worker)
	form := map[string][]string{"id": {idOn(t, worker.Open(w.Path("/count")).Body)}, "lot": {strconv.Itoa(old)}, "kits": {"3"}}
	for range 2 {
		a := worker.Post(w.Path("/count/expired"), form)
		if a.Status != http.StatusSeeOther {
			t.Fatalf("writing off answers %d", a.Status)
		}
		body := worker.Open(a.To).Body
		webtest.Says(t, body, "3 kits written off as expired.")
		webtest.Lacks(t, body, "0109001")
	}
	if got := w.Shelf(old); got != 0 {
		t.Errorf("%d are left", got)
	}
}

// TestCountOfAThousandLots: a store's count is long, and works.
func TestCountOfAThousandLots(t *testing.T) {
	w := webtest.NewBare(t)
	form := map[string][]string{"counted_on": {webtest.Today.String()}}
	for i := range 1000 {
		lot := w.Receive(w.Home, "prenoxad", "L"+strconv.Itoa(10000+i), "2028-03", 10, webtest.Today-9)
		form["counted."+strconv.Itoa(lot)] = []string{strconv.Itoa(10 - i%2)}
	}
	at := w.Path("/count/" + ledger.NewID().String())
	coordinator := w.As(webtest.Coordinator)
	begun := time.Now()
	if n := strings.Count(coordinator.Open(at).Body, `name="counted.`); n != 1000 {
		t.Fatalf("the sheet has %d lines", n)
	}
	if a := coordinator.Post(at, form); a.Status != http.StatusSeeOther {
		t.Fatalf("saving answers %d", a.Status)
	}
	coordinator.Open(at+"/sign").Says(t, "500 kits missing")
	if a := w.As(webtest.Worker).Post(at+"/sign", nil); a.Status != http.StatusSeeOther {
		t.Fatalf("signing answers %d", a.Status)
	}
	t.Logf("sheet, save, look and sign: %v", time.Since(begun))
	s, err := w.Ledger.Stock(context.Background(), w.Home.ID)
	w.Must(err)
	if got := s.Four().OnHand; got != 9500 {
		t.Errorf("%d kits on hand", got)
	}
}
