package frozen

import (
	"slices"

	"everykit/disclosure"
	"everykit/fault"
)

// rule is how small numbers are hidden.
var rule = disclosure.Rule{Threshold: disclosure.Threshold}

// table is a release in the making.
type table struct {
	disclosure.Release
	at map[string]int
}

func newTable() *table { return &table{at: map[string]int{}} }

// put adds a cell. What is put twice stays as it was first, but is shown if it is shown by either.
func (b *table) put(c disclosure.Cell) {
	if i, there := b.at[c.ID]; there {
		b.Cells[i].Hidden = b.Cells[i].Hidden && c.Hidden
		return
	}
	b.at[c.ID] = len(b.Cells)
	b.Cells = append(b.Cells, c)
}

func (b *table) value(id string) (int64, bool) {
	i, there := b.at[id]
	if !there {
		return 0, false
	}
	return b.Cells[i].Value, true
}

// sum notes that a cell is the sum of others, if all are there and it is: a relation that does not hold says nothing.
func (b *table) sum(total string, parts ...string) bool {
	whole, there := b.value(total)
	if !there || len(parts) == 0 {
		return false
	}
	for _, p := range parts {
		v, there := b.value(p)
		if !there {
			return false
		}
		whole -= v
	}
	if whole == 0 {
		b.Sums = append(b.Sums, disclosure.Sum{Total: total, Parts: parts})
	}
	return whole == 0
}

// less puts a cell that is a total less its parts, which anybody can work out where those are shown. Nought is not hidden: there
// is nobody it could tell on. It is not put where the total is less than its parts.
func (b *table) less(id, total string, hidden bool, parts ...string) {
	left, there := b.value(total)
	if !there {
		return
	}
	for _, p := range parts {
		v, there := b.value(p)
		if !there {
			return
		}
		left -= v
	}
	if left < 0 {
		return
	}
	b.put(disclosure.Cell{ID: id, Value: left, Keep: left == 0, Hidden: hidden && left != 0})
	b.sum(total, append([]string{id}, parts...)...)
}

// protect hides what must be hidden. refused is true where that cannot be done.
func (b *table) protect(earlier []disclosure.Release) (done disclosure.Release, refused bool, err error) {
	done, err = disclosure.Protect(b.Release, rule, connected(b.Cells, earlier)...)
	if fault.Is(err, fault.Refused) {
		return done, true, nil
	}
	return done, false, err
}

// dark is the release with nothing shown, for where nothing can be: its cells are kept, so that later ones are protected.
func (b *table) dark(earlier []disclosure.Release) disclosure.Release {
	all := make([]disclosure.Release, 0, len(earlier)+1)
	r := disclosure.Release{Rule: rule, Sums: []disclosure.Sum{}}
	gone := map[string]bool{}
	for _, c := range b.Cells {
		if c.Keep && !c.Hidden { // what is public anyway says nothing of what is not there
			gone[c.ID] = true
			continue
		}
		c.Hidden, c.Shown = true, 0
		r.Cells = append(r.Cells, c)
	}
	for _, s := range b.Sums {
		all := !gone[s.Total]
		for _, p := range s.Parts {
			all = all && !gone[p]
		}
		if all {
			r.Sums = append(r.Sums, s)
		}
	}
	all = append(append(all, earlier...), r)
	return Renumber(all)[len(all)-1]
}

// connected leaves out the releases that have no cell in common with some cells, nor with any release that has: they say nothing of
// them.
func connected(cells []disclosure.Cell, earlier []disclosure.Release) []disclosure.Release {
	known := map[string]bool{}
	take := func(list []disclosure.Cell) {
		for _, c := range list {
			known[c.ID] = true
		}
	}
	take(cells)
	in := make([]bool, len(earlier))
	for more := true; more; {
		more = false
		for i, r := range earlier {
			if !in[i] && slices.ContainsFunc(r.Cells, func(c disclosure.Cell) bool { return known[c.ID] }) {
				in[i], more = true, true
				take(r.Cells)
			}
		}
	}
	var list []disclosure.Release
	for i, r := range earlier {
		if in[i] {
			list = append(list, r)
		}
	}
	return list
}
