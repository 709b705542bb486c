package document

import "html/template"

// Body writes the chapters as markup for a page that has its own frame: the first heading is of level 2, and the classes
// are those of the pages' stylesheet. Title and Meta are the page's matter.
func (d *Document) Body() template.HTML {
	var m markup
	m.chapters(d, false)
	return template.HTML(m.String()) // everything written is escaped, or markup of package draw
}

// chapters writes them all. With told, a picture's text alternative is written out under it, for paper.
func (m *markup) chapters(d *Document, told bool) {
	for _, c := range d.Chapters {
		m.with(`<h2 class="nhsuk-heading-l" id="`+fragment(c.Key)+`">`, c.Title)
		m.raw("\n")
		for _, b := range c.Blocks {
			m.blockOf(b, told)
			m.raw("\n")
		}
	}
}

func (m *markup) blockOf(b Block, told bool) {
	switch b := b.(type) {
	case Heading:
		m.with(`<h3 class="nhsuk-heading-m">`, b.Text)
	case Para:
		m.with(`<p>`, b.Text)
	case Points:
		m.points(b)
	case Table:
		m.table(b)
	case Picture:
		m.picture(b, told)
	case Markdown:
		m.raw(`<div class="ek-commentary">`)
		m.raw(markdownUnder(b.Source, 3))
		m.raw(`</div>`)
	}
}

func (m *markup) points(p Points) {
	if len(p.Items) == 0 {
		return
	}
	m.raw(`<ul class="nhsuk-list nhsuk-list--bullet">`)
	for _, item := range p.Items {
		m.with(`<li>`, item)
	}
	m.raw(`</ul>`)
}

// picture writes draw's figure; without one, its words.
func (m *markup) picture(p Picture, told bool) {
	if p.Markup == "" {
		m.with(`<p><strong>`, p.Title)
		m.raw(`</p>`)
		m.note(p.Subtitle)
		m.note(p.Alt)
		m.source(p.Source)
		return
	}
	m.raw(string(p.Markup))
	if told {
		m.note(p.Alt)
	}
}

func (m *markup) note(s string) {
	if s != "" {
		m.with(`<p class="ek-note">`, s)
	}
}

func (m *markup) source(s string) {
	if s != "" {
		m.note("Source: " + s)
	}
}
