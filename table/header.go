package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"everykit/fault"
)

const (
	namedHeaders = 10   // how many unknown headers an error names
	mostColumns  = 1000 // of a file; empty ones at the end do not count
)

// headerKey brings a header to the form that is compared: folded, without a "*" for "needed" and without a unit or
// remark in brackets at its end, so "Unit price (£) *" is unit_price.
func headerKey(s string) string {
	for {
		s = strings.TrimRight(strings.TrimSpace(s), "*: ")
		end := strings.IndexAny(s[max(0, len(s)-1):], ")]")
		if end < 0 {
			return Fold(s)
		}
		start := strings.LastIndexAny(s, "([")
		if start <= 0 {
			return Fold(s)
		}
		s = s[:start]
	}
}

// keys maps every header understood to its column. A name goes before an alias of another column.
func (k Kind) keys() map[string]int {
	keys := map[string]int{}
	for i, c := range k.Columns {
		for _, a := range c.Aliases {
			keys[headerKey(a)] = i
		}
	}
	for i, c := range k.Columns {
		keys[headerKey(c.Name)] = i
	}
	return keys
}

// known counts the headers the kind understands.
func (k Kind) known(headers []string) int {
	keys, n := k.keys(), 0
	for _, h := range headers {
		if _, ok := keys[headerKey(tidy(h))]; ok {
			n++
		}
	}
	return n
}

// match finds for each column of the file the column of the kind, -1 for one with an empty header. All that is wrong
// with the headers is told in one error.
func (k Kind) match(file string, row int, headers []string) ([]int, error) {
	for len(headers) > 0 && tidy(headers[len(headers)-1]) == "" {
		headers = headers[:len(headers)-1]
	}
	if len(headers) > mostColumns {
		return nil, fault.New(fault.Invalid, "%s has more than %d columns", file, mostColumns).Hint("%s", k.templateHint())
	}
	keys := k.keys()
	where := make([]int, len(headers))
	first := map[int]string{}
	var unknown, twice []string
	for i, h := range headers {
		h = tidy(h)
		where[i] = -1
		if h == "" {
			continue
		}
		at, ok := keys[headerKey(h)]
		if !ok {
			unknown = append(unknown, h)
			continue
		}
		if before, ok := first[at]; ok {
			twice = append(twice, sameHeader(before, h, k.Columns[at].Name))
			continue
		}
		first[at], where[i] = h, at
	}
	var missing []string
	for i, c := range k.Columns {
		if _, ok := first[i]; c.Need && !ok {
			missing = append(missing, c.Name)
		}
	}
	if len(unknown)+len(twice)+len(missing) == 0 && len(first) > 0 {
		return where, nil
	}
	if len(first) == 0 {
		return nil, fault.New(fault.Invalid, "%s: row %d should be the header of %s, but no column of that kind is in it; it begins %q",
			file, row, k.Name, cut(strings.Join(nonEmpty(headers), ", "))).
			Hint("the header must be the first row: delete title rows above it, or check the kind of file; %s", k.templateHint())
	}
	var said []string
	if len(unknown) > 0 {
		said = append(said, k.unknownHeaders(unknown, keys))
	}
	if len(missing) > 0 {
		said = append(said, "these headers are missing: "+strings.Join(missing, ", "))
	}
	said = append(said, twice[:min(len(twice), namedHeaders)]...)
	return nil, fault.New(fault.Invalid, "%s: %s", file, strings.Join(said, "; ")).Hint("%s", k.templateHint())
}

func (k Kind) templateHint() string {
	return fmt.Sprintf("see everykit template %s for the headers", k.Name)
}

func sameHeader(a, b, name string) string {
	if headerKey(a) == headerKey(b) {
		return fmt.Sprintf("the header %s is there twice", name)
	}
	return fmt.Sprintf("the headers %q and %q both mean %s", cut(a), cut(b), name)
}

// unknownHeaders names them, each with the known one it is nearest to if that is near enough to be a slip.
func (k Kind) unknownHeaders(unknown []string, keys map[string]int) string {
	said := make([]string, 0, len(unknown))
	for _, h := range unknown[:min(len(unknown), namedHeaders)] {
		s := fmt.Sprintf("%q", cut(h))
		if key := Nearest(headerKey(cut(h)), slices.Collect(maps.Keys(keys))); key != "" {
			s += fmt.Sprintf(" (do you mean %s?)", k.Columns[keys[key]].Name)
		}
		said = append(said, s)
	}
	if more := len(unknown) - namedHeaders; more > 0 {
		said = append(said, fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%s has no column %s", k.Name, strings.Join(said, ", "))
}

func nonEmpty(cells []string) []string {
	var full []string
	for _, c := range cells {
		if c = tidy(c); c != "" {
			full = append(full, c)
		}
	}
	return full
}
