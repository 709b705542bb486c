package registry_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"everykit/civil"
	"everykit/fault"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

func TestDeeds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		must(t, r, "areas", someAreas)
		must(t, r, "products", someProducts)
		barnet := area(t, now(t, r), "E09000003")
		o := registry.Outlet{
			Code: "O1", Name: " One ", Kind: registry.Pharmacy, Area: barnet.ID, Channel: registry.Community, Postcode: "n121aa",
			Requires: registry.RequiresOf(), Gives: []string{"nyxoid", "Prenoxad"},
		}
		if _, err := r.PutOutlet(ctx, o); err != nil {
			t.Fatal(err)
		}
		s := now(t, r) // what was written is seen at once
		got, ok := s.OutletByCode("o1")
		if !ok || got.Name != "One" || got.Postcode != "N12 1AA" || got.ClosedOn != civil.None || got.WalkIn != 0 || got.Requires != registry.NothingRequired ||
			strings.Join(got.Gives, " ") != "nyxoid prenoxad" {
			t.Fatalf("%+v", got)
		}
		if age, known := s.MinAge(got); age != 14 || !known {
			t.Errorf("youngest age %d, %v", age, known)
		}
		if list := s.OutletsOf(barnet.ID); len(list) != 1 || list[0] != got {
			t.Errorf("outlets of Barnet: %v", list)
		}

		day := civil.On(2026, time.November, 1)
		if err := r.CloseOutlet(ctx, got.ID, day); err != nil {
			t.Fatal(err)
		}
		if got := now(t, r).Outlet(got.ID); got.OpenOn(day) || !got.OpenOn(day-1) {
			t.Errorf("closed on %s", got.ClosedOn)
		}
		if err := r.CloseOutlet(ctx, 99, day); !fault.Is(err, fault.NotFound) {
			t.Errorf("closing what is not there: %v", err)
		}

		if err := r.SetMinDays(ctx, barnet.ID, 0); err != nil {
			t.Fatal(err)
		}
		must(t, r, "areas", someAreas) // a file does not touch the settings
		if a := now(t, r).Area(barnet.ID); a.MinDays != 0 {
			t.Errorf("%d days", a.MinDays)
		}
		if err := r.SetMinDays(ctx, barnet.ID, -1); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v", err)
		}
	})
}

func TestDeedsNameEachFieldThatIsWrong(t *testing.T) {
	r := open(t, storetest.SQLite(t, nil))
	must(t, r, "areas", someAreas)
	_, err := r.PutOutlet(ctx, registry.Outlet{Code: "O 1;", Area: 77, Email: "x@y", Lat: new(float64), Open: "later"})
	var fields []string
	for _, f := range fault.Of(err) {
		if f.Kind != fault.Invalid || f.Message == "" {
			t.Errorf("%+v", f)
		}
		fields = append(fields, f.Field)
	}
	if got := strings.Join(fields, " "); got != "authority code name kind channel lon open email" {
		t.Errorf("fields %q", got)
	}
	good := registry.Product{Code: "x", Name: "X", Form: registry.Vial, Route: registry.Intramuscular, DosesPerKit: 1}
	if _, err := r.PutProduct(ctx, good, registry.Product{Code: "y"}); err == nil || !strings.Contains(err.Error(), "y: ") {
		t.Errorf("%v", err)
	}
	if _, ok := now(t, r).FindProduct("x"); ok {
		t.Error("half of a deed was stored")
	}
	if _, err := r.PutEstimate(ctx, registry.Estimate{Population: registry.OpiateUse, Period: civil.Year(2016), Value: 5, Method: "m", Source: "s"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an estimate of nowhere: %v", err)
	}
	if _, err := r.PutArea(ctx, registry.Area{Code: "", Name: "x", Kind: "authority"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an area without a code: %v", err)
	}
}

func TestAnotherProcessIsSeenWithinASecond(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		here, there := open(t, db), registry.New(db)
		must(t, here, "areas", someAreas)
		if len(now(t, there).Areas()) != 4 {
			t.Fatal("not seen at the first look")
		}
		must(t, here, "areas", "code,name,kind\nX1,New,authority\n")
		if _, ok := now(t, here).AreaByCode("X1"); !ok {
			t.Error("its own write is not seen at once")
		}
		deadline := time.Now().Add(3 * time.Second)
		for {
			if _, ok := now(t, there).AreaByCode("X1"); ok {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("never seen by the other")
			}
			time.Sleep(20 * time.Millisecond)
		}
		// A writer that holds an old snapshot works with what is there, not with what it remembers.
		must(t, here, "areas", "code,name,kind\nX2,Newer,authority\n")
		must(t, there, "areas", "code,name,kind\nX3,Newest,authority\n")
		s := now(t, there)
		if area(t, s, "X2").ID == area(t, s, "X3").ID {
			t.Error("one id for two areas")
		}
	})
}

func TestManyWritersAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		must(t, r, "areas", someAreas)
		london := area(t, now(t, r), "E12000007").ID
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				own := registry.New(db) // as another process would be
				code := "W" + itoa(i)
				if _, err := own.PutArea(ctx, registry.Area{Code: code, Name: code, Kind: "authority", Parent: london}); err != nil {
					t.Error(err)
				}
				if s, err := own.Now(context.Background()); err != nil || len(s.Under(london)) == 0 {
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		if n := len(now(t, registry.New(db)).Under(london)); n != 14 {
			t.Errorf("%d areas, want 14", n)
		}
	})
}

func TestSnapshotWithinATransaction(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db)
		must(t, r, "areas", someAreas)
		err := db.Read(ctx, func(tx *store.Tx) error {
			s, err := r.In(ctx, tx)
			if err == nil && len(s.Areas()) != 4 {
				t.Errorf("%d areas", len(s.Areas()))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestFindProduct(t *testing.T) {
	r := open(t, storetest.SQLite(t, nil))
	must(t, r, "products", someProducts+"a1,Twins,vial,im,1,0359467679015,\na2,twins,vial,im,1,12345670,\n")
	s := now(t, r)
	for text, want := range map[string]string{
		"prenoxad": "prenoxad", " PRENOXAD ": "prenoxad", "Prenoxad 1 MG/ml": "prenoxad", "5026468663361": "prenoxad",
		"05026468663361": "prenoxad", "359467679015": "a1", "0359467679015": "a1", "00359467679015": "a1", "12345670": "a2", "00000012345670": "a2",
		"a1": "a1", "Twins": "", "": "", "5026468663362": "", "1": "", "nasal spray": "",
	} {
		p, ok := s.FindProduct(text)
		if ok != (want != "") || (ok && p.Code != want) {
			t.Errorf("%q finds %v", text, p)
		}
	}
	if p, _ := s.FindProduct("a1"); p.GTIN != "359467679015" {
		t.Errorf("GTIN %q", p.GTIN)
	}
	if s.Product(0) != nil || s.Product(-1) != nil || s.Product(99) != nil || s.Area(0) != nil || s.Outlet(1) != nil {
		t.Error("ids that stand for nothing give something")
	}
	must(t, r, "products", "code,name,form,route,doses_per_kit,gtin\na1,Twins,vial,im,1,12345670\na2,twins,vial,im,1,0359467679015\n")
	if p, _ := now(t, r).FindProduct("12345670"); p == nil || p.Code != "a1" {
		t.Errorf("after the two swapped their GTINs: %v", p)
	}
}

func BenchmarkLookup(b *testing.B) {
	r := open(b, storetest.SQLite(b, nil))
	must(b, r, "areas", someAreas)
	must(b, r, "products", someProducts)
	must(b, r, "outlets", "code,name,kind,authority,channel\nO1,One,pharmacy,E09000002,community\n")
	b.ReportAllocs()
	for b.Loop() {
		s, err := r.Now(ctx)
		if err != nil {
			b.Fatal(err)
		}
		if _, ok := s.OutletByCode("O1"); !ok {
			b.Fatal("no outlet")
		}
		if _, ok := s.FindProduct("prenoxad"); !ok {
			b.Fatal("no product")
		}
	}
}
