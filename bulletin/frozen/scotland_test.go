package frozen_test

import (
	"strings"
	"testing"

	"everykit/bulletin/frozen"
	"everykit/measure"
)

const scotland = "S92000003"

// What was published of Scotland, frozen as it was known when the second bulletin came out.
func TestScotland(t *testing.T) {
	var told string
	eachWorld(t, "2022-06-15", func(t *testing.T, w *world) {
		w.publishedReturns()
		w.take("estimates", `area,population,period,value,published_on,method,source
S92000003,opioid_deaths,2019,1100,2020-12,register,made up
S92000003,opioid_deaths,2020,1150,2021-07,register,made up
S92000003,opioid_deaths,2020,1192,2022-05,register,made up later
S92000003,opioid_deaths,2020/21,1111,2021-06,register,another year
`)
		s := w.freeze(scotland, "2021/22-Q2", "2022-03-31")
		q2, q1, q4 := "dispensed|S92000003|2021/22-Q2", "dispensed|S92000003|2021/22-Q1", "dispensed|S92000003|2020/21-Q4"
		for id, value := range map[string]string{
			q2: "7219", q2 + "|channel=community": "5640", q2 + "|channel=community|setting=non_drug_treatment": "1552",
			q2 + "|channel=community|setting=family": "1392", q2 + "|channel=prison": "399", q2 + "|channel=community_prescription": "862",
			q2 + "|channel=ambulance": "295", q2 + "|channel=not_attributed": "23",
			q1: "5363", q1 + "|channel=community": "4049", q1 + "|channel=prison": "391", q1 + "|channel=community_prescription": "752",
			q1 + "|channel=community|setting=non_drug_treatment": "357", q1 + "|channel=not_attributed": "13",
			"reach|S92000003|2021/22-Q2": "61.2", "reach|S92000003|2021/22-Q1": "59.3", "reach|S92000003|2020/21-Q4": "57.53",
			"dispensed|S92000003|2020/21": "",
		} {
			if value == "" {
				lacks(t, s, id)
				continue
			}
			says(t, s, id, "reported", value)
		}
		says(t, s, q1+"|channel=ambulance", "partial", "158")
		if f := s.Figure(q1 + "|channel=ambulance"); f == nil || f.Covers != "2/3" || s.Figure(q2).Covers != "" || s.Figure(q2+"|channel=ambulance").Covers != "" {
			t.Errorf("what the ambulance returns cover: %+v", f)
		}
		// Of the quarter before those only the community was published: that is no total.
		says(t, s, q4, "partial", "2985")
		says(t, s, q4+"|channel=community", "reported", "2985")
		says(t, s, q4+"|channel=prison", "not_provided", "")
		lacks(t, s, q4+"|channel=not_attributed", q2+"|channel=community|setting=drug_treatment", q2+"|channel=post", q2+"|channel=community|setting=not_attributed")
		if f := s.Figure("reach|S92000003|2021/22-Q2"); f.Numerator != nil || f.Denominator != nil {
			t.Errorf("the published ratio has parts: %+v", f)
		}
		for _, x := range []struct {
			id   string
			left float64
			n    int
		}{{q2, 23, 4}, {q1, 13, 4}, {q4, 0, 1}} {
			sum := s.SumOf(x.id)
			if sum == nil || sum.Remainder == nil || *sum.Remainder != x.left || len(sum.Parts) != x.n {
				t.Errorf("the parts of %s: %+v", x.id, sum)
			}
		}
		if s.SumOf(q2+"|channel=community") != nil {
			t.Error("one setting of several is taken for all")
		}
		if s.Kind != frozen.Quarterly || s.Area.Name != "Scotland" || len(s.Areas) != 14 || len(s.Silent) != 0 || len(s.Releases) != 0 || len(s.Notices) != 0 {
			t.Errorf("%s of %+v, %d areas, silent %v, %d releases", s.Kind, s.Area, len(s.Areas), s.Silent, len(s.Releases))
		}
		says(t, s, "dispensed|S08000015|2021/22-Q2", "not_asked", "")
		says(t, s, "kits_per_death|S92000003|2020/21", "reported", measure.Number(ptr(22366.0/1111)))
		says(t, s, "deaths|S92000003|2020/21", "reported", "1111")
		lacks(t, s, "deaths|S92000003|2020", "deaths|S92000003|2019")
		if len(s.Definitions) == 0 || len(s.Estimates) == 0 {
			t.Error("there are no definitions, or no estimates")
		}

		// As it was known when the first bulletin came out.
		first := w.freeze(scotland, "2021/22-Q1", "2021-12-31")
		says(t, first, "reach|S92000003|2021/22-Q1", "reported", "59.17")
		says(t, first, q1, "reported", "5363")
		lacks(t, first, q2, "reach|S92000003|2021/22-Q2")
		if _, err := w.tryFreeze(scotland, "2021/22-Q2", "2022-03-01"); err == nil || !strings.Contains(err.Error(), "nothing is known of Scotland in 2021/22-Q2") {
			t.Errorf("before it was published: %v", err)
		}

		annual := w.freeze(scotland, "2017/18", "")
		says(t, annual, "dispensed|S92000003|2017/18", "reported", "8555")
		says(t, annual, "dispensed|S92000003|2017/18|channel=not_attributed", "reported", "158")
		says(t, w.freeze(scotland, "2017/18", "2018-12-31"), "dispensed|S92000003|2017/18", "reported", "8397")

		body := encoded(t, s) + encoded(t, first) + encoded(t, annual)
		if told != "" && told != body {
			t.Error("the two engines differ")
		}
		told = body
		if again := w.freeze(scotland, "2021/22-Q2", "2022-03-31"); again.Hash() != s.Hash() || len(s.Hash()) != 64 || first.Hash() == s.Hash() {
			t.Error("frozen again it is another")
		}
	})
}

func ptr(v float64) *float64 { return &v }
