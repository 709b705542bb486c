package findings_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/data"
	"everykit/document"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/survey"
	"everykit/survey/findings"
	"everykit/table"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// TestOf makes the findings of the answers that are known of the seed's report, from a database: as of a day before later
// estimates came out Barking and Dagenham has the coverage that was published.
func TestOf(t *testing.T) {
	now := time.Date(2018, time.November, 1, 9, 0, 0, 0, time.UTC)
	storetest.EachAt(t, func() time.Time { return now }, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		ok(db.Migrate(ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, measure.Schema, survey.Schema)...))
		reg := registry.New(db)
		ok(reg.LoadBuiltIn(ctx))
		led := ledger.New(db, reg, nil, time.UTC)
		measures := measure.New(db, reg, led.Today)
		surveys := survey.New(db, reg, measures, mail.New(db, mail.Options{}), led.Today, "https://kits.example.org")
		rd, err := table.NewReader(bytes.NewReader(data.Answers), "answers.csv", int64(len(data.Answers)), survey.Kind())
		ok(err)
		_, err = surveys.ImportAnswers(ctx, rd, false)
		ok(err)
		snap, err := reg.Now(ctx)
		ok(err)
		england, _ := snap.AreaByCode("E92000001")
		rounds, err := surveys.Rounds(ctx, england.ID)
		ok(err)
		if len(rounds) != 2 {
			t.Fatalf("%d rounds", len(rounds))
		}
		of := func(year int) *findings.Findings {
			t.Helper()
			for i := range rounds {
				if rounds[i].Period == civil.FinancialYear(year) {
					f, err := findings.Of(ctx, surveys, measures, reg, &rounds[i])
					ok(err)
					return f
				}
			}
			t.Fatalf("there is no round of %d", year)
			return nil
		}
		one, two := of(2016), of(2017)
		if s, _ := one.Sentence("who.silent"); !strings.Contains(s.Text, "Waltham Forest") {
			t.Errorf("2016/17: %q", s.Text)
		}
		if s, _ := two.Sentence("plans.no"); !strings.Contains(s.Text, ": Darlington.") {
			t.Errorf("2017/18: %q", s.Text)
		}
		if s, _ := two.Sentence("plans.yes"); !strings.Contains(s.Text, ": Bracknell Forest and North East Lincolnshire.") {
			t.Errorf("2017/18: %q", s.Text)
		}
		found := false
		for _, f := range one.Coverage {
			if f.Area == "E09000002" {
				found = true
				if f.Value == nil || *f.Denominator != 861 || *f.Numerator != 58 || *f.Value < 6.7 || *f.Value > 6.8 {
					t.Errorf("Barking and Dagenham: %v of %v, %s", f.Numerator, f.Denominator, f.Source)
				}
			}
		}
		if !found {
			t.Error("Barking and Dagenham has no figure")
		}
		if one.Input.AsOf != civil.On(2018, 11, 1) {
			t.Errorf("as of %s", one.Input.AsOf)
		}
		d := two.Document()
		pdf, err := (&document.Printer{Chromium: "none"}).PDF(ctx, &d)
		if err != nil || len(pdf) == 0 {
			t.Error(err)
		}
		if both := findings.Compare(one, two); len(both.Chapters) < 3 {
			t.Errorf("only %d chapters to compare", len(both.Chapters))
		}
		for i := range rounds {
			if rounds[i].Period != civil.FinancialYear(2016) {
				continue
			}
			early, err := findings.OfAsOf(ctx, surveys, measures, reg, &rounds[i], civil.On(2010, 1, 1))
			ok(err)
			if s, is := early.Sentence("coverage.pooled"); is {
				t.Errorf("with no estimate published there is a coverage: %s", s.Text)
			}
		}
	})
}
