package library

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of a text as it is searched for, and where in the text it stands.
type token struct {
	word     string
	from, to int // bytes
}

// mostTokens bounds how much of one text is searched: more than any abstract has, and what PostgreSQL can place.
const mostTokens = 12_000

// tokens cuts a text into words. Letters and digits make a word, with the marks on them; an apostrophe within one is left
// out.
func tokens(s string) []token {
	var list []token
	from := -1
	end := func(at int) {
		if from >= 0 {
			for w := range strings.FieldsSeq(fold(s[from:at])) {
				if len(w) <= 100 {
					list = append(list, token{stem(w), from, at})
				}
			}
			from = -1
		}
	}
	for i, r := range s {
		if len(list) >= mostTokens {
			return list
		}
		word := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r) || ((r == '\'' || r == '’') && from >= 0)
		switch {
		case word && from < 0:
			from = i
		case !word:
			end(i)
		}
	}
	end(len(s))
	return list
}

// stem brings the plural of an English word to its singular (the rules of Harman, How effective is suffixing?, 1991), so
// that who looks for prison finds prisons. No more: a reader sees why a result is one.
func stem(w string) string {
	if len(w) < 4 || w[len(w)-1] != 's' || !isASCII(w) {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && !strings.HasSuffix(w, "eies") && !strings.HasSuffix(w, "aies"):
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "es") && !strings.HasSuffix(w, "aes") && !strings.HasSuffix(w, "ees") && !strings.HasSuffix(w, "oes"):
		return w[:len(w)-1]
	case strings.HasSuffix(w, "us"), strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "es"), strings.HasSuffix(w, "is"):
		return w
	}
	return w[:len(w)-1]
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// words are the tokens of a text, for FTS5: its tokenizer parts them at the spaces again.
func words(s string) string {
	list := tokens(s)
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.word
	}
	return strings.Join(parts, " ")
}

// searched is what of an item is searched, from what counts most to what counts least.
func (it *Item) searched() [4]string {
	var names []string
	for _, n := range it.Authors {
		names = append(names, n.Family+" "+n.Given+" "+n.Literal)
	}
	e := it.Evidence
	about := strings.Join([]string{it.Summary, e.Finding, topicsText(it.Topics)}, "\n")
	rest := strings.Join([]string{
		it.Journal, it.Publisher, it.Country, e.Design, e.Setting, e.N, it.Kind.String(), it.Key, it.DOI, it.PMID, it.Abstract,
	}, "\n")
	return [4]string{it.Title, strings.Join(names, "\n"), about, rest}
}
