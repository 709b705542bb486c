package table

import (
	"iter"
	"maps"
	"slices"
)

func nearest(word string, keys map[string]int) string { return nearestOf(word, maps.Keys(keys)) }

// Nearest finds the one of some known words that a mistyped word most likely stands for: the least edit distance, at
// most a third of the word and never more than 3, the first by the alphabet among equals; "" if none is near.
func Nearest(word string, known []string) string { return nearestOf(word, slices.Values(known)) }

func nearestOf(word string, keys iter.Seq[string]) string {
	limit := min(3, (len(word)+2)/3)
	best, found := limit+1, ""
	for key := range keys {
		d := distance(word, key)
		if d < best || (d == best && d <= limit && key < found) {
			best, found = d, key
		}
	}
	return found
}

// distance is the least number of letters put in, taken out or changed to make b of a (Levenshtein's).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			change := diagonal
			if x[i] != y[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}
