package report_test

import (
	"net/http"
	"strings"
	"testing"

	"everykit/web/webtest"
)

func TestAnOutletsReport(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Worker)
	v.Open(w.Path("")).Says(t, `href="`+w.Path("/report")+`"`)
	v.Get(w.Path("/report")).Is(t, http.StatusSeeOther, w.Path("/report/2026-27-q2"))
	v.Get(w.Path("/report?period=2026-27-q3")).Is(t, http.StatusSeeOther, w.Path("/report/2026-27-q3"))
	v.Get(w.Path("/report?period=soon")).Is(t, http.StatusUnprocessableEntity, "")
	a := v.Open(w.Path("/report/2026-27-q3"))
	a.Says(t, "What your data showed", "Harbour Street needle exchange, October to December 2026 so far", "do not publish it",
		"Three things you could do", `href="`+w.Path("/expiry")+`"`, `href="`+w.Path("/report/2026-27-q3.pdf")+`"`, `<option value="2026-27-q3" selected`)
	a.Lacks(t, "St Anne", webtest.Site, "Col League", "Cora", "style=")
	for _, path := range []string{"/report/soon", "/report/2026-27-q3.csv", "/report/2026-13"} {
		v.Get(w.Path(path)).Is(t, http.StatusNotFound, "")
	}
	v.Get(w.Path("/report/2031-32")).Is(t, http.StatusUnprocessableEntity, "", "has not begun")
	for _, who := range []string{webtest.Neighbour, webtest.Elsewhere, webtest.Analyst} {
		for _, path := range []string{"/report", "/report/2026-27-q3", "/report/2026-27-q3.pdf"} {
			w.As(who).Get(w.Path(path)).Is(t, http.StatusForbidden, "")
		}
	}
	if got := w.As(webtest.Public).Get(w.Path("/report/2026-27-q3")); got.Status != http.StatusSeeOther || strings.Contains(got.Body, "kits") {
		t.Errorf("the public gets %d", got.Status)
	}
}

func TestAnAuthoritysReport(t *testing.T) {
	w := webtest.New(t)
	home := "/areas/" + w.Area(w.Home).Code
	v := w.As(webtest.Coordinator)
	v.Open(home).Says(t, `href="`+home+`/report"`)
	v.Get(home+"/report").Is(t, http.StatusSeeOther, home+"/report/2026-27-q2")
	a := v.Open(home + "/report/2026-27-q3")
	a.Says(t, "Barking and Dagenham, October to December 2026 so far", "Harbour Street needle exchange", "St Anne", "Three things you could do", `href="`+home+`/`)
	a.Lacks(t, "Barnet", "Clyde", webtest.Site, "Wanda", "style=")
	v.Get("/areas/"+w.Area(w.Across).Code+"/report/2026-27-q3").Is(t, http.StatusForbidden, "")
	w.As(webtest.Worker).Get(home+"/report/2026-27-q3").Is(t, http.StatusForbidden, "")
	w.As(webtest.Administrator).Get("/areas/E12000007/report/2026-27-q3").Is(t, http.StatusNotFound, "")
}

// TestAPDF is the same page on paper, and nobody keeps it on the way.
func TestAPDF(t *testing.T) {
	w := webtest.New(t)
	a := w.As(webtest.Worker).Open(w.Path("/report/2026-27-q3.pdf"))
	if !strings.HasPrefix(a.Body, "%PDF-") || a.Header.Get("Content-Type") != "application/pdf" || a.Header.Get("Cache-Control") != "no-store" ||
		!strings.Contains(a.Header.Get("Content-Disposition"), `"BD-01-2026-27-q3.pdf"`) {
		t.Errorf("it begins %.20q, with %v", a.Body, a.Header)
	}
}

func TestReportsInABrowser(t *testing.T) {
	w := webtest.New(t)
	w.Check(webtest.Worker, w.Path("/report/2026-27-q3"), w.Path("/report/2025-26"))
	w.Check(webtest.Coordinator, "/areas/"+w.Area(w.Home).Code+"/report/2026-27-q3")
}
