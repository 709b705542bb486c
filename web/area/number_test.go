package area

import (
	"strconv"
	"testing"

	"everykit/web/page"
)

func itoa(n int) string { return strconv.Itoa(n) }

func number(n int) string { return page.Number(int64(n)) }

// atoi reads a cell; an empty one is not known, and adds nothing.
func atoi(t *testing.T, s string) int {
	t.Helper()
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
