package ledger_test

import (
	"testing"

	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/store"
)

func TestErasingMarks(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-04-01", 10)
		var sent []ledger.SupplyOf
		for _, x := range [][2]string{{"a1", "2018-04-05"}, {"a1", "2018-05-05"}, {"b2", "2018-05-06"}} {
			e := w.entry("O1", 1)
			e.OccurredOn = on(x[1])
			s := ledger.SupplyOf{Entry: e, Lot: lot, ClientCode: x[0]}
			must(t, w.Supply(w.ctx, operator, s))
			sent = append(sent, s)
		}
		erase := func(e ledger.Erasure) int {
			t.Helper()
			n, err := w.EraseMarks(w.ctx, operator, e)
			must(t, err)
			return n
		}
		if n := erase(ledger.Erasure{Before: on("2018-05-01")}); n != 1 {
			t.Errorf("%d marks before May, want 1", n)
		}
		if n := erase(ledger.Erasure{Area: "E09000002", Code: "B 2"}); n != 1 {
			t.Errorf("%d marks of one person, want 1", n)
		}
		must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
			var marks, days int
			_, err := tx.Get(w.ctx, []any{&marks, &days}, "SELECT (SELECT count(*) FROM movement WHERE client IS NOT NULL), (SELECT count(*) FROM client_day)")
			if marks != 1 || days != 1 {
				t.Errorf("%d marks and %d client days are left, want 1 each", marks, days)
			}
			return err
		}))
		for _, s := range sent { // the same entries once more are still the same
			must(t, w.Supply(w.ctx, operator, s))
		}
		w.want(t, "O1", lot, map[string]int{"supplier": -10, "shelf": 7, "people": 3})
		w.clean(t)
		_, err := w.EraseMarks(w.ctx, operator, ledger.Erasure{})
		refused(t, err, fault.Invalid)
		_, err = w.EraseMarks(w.ctx, staff.Person{ID: 2, Role: staff.Coordinator, Area: w.outlet("O1").Area}, ledger.Erasure{Before: on("2018-05-01")})
		refused(t, err, fault.Forbidden)
	})
}
