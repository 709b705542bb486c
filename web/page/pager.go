package page

import (
	"net/url"
	"strconv"

	"everykit/language"
)

// Pager leads from one part of a long list to the next. Numbers are of pages, the first is 1. A list that is read by
// cursor has only Previous and Next.
type Pager struct {
	Label    string // what is paged: "Stock card"
	Previous string
	Next     string
	Items    []PagerItem
	Words    *language.Words // of a public page; nil is English
}

// PagerItem is one page number; a gap stands for those left out.
type PagerItem struct {
	Number int
	Href   string
	Here   bool
	Gap    bool
}

// Paginate makes a pager for page n of count pages at an address whose other parameters are kept. Where there is one page
// only, the pager is empty and draws nothing.
func Paginate(label string, n, count int, at *url.URL) Pager {
	p := Pager{Label: label}
	if count <= 1 {
		return p
	}
	href := func(i int) string {
		q := at.Query()
		q.Set("page", strconv.Itoa(i))
		return at.Path + "?" + q.Encode()
	}
	if n > 1 {
		p.Previous = href(n - 1)
	}
	if n < count {
		p.Next = href(n + 1)
	}
	gap := false
	for i := 1; i <= count; i++ {
		if i != 1 && i != count && (i < n-1 || i > n+1) {
			if !gap {
				p.Items = append(p.Items, PagerItem{Gap: true})
			}
			gap = true
			continue
		}
		gap = false
		p.Items = append(p.Items, PagerItem{Number: i, Href: href(i), Here: i == n})
	}
	return p
}
