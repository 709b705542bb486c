package disclosure

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"everykit/fault"
)

// Protect gives a release with hidden cells marked and shown ones rounded as the rule says. Earlier releases are those that
// Protect gave, oldest first, kept with their values; the cells of one id are the same count, perhaps revised.
//
// Where a small cell cannot be protected because of cells that must be kept or that earlier releases have shown, the error is
// fault.Refused and names it: then the earlier release must stand.
func Protect(r Release, rule Rule, earlier ...Release) (Release, error) {
	if err := r.check(); err != nil {
		return Release{}, err
	}
	if rule.Threshold < 0 || rule.Round < 0 {
		return Release{}, fault.New(fault.Invalid, "a threshold and a base for rounding are not below nought")
	}
	for _, e := range append([]Release{r}, earlier...) {
		if e.public {
			return Release{}, fault.New(fault.Invalid, "a release without the values of its hidden cells cannot be protected, and protects nothing").Hint("give the kept copy")
		}
	}
	out := r.clone()
	out.Rule, out.Given = rule, nil
	revise(&out, earlier)
	s := newSystem(&out, earlier)
	for i, v := range s.now {
		c := out.Cells[i]
		if c.Hidden || rule.Small(c.Value) && !c.Keep {
			s.vars[v].hidden = true
		}
	}
	var before *system
	var failed []int
	for _, v := range s.targets() {
		if s.vars[v].known() {
			out.Given = append(out.Given, s.vars[v].id)
			continue
		}
		if s.protect(v) {
			continue
		}
		if before == nil {
			before = newSystem(&Release{Rule: rule}, earlier)
		}
		if before.lost(s.vars[v].revision) {
			out.Given = append(out.Given, s.vars[v].id)
		} else if failed = append(failed, v); len(failed) == mostNamed {
			break
		}
	}
	if len(failed) > 0 {
		return Release{}, cannot(s, failed)
	}
	for i, v := range s.now {
		c := &out.Cells[i]
		c.Hidden = s.vars[v].hidden
		c.Shown = 0
		if !c.Hidden {
			c.Shown = rule.rounded(c.Value, c.Keep)
		}
	}
	out.divide()
	return out, nil
}

// mostNamed is how many cells that cannot be protected are looked for: one is enough to refuse.
const mostNamed = 3

// lost reports whether earlier releases alone give a cell away: then it is not the new one's doing.
func (s *system) lost(r revision) bool {
	i := slices.IndexFunc(s.vars, func(v variable) bool { return v.revision == r })
	return i >= 0 && !s.protect(i)
}

func cannot(s *system, failed []int) error {
	var names []string
	for _, v := range failed {
		if id := s.vars[v].id; !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	slices.Sort(names)
	return fault.New(fault.Refused, "what must be shown, or was shown before, would give small numbers away, such as: %s", strings.Join(names, "; ")).
		Hint("let the earlier release stand, or show less beside them")
}

// revise numbers the revisions of each cell: a value that an edition had before keeps its number.
func revise(r *Release, earlier []Release) {
	type had struct{ value, revision int64 }
	seen := map[string][]had{}
	for _, e := range earlier {
		for _, c := range e.Cells {
			seen[c.ID] = append(seen[c.ID], had{c.Value, int64(c.Revision)})
		}
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		c.Revision = 0
		for _, h := range seen[c.ID] {
			if h.value == c.Value {
				c.Revision = int(h.revision)
				break
			}
			c.Revision = max(c.Revision, int(h.revision)+1)
		}
	}
}

// divide fills in the ratios, from what is shown: a ratio of hidden counts is hidden.
func (r *Release) divide() {
	at := r.ByID()
	for i := range r.Ratios {
		q := &r.Ratios[i]
		of, by := at[q.Of], float64(at[q.By].Shown)
		if q.By == "" {
			by = q.Over
		}
		q.Hidden, q.Shown = of.Hidden || at[q.By].Hidden || by == 0, 0
		if !q.Hidden {
			q.Shown = roundTo(float64(of.Shown)/by*q.per(), q.Decimals)
		}
	}
}

func roundTo(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}

// targets are the small hidden cells of all releases, those that are hardest to move first.
func (s *system) targets() []int {
	var list []int
	for i := range s.vars {
		if v := &s.vars[i]; v.hidden && v.small {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(s.vars[b].in), len(s.vars[a].in)), cmp.Compare(s.vars[a].value, s.vars[b].value))
	})
	return list
}

// protect hides more until a cell can be anything that the mark stands for. It reports whether that could be done.
func (s *system) protect(v int) bool {
	x := &s.vars[v]
	least, most := s.rule.least(), s.rule.threshold()-1
	if x.low <= least && x.high >= most {
		return true // other tables that were found for other cells show it
	}
	up, down := most-x.value, x.value-least
	for _, hide := range []bool{false, true} {
		if c := s.circuit(v, up, down, hide); c != nil {
			s.use(c, up, down)
			return true
		}
	}
	return s.shift(v, most) && s.shift(v, least)
}
