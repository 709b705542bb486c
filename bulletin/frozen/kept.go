package frozen

import (
	"context"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/registry"
)

// kept is an earlier release, of an edition or of the open data, whose cells have the IDs of ours.
type kept struct {
	key     string
	release disclosure.Release
}

// Releases are kept under a name and the nation's code, so that the bulletins of a nation and of its authorities find each
// other's.
func toldKey(nation string) string     { return "told|" + nation }
func channelsKey(nation string) string { return "channels|" + nation }

// readKept reads what the open data have shown of whole years: of a nation, and of all its authorities, since what is hidden of one
// of them may hang on a number that is hidden of the nation.
func (t *taking) readKept(ctx context.Context) error {
	if t.Data == nil || t.nation.Kind != registry.Nation {
		return nil
	}
	list, err := t.Data.KeptSupplies(ctx, t.nation.Code)
	if err != nil {
		return err
	}
	for _, k := range list {
		rename := map[string]string{}
		var r disclosure.Release
		r.Rule = k.Release.Rule
		for _, c := range k.Release.Cells {
			code, name, _ := strings.Cut(c.ID, "|")
			area, whole := strings.CutSuffix(code, "+")
			rename[c.ID] = openID(area, k.Period.String(), name)
			if !whole && area == t.nation.Code {
				rename[c.ID] += "|here" // of outlets that serve all of it
			}
			c.ID = rename[c.ID]
			r.Cells = append(r.Cells, c)
		}
		for _, c := range k.Beside.Cells { // what bulletins had shown by then has our IDs
			rename[c.ID] = c.ID
			i := slices.IndexFunc(r.Cells, func(own disclosure.Cell) bool { return own.ID == c.ID })
			switch {
			case i < 0:
				r.Cells = append(r.Cells, c)
			case r.Cells[i].Value != c.Value: // an authority that took another's place is a row without it there
				for from, to := range rename {
					if to == c.ID && from != c.ID {
						rename[from] = to + "|alone"
					}
				}
				r.Cells[i].ID += "|alone"
				r.Cells = append(r.Cells, c)
			}
		}
		for _, s := range slices.Concat(k.Release.Sums, k.Beside.Sums) {
			if sum, ok := renamed(s, rename); ok && !(len(sum.Parts) == 1 && sum.Parts[0] == sum.Total) {
				r.Sums = append(r.Sums, sum)
			}
		}
		t.data = append(t.data, kept{toldKey(t.nation.Code), r})
	}
	return nil
}

func renamed(s disclosure.Sum, names map[string]string) (disclosure.Sum, bool) {
	out := disclosure.Sum{Total: names[s.Total]}
	for _, p := range s.Parts {
		if names[p] == "" {
			return out, false
		}
		out.Parts = append(out.Parts, names[p])
	}
	return out, out.Total != ""
}

// openID is our ID of a count of the open data, which name it "recipient/worker"; counts that no bulletin has keep a name of
// their own.
func openID(area, period, name string) string {
	about, word, _ := strings.Cut(name, "/")
	switch about {
	case "age_band":
		about = "age"
	case "all":
		return ID(Supplies, area, period) + "|told"
	case "first_at_risk":
		return firstsID(area, period)
	case "first_others":
		return firstsID(area, period) + "|others"
	case "at_risk_others":
		return firstsID(area, period) + "|at_risk"
	case "reasons":
		return ID(Supplies, area, period) + "|told=reason"
	case "reasons_besides":
		return ID(Supplies, area, period) + "|told=besides"
	}
	return ID(Supplies, area, period, Split{about, word})
}

// before lists all earlier releases of a key, those of the open data first, with their cells' revisions numbered through: the
// same count has the same number in all of them.
func (t *taking) before(key string) []disclosure.Release {
	var list []disclosure.Release
	for _, k := range t.data {
		if k.key == key {
			list = append(list, k.release)
		}
	}
	for _, s := range t.earlier {
		for i, k := range s.ReleaseKeys {
			if k == key && i < len(s.Releases) {
				list = append(list, s.Releases[i])
			}
		}
	}
	return Renumber(list)
}

// Renumber gives releases that were protected apart the revisions that they have together: see disclosure.Renumber.
func Renumber(list []disclosure.Release) []disclosure.Release { return disclosure.Renumber(list) }

// linked lists the financial years, with their quarters, of which both a year's number and a quarter's have been shown or are
// now: each year is the sum of its quarters, which anybody knows.
func (t *taking) linked(key string, now []civil.Period) []civil.Period {
	shown := union(now)
	for _, r := range t.before(key) {
		for _, c := range r.Cells {
			fields := strings.SplitN(c.ID, "|", 4)
			if len(fields) < 3 || c.Hidden {
				continue
			}
			if p, err := civil.ParsePeriod(fields[2]); err == nil && (isQuarter(p) || p.IsFinancialYear()) && !within(shown, p) {
				shown = append(shown, p)
			}
		}
	}
	var list []civil.Period
	for _, y := range shown {
		if !y.IsFinancialYear() || y.Last() > t.of.AsOf {
			continue
		}
		for _, q := range quarters(y) {
			if within(shown, q) {
				list = union(list, []civil.Period{y}, quarters(y))
				break
			}
		}
	}
	return list
}
