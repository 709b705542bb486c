package library

import (
	"regexp"
	"strings"
	"unicode"
)

// Name is an author: a person with Family and Given, or a body or somebody with one name as Literal. No part holds a
// comma or a semicolon but a Literal, which may hold both.
type Name struct {
	Family  string `json:"f,omitempty"` // with particles: "van der Berg"
	Given   string `json:"g,omitempty"` // names or initials, as they were written
	Suffix  string `json:"s,omitempty"` // Jr, III
	Literal string `json:"l,omitempty"`
}

// String is "Family, Given, Suffix", or the literal.
func (n Name) String() string {
	switch {
	case n.Literal != "":
		return n.Literal
	case n.Suffix != "":
		return n.Family + ", " + n.Given + ", " + n.Suffix
	}
	return n.Family + ", " + n.Given
}

// tidy brings a name to the form that is kept. Somebody with one name only is a literal.
func (n Name) tidy() Name {
	part := func(s string) string {
		return line(strings.Map(func(r rune) rune {
			if r == ',' || r == ';' {
				return ' '
			}
			return r
		}, line(braces.Replace(s))))
	}
	n.Literal = strings.TrimRight(line(braces.Replace(n.Literal)), ",; ")
	for strings.Contains(n.Literal, ",,") { // how EndNote writes a comma in the name of a body
		n.Literal = strings.ReplaceAll(n.Literal, ",,", ",")
	}
	if n.Literal != "" {
		return Name{Literal: n.Literal}
	}
	n.Family, n.Given, n.Suffix = part(n.Family), part(n.Given), part(n.Suffix)
	if n.Suffix != "" && suffixes.MatchString(n.Given) && !suffixes.MatchString(n.Suffix) {
		n.Given, n.Suffix = n.Suffix, n.Given
	}
	if n.Family == "" || n.Given == "" {
		return Name{Literal: line(n.Given + " " + n.Family + " " + n.Suffix)}
	}
	return n
}

// braces part bodies from people in lists: a name has none of its own.
var braces = strings.NewReplacer("{", "(", "}", ")")

// suffixes are what may follow a second comma, or a family name.
var suffixes = regexp.MustCompile(`(?i)^(jr|sr|junior|senior|ii|iii|iv|v|2nd|3rd|4th|esq|md|phd)\.?$`)

// parseName reads a name as files write it: "Family, Given", "Family, Given, Jr", "Kimmel SD", "Kimmel, S.D.", "A body,".
func parseName(s string) Name {
	s = line(s)
	if body, ok := strings.CutSuffix(s, ","); ok {
		return Name{Literal: body}.tidy()
	}
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	switch {
	case len(parts) == 1:
		return withInitials(s)
	case len(parts) == 2:
		return Name{Family: parts[0], Given: parts[1]}.tidy()
	case len(parts) == 3 && suffixes.MatchString(parts[2]):
		return Name{Family: parts[0], Given: parts[1], Suffix: parts[2]}.tidy()
	case len(parts) == 3 && suffixes.MatchString(parts[1]):
		return Name{Family: parts[0], Given: parts[2], Suffix: parts[1]}.tidy()
	case parts[0] != "" && len(parts) > 2 && parts[1] == "": // "Department of Health,, England"
		return Name{Literal: s}.tidy()
	case len(parts) == 3:
		return Name{Family: parts[0], Given: parts[1], Suffix: parts[2]}.tidy()
	}
	return Name{Literal: s}.tidy()
}

// initials are "SD", "S.D.", "S-D", "MKB".
var initials = regexp.MustCompile(`^(?:\p{Lu}\.?-?){1,4}$`)

// withInitials reads a name without a comma: "Kimmel SD", "van der Berg J.", or a body.
func withInitials(s string) Name {
	words := strings.Fields(s)
	last := len(words) - 1
	suffix := ""
	if last >= 2 && suffixes.MatchString(words[last]) && initials.MatchString(words[last-1]) && !initials.MatchString(words[last]) {
		suffix, last = words[last], last-1
	}
	if last >= 1 && last <= 4 && initials.MatchString(words[last]) && !allUpper(words[:last]) {
		return Name{Family: strings.Join(words[:last], " "), Given: words[last], Suffix: suffix}.tidy()
	}
	return Name{Literal: s}.tidy()
}

// allUpper reports whether words are an abbreviation and no name: "NHS UK", "BMJ".
func allUpper(words []string) bool {
	for _, w := range words {
		if strings.ToUpper(w) != w {
			return false
		}
	}
	return true
}

var others = regexp.MustCompile(`(?i)^(?:and\s+|&\s*)?(?:et\.?\s+al\.?(?:ii)?|others|colleagues|et\s+coll\.?)$`)

// isOthers reports whether a name says only that there are more.
func isOthers(s string) bool { return others.MatchString(strings.Trim(strings.TrimSpace(s), ",;{}")) }

// addAuthor reads one more author of a file.
func (it *Item) addAuthor(s string) {
	s = line(s)
	switch {
	case s == "" || s == ",":
	case isOthers(s):
		it.EtAl = true
	default:
		for _, tail := range []string{" and others", ", et al.", ", et al", " et al.", " et al"} {
			if cut, ok := strings.CutSuffix(s, tail); ok {
				it.EtAl, s = true, cut
				break
			}
		}
		if n := parseName(s); n != (Name{}) {
			it.Authors = append(it.Authors, n)
		}
	}
}

// firstAuthor is the folded family name of the first author, or what a body is called.
func (it *Item) firstAuthor() string {
	if len(it.Authors) == 0 {
		return ""
	}
	n := it.Authors[0]
	return fold(n.Family + n.Literal)
}

// Initials gives the first letters of given names as a citation has them: "Simeon David" and "S.D." are SD, "Jean-Paul"
// is JP. Given names that are written as initials already are taken letter by letter.
func (n Name) Initials() string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(n.Given, func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == '-' || r == '\u2010' || r == '\u2011' }) {
		if len([]rune(w)) <= 4 && initials.MatchString(w) {
			b.WriteString(w)
			continue
		}
		for _, r := range w {
			if unicode.IsLetter(r) {
				b.WriteRune(unicode.ToUpper(r))
				break
			}
		}
	}
	return b.String()
}
