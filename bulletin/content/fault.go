package content

import (
	"math"
	"slices"

	"everykit/fault"
)

// beyond is where a float no longer holds whole numbers one by one; draw.Number writes nothing there.
const beyond = 1e15

// Fault looks for what would make a file wrong, and gives the first that it finds as fault.Refused, naming the place: a hidden
// or missing figure that has a number, a number that is none, tables out of their order, two of one key, a row that is
// wider than its table. Nothing may be written from a content that has one.
func (c *Content) Fault() error {
	keys := map[string]bool{}
	for i, t := range c.Tables() {
		switch {
		case t.Number != i+1:
			return wrong(t.Key, "the table %q has the number %d and is number %d in its order", t.Title, t.Number, i+1)
		case t.Key == "" || keys[t.Key]:
			return wrong(t.Key, "table %d has the key %q, which is empty or another table's", t.Number, t.Key)
		case len(t.Columns) == 0:
			return wrong(t.Key, "table %d has no columns", t.Number)
		}
		keys[t.Key] = true
		for n, r := range t.Rows {
			if len(r.Cells) > len(t.Columns) {
				return wrong(t.Key, "table %d, row %d has %d cells for %d columns", t.Number, n+1, len(r.Cells), len(t.Columns))
			}
			for i, cell := range r.Cells {
				switch {
				case cell.Number == nil:
				case cell.instead() != "":
					return wrong(t.Key, "table %d, row %d, %s is marked %s and has a number", t.Number, n+1, t.Columns[i].Label, cell.instead().Shown())
				case !known(cell.Number):
					return wrong(t.Key, "table %d, row %d, %s is no number that can be written", t.Number, n+1, t.Columns[i].Label)
				}
			}
		}
	}
	for _, f := range c.Figures {
		for _, v := range []*float64{f.Value, f.Numerator, f.Denominator, f.Low, f.High, f.Was} {
			switch {
			case v == nil:
			case slices.Contains(f.Marks, Suppressed) && v != f.Denominator && v != f.Was: // those two are public
				return wrong(f.ID, "the figure %s is marked %s and has a number", f.ID, Suppressed.Shown())
			case !known(v):
				return wrong(f.ID, "the figure %s is no number that can be written", f.ID)
			}
		}
	}
	return nil
}

func known(v *float64) bool { return math.Abs(*v) <= beyond }

func wrong(at, format string, args ...any) error {
	return fault.New(fault.Refused, format, args...).Hint("compose the bulletin again; if that does not mend it, it is a mistake of the program").At(at)
}
