package draw

import (
	"strings"
	"unicode"
)

// shortLabels makes a label of two or three letters for each name, each its own
// as far as letters allow: "Har" for Hartlepool, "BaD" for Barking and Dagenham,
// "NEL" for North East Lincolnshire. Earlier names have first choice.
func shortLabels(names []string, taken map[string]bool) []string {
	labels := make([]string, len(names))
	for i, name := range names {
		tries := labelTries(name)
		for _, t := range tries {
			if !taken[t] {
				labels[i] = t
				break
			}
		}
		if labels[i] == "" && len(tries) > 0 {
			labels[i] = tries[0]
		}
		taken[labels[i]] = true
	}
	return labels
}

// labelTries are the labels a name may have, best first.
func labelTries(name string) []string {
	words := labelWords(name)
	var tries []string
	switch len(words) {
	case 0:
		return nil
	case 1:
	case 2:
		a, b := words[0], words[1]
		tries = append(tries, title(cut(a, 2))+title(b[:1]), title(a[:1])+title(cut(b, 2)))
	default:
		tries = append(tries, title(words[0][:1])+title(words[1][:1])+title(words[2][:1]))
	}
	a := words[0]
	tries = append(tries, title(cut(a, 3)))
	for i := 1; i < len(a); i++ { // its first letter with any two later ones, in order
		for j := i + 1; j < len(a); j++ {
			tries = append(tries, title([]rune{a[0], a[i], a[j]}))
		}
	}
	for _, w := range words[1:] {
		for _, r := range w {
			tries = append(tries, title(cut(a, 2))+title([]rune{r}))
		}
	}
	return tries
}

// labelWords are the words of a name that tell it from others.
func labelWords(name string) [][]rune {
	var words [][]rune
	parts := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' })
	for _, p := range parts {
		switch strings.ToLower(p) {
		case "and", "of", "the", "upon", "on", "in", "city", "county":
			continue
		}
		words = append(words, []rune(p))
	}
	if len(words) == 0 {
		for _, p := range parts {
			words = append(words, []rune(p))
		}
	}
	return words
}

func cut(r []rune, n int) []rune { return r[:min(n, len(r))] }

// title is the letters with the first in upper case and the rest in lower.
func title(r []rune) string {
	if len(r) == 0 {
		return ""
	}
	return string(unicode.ToUpper(r[0])) + strings.ToLower(string(r[1:]))
}
