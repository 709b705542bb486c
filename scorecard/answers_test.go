package scorecard_test

import (
	"strings"
	"testing"

	"everykit/measure"
	"everykit/scorecard"
	"everykit/support"
)

func TestWhatARoundSaysOfTheOtherLines(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("answers", `round,authority,question,answer,state,source
2017/18,E09000002,provides,yes,,letter
2017/18,E09000002,anyone,yes,,letter
2017/18,E09000002,requires,none,,letter
2017/18,E09000002,records_purchased,yes,,letter
2017/18,E09000002,records_dispensed,yes,,letter
2017/18,E09000002,monitors_expiry,yes,,letter
2017/18,E09000002,recalls,no,,letter
2017/18,E09000003,provides,yes,,letter
2017/18,E09000003,anyone,no,,letter
2017/18,E09000003,recipients,in_treatment; family_friends,,letter
2017/18,E09000003,requires,referral; assessment,,letter
2017/18,E09000003,records_purchased,yes,,letter
2017/18,E09000003,monitors_expiry,,not_held,letter
2017/18,E09000004,provides,yes,,letter
2017/18,E09000004,recipients,on_substitution,,letter
2017/18,E09000004,requires,,dont_know,letter
2017/18,E09000004,records_purchased,no,,letter
2017/18,E09000004,records_dispensed,no,,letter
2017/18,E09000004,monitors_expiry,no,,letter
`)
		c := w.card("E09000002", "2017/18")
		says(t, c.Lines[2], scorecard.Met, "Anyone")
		says(t, c.Lines[3], scorecard.Met, "nothing is asked for")
		says(t, c.Lines[4], scorecard.Met, "could not reach every outlet")
		c = w.card("E09000003", "2017/18")
		says(t, c.Lines[2], scorecard.Partly, "family and friends")
		says(t, c.Lines[3], scorecard.NotMet, "a referral and an assessment")
		says(t, c.Lines[4], scorecard.Partly, "Recorded or watched: kits bought.", "Not known of")
		c = w.card("E09000004", "2017/18")
		says(t, c.Lines[2], scorecard.NotMet, "Only people in treatment.")
		says(t, c.Lines[3], scorecard.NotKnown, "does not know")
		if c.Lines[3].State != measure.DontKnow {
			t.Errorf("%+v", c.Lines[3])
		}
		says(t, c.Lines[4], scorecard.NotMet, "Not: kits bought, kits given out and expiry.")
		if g := w.gaps("E09000003", "2017/18"); g[support.Requirements].Close == "" {
			t.Errorf("%+v", g)
		}
	})
}

// Scotland has no estimate of people who use opiates. The other population is named, never put silently in its place.
func TestScotlandsPeopleAreNamed(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("estimates", "area,population,period,value,method,source\nS08000015,problem_drug_users,2016/17,10000,made up,test\n")
		w.take("returns", "area,period,measure,value,source\nS08000015,2017/18,dispensed,2500,test\n")
		l := w.line("S08000015", "2017/18", 2)
		says(t, l, scorecard.Partly, "25.0 kits per 100 people (2,500 / 10,000).", "problem drug use")
		if !strings.Contains(l.Source, "People with problem drug use") {
			t.Errorf("%+v", l)
		}
	})
}

// An estimate for two areas together says nothing of one of them alone.
func TestAnEstimateForSeveralAreas(t *testing.T) {
	eachWorld(t, summer2018, func(t *testing.T, w *world) {
		w.take("estimates", "area,population,period,value,method,source\n\"E09000005, E09000006\",opiate_users,2014/15,400,made up,test\n")
		w.take("returns", "area,period,measure,value,source\nE09000005,2017/18,dispensed,0,test\nE09000006,2017/18,dispensed,40,test\n")
		brent := w.card("E09000005", "2017/18")
		says(t, brent.Lines[0], scorecard.NotMet, "No kit was given out")
		says(t, brent.Lines[1], scorecard.Partly, "10.0 kits per 100 people (40 / 400)", "Brent and Bromley together")
		g := w.gaps("E09000006", "2017/18")[support.LowCoverage]
		if g.Kits != nil || !strings.Contains(g.Close, "several areas together") || g.Weight != 0 {
			t.Errorf("%+v", g)
		}
		// What one answered is not put over the people of both.
		w.take("answers", "round,authority,question,answer,state,source\n2016/17,E09000005,dispensed,40,,letter\n2016/17,E09000005,provides,yes,,letter\n")
		l := w.line("E09000005", "2016/17", 2)
		says(t, l, scorecard.NotKnown)
		if l.Value != nil {
			t.Errorf("%+v", l)
		}
	})
}
