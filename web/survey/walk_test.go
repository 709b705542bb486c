package survey_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"everykit/web/webtest"
)

// TestTheWholeWay is one round in a browser: made and sent by the nation, answered by a link without an account on a phone,
// reminded, closed, its findings read, published, and taken home as a PDF.
func TestTheWholeWay(t *testing.T) {
	w := world(t)
	b := w.Browse(webtest.National)
	b.Open(w.URL + "/survey")
	b.Follow(`main a[href$="/survey/new"]`)
	b.Type("#title", "Take-home naloxone in England, 2025/26")
	b.Follow(".ek-actions button")
	at := w.URL + england + "/2025-26"
	b.Open(at + "/respondents")
	b.Type("#paste", "E09000002, foi@barking.example.org\nE09000003, foi@barnet.example.org")
	b.Follow(".ek-actions button")
	b.Follow(`a[href$="/send"]`)
	if got := b.Text("main ul"); !strings.Contains(got, "2 letters go out") || !strings.Contains(got, "22 December 2026") {
		t.Fatalf("sending is said to do %q", got)
	}
	b.Follow(".nhsuk-button--warning")
	if got := b.Text(".ek-flash"); !strings.Contains(got, "letters are on their way") {
		t.Fatalf("after sending: %q", got)
	}
	link := w.URL + links(t, w)[barking]

	c := w.Browse(webtest.Public)
	c.SetWidth(390)
	c.Open(link)
	c.Follow(`form[action$="/acknowledge"] button`)
	if got := c.Text(".ek-flash"); !strings.Contains(got, "We know that you have it") {
		t.Errorf("after the acknowledgement: %q", got)
	}
	c.Click(`[id="q.provides"] + label`)
	c.Type(`[id="q.dispensed"]`, "58")
	c.Follow(`button[value="s2"]`) // a part
	if got := c.Value(`[id="q.dispensed"]`); got != "58" {
		t.Fatalf("after saving a part the number is %q", got)
	}
	c.Type(`[id="q.purchased"]`, "plenty")
	c.Follow(`button[value="send"]`)
	if got := c.Text(".nhsuk-error-summary"); !strings.Contains(got, "Question 3a") {
		t.Errorf("what is wrong: %q", got)
	}
	c.Fit()
	c.Type(`[id="q.purchased"]`, "100")
	c.Click(`[id="q.gives"] + label`)
	c.Set(`[id="q.clients.why"]`, "not_held")
	c.Follow(`button[value="send"]`)
	if got := c.Text("h1"); got != "Thank you" {
		t.Fatalf("after sending: %q", got)
	}
	c.Fit()

	b.Open(at)
	if got := b.Text(".ek-figures"); !strings.Contains(got, "Answered") || !strings.Contains(got, "of 153") {
		t.Errorf("the figures say %q", got)
	}
	b.Follow(`a[href$="/remind"]`)
	b.Follow(".nhsuk-button--warning")
	if got := b.Text(".ek-flash"); !strings.Contains(got, "1 reminder is on the way") {
		t.Errorf("after reminding: %q", got)
	}
	b.Follow(`a[href$="/close"]`)
	b.Follow(".nhsuk-button--warning")
	b.Follow(`a[href$="/findings"]`)
	if got := b.Text("main"); !strings.Contains(got, "58 kits") || !strings.Contains(got, "Not published yet") {
		t.Errorf("the findings say %.600q", got)
	}
	said := b.Text("main li:not(nav li)")
	b.Open(at)
	b.Follow(`a[href$="/publish"]`)
	b.Follow(".nhsuk-button--warning")

	c.Open(w.URL + "/findings")
	c.Follow(`main td a, main th a`)
	if got := c.Text("main"); !strings.Contains(got, said) {
		t.Errorf("what everybody reads lacks %q", said)
	}
	c.Fit()
	pdf := w.As(webtest.Public).Open("/findings/2025-26.pdf")
	if pdf.Type != "application/pdf" || !strings.HasPrefix(pdf.Body, "%PDF") {
		t.Fatalf("the PDF is %s %.20q", pdf.Type, pdf.Body)
	}
	file := filepath.Join(t.TempDir(), "findings.pdf")
	w.Must(os.WriteFile(file, []byte(pdf.Body), 0o600))
	text, err := exec.CommandContext(t.Context(), "pdftotext", file, "-").Output()
	w.Must(err)
	if !strings.Contains(plain(string(text)), plain(said)) {
		t.Errorf("the PDF lacks the sentence %q", said)
	}
	again := w.As(webtest.Public).Do(http.MethodGet, "/findings/2025-26.pdf", nil, "If-None-Match", pdf.Header.Get("ETag"))
	if again.Status != http.StatusNotModified || again.Body != "" {
		t.Errorf("the PDF is sent again to whoever has it: %d", again.Status)
	}
}

// plain takes away how lines are broken.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }
