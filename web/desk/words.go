package desk

import (
	"html/template"

	"everykit/language"
	"everykit/web/page"
)

// Words are those in which this visit is answered. Pages of staff are in English.
func (v *Visit) Words() *language.Words { return page.WordsOf(v.R) }

// T is a message in the language of the visit (package language).
func (v *Visit) T(key string, pairs ...any) string { return v.Words().T(key, pairs...) }

// HTML is T for messages with markup.
func (v *Visit) HTML(key string, pairs ...any) template.HTML {
	return page.Markup(v.Words(), key, pairs...)
}

// Link is an address of a public page in the language of the visit.
func (v *Visit) Link(path string) string { return v.Words().Link(path) }
