package disclosure

import (
	"slices"

	"everykit/fault"
)

// Mark is what is shown in place of a hidden number.
const Mark = "[c]"

// Threshold is the usual one: 1 to 4 are small.
const Threshold = 5

// Rule says what is hidden.
type Rule struct {
	Threshold  int64 // counts below it are small; 0 is Threshold
	HideNought bool  // 0 is hidden too. Without it 0 is shown, and is never hidden to protect another cell: it may be known that nobody can be there
	Round      int64 // shown counts are rounded to a multiple of it, each by itself (totals too), half up; 0 or 1: not at all. Cells to keep are not rounded
}

func (r Rule) threshold() int64 {
	if r.Threshold == 0 {
		return Threshold
	}
	return r.Threshold
}

// least is the least count that the mark may stand for.
func (r Rule) least() int64 {
	if r.HideNought {
		return 0
	}
	return 1
}

// Small reports whether a count is to be hidden for its own sake.
func (r Rule) Small(value int64) bool { return value >= r.least() && value < r.threshold() }

// rounded is a count as it is shown.
func (r Rule) rounded(value int64, keep bool) int64 {
	if r.Round < 2 || keep {
		return value
	}
	return (2*value + r.Round) / (2 * r.Round) * r.Round
}

// Cell is one count.
type Cell struct {
	ID       string // the same count has the same id in every table and edition
	Value    int64  // as counted, 0 or more. Kept copies have it of hidden cells too; Public takes it away
	Keep     bool   // is never hidden or rounded: what the public must see, such as an authority's own total
	Hidden   bool   // shown as Mark. Set before Protect: is hidden whatever it is
	Shown    int64  // what is shown where it is not hidden
	Revision int    // two editions of a cell with one revision have one value. Protect numbers them
}

// Sum says that one cell is the sum of others.
type Sum struct {
	Total string
	Parts []string
}

// Ratio is a number shown beside the counts: Of / By x Per, or Of / Over x Per where the denominator is known to anybody.
type Ratio struct {
	ID       string
	Of       string  // id of the cell over the line
	By       string  // id of the cell under it; empty: Over
	Over     float64 // above 0
	Per      float64 // 100 for per cent; 0 is 1
	Decimals int     // shown
	Hidden   bool
	Shown    float64
}

func (r Ratio) per() float64 {
	if r.Per == 0 {
		return 1
	}
	return r.Per
}

// Release is what is published at one time: the cells of one table or of several that share cells.
type Release struct {
	Cells  []Cell
	Sums   []Sum
	Ratios []Ratio
	Rule   Rule     // by which it was protected
	Given  []string // ids of small cells that earlier releases had given away already: nothing can take that back

	public bool // hidden values are gone
}

// Public is the release as anybody sees it: without the value of any hidden cell, and with rounded ones as shown.
func (r Release) Public() Release {
	r = r.clone()
	for i := range r.Cells {
		c := &r.Cells[i]
		if c.Hidden {
			c.Shown = 0
		}
		c.Value = c.Shown
	}
	for i := range r.Ratios {
		if r.Ratios[i].Hidden {
			r.Ratios[i].Shown = 0
		}
	}
	r.Given, r.public = nil, true
	return r
}

// ByID gives the cells by their ids.
func (r Release) ByID() map[string]Cell {
	m := make(map[string]Cell, len(r.Cells))
	for _, c := range r.Cells {
		m[c.ID] = c
	}
	return m
}

func (r Release) clone() Release {
	r.Cells, r.Ratios, r.Sums = slices.Clone(r.Cells), slices.Clone(r.Ratios), slices.Clone(r.Sums)
	return r
}

// check asks that ids are there once, counts are counts and sums add up: a wrong relation would protect nothing.
func (r Release) check() error {
	at := make(map[string]int64, len(r.Cells))
	for _, c := range r.Cells {
		if _, twice := at[c.ID]; twice || c.ID == "" {
			return fault.New(fault.Invalid, "cell %q is there twice, or has no name", c.ID)
		}
		if c.Value < 0 {
			return fault.New(fault.Invalid, "cell %q is %d: a count is not below nought", c.ID, c.Value)
		}
		at[c.ID] = c.Value
	}
	for _, s := range r.Sums {
		total, ok := at[s.Total]
		if !ok {
			return fault.New(fault.Invalid, "there is no cell %q, the total of a sum", s.Total)
		}
		var sum int64
		for _, p := range s.Parts {
			v, ok := at[p]
			if !ok {
				return fault.New(fault.Invalid, "there is no cell %q, a part of %q", p, s.Total)
			}
			sum += v
		}
		if sum != total {
			return fault.New(fault.Invalid, "the parts of %q come to %d, and it is %d", s.Total, sum, total).Hint("a total that is not the sum of its parts protects nothing: mend the table, or leave the relation out")
		}
	}
	for _, q := range r.Ratios {
		_, of := at[q.Of]
		_, by := at[q.By]
		if !of || (q.By != "" && !by) || (q.By == "" && q.Over <= 0) || q.Decimals < 0 {
			return fault.New(fault.Invalid, "ratio %q has no cell over the line, or nothing under it", q.ID)
		}
	}
	return nil
}

// SmallChanges names the cells whose count differs from the last of the earlier releases that has them by less than the
// threshold: what such an edition would tell is how few were added. Earlier ones are kept copies, oldest first.
func SmallChanges(r Release, rule Rule, earlier ...Release) []string {
	last := map[string]int64{}
	for _, e := range earlier {
		for _, c := range e.Cells {
			last[c.ID] = c.Value
		}
	}
	var list []string
	for _, c := range r.Cells {
		was, there := last[c.ID]
		if change := max(c.Value-was, was-c.Value); there && change != 0 && change < rule.threshold() {
			list = append(list, c.ID)
		}
	}
	return list
}
