package registry_test

import (
	"testing"
	"time"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

// builtIn gives a registry with what Everykit ships with.
func builtIn(t testing.TB, db *store.DB) *registry.Registry {
	t.Helper()
	r := open(t, db)
	if err := r.LoadBuiltIn(ctx); err != nil {
		t.Fatal(err)
	}
	return r
}

func area(t testing.TB, s *registry.Snapshot, code string) *registry.Area {
	t.Helper()
	a, ok := s.AreaByCode(code)
	if !ok {
		t.Fatalf("no area %s", code)
	}
	return a
}

func period(t testing.TB, s string) civil.Period {
	t.Helper()
	p, err := civil.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestBuiltInAreas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := now(t, builtIn(t, db))
		day := civil.On(2018, time.March, 31)
		for code, want := range map[string]int{"E92000001": 152, "S92000003": 14, "W92000004": 7, "N92000002": 0} {
			nation := area(t, s, code)
			all := s.AuthoritiesOf(nation.ID, day)
			if len(all) != want {
				t.Errorf("%s has %d authorities on %s, want %d", nation.Name, len(all), day, want)
			}
			for _, a := range all {
				if s.NationOf(a.ID) != nation || !a.IsAuthority() {
					t.Errorf("%s: nation %v", a.Name, s.NationOf(a.ID))
				}
				if code == "E92000001" && (a.Lat == nil || a.Lon == nil || s.Area(a.Parent).Kind != registry.Region) {
					t.Errorf("%s has no centroid or no region", a.Name)
				}
			}
		}
		if n := len(s.AreasOn("authority", civil.On(2023, time.April, 1))); n != 153 {
			t.Errorf("%d authorities on 1 April 2023, want 153", n)
		}
		if n := len(s.AuthoritiesOf(area(t, s, "S92000003").ID, civil.On(2024, time.January, 1))); n != 14 {
			t.Errorf("%d boards in 2024", n)
		}
		var codes []string
		for _, a := range s.SuccessorsOn(area(t, s, "E10000009").ID, civil.On(2024, time.January, 1)) {
			codes = append(codes, a.Code)
		}
		if len(codes) != 2 || codes[0] != "E06000058" || codes[1] != "E06000059" {
			t.Errorf("Dorset of 2017 became %v", codes)
		}
		if got := s.SuccessorsOn(area(t, s, "E10000009").ID, day); len(got) != 1 || got[0].Code != "E10000009" {
			t.Errorf("Dorset of 2017 was %v in 2018", got)
		}
		if got := s.Ancestors(area(t, s, "E09000002").ID); len(got) != 2 || got[0].Name != "London" || got[1].Name != "England" {
			t.Errorf("above Barking and Dagenham: %v", got)
		}
	})
}

func TestBuiltInEstimates(t *testing.T) {
	s := now(t, builtIn(t, storetest.SQLite(t, nil)))
	today := civil.On(2026, time.November, 23)
	grouped := 0
	for _, a := range s.AuthoritiesOf(area(t, s, "E92000001").ID, civil.On(2018, time.March, 31)) {
		for _, year := range []string{"2016", "2017", "2018"} {
			e, ok := s.Latest(registry.Residents15to64, a.ID, period(t, year), today)
			if !ok || e.Period.String() != year || e.Value < 1000 || e.Source == "" || e.Method == "" {
				t.Errorf("%s %s: %+v", a.Name, year, e)
			}
			if e.IsGroup() {
				grouped++
			}
		}
		e, ok := s.Latest(registry.OpiateUse, a.ID, period(t, "2025/26"), today)
		if ok != (a.Code == "E09000002") || (ok && (e.Value != 861 || e.Period.String() != "2014/15")) {
			t.Errorf("%s has an estimate of people who use opiates: %+v", a.Name, e)
		}
	}
	if grouped != 9 { // Bournemouth, Poole and Dorset, three years
		t.Errorf("%d residents of a group", grouped)
	}
	for _, e := range s.Estimates() {
		if len(s.EstimatesFor(e.Population, e.Areas[0])) == 0 {
			t.Errorf("%+v cannot be found", e)
		}
	}
}

