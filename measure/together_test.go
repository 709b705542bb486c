package measure_test

import (
	"testing"

	"everykit/measure"
)

// Where one area's latest estimate is for it and another together, and the other has a later one of its own, the pooled ratio
// takes no kits and no people twice.
func TestEstimatesThatOverlap(t *testing.T) {
	w := newWorldOnce(t)
	w.take(t, "estimates", `area,population,period,value,published_on,method,source
E09000003 E09000004,opiate_use,2015/16,1000,2017-01,model,a study
E09000004,opiate_use,2016/17,400,2018-01,model,a study
E09000005,opiate_use,2016/17,100,2018-01,model,a study
`)
	w.take(t, "returns", `area,period,measure,value,source
E09000003,2017/18,dispensed,30,a reply
E09000004,2017/18,dispensed,50,a reply
E09000005,2017/18,dispensed,10,a reply
`)
	says(t, w.figure(t, measure.Coverage, "2017/18", "E09000003", ""), measure.Reported, "8")
	pool := w.row(t, measure.Pooled, measure.Coverage, "2017/18", "E92000001", "")
	says(t, pool, measure.Partial, "12") // 60 of 500; not 140 of 1,500
	holds(t, pool, "Barnet is not in it")
	if pool.With != 2 {
		t.Errorf("the pool is of %d", pool.With)
	}
}

// A coverage that was published for a quarter is not that of the year which ends with it.
func TestAQuartersRatioIsNotTheYears(t *testing.T) {
	w := newWorldOnce(t)
	w.take(t, "returns", "area,period,measure,value,source\nE09000003,2017/18-Q4,coverage,2,a paper\n")
	says(t, w.figure(t, measure.Coverage, "2017/18", "E09000003", ""), measure.NotAsked, "")
}

// A return that says nothing of the total for the very period hides neither an earlier total nor what the ledger counted, and
// makes no nought of them.
func TestReachWhereAReturnIsSilent(t *testing.T) {
	w := newWorldOnce(t)
	w.supplied(t)
	w.take(t, "returns", `area,period,measure,value,state,source
E09000002,2017/18,first_supplies_cumulative,,not_held,letter
`)
	says(t, w.figure(t, measure.Reach, "2017/18", "E09000002", ""), measure.Counted, Number(100*2/861.0))
	w.take(t, "returns", "area,period,measure,value,source\nE09000002,2016/17,first_supplies_cumulative,100,letter\n")
	says(t, w.figure(t, measure.Reach, "2017/18", "E09000002", ""), measure.Reported, Number(100*102/861.0))
}

// A return that does not know its total, and does know its community kits, has a coverage.
func TestCommunityKitsWithoutATotal(t *testing.T) {
	w := newWorldOnce(t)
	w.take(t, "returns", `area,period,measure,channel,value,state,source
E09000002,2016/17,dispensed,,,not_held,letter
E09000002,2016/17,dispensed,community,58,,letter
E09000002,2016/17,dispensed,prison,9,,letter
`)
	says(t, w.figure(t, measure.Coverage, "2016/17", "E09000002", ""), measure.Reported, Number(100*58/861.0))
	says(t, w.figure(t, measure.Dispensed, "2016/17", "E09000002", ""), measure.NotHeld, "")
}
