package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"everykit/web"
	"everykit/web/webtest"
)

// TestOtherSitesCannotSendForms sends every form as a page of another site would make a browser send it.
func TestOtherSitesCannotSendForms(t *testing.T) {
	w := whole(t)
	v := w.As(webtest.Administrator)
	before := recorded(t, w)
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method != http.MethodPost {
			continue
		}
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}} {
			got := v.Do(method, path, url.Values{}, append(headers, "Content-Type", "application/x-www-form-urlencoded")...)
			if got.Status != http.StatusForbidden || got.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s with %v answers %d", path, headers, got.Status)
			}
		}
	}
	if after := recorded(t, w); after != before {
		t.Errorf("something was recorded:\n%s\n%s", before, after)
	}
	if got := v.Get("/accounts"); got.Status != http.StatusOK {
		t.Errorf("the session did not outlive it: %d", got.Status)
	}
}

// TestReadingChangesNothing opens every page and file as an administrator and as the worker, and sends forms where only
// reading is to be had.
func TestReadingChangesNothing(t *testing.T) {
	w := whole(t)
	posts := map[string]bool{}
	gets := map[string]string{} // address by pattern
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		_, pattern, _ := strings.Cut(r.Pattern, " ")
		if method == http.MethodPost {
			posts[pattern] = true
		} else {
			gets[pattern] = path
		}
	}
	// That a personal link has been opened is written down, the first time: those who wait for an answer see it.
	w.As(webtest.Public).Get(w.Link)
	w.As(webtest.Public).Get(w.AnswerLink)
	before := recorded(t, w)
	for _, who := range []string{webtest.Administrator, webtest.Worker, webtest.Acting} {
		v := w.As(who)
		for pattern, path := range gets {
			v.Get(path)
			for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
				if method == http.MethodPost && posts[pattern] {
					continue
				}
				got := v.Do(method, path, url.Values{"kits": {"1"}})
				if got.Status != http.StatusMethodNotAllowed && got.Status != http.StatusNotFound {
					t.Errorf("%s %s answers %d", method, path, got.Status)
				}
			}
		}
	}
	after := recorded(t, w)
	// Signing in for this test is written down, and nothing else may be.
	if before != after {
		t.Errorf("reading changed something:\n%s\n%s", before, after)
	}
}

// recorded is how many rows each table has, but for sessions and what is written down of signing in.
func recorded(t *testing.T, w *webtest.World) string {
	t.Helper()
	var lines []string
	for _, table := range w.Tables() {
		if table.Name != "session" && table.Name != "audit" && table.Name != "sign_in_try" && !strings.HasPrefix(table.Name, "account") {
			lines = append(lines, table.Name+" "+table.Sum)
		}
	}
	if len(lines) < 10 {
		t.Fatalf("only these tables were looked at: %v", lines)
	}
	return strings.Join(lines, ", ")
}

// TestEveryPageIsGuarded reads the headers that stand before every page: nothing from elsewhere, no referrer, and what
// belongs to somebody is kept by nobody on the way.
func TestEveryPageIsGuarded(t *testing.T) {
	w := whole(t)
	for who, list := range pagesOf(w) {
		v := w.As(who)
		for _, path := range list {
			got := v.Get(path)
			if got.Status == http.StatusSeeOther { // to the page itself
				got = v.Get(got.To)
			}
			h := got.Header
			if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %v", path, h)
			}
			if who != webtest.Public && h.Get("Cache-Control") != "no-store" {
				t.Errorf("%s, for %s, may be kept: %s", path, who, h.Get("Cache-Control"))
			}
			if who == webtest.Public && h.Get("Set-Cookie") != "" {
				t.Errorf("%s sets a cookie for somebody who only reads: %s", path, h.Get("Set-Cookie"))
			}
		}
	}
	for _, path := range []string{"/", "/state", "/bulletins", "/research", "/report", "/after", "/data"} { // the same bytes for everybody
		got, nobody := w.As(webtest.Worker).Open(path), w.As(webtest.Public).Open(path)
		if got.Body != nobody.Body || strings.Contains(got.Body, webtest.Name(webtest.Worker)) {
			t.Errorf("%s is not the same for somebody who is signed in", path)
		}
	}
	for _, path := range []string{"/definitions", "/privacy"} {
		h := w.As(webtest.Worker).Get(path).Header
		if h.Get("Cache-Control") != "no-store" || !strings.Contains(strings.Join(h.Values("Vary"), ","), "Cookie") {
			t.Errorf("%s names who is signed in and may be kept: %v", path, h)
		}
	}
}
