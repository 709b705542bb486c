package front

import (
	"encoding/xml"
	"net/http"
	"strings"

	"everykit/language"
	"everykit/web/desk"
	"everykit/web/find"
	"everykit/web/research"
)

// mostAddresses is how many a file of this kind may have.
const mostAddresses = 50_000

// standing are the pages that are always there.
var standing = []string{
	at, "/find", "/request", "/check", "/check/remind", "/after", statePath, "/report", "/research", "/research/suggest", "/bulletins", "/data", "/findings", "/guidance",
	"/definitions", "/accessibility", "/privacy", "/cookies",
}

// urlset is a file as sitemaps.org has it.
type urlset struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []address `xml:"url"`
}

type address struct {
	At      string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// sitemap is all public pages, for search engines. Addresses must be whole; where nobody has said what this site is called they are
// as whoever asks calls it, and then nothing is kept.
func sitemap(v *desk.Visit) error {
	if v.Site == "" {
		s := siteOf(v.App)
		s.making.Lock()
		defer s.making.Unlock()
		r, err := s.read(v, v.Ledger.Today())
		if err != nil {
			return err
		}
		v.W.Header().Set("Cache-Control", "no-store")
		scheme := "http://"
		if v.Secure {
			scheme = "https://"
		}
		return writeSitemap(v, r, v.W, scheme+v.R.Host)
	}
	return answer(v, func(v *desk.Visit, r *reading, w http.ResponseWriter) error {
		return writeSitemap(v, r, w, strings.TrimSuffix(v.Site, "/"))
	})
}

func writeSitemap(v *desk.Visit, r *reading, w http.ResponseWriter, site string) error {
	var set urlset
	add := func(path, changed string) {
		for _, words := range language.All() {
			if len(set.URLs) < mostAddresses {
				set.URLs = append(set.URLs, address{site + words.Link(path), changed})
			}
		}
	}
	for _, path := range standing {
		add(path, "")
	}
	for _, n := range r.nations {
		add(statePath+"/"+n.area.Code, "")
	}
	for _, a := range v.Snap.Areas() {
		if a.IsAuthority() && a.On(v.Ledger.Today()) {
			add(find.AreaPath(a.Code), "")
		}
	}
	bulletins, err := v.Bulletins.List(v.Ctx())
	if err != nil {
		return err
	}
	for i := range bulletins {
		add("/bulletins/"+bulletins[i].Slug, bulletins[i].PublishedAt.UTC().Format("2006-01-02"))
	}
	tables, err := v.Data.List(v.Ctx())
	if err != nil {
		return err
	}
	for i := range tables {
		add("/data/"+tables[i].Name, tables[i].MadeAt.UTC().Format("2006-01-02"))
	}
	items, err := v.Library.Public(v.Ctx(), mostAddresses)
	if err != nil {
		return err
	}
	for i := range items {
		add(research.Path(items[i].Key), items[i].ChangedAt.UTC().Format("2006-01-02"))
	}
	h := w.Header()
	h.Set("Content-Type", "application/xml; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	if _, err := w.Write([]byte(xml.Header)); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(set)
}

// notForRobots are the beginnings of addresses for staff, and of those that only their receiver should open.
var notForRobots = []string{
	"/account", "/areas/", "/counter", "/digest/", "/early/", "/expiry", "/import", "/lots", "/n/", "/nation", "/notices", "/outlets", "/password", "/pin", "/bulletins/subscribe",
	"/bulletins/subscribed/", "/reminders/", "/requests", "/s/", "/scan", "/sessions", "/sign-in", "/sign-out", "/survey", "/wording",
}

// robots tells search engines what is not for them, and where the list of pages is.
func robots(v *desk.Visit) error {
	return answer(v, func(v *desk.Visit, _ *reading, w http.ResponseWriter) error {
		var b strings.Builder
		b.WriteString("User-agent: *\n")
		for _, begins := range notForRobots {
			b.WriteString("Disallow: " + begins + "\n")
		}
		if v.Site != "" {
			b.WriteString("\nSitemap: " + strings.TrimSuffix(v.Site, "/") + sitemapPath + "\n")
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, err := w.Write([]byte(b.String()))
		return err
	})
}
