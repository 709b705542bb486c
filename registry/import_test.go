package registry_test

import (
	"slices"
	"strings"
	"testing"

	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

func TestAFileGoesInTwiceAsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		// A successor and a parent may stand further on in the file; BOM, semicolons and other headers are fine.
		areas := "\ufeffName;GSS code;Type;Parent;Valid to;Successors\nOld town;T1;authority;R1;31/03/2019;T2 T3\nNew town;T2;authority;R1;;\nNewer town;T3;authority;R1;;\nThe region;R1;region;;;\n"
		if res := must(t, r, "areas", areas); res != (registry.Result{Rows: 4, New: 4}) {
			t.Errorf("first: %+v", res)
		}
		if res := must(t, r, "areas", areas); res != (registry.Result{Rows: 4, Same: 4}) {
			t.Errorf("again: %+v", res)
		}
		s := now(t, r)
		old := area(t, s, "t1")
		if old.Parent != area(t, s, "R1").ID || len(old.Successors) != 2 || old.ValidTo.String() != "2019-03-31" || old.MinDays != registry.DefaultMinDays {
			t.Errorf("%+v", old)
		}
		mixed := "code,name,kind,valid_to,successor\nZ1,Z,authority,2019-03-31,B1 a1\na1,A,authority,,\nB1,B,authority,,\n"
		must(t, r, "areas", mixed)
		if res := must(t, r, "areas", mixed); res.Same != 3 {
			t.Errorf("codes in small letters: %+v", res)
		}
		if res := must(t, r, "areas", strings.Replace(areas, "New town", "Newton", 1)); res != (registry.Result{Rows: 4, Changed: 1, Same: 3}) {
			t.Errorf("one changed: %+v", res)
		}
		if s.Area(area(t, s, "T2").ID).Name != "New town" {
			t.Error("a snapshot in hand has changed")
		}
		if a := area(t, now(t, r), "T2"); a.Name != "Newton" || a.ID != area(t, s, "T2").ID {
			t.Errorf("%+v", a)
		}
	})
}

func TestEveryFaultIsToldAndNothingIsStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		must(t, r, "areas", someAreas)
		must(t, r, "products", someProducts)
		for _, c := range []struct {
			kind, file string
			want       []string // each in one fault, in order
		}{
			{"areas", "code,name,kind,parent,valid_from,valid_to,lat,lon,successor\n" +
				"A1,One,authority,E9200001,,,,,\n" +
				"A2,Two,authority,A3,2019-04-01,2019-03-31,,,\n" +
				"A3,Three,authority,A2,,,91,200,\n" +
				"A4,,authority,,yesterday,,51.5,,A1\n" +
				"A1,Again,authority,,,,,,\n", []string{
				"2|parent|E9200001|unknown area E9200001: did you mean E92000001?",
				"3|valid_to|2019-03-31|it would end on 2019-03-31, before it began on 2019-04-01",
				"3|parent|A3|A2 would lie within itself",
				"4|lat|91|a latitude", "4|lon|200|a longitude", "4|parent|A2|A3 would lie within itself",
				"5|name||must be filled in", "5|valid_from|yesterday|", "5|lon||lat and lon go together", "5|valid_to||an area with a successor needs its last day",
				"6|code|A1|A1 stands in row 2 already",
			}},
			{"products", "code,name,form,route,doses_per_kit,gtin\n" +
				"a,A,tablet,im,5,5026468663362\n" +
				"vial,B,vial,im,0,12345\n" +
				"c,C,vial,im,1,05026468663361\n", []string{
				"2|form|tablet|", "2|gtin|5026468663362|the GTIN 5026468663362 has a wrong check digit",
				"3|doses_per_kit|0|", "3|code|vial|vial is the name of a form", "3|gtin|12345|",
				"4|gtin|05026468663361|another product has the GTIN",
			}},
			{"outlets", "code,name,kind,authority,channel,postcode,open,requires,gives,confirmed_on,closed_on,email,phone\n" +
				"O1,One,pharmacy,E0900002,community,NOWHERE,,,,,,,\n" +
				"O2,Two,farmacy,E09000002,comunity,,nine to five,referal,prenoxid,2020-02-30,,me,call me\n" +
				"O3,Three,pharmacy,E09000002,community,NOWHERE,,,,2020-05-02,2020-05-01,,\n" +
				",Four,pharmacy,E09000002,community,,,,,2199-01-01,,,\n", []string{
				"2|authority|E0900002|unknown area E0900002: did you mean E09000002?",
				"3|kind|farmacy|", "3|channel|comunity|", "3|requires|referal|", "3|confirmed_on|2020-02-30|", "3|gives|prenoxid|prenoxid is neither a product nor a form: did you mean prenoxad?",
				"3|open|nine to five|", "3|phone|call me|", "3|email|me|",
				"4|postcode|NOWHERE|", "4|closed_on|2020-05-01|it closed on 2020-05-01 but was confirmed later, on 2020-05-02",
				"5|code||must be filled in",
			}},
			{"estimates", "area,population,period,value,low,high,published_on,method,source\n" +
				"E09000002,opiates,2014/15,861,,,,m,s\n" +
				"E09000002,opiate_users,2014/16,-5,,,soon,m,s\n" +
				"E09000002,opiate_users,2014/15,861,900,800,,m,s\n" +
				"E09000002,opiate_users,2014/15,0,,,,m,s\n" +
				"E09000099,opiate_users,2014/15,many,,,,m,\n", []string{
				"2|population|opiates|", "3|period|2014/16|", "3|published_on|soon|",
				"4|low|900|", "4|high|800|", "5|value|0|0 cannot be an estimate",
				"6|value|many|", "6|source||must be filled in", "6|area|E09000099|unknown area E09000099",
			}},
		} {
			before := now(t, r).Version
			_, bad := take(t, r, c.kind, c.file, false)
			for _, want := range c.want {
				if !slices.ContainsFunc(bad, func(b string) bool { return strings.HasPrefix(b, want) }) {
					t.Errorf("%s: no fault %q", c.kind, want)
				}
			}
			if len(bad) != len(c.want) {
				t.Errorf("%s: %d faults, want %d:\n%s", c.kind, len(bad), len(c.want), strings.Join(bad, "\n"))
			}
			if now(t, r).Version != before {
				t.Errorf("%s: something was stored", c.kind)
			}
		}
		s := now(t, r)
		if len(s.Areas()) != 4 || len(s.Outlets()) != 0 || len(s.Products()) != 2 || len(s.Estimates()) != 0 {
			t.Error("a bad file left something behind")
		}
		if _, bad := take(t, r, "estimates", "area,population,period,value,method,source\nE09000002,opiate users,2014/15,861,m,s\n", false); len(bad) != 0 {
			t.Errorf("the next correct file: %q", bad)
		}
	})
}

func TestDryRunStoresNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		if res, bad := take(t, r, "areas", someAreas, true); res != (registry.Result{Rows: 4, New: 4}) || len(bad) != 0 {
			t.Errorf("%+v %q", res, bad)
		}
		if n := len(now(t, r).Areas()); n != 0 {
			t.Errorf("%d areas after a dry run", n)
		}
	})
}

func TestAPublishedEstimateDoesNotChange(t *testing.T) {
	r := open(t, storetest.SQLite(t, nil))
	must(t, r, "areas", someAreas)
	head := "area,population,period,value,published_on,method,source\n"
	must(t, r, "estimates", head+"E09000003 E09000002,opiate_users,2014/15,861,2017-09,m,s\n")
	if res := must(t, r, "estimates", head+"E09000002+E09000003,opiate_users,2014/15,861,2017-09,m,s\n"); res.Same != 1 {
		t.Errorf("the same areas in another order: %+v", res)
	}
	_, bad := take(t, r, "estimates", head+"E09000002;E09000003,opiate_users,2014/15,862,2017-09,m,s\n", false)
	if len(bad) != 1 || !strings.Contains(bad[0], "2|value|862|this estimate stands already, with value 861") {
		t.Errorf("%q", bad)
	}
	must(t, r, "estimates", head+"E09000002 E09000003,opiate_users,2014/15,862,2018-09,m,s\n")
	s := now(t, r)
	list := s.EstimatesFor(registry.OpiateUse, area(t, s, "E09000002").ID)
	if len(list) != 2 || list[0].Value != 862 || !list[0].IsGroup() {
		t.Fatalf("%+v", list)
	}
	if err := r.RemoveEstimate(ctx, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if list := now(t, r).EstimatesFor(registry.OpiateUse, area(t, s, "E09000003").ID); len(list) != 1 || list[0].Value != 861 {
		t.Errorf("%+v", list)
	}
	if err := r.RemoveEstimate(ctx, 99); err == nil {
		t.Error("an estimate that is not there was taken out")
	}
}

func TestAnOutletStaysInItsArea(t *testing.T) {
	r := open(t, storetest.SQLite(t, nil))
	must(t, r, "areas", someAreas)
	head := "code,name,kind,authority,channel\n"
	must(t, r, "outlets", head+"O1,One,pharmacy,E09000002,community\n")
	_, bad := take(t, r, "outlets", head+"o1,One,pharmacy,E09000003,community\n", false)
	if len(bad) != 1 || !strings.HasPrefix(bad[0], "2|authority|E09000003|O1 belongs to E09000002") {
		t.Errorf("%q", bad)
	}
}

func TestTemplatesImport(t *testing.T) {
	r := open(t, storetest.SQLite(t, nil))
	must(t, r, "areas", someAreas)
	for _, k := range registry.Kinds() {
		var b strings.Builder
		if err := k.Template(&b); err != nil {
			t.Fatal(err)
		}
		if res := must(t, r, k.Name, b.String()); res.Rows != 1 {
			t.Errorf("%s: %+v", k.Name, res)
		}
	}
	if _, err := r.Export(ctx, "sandwiches", table.NewWriter(&strings.Builder{}, "a")); err == nil {
		t.Error("an unknown kind was exported")
	}
}