func TestLatestIsWhatWasKnownThen(t *testing.T) {
	s := now(t, builtIn(t, storetest.SQLite(t, nil)))
	scotland, england := area(t, s, "S92000003").ID, area(t, s, "E92000001").ID
	for _, c := range []struct {
		population   registry.Population
		area         int
		period, asOf string
		value        float64
		of           string
	}{
		{registry.ProblemDrugUse, scotland, "2017/18", "2018-12-31", 61500, "2012/13"},
		{registry.ProblemDrugUse, scotland, "2017/18", "2019-03-30", 61500, "2012/13"}, // "March 2019" counts from its last day
		{registry.ProblemDrugUse, scotland, "2017/18", "2019-03-31", 57300, "2015/16"},
		{registry.ProblemDrugUse, scotland, "2020/21", "2026-11-23", 57300, "2015/16"},
		{registry.ProblemDrugUse, scotland, "2014/15", "2026-11-23", 61500, "2012/13"},
		{registry.ProblemDrugUse, scotland, "2009/10", "2026-11-23", 59600, "2009/10"},
		{registry.ProblemDrugUse, scotland, "2008/09", "2026-11-23", 0, ""},
		{registry.OpiateUse, scotland, "2020/21", "2026-11-23", 0, ""},
		{registry.OpiateUse, england, "2020/21", "2026-11-23", 0, ""},
		{registry.OpiateCrackUse, england, "2017/18", "2026-11-23", 324840, "2016/17"},
		{registry.OpiateCrackUse, england, "2017/18", "2023-10-23", 313971, "2016/17"},
		{registry.OpiateClients, england, "2017/18", "2026-11-23", 141189, "2017/18"},
		{registry.OpiateClients, england, "2016/17", "2026-11-23", 146536, "2016/17"},
		{registry.OpiateClients, england, "2017/18-Q3", "2026-11-23", 146536, "2016/17"},
	} {
		asOf, err := civil.ParseDate(c.asOf)
		if err != nil {
			t.Fatal(err)
		}
		e, ok := s.Latest(c.population, c.area, period(t, c.period), asOf)
		if ok != (c.of != "") || e.Value != c.value || (ok && e.Period.String() != c.of) {
			t.Errorf("%s %s as of %s: %v of %s, want %v of %s", c.population, c.period, c.asOf, e.Value, e.Period, c.value, c.of)
		}
	}
	deaths, ok := s.Latest(registry.OpioidDeaths, england, period(t, "2018"), civil.On(2026, time.January, 1))
	if !ok || !deaths.IsGroup() || len(deaths.Areas) != 2 || deaths.Value != 2208 {
		t.Errorf("deaths of England and Wales together: %+v", deaths)
	}
}

func TestLoadingTwiceChangesNothingAndUndoesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := builtIn(t, db)
		areas, products, estimates := give(t, r, "areas"), give(t, r, "products"), give(t, r, "estimates")
		version := now(t, r).Version
		if err := r.LoadBuiltIn(ctx); err != nil {
			t.Fatal(err)
		}
		if now(t, r).Version != version || give(t, r, "areas") != areas || give(t, r, "products") != products || give(t, r, "estimates") != estimates {
			t.Error("loading twice changed something")
		}
		if res := must(t, r, "estimates", estimates); res.Same != res.Rows || res.Rows < 500 {
			t.Errorf("its own export again: %+v", res)
		}
		must(t, r, "products", "code,name,form,route,doses_per_kit\nnyxoid,Nyxoid (twin pack),nasal_spray,intranasal,2\n")
		if err := r.LoadBuiltIn(ctx); err != nil {
			t.Fatal(err)
		}
		if p, ok := now(t, r).FindProduct("nyxoid"); !ok || p.Name != "Nyxoid (twin pack)" {
			t.Errorf("a correction was undone: %+v", p)
		}
	})
}
