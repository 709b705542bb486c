package registry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"everykit/civil"
	"everykit/registry"
	"everykit/store"
	"everykit/store/storetest"
)

// TestWhatGoesOutGoesInAgain makes random registries on one engine, carries each to the other by its files, and back.
func TestWhatGoesOutGoesInAgain(t *testing.T) {
	lite, pg := storetest.SQLite(t, nil), storetest.Postgres(t, nil)
	open(t, lite)
	open(t, pg)
	rapid.Check(t, func(rt *rapid.T) {
		a := fresh(t, lite)
		fill(rt, t, a)
		b := fresh(t, pg)
		files := carry(rt, t, a, b)
		c := fresh(t, lite)
		again := carry(rt, t, b, c)
		if d := difference(now(t, a), now(t, c)); d != "" {
			rt.Fatalf("what came back is another registry: %s", d)
		}
		for kind, text := range files {
			if again[kind] != text {
				rt.Fatalf("%s went out as\n%s\nand then as\n%s", kind, text, again[kind])
			}
			if res := must(t, c, kind, text); res.Same != res.Rows {
				rt.Fatalf("%s again changed something: %+v", kind, res)
			}
		}
	})
}

// difference compares all that two registries hold, but for the numbers of estimates.
func difference(a, b *registry.Snapshot) string {
	opts := cmp.Options{
		cmpopts.IgnoreFields(registry.Estimate{}, "ID"), cmpopts.EquateEmpty(),
		cmp.Comparer(func(x, y civil.Period) bool { return x.String() == y.String() }),
	}
	return cmp.Diff(a.Areas(), b.Areas(), opts) + cmp.Diff(a.Products(), b.Products(), opts) +
		cmp.Diff(a.Outlets(), b.Outlets(), opts) + cmp.Diff(a.Estimates(), b.Estimates(), opts)
}

// carry exports everything from one registry into an empty one.
func carry(rt *rapid.T, t *testing.T, from, to *registry.Registry) map[string]string {
	files := map[string]string{}
	for _, k := range registry.Kinds() {
		text := give(t, from, k.Name)
		res, bad := take(t, to, k.Name, text, false)
		if len(bad) > 0 || res.New != res.Rows {
			rt.Fatalf("%s: %+v, %q in\n%s", k.Name, res, bad, text)
		}
		files[k.Name] = text
	}
	return files
}

