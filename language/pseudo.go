package language

import (
	"strings"

	"golang.org/x/text/feature/plural"
	tags "golang.org/x/text/language"
)

// accented are the letters of the pseudo-locale: none is a plain one, so that a plain letter on a page is one that no message
// wrote.
var accented = strings.NewReplacer(
	"a", "à", "b", "ƀ", "c", "ç", "d", "ð", "e", "é", "f", "ƒ", "g", "ĝ", "h", "ĥ", "i", "î", "j", "ĵ", "k", "ķ", "l", "ļ", "m", "ɱ",
	"n", "ñ", "o", "ö", "p", "þ", "q", "ǫ", "r", "ŕ", "s", "š", "t", "ţ", "u", "û", "v", "ṽ", "w", "ŵ", "x", "ẋ", "y", "ý", "z", "ž",
	"A", "À", "B", "Ɓ", "C", "Ç", "D", "Ð", "E", "É", "F", "Ƒ", "G", "Ĝ", "H", "Ĥ", "I", "Î", "J", "Ĵ", "K", "Ķ", "L", "Ļ", "M", "Ṁ",
	"N", "Ñ", "O", "Ö", "P", "Þ", "Q", "Ǫ", "R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Û", "V", "Ṽ", "W", "Ŵ", "X", "Ẋ", "Y", "Ý", "Z", "Ž",
)

// Brackets stand round each message of the pseudo-locale.
const (
	OpenBracket  = "⟦"
	CloseBracket = "⟧"
)

// Pseudo is a made-up language for tests: every letter with an accent, a third longer, between brackets. Its path is /xx.
func Pseudo() *Words {
	e := English()
	w := &Words{Tag: "en-XA", Name: pseudoText("English", false), Path: "/xx", rules: tags.BritishEnglish, messages: map[string]message{}}
	for key, m := range e.messages {
		if strings.HasPrefix(key, "numbers.") { // marks within numbers are no words
			continue
		}
		own := message{file: m.file, markup: m.markup, counts: m.counts, forms: map[plural.Form][]part{}}
		for f, t := range m.forms {
			own.forms[f] = pseudoParts(t, m.markup)
		}
		w.messages[key] = own
	}
	return w
}

func pseudoParts(t []part, markup bool) []part {
	list := make([]part, len(t))
	for i, p := range t {
		list[i] = p
		list[i].literal = pseudoText(p.literal, markup)
	}
	list[0].literal = OpenBracket + list[0].literal
	list[len(list)-1].literal += CloseBracket
	return list
}

// pseudoText changes words and leaves markup. A tag may be cut by a place within its attribute, so the state is kept by
// counting < and >.
func pseudoText(s string, markup bool) string {
	if !markup {
		return longer(s)
	}
	var b strings.Builder
	for s != "" {
		if inTag(s) { // the end of an element whose attribute was a place
			end := strings.Index(s, ">") + 1
			b.WriteString(s[:end])
			s = s[end:]
			continue
		}
		start := strings.IndexAny(s, "<&")
		if start < 0 {
			b.WriteString(longer(s))
			break
		}
		b.WriteString(longer(s[:start]))
		end := strings.IndexAny(s[start:], ">;")
		if end < 0 {
			b.WriteString(s[start:])
			break
		}
		b.WriteString(s[start : start+end+1])
		s = s[start+end+1:]
	}
	return b.String()
}

// inTag reports whether a text begins within an element: what closes one comes before what opens one.
func inTag(s string) bool {
	open, end := strings.Index(s, "<"), strings.Index(s, ">")
	return end >= 0 && (open < 0 || end < open)
}

// longer doubles vowels until a text is a third longer, and puts accents on all letters.
func longer(s string) string {
	letters := 0
	for _, r := range s {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			letters++
		}
	}
	more := (letters + 2) / 3
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
		if more > 0 && strings.ContainsRune("aeiou", r) {
			b.WriteRune(r)
			more--
		}
	}
	return accented.Replace(b.String())
}
