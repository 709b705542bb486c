package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"everykit/opendata"
	"everykit/web"
	"everykit/web/browser"
	"everykit/web/webtest"
)

// usedBy is who looks at a page in the tests: the role it is made for.
func usedBy(pattern string) string {
	switch {
	case pattern == "GET /counter":
		return webtest.Device
	case strings.HasPrefix(pattern, "GET /areas/{area}/support/"):
		return webtest.National
	case strings.Contains(pattern, "/accounts"), strings.HasPrefix(pattern, "GET /areas/"), pattern == "GET /requests":
		return webtest.Coordinator
	case strings.HasPrefix(pattern, "GET /lots/{lot}/join"):
		return webtest.Administrator
	case strings.HasPrefix(pattern, "GET /notices/") && !strings.Contains(pattern, "/outlets/") && !strings.HasSuffix(pattern, "/letter"), strings.HasPrefix(pattern, "GET /nation"), pattern == "GET /survey":
		return webtest.National
	case strings.HasPrefix(pattern, "GET /check"), strings.HasPrefix(pattern, "GET /n/"), strings.HasPrefix(pattern, "GET /01/"), strings.HasPrefix(pattern, "GET /reminders/"), strings.HasPrefix(pattern, "GET /digest/"), strings.HasPrefix(pattern, "GET /s/"), strings.HasPrefix(pattern, "GET /findings"), strings.HasPrefix(pattern, "GET /guidance"), strings.HasPrefix(pattern, "GET /data"):
		return webtest.Public
	case slices.ContainsFunc(everybodys, func(begins string) bool { return pattern == begins || strings.HasPrefix(pattern, begins+"/") }):
		return webtest.Public
	case strings.HasPrefix(pattern, "GET /import"), pattern == "GET /wording", pattern == "GET /scan/product":
		return webtest.Administrator
	case slices.Contains([]string{"GET /{$}", "GET /definitions", "GET /accessibility", "GET /privacy", "GET /cookies", "GET /sign-in"}, pattern):
		return webtest.Public
	}
	return webtest.Worker
}

// everybodys are the addresses, with all below them, of what was made for everybody.
var everybodys = []string{"GET /bulletins", "GET /early", "GET /research", "GET /report", "GET /after", "GET /request", "GET /find", "GET /state"}

// isFile reports whether an address answers with a file and not a page.
func isFile(path string) bool {
	return slices.Contains([]string{".csv", ".ics", ".json", ".parquet", ".pdf", ".atom", ".ris", ".bib", ".xml", ".txt"}, filepath.Ext(path)) || strings.Contains(path, "/template/") || isLetter(path)
}

// isLetter reports whether an address answers with what a respondent of a survey sent.
func isLetter(path string) bool {
	return strings.Contains(path, "/respondents/") && strings.HasSuffix(path, "/letter")
}

// pagesOf are the addresses of all pages at Home by who looks at them. Those of a file that was sent for import have an
// address only once it has been.
func pagesOf(w *webtest.World) map[string][]string {
	list := map[string][]string{}
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method == http.MethodGet && !isFile(path) && !strings.Contains(path, "/import/files/") {
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
	w := whole(t)
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
	w := whole(t)
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

// openFiles are the beginnings of the addresses of files for everybody.
var openFiles = []string{"/data/", "/findings/", "/bulletins/", "/research/", "/robots.txt"}

// TestFiles reads every file a page offers. A table is CSV with a head. What belongs to somebody is offered for keeping (a
// report to read), and kept by nobody on the way; what is public may be kept by anybody.
func TestFiles(t *testing.T) {
	w := whole(t)
	v := w.As(webtest.Administrator)
	n := map[string]int{}
	look := func(path string) {
		got := v.Get(path)
		kind, _, _ := strings.Cut(got.Type, ";")
		n[kind]++
		head, _, _ := strings.Cut(got.Body, "\n")
		right := map[string]bool{
			"text/csv": strings.Contains(head, ",") && !strings.Contains(head, "<"), "application/pdf": strings.HasPrefix(head, "%PDF-"),
			"application/json": json.Valid([]byte(got.Body)), "application/vnd.apache.parquet": strings.HasPrefix(got.Body, "PAR1"),
			"text/plain": isLetter(path) || strings.HasPrefix(head, "User-agent: *"), "application/atom+xml": strings.Contains(got.Body, "<feed"), "application/xml": strings.HasPrefix(head, "<?xml"),
			"application/x-research-info-systems": strings.HasPrefix(head, "TY  - "), "application/x-bibtex": strings.HasPrefix(head, "@"), "application/vnd.citationstyles.csl+json": json.Valid([]byte(got.Body)),
		}[kind]
		if got.Status != http.StatusOK || !right {
			t.Errorf("%s: %d %s %.100q", path, got.Status, got.Type, head)
		}
		how, keep := "attachment; filename=", "no-store"
		switch public := slices.ContainsFunc(openFiles, func(begins string) bool { return strings.HasPrefix(path, begins) }); {
		case public && slices.Contains([]string{".atom", ".xml", ".txt"}, filepath.Ext(path)): // which programs read where they are
			how, keep = "", "public, "
		case path == "/sitemap.xml": // where nobody has said what the site is called, it holds the name that whoever asks calls it
			how = ""
		case public && strings.HasPrefix(path, "/research/"):
			keep = "public, "
		case public:
			how, keep = "inline; filename=", "public, "
		case kind == "application/pdf", strings.Contains(path, "/bulletins/"): // to be read before it is published
			how = "inline; filename="
		}
		if !strings.HasPrefix(got.Header.Get("Content-Disposition"), how) || !strings.HasPrefix(got.Header.Get("Cache-Control"), keep) || got.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, got.Header)
		}
	}
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method == http.MethodGet && isFile(path) && !strings.Contains(path, "/import/files/") && !strings.HasSuffix(path, ".ics") {
			look(path)
		}
	}
	tables, err := w.Data.List(t.Context())
	w.Must(err)
	for _, of := range tables {
		for _, format := range opendata.Formats {
			look("/data/" + of.Name + "." + format)
		}
	}
	for _, path := range []string{
		"/findings/" + w.PastRound + ".pdf", "/bulletins/" + w.Editions().Slug + "/bulletin.pdf", "/bulletins/" + w.Editions().Slug + "/1/bulletin.json", w.Path("/report/2026-27-q2.pdf"),
		"/areas/" + w.Area(w.Home).Code + "/report/2026-27-q2.pdf", "/research/" + anItem + "/item.bib", "/research/" + anItem + "/item.json",
	} {
		look(path)
	}
	for kind, least := range map[string]int{
		"text/csv": 25, "application/json": 13, "application/vnd.apache.parquet": 10, "application/pdf": 5, "text/plain": 2, "application/atom+xml": 2, "application/xml": 1,
		"application/x-research-info-systems": 2, "application/x-bibtex": 2,
	} {
		if n[kind] < least {
			t.Errorf("only %d files of %s were looked at", n[kind], kind)
		}
	}
}
