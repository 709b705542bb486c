package library

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// keyShape is what a key looks like: at least two parts, so that the numbers other programs give their records are none.
var keyShape = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)+$`)

const mostKey = 80

// slug makes the key of a new item: the first author's family name and the year, or the beginning of the title.
func slug(it *Item) string {
	author := ascii(it.firstAuthor())
	if len(it.Authors) > 0 && it.Authors[0].Literal != "" {
		author = firstWords(author, 3) // a body has a long name
	}
	parts := strings.Join(strings.Fields(author), "-")
	if parts == "" {
		parts = strings.Join(strings.Fields(firstWords(ascii(fold(it.Title)), 6)), "-")
	}
	if len(parts) > mostKey-20 {
		parts = strings.Trim(parts[:mostKey-20], "-")
	}
	if parts == "" {
		parts = "item"
	}
	if it.Year != 0 {
		return fmt.Sprintf("%s-%d", parts, it.Year)
	}
	return parts + "-undated"
}

func firstWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(n, len(words))], " ")
}

// ascii leaves the letters an address can have without being escaped.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return -1
		}
		return r
	}, s)
}

// numbered is the n-th key of those that would be the same.
func numbered(key string, n int) string {
	if n < 2 {
		return key
	}
	return fmt.Sprintf("%s-%d", key, n)
}
