package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"everykit/fault"
)

// Finder finds what is known elsewhere of a work, by its DOI or its PubMed number.
type Finder interface {
	// Find gives an item that is not stored. NotFound if nobody knows the number; Unavailable, with the hint to type it in,
	// if nobody could be asked; Invalid if it is neither a DOI nor a PubMed number.
	Find(ctx context.Context, number string) (*Item, error)
}

// Where Crossref and PubMed answer.
const (
	CrossrefAddress = "https://api.crossref.org"
	PubMedAddress   = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
)

// Web is a Finder that asks Crossref about DOIs and PubMed about its numbers. An empty address is never asked. Nothing but
// the number goes out.
type Web struct {
	Crossref string        // CrossrefAddress, or another that answers the same
	PubMed   string        // PubMedAddress, likewise
	Within   time.Duration // for one answer; nought: 5 s
	Client   *http.Client  // nil: one of its own
}

// mostAnswer bounds an answer, in bytes.
const mostAnswer = 8 << 20

// Find implements Finder.
func (w *Web) Find(ctx context.Context, number string) (*Item, error) {
	if pmid, ok := ParsePMID(number); ok {
		q := url.Values{"db": {"pubmed"}, "id": {pmid}, "retmode": {"xml"}}
		return w.ask(ctx, w.PubMed, "/efetch.fcgi?"+q.Encode(), "PubMed")
	}
	if doi, ok := ParseDOI(number); ok {
		return w.ask(ctx, w.Crossref, "/works/"+url.PathEscape(doi)+"/transform/application/vnd.citationstyles.csl+json", "Crossref")
	}
	return nil, fault.New(fault.Invalid, "this is neither a DOI nor a PubMed number").At("number").Hint("a DOI looks like 10.1111/add.15682, a PubMed number like 37713939")
}

// ask reads one answer and the item in it.
func (w *Web) ask(ctx context.Context, base, path, who string) (*Item, error) {
	away := func(err error) error {
		return fault.New(fault.Unavailable, "%s cannot be asked now", who).Hint("type in what you know; the rest can be added later").Because(err)
	}
	if base == "" {
		return nil, away(errors.New("no address is set"))
	}
	within := w.Within
	if within <= 0 {
		within = 5 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+path, nil)
	if err != nil {
		return nil, away(err)
	}
	req.Header.Set("User-Agent", "Everykit")
	client := w.Client
	if client == nil {
		client = http.DefaultClient
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, away(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, mostAnswer+1))
	unknown := fault.New(fault.NotFound, "%s knows no work with this number", who).Hint("check it, or type in what you know")
	switch {
	case res.StatusCode == http.StatusNotFound, who == "PubMed" && res.StatusCode == http.StatusBadRequest:
		return nil, unknown
	case res.StatusCode != http.StatusOK:
		return nil, away(fmt.Errorf("status %d", res.StatusCode))
	case err != nil:
		return nil, away(err)
	case len(body) > mostAnswer:
		return nil, away(errors.New("the answer is too long"))
	}
	r, err := Read(body)
	if err != nil || len(r.Records) == 0 {
		if who == "PubMed" && strings.Contains(string(body), "PubmedArticleSet") {
			return nil, unknown // an empty list
		}
		return nil, away(errors.Join(errors.New("the answer holds no record"), err))
	}
	it := r.Records[0].Item
	it.Key = ""
	return &it, nil
}
