package language

import (
	"slices"

	"golang.org/x/text/feature/plural"
	tags "golang.org/x/text/language"
)

// formNames are the plural forms of Unicode's rules (CLDR), in their order.
var formNames = []struct {
	name string
	form plural.Form
}{
	{"zero", plural.Zero}, {"one", plural.One}, {"two", plural.Two}, {"few", plural.Few}, {"many", plural.Many}, {"other", plural.Other},
}

// formOf is the form in which a language counts n.
func formOf(lang tags.Tag, n int64) plural.Form {
	if n < 0 {
		n = -n
	}
	// The rules look at no more than the last six digits, and at whether there are others.
	if n >= 10_000_000 {
		n = n%1_000_000 + 1_000_000
	}
	return plural.Cardinal.MatchPlural(lang, int(n), 0, 0, 0, 0)
}

// forms are those that a language needs to count whole numbers, found by counting.
func forms(lang tags.Tag) []plural.Form {
	var found []plural.Form
	note := func(n int64) {
		if f := formOf(lang, n); !slices.Contains(found, f) {
			found = append(found, f)
		}
	}
	for n := range int64(1000) {
		note(n)
	}
	note(1_000_000)
	if !slices.Contains(found, plural.Other) {
		found = append(found, plural.Other)
	}
	return found
}

func formName(f plural.Form) string {
	for _, x := range formNames {
		if x.form == f {
			return x.name
		}
	}
	return ""
}
