package ledger_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"everykit/fault"
	"everykit/ledger"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/table"
)

const someReceipts = "\ufeffOccurred On;OUTLET;product;Lot;Expiry;kits\r\n" +
	"01/04/2018;O1;prenoxad;0116917;02/2020;100\r\n" +
	"2018-04-01;O3;Prenoxad;0116917;2020-02;50\r\n" +
	"2018-04-02;O2;nyxoid;N1;15/08/2020;20\r\n"

const someSupplies = "id,occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,client_code\n" +
	",2018-05-01,O1,prenoxad,0116917,1,Person at risk,first,,25-34,AB1\n" +
	",2018-05-01,O1,prenoxad,0116917,1,Person at risk,first,,25-34,\n" +
	",01/05/2018,O1,prenoxad,0116917,1,Person at risk,first,,25-34,\n" +
	"7d444840-9dc0-11d1-b245-5ffdce74fad2,2018-05-02,O2,nyxoid,n1,2,family or friend,,,,\n" +
	"row-five,2018-05-03,O1,prenoxad,0116917,1,,,,,ab 1\n"

// dump is every row of the tables that movements make, in order, without what differs from one import to another.
func (w *world) dump(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []struct {
		text    string
		columns int
	}{
		{"SELECT area, outlet, lot, supplier, outside, shelf, held, spoiled, transit, people, used, destroyed, lost, returned FROM stock WHERE shelf <> 0 OR supplier <> 0 OR people <> 0 OR used <> 0 OR spoiled <> 0 OR held <> 0 OR transit <> 0 OR lost <> 0 OR destroyed <> 0 OR returned <> 0 OR outside <> 0 ORDER BY 1, 2, 3", 14},
		{"SELECT area, outlet, month, kind, split, product, kits, times FROM month_count WHERE times <> 0 ORDER BY 1, 2, 3, 4, 5, 6", 8},
		{"SELECT area, day, supplies, 0 FROM client_day ORDER BY area, client, day", 4},
		{"SELECT count(*), coalesce(sum(kits), 0) FROM movement", 2},
	} {
		must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
			return tx.Each(w.ctx, func(scan func(...any) error) error {
				row := make([]int64, q.columns)
				dest := make([]any, q.columns)
				for i := range row {
					dest[i] = &row[i]
				}
				err := scan(dest...)
				fmt.Fprintln(&b, row)
				return err
			}, q.text)
		}))
	}
	return b.String()
}

func TestImportAndAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		dry := must1(w.importText("receipts", "receipts.csv", someReceipts, true))(t)
		if dry.Rows != 3 || dry.New != 3 || len(must1(w.Lots(w.ctx, 0))(t)) != 0 {
			t.Fatalf("a dry run said %+v and kept something", dry)
		}
		must1(w.importText("receipts", "receipts.csv", someReceipts, false))(t)
		got := must1(w.importText("supplies", "supplies.csv", someSupplies, false))(t)
		if got.Rows != 5 || got.New != 5 {
			t.Fatalf("%+v", got)
		}
		before := w.dump(t)
		for _, kind := range []string{"receipts", "supplies"} {
			text := map[string]string{"receipts": someReceipts, "supplies": someSupplies}[kind]
			again := must1(w.importText(kind, kind+".csv", text, false))(t)
			if again.New != 0 || again.Same() != again.Rows {
				t.Errorf("%s again: %+v", kind, again)
			}
		}
		if after := w.dump(t); after != before {
			t.Errorf("importing again changed\n%s to\n%s", before, after)
		}
		card := must1(w.Card(w.ctx, w.outlet("O1").ID, 0, on("2018-04-01"), on("2018-06-01")))(t)
		for _, l := range card.Lines {
			if !l.RecordedAt.Equal(noon) {
				t.Errorf("%s was recorded at %v", l.Kind, l.RecordedAt)
			}
		}
		w.want(t, "O1", w.lot(t, "0116917"), map[string]int{"supplier": -100, "shelf": 96, "people": 4})
		w.want(t, "O2", w.lot(t, "N1"), map[string]int{"supplier": -20, "shelf": 18, "people": 2})
		w.clean(t)

		changed := strings.Replace(someSupplies, ",01/05/2018,O1,prenoxad,0116917,1", ",01/05/2018,O1,prenoxad,0116917,3", 1)
		_, err := w.importText("supplies", "supplies.csv", changed, false)
		wantFault(t, err, 4, "id", "", "imported before with other content")
		if after := w.dump(t); after != before {
			t.Error("a refused file changed something")
		}
		must1(w.importText("supplies", "another.csv", strings.Join(strings.SplitAfter(changed, "\n")[:4], ""), false))(t)
		w.clean(t)
	})
}

// wantFault looks for a fault at a row and column, with a value and a reason that holds words.
func wantFault(t testing.TB, err error, row int, column, value, words string) {
	t.Helper()
	var faults *table.Faults
	if !errors.As(err, &faults) || !fault.Is(err, fault.Invalid) {
		t.Fatalf("%v holds no faults", err)
	}
	for _, f := range faults.List() {
		if f.Row == row && f.Column == column {
			if (value != "" && f.Value != value) || !strings.Contains(f.Reason, words) {
				t.Errorf("row %d %s: value %q reason %q, want value %q and %q", row, column, f.Value, f.Reason, value, words)
			}
			return
		}
	}
	t.Errorf("no fault at row %d, %s among %v", row, column, faults.List())
}