// fresh gives an empty registry on a database that had another.
func fresh(t *testing.T, db *store.DB) *registry.Registry {
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, q := range []string{
			"DELETE FROM area", "DELETE FROM area_successor", "DELETE FROM outlet", "DELETE FROM product", "DELETE FROM estimate",
			"UPDATE registry_version SET version = version + 1",
		} {
			if _, err := tx.Exec(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return registry.New(db)
}

func fill(rt *rapid.T, t *testing.T, r *registry.Registry) {
	check := func(_ registry.Result, err error) {
		if err != nil {
			rt.Fatal(err)
		}
	}
	text := rapid.Map(rapid.StringOfN(rapid.SampledFrom([]rune(`abC '"=+-@,;:é漢/\0|`)), 1, 14, -1), func(s string) string {
		return strings.TrimSpace(s) + "x"
	})
	maybe := rapid.OneOf(rapid.Just(""), text)
	day := rapid.Map(rapid.IntRange(-1, 20000), func(n int) civil.Date {
		if n < 9000 {
			return civil.None
		}
		return civil.Date(n)
	})
	var areas []registry.Area
	for i := range rapid.IntRange(1, 6).Draw(rt, "areas") {
		a := registry.Area{
			Code: fmt.Sprintf("A%d", i), Name: text.Draw(rt, "name"), Kind: rapid.SampledFrom([]string{"nation", "region", "authority", "health_board"}).Draw(rt, "kind"),
			ValidTo: day.Draw(rt, "to"),
		}
		a.Lat, a.Lon = place(rt)
		if i > 0 {
			a.Parent = rapid.IntRange(0, i).Draw(rt, "parent")
			if a.ValidTo != civil.None {
				a.Successors = rapid.SliceOfNDistinct(rapid.IntRange(1, i), 0, 2, rapid.ID).Draw(rt, "successors")
			}
		}
		check(r.PutArea(ctx, a))
		areas = append(areas, a)
	}
	number := rapid.IntRange(1, len(areas))
	for i := range rapid.IntRange(0, 4).Draw(rt, "products") {
		check(r.PutProduct(ctx, registry.Product{
			Code: fmt.Sprintf("p%d", i), Name: text.Draw(rt, "name"), Form: rapid.SampledFrom(registry.Forms()).Draw(rt, "form"),
			Route: rapid.SampledFrom(registry.Routes()).Draw(rt, "route"), DosesPerKit: rapid.IntRange(1, 9).Draw(rt, "doses"),
			GTIN: rapid.SampledFrom([]string{"", gtin(i)}).Draw(rt, "gtin"), Licence: maybe.Draw(rt, "licence"),
			ShelfLifeMonths: rapid.IntRange(0, 60).Draw(rt, "life"), MinAge: rapid.IntRange(0, 18).Draw(rt, "age"),
		}))
	}
	gives := []string{"vial", "nasal_spray"}
	for _, p := range now(t, r).Products() {
		gives = append(gives, p.Code)
	}
	var outlets []registry.Outlet
	for i := range rapid.IntRange(0, 6).Draw(rt, "outlets") {
		o := registry.Outlet{
			Code: fmt.Sprintf("outlet %d", i), Name: text.Draw(rt, "name"), Kind: rapid.SampledFrom(registry.OutletKinds()).Draw(rt, "kind"),
			Area: number.Draw(rt, "area"), Channel: rapid.SampledFrom(registry.Channels()).Draw(rt, "channel"), Provider: maybe.Draw(rt, "provider"),
			Postcode: maybe.Draw(rt, "postcode"), Open: rapid.SampledFrom([]string{"", "24/7", "Mo-Fr 09:00-17:00; PH off"}).Draw(rt, "open"),
			WalkIn: registry.WalkIn(rapid.IntRange(0, 3).Draw(rt, "walk in")), Public: registry.Answer(rapid.IntRange(0, 2).Draw(rt, "public")),
			StepFree: registry.Answer(rapid.IntRange(0, 2).Draw(rt, "step free")), Phone: rapid.SampledFrom([]string{"", "+44 20 7946 0000"}).Draw(rt, "phone"),
			Email: rapid.SampledFrom([]string{"", "a@b.example"}).Draw(rt, "email"), Languages: maybe.Draw(rt, "languages"),
			LegalBasis: maybe.Draw(rt, "basis"), ConfirmedOn: day.Draw(rt, "confirmed"),
			Gives: rapid.OneOf(rapid.Just([]string{"none"}), rapid.SliceOfNDistinct(rapid.SampledFrom(gives), 0, 3, rapid.ID)).Draw(rt, "gives"),
		}
		if rapid.Bool().Draw(rt, "asked") {
			o.Requires = registry.RequiresOf(rapid.SliceOfNDistinct(rapid.SampledFrom(registry.Requirements()), 0, 8, rapid.ID).Draw(rt, "requires")...)
		}
		o.Lat, o.Lon = place(rt)
		outlets = append(outlets, o)
	}
	check(r.PutOutlet(ctx, outlets...))
	for i := range rapid.IntRange(0, 6).Draw(rt, "estimates") {
		e := registry.Estimate{
			Areas: rapid.SliceOfNDistinct(number, 1, 3, rapid.ID).Draw(rt, "areas"), Population: rapid.SampledFrom(registry.Populations()).Draw(rt, "population"),
			Period: rapid.SampledFrom([]civil.Period{civil.Year(2016), civil.FinancialYear(2016), civil.Quarter(2016, 2)}).Draw(rt, "period"),
			Value:  rapid.Float64Range(0.01, 1e9).Draw(rt, "value"), Published: registry.Published(rapid.SampledFrom([]string{"", "2019", "2019-03", "2019-03-04"}).Draw(rt, "published")),
			Method: fmt.Sprintf("%d %s", i, text.Draw(rt, "method")), Source: text.Draw(rt, "source"),
		}
		if rapid.Bool().Draw(rt, "interval") {
			low, high := e.Value/2, e.Value*2
			e.Low, e.High = &low, &high
		}
		check(r.PutEstimate(ctx, e))
	}
}

func place(rt *rapid.T) (lat, lon *float64) {
	if rapid.Bool().Draw(rt, "placed") {
		a, b := rapid.Float64Range(-90, 90).Draw(rt, "lat"), rapid.Float64Range(0.1, 180).Draw(rt, "lon")
		return &a, &b
	}
	return nil, nil
}

// gtin gives one of some numbers with right check digits, of every length.
func gtin(i int) string {
	return []string{"12345670", "359467679015", "5026468663361", "10614141000415", "96385074", "4006381333931"}[i]
}
