package front_test

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"everykit/web"
	"everykit/web/desk"
	"everykit/web/front"
	"everykit/web/webtest"
)

type addresses struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []struct {
		At string `xml:"loc"`
	} `xml:"url"`
}

func listed(t *testing.T, body string) []string {
	t.Helper()
	var set addresses
	if err := xml.Unmarshal([]byte(body), &set); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, u := range set.URLs {
		list = append(list, u.At)
	}
	return list
}

// TestSitemap opens every address of the sitemap: each is there for everybody, each once, and none is for staff.
func TestSitemap(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	a := v.Open("/sitemap.xml")
	if a.Type != "application/xml; charset=utf-8" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("it is %s, %s", a.Type, a.Header.Get("Cache-Control"))
	}
	list := listed(t, a.Body)
	for _, must := range append([]string{"/", "/find", "/report", "/after", "/state/S92000003", "/find/" + w.Area(w.Home).Code}, "/research/impacts-of-overdose", "/data/figures-coverage") {
		if !slices.Contains(list, w.URL+must) {
			t.Errorf("%s is not in the sitemap", must)
		}
	}
	seen := map[string]bool{}
	for _, at := range list {
		path, here := strings.CutPrefix(at, w.URL)
		if !here || seen[at] {
			t.Errorf("%s is elsewhere, or there twice", at)
			continue
		}
		seen[at] = true
		if got := v.Get(path); got.Status != http.StatusOK {
			t.Errorf("%s answers %d", path, got.Status)
		}
		for _, begins := range front.NotForRobots() {
			if strings.HasPrefix(path, begins) {
				t.Errorf("%s is in the sitemap and forbidden in robots.txt", path)
			}
		}
	}
}

// TestSitemapOfANamedSite has the name that the operator gave, whatever the visitor calls it.
func TestSitemapOfANamedSite(t *testing.T) {
	w := webtest.NewBare(t)
	app := *w.App
	app.Site = webtest.Site
	site := httptest.NewServer(web.New(&app))
	defer site.Close()
	get := func(path string) (string, http.Header) {
		r, err := http.NewRequest(http.MethodGet, site.URL+path, nil)
		w.Must(err)
		r.Host = "evil.example"
		res, err := http.DefaultClient.Do(r)
		w.Must(err)
		defer res.Body.Close()
		var b strings.Builder
		w.Must(res.Write(&b))
		return b.String(), res.Header
	}
	for range 2 {
		body, h := get("/sitemap.xml")
		if !strings.Contains(body, "<loc>"+webtest.Site+"/find</loc>") || strings.Contains(body, "evil") || h.Get("ETag") == "" {
			t.Errorf("the sitemap has %v, and begins %.300s", h, body)
		}
	}
	if body, _ := get("/robots.txt"); !strings.Contains(body, "Sitemap: "+webtest.Site+"/sitemap.xml\n") {
		t.Errorf("robots.txt does not lead to the sitemap: %s", body)
	}
}

// TestRobots compares /robots.txt with the table of addresses: what is for staff, or for whoever has a link, is forbidden, and
// nothing else is.
func TestRobots(t *testing.T) {
	w := webtest.NewBare(t)
	body := w.As(webtest.Public).Open("/robots.txt").Body
	forbidden := func(path string) bool {
		for line := range strings.Lines(body) {
			if begins, ok := strings.CutPrefix(strings.TrimSpace(line), "Disallow: "); ok && strings.HasPrefix(path, begins) {
				return true
			}
		}
		return false
	}
	for _, r := range web.Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		if method != http.MethodGet || path == "/robots.txt" || path == "/sitemap.xml" {
			continue
		}
		personal := strings.Contains(path, "{token}") || strings.Contains(path, "{link}")
		if forbids := r.Scope != desk.Public || r.Inside || personal; forbidden(strings.TrimSuffix(path, "{$}")) != forbids {
			if strings.HasPrefix(path, "/bulletins/subscribe") {
				continue // pages between a form and its end: of no use to anybody who looks for something
			}
			t.Errorf("%s: robots are forbidden: %t", path, !forbids)
		}
	}
	if !strings.HasPrefix(body, "User-agent: *\n") {
		t.Errorf("it begins %.40q", body)
	}
}
