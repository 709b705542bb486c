package scorecard_test

import (
	"strings"
	"testing"

	"everykit/measure"
	"everykit/scorecard"
	"everykit/support"
)

// A coverage that somebody published without its parts gives the verdict where none can be computed, and never takes the place of
// one that can.
func TestAPublishedCoverage(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("returns", `area,period,measure,value,source
E09000009,2016/17,coverage,6,a newspaper
E09000017,2016/17,coverage,3,a newspaper
E09000002,2016/17,coverage,7,a newspaper
`)
		w.take("answers", "round,authority,question,answer,state,source\n2016/17,E09000002,dispensed,58,,a reply\n")
		l := w.line("E09000009", "2016/17", 2)
		says(t, l, scorecard.Partly, "6 kits per 100 people, as it was published")
		if l.Value == nil || *l.Value != 6 || l.State != measure.Reported || !strings.Contains(l.Source, "a newspaper") {
			t.Errorf("%+v", l)
		}
		if g := w.gaps("E09000009", "2016/17")[support.LowCoverage]; g.Kits != nil || !strings.Contains(g.Close, "only the ratio was published") {
			t.Errorf("%+v", g)
		}
		l = w.line("E09000002", "2016/17", 2)
		says(t, l, scorecard.Partly, "6.7 kits per 100 people (58 / 861).")
		if l.State != measure.Reported {
			t.Errorf("%+v", l)
		}
	})
}

// Where an estimate is for two areas together, what one of them gave out is its own community kits: neither the other's nor
// those of its prison.
func TestKitsOfOneAreaOfAGroup(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("estimates", `area,population,period,value,low,high,published_on,method,source
E09000003 E09000004,opiate_use,2017/18,1000,,,2018-01,model,a study
`)
		w.take("returns", `area,period,measure,channel,value,source
E09000003,2017/18,dispensed,prison,30,a prison
E09000003,2017/18,dispensed,community,0,a reply
E09000004,2017/18,dispensed,community,50,a reply
`)
		says(t, w.line("E09000003", "2017/18", 1), scorecard.NotMet, "No kit was given out")
		says(t, w.line("E09000004", "2017/18", 1), scorecard.Met, "50 kits")
	})
}
