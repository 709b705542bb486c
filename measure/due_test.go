package measure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"everykit/civil"
	"everykit/ledger"
	"everykit/measure"
	"everykit/staff"
	"everykit/store"
)

// TestKitsDueAreSumsOverMovements compares kits expiring, and on hand, today, at the ends of months and on days between,
// with plain SQL over the movements of a made-up history: they come from tables of their own.
func TestKitsDueAreSumsOverMovements(t *testing.T) {
	seed := rand.Uint64()
	eachWorld(t, func(t *testing.T, w *world) {
		w.history(t, rand.New(rand.NewPCG(seed, 3)))
		change := func(tx *store.Tx) error { // of a lot that has kits everywhere, and had others before
			return w.ledger.ChangeExpiry(w.ctx, tx, staff.Operator(), 1, "N1", w.one(t, "SELECT id AS n FROM lot WHERE number = ?", "L1"), civil.ExpiresOn(on("2018-12-05")))
		}
		must(t, w.db.Write(w.ctx, change))
		const shelf = `SELECT CASE WHEN m.to_place = %[1]d THEN m.kits ELSE 0 END - CASE WHEN m.from_place = %[1]d THEN m.kits ELSE 0 END AS n
			FROM movement m JOIN lot l ON l.id = m.lot WHERE m.area = ? AND m.occurred_on <= ? AND l.expiry BETWEEN ? AND ?`
		for _, code := range []string{"E09000002", "E09000003"} {
			area := w.area(t, code)
			for _, day := range []string{"2017-12-31", "2018-01-31", "2018-02-14", "2018-03-31", "2018-06-15"} {
				for _, name := range []string{"2018-05", "2018/19", "2018", "2018-12", "2019-01"} {
					p := period(name)
					from := max(p.First(), on(day))
					want := 0
					if from <= p.Last() {
						want = w.one(t, fmt.Sprintf(shelf, ledger.Shelf), area, int(on(day)), int(from), int(p.Last()))
					}
					f := w.figure(t, measure.Expiring, name, code, day)
					if measure.Number(f.Value) != fmt.Sprint(want) {
						t.Errorf("seed %d: %s of %s as of %s expire in %s, the movements say %d", seed, measure.Number(f.Value), code, day, name, want)
					}
				}
				f := w.figure(t, measure.OnHand, "2017/18", code, day)
				if want := w.recount(t, measure.OnHand, civil.Period{To: on(min(day, "2018-03-31")).Month()}, area); day[8:] >= "28" && measure.Number(f.Value) != fmt.Sprint(want) {
					t.Errorf("seed %d: %s of %s on hand as of %s, the movements say %d", seed, measure.Number(f.Value), code, day, want)
				}
			}
		}
		v, err := w.ledger.Verify(w.ctx, nil)
		must(t, err)
		for _, d := range v.Differences {
			t.Error(d)
		}
	})
}
