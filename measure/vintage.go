package measure

import (
	"fmt"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/registry"
)

// fold counts the ledger of an area that did not stand on the day with the one area that did in its place, if that has a
// row: of one that had ended with its one successor, of one that had not begun with the area whose place it and others like
// it will take.
//
// What cannot be told apart is not: an area that several followed is not parted among them, one made of parts of several is
// not given to any, and one of which a return tells keeps its total. Such areas keep rows of their own. A return is carried
// over only where the two are one place under two codes.
func (s *scope) fold(snap *registry.Snapshot, returned map[int]bool, day civil.Date) {
	before := predecessors(snap)
	for _, a := range snap.Areas() {
		if a.On(day) || !a.IsAuthority() {
			continue
		}
		var into *registry.Area
		same := false
		if a.ValidTo != civil.None && a.ValidTo < day {
			if next := snap.SuccessorsOn(a.ID, day); len(next) == 1 {
				into, same = next[0], followsAlone(before, a.ID, next[0].ID)
			}
		} else {
			into, same = stoodBefore(snap, before, returned, a, day)
		}
		if into == nil || !s.has(into.ID) || returned[a.ID] && !same {
			continue
		}
		s.folded[into.ID] = append(s.folded[into.ID], a.ID)
		if same {
			s.sole[into.ID] = a.ID
		}
		s.rows = slices.DeleteFunc(s.rows, func(row *registry.Area) bool { return row.ID == a.ID })
	}
}

// predecessors lists for each area those whose place it took.
func predecessors(snap *registry.Snapshot) map[int][]int {
	before := map[int][]int{}
	for _, a := range snap.Areas() {
		for _, next := range a.Successors {
			before[next] = append(before[next], a.ID)
		}
	}
	return before
}

// followsAlone reports whether an area took the place of another and of no more.
func followsAlone(before map[int][]int, was, is int) bool {
	for range before {
		if len(before[is]) != 1 {
			return false
		}
		if is = before[is][0]; is == was {
			return true
		}
	}
	return false
}

// stoodBefore finds the area that stood on a day where one that had not begun lies, if it and all others that took that
// place lie there whole. same is true if it alone did.
func stoodBefore(snap *registry.Snapshot, before map[int][]int, returned map[int]bool, a *registry.Area, day civil.Date) (was *registry.Area, same bool) {
	same = true
	for range before {
		if len(before[a.ID]) != 1 {
			return nil, false
		}
		was = snap.Area(before[a.ID][0])
		for _, next := range was.Successors {
			if len(before[next]) != 1 || len(was.Successors) > 1 && returned[next] {
				return nil, false
			}
		}
		same = same && len(was.Successors) == 1
		if was.On(day) {
			return was, same
		}
		a = was
	}
	return nil, false
}

// includes says that an area's figure has the ledger of another in it.
func (s *scope) includes(other *registry.Area) string {
	if other.ValidTo != civil.None && other.ValidTo < s.day {
		return fmt.Sprintf("It includes the ledger of %s, whose place it took.", other.Name)
	}
	return fmt.Sprintf("It includes the ledger of %s, which took its place or a part of it.", other.Name)
}

// heir gives an area's returns. Where it is one place with an area that stood at another time, those of that one are among
// them, and say so, as far as it has none of its own for the period.
func (r *reading) heir(returns map[int]*returned, a *registry.Area) *returned {
	own := returns[a.ID]
	id, is := r.scope.sole[a.ID]
	other := returns[id]
	if !is || other == nil {
		return own
	}
	all := &returned{cells: map[string]map[registry.Channel]*Return{}}
	for p, cells := range other.cells {
		all.cells[p] = map[registry.Channel]*Return{}
		for c, t := range cells {
			of := *t
			of.Source = strings.TrimSuffix(fmt.Sprintf("of %s (%s), the same place; %s", r.snap.Area(id).Name, r.snap.Area(id).Code, t.Source), "; ")
			all.cells[p][c] = &of
		}
	}
	if own != nil {
		for p, cells := range own.cells {
			all.cells[p] = cells
		}
	}
	return all
}

// of says for which areas figures are, where it is not those of the period's own last day.
func (r *reading) areasAsOf() string {
	if r.vintage == r.period.Last() {
		return ""
	}
	return "areas as they stood on " + r.vintage.Words()
}
