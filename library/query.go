package library

import (
	"strings"
)

// term is one thing asked for: a word, the beginning of one, or several words in a row.
type term struct {
	words  []string
	prefix bool // the last word may go on
}

// mostTerms bounds a question. Words after these are not looked at.
const mostTerms = 12

// parseQuery reads what somebody typed: words, "phrases in quotation marks", beginnings of words with a star. The last
// word may go on, as it may still be being typed. A word stands once.
func parseQuery(s string) []term {
	s = cut(s, 1000)
	var list []term
	seen := map[string]bool{}
	parts := strings.Split(strings.NewReplacer("“", `"`, "”", `"`).Replace(s), `"`)
	for i, part := range parts {
		quoted := i%2 == 1 && i < len(parts)-1 // one that is not ended is none
		if quoted {
			var t term
			for _, w := range tokens(part) {
				t.words = append(t.words, w.word)
			}
			if len(t.words) > 0 && len(t.words) <= mostTerms {
				list = append(list, t)
			}
			continue
		}
		for _, w := range tokens(part) {
			star := w.to < len(part) && part[w.to] == '*'
			if !seen[w.word] {
				seen[w.word] = true
				list = append(list, term{[]string{w.word}, star})
			}
		}
	}
	if len(list) > mostTerms {
		list = list[:mostTerms]
	}
	if last := len(list) - 1; last >= 0 && len(list[last].words) == 1 && endsInWord(s) && len(list[last].words[0]) > 2 {
		list[last].prefix = true
	}
	return list
}

// endsInWord reports whether the last word is not followed by anything.
func endsInWord(s string) bool {
	list := tokens(s)
	return len(list) > 0 && list[len(list)-1].to == len(s)
}

// matches reports whether a word is one that was asked for.
func (t term) matches(word string) bool {
	for i, w := range t.words {
		if word == w || (t.prefix && i == len(t.words)-1 && strings.HasPrefix(word, w)) {
			return true
		}
	}
	return false
}
