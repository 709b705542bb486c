package compose

import (
	"fmt"
	"slices"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/disclosure"
)

// undone tries to work out hidden cells from what is shown in this edition and in earlier ones. What could be found from the
// earlier ones alone is not told: it is published, and nothing takes it back.
func (k *checking) undone() {
	for i, release := range k.snap.Releases {
		name := ""
		if i < len(k.snap.ReleaseKeys) {
			name = k.snap.ReleaseKeys[i]
		}
		kept := k.keptReleases(name)
		var earlier []disclosure.Release // as anybody saw them
		for _, r := range frozen.Renumber(append(slices.Clone(kept), release)) {
			earlier = append(earlier, r.Public())
		}
		now := earlier[len(kept)]
		earlier = earlier[:len(kept)]
		known := map[string]disclosure.Exposure{}
		for _, e := range disclosure.Attack(earlier...) {
			known[e.Cell] = e
		}
		var seen []string
		for _, e := range disclosure.Attack(append(slices.Clone(earlier), now)...) {
			if !e.Pinned() && !hiddenForItself(e.Cell, release, kept...) {
				continue // a large number that was hidden for another's sake: its mark never promised more than that it is not known exactly
			}
			was, before := known[e.Cell]
			if before && was.Low == e.Low && was.High == e.High || slices.Contains(release.Given, e.Cell) || slices.Contains(seen, e.Cell) {
				continue
			}
			seen = append(seen, e.Cell)
			k.must(Finding{
				Key: "undone:" + e.Cell, What: "A hidden number can be worked out from what is shown: " + k.cellName(e.Cell) + ".", Where: e.Cell,
				Hint: "freeze the figures again, which hides more; where an earlier edition gives it away, let that edition stand and publish no correction of these figures",
			})
		}
	}
}

// hiddenForItself reports whether a cell is hidden for its own sake in the newest release that has it.
func hiddenForItself(cell string, release disclosure.Release, earlier ...disclosure.Release) bool {
	for _, r := range append([]disclosure.Release{release}, reversed(earlier)...) {
		if c, there := r.ByID()[cell]; there {
			return r.Rule.Small(c.Value)
		}
	}
	return true // of something that nobody kept, the worst is supposed
}

func reversed(list []disclosure.Release) []disclosure.Release {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// keptReleases are those of one name in published editions, oldest first.
func (k *checking) keptReleases(name string) []disclosure.Release {
	var list []disclosure.Release
	if name == "" {
		return nil
	}
	for _, e := range k.in.Earlier {
		if e.Snapshot == nil {
			continue
		}
		for i, r := range e.Snapshot.Releases {
			if i < len(e.Snapshot.ReleaseKeys) && e.Snapshot.ReleaseKeys[i] == name {
				list = append(list, r)
			}
		}
	}
	return list
}

// cellName names a hidden cell without its number.
func (k *checking) cellName(id string) string {
	if f := k.figures[id]; f != nil {
		return k.figureName(f) + ", " + k.name(f.Area) + ", " + periodWords(f.Period)
	}
	return id
}

// standing looks for a hidden number that stands somewhere anyway: in a figure, or in a cell of a table that shows it.
func (k *checking) standing() {
	secret := map[string]bool{}
	for _, r := range k.snap.Releases {
		for _, c := range r.Cells {
			if c.Hidden {
				secret[c.ID] = true
			}
		}
	}
	for i := range k.snap.Figures {
		f := &k.snap.Figures[i]
		if hidden(f) {
			secret[f.ID] = true
		}
		if secret[f.ID] && (f.Value != nil || f.Numerator != nil) {
			k.bare(f.ID, "the frozen figures")
		}
	}
	for i := range k.c.Figures {
		f := &k.c.Figures[i]
		if secret[f.ID] && (f.Value != nil || f.Numerator != nil || f.Low != nil || f.High != nil) {
			k.bare(f.ID, "the list of figures")
		}
	}
	for _, t := range k.c.Tables() {
		for n, r := range t.Rows {
			for _, c := range r.Cells {
				if secret[c.Figure] && (c.HasNumber() || c.Text != "") {
					k.bare(c.Figure, fmt.Sprintf("table %d, row %d", t.Number, n+1))
				}
				if c.Number != nil && slices.Contains(c.Marks, content.Suppressed) {
					k.bare(t.Key, fmt.Sprintf("table %d, row %d", t.Number, n+1))
				}
			}
		}
	}
}

func (k *checking) bare(id, where string) {
	f := Finding{
		Key: "hidden:" + id + ":" + where, What: "A number that must be hidden stands in " + where + ": " + k.cellName(id) + ".", Where: where,
		Hint: "freeze the figures again; if that does not mend it, it is a mistake of the program",
	}
	if !slices.ContainsFunc(k.found, func(x Finding) bool { return x.Key == f.Key }) {
		k.must(f)
	}
}
