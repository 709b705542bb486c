package library_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/library"
)

const crossrefAnswer = `{"type":"journal-article","title":"A made-up paper: &amp; more","author":[{"given":"Ada","family":"Okoro","sequence":"first"},{"name":"A Group"}],
"issued":{"date-parts":[[2024,3]]},"container-title":"A Journal","DOI":"10.5555/A(B)C","abstract":"<jats:p>Background</jats:p><jats:p>Text.</jats:p>","ISSN":["1234"],"reference-count":3}`

const pubmedAnswer = `<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article><Journal><JournalIssue>
<PubDate><MedlineDate>2019 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>J</Title></Journal><ArticleTitle>Another.</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`

// What Crossref and PubMed answer becomes an item; what goes wrong says that typing is left.
func TestLookUp(t *testing.T) {
	asked := ""
	status, crossref, pubmed, wait := http.StatusOK, crossrefAnswer, pubmedAnswer, time.Duration(0)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.EscapedPath() + "?" + r.URL.RawQuery
		select {
		case <-time.After(wait):
		case <-r.Context().Done():
		}
		w.WriteHeader(status)
		if strings.Contains(r.URL.Path, "efetch") {
			w.Write([]byte(pubmed))
		} else {
			w.Write([]byte(crossref))
		}
	}))
	defer server.Close()
	web := &library.Web{Crossref: server.URL + "/", PubMed: server.URL, Within: 2 * time.Second}
	it, err := web.Find(t.Context(), "https://doi.org/10.5555/A(B)C")
	must(t, err)
	if asked != "/works/10.5555%2Fa%28b%29c/transform/application/vnd.citationstyles.csl+json?" {
		t.Error(asked)
	}
	if it.Title != "A made-up paper: & more" || len(it.Authors) != 2 || it.Authors[1].Literal != "A Group" || it.Year != 2024 || it.Abstract != "Background\nText." || it.DOI != "10.5555/a(b)c" {
		t.Errorf("%+v", it)
	}
	it, err = web.Find(t.Context(), "PMID: 123")
	must(t, err)
	if asked != "/efetch.fcgi?db=pubmed&id=123&retmode=xml" || it.Title != "Another" || it.Year != 2019 || it.PMID != "123" {
		t.Errorf("%s %+v", asked, it)
	}
	_, err = web.Find(t.Context(), "neither")
	kind(t, err, fault.Invalid)
	pubmed = "<PubmedArticleSet></PubmedArticleSet>"
	_, err = web.Find(t.Context(), "124")
	kind(t, err, fault.NotFound)
	away := func(why string) {
		t.Helper()
		_, err := web.Find(t.Context(), "10.5555/x")
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Unavailable || !strings.Contains(f.Next, "type in") {
			t.Errorf("%s: %v", why, err)
		}
	}
	crossref = "<html>not what was asked for</html>"
	away("nonsense")
	crossref = strings.Repeat(" ", 9<<20)
	away("too long")
	crossref, status = crossrefAnswer, http.StatusTooManyRequests
	away("busy")
	status = http.StatusNotFound
	_, err = web.Find(t.Context(), "10.5555/x")
	kind(t, err, fault.NotFound)
	status, wait, web.Within = http.StatusOK, time.Minute, 50*time.Millisecond
	began := time.Now()
	away("slow")
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("waited %v", took)
	}
	web.Crossref = ""
	away("switched off")
	web.Crossref = "http://127.0.0.1:1"
	away("no network")
}
