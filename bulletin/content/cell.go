package content

import (
	"slices"
	"strings"

	"everykit/draw"
)

// Cell is a word or a number. A cell with a mark "c" or "x" has no number.
type Cell struct {
	Text   string   `json:"text,omitempty"`   // where it is no number
	Number *float64 `json:"number,omitempty"` // unrounded
	Marks  []Mark   `json:"marks,omitempty"`
	Figure string   `json:"figure,omitempty"` // ID of the figure it shows; empty for a word, or a change between two
}

// Shown is a cell as people read it, with its marks: "1,234 [p]", "−3.5", "[c]". places is the column's. A cell that is
// hidden or not available is never shown with a number, not even if it has one.
func (c Cell) Shown(places int) string {
	return join(c.Value(places), c.Behind())
}

// Value is Shown without the marks that stand behind it: "1,234", "Fife", "[c]", or nothing.
func (c Cell) Value(places int) string {
	switch {
	case c.instead() != "":
		return c.instead().Shown()
	case c.Number != nil:
		return draw.Number(*c.Number, places)
	}
	return c.Text
}

// Plain is Value for files that machines read: a number has no commas between thousands, and the minus sign of keyboards.
func (c Cell) Plain(places int) string {
	if !c.HasNumber() {
		return c.Value(places)
	}
	return strings.ReplaceAll(strings.ReplaceAll(c.Value(places), ",", ""), "\u2212", "-")
}

// HasNumber says whether a number is shown.
func (c Cell) HasNumber() bool { return c.Number != nil && c.instead() == "" }

// Behind is the marks behind what a cell says, as they are printed: "[p] [r]".
func (c Cell) Behind() string {
	marks := slices.Clone(c.Marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return a.place() - b.place() })
	var said string
	for _, m := range slices.Compact(marks) {
		if m != c.instead() {
			said = join(said, m.Shown())
		}
	}
	return said
}

// instead is the mark that stands in place of a number, empty if none does.
func (c Cell) instead() Mark {
	for _, m := range []Mark{Suppressed, NotThere} {
		if slices.Contains(c.Marks, m) {
			return m
		}
	}
	return ""
}

func join(a, b string) string {
	return strings.TrimSpace(a + " " + b)
}
