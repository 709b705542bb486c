package findings

import (
	"slices"
	"strings"

	"everykit/draw"
)

// count writes a whole number with commas.
func count(n int) string { return draw.Number(float64(n), 0) }

// whole writes a number of kits or people that is a float.
func whole(v float64) string { return draw.Number(v, 0) }

// rate writes a ratio to one place, which is more than estimates bear and as much as is needed to tell two apart.
func rate(v float64) string { return draw.Number(v, 1) }

// plural picks the word for a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// many is a number with its word: "3 authorities".
func many(n int, one, more string) string { return count(n) + " " + plural(n, one, more) }

// capital makes a sentence begin with one.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// joined lists words: "a, b and c".
func joined(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// few is how many authorities are named in a sentence; more are in the table of authorities.
const few = 10

// named adds names to a sentence where they are few: ": Darlington and Torbay".
func named(names []string) string {
	if len(names) == 0 || len(names) > few {
		return ""
	}
	names = slices.Clone(names)
	slices.Sort(names)
	return ": " + joined(names)
}

// lowered lets words stand within a sentence.
func lowered(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// noneOr is a number within a sentence, nought as a word.
func noneOr(n int) string {
	if n == 0 {
		return "none"
	}
	return count(n)
}
