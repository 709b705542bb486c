package frozen

import (
	"slices"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
)

// neighbours notes what the bulletins of a nation and of its authorities tell of each other: the nation's number of anything is the
// sum of those of the authorities that have bulletins of their own, and of all the rest. Their numbers are taken as they were last
// kept.
func (t *taking) neighbours(b *table, earlier []disclosure.Release, periods []civil.Period) {
	last := map[string]int64{}
	var codes []string // of authorities with a bulletin of their own
	for i, r := range earlier {
		for _, c := range r.Cells {
			fields := strings.SplitN(c.ID, "|", 4)
			if len(fields) < 3 || fields[0] == "firsts" || fields[1] == t.area.Code {
				continue
			}
			last[c.ID] = c.Value
			if i >= len(t.data) && fields[1] != t.nation.Code && !c.Hidden && !slices.Contains(codes, fields[1]) {
				codes = append(codes, fields[1])
			}
		}
	}
	slices.Sort(codes)
	for _, c := range slices.Clone(b.Cells) {
		fields := strings.SplitN(c.ID, "|", 4)
		if len(fields) < 3 || fields[0] == "firsts" || fields[1] != t.area.Code || !slices.ContainsFunc(periods, func(p civil.Period) bool { return p.String() == fields[2] }) {
			continue
		}
		of := func(code string) string {
			return strings.Join(slices.Concat([]string{fields[0], code}, fields[2:]), "|")
		}
		take := func(code string) bool {
			v, there := last[of(code)]
			if there {
				b.put(disclosure.Cell{ID: of(code), Value: v, Hidden: true})
			}
			return there
		}
		var parts, names []string
		if t.local {
			if t.nation.ID == t.area.ID || !take(t.nation.Code) {
				continue
			}
			parts, names = []string{c.ID}, []string{t.area.Code}
		}
		for _, code := range codes {
			if take(code) {
				parts, names = append(parts, of(code)), append(names, code)
			}
		}
		if len(parts) > 0 {
			slices.Sort(names)
			whole := of(t.nation.Code)
			b.less("all but "+strings.Join(names, " ")+"|"+whole, whole, true, parts...)
		}
	}
}
