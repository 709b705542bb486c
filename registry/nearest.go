package registry

import (
	"fmt"
	"strings"

	"everykit/table"
)

// unknown says that a code stands for nothing here, and which one may have been meant.
func unknown(what, code string, known []string) string {
	if near := table.Nearest(strings.ToUpper(code), known); near != "" {
		return fmt.Sprintf("unknown %s %s: did you mean %s?", what, code, near)
	}
	return fmt.Sprintf("unknown %s %s", what, code)
}
