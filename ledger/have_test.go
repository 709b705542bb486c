package ledger_test

import (
	"slices"
	"testing"
)

// TestHave lists what can be given out today: nothing that has expired, was given out, or has never been there.
func TestHave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		one := w.outlet("O1").ID
		has := func() []int {
			t.Helper()
			all, err := w.Have(t.Context())
			must(t, err)
			for outlet := range all {
				if outlet != one {
					t.Errorf("outlet %d is said to have kits", outlet)
				}
			}
			return all[one]
		}
		if got := has(); len(got) != 0 {
			t.Errorf("before anything came: %v", got)
		}
		w.receiveExpiring(t, "O1", "OLD", "14/06/2018", "2018-06-01", 10) // past its date
		if got := has(); len(got) != 0 {
			t.Errorf("expired kits: %v", got)
		}
		lot := w.receive(t, "O1", "0116917", "2018-06-01", 3)
		w.receive(t, "O1", "0116918", "2018-06-01", 2000)
		if got := has(); !slices.Equal(got, []int{w.product("prenoxad")}) {
			t.Errorf("it has %v", got)
		}
		must(t, w.supply("O1", lot, "2018-06-02", 3))
		must(t, w.supply("O1", w.lot(t, "0116918"), "2018-06-02", 2000))
		if got := has(); len(got) != 0 {
			t.Errorf("when all are given out: %v", got)
		}
		if w.Zone() == nil {
			t.Error("nobody knows what time it is there")
		}
	})
}
