package survey_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/survey"
	"everykit/web/webtest"
)

// TestASpikeOfReadersCostsOnePrint asks for the PDF of published findings from many sides at once, and again after an
// answer was corrected.
func TestASpikeOfReadersCostsOnePrint(t *testing.T) {
	w := world(t)
	counted := filepath.Join(t.TempDir(), "prints")
	program := filepath.Join(t.TempDir(), "chromium")
	w.Must(os.WriteFile(program, []byte("#!/bin/sh\necho print >> "+counted+"\nexit 1\n"), 0o700)) // the plain writer takes over
	w.Printer.Chromium = program
	prints := func() int {
		b, _ := os.ReadFile(counted)
		return strings.Count(string(b), "print")
	}
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(link, "/s/"), full(58)))
	nat := w.Person(webtest.National)
	v := w.As(webtest.Public)
	w.Must(w.Surveys.Close(t.Context(), nat, r.ID))
	v.Get("/findings/2025-26.pdf").Is(t, http.StatusNotFound, "")
	v.Open("/findings").Lacks(t, "2025-26")
	w.Must(w.Surveys.Publish(t.Context(), nat, r.ID))

	var all sync.WaitGroup
	for range 12 {
		all.Go(func() {
			if a := w.As(webtest.Public).Get("/findings/2025-26.pdf"); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF") {
				t.Errorf("a reader gets %d", a.Status)
			}
		})
	}
	all.Wait()
	if n := prints(); n != 1 {
		t.Errorf("12 readers cost %d prints", n)
	}
	page := v.Open("/findings/2025-26")
	page.Says(t, "58 kits", `href="/data/answers"`, "/findings/2025-26.pdf")
	page.Lacks(t, "We would like help with pharmacies.", "foi@barking.example.org", "/nation/")
	if got := page.Header.Get("Cache-Control"); !strings.HasPrefix(got, "public") {
		t.Errorf("the public page is kept by nobody: %s", got)
	}
	if got := w.As(webtest.National).Open("/findings/2025-26").Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a page that names who is signed in may be kept: %s", got)
	}

	sixty := 60.0
	w.Must(w.Surveys.AnswerFor(t.Context(), nat, r.ID, 1, survey.Sent{ID: full(0).ID, Source: "letter", Answers: map[string]survey.Answer{"dispensed": {Number: &sixty, State: 2}}}))
	time.Sleep(2100 * time.Millisecond) // nobody looks more often
	v.Open("/findings/2025-26").Says(t, "60 kits")
	v.Open("/findings/2025-26.pdf")
	if n := prints(); n != 2 {
		t.Errorf("after a correction there were %d prints", n)
	}
}

// TestFindingsAreStaffsOwnUntilPublished reads them as each role, and compares two rounds.
func TestFindingsAreStaffsOwnUntilPublished(t *testing.T) {
	w := world(t)
	w.Printer.Chromium = "none"
	one := draft(t, w, "2024-25", 2024)
	v := w.As(webtest.Analyst)
	at := england + "/2024-25/findings"
	v.Get(at).Is(t, http.StatusNotFound, "")
	w.As(webtest.National).Get(at).Is(t, http.StatusConflict, "", "has not been sent")
	links := open(t, w, one)
	w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(links[barking], "/s/"), full(40)))
	v.Open(at).Says(t, "still open", "40 kits")
	if a := v.Open(at + ".pdf"); !strings.HasPrefix(a.Body, "%PDF") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the PDF is %.10q, %v", a.Body, a.Header)
	}
	w.As(webtest.Coordinator).Get(at).Is(t, http.StatusForbidden, "")
	v.Open(england+"/compare").Says(t, "only one round")
	two := draft(t, w, "2025-26", 2025)
	links = open(t, w, two)
	w.Must(w.Surveys.AnswerByToken(t.Context(), strings.TrimPrefix(links[barking], "/s/"), full(50)))
	v.Open(england+"/compare?a=2024-25&b=2025-26").Says(t, "2024/25", "2025/26", "40", "50")
	v.Get(england+"/compare?a=2024-25&b=2024-25").Is(t, http.StatusUnprocessableEntity, "", "two rounds that differ")
	v.Get(england+"/compare?a=2024-25&b=1999-00").Is(t, http.StatusUnprocessableEntity, "", "two rounds that differ")
}
