package library

import "strings"

// snippetWords is how long a snippet is.
const snippetWords = 36

// hit cuts the pieces of an item to show for a question.
func hit(it Item, terms []term) Hit {
	h := Hit{Item: it, Title: pieces(it.Title, terms, 0, len(it.Title))}
	best, most := "", -1
	for _, text := range []string{it.Summary, it.Evidence.Finding, it.Abstract} {
		if text == "" {
			continue
		}
		if n := distinct(tokens(text), terms); n > most {
			best, most = text, n
		}
	}
	h.Snippet = snippet(best, terms)
	return h
}

// distinct counts how many of the terms a text has.
func distinct(list []token, terms []term) int {
	n := 0
	for _, t := range terms {
		for _, w := range list {
			if t.matches(w.word) {
				n++
				break
			}
		}
	}
	return n
}

// snippet cuts the stretch of a text that has the most of the terms.
func snippet(text string, terms []term) []Piece {
	list := tokens(text)
	if len(list) == 0 {
		return nil
	}
	first := 0
	if len(list) > snippetWords {
		best := 0
		for at := 0; at+snippetWords <= len(list) && at < 2000; at += 6 {
			if n := distinct(list[at:at+snippetWords], terms); n > best {
				first, best = at, n
			}
		}
		for at := first; best > 0 && at < first+snippetWords; at++ {
			if distinct(list[at:at+1], terms) > 0 {
				first = max(0, min(at-8, len(list)-snippetWords)) // a few words before the first that was asked for
				break
			}
		}
	}
	last := min(first+snippetWords, len(list)) - 1
	from, to := list[first].from, list[last].to
	if first == 0 {
		from = 0
	}
	if last == len(list)-1 {
		to = len(text)
	}
	p := pieces(text, terms, from, to)
	if from > 0 {
		p = append([]Piece{{Text: "… "}}, p...)
	}
	if to < len(text) {
		p = append(p, Piece{Text: " …"})
	}
	return p
}

// pieces parts a stretch of a text at the words that were asked for.
func pieces(text string, terms []term, from, to int) []Piece {
	var list []Piece
	add := func(s string, hit bool) {
		if s = strings.ReplaceAll(s, "\n", " "); s != "" {
			list = append(list, Piece{s, hit})
		}
	}
	at := from
	for _, w := range tokens(text) {
		if w.from < at || w.to > to {
			continue
		}
		for _, t := range terms {
			if t.matches(w.word) {
				add(text[at:w.from], false)
				add(text[w.from:w.to], true)
				at = w.to
				break
			}
		}
	}
	add(text[at:to], false)
	return list
}
