package survey_test

import (
	"testing"

	"everykit/web/webtest"
)

// TestTheFormOnPaper prints the form of an authority: few enough sheets to be filled in.
func TestTheFormOnPaper(t *testing.T) {
	w := world(t)
	r := draft(t, w, "", 2025)
	link := open(t, w, r)[barking]
	b := w.Browse(webtest.Public)
	b.Open(w.URL + link + "/print")
	if _, sheets := b.PDF(); sheets > 5 {
		t.Errorf("the form of an authority takes %d sheets", sheets)
	}
	n := w.Browse(webtest.National)
	n.Open(w.URL + england + "/2025-26/respondents/3/print")
	if _, sheets := n.PDF(); sheets != 1 {
		t.Errorf("the form of a prison takes %d sheets", sheets)
	}
}