func TestEachFaultOfAFileIsNamed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		must1(w.importText("receipts", "receipts.csv", someReceipts, false))(t)
		before := w.dump(t)
		const same = "11111111-2222-4333-8444-555555555555"
		rows := []string{
			"id,occurred_on,outlet,product,lot,kits,recipient",
			",2018-05-01,O9,prenoxad,0116917,1,",         // 2 unknown outlet
			",2018-05-01,O1,aspirin,0116917,1,",          // 3 unknown product
			",2018-05-01,O1,prenoxad,0116918,1,",         // 4 unknown lot
			",31/02/2018,O1,prenoxad,0116917,1,",         // 5 no such day
			",2018-07-01,O1,prenoxad,0116917,1,",         // 6 in the future
			",2018-05-01,O1,prenoxad,0116917,-3,",        // 7 negative
			",2018-05-01,O1,prenoxad,0116917,9999999,",   // 8 absurd
			",2018-05-01,O1,prenoxad,0116917,1.5,",       // 9 not whole
			",2018-05-01,O1,prenoxad,0116917,one,",       // 10 not a number
			",2018-05-01,O1,prenoxad,0116917,1,martian,", // 11 unknown word
			",2018-05-01,,prenoxad,0116917,1,",           // 12 missing
			same + ",2018-05-01,O1,prenoxad,0116917,1,",  // 13
			same + ",2018-05-02,O1,prenoxad,0116917,2,",  // 14 the same id with another body
			",2018-03-31,O3,prenoxad,0116917,1,",         // 15 before its receipt
			",2018-05-01,O2,nyxoid,N1,21,",               // 16 beyond the shelf
		}
		_, err := w.importText("supplies", "bad.csv", strings.Join(rows[:13], "\n"), false)
		for _, f := range []struct {
			row                  int
			column, value, words string
		}{
			{2, "outlet", "O9", "no outlet"},
			{3, "product", "aspirin", "no such product"},
			{4, "lot", "0116918", "did you mean 0116917"},
			{5, "occurred_on", "31/02/2018", "not a day"},
			{6, "occurred_on", "2018-07-01", "future"},
			{7, "kits", "-3", "1 or more"},
			{8, "kits", "9999999", "more than"},
			{9, "kits", "1.5", "whole number"},
			{10, "kits", "one", "not a number"},
			{11, "recipient", "martian", "person_at_risk"},
			{12, "outlet", "", "filled in"},
		} {
			wantFault(t, err, f.row, f.column, f.value, f.words)
		}
		_, err = w.importText("supplies", "bad.csv", strings.Join(append(rows[:1:1], rows[12:14]...), "\n"), false)
		wantFault(t, err, 3, "id", "", "used before")
		_, err = w.importText("supplies", "bad.csv", strings.Join(append(rows[:1:1], rows[14:]...), "\n"), false)
		wantFault(t, err, 2, "kits", "1", "the first of this lot came there on 2018-04-01")
		wantFault(t, err, 3, "kits", "21", "1 kits too many: lot N1 on the shelf at Outlet 2 on 2018-05-01")
		if after := w.dump(t); after != before {
			t.Errorf("refused files changed something:\n%s\n%s", before, after)
		}
		w.clean(t)
	})
}

// TestExportsGiveTheSameState does random things in one world, exports everything, imports it into another, and compares
// stock, counts and marks.
func TestExportsGiveTheSameState(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(3, rand.Uint64()))
		m := &model{}
		addStages(t, w, 1)
		lot := w.firstReceipt(t, 0, "LOT0")
		for range 300 {
			if s := m.next(r); m.try(s) {
				must(t, w.do(m, 0, lot, s))
			}
		}
		e := w.entry("O1", 9)
		must(t, w.Receive(w.ctx, operator, ledger.Receipt{Entry: e, Product: w.product("nyxoid"), Lot: "=N,1", Opening: true, UnitPrice: 1805, Order: "PO 1", PaidBy: "-"}))
		for _, code := range []string{"x1", "x1", "x2"} {
			must(t, w.Supply(w.ctx, operator, ledger.SupplyOf{Entry: w.entry("O1", 1), Lot: w.lot(t, "=N,1"), ClientCode: code, Card: "0012", Trained: ledger.No}))
		}
		must(t, w.TurnAway(w.ctx, operator, ledger.TurnedAway{Entry: w.entry("O2", 2), Reason: 1}))

		other := newWorld(t, fresh(t, w.db.Engine))
		addStages(t, other, 1)
		texts := map[string]string{}
		var files []ledger.Import
		for _, k := range ledger.Kinds() {
			texts[k.Name] = w.exported(t, k.Name, true)
			files = append(files, textImport(k.Name, "export.csv", texts[k.Name], false))
		}
		if strings.Contains(texts["supplies"], "client_code") {
			t.Error("an export has client codes")
		}
		must1(other.ImportAll(w.ctx, files...))(t)
		for kind, text := range texts {
			if again := other.exported(t, kind, true); again != text {
				t.Errorf("%s exported again differs:\n%s\n%s", kind, text, again)
			}
		}
		if a, b := w.netDump(t), other.netDump(t); a != b {
			t.Errorf("the state differs:\n%s\n%s", a, b)
		}
		w.clean(t)
		other.clean(t)
	})
}

// fresh is another empty database of an engine.
func fresh(t testing.TB, e store.Engine) *store.DB {
	clock := func() time.Time { return noon }
	if e == store.Postgres {
		return storetest.Postgres(t, clock)
	}
	return storetest.SQLite(t, clock)
}

// netDump is dump by names rather than numbers of lots, and without the count of movements, which reversed ones swell.
func (w *world) netDump(t testing.TB) string {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(w.dump(t)), "\n")
	return strings.Join(lines[:len(lines)-1], "\n")
}
