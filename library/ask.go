package library

import (
	"strings"

	"everykit/store"
)

// asked is a query that the index can answer: words to be found, and sets of tags of each of which one must be there.
type asked struct {
	terms []term
	tags  [][]string
}

func (q *Query) asked() asked {
	a := asked{terms: parseQuery(q.Words)}
	add := func(tags ...string) { a.tags = append(a.tags, tags) }
	if q.Topic.String() != "" {
		add(topicTag(q.Topic))
	}
	if q.Bears >= 1 && q.Bears <= recommendations {
		add(bearsTag(q.Bears))
	}
	if q.Kind != 0 {
		add(kindTag(q.Kind))
	}
	if q.Country != "" {
		add(countryTag(q.Country))
	}
	if q.From > 0 || q.To > 0 {
		to := q.To
		if to <= 0 {
			to = MaxYear
		}
		if add(yearTags(q.From, to)...); q.From > to {
			add("_") // nothing was published then
		}
	}
	return a
}

// text writes the question in the language of an engine. Words hold letters and digits and nothing that is an operator.
// With title they must stand in the title.
func (a asked) text(engine store.Engine, title bool) string {
	if engine == store.Postgres {
		return a.tsquery(title)
	}
	return a.fts(title)
}

func (a asked) fts(title bool) string {
	parts := make([]string, len(a.terms))
	for i, t := range a.terms {
		parts[i] = `"` + strings.Join(t.words, " ") + `"`
		if t.prefix {
			parts[i] += "*"
		}
		if title {
			parts[i] = "title : " + parts[i]
		}
	}
	for _, set := range a.tags {
		parts = append(parts, `tags : ("`+strings.Join(set, `" OR "`)+`")`)
	}
	return strings.Join(parts, " AND ")
}

func (a asked) tsquery(title bool) string {
	mark := ""
	if title {
		mark = "A"
	}
	parts := make([]string, len(a.terms))
	for i, t := range a.terms {
		quoted := make([]string, len(t.words))
		for j, w := range t.words {
			suffix := mark
			if t.prefix && j == len(t.words)-1 {
				suffix += "*"
			}
			if quoted[j] = "'" + w + "'"; suffix != "" {
				quoted[j] += ":" + suffix
			}
		}
		parts[i] = strings.Join(quoted, " <-> ")
	}
	for _, set := range a.tags {
		parts = append(parts, "('"+strings.Join(set, "' | '")+"')")
	}
	return strings.Join(parts, " & ")
}
