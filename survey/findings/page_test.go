package findings_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"everykit/survey/findings"
	"everykit/web/browser"
)

// TestPages asks axe about the report and a comparison as whole pages, on a phone and on a desk.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	f := findings.Compose(synthetic())
	report, both := f.Document(), findings.Compare(f, f)
	mux := http.NewServeMux()
	for at, page := range map[string][]byte{"/report": report.Page(), "/both": both.Page()} {
		mux.HandleFunc(at, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(page)
		})
	}
	if css, err := os.ReadFile("../../web/frontend/dist/everykit.css"); err == nil { // as it stands in the pages, where they have been built
		mux.HandleFunc("/body", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(`<!doctype html><html lang="en-GB"><head><title>Findings</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>` +
				strings.ReplaceAll(string(css), "</style", "") + `</style></head><body><div class="nhsuk-width-container"><main class="nhsuk-main-wrapper"><h1>Findings</h1>` +
				string(report.Body()) + `</main></div></body></html>`))
		})
	}
	site := httptest.NewServer(mux)
	defer site.Close()
	b := browser.Start(t)
	b.Check(site.URL+"/report", http.StatusOK)
	b.Check(site.URL+"/both", http.StatusOK)
	if _, pattern := mux.Handler(httptest.NewRequest(http.MethodGet, "/body", nil)); pattern != "" {
		b.Check(site.URL+"/body", http.StatusOK)
	}
}
