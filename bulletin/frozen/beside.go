package frozen

import (
	"slices"
	"strings"

	"everykit/civil"
	"everykit/disclosure"
	"everykit/opendata"
)

// Beside gives what editions show or hide of the supplies of a nation in a financial year, for the open data, which publish that year
// and must not give away what a quarter's bulletin hides. list is the snapshots of all of them, oldest first.
func Beside(list []*Snapshot, nation string, year civil.Period) opendata.Others {
	var all []disclosure.Release
	for _, s := range list {
		for i, key := range s.ReleaseKeys {
			if key == toldKey(nation) && i < len(s.Releases) {
				all = append(all, s.Releases[i])
			}
		}
	}
	periods := append(quarters(year), year, year.Before())
	var of []disclosure.Cell // that say something of the year
	for _, r := range all {
		for _, c := range r.Cells {
			fields := strings.SplitN(c.ID, "|", 4)
			if len(fields) < 3 {
				continue
			}
			if slices.ContainsFunc(periods, func(p civil.Period) bool {
				return p.String() == fields[2] || fields[0] == "firsts" && p.To.String() == fields[2]
			}) {
				of = append(of, c)
			}
		}
	}
	return opendata.Others{
		Releases: Renumber(connected(of, all)),
		ID: func(area string, p civil.Period, about, word string) string {
			return openID(area, p.String(), about+"/"+word)
		},
		Ever: everID,
	}
}
