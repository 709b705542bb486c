package content

import "slices"

// Mark stands behind a figure, or in its place.
type Mark string

// The marks, as the Analysis Function has them.
const (
	Suppressed  Mark = "c" // in place of a small number, and of what would give it back
	Provisional Mark = "p" // part of the period is still missing
	Revised     Mark = "r" // differs from what an earlier edition said
	NotThere    Mark = "x" // not available
)

// order is how marks stand behind one another and in the list of what they mean: those in place of a number first.
var order = []Mark{Suppressed, NotThere, Provisional, Revised}

// Shown is the mark as it is printed: [c].
func (m Mark) Shown() string { return "[" + string(m) + "]" }

// Meaning says what a mark means, as the end of a sentence without its full stop; empty for one that is not known.
func (m Mark) Meaning() string {
	switch m {
	case Suppressed:
		return "hidden: the number is so small that it could tell something about a person, or it would give such a number away"
	case NotThere:
		return "not available: nobody has told us this figure, or it cannot be worked out"
	case Provisional:
		return "provisional: part of the figures for this period is still missing"
	case Revised:
		return "revised: the figure is not the same as in an earlier edition"
	}
	return ""
}

// Marks are those that stand in the tables, in the order in which they are explained.
func (c *Content) Marks() []Mark { return marksIn(c.Tables()) }

// Marks are those that stand in the table, in the order in which they are explained.
func (t *Table) Marks() []Mark { return marksIn([]*Table{t}) }

func marksIn(tables []*Table) (list []Mark) {
	there := map[Mark]bool{}
	for _, t := range tables {
		for _, r := range t.Rows {
			for _, cell := range r.Cells {
				for _, m := range cell.Marks {
					there[m] = true
				}
			}
		}
	}
	for _, m := range order {
		if there[m] {
			list = append(list, m)
		}
	}
	return list
}

// place is where a mark stands among others.
func (m Mark) place() int {
	if i := slices.Index(order, m); i >= 0 {
		return i
	}
	return len(order)
}
