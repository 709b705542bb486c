package research_test

import (
	"strings"
	"testing"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// TestPictures draws the pages for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := webtest.New(t)
	w.Pictures(browser.Start(t), dir, map[string]string{
		"research": "/research", "research-found": "/research?q=naloxone+massachusetts&kind=study", "research-item": "/research/kimmel-2023", "research-suggest": "/research/suggest",
		"research-suggested": "/research/suggested", "report": "/report", "after": "/after",
	})
	p := w.As(webtest.Public)
	a := p.Post("/research/suggest", typed(w, p, "title", "Take-home naloxone in England", "link", "https://example.org/x", "why", "One.", "email", "a@example.org"))
	w.Pictures(browser.Start(t), dir, map[string]string{"research-thanks": a.To})
	w.Pictures(w.Browse(webtest.National), dir, map[string]string{
		"shelf": shelf, "shelf-new": shelf + "/new", "shelf-item": shelf + "/items/tse-2022", "shelf-suggestion": shelf + "/suggestions/" + a.To[strings.Index(a.To, "=")+1:],
	})
}
