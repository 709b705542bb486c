package library

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
)

// cslTypes are the kinds as CSL has types. The kind itself stands under custom.
var cslTypes = map[Kind]string{ReportKind: "report", Guidance: "report", Statistics: "dataset", Essay: "document", Study: "document", Review: "document"}

type cslNameOut struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Suffix  string `json:"suffix,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDateOut struct {
	Parts [][]int `json:"date-parts"`
}

type cslOut struct {
	ID        string                       `json:"id"`
	Type      string                       `json:"type"`
	Title     string                       `json:"title"`
	Author    []cslNameOut                 `json:"author,omitempty"`
	Issued    *cslDateOut                  `json:"issued,omitempty"`
	Container string                       `json:"container-title,omitempty"`
	Publisher string                       `json:"publisher,omitempty"`
	Volume    string                       `json:"volume,omitempty"`
	Issue     string                       `json:"issue,omitempty"`
	Page      string                       `json:"page,omitempty"`
	DOI       string                       `json:"DOI,omitempty"`
	PMID      string                       `json:"PMID,omitempty"`
	URL       string                       `json:"URL,omitempty"`
	Abstract  string                       `json:"abstract,omitempty"`
	Keyword   string                       `json:"keyword,omitempty"`
	Custom    map[string]map[string]string `json:"custom,omitempty"`
}

// writeCSL writes an item as an object of CSL-JSON.
func writeCSL(b *strings.Builder, it *Item) error {
	o := cslOut{
		ID: it.Key, Type: cslTypes[it.Kind], Title: it.Title, Container: it.Journal, Publisher: it.Publisher, Volume: it.Volume, Issue: it.Issue,
		Page: it.Pages, DOI: it.DOI, PMID: it.PMID, URL: it.Link, Abstract: it.Abstract,
	}
	if it.Journal != "" {
		o.Type = "article-journal"
	}
	if o.ID == "" {
		o.ID = slug(it)
	}
	for _, n := range it.Authors {
		o.Author = append(o.Author, cslNameOut(n))
	}
	if it.EtAl {
		o.Author = append(o.Author, cslNameOut{Literal: "et al."})
	}
	if it.Year != 0 {
		o.Issued = &cslDateOut{[][]int{{it.Year}}}
	}
	o.Keyword = topicsText(it.Topics)
	ours := map[string]string{}
	for _, name := range extras {
		if text := it.extra(name); text != "" && name != "key" && name != "topics" {
			ours[name] = text
		}
	}
	if len(ours) > 0 {
		o.Custom = map[string]map[string]string{"everykit": ours}
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	return e.Encode(o)
}

// sorted walks a map by its keys.
func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
