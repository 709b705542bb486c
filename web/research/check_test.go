package research_test

import (
	"strings"
	"testing"
	"time"

	"everykit/library"
	"everykit/web/webtest"
)

// TestPagesAreClean opens every page for the public at both widths, with the script and without: axe finds nothing, nothing sticks out.
func TestPagesAreClean(t *testing.T) {
	w := webtest.New(t)
	b := w.Check(webtest.Public, "/research", "/research?page=2", "/research?q=naloxone&topic=outreach", "/research?q=nothinghasthisword", "/research/kimmel-2023", "/research/impacts-of-overdose",
		"/research/suggest", "/research/suggested", "/report", "/after")
	b.Open(w.URL + "/research/suggest")
	b.Type("#link", "ask my aunt")
	w.Wait(library.MinFormAge + time.Second)
	b.Follow("main form button")
	if got := b.Text(".nhsuk-error-summary"); !strings.Contains(got, "This is not a link") || b.Value("#link") != "ask my aunt" {
		t.Errorf("a refusal says %q", got)
	}
	b.Fit()

	n := w.Browse(webtest.National) // what a form shows when somebody else has saved meanwhile
	n.Open(w.URL + "/nation/research/items/tse-2022")
	it, err := w.Library.Item(t.Context(), "tse-2022")
	w.Must(err)
	it.Summary = "What somebody else has saved."
	w.Must(w.Library.Save(t.Context(), w.Person(webtest.Administrator), *it))
	n.Type("#note", "Mine.")
	n.Follow(`form[action="/nation/research/items/tse-2022"] button`)
	if got := n.Text("main"); !strings.Contains(got, "What somebody else has saved.") {
		t.Errorf("a conflict says %.300q", got)
	}
	n.Fit()
}
