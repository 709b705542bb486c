package registry

import (
	"slices"
	"strings"

	"everykit/civil"
)

// mostLevels bounds the walk up from an area. Parents never go round in a circle (a write that would close one is
// refused), so this is only a belt.
const mostLevels = 32

// Ancestors lists the areas above one, the nearest first.
func (s *Snapshot) Ancestors(area int) []*Area {
	var list []*Area
	a := s.Area(area)
	for range mostLevels {
		if a == nil || a.Parent == 0 {
			break
		}
		if a = s.Area(a.Parent); a != nil {
			list = append(list, a)
		}
	}
	return list
}

// NationOf gives the nation an area lies in, itself if it is one; nil if none is known.
func (s *Snapshot) NationOf(area int) *Area {
	if a := s.Area(area); a != nil && a.Kind == Nation {
		return a
	}
	for _, a := range s.Ancestors(area) {
		if a.Kind == Nation {
			return a
		}
	}
	return nil
}

// Nations lists the nations, by code.
func (s *Snapshot) Nations() []*Area {
	return slices.DeleteFunc(s.Areas(), func(a *Area) bool { return a.Kind != Nation })
}

// Under lists every area below one, at any depth, by code.
func (s *Snapshot) Under(area int) []*Area {
	var list []*Area
	var walk func(id, level int)
	walk = func(id, level int) {
		for _, c := range s.children[id] {
			list = append(list, c)
			if level < mostLevels {
				walk(c.ID, level+1)
			}
		}
	}
	walk(area, 0)
	slices.SortFunc(list, byAreaCode)
	return list
}

// AuthoritiesOf lists the authorities of a nation or region that stood on a day, by code; of an authority, itself.
func (s *Snapshot) AuthoritiesOf(area int, day civil.Date) []*Area {
	all := s.Under(area)
	if a := s.Area(area); a != nil {
		all = append([]*Area{a}, all...)
	}
	return slices.DeleteFunc(all, func(a *Area) bool { return !a.IsAuthority() || !a.On(day) })
}

// AreasOn lists the areas of one kind ("authority", "health_board") that stood on a day, by code.
func (s *Snapshot) AreasOn(kind string, day civil.Date) []*Area {
	return slices.DeleteFunc(s.Areas(), func(a *Area) bool { return a.Kind != kind || !a.On(day) })
}

// SuccessorsOn gives the areas that stand on a day where one stood: itself while it stands, else whatever took its
// place, and theirs, by code. None if it ended without a successor or had not begun.
func (s *Snapshot) SuccessorsOn(area int, day civil.Date) []*Area {
	seen := map[int]bool{}
	var list []*Area
	var walk func(id int)
	walk = func(id int) {
		a := s.Area(id)
		if a == nil || seen[id] {
			return
		}
		seen[id] = true
		if a.On(day) {
			list = append(list, a)
			return
		}
		for _, next := range a.Successors {
			walk(next)
		}
	}
	walk(area)
	slices.SortFunc(list, byAreaCode)
	return list
}

func byAreaCode(a, b *Area) int { return strings.Compare(a.Code, b.Code) }
