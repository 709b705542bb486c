package expiry

import (
	"strconv"
	"strings"
)

// number writes a number of kits.
func number(n int) string { return strconv.Itoa(n) }

// kits is "1 kit", "2 kits".
func kits(n int) string { return count(n, "kit", "kits") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// list joins names: "a, b and c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
