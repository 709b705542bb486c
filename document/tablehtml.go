package document

// table writes a table as the pages have theirs: in a region that scrolls where it is wider than the screen and can be
// reached by keyboard, with a caption and a head for each column and row.
func (m *markup) table(t Table) {
	if len(t.Rows) == 0 || len(t.Columns) == 0 {
		m.with(`<p class="nhsuk-table__caption ek-caption">`, t.Caption)
		m.with(`<p class="ek-empty">`, nothing)
		m.under(t)
		return
	}
	m.raw(`<div class="ek-scroll" role="region" tabindex="0" data-scroll aria-label="`)
	m.text(t.Caption)
	m.raw(`">`)
	m.raw(`<table class="nhsuk-table ek-table ek-table--fixed"`)
	if t.Key != "" {
		m.raw(` id="` + fragment(t.Key) + `"`)
	}
	m.raw(`>`)
	m.with(`<caption class="nhsuk-table__caption">`, t.Caption)
	m.raw(`<thead class="nhsuk-table__head"><tr class="nhsuk-table__row">`)
	for _, c := range t.Columns {
		m.with(`<th scope="col" class="nhsuk-table__header`+numeric(c, "nhsuk-table__header")+`">`, c.Label)
	}
	m.raw(`</tr></thead><tbody class="nhsuk-table__body">`)
	for _, r := range t.Rows {
		m.row(t, r)
	}
	m.raw(`</tbody></table></div>`)
	m.under(t)
}

// nothing is what stands in place of a table without rows.
const nothing = "Nothing to show."

func (m *markup) row(t Table, r Row) {
	class := "nhsuk-table__row"
	if r.Total {
		class += " ek-row--total"
	}
	m.raw(`<tr class="` + class + `">`)
	for i, c := range t.Columns {
		if i == 0 {
			m.with(`<th scope="row" class="nhsuk-table__header`+numeric(c, "nhsuk-table__header")+`">`, r.cell(i))
			continue
		}
		m.with(`<td class="nhsuk-table__cell`+numeric(c, "nhsuk-table__cell")+`">`, r.cell(i))
	}
	m.raw(`</tr>`)
}

func numeric(c Column, class string) string {
	if c.Numeric {
		return " " + class + "--numeric"
	}
	return ""
}

// under writes a table's notes and source.
func (m *markup) under(t Table) {
	for _, n := range t.Notes {
		m.note(n)
	}
	m.source(t.Source)
}
