package page_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"everykit/web/page"
)

// Only a page with a scan field has its script, and only there may the reader of codes run.
func TestScanFieldAlone(t *testing.T) {
	set := page.MustParse(fstest.MapFS{"form.html": {Data: []byte(`{{define "main"}}<form method="post">{{template "scan" $}}<button>Save</button></form>{{end}}`)}}, "*.html")
	draw := func(scan *page.Scan) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		v := shell().View(httptest.NewRequest(http.MethodGet, "/", nil), "Form")
		v.Scan = scan
		if err := set.Render(w, http.StatusOK, "form", v); err != nil {
			t.Fatal(err)
		}
		return w
	}
	const wasm = "'wasm-unsafe-eval'"
	with, without := draw(&page.Scan{To: "/scan", Said: []string{"Lot <b>"}, Asks: []page.ScanAsk{{Text: "Which?", Press: "This", Value: "all"}}}), draw(nil)
	policy := with.Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self' "+wasm+";") || strings.Contains(policy, "'unsafe-eval'") || strings.Contains(policy, "unsafe-inline") {
		t.Errorf("with a scan field: %s", policy)
	}
	if strings.Contains(without.Header().Get("Content-Security-Policy"), "wasm") || strings.Contains(without.Body.String(), "scan.js") {
		t.Error("a page without a scan field has what it needs")
	}
	body := with.Body.String()
	for _, want := range []string{"scan.js", "Lot &lt;b&gt;", `name="scan" value="all"`, `formenctype="multipart/form-data"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if first := strings.Index(body, "<button"); !strings.HasPrefix(body[strings.Index(body[first:], `name="scan"`)+first:], `name="scan" value="read"`) || strings.Contains(body[:first], "Save") {
		t.Error("the first button of the form is not the one that reads the code")
	}
}
