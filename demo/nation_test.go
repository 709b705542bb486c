package demo_test

import (
	"strings"
	"testing"

	"everykit/civil"
	"everykit/demo"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

func small(t *testing.T) (*house, demo.Made) {
	t.Helper()
	h := newHouse(t, storetest.SQLite(t, clock))
	return h, h.build(t, demo.Small(today))
}

func TestEveryStateOccurs(t *testing.T) {
	h, _ := small(t)
	last, running := civil.FinancialYear(2025), civil.FinancialYear(2026)
	got := map[measure.State]int{}
	for _, q := range []measure.Query{
		{Measure: measure.Dispensed, Period: last},
		{Measure: measure.Coverage, Period: last},
		{Measure: measure.Dispensed, Period: running},
		{Measure: measure.OnHand, Period: running},
		{Measure: measure.Expiring, Period: civil.MonthPeriod(today.Month() + 1)},
	} {
		q.Area = "E92000001"
		figures, err := h.m.Figures(h.ctx, q)
		must(t, err)
		authorities := 0
		for _, f := range figures {
			if strings.HasPrefix(f.Area, "E12") || f.Area == q.Area {
				continue
			}
			authorities++
			got[f.State]++
			if q.Measure == measure.Coverage && f.Value != nil && (*f.Value < 0 || *f.Value > 1000) {
				t.Errorf("coverage of %s is %v", f.Name, *f.Value)
			}
		}
		if authorities != 152 {
			t.Errorf("%s %s has %d authorities", q.Measure, q.Period, authorities)
		}
	}
	for _, s := range measure.States() {
		if s == measure.Suppressed {
			continue // nothing is hidden from staff
		}
		if got[s] == 0 {
			t.Errorf("no authority reads %q", s.Words())
		}
	}
	t.Log(got)
}

func TestNothingPassesForReal(t *testing.T) {
	h, _ := small(t)
	snap, err := h.reg.Now(h.ctx)
	must(t, err)
	seen := map[string]bool{}
	for _, o := range snap.Outlets() {
		if !strings.HasSuffix(o.Name, "(made up)") || seen[o.Name] {
			t.Errorf("an outlet is called %q", o.Name)
		}
		seen[o.Name] = true
		if o.Provider != "" && !strings.HasSuffix(o.Provider, "(made up)") {
			t.Errorf("a provider is called %q", o.Provider)
		}
		if o.Postcode != "" || (o.Email != "" && !strings.HasSuffix(o.Email, ".example")) || (o.Phone != "" && !strings.HasPrefix(o.Phone, "01632 960")) {
			t.Errorf("%s can be taken for a real place: %q %q %q", o.Code, o.Postcode, o.Email, o.Phone)
		}
	}
	real, without := 0, 0
	for _, a := range snap.AreasOn("authority", today) {
		list := snap.EstimatesFor(registry.OpiateUse, a.ID)
		if len(list) == 0 {
			without++
		}
		for _, e := range list {
			if strings.Contains(e.Method, "made up") && strings.Contains(e.Source, "demo, seed 1") {
				continue
			}
			real++
			if a.Code != "E09000002" || e.Value != 861 || len(list) != 1 {
				t.Errorf("%s has a denominator of %v by %s from %s", a.Name, e.Value, e.Method, e.Source)
			}
		}
	}
	if real != 1 || without < 5 || without > 30 {
		t.Errorf("%d real denominators, %d authorities without one", real, without)
	}
	must(t, h.db.Read(h.ctx, func(tx *store.Tx) error {
		return tx.Each(h.ctx, func(scan func(...any) error) error {
			var supplier string
			err := scan(&supplier)
			if !strings.HasSuffix(supplier, "(made up)") {
				t.Errorf("a supplier is called %q", supplier)
			}
			return err
		}, "SELECT DISTINCT supplier FROM movement WHERE supplier IS NOT NULL")
	}))
}

func TestTheFirstOutletHasOneOfEverything(t *testing.T) {
	for seed := range uint64(4) {
		h := newHouse(t, storetest.SQLite(t, clock))
		o := demo.Small(today)
		o.Seed, o.Scale = seed, 0.005
		oneOfEverything(t, h, h.build(t, o))
	}
}

func oneOfEverything(t *testing.T, h *house, made demo.Made) {
	t.Helper()
	stock, err := h.l.Stock(h.ctx, made.Outlet.ID)
	must(t, err)
	four := stock.Four()
	if four.Held == 0 || four.Expired == 0 || four.Usable < 10 || stock.ExpiringWithin(90) == 0 {
		t.Errorf("the shelf has %+v, %d of them due in 90 days", four, stock.ExpiringWithin(90))
	}
	if proposed := stock.Picks(1); !proposed[0].Proposed {
		t.Error("no lot is proposed")
	}
	coming, err := h.l.Coming(h.ctx, made.Outlet)
	must(t, err)
	waiting, err := h.l.OpenCounts(h.ctx, made.Area.ID, made.Outlet.ID)
	must(t, err)
	if len(coming) == 0 || len(waiting) != 1 {
		t.Errorf("%d parcels on their way, %d counts wait", len(coming), len(waiting))
	}
	kinds := map[ledger.Kind]int{}
	staffed, reversed, flagged := 0, 0, 0
	must(t, h.db.Read(h.ctx, func(tx *store.Tx) error {
		return tx.Each(h.ctx, func(scan func(...any) error) error {
			var k ledger.Kind
			var by, n, back, flags int
			err := scan(&k, &by, &back, &flags, &n)
			kinds[k] += n
			reversed += back * n
			flagged += flags * n
			if by != 0 {
				staffed += n
			}
			return err
		}, `SELECT kind, staff, CASE WHEN reverses IS NULL THEN 0 ELSE 1 END, flags, COUNT(*) FROM movement WHERE area = ? AND outlet = ?
			GROUP BY kind, staff, CASE WHEN reverses IS NULL THEN 0 ELSE 1 END, flags`, made.Area.ID, made.Outlet.ID)
	}))
	for _, k := range []ledger.Kind{ledger.KindOpen, ledger.KindReceive, ledger.KindArrive, ledger.KindSupply, ledger.KindUse, ledger.KindStaffUse, ledger.KindHold, ledger.KindUnmet} {
		if kinds[k] == 0 {
			t.Errorf("nothing of kind %q", k.Words())
		}
	}
	if reversed == 0 || flagged != 1 || staffed < kinds[ledger.KindSupply] || kinds[ledger.KindSupply] < 150 {
		t.Errorf("%d reversed, %d flagged, %d by staff of %v", reversed, flagged, staffed, kinds)
	}
}

// Over the nation every kind of movement occurs, and the odd things that pages must cope with.
func TestOddThingsOccur(t *testing.T) {
	h, _ := small(t)
	must(t, h.db.Read(h.ctx, func(tx *store.Tx) error {
		for what, query := range map[string]string{
			"kinds":                   "SELECT CASE WHEN COUNT(DISTINCT kind) >= 15 THEN 1 ELSE 0 END FROM movement",
			"joined lots":             "SELECT COUNT(*) FROM lot WHERE joined_to IS NOT NULL",
			"expiries with a day":     "SELECT COUNT(*) FROM lot WHERE expiry_day = 1",
			"parcels on the way":      "SELECT COUNT(*) FROM transfer WHERE arrival IS NULL",
			"short parcels":           "SELECT COUNT(*) FROM transfer WHERE good + broken < kits",
			"broken parcels":          "SELECT COUNT(*) FROM transfer WHERE broken > 0",
			"first supplies by code":  "SELECT COUNT(*) FROM movement WHERE client IS NOT NULL AND supply = 1",
			"repeat supplies by code": "SELECT COUNT(*) FROM movement WHERE client IS NOT NULL AND supply = 2",
			"nil months":              "SELECT COUNT(*) FROM nil_month",
			"signed counts":           "SELECT COUNT(*) FROM stock_count WHERE signed_by IS NOT NULL AND signed_by <> counted_by",
			"expired on shelves":      "SELECT COUNT(*) FROM stock s JOIN lot l ON l.id = s.lot WHERE s.shelf > 0 AND l.expiry < (SELECT today FROM demo_mark)",
			"reports without a lot":   "SELECT COUNT(*) FROM movement WHERE kind = 8 AND lot = 0",
			"bulk supplies":           "SELECT COUNT(*) FROM movement WHERE kind = 7 AND kits >= 8",
			"sex left blank":          "SELECT COUNT(*) FROM movement WHERE kind = 7 AND sex IS NULL",
			"closed outlets":          "SELECT COUNT(*) FROM outlet WHERE closed_on IS NOT NULL",
			"outlets not public":      "SELECT COUNT(*) FROM outlet WHERE public = 2",
			"requirements not known":  "SELECT COUNT(*) FROM outlet WHERE requires IS NULL",
			"prisons":                 "SELECT COUNT(*) FROM outlet WHERE kind = 8",
		} {
			var n int
			if _, err := tx.Get(h.ctx, []any{&n}, query); err != nil {
				return err
			}
			if n == 0 {
				t.Errorf("there are no %s", what)
			}
		}
		return nil
	}))
}

func TestAccountsOpen(t *testing.T) {
	h, made := small(t)
	roles := map[staff.Role]int{}
	var names []string
	for _, a := range made.Accounts {
		_, p, err := h.st.SignIn(h.ctx, a.Email, a.Password, staff.Device{})
		if err != nil {
			t.Fatalf("%s: %v", a.Email, err)
		}
		roles[p.Role]++
		if p.ID != a.ID || p.Role != a.Role || a.Start == "" || (a.Role == staff.Worker) != (a.PIN != "") {
			t.Errorf("%+v signs in as %+v", a, p)
		}
		if a.Role == staff.Worker {
			names = append(names, a.Name)
		}
	}
	for _, r := range staff.Roles {
		if roles[r] == 0 {
			t.Errorf("nobody is %s", r)
		}
	}
	at, err := h.st.CounterPeople(h.ctx, made.Outlet.ID)
	must(t, err)
	if len(at) != 2 || len(names) != 2 {
		t.Errorf("%v can act at the counter, %v are workers", at, names)
	}
}
