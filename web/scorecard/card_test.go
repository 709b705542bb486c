package scorecard_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"everykit/scorecard"
	"everykit/web/webtest"
)

// TestASheet reads the sheet of an authority: every line has its verdict in words, its evidence and what comes next, as the
// room has them.
func TestASheet(t *testing.T) {
	w := country(t)
	c := w.As(webtest.Coordinator)
	a := c.Open(barking + "/scorecard")
	a.Says(t, "Scorecard, 2025/26", "Barking and Dagenham", "of 6 recommendations", `href="`+barking+`/support?gap=`, "Ask for help", scorecard.Version,
		`href="/guidance/`, "How a verdict is made", `<option value="2016-17"`)
	words := a.Words()
	card, err := w.Cards.Of(t.Context(), w.Home.Area, year(t, "2025/26"))
	w.Must(err)
	for _, l := range card.Lines {
		for _, must := range []string{l.Title, l.Verdict.Words(), l.Evidence} {
			webtest.Says(t, words, strings.Join(strings.Fields(must), " "))
		}
	}
	for _, r := range scorecard.Rules() {
		webtest.Says(t, words, r.Met, r.Partly, r.NotMet)
	}
	c.Open(barking+"/scorecard?period=2026-27").Says(t, "2026/27 so far")
	c.Open(barking+"/scorecard?period=2025-26-q2").Says(t, "2025/26") // the year it lies in
	c.Get(barking+"/scorecard?period=soon").Is(t, http.StatusUnprocessableEntity, "")
	if got := c.Get(barking + "/scorecard?period=2031-32"); got.Status < 400 || got.Status > 499 {
		t.Errorf("a year that has not begun answers %d", got.Status)
	}
	w.As(webtest.National).Open(barking+"/scorecard").Says(t, "Plan an action", `href="`+england+`/scorecard"`)
	analyst := w.As(webtest.Analyst).Open(barking + "/scorecard")
	analyst.Lacks(t, "Ask for help", "Plan an action")
	c.Get("/areas/E09000003/scorecard").Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Get(barking+"/scorecard").Is(t, http.StatusForbidden, "")
	w.As(webtest.Administrator).Get("/areas/E12000007/scorecard").Is(t, http.StatusNotFound, "")

	rows, err := csv.NewReader(strings.NewReader(c.Open(barking + "/scorecard.csv?period=2025-26").Body)).ReadAll()
	w.Must(err)
	if len(rows) != 7 {
		t.Fatalf("the file has %d rows", len(rows))
	}
	for i, l := range card.Lines {
		if rows[i+1][5] != l.Verdict.String() || rows[i+1][6] != l.Evidence {
			t.Errorf("row %d is %q", i+1, rows[i+1])
		}
	}
}

// TestASheetIsOneSheet prints it: whatever is known of an authority, on one page of A4.
func TestASheetIsOneSheet(t *testing.T) {
	w := country(t)
	b := w.Browse(webtest.National)
	for _, path := range []string{barking, "/areas/E08000025", "/areas/E09000003"} {
		b.Open(w.URL + path + "/scorecard")
		if _, sheets := b.PDF(); sheets != 1 {
			t.Errorf("%s takes %d sheets", path, sheets)
		}
	}
}
