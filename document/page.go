package document

import (
	_ "embed"

	"everykit/draw"
)

//go:embed page.css
var pageCSS string

// policy lets a whole page load nothing, not even from its own folder.
const policy = `default-src 'none'; style-src 'unsafe-inline'`

// Page writes a whole page that needs nothing else, for printing and for files. It is not for serving beside the other
// pages, whose policy allows no style within the page: Body is.
func (d *Document) Page() []byte {
	var m markup
	m.raw(`<!doctype html>` + "\n" + `<html lang="`)
	m.text(d.language())
	m.raw(`"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="` + policy + `">`)
	m.raw(`<meta name="viewport" content="width=device-width, initial-scale=1">`)
	m.with(`<title>`, d.Title)
	m.raw("<style>\n" + draw.CSS + pageCSS + d.bannerCSS() + "</style></head>\n<body><main>\n")
	m.front(d)
	m.chapters(d, true)
	m.raw("</main></body></html>\n")
	return []byte(m.String())
}

// front writes what stands before the first chapter: title, facts about the document, contents.
func (m *markup) front(d *Document) {
	m.with(`<h1>`, d.Title)
	if d.Subtitle != "" {
		m.with(`<p class="doc-subtitle">`, d.Subtitle)
	}
	if len(d.Meta) > 0 {
		m.raw(`<dl class="doc-meta">`)
		for _, p := range d.Meta {
			m.raw(`<div>`)
			m.with(`<dt>`, p.Name)
			m.with(`<dd>`, p.Value)
			m.raw(`</div>`)
		}
		m.raw(`</dl>`)
	}
	if len(d.Chapters) > 1 {
		m.raw(`<nav aria-labelledby="doc-contents">`)
		m.with(`<h2 id="doc-contents">`, contents)
		m.raw(`<ol class="doc-contents">`)
		for _, c := range d.Chapters {
			m.raw(`<li><a href="#` + fragment(c.Key) + `">`)
			m.text(c.Title)
			m.raw(`</a></li>`)
		}
		m.raw("</ol></nav>\n")
	}
}

// contents is the heading of the list of chapters.
const contents = "Contents"
