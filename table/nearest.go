package table

// Nearest finds the one of some known words that a mistyped word most likely stands for: the fewest letters put in,
// taken out, changed or swapped, at most a third of the word and never more than 3; the first by the alphabet among
// equals; "" if none is near.
func Nearest(word string, known []string) string {
	limit := min(3, (len(word)+2)/3) + 1
	best, found := limit, ""
	for _, k := range known {
		if d := len(k) - len(word); d > best || -d > best {
			continue
		}
		if d := steps(word, k, best+1); d < best || (d == best && d < limit && k < found) {
			best, found = d, k
		}
	}
	return found
}

// steps counts single-letter changes from a to b, neighbours swapped counting as one (optimal string alignment). It
// gives up, with limit, when they are as many.
func steps(a, b string, limit int) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := row[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			next[j] = min(change, row[j]+1, next[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least >= limit {
			return limit
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
