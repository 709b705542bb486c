package ledger_test

import (
	"strings"
	"testing"

	"everykit/fault"
	"everykit/ledger"
)

// TestSheet posts a day's paper: all or nothing, twice the same, faults at their rows.
func TestSheet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		lot := w.receive(t, "O1", "A1", "2018-06-01", 5)
		rows := []ledger.SheetRow{
			{Row: 1, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 2), Lot: lot}},
			{Row: 2, Use: &ledger.UseOf{Entry: w.entry("O1", 1), Lot: lot}}, // of a kit given out in row 1
			{Row: 3, HandBack: &ledger.WriteOff{Entry: w.entry("O1", 1), Lot: lot, From: ledger.People, To: ledger.Spoiled}},
			{Row: 5, TurnAway: &ledger.TurnedAway{Entry: w.entry("O1", 1), Reason: 1}},
		}
		for range 2 {
			must(t, w.Sheet(w.ctx, operator, rows))
			got := w.counts(t, "O1", lot)
			if got["shelf"] != 3 || got["people"] != 0 || got["used"] != 1 || got["spoiled"] != 1 {
				t.Fatalf("after the sheet: %v", got)
			}
		}
		w.clean(t)

		bad := []ledger.SheetRow{
			{Row: 1, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 2), Lot: lot}},
			{Row: 2, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 0), Lot: lot}},
			{Row: 4, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: 999}},
			{Row: 6, TurnAway: &ledger.TurnedAway{Entry: w.entry("O1", 1)}},
			{Row: 7},
		}
		fields(t, w.Sheet(w.ctx, operator, bad), "rows.2.kits rows.4.lot rows.6.reason rows.7.kind")

		short := []ledger.SheetRow{
			{Row: 9, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 2), Lot: lot}},
			{Row: 10, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot}},
			{Row: 11, Supply: &ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: lot}},
		}
		err := w.Sheet(w.ctx, operator, short)
		fields(t, err, "rows.11.kits")
		if !fault.Is(err, fault.Refused) || !strings.Contains(err.Error(), "4 asked, 3 there, 1 short") {
			t.Errorf("short: %v", err)
		}
		changed := rows
		e := *rows[0].Supply
		e.Kits = 3
		changed[0].Supply = &e
		fields(t, w.Sheet(w.ctx, operator, changed), "rows.1.id")
		if err := w.Sheet(w.ctx, operator, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("an empty sheet: %v", err)
		}
		if got := w.counts(t, "O1", lot); got["shelf"] != 3 || got["people"] != 0 {
			t.Errorf("what was refused left something behind: %v", got)
		}
		w.clean(t)
	})
}

func fields(t *testing.T, err error, want string) {
	t.Helper()
	var got []string
	for _, f := range fault.Of(err) {
		got = append(got, f.Field)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("faults at %v, want %s: %v", got, want, err)
	}
}

// TestSheetLots: a lot keeps its letter when others come and go.
func TestSheetLots(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.receive(t, "O1", "A1", "2018-06-01", 2)
		b := w.receive(t, "O1", "B1", "2018-06-03", 4)
		must(t, w.supply("O1", a, "2018-06-04", 2))
		c := w.receive(t, "O1", "C1", "2018-06-05", 1)
		lots := must1(w.SheetLots(w.ctx, w.outlet("O1").ID, on("2018-06-05")))(t)
		want := []ledger.SheetLot{
			{Letter: "A", Since: on("2018-06-01"), People: 2},
			{Letter: "B", Since: on("2018-06-03"), Opening: 4, Shelf: 4},
			{Letter: "C", Since: on("2018-06-05"), Moved: 1, Shelf: 1},
		}
		for i, id := range []int{a, b, c} {
			got := lots[i]
			if got.Lot.ID != id || got.Product == nil {
				t.Fatalf("lot %d: %+v", i, got)
			}
			got.Lot, got.Product = ledger.Lot{}, nil
			if got != want[i] {
				t.Errorf("lot %d: %+v, want %+v", i, got, want[i])
			}
		}
		if other := must1(w.SheetLots(w.ctx, w.outlet("O2").ID, on("2018-06-05")))(t); len(other) != 0 {
			t.Errorf("the other outlet has %v", other)
		}
	})
}
