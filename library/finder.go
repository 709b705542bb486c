package library

import (
	"context"

	"everykit/fault"
	"everykit/staff"
)

// FindWith says who is asked by LookUp. It is called once, before the first request; a library that nobody has told asks nobody.
func (l *Library) FindWith(f Finder) { l.finder = f }

// CanLookUp reports whether LookUp asks anybody.
func (l *Library) CanLookUp() bool { return l.finder != nil }

// LookUp finds what is known elsewhere of a work, as Finder.Find has it. Unavailable, with the hint to type it in, where nobody is
// asked from here.
func (l *Library) LookUp(ctx context.Context, by staff.Person, number string) (*Item, error) {
	if err := mustKeep(by); err != nil {
		return nil, err
	}
	if l.finder == nil {
		if _, isDOI := ParseDOI(number); !isDOI {
			if _, isPMID := ParsePMID(number); !isPMID {
				return nil, fault.New(fault.Invalid, "this is neither a DOI nor a PubMed number").At("number").Hint("a DOI looks like 10.1111/add.15682, a PubMed number like 37713939")
			}
		}
		return nil, fault.New(fault.Unavailable, "nobody is asked from here").Hint("type in what you know; the rest can be added later")
	}
	return l.finder.Find(ctx, number)
}
