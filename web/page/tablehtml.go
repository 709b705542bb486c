package page

import (
	"html/template"
	"strings"

	"everykit/language"
)

// Markup writes the table as HTML; the "table" partial calls it.
func (t Table) Markup() template.HTML {
	var b strings.Builder
	b.Grow(512 + 160*len(t.Rows)*max(1, len(t.Columns)))
	if len(t.Rows) == 0 {
		t.writeEmpty(&b)
		return template.HTML(b.String()) // everything written is escaped
	}
	if t.Stack {
		t.writeTable(&b, " nhsuk-table--responsive", true)
	} else {
		b.WriteString(`<div class="ek-scroll" role="region" tabindex="0" data-scroll aria-label="`)
		b.WriteString(esc(t.Caption))
		b.WriteString(`">`)
		t.writeTable(&b, " ek-table--fixed", false)
		b.WriteString(`</div>`)
	}
	if t.Note != "" {
		b.WriteString(`<p class="ek-note">`)
		b.WriteString(esc(t.Note))
		b.WriteString(`</p>`)
	}
	if t.CSV != "" {
		b.WriteString(`<p class="ek-download"><a class="nhsuk-link" href="`)
		b.WriteString(esc(SafeHref(t.CSV)))
		b.WriteString(`">`)
		b.WriteString(esc(t.Words.T("shell.as-csv")))
		b.WriteString(`<span class="nhsuk-u-visually-hidden">: `)
		b.WriteString(esc(t.Caption))
		b.WriteString(`</span></a></p>`)
	}
	return template.HTML(b.String()) // everything written is escaped
}

func (t Table) writeEmpty(b *strings.Builder) {
	if t.Caption != "" && !t.Hide {
		b.WriteString(`<p class="nhsuk-table__caption ek-caption">`)
		b.WriteString(esc(t.Caption))
		b.WriteString(`</p>`)
	}
	b.WriteString(`<p class="ek-empty">`)
	if t.Empty != "" {
		b.WriteString(esc(t.Empty))
	} else {
		b.WriteString(esc(t.Words.T("shell.nothing-yet")))
	}
	b.WriteString(`</p>`)
}

// role gives the role that display:flex takes from an element of a table which is stacked on a small screen.
func role(stack bool, name string) string {
	if !stack {
		return ""
	}
	return ` role="` + name + `"`
}

func (t Table) writeTable(b *strings.Builder, class string, stack bool) {
	b.WriteString(`<table class="nhsuk-table ek-table` + class + `"` + role(stack, "table") + `>`)
	if t.Caption != "" {
		b.WriteString(`<caption class="nhsuk-table__caption`)
		if t.Hide {
			b.WriteString(` nhsuk-u-visually-hidden`)
		}
		b.WriteString(`">`)
		b.WriteString(esc(t.Caption))
		b.WriteString(`</caption>`)
	}
	b.WriteString(`<thead class="nhsuk-table__head"` + role(stack, "rowgroup") + `><tr class="nhsuk-table__row"` + role(stack, "row") + `>`)
	for _, c := range t.Columns {
		b.WriteString(`<th scope="col"` + role(stack, "columnheader") + ` class="nhsuk-table__header`)
		if c.Numeric {
			b.WriteString(` nhsuk-table__header--numeric`)
		}
		b.WriteString(`">`)
		c.writeLabel(b, t.Words)
		b.WriteString(`</th>`)
	}
	b.WriteString(`</tr></thead><tbody class="nhsuk-table__body"` + role(stack, "rowgroup") + `>`)
	for _, r := range t.Rows {
		t.writeRow(b, r, stack)
	}
	b.WriteString(`</tbody></table>`)
}

func (c Column) writeLabel(b *strings.Builder, words *language.Words) {
	if c.Definition == "" {
		b.WriteString(esc(c.Label))
		return
	}
	b.WriteString(`<a class="nhsuk-link" href="` + esc(words.Link("/definitions")) + `#`)
	b.WriteString(esc(c.Definition))
	b.WriteString(`">`)
	b.WriteString(esc(c.Label))
	b.WriteString(`</a>`)
}

func (t Table) writeRow(b *strings.Builder, r Row, stack bool) {
	b.WriteString(`<tr class="nhsuk-table__row`)
	if r.Total {
		b.WriteString(` ek-row--total`)
	}
	if r.Quiet || r.Struck {
		b.WriteString(` ek-row--quiet`)
	}
	if r.Struck {
		b.WriteString(` ek-row--struck`)
	}
	b.WriteString(`"` + role(stack, "row") + `>`)
	for i, c := range r.Cells {
		numeric := i < len(t.Columns) && t.Columns[i].Numeric
		element, class, roles := "td", "nhsuk-table__cell", role(stack, "cell")
		if i == 0 {
			element, class, roles = "th", "nhsuk-table__header", ` scope="row"`+role(stack, "rowheader")
		}
		b.WriteString("<" + element + roles + ` class="` + class)
		if numeric {
			b.WriteString(" " + class + "--numeric")
		}
		if c == (Cell{}) {
			b.WriteString(" ek-blank")
		}
		b.WriteString(`">`)
		if stack && i < len(t.Columns) {
			b.WriteString(`<span class="nhsuk-table__heading" aria-hidden="true">`)
			b.WriteString(esc(t.Columns[i].Label))
			b.WriteString(` </span><span>`)
			c.write(b)
			b.WriteString(`</span>`)
		} else {
			c.write(b)
		}
		b.WriteString("</" + element + ">")
	}
	b.WriteString(`</tr>`)
}
