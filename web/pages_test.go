package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"everykit/web"
	"everykit/web/browser"
	"everykit/web/webtest"
)

// usedBy is who looks at a page in the tests: the role it is made for.
func usedBy(pattern string) string {
	switch {
	case pattern == "GET /counter":
		return webtest.Device
	case strings.Contains(pattern, "/accounts"), strings.HasPrefix(pattern, "GET /areas/"):
		return webtest.Coordinator
	case strings.HasPrefix(pattern, "GET /lots/{lot}/join"):
		return webtest.Administrator
	case strings.HasPrefix(pattern, "GET /notices/") && !strings.Contains(pattern, "/outlets/") && !strings.HasSuffix(pattern, "/letter"), strings.HasPrefix(pattern, "GET /nation"):
		return webtest.National
	case strings.HasPrefix(pattern, "GET /check"), strings.HasPrefix(pattern, "GET /n/"), strings.HasPrefix(pattern, "GET /01/"), strings.HasPrefix(pattern, "GET /reminders/"), strings.HasPrefix(pattern, "GET /digest/"):
		return webtest.Public
	case strings.HasPrefix(pattern, "GET /import"), pattern == "GET /wording", pattern == "GET /scan/product":
		return webtest.Administrator
	case slices.Contains([]string{"GET /{$}", "GET /definitions", "GET /accessibility", "GET /privacy", "GET /sign-in"}, pattern):
		return webtest.Public
	}
	return webtest.Worker
}

// isFile reports whether an address answers with a file and not a page.
func isFile(path string) bool {
	return strings.Contains(path, ".csv") || strings.HasSuffix(path, ".ics") || strings.Contains(path, "/template/") || strings.Contains(path, "/export/")
}

// pagesOf are the addresses of all pages at Home by who looks at them. Those of a file that was sent for import have an
// address only once it has been.
func pagesOf(w *webtest.World) map[string][]string {
	list := map[string][]string{}
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method == http.MethodGet && !isFile(path) && !strings.Contains(path, "/files/") {
			who := usedBy(r.Pattern)
			list[who] = append(list[who], path)
		}
	}
	list[webtest.Administrator] = append(list[webtest.Administrator], "/accounts", "/accounts/new", "/accounts/new?role=worker&area="+w.Area(w.Home).Code, "/outlets")
	return list
}

// TestPages opens every page as the role it is made for, at 320 and 1280 pixels, with and without our script: axe finds
// nothing, and nothing sticks out.
func TestPages(t *testing.T) {
	w := webtest.New(t)
	all := pagesOf(w)
	for _, who := range webtest.Everybody {
		if all[who] == nil {
			continue
		}
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t)
			if who != webtest.Public {
				b.Open(w.WayIn(who))
			}
			for _, path := range all[who] {
				b.Check(w.URL+path, http.StatusOK)
			}
			b.Check(w.URL+"/no-such-page", http.StatusNotFound)
		})
	}
}

var (
	linkTo  = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)
	idOf    = regexp.MustCompile(` id="([^"]*)"`)
	inlined = regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)="|<style|<script(?:>|\s(?:[^s]|s[^r]))`)
)

// TestLinks follows every link of every page as the role it is made for: each leads to something, nothing is
// loaded from or sent to another site, and nothing is inline.
func TestLinks(t *testing.T) {
	w := webtest.New(t)
	entries := map[string]bool{}
	for _, m := range idOf.FindAllStringSubmatch(w.As(webtest.Public).Get("/definitions").Body, -1) {
		entries[m[1]] = true
	}
	for who, list := range pagesOf(w) {
		v := w.As(who)
		seen := map[string]bool{}
		for _, path := range list {
			body := v.Get(path).Body
			if bad := inlined.FindString(body); bad != "" {
				t.Errorf("%s holds something inline: %s", path, bad)
			}
			for _, m := range linkTo.FindAllStringSubmatch(body, -1) {
				to := strings.ReplaceAll(m[1], "&amp;", "&")
				page, anchor, _ := strings.Cut(to, "#")
				switch {
				case page == "/definitions" && anchor != "" && !entries[anchor]:
					t.Errorf("%s leads to %s, which is not defined", path, to)
				case strings.Contains(to, "://") || strings.HasPrefix(to, "//"):
					if !strings.HasPrefix(m[0], `href="https://`) { // a source may be named; nothing may be loaded or sent
						t.Errorf("%s reaches for another site: %s", path, to)
					}
				case page == "" || seen[page] || strings.HasPrefix(m[0], "action"):
				default:
					seen[page] = true
					at := resolved(path, page)
					if got := v.Get(at); got.Status != http.StatusOK && got.Status != http.StatusSeeOther {
						t.Errorf("%s, for %s, leads to %s, which answers %d", path, who, at, got.Status)
					}
				}
			}
		}
	}
}

func resolved(from, to string) string {
	base, err := url.Parse(from)
	if err != nil {
		return to
	}
	u, err := base.Parse(to)
	if err != nil {
		return to
	}
	return u.String()
}

// TestFiles reads every file a page offers: it is CSV with a head, offered for keeping, and kept by nobody on the way.
func TestFiles(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Administrator)
	n := 0
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method != http.MethodGet || !isFile(path) || strings.Contains(path, "/files/") || strings.HasSuffix(path, ".ics") {
			continue
		}
		n++
		got := v.Get(path)
		head, _, _ := strings.Cut(got.Body, "\n")
		if got.Status != http.StatusOK || !strings.HasPrefix(got.Type, "text/csv") || !strings.Contains(head, ",") || strings.Contains(head, "<") {
			t.Errorf("%s: %d %s %q", path, got.Status, got.Type, head)
		}
		if !strings.Contains(got.Header.Get("Content-Disposition"), "attachment") || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, got.Header)
		}
	}
	if n < 10 {
		t.Errorf("only %s files were looked at", strconv.Itoa(n))
	}
}
