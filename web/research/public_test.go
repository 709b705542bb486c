package research_test

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"everykit/civil"
	"everykit/language"
	"everykit/library"
	"everykit/registry"
	"everykit/web/figures"
	"everykit/web/research"
	"everykit/web/webtest"
)

// six are the items of the page that this all began with, in its order.
var six = []string{"kimmel-2023", "phs-2021-22-q2", "tse-2022", "strang-strong-science", "kelly-vuolo-2021", "impacts-of-overdose"}

var itemLink = regexp.MustCompile(`href="/research/([a-z0-9]+(?:-[a-z0-9]+)+)"`)

// keysIn are the items that a page links to below a heading, in order.
func keysIn(body, below string) []string {
	_, body, _ = strings.Cut(body, `id="`+below+`"`)
	body, _, _ = strings.Cut(body, "</section>")
	var list []string
	for _, m := range itemLink.FindAllStringSubmatch(body, -1) {
		list = append(list, m[1])
	}
	return list
}

// TestTheShelfOfTheFirstDay: the report, its recommendations, the six items, highlights, pages and the way to suggest more are there.
func TestTheShelfOfTheFirstDay(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	a := v.Open("/research")
	if got := keysIn(a.Body, "latest"); !slices.Equal(got, six) {
		t.Errorf("the latest are %v", got)
	}
	if got := keysIn(a.Body, "highlights"); !slices.Equal(got, []string{"release-2017-18", "tse-2022"}) {
		t.Errorf("highlighted are %v", got)
	}
	a.Says(t, `href="/research?page=2"`, `href="/research/suggest"`, `href="/research/feed.atom"`, "Do you know of research that should be here?", "Tse and others")
	second := v.Open("/research?page=2")
	if got := keysIn(second.Body, "latest"); len(got) != 6 || slices.Contains(got, six[0]) {
		t.Errorf("the second page has %v", got)
	}
	second.Lacks(t, `id="highlights"`)
	for _, path := range []string{"/research?page=99", "/research/no-such-item", "/research/kimmel-2023/item.pdf", "/research/kimmel-2023/x", "/research/export.xml", "/research/x"} {
		v.Get(path).Is(t, http.StatusNotFound, "", "Page not found")
	}
	r := v.Open("/report")
	for i, words := range research.Recommendations {
		r.Says(t, words, fmt.Sprintf(`id="recommendation-%d"`, i+1))
	}
	r.Says(t, "Finding a Needle in a Haystack: Take-Home Naloxone in England 2017/18", "Release surveyed each of the 152 local authority areas", `href="/research/release-2017-18"`, "https://www.release.org.uk/naloxone-2017-18")
	v.Open("/research/impacts-of-overdose").Says(t, "Nobody has written this yet.")
	for _, path := range []string{"/research", "/report", "/after", "/research/tse-2022", "/research/suggest"} {
		a := w.As(webtest.National).Open(path)
		a.Lacks(t, webtest.Name(webtest.National), "Sign out")
		if a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

// TestReportCounts: the numbers are those of the scorecard, and each line of authorities adds up.
func TestReportCounts(t *testing.T) {
	w := webtest.New(t)
	v := w.As(webtest.Public)
	cards, err := w.Cards.Nation(t.Context(), w.Nation(w.Home).ID, figures.LastYear(webtest.Today))
	w.Must(err)
	met := 0
	for _, c := range cards {
		if c.Lines[0].Verdict.String() == "met" {
			met++
		}
	}
	if met == 0 || met == len(cards) {
		t.Fatalf("%d of %d tell nothing apart", met, len(cards))
	}
	v.Open("/report").Says(t, fmt.Sprintf("%d of %d areas do this.", met, len(cards)), "England</span>, 2025/26")
}

// TestItem reads what a reference program reads: tags, links to files, and the files.
func TestItem(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	a := v.Open("/research/kimmel-2023")
	tags := map[string][]string{}
	root, err := html.Parse(strings.NewReader(a.Body))
	w.Must(err)
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Data == "meta" {
			name, content := "", ""
			for _, at := range n.Attr {
				switch at.Key {
				case "name":
					name = at.Val
				case "content":
					content = at.Val
				}
			}
			tags[name] = append(tags[name], content)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	stored, err := w.Library.Item(t.Context(), "kimmel-2023")
	w.Must(err)
	for name, want := range map[string]string{
		"citation_title": stored.Title, "citation_journal_title": "International Journal of Drug Policy", "citation_publication_date": "2023", "citation_volume": "120",
		"citation_firstpage": "104164", "citation_doi": "10.1016/j.drugpo.2023.104164", "citation_pmid": "37713939",
	} {
		if got := tags[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	if got := tags["citation_author"]; len(got) != 11 || got[0] != "Kimmel, SD" || got[10] != "Walley, AY" {
		t.Errorf("the authors are %q", got)
	}
	if tags["citation_issue"] != nil || tags["citation_publisher"] != nil {
		t.Error("what is not known has a tag")
	}
	for _, s := range library.Styles() {
		a.Says(t, s.Name(), html.EscapeString(stored.Cite(s)))
	}
	a.Says(t, `href="/report#recommendation-3"`, `href="/research?topic=outreach"`, `href="/research/xuan-2023"`, "58 towns")
	for _, file := range []string{"item.bib", "item.ris", "item.json"} {
		f := v.Open("/research/kimmel-2023/" + file)
		r, err := library.Read([]byte(f.Body))
		if err != nil || len(r.Records) != 1 || len(r.Refused) > 0 || r.Records[0].Item.Title != stored.Title || len(r.Records[0].Item.Authors) != 11 || r.Records[0].Item.DOI != stored.DOI {
			t.Errorf("%s reads as %+v, %v", file, r, err)
		}
		if !strings.Contains(f.Header.Get("Content-Disposition"), "kimmel-2023.") || strings.Contains(f.Type, "html") {
			t.Errorf("%s is %s, %s", file, f.Type, f.Header.Get("Content-Disposition"))
		}
	}
	v.Open("/research/phs-2021-22-q2").Says(t, `name="citation_technical_report_institution" content="Public Health Scotland"`)
	list := v.Open("/research").Body
	m := regexp.MustCompile(`<span class="Z3988" title="([^"]*)"`).FindStringSubmatch(list[strings.Index(list, `id="latest"`):])
	if m == nil {
		t.Fatal("the list has no ContextObject")
	}
	co, err := url.ParseQuery(html.UnescapeString(m[1]))
	w.Must(err)
	if co.Get("rft.atitle") != stored.Title || co.Get("rft_id") != "info:doi/10.1016/j.drugpo.2023.104164" || len(co["rft.au"]) != 11 {
		t.Errorf("the ContextObject says %v", co)
	}
}

// TestSearch: what is asked stands in the address; what is wrong with it is said.
func TestSearch(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	a := v.Open("/research?q=massachusetts&kind=study&topic=outreach")
	if got := keysIn(a.Body, "latest"); !slices.Equal(slices.Sorted(slices.Values(got)), []string{"kimmel-2023", "xuan-2023"}) {
		t.Errorf("found are %v", got)
	}
	a.Says(t, "2 found", `value="massachusetts"`, `<option value="outreach" selected>`, "<mark>Massachusetts</mark>", "<details class=\"nhsuk-details\" open>", `export.ris?kind=study&amp;q=massachusetts&amp;topic=outreach`)
	a.Lacks(t, `id="highlights"`)
	v.Open("/research?country=Canada").Says(t, "kenny-2022", `<option value="Canada" selected>`)
	v.Open("/research?from=2023&to=2023").Lacks(t, `href="/research/tse-2022"`)
	v.Open("/research?bears=5").Says(t, "phs-slwg-2023")
	v.Open("/research?q=zzzz").Says(t, "0 found", "Nothing was found.")
	v.Open(`/research?q=`+url.QueryEscape(`"><script>alert(1)</script> naloxone`)).Lacks(t, "<script>alert")
	for path, says := range map[string]string{
		"/research?topic=teapots": "Choose one from the list.", "/research?kind=x": "Choose one from the list.", "/research?bears=7": "Choose one from the list.",
		"/research?from=soon": "Type a year, such as 2021.", "/research?from=2020&to=2010": "The last year is before the first.",
		"/research?q=" + strings.Repeat("a", 2000): "too long",
	} {
		v.Get(path).Is(t, http.StatusUnprocessableEntity, "", says)
	}
	all := v.Open("/research/export.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(all.Body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 20 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	for _, ending := range []string{"ris", "bib", "json", "csv"} {
		r, err := library.Read([]byte(v.Open("/research/export." + ending + "?q=massachusetts").Body))
		if err != nil || len(r.Records) != 3 || len(r.Refused) > 0 {
			t.Errorf("%s holds %d, %v", ending, len(r.Records), err)
		}
	}
	v.Get("/research/export.ris?from=x").Is(t, http.StatusUnprocessableEntity, "")
}

// TestFeed parses the feed.
func TestFeed(t *testing.T) {
	w := webtest.NewBare(t)
	a := w.As(webtest.Public).Open("/research/feed.atom")
	var feed struct {
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Summary string `xml:"summary"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Authors []struct {
				Name string `xml:"name"`
			} `xml:"author"`
		} `xml:"entry"`
	}
	w.Must(xml.Unmarshal([]byte(a.Body), &feed))
	if !strings.HasPrefix(a.Type, "application/atom+xml") || len(feed.Entries) != 19 || feed.Entries[0].Link.Href != "/research/kimmel-2023" || len(feed.Entries[0].Authors) != 11 {
		t.Errorf("%s: %+v", a.Type, feed)
	}
	ids := map[string]bool{feed.ID: true}
	for _, e := range feed.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || ids[e.ID] || !strings.HasPrefix(e.ID, "urn:uuid:") {
			t.Errorf("%+v %v", e, err)
		}
		ids[e.ID] = true
	}
}

// TestKeptAnswers: an answer is the same bytes until the shelf changes, and what is changed shows at once; also where a highlight ends by
// itself, and where an item is hidden again.
func TestKeptAnswers(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	who := w.Person(webtest.National)
	first := v.Open("/research")
	tag := first.Header.Get("Etag")
	if tag == "" || first.Header.Get("Vary") == "" {
		t.Fatalf("headers %v", first.Header)
	}
	if again := v.Do(http.MethodGet, "/research", nil, "If-None-Match", tag); again.Status != http.StatusNotModified || again.Body != "" {
		t.Errorf("asked again it answers %d", again.Status)
	}
	key := put(t, w, library.Item{Title: "The canary of the latest"})
	v.Open("/research").Says(t, "The canary of the latest")
	v.Open("/research/feed.atom").Says(t, "The canary of the latest")
	v.Open("/research/export.csv").Says(t, "The canary of the latest")
	v.Open(research.Path(key)).Says(t, "The canary of the latest")
	w.Must(w.Library.SetHighlight(t.Context(), who, key, library.Highlight{Until: webtest.Today, Words: "For a day."}))
	v.Open("/research").Says(t, "For a day.")
	w.Wait(24 * time.Hour)
	v.Open("/research").Lacks(t, "For a day.")
	w.Must(w.Library.Hide(t.Context(), who, key))
	for _, path := range []string{"/research", "/research/feed.atom", "/research/export.csv", "/research/export.ris", "/report"} {
		v.Open(path).Lacks(t, "The canary of the latest")
	}
	for _, path := range []string{research.Path(key), research.Path(key) + "/item.bib"} {
		v.Get(path).Is(t, http.StatusNotFound, "")
	}
	other := put(t, w, library.Item{Title: "Another"})
	w.Must(w.Library.Join(t.Context(), who, other, "tse-2022"))
	v.Get("/research/tse-2022").Is(t, http.StatusMovedPermanently, "/research/"+other)
	v.Do(http.MethodHead, "/research", nil).Is(t, http.StatusOK, "")
}

// TestAfter: what can be done stands there whether or not there is anybody near; services for families that are open and for everybody
// are named, and no other place.
func TestAfter(t *testing.T) {
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	a := v.Open("/after")
	a.Says(t, "Call 999.", `id="reversal"`, `id="death"`, "No service for families and friends is on our list yet.", "kenny-2022", `href="/find"`, `href="/check"`)
	for _, o := range []struct {
		name   string
		kind   registry.OutletKind
		public registry.Answer
		closed civil.Date
	}{
		{"Families Together", registry.FamilyService, registry.Yes, civil.None},
		{"Families Unlisted", registry.FamilyService, registry.No, civil.None},
		{"Families Unknown", registry.FamilyService, 0, civil.None},
		{"Families Gone", registry.FamilyService, registry.Yes, webtest.Today},
		{"Pharmacy Across", registry.Pharmacy, registry.Yes, civil.None},
	} {
		_, err := w.Registry.PutOutlet(t.Context(), registry.Outlet{
			Code: strings.ReplaceAll(strings.ToUpper(o.name), " ", "-"), Name: o.name, Kind: o.kind, Area: w.Home.Area, Channel: registry.Community, Public: o.public, Phone: "020 7946 0123",
			LegalFrom: civil.None, ConfirmedOn: civil.None, ClosedOn: o.closed,
		})
		w.Must(err)
	}
	w.Wait(2 * time.Minute) // what is kept of the registry is kept briefly
	a = v.Open("/after")
	a.Says(t, "Families Together", "Barking and Dagenham", `href="tel:02079460123"`)
	a.Lacks(t, "Families Unlisted", "Families Unknown", "Families Gone", "Pharmacy Across", "No service for families")
}

// TestPagesAreSmall: what a phone loads of a page, packed, leaves room for the stylesheet.
func TestPagesAreSmall(t *testing.T) {
	w := webtest.New(t)
	for _, path := range []string{"/research", "/research?q=naloxone", "/research/kimmel-2023", "/research/suggest", "/report", "/after"} {
		a := w.As(webtest.Public).Do(http.MethodGet, path, nil, "Accept-Encoding", "gzip")
		if a.Header.Get("Content-Encoding") != "gzip" || len(a.Body) > 12_000 {
			t.Errorf("%s has %d bytes, %q", path, len(a.Body), a.Header.Get("Content-Encoding"))
		}
	}
}

// TestOtherLanguages: on the pages of items, which have data in them, everything but data is in the language of the page.
func TestOtherLanguages(t *testing.T) {
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	w := webtest.NewBare(t)
	v := w.As(webtest.Public)
	for _, path := range []string{"/research/kimmel-2023", "/research/impacts-of-overdose", "/research/release-2016-17", "/research?q=naloxone&kind=study", "/research?from=x", "/report", "/after"} {
		a := v.Get(p.Link(path))
		if a.Status != http.StatusOK && a.Status != http.StatusUnprocessableEntity {
			t.Fatalf("%s answers %d", path, a.Status)
		}
		root, err := html.Parse(strings.NewReader(a.Body))
		w.Must(err)
		word := regexp.MustCompile(`[A-Za-z]{3,}`)
		var walk func(*html.Node, bool)
		walk = func(n *html.Node, apart bool) {
			for _, at := range n.Attr {
				if at.Key == "lang" && n.Data != "html" {
					apart = at.Val == "en-GB"
				}
			}
			if n.Type == html.TextNode && !apart && n.Parent.Data != "title" && word.MatchString(n.Data) && !strings.Contains(n.Data, "Everykit") {
				t.Errorf("%s says in plain English %q", path, n.Data)
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c, apart)
			}
		}
		walk(root, false)
		for _, m := range regexp.MustCompile(`<a [^>]*href="(/[^"]*)"`).FindAllStringSubmatch(a.Body, -1) {
			to := m[1]
			file := strings.Contains(to, "/export.") || strings.Contains(to, "/item.") || strings.Contains(to, ".atom")
			if !strings.HasPrefix(to, "/xx") && !file && to != "/sign-in" && !strings.HasPrefix(to, "/research") && to != "/report" && to != "/after" {
				t.Errorf("%s leaves the language for %s", path, to)
			}
		}
	}
}
