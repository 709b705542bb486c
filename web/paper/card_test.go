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
)

func TestCardRunsItsBalance(t *testing.T) {
	w := newWorld(t)
	first, _, _, _ := w.stock()
	w.now = w.now.Add(-20 * 24 * time.Hour)
	w.supply(first, 2, today-20)
	w.now = w.now.Add(20 * 24 * time.Hour)
	wrong := w.supply(first, 5, today-1)
	w.must(w.app.Ledger.Reverse(context.Background(), w.people["sam"], ledger.Reversal{ID: ledger.NewID(), Area: w.harbour.Area, Of: wrong.ID, Note: "typed twice"}))
	w.supply(first, 1, today)
	sam := w.as("sam")
	body := sam.ok(w.path("/card"))
	has(t, body, "Stock card, November 2026", "Opening balance", "Closing balance", "ek-row--struck", "reversed", "Reversal of: given out", "typed twice", "1 day late",
		"Joy Adeyemi", "Sam Okafor", `/entries/`+wrong.ID.String(), "October 2026", "used on somebody else")
	lacks(t, body, "December 2026", "Received") // what came in October is in the opening balance
	if a := sam.get(w.path("/card?from=2026-11-30&to=2026-11-01")); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "ends before it begins") {
		t.Errorf("a range from its end answers %d", a.status)
	}
	if a := sam.get(w.path("/card?from=soon")); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none answers %d", a.status)
	}

	rows, err := csv.NewReader(strings.NewReader(sam.ok(w.path("/card.csv?from=2026-11-01&to=2026-11-30&lot=" + strconv.Itoa(first))))).ReadAll()
	w.must(err)
	if got := len(rows); got != 6 { // heads, opening, four lines
		t.Fatalf("the file has %d rows", got)
	}
	balance, err := strconv.Atoi(rows[1][9])
	w.must(err)
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
	w := newWorld(t)
	first, second, spray, _ := w.stock()
	sam, joy := w.as("sam"), w.as("joy")
	list := sam.ok(w.path("/count"))
	has(t, list, "Count everything", "4 lots", "Nyxoid nasal spray", "Expired: take these off the shelf first", "0109001")
	sheetAt := regexp.MustCompile(`/outlets/\d+/count/[0-9a-f-]{36}`).FindString(list)
	body := sam.ok(sheetAt)
	has(t, body, "0116917", "0117002", "NX7731", "0109001", "expired")
	lacks(t, body, ">24<", `value="24"`, ">40<") // whoever counts does not see the books
	field := func(lot int) string { return "counted." + strconv.Itoa(lot) }
	form := map[string][]string{"counted_on": {today.String()}, field(first): {"23"}, field(second): {"41"}, field(spray): {""}}
	bad := map[string][]string{"counted_on": {today.String()}, field(first): {"a few"}}
	if a := sam.post(sheetAt, bad); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `value="a few"`) {
		t.Errorf("a few: %d", a.status)
	}
	if a := sam.post(sheetAt, map[string][]string{"counted_on": {today.String()}, field(first): {""}}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("nothing counted: %d", a.status)
	}
	a := sam.post(sheetAt, form)
	if a.status != http.StatusSeeOther || a.to != sheetAt+"/sign" {
		t.Fatalf("saving answers %d %s", a.status, a.to)
	}
	has(t, sam.ok(w.path("/count")), "Waiting to be signed off", "counted by Sam Okafor")
	body = sam.ok(a.to)
	has(t, body, "1 kit missing", "1 kit more", "not counted", "You counted this yourself", "Nobody else is here today")
	if r := sam.post(a.to, nil); r.status != http.StatusConflict || w.at(first)[ledger.Shelf] != 24 {
		t.Errorf("signing one's own count answers %d", r.status)
	}
	w.now = w.now.Add(time.Hour)
	w.supply(first, 2, today)
	has(t, joy.ok(a.to), "1 entry for the day of the count or before came in after it was saved")
	if r := w.as("ali").post(a.to, nil); r.status != http.StatusForbidden {
		t.Errorf("a stranger signs: %d", r.status)
	}
	for range 2 { // the second click changes nothing
		if r := joy.post(a.to, nil); r.status != http.StatusSeeOther {
			t.Fatalf("signing answers %d", r.status)
		}
	}
	body = joy.ok(a.to)
	has(t, body, "Count signed off", "Joy Adeyemi")
	lacks(t, body, "<form method=\"post\" action=\"/outlets")
	if got := w.at(first)[ledger.Shelf]; got != 23 {
		t.Errorf("first lot %d", got)
	}
	if got := w.at(second)[ledger.Shelf]; got != 41 {
		t.Errorf("second lot %d", got)
	}
	if got := w.at(spray)[ledger.Shelf]; got != 30 {
		t.Errorf("what was not counted has %d", got)
	}
	has(t, joy.ok(sheetAt+"/lines.csv"), "0117002,2028-03,40,41,1", "NX7731,2028-08-31,30,,")
	if r := joy.get(sheetAt); r.status != http.StatusSeeOther {
		t.Errorf("the sheet of a signed count answers %d", r.status)
	}
	if v, err := w.app.Ledger.Verify(context.Background(), nil); err != nil || len(v.Differences) > 0 {
		t.Errorf("verify: %v %v", v.Differences, err)
	}
}

func TestExpiredGoInOneStep(t *testing.T) {
	w := newWorld(t)
	_, _, _, old := w.stock()
	sam := w.as("sam")
	form := map[string][]string{"id": {w.idOn(sam.ok(w.path("/count")))}, "lot": {strconv.Itoa(old)}, "kits": {"3"}}
	for range 2 {
		a := sam.post(w.path("/count/expired"), form)
		if a.status != http.StatusSeeOther {
			t.Fatalf("writing off answers %d", a.status)
		}
		body := sam.ok(a.to)
		has(t, body, "3 kits written off as expired.")
		lacks(t, body, "0109001")
	}
	if got := w.at(old)[ledger.Shelf]; got != 0 {
		t.Errorf("%d are left", got)
	}
}

// TestCountOfAThousandLots: a store's count is long, and works.
func TestCountOfAThousandLots(t *testing.T) {
	w := newWorld(t)
	form := map[string][]string{"counted_on": {today.String()}}
	for i := range 1000 {
		lot := w.receive("prenoxad", "L"+strconv.Itoa(10000+i), "2028-03", 10, today-9)
		form["counted."+strconv.Itoa(lot)] = []string{strconv.Itoa(10 - i%2)}
	}
	at := w.path("/count/" + ledger.NewID().String())
	kay := w.as("kay")
	begun := time.Now()
	if n := strings.Count(kay.ok(at), `name="counted.`); n != 1000 {
		t.Fatalf("the sheet has %d lines", n)
	}
	if a := kay.post(at, form); a.status != http.StatusSeeOther {
		t.Fatalf("saving answers %d", a.status)
	}
	has(t, kay.ok(at+"/sign"), "500 kits missing")
	if a := w.as("sam").post(at+"/sign", nil); a.status != http.StatusSeeOther {
		t.Fatalf("signing answers %d", a.status)
	}
	t.Logf("sheet, save, look and sign: %v", time.Since(begun))
	s, err := w.app.Ledger.Stock(context.Background(), w.harbour.ID)
	w.must(err)
	if got := s.Four().OnHand; got != 9500 {
		t.Errorf("%d kits on hand", got)
	}
}
